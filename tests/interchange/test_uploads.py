"""The work on an upload, in the process of its own that does it."""

import signal
import time

import pytest
from django.db import connection, transaction

from statements.interchange import uploads
from statements.interchange.workers import begin
from statements.models import Statement, Upload, UploadLine
from tests import factories
from tests.formats.readers.test_statements_csv import table_of

pytestmark = [
    pytest.mark.xdist_group("transactions"),
    pytest.mark.django_db(transaction=True),
]

ROW = {"text": "Words.", "form": "direct", "said_on": "2024", "speaker": "jilani",
       "article": "report"}  # fmt: skip


@pytest.fixture
def curator(django_user_model):
    factories.make_official(slug="jilani")
    factories.make_article(slug="report")
    return django_user_model.objects.create_superuser("curator")


def hand_in(by, n_rows=3):
    rows = [ROW | {"text": f"Words {number}."} for number in range(n_rows)]
    return uploads.keep(content=[table_of(*rows)], name="table.csv", by=by)


def done(upload, process):
    assert process.wait(timeout=120) == 0
    upload.refresh_from_db()
    return upload


def test_it_works(curator):
    upload = hand_in(curator)
    done(upload, begin(upload))
    assert (upload.state, upload.n_created) == ("shown", 3)
    assert UploadLine.objects.count() == 3
    assert not Statement.objects.exists()
    assert uploads.confirm(upload=upload, digest=upload.digest, by=curator)
    done(upload, begin(upload))
    assert upload.state == "applied"
    assert Statement.objects.count() == 3


def test_all_are_named_as_entered_by_who_confirmed(curator):
    upload = hand_in(curator, 450)
    done(upload, begin(upload))
    assert uploads.confirm(upload=upload, digest=upload.digest, by=curator)
    done(upload, begin(upload))
    assert Statement.objects.filter(entered_by=curator).count() == 450


def test_killed_in_the_middle_it_leaves_nothing_and_begins_again(curator, monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS_TO_START", 0)
    upload = hand_in(curator, 4000)
    done(upload, begin(upload))
    assert uploads.confirm(upload=upload, digest=upload.digest, by=curator)
    process = begin(upload)
    reached(upload, "written")
    assert uploads.is_alive(upload)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    ended(upload)
    assert not Statement.objects.exists()
    upload.refresh_from_db()
    assert upload.state == "applying"
    assert uploads.read_again(upload=upload)
    done(upload, begin(upload))
    assert (upload.state, upload.n_created) == ("shown", 4000)
    assert UploadLine.objects.count() == 4000
    assert not Statement.objects.exists()


def reached(upload, stage):
    """Waits until the work is at a stage, as others see it."""
    give_up_at = time.monotonic() + 120
    while Upload.objects.get(pk=upload.pk).stage != stage:
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def ended(upload):
    """Waits until the server has noticed that its client is gone."""
    give_up_at = time.monotonic() + 30
    while uploads.is_alive(upload):
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_what_somebody_works_on_is_left_to_them(curator):
    upload = hand_in(curator)
    with transaction.atomic():
        assert uploads.is_lockable(upload)
        process = begin(upload)
        assert process.wait(timeout=60) == 0
    upload.refresh_from_db()
    assert upload.state == "reading"
    assert not UploadLine.objects.exists()


def test_one_who_works_is_known_by_the_lock(curator, monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS_TO_START", 0)
    upload = hand_in(curator)
    assert not uploads.is_alive(upload)
    with transaction.atomic():
        assert uploads.is_lockable(upload)
        assert uploads.is_alive(upload)
    assert not uploads.is_alive(upload)


def test_it_waits_for_another_import_and_says_so(curator):
    upload = hand_in(curator)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x64656D61])
        process = begin(upload)
        reached(upload, "waiting")
    done(upload, process)
    assert upload.state == "shown"
