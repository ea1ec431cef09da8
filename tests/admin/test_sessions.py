"""Sessions that end."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.models import LogIn
from tests.factories import make_account

LIST = "/admin/statements/statement/"


@pytest.fixture
def curator(client, db):
    account = make_account("curator", password="a-long-secret-1", is_superuser=True)
    client.post("/admin/login/", {"username": "curator", "password": "a-long-secret-1"})
    return account


def wind_back(client, **seconds):
    session = client.session
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.save()


def test_it_works(client, curator, settings):
    wind_back(client, seen_at=settings.SESSION_IDLE_MINUTES * 60 - 30)
    assert client.get(LIST).status_code == 200
    assert client.session["seen_at"] >= int(time.time()) - 5


def test_who_was_away_too_long_logs_in_again(client, curator, settings):
    wind_back(client, seen_at=settings.SESSION_IDLE_MINUTES * 60 + 1)
    answer = client.get(f"{LIST}?q=a", follow=True)
    assert answer.redirect_chain == [(f"/admin/login/?next={LIST}%3Fq%3Da", 302)]
    assert "Your session has ended" in answer.content.decode()
    assert LogIn.objects.order_by("-pk").first().result == "ended"


def test_no_session_lasts_for_ever(client, curator, settings):
    wind_back(client, began_at=settings.SESSION_HOURS * 3600 + 1)
    assert client.get(LIST).status_code == 302


def test_a_form_that_comes_too_late_says_how_to_keep_its_words(client, curator, settings):
    wind_back(client, seen_at=settings.SESSION_IDLE_MINUTES * 60 + 1)
    answer = client.post(f"{LIST}add/", {"text": "Words."})
    assert answer.status_code == 403
    assert "go back in the browser and copy it" in answer.content.decode()


def test_public_pages_go_on(client, curator, settings):
    wind_back(client, seen_at=settings.SESSION_IDLE_MINUTES * 60 + 1)
    assert client.get("/").status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_session_from_before_begins_when_it_is_met(client, curator):
    client.force_login(curator)
    session = client.session
    session.pop("began_at", None)
    session.save()
    assert client.get(LIST).status_code == 200
    assert client.session["began_at"] >= int(time.time()) - 5


def test_use_is_noted_once_a_minute(client, curator):
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert not [one for one in queries if "UPDATE" in one["sql"]]


def test_a_reader_without_a_session_costs_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")
    assert "sessionid" not in client.cookies
