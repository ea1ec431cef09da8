"""A day of the year, whichever year it was."""

import pytest
from django.utils import timezone

from statements.browse import on_this_day
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db

PAGE = "/on-this-day/01-19/"


def test_it_works(client):
    newer = make_statement(said_on="2024-01-19")
    older = make_statement(said_on="1979-01-19")
    make_statement(said_on="2024-01-20")

    response = client.get(PAGE)

    assert response.text.count("<h1>") == 1
    assert "<bdi>On 19 January, in every year</bdi>" in response.text
    assert response.context["statements"].rows == [newer, older]
    assert "2 statements" in response.text
    assert 'href="/statements/?since=1979-01-19&amp;until=1979-01-19"' in response.text
    assert 'rel="prev" href="/on-this-day/01-18/"' in response.text
    assert 'rel="next" href="/on-this-day/01-20/"' in response.text
    assert 'href="/on-this-day/02-19/"' in response.text


def test_the_entrance_leads_to_today(client):
    assert client.get("/on-this-day/")["Location"] == f"/on-this-day/{timezone.localdate():%m-%d}/"


def test_a_day_of_which_nothing_is_known_says_so(client):
    assert "Nothing in the archive was said on this day of any year." in client.get(PAGE).text


def test_drafts_and_days_that_are_not_exact_are_left_out(client):
    make_statement("Not yet.", said_on="2024-01-19", status="draft")
    make_statement("Some day.", said_on="2024-01-19", said_on_qualifier="about")

    assert client.get(PAGE).context["statements"].rows == []


def test_the_year_ends_where_it_begins(client):
    context = client.get("/on-this-day/12-31/").context

    assert context["next"].url == "/on-this-day/01-01/"
    assert client.get("/on-this-day/01-01/").context["previous"].url == "/on-this-day/12-31/"


def test_the_leap_day_has_its_page(client):
    make_statement(said_on="2020-02-29")
    make_statement(said_on="2024-02-29")

    response = client.get("/on-this-day/02-29/")

    columns = response.context["columns"]
    assert [(column.label, column.n) for column in columns] == [
        ("2020", 1), ("2021", 0), ("2022", 0), ("2023", 0), ("2024", 1),
    ]  # fmt: skip
    assert columns[1].url == "/statements/?since=2021-02&until=2021-02"
    assert ("April", "/on-this-day/04-29/", False) in response.context["months"]


def test_a_shorter_month_leads_to_its_last_day(client):
    assert ("February", "/on-this-day/02-29/", False) in (
        client.get("/on-this-day/01-31/").context["months"]
    )


def test_pages_follow_each_other(client, monkeypatch):
    monkeypatch.setattr(on_this_day, "N_ROWS", 1)
    newer = make_statement(said_on="2024-01-19")
    older = make_statement(said_on="1979-01-19")

    first = client.get(PAGE)
    second = client.get(PAGE + first.context["statements"].next_url)

    assert first.context["statements"].rows == [newer]
    assert second.context["statements"].rows == [older]


def test_a_damaged_cursor_leads_to_the_first_page(client):
    found = make_statement(said_on="2024-01-19")

    assert client.get(f"{PAGE}?cursor=x").context["statements"].rows == [found]


@pytest.mark.parametrize("day", ["13-01", "02-30", "00-01", "1-19", "today", "0119"])
def test_what_is_no_day_is_not_found(client, day):
    assert client.get(f"/on-this-day/{day}/").status_code == 404


def test_it_cannot_be_posted_to(client):
    assert client.post(PAGE).status_code == 405


def test_the_front_page_leads_here(client):
    make_statement(said_on="2024-01-19")

    assert f'href="/on-this-day/{timezone.localdate():%m-%d}/"' in client.get("/").text


@pytest.mark.parametrize("n", [1, 12])
def test_its_queries_do_not_grow_with_its_rows(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement(said_on="2024-01-19", addressee=make_official(country="ir"))
    with django_assert_max_num_queries(13):
        client.get(PAGE)
