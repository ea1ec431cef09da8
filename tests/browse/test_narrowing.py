"""What is told when the database was stopped because a question took too long."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow():
    """A client of an archive in which statements and officials take too long to look at."""
    make_statement()
    with connection.cursor() as cursor:
        for table in ("statements_statement", "statements_official"):
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_at_rest")
            cursor.execute(
                f"CREATE VIEW {table} AS SELECT kept.* FROM {table}_at_rest AS kept, pg_sleep(2)"
            )
        cursor.execute("SET LOCAL statement_timeout = 150")
    return Client(raise_request_exception=False)


def offered(response):
    page = response.content.decode()
    part = re.search(r"Ask for less</h2>.*?</ul>", page, re.S)
    return (
        {label: url for url, label in re.findall(r'<a href="([^"]*)">([^<]*)</a>', part[0])}
        if part
        else {}
    )


def test_it_works(slow):
    response = slow.get("/statements/?q=trust&channel=letter&cursor=x")
    page = response.content.decode()
    assert response.status_code == 503
    assert "Retry-After" not in response
    assert response["Cache-Control"] == "no-store"
    assert "too wide to be answered in time" in page
    year = (timezone.localdate() - timedelta(days=365)).isoformat()
    assert offered(response) == {
        "Only what was said in the last year": f"?q=trust&amp;channel=letter&amp;since={year}",
        "The newest first, instead of the most relevant": (
            "?q=trust&amp;channel=letter&amp;sort=newest"
        ),
        "All the same, but without the words": "?channel=letter",
        "All statements": "/statements/",
    }


def test_within_a_year_days_are_offered(slow):
    since = timezone.localdate() - timedelta(days=90)
    labels = offered(slow.get(f"/statements/?since={since}&until={since}&sort=oldest"))
    assert list(labels) == ["Only what was said in the last thirty days", "All statements"]
    assert "until" not in labels["Only what was said in the last thirty days"]


def test_a_narrowed_list_of_others_leads_to_the_whole(slow):
    response = slow.get("/officials/?q=jilani")
    assert response.status_code == 503
    assert offered(response) == {"The whole list, without filters": "/officials/"}


def test_where_nothing_was_asked_nothing_is_offered(slow):
    response = slow.get("/officials/")
    assert response.status_code == 503
    assert offered(response) == {}
    assert "too wide" in response.content.decode()


def test_programs_are_told_in_json(slow):
    response = slow.get("/statements.json?q=trust")
    assert response.status_code == 503
    assert "Retry-After" not in response
    assert response.json()["error"] == {
        "code": "too_wide",
        "message": "This question is too wide to be answered in time.",
        "fields": {},
    }


def test_markup_in_the_question_stays_text(slow):
    page = slow.get('/statements/?q="><script>&channel=<b>').content.decode()
    assert "<script>" not in page.replace('<script src="', "")
    assert "<b>" not in page


def test_the_narrower_questions_are_understood(client):
    make_statement("In trust.", speaker=make_official(), said_on=timezone.localdate().isoformat())
    day = (timezone.localdate() - timedelta(days=365)).isoformat()
    assert "trust" in client.get(f"/statements/?q=trust&since={day}").content.decode()
