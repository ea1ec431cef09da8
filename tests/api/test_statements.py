"""Statements under /api/v1/: the rows of the page, the records of the suffix .json."""

import re
from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from django.test import Client

from statements.models import Article, Link, Statement
from tests.factories import (
    make_article,
    make_citation,
    make_link,
    make_official,
    make_organization,
    make_outlet,
    make_statement,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

LIST = "/api/v1/statements/"


def keys(told):
    return [row["key"] for row in told["results"]]


class TestList:
    def test_it_works(self, get):
        make_statement(key="a")
        status, told = get("statements/")
        assert status == 200
        assert list(told) == ["count", "count_is_exact", "results", "next"]
        assert (told["count"], told["count_is_exact"], told["next"]) == (1, True, None)
        assert keys(told) == ["a"]

    @pytest.mark.parametrize(
        "query",
        [
            "", "from=pk", "from=pk&to=ir", "q=trust", 'q="mutual+trust"+-security', "q=mousavi",
            "channel=social_post&sort=oldest", "form=direct&form=mixed", "basis=inferred",
            "since=2024-01-19&until=2024-01", "sort=added", "sort=updated", "outlet=ndtv",
            "relayer_organization=foreign-office-pakistan", "account=own_side&language=en",
            "q=speaker:jilani", "unknown=1", "limit=3",
        ],
    )  # fmt: skip
    def test_the_rows_are_those_of_the_page_in_its_order(self, client, get, demonstration, query):
        page = client.get(f"/statements/?{query}")
        shown = [row.key for row in page.context["search"].rows]
        _, told = get(f"statements/?{query}")
        assert keys(told) == shown
        assert told["count"] == page.context["search"].count.n

    def test_they_are_told_as_the_suffix_tells_them(self, client, demonstration):
        query = "?q=pakistan&limit=4&updated_since=2020-01-01"
        suffix, api = client.get(f"/statements.json{query}"), client.get(f"{LIST}{query}")
        assert api.json()["results"] == suffix.json()["results"]
        assert len(api.json()["results"]) == 4

    def test_the_pages_meet_every_statement_once(self, get, demonstration):
        met, following = [], "statements/?limit=3&form=direct&form=mixed&form=indirect"
        while following:
            status, told = get(following)
            assert status == 200
            met += keys(told)
            following = told["next"]
            assert following is None or following.startswith("http://testserver/api/v1/statements/")
        expected = Statement.objects.filter(form__in=["direct", "mixed", "indirect"])
        assert sorted(met) == sorted(expected.values_list("key", flat=True))

    def test_who_keeps_a_copy_is_told_what_to_drop(self, get):
        make_statement(key="kept")
        make_statement(key="gone", status="withdrawn", withdrawal_reason="It was never said.")
        _, told = get("statements/?updated_since=2000-01-01T00:00:00Z&include=citations,links")
        assert {"type": "statement", "key": "gone", "status": "withdrawn",
                "reason": "It was never said."} in told["results"]  # fmt: skip

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_what_is_not_out_is_nowhere(self, client, get, status):
        statement = make_statement("Secret words.", status=status)
        make_link(make_statement(key="out"), statement)
        make_link(statement, Statement.objects.get(key="out"))
        _, told = get("statements/?include=links,citations")
        assert keys(told) == ["out"]
        assert told["included"]["statements"] == []
        assert get(f"statements/{statement.key}/")[0] == 404


class TestOne:
    def test_it_works(self, client, get, demonstration):
        key = Statement.objects.earliest("pk").key
        status, told = get(f"statements/{key}/")
        assert status == 200
        assert told == client.get(f"/statements/{key}.json").json()

    def test_nothing_at_this_address(self, get):
        status, told = get("statements/nobody/")
        assert (status, list(told)) == (404, ["error"])
        assert list(told["error"]) == ["code", "message", "fields"]
        assert told["error"]["code"] == "not_found"

    def test_what_was_withdrawn_is_gone_and_says_why(self, get):
        statement = make_statement(status="withdrawn", withdrawal_reason="It was never said.")
        status, told = get(f"statements/{statement.key}/")
        assert status == 410
        assert told["error"] == {
            "code": "withdrawn", "message": "It was never said.", "fields": {}
        }  # fmt: skip


class TestIncluded:
    def test_articles_come_without_their_text_each_once(self, get):
        report = make_article(slug="report", body="All of it.", outlet=make_outlet(slug="ndtv"))
        retold = make_article(
            slug="retold", kind="reconstruction", based_on=report, body="In our words."
        )
        for key in ("a", "b"):
            make_citation(make_statement(key=key, cited=False), retold)
        _, told = get("statements/?include=citations")
        assert list(told["included"]) == ["articles"]
        assert [row["slug"] for row in told["included"]["articles"]] == ["retold", "report"]
        assert told["included"]["articles"][1]["outlet"] == "ndtv"
        assert told["included"]["articles"][1]["page_url"] == "http://testserver/articles/report/"
        assert not re.search("All of it|In our words|body", str(told["included"]))

    def test_statements_linked_come_from_both_ends(self, get):
        asked, answered, answering = (make_statement(key=key) for key in ("a", "b", "c"))
        make_link(asked, answered)
        make_link(answering, asked, "denies")
        _, told = get("statements/a/?include=links")
        assert list(told["included"]) == ["statements"]
        assert [row["key"] for row in told["included"]["statements"]] == ["b", "c"]
        assert told["included"]["statements"][1]["links"] == [{"kind": "denies", "statement": "a"}]

    def test_what_is_in_the_list_is_not_brought_again(self, get):
        make_link(make_statement(key="a"), make_statement(key="b"))
        _, told = get("statements/?include=links")
        assert told["included"] == {"statements": []}

    def test_of_very_many_answers_the_newest_come(self, get, monkeypatch):
        monkeypatch.setattr("statements.api.including.N_INWARD", 3)
        famous = make_statement(key="famous", said_on="1990")
        speaker = famous.speakers[0].official
        for n in range(4):
            answer = make_statement(key=f"s-{n}", speaker=speaker, said_on=f"199{n}", cited=False)
            make_link(answer, famous)
        _, told = get("statements/famous/?include=links")
        brought = [row["key"] for row in told["included"]["statements"]]
        assert brought == ["s-3", "s-2", "s-1"]

    @pytest.mark.parametrize(
        "asked",
        [
            "include=citations,links", "include=links&include=citations",
            "include=LINKS,citations,", "include=%20links%20,citations,links",
        ],
    )  # fmt: skip
    def test_both_at_once_however_it_is_written(self, get, demonstration, asked):
        _, told = get(f"statements/?limit=2&{asked}")
        assert set(told["included"]) == {"articles", "statements"}

    def test_the_next_page_brings_the_same(self, get, demonstration):
        _, told = get("statements/?limit=2&include=links")
        assert set(get(told["next"])[1]["included"]) == {"statements"}

    @pytest.mark.parametrize("path", ["statements/", "statements/a/"])
    def test_without_being_asked_nothing_comes(self, get, path):
        make_statement(key="a")
        assert "included" not in get(path)[1]
        assert "included" not in get(f"{path}?include=")[1]


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("from=zz", "from"), ("speaker=nobody", "speaker"), ("since=9999-99-99", "since"),
            ("limit=201", "limit"), ("limit=0", "limit"), ("limit=99999999999999999999", "limit"),
            ("cursor=x", "cursor"), ("sort=best", "sort"), ("since=2024&until=2023", "until"),
            ("include=everything", "include"), ("updated_since=soon", "updated_since"),
        ],
    )  # fmt: skip
    def test_a_parameter_that_means_nothing(self, get, query, field):
        make_statement()
        status, told = get(f"statements/?{query}")
        assert (status, list(told)) == (400, ["error"])
        assert told["error"]["code"] == "invalid_parameters"
        assert list(told["error"]["fields"]) == [field]

    def test_an_unknown_expansion_of_one(self, get):
        make_statement(key="a")
        assert get("statements/a/?include=x")[1]["error"]["fields"].keys() == {"include"}

    def test_a_nul_is_refused(self, get):
        assert get("statements/?q=%00")[0] == 400

    def test_a_database_that_is_away_is_told_in_the_same_shape(self, monkeypatch):
        def fail(request):
            raise OperationalError("the connection is closed")

        monkeypatch.setattr("statements.api.statements.list_answer", fail)
        response = Client(raise_request_exception=False).get(LIST)
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert response.json()["error"]["code"] == "unavailable"
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_more_than_eight_kilobytes_are_too_long(self, get):
        status, told = get("statements/?q=" + "a" * 8_300)
        assert (status, told["error"]["code"]) == (414, "too_long")


@pytest.mark.parametrize("limit", [3, 30])
def test_a_row_costs_no_query(get, limit, django_assert_max_num_queries):
    other = make_statement(addressee=make_official())
    for _n in range(limit):
        made = make_statement(addressee=make_organization(), topics=[make_topic()])
        make_link(made, other)
    with django_assert_max_num_queries(15):
        get(f"statements/?limit={limit}")
    with django_assert_max_num_queries(28):
        get(f"statements/?limit={limit}&include=citations,links")
    with django_assert_max_num_queries(13):
        get(f"statements/{other.key}/")
    with django_assert_max_num_queries(26):
        get(f"statements/{other.key}/?include=citations,links")


def test_the_text_of_articles_is_not_even_loaded(get, django_assert_num_queries, client):
    make_statement(key="a")
    Article.objects.update(body="A body that stays where it is.")
    response = client.get(f"{LIST}?include=citations")
    assert "stays where it is" not in response.text


def test_the_answer_says_which_state_of_the_archive_it_is_of(client):
    make_statement(key="a", updated_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert Link.objects.count() == 0
    for path in (LIST, f"{LIST}a/"):
        response = client.get(path)
        again = client.get(path, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == response["ETag"]
