import xml.etree.ElementTree as ET

import pytest

from statements.browse import sitemap
from tests.factories import make_statement

pytestmark = pytest.mark.django_db


def locations(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [found.text for found in ET.fromstring(response.content).iterfind(".//{*}loc")]


def test_it_works(client):
    statement = make_statement()
    found = [
        location
        for part in locations(client, "/sitemap.xml")
        for location in locations(client, part.removeprefix("http://testserver"))
    ]
    assert f"http://testserver{statement.get_absolute_url()}" in found
    assert "http://testserver/countries/pk/" in found


def test_what_is_not_published_is_left_out(client):
    draft = make_statement(status="draft")
    parts = [part for part in locations(client, "/sitemap.xml") if "sitemap-statements" in part]
    found = [
        at for part in parts for at in locations(client, part.removeprefix("http://testserver"))
    ]
    assert parts
    assert f"http://testserver{draft.get_absolute_url()}" not in found


def test_a_large_archive_is_parted(client, monkeypatch):
    monkeypatch.setattr(sitemap, "N_IN_PART", 100)
    parts = [part for part in locations(client, "/sitemap.xml") if "sitemap-countries" in part]
    assert len(parts) > 1
    found = [
        at for part in parts for at in locations(client, part.removeprefix("http://testserver"))
    ]
    assert len(found) == len(set(found)) > 190


@pytest.mark.parametrize("path", ["/sitemap-statements-99999.xml", "/sitemap-countries-0.xml",
                                  "/sitemap-secrets-1.xml"])  # fmt: skip
def test_no_such_part(client, path):
    assert client.get(path).status_code == 404
