import re

import pytest

from statements import networks
from statements.search import matches
from tests.factories import make_country, make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def jilani():
    return make_official("Jalil Abbas Jilani", country="pk", slug="jilani")


@pytest.fixture
def amir():
    return make_official("Hossein Amir-Abdollahian", country="ir", slug="amir")


@pytest.fixture
def story(jilani, amir):
    """Three statements from Pakistan to Iran, one back, one to Turkey."""
    for day in ("2024-01-18", "2024-01-19", "2024-01-20"):
        make_statement("On trust.", speaker=jilani, addressee=amir, said_on=day, channel="letter")
    make_statement(speaker=amir, addressee=jilani, said_on="2023")
    make_statement(speaker=jilani, addressee=make_country("tr"), said_on="2022")


def get(client, query=""):
    response = client.get(f"/network/{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(page):
    """The table: who speaks, who is addressed, how often, and where that leads."""
    return re.findall(
        r'<tr><th scope="row"><bdi>(.*?)</bdi></th><td><bdi>(.*?)</bdi></td>'
        r'<td class="figure"><a href="(.*?)">(.*?)</a>',
        page,
    )


def test_it_works(client, story):
    page = get(client)
    assert rows(page) == [
        ("Pakistan", "Iran", "/statements/?from=pk&amp;to=ir", "3"),
        ("Iran", "Pakistan", "/statements/?from=ir&amp;to=pk", "1"),
        ("Pakistan", "Turkey", "/statements/?from=pk&amp;to=tr", "1"),
    ]


def test_graph_and_matrix_tell_what_the_table_does(client, story):
    page = get(client)
    graph, matrix = page.split('class="matrix__cells"')
    for part, tag in ((graph, "<a"), (matrix, "<rect")):
        told = re.findall(rf"{tag} [^>]*data-tie=[^>]*><title>(.*?)</title>", part)
        assert sorted(told) == ["Iran to Pakistan: 1", "Pakistan to Iran: 3",
                                "Pakistan to Turkey: 1"]  # fmt: skip
    told = "Pakistan, in statements: 4 to 2 of those shown, 1 from 1 of them"
    assert f"<title>{told}</title>" in graph


def test_each_number_is_that_of_the_list_it_leads_to(client, story):
    for _source, _target, url, n in rows(get(client, "?channel=letter")):
        assert f">{n} statement" in client.get(url.replace("&amp;", "&")).content.decode()


def test_officials_are_a_network_too(client, story):
    page = get(client, "?who=officials")
    assert rows(page) == [
        ("Jalil Abbas Jilani", "Hossein Amir-Abdollahian",
         "/statements/?speaker=jilani&amp;addressee=amir", "3"),
        ("Hossein Amir-Abdollahian", "Jalil Abbas Jilani",
         "/statements/?speaker=amir&amp;addressee=jilani", "1"),
    ]  # fmt: skip
    assert 'aria-current="page">Officials' in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?channel=letter", ["3"]),
        ("?since=2024", ["3"]),
        ("?until=2023", ["1", "1"]),
        ("?q=trust", ["3"]),
        ("?from=ir", ["1"]),
        ("?to=tr", ["1"]),
        ("?country=ir", ["3", "1"]),
        ("?who=officials&official=amir", ["3", "1"]),
        ("?who=officials&speaker=amir", ["1"]),
        ("?who=officials&from=pk&since=2024-01-19", ["2"]),
    ],
)
def test_it_is_narrowed_by_all_that_narrows_the_list(client, story, query, numbers):
    assert [row[-1] for row in rows(get(client, query))] == numbers


def test_filters_stay_on_when_another_is_chosen(client, story):
    page = get(client, "?who=officials&channel=letter")
    assert '<input type="hidden" name="who" value="officials">' in page
    assert 'href="?who=officials"><span class="chip__label">Channel' in page
    assert 'href="?who=officials&amp;channel=letter&amp;official=jilani"' in page
    assert "/statements/?channel=letter&amp;speaker=jilani&amp;addressee=amir" in page


def test_facets_narrow_the_network(client, story):
    assert 'href="?who=officials&amp;channel=letter"' in get(client, "?who=officials")


def test_it_leads_to_the_same_for_programs(client, story):
    page = get(client, "?from=pk")
    assert 'href="/network.json?from=pk"' in page
    assert 'href="/network.csv?from=pk"' in page


def test_where_nobody_addresses_anybody_it_says_so(client, jilani):
    make_statement(speaker=jilani, addressee=make_official("Another", country="pk"))
    page = get(client)
    assert "In no statement that matches does anybody address somebody else." in page
    assert "network__graph" not in page


def test_an_empty_archive_is_told_the_same(client):
    assert "In no statement that matches" in get(client)


@pytest.mark.parametrize("query", ["?who=ships", "?channel=fax", "?from=zz", "?limit=0"])
def test_an_unknown_value_is_told_and_nothing_drawn(client, story, query):
    page = get(client, query)
    assert 'role="alert"' in page
    assert "network__graph" not in page


def test_an_impossible_day_is_told_beside_its_field(client, story):
    assert 'id="finder-since-error"' in get(client, "?since=2023-02-29")


def test_drafts_are_not_drawn(client, jilani, amir):
    make_statement(speaker=jilani, addressee=amir, status="draft")
    assert rows(get(client)) == []


def test_a_name_is_never_markup(client, amir):
    make_statement(speaker=make_official("<b>Nobody</b>", country="pk"), addressee=amir)
    page = get(client, "?who=officials")
    assert "<b>Nobody" not in page
    assert "&lt;b&gt;Nobody" in page


def test_it_says_when_the_newest_alone_are_counted(client, story, monkeypatch):
    monkeypatch.setattr(matches, "N_MATCHES", 2)
    page = get(client, "?q=trust")
    assert "Counted over the newest 10,000" in page
    assert [row[-1] for row in rows(page)] == ["2"]


def test_it_says_what_is_not_drawn(client, story, monkeypatch):
    monkeypatch.setattr(networks.drawn, "__kwdefaults__", {"n_actors": 300, "n_ties": 2})
    page = get(client)
    assert "3 countries and 2 pairs" in page
    assert "Of 3 pairs, each one's busiest are drawn first, and then the busiest of all." in page
    assert len(rows(page)) == 2


def test_pages_lead_to_the_network_around_them(client, story):
    assert 'href="/network/?country=pk"' in client.get("/countries/pk/").content.decode()
    page = client.get("/officials/amir/").content.decode()
    assert 'href="/network/?who=officials&amp;official=amir"' in page
    assert 'href="/network/"' in client.get("/").content.decode()


@pytest.mark.parametrize("query", ["", "?who=officials", "?channel=letter&from=pk"])
def test_the_number_of_queries_is_fixed(client, story, django_assert_max_num_queries, query):
    for n in range(5):
        make_statement(speaker=make_official(f"Speaker {n}"), addressee=make_country("fr"),
                       channel="letter")  # fmt: skip
    with django_assert_max_num_queries(12):
        get(client, query)
