import pytest
from django.utils import timezone

from statements.contacts import busiest_pairs
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def jilani():
    return make_official("Jalil Abbas Jilani", country="pk")


@pytest.fixture
def mousavi():
    return make_official("Seyed Rasoul Mousavi", country="ir")


def test_it_works(client, jilani, mousavi):
    statement = make_statement("We want calm.", speaker=jilani, addressee=mousavi)
    page = client.get("/").content.decode()
    assert "We want calm." in page
    assert f'href="{statement.get_absolute_url()}"' in page
    assert '<form class="search-box search-box--large" action="/search/"' in page


def test_an_empty_archive_tells_its_operator_what_to_do(client):
    page = client.get("/").content.decode()
    assert "Nothing is published here yet." in page
    assert "import_archive" in page


def test_a_draft_is_not_shown(client):
    make_statement("Not to be seen.", status="draft")
    assert "Not to be seen." not in client.get("/").content.decode()


def test_a_bar_leads_to_its_statements(client):
    make_statement(said_on="2023-12-01")
    make_statement(said_on="2024-01-19")
    page = client.get("/").content.decode()
    assert 'href="/statements/?since=2024-01&amp;until=2024-01"' in page


def test_the_busiest_pairs_are_counted_one_way_each(jilani, mousavi):
    for _ in range(3):
        make_statement(speaker=jilani, addressee=mousavi)
    make_statement(speaker=mousavi, addressee=jilani)
    make_statement(speaker=jilani, addressee=make_official("Hakan Fidan", country="tr"))
    pairs = [(pair.from_country.code, pair.to_country.code, pair.n) for pair in busiest_pairs(2)]
    assert pairs == [("pk", "ir", 3), ("ir", "pk", 1)]


def test_a_statement_of_two_speakers_of_a_side_counts_once(jilani, mousavi):
    make_statement(speaker=[jilani, make_official("Another", country="pk")], addressee=mousavi)
    assert [pair.n for pair in busiest_pairs(5)] == [1]


def test_a_country_that_speaks_to_itself_is_no_pair(jilani):
    make_statement(speaker=jilani, addressee=make_official("Another", country="pk"))
    assert busiest_pairs(5) == []


def test_drafts_make_no_pair(jilani, mousavi):
    make_statement(speaker=jilani, addressee=mousavi, status="draft")
    assert busiest_pairs(5) == []


def test_this_day_is_shown(client):
    today = timezone.localdate()
    year = next(year for year in range(today.year - 1, 0, -1) if _is_a_day(year, today))
    make_statement(said_on=f"{year}-{today:%m-%d}", speaker=make_official("Of that day"))
    section = client.get("/").content.decode().split('id="on-this-day"')[1]
    assert "Of that day" in section


def _is_a_day(year, today):
    return (today.month, today.day) != (2, 29) or year % 4 == 0


@pytest.mark.parametrize("n", [1, 6])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement(addressee=make_official("Seyed Rasoul Mousavi", country="ir"))
    with django_assert_max_num_queries(20):
        client.get("/")
