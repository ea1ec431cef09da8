"""Events across the middle of the page between two sides, wherever its pages are turned."""

import pytest

from statements.search.pairs import Way
from tests.browse.test_between import PAGE, told
from tests.factories import make_event, make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def jilani():
    return make_official("Jalil Abbas Jilani", slug="jilani")


@pytest.fixture
def amir():
    return make_official("Hossein Amir-Abdollahian", country="ir", slug="amir")


def test_those_of_both_stand_across_the_middle(client, jilani, amir):
    make_event("A strike", countries=["pk", "ir"], started_on="2024-01-18")
    make_event("Another's", countries=["pk", "tr"], started_on="2024-01-18")
    make_event("Some time", countries=["pk", "ir"])
    before, after = (
        make_statement(speaker=jilani, addressee=amir, said_on=day)
        for day in ("2024-01-17", "2024-01-18")
    )

    response = client.get(PAGE)

    assert told(response) == [
        "A strike", [(after, Way.FORTH)], [(before, Way.FORTH)], "Some time",
    ]  # fmt: skip
    assert told(client.get(PAGE + "?sort=oldest")) == [
        [(before, Way.FORTH)], "A strike", [(after, Way.FORTH)], "Some time",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_each_is_on_one_page_whichever_way_the_pages_are_turned(
    client, jilani, amir, sort, monkeypatch
):
    monkeypatch.setattr("statements.browse.between.N_ROWS", 2)
    for day in (2, 4, 6, 8, 10, 12):
        make_statement(speaker=jilani, addressee=amir, said_on=f"2024-01-{day:02}")
    for day in range(1, 14):
        make_event(str(day), countries=["pk", "ir"], started_on=f"2024-01-{day:02}")

    def events(response):
        return [moment for moment in told(response) if isinstance(moment, str)]

    days, forwards, address = [str(day) for day in range(1, 14)], [], f"?sort={sort}"
    while address:
        response = client.get(PAGE + address)
        forwards.append(events(response))
        address = response.context["search"].next_url
    backwards, address = [], response.context["search"].previous_url
    while address:
        response = client.get(PAGE + address)
        backwards.insert(0, events(response))
        address = response.context["search"].previous_url

    met = [event for page in forwards for event in page]
    assert met == (days if sort == "oldest" else days[::-1])
    assert backwards == forwards[:-1]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_of_the_undated_tell_none_again(client, jilani, amir, sort, monkeypatch):
    monkeypatch.setattr("statements.browse.between.N_ROWS", 1)
    make_event("A strike", countries=["pk", "ir"], started_on="2024-01-18")
    make_statement(speaker=jilani, addressee=amir, said_on="2024-01-19")
    for _n in range(3):
        make_statement(speaker=jilani, addressee=amir, said_on=None, undated_reason="Lost.")

    pages, address = [], f"?sort={sort}"
    while address:
        response = client.get(PAGE + address)
        pages.append(told(response))
        address = response.context["search"].next_url

    assert [page.count("A strike") for page in pages].count(1) == 1
    before = client.get(PAGE + response.context["search"].previous_url)
    assert "A strike" not in told(before)


def test_the_days_asked_for_hold_for_them_too(client, jilani, amir):
    make_statement(speaker=jilani, addressee=amir, said_on="2024-01-17")
    make_event("Long before", countries=["pk", "ir"], started_on="1999")
    make_event("Some time", countries=["pk", "ir"])

    assert len(told(client.get(PAGE + "?since=2024-01"))) == 1


def test_in_another_order_there_are_none(client, jilani, amir):
    made = make_statement(speaker=jilani, addressee=amir)
    make_event("A strike", countries=["pk", "ir"], started_on="2024-01-18")

    assert told(client.get(PAGE + "?sort=added")) == [[(made, Way.FORTH)]]


def test_their_number_on_a_page_is_bounded(client, jilani, amir, monkeypatch):
    monkeypatch.setattr("statements.browse.sides.N_EVENTS", 2)
    make_statement(speaker=jilani, addressee=amir, said_on="2024-01-17")
    for day in (1, 2, 3):
        make_event(str(day), countries=["pk", "ir"], started_on=f"2024-01-{day:02}")

    response = client.get(PAGE)

    assert told(response)[1:] == ["3", "2"]
    assert "Of the events of this time only the newest" in response.text
