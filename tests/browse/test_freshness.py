import pytest
from django.test import Client

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


@committing
def test_counts_are_kept_no_longer_than_they_are_true(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
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
