import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from lxml import etree

from statements.browse import sitemap
from statements.models import Statement
from tests.factories import make_country, make_official, make_statement, make_topic

pytestmark = pytest.mark.django_db

XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# W3C Datetime, as the protocol asks for.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    assert len(response.content) < 50 * 2**20
    return etree.fromstring(response.content)


def locations(client, path):
    return [found.text for found in read(client, path).iterfind(f"*/{XMLNS}loc")]


def parts(client, kind):
    return [
        part.removeprefix("http://testserver")
        for part in locations(client, "/sitemap.xml")
        if re.search(rf"/sitemap-{kind}-\d+\.xml$", part)
    ]


def count_anew():
    """Adds up the counts that the database keeps, as the end of the transaction would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_anew()")


def test_it_works(client):
    statement = make_statement()
    found = [
        location
        for part in locations(client, "/sitemap.xml")
        for location in locations(client, part.removeprefix("http://testserver"))
    ]
    assert f"http://testserver{statement.get_absolute_url()}" in found
    assert "http://testserver/countries/pk/" in found
    assert "http://testserver/network/" in found
    assert len(found) == len(set(found))


def test_a_file_is_built_as_the_protocol_has_it(client):
    statement = make_statement()
    [part] = parts(client, "statements")
    urlset = read(client, part)
    assert urlset.tag == f"{XMLNS}urlset"
    [url] = urlset
    assert [child.tag for child in url] == [f"{XMLNS}loc", f"{XMLNS}lastmod"]
    assert INSTANT.fullmatch(url[1].text)
    statement.refresh_from_db()
    assert datetime.fromisoformat(url[1].text) == statement.updated_at.replace(microsecond=0)
    assert read(client, "/sitemap.xml").tag == f"{XMLNS}sitemapindex"


def test_a_file_holds_no_more_than_the_protocol_allows():
    assert sitemap.N_IN_PART <= 50_000


def test_what_is_not_published_is_left_out(client):
    public, draft = make_statement(), make_statement(status="draft")
    found = [at for part in parts(client, "statements") for at in locations(client, part)]
    assert f"http://testserver{public.get_absolute_url()}" in found
    assert f"http://testserver{draft.get_absolute_url()}" not in found


def test_countries_that_spoke_have_a_page_together_once(client, monkeypatch):
    pakistani, iranian = make_official(), make_official(country="ir")
    make_statement(speaker=pakistani, addressee=iranian)
    make_statement(speaker=iranian, addressee=pakistani)
    make_statement(speaker=pakistani, addressee=make_official(country="tr"))
    make_statement(speaker=pakistani, addressee=make_official())
    count_anew()
    ids = {code: make_country(code).pk for code in ("pk", "ir", "tr")}
    expected = {
        "http://testserver/between/" + "/".join(sorted(pair, key=ids.get)) + "/"
        for pair in (("pk", "ir"), ("pk", "tr"))
    }
    monkeypatch.setattr(sitemap, "N_IN_PART", 1)
    files = parts(client, "between")
    assert len(files) == 2
    found = [at for file in files for at in locations(client, file)]
    assert (len(found), set(found)) == (2, expected)
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_officials_who_spoke_have_a_page_together_once(client):
    jilani, amir = make_official(slug="jilani"), make_official(country="ir", slug="amir")
    make_statement(speaker=jilani, addressee=amir)
    make_statement(speaker=amir, addressee=jilani)
    make_statement(speaker=jilani)
    count_anew()
    [part] = parts(client, "between-officials")
    [found] = locations(client, part)
    assert found == "http://testserver/between/officials/jilani/amir/"
    assert client.get(found.removeprefix("http://testserver")).status_code == 200


def test_of_officials_the_busiest_pairs_alone_are_listed(client, monkeypatch):
    jilani, amir = make_official(slug="jilani"), make_official(country="ir", slug="amir")
    make_statement(speaker=jilani, addressee=make_official(country="tr"))
    make_statement(speaker=jilani, addressee=amir)
    make_statement(speaker=jilani, addressee=amir)
    count_anew()
    monkeypatch.setattr(sitemap, "N_IN_PART", 1)
    assert parts(client, "between-officials") == ["/sitemap-between-officials-1.xml"]
    [found] = locations(client, "/sitemap-between-officials-1.xml")
    assert found == "http://testserver/between/officials/jilani/amir/"


def test_a_large_archive_is_parted(client, monkeypatch):
    monkeypatch.setattr(sitemap, "N_IN_PART", 100)
    files = parts(client, "countries")
    assert len(files) > 1
    found = [at for file in files for at in locations(client, file)]
    assert len(found) == len(set(found)) > 190


def test_stretches_without_a_public_row_are_passed_over(client, monkeypatch):
    monkeypatch.setattr(sitemap, "N_IN_PART", 100)
    far = make_topic(pk=2_000_000_050)
    assert parts(client, "topics") == ["/sitemap-topics-20000001.xml"]
    assert locations(client, "/sitemap-topics-20000001.xml") == [
        f"http://testserver{far.get_absolute_url()}"
    ]


def test_edges_of_a_stretch_belong_to_one_file(client, monkeypatch):
    monkeypatch.setattr(sitemap, "N_IN_PART", 10)
    for pk in (1_000_010, 1_000_011):
        make_topic(pk=pk, slug=f"t{pk}")
    assert parts(client, "topics") == ["/sitemap-topics-100001.xml", "/sitemap-topics-100002.xml"]
    assert locations(client, "/sitemap-topics-100001.xml") == ["http://testserver/topics/t1000010/"]


def test_an_empty_kind_has_no_file(client):
    assert Statement.objects.count() == 0
    assert parts(client, "statements") == []


def test_the_index_costs_a_query_for_each_file(client, django_assert_max_num_queries):
    make_statement()
    with django_assert_max_num_queries(1 + 2 * len(sitemap.KINDS)):
        client.get("/sitemap.xml")


def test_a_file_costs_a_query_for_each_ten_thousand_numbers(client, django_assert_num_queries):
    make_statement()
    [part] = parts(client, "statements")
    with django_assert_num_queries(1 + 5):
        client.get(part)


def test_rows_of_all_queries_are_in_the_file(client, monkeypatch):
    monkeypatch.setattr(sitemap, "N_AT_ONCE", 7)
    monkeypatch.setattr(sitemap, "N_IN_PART", 20)
    topics = [make_topic(pk=pk, slug=f"t{pk}") for pk in range(1_000_001, 1_000_021)]
    assert locations(client, "/sitemap-topics-50001.xml") == [
        f"http://testserver{topic.get_absolute_url()}" for topic in topics
    ]


def test_an_unchanged_file_is_not_sent_again(client):
    known = client.get("/sitemap.xml")
    response = client.get("/sitemap.xml", headers={"If-None-Match": known["ETag"]})
    assert response.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-statements-99999.xml",
        "/sitemap-countries-0.xml",
        "/sitemap-secrets-1.xml",
        f"/sitemap-topics-{'9' * 30}.xml",
    ],
)
def test_no_such_part(client, path):
    assert client.get(path).status_code == 404


def test_instants_are_told_to_the_second():
    assert sitemap._place("x", datetime(2024, 1, 19, 1, 2, 3, 4, tzinfo=UTC)) == (
        "  <url><loc>x</loc><lastmod>2024-01-19T01:02:03+00:00</lastmod></url>\n"
    )


def test_calendars_and_days_of_the_year_are_listed(client):
    make_statement(said_on="2024-01-19")
    make_statement(said_on="1979-03-02")

    assert locations(client, "/sitemap-months-1.xml") == [
        "http://testserver/calendar/1979-03/",
        "http://testserver/calendar/2024-01/",
    ]
    days = locations(client, "/sitemap-days-1.xml")
    assert len(days) == 366
    assert "http://testserver/on-this-day/02-29/" in days


def test_an_empty_archive_has_neither(client):
    assert parts(client, "months") == parts(client, "days") == []
    assert client.get("/sitemap-months-1.xml").status_code == 404
