"""Mails that are handed over beside the request."""

from statements.following import soon
from statements.models import Mail


def test_what_goes_wrong_in_the_thread_is_logged(monkeypatch, caplog):
    def fail(mail):
        raise ValueError("no header can be made of this")

    monkeypatch.setattr(soon, "hand_over_one", fail)
    soon.hand_over_soon(Mail(pk=1))
    soon._thread().submit(int).result(timeout=10)  # after the mail, in the one thread
    assert "no header can be made of this" in caplog.text
