from datetime import UTC, datetime
from math import ceil
from time import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date

from statements.models import Official, current_revision
from tests.factories import make_official, make_statement

committing = pytest.mark.django_db(transaction=True)


def etag(client, path="/statements/"):
    return client.get(path)["ETag"]


@pytest.mark.django_db
def test_it_works(client):
    response = client.get("/statements/")
    assert response["ETag"].startswith('W/"')
    assert "public" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/statements/", "/statements.json", "/countries/pk/"])
def test_what_has_not_changed_is_not_made_again(client, path, django_assert_num_queries):
    known = etag(client, path)
    with django_assert_num_queries(1):
        response = client.get(path, headers={"If-None-Match": known})
    assert response.status_code == 304
    assert not response.content


@committing
def test_a_publication_is_seen_at_once(client):
    known = etag(client)
    make_statement(key="new")
    response = client.get("/statements/", headers={"If-None-Match": known})
    assert response.status_code == 200
    assert "new" in response.content.decode()
    assert response["ETag"] != known


@pytest.fixture
def keeping(settings):
    """Caches that keep, each test's own."""
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {name: {**kept, "LOCATION": name} for name in ("default", "pages")}
    yield
    for cache in caches.all():
        cache.clear()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/statements/?q=trust", "/statements.json", "/countries/pk/"]
)
def test_a_page_is_made_once_for_all_readers(keeping, path, django_assert_num_queries):
    made = Client().get(path)
    with django_assert_num_queries(1):
        kept = Client().get(path)
    assert kept.content == made.content
    assert kept.headers == made.headers


@committing
def test_a_kept_page_is_not_given_once_something_is_published(keeping, client):
    assert "new" not in client.get("/statements/").content.decode()
    make_statement(key="new")
    assert "new" in client.get("/statements/").content.decode()


@pytest.mark.django_db
def test_an_embed_that_was_kept_may_still_be_framed(keeping, client):
    path = f"/statements/{make_statement().key}/embed/"
    made, kept = client.get(path), client.get(path)
    assert kept.headers == made.headers
    assert "X-Frame-Options" not in kept.headers


@pytest.mark.django_db
def test_a_page_of_one_host_is_not_given_to_another(keeping, client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    path = f"/statements/{make_statement().key}/"
    hosts = [host for host in settings.ALLOWED_HOSTS if host in asked(client, path, host)]
    assert hosts == settings.ALLOWED_HOSTS


def asked(client, path, host):
    return client.get(path, headers={"host": host}).content.decode()


@pytest.mark.django_db
def test_a_page_of_raw_bytes_is_not_given_for_other_letters(keeping, client):
    """Written anew, both have the same address."""
    pages = [
        client.get("/statements/", QUERY_STRING=query).content.decode()
        for query in ("q=caf\xc3\xa9", "q=caf%C3%83%C2%A9")
    ]
    assert ["café" in page for page in pages] == [True, False]


@pytest.mark.django_db
def test_nor_is_one_of_another_folder(keeping, client):
    client.get("/about/")
    assert client.get("/somewhere/../about/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/admin/login/"])
def test_what_is_no_page_for_everybody_is_not_kept(keeping, client, path):
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    with CaptureQueriesContext(connection) as second:
        client.get(path)
    assert len(second) == len(first)
    assert not caches["pages"]._cache


@pytest.mark.django_db
def test_a_message_for_one_reader_is_not_kept_for_others(keeping, client):
    client.cookies["messages"] = "for one reader"
    client.get("/about/")
    assert not caches["pages"]._cache


def test_curators_get_no_kept_page(keeping, client, admin_client):
    client.get("/about/")
    assert "ETag" not in admin_client.get("/about/").headers


@committing
def test_counts_are_kept_no_longer_than_they_are_true(client, keeping):
    for n in (1, 2, 3):
        make_statement()
        for _again in range(2):
            assert client.get("/statements.json").json()["count"] == n


@committing
def test_a_name_moves_both_numbers_and_a_statement_one():
    official = make_official()
    before = current_revision()
    make_statement(speaker=official, cited=False)
    between = current_revision()
    Official.objects.update(name="Another")
    after = current_revision()
    assert before.number < between.number < after.number
    assert before.names == between.names < after.names


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/healthz", "/nowhere/"])
def test_not_everything_is_kept(client, path):
    assert "ETag" not in client.get(path).headers


def test_curators_are_answered_in_full(admin_client):
    assert "ETag" not in admin_client.get("/statements/").headers


@pytest.mark.django_db
def test_an_old_tag_is_answered_in_full():
    response = Client().get("/statements/", headers={"If-None-Match": 'W/"0-old"'})
    assert response.status_code == 200


def ask(client, since, path="/statements/"):
    return client.get(path, headers={"If-Modified-Since": since})


@pytest.fixture
def changed_at():
    """The archive last changed at another second than now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_revision SET moved_at = now() - interval '1 second'")
    return current_revision().moved_at


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/statements/", "/statements.json", "/api/v1/statements/"])
def test_it_is_told_when_anything_last_changed(client, path, changed_at, settings):
    settings.RELEASED_AT = 0.0
    told = parse_http_date(client.get(path)["Last-Modified"])
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    assert told == max(ceil(changed_at.timestamp()), int(midnight.timestamp()))


@pytest.mark.django_db
def test_who_asks_by_that_instant_is_told_that_nothing_has_changed(client, changed_at):
    told = client.get("/statements/")["Last-Modified"]
    response = ask(client, told)
    assert (response.status_code, response["Last-Modified"]) == (304, told)


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["Fri, 19 Jan 2024 00:00:00 GMT", "yesterday", ""])
def test_another_instant_is_answered_in_full(client, changed_at, since):
    assert ask(client, since).status_code == 200


@pytest.mark.django_db
def test_so_is_a_later_one_as_of_an_archive_restored_since(client, changed_at):
    assert ask(client, http_date(changed_at.timestamp() + 3600)).status_code == 200


@pytest.mark.django_db
def test_a_newer_release_is_a_change(client, settings, changed_at):
    told = client.get("/statements/")["Last-Modified"]
    settings.RELEASED_AT = parse_http_date(told) - 0.5 + 1
    assert ask(client, told).status_code == 200


@pytest.mark.django_db
def test_a_second_that_is_not_over_is_not_told(client, settings):
    settings.RELEASED_AT = time() + 1
    assert "Last-Modified" not in client.get("/statements/")


@committing
def test_a_publication_moves_the_instant():
    before = current_revision().moved_at
    make_statement()
    assert current_revision().moved_at > before
