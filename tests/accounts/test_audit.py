"""What is kept of log-ins, and how it is forgotten."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from statements.accounts import audit
from statements.models import LogIn
from statements.vocabulary import LogInResult

pytestmark = pytest.mark.django_db


def kept(days=0, **fields):
    at = timezone.now() - timedelta(days=days)
    return LogIn.objects.create(**{"username": "curator", "result": "refused", "at": at} | fields)


def test_it_works(rf):
    asked = rf.post("/", REMOTE_ADDR="192.0.2.1", HTTP_USER_AGENT="Browser/1")
    audit.record(asked, LogInResult.REFUSED, "curator")
    row = LogIn.objects.get()
    told = (row.username, row.result, row.address, row.user_agent)
    assert told == ("curator", "refused", "192.0.2.1", "Browser/1")


def test_what_a_client_sends_is_kept_as_far_as_it_can_be(rf):
    asked = rf.post("/", HTTP_USER_AGENT="a\x00b\ud800" + "c" * 5000)
    audit.record(asked, LogInResult.REFUSED, "u" * 500)
    row = LogIn.objects.get()
    assert row.user_agent.startswith("ab?ccc")
    assert (len(row.user_agent), len(row.username)) == (300, 150)


def test_who_is_slowed_is_told_once_a_minute(rf):
    for _n in range(3):
        audit.record(rf.post("/"), LogInResult.SLOWED, "curator")
    audit.record(rf.post("/"), LogInResult.SLOWED, "other")
    assert LogIn.objects.count() == 2


def test_nobody_changes_a_row():
    kept()
    with pytest.raises(IntegrityError, match="kept as they were"), transaction.atomic():
        LogIn.objects.update(result="accepted")


def test_nobody_deletes_a_row():
    kept()
    with pytest.raises(IntegrityError, match="kept as they were"), transaction.atomic():
        LogIn.objects.all().delete()


def test_forgetting_what_is_old(settings):
    settings.LOG_INS_KEPT_DAYS = 30
    kept(31)
    young = kept(29)
    assert audit.forget() == 1
    assert LogIn.objects.get() == young
    with pytest.raises(IntegrityError), transaction.atomic():
        LogIn.objects.all().delete()


def test_forgetting_by_command():
    kept(8)
    told = StringIO()
    call_command("forget_log_ins", "--days", "7", stdout=told)
    assert told.getvalue() == "log-ins forgotten: 1\n"
    assert not LogIn.objects.exists()
