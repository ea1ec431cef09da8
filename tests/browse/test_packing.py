"""Pages go packed to those who take them so, and are kept both ways."""

import gzip

import pytest
from django.core.cache import caches

from tests.factories import make_statement

PACKED = {"Accept-Encoding": "br, gzip"}

pytestmark = pytest.mark.django_db


def test_it_works(client):
    plain, packed = client.get("/about/"), client.get("/about/", headers=PACKED)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["ETag"] == plain["ETag"]


def test_nobody_gets_what_they_do_not_unpack(client):
    response = client.get("/about/")
    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]


def test_a_page_is_kept_packed_and_plain(client, settings):
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "packed"}
    settings.CACHES = {"default": settings.CACHES["default"], "pages": kept}
    first, again = (client.get("/about/", headers=PACKED) for _ in range(2))
    plain = client.get("/about/")
    caches["pages"].clear()
    assert first.content == again.content
    assert again["Content-Encoding"] == "gzip"
    assert plain.content == gzip.decompress(again.content)


def test_what_is_for_one_reader_is_not_packed(admin_client):
    response = admin_client.get("/about/", headers=PACKED)
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("path", ["/follow/?from=pk", "/fa/follow/?from=pk", "/admin/login/"])
def test_what_stands_beside_a_secret_is_not_packed(client, path):
    response = client.get(path, headers=PACKED)
    assert response.status_code == 200
    assert "Content-Encoding" not in response


def test_what_is_streamed_is_not_packed(client):
    make_statement()
    response = client.get("/statements.csv", headers=PACKED)
    assert response.streaming
    assert b"key" in response.getvalue()
    assert "Content-Encoding" not in response


def test_a_picture_is_not_packed_again(client):
    response = client.get(f"{make_statement().get_absolute_url()}preview.png", headers=PACKED)
    assert "Content-Encoding" not in response
