"""Who may ask, how, and how often."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, connections
from django.test import Client

from statements.api import gate
from statements.models import Allowance
from tests.factories import make_statement

pytestmark = pytest.mark.django_db

LIST = "/api/v1/statements/"
PATHS = ["/api/v1/", LIST, "/api/v1/countries/pk/", "/api/v1/schema/", "/api/v1/docs/"]


class TestReading:
    @pytest.mark.parametrize("path", [*PATHS, "/api/v1/nowhere/", f"{LIST}?limit=x"])
    def test_any_site_may_read(self, client, path):
        response = client.get(path, headers={"Origin": "https://example.org"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response

    @pytest.mark.parametrize("path", PATHS)
    def test_a_browser_that_asks_first_is_told_so(self, client, path, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.options(
                path,
                headers={
                    "Origin": "https://example.org",
                    "Access-Control-Request-Method": "GET",
                    "Access-Control-Request-Headers": "if-none-match",
                },
            )
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Headers"] == "*"
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_an_answer_that_nothing_has_changed_may_be_read_too(self, client):
        known = client.get(LIST)["ETag"]
        response = client.get(LIST, headers={"If-None-Match": known})
        assert response.status_code == 304
        assert response["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("path", PATHS)
    def test_head_is_get_without_a_body(self, client, path):
        head, whole = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("Content-Type", "Content-Length", "ETag"):
            assert head[name] == whole[name]

    def test_head_of_what_has_not_changed(self, client):
        known = client.get(LIST)["ETag"]
        assert client.head(LIST, headers={"If-None-Match": known}).status_code == 304

    def test_head_of_nothing(self, client):
        assert client.head(f"{LIST}nobody/").status_code == 404

    @pytest.mark.parametrize("path", [*PATHS, "/api/v1/nowhere/"])
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_nobody_may_write(self, client, path, method):
        response = getattr(client, method)(path)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["error"]["code"] == "method_not_allowed"

    def test_pages_are_not_meant(self, client):
        response = client.get("/statements/")
        assert "Access-Control-Allow-Origin" not in response
        assert "RateLimit" not in response


@pytest.fixture
def limited(settings):
    settings.API_REQUESTS_PER_MINUTE = 5


@pytest.mark.usefixtures("limited")
class TestLimit:
    def test_it_works(self, client):
        answers = [client.get(LIST) for _n in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[0]["RateLimit-Policy"] == '"api";q=5;w=60'
        assert answers[0]["RateLimit"] == '"api";r=4;t=12'
        assert answers[4]["RateLimit"].startswith('"api";r=0;t=')
        refused = answers[5]
        assert refused["RateLimit"].startswith('"api";r=0;t=')
        assert 0 < int(refused["Retry-After"]) <= 12
        assert refused["Cache-Control"] == "no-store"
        assert refused["Access-Control-Allow-Origin"] == "*"
        assert "Retry-After" in refused["Access-Control-Expose-Headers"]
        assert list(refused.json()["error"]) == ["code", "message", "fields"]
        assert refused.json()["error"]["code"] == "too_many_requests"

    def test_who_waits_as_told_is_answered(self, client):
        seconds = int([client.get(LIST) for _n in range(6)][5]["Retry-After"])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE statements_allowance SET at = at - make_interval(secs => %s)", [seconds]
            )
        assert client.get(LIST).status_code == 200
        assert client.get(LIST).status_code == 429

    def test_whatever_is_asked_counts_but_asking_first_and_writing(self, client):
        for _n in range(9):
            client.options(LIST)
            client.post(LIST)
        for path in (LIST, "/api/v1/", f"{LIST}nobody/", f"{LIST}?limit=x", "/api/v1/nowhere/"):
            assert client.head(path).status_code != 429
        assert client.get(LIST).status_code == 429

    def test_an_answer_that_nothing_has_changed_counts(self, client):
        known = client.get(LIST)["ETag"]
        statuses = [
            client.get(LIST, headers={"If-None-Match": known}).status_code for _n in range(5)
        ]
        assert statuses == [304] * 4 + [429]

    def test_a_page_that_was_kept_counts_and_tells_what_is_left_now(self, settings):
        kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        settings.CACHES = {name: {**kept, "LOCATION": name} for name in ("default", "pages")}
        try:
            first = Client().get(LIST)
            second = Client().get(LIST)
            assert len(caches["pages"]._cache) == 1
            assert second.content == first.content
            assert (first["RateLimit"], second["RateLimit"][:9]) == ('"api";r=4;t=12', '"api";r=3')
            assert [Client().get(LIST).status_code for _n in range(4)] == [200, 200, 200, 429]
        finally:
            for cache in caches.all():
                cache.clear()

    def test_each_address_has_its_own(self):
        there = Client(REMOTE_ADDR="198.51.100.7")
        here = Client(REMOTE_ADDR="192.0.2.1")
        assert [here.get(LIST).status_code for _n in range(6)][-1] == 429
        assert there.get(LIST).status_code == 200

    def test_a_network_of_version_six_counts_as_one(self):
        for n in range(5):
            Client(REMOTE_ADDR=f"2001:db8::{n}").get(LIST)
        assert Client(REMOTE_ADDR="2001:db8::77").get(LIST).status_code == 429
        assert Client(REMOTE_ADDR="2001:db8:0:1::1").get(LIST).status_code == 200

    def test_what_a_client_says_of_itself_is_not_believed(self):
        statuses = [
            Client(REMOTE_ADDR="192.0.2.1")
            .get(LIST, headers={"X-Forwarded-For": f"203.0.113.{n}"})
            .status_code
            for n in range(6)
        ]
        assert statuses[-1] == 429

    def test_behind_a_proxy_the_last_address_is_the_clients(self, settings):
        settings.TRUST_PROXY = True
        proxied = Client(REMOTE_ADDR="10.0.0.1")

        def status(told):
            return proxied.get(LIST, headers={"X-Forwarded-For": told}).status_code

        assert [status(f"203.0.113.{n}, 192.0.2.1") for n in range(6)][-1] == 429
        assert status("192.0.2.1, 198.51.100.7") == 200

    def test_logging_in_has_limits_of_its_own(self, client):
        for _n in range(6):
            client.get(LIST)
        assert Allowance.objects.count() == 1
        assert client.get("/admin/login/").status_code == 200

    def test_reading_goes_on_while_nothing_can_be_written(self, client, monkeypatch):
        def refuse(*asked):
            raise DatabaseError("cannot execute INSERT in a read-only transaction")

        monkeypatch.setattr(gate, "take", refuse)
        answers = [client.get(LIST) for _n in range(7)]
        assert {answer.status_code for answer in answers} == {200}
        assert "RateLimit" not in answers[0]


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_instant_are_all_counted(settings):
    settings.API_REQUESTS_PER_MINUTE = 5
    make_statement()

    def ask(_n):
        try:
            return Client().get("/api/v1/topics/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        statuses = list(threads.map(ask, range(24)))
    assert statuses.count(200) == 5
    assert statuses.count(429) == 19


def test_no_limit_where_the_operator_wants_none(client, settings, django_assert_num_queries):
    settings.API_REQUESTS_PER_MINUTE = 0
    known = client.get(LIST)["ETag"]
    with django_assert_num_queries(1):
        response = client.get(LIST, headers={"If-None-Match": known})
    assert response.status_code == 304
    assert "RateLimit" not in response
    assert not Allowance.objects.exists()
