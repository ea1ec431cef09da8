"""The page of all tokens and components."""

import pytest
from django.conf import settings as of_the_archive

from statements.models import Statement

ADDRESS = "/about/design/"
COMPONENTS = of_the_archive.BASE_DIR / "templates" / "components"

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client, settings):
    settings.DEBUG = True
    return client.get(ADDRESS)


def test_it_is_for_those_who_work_on_the_archive(client):
    assert client.get(ADDRESS).status_code == 404


def test_every_component_is_shown(shown):
    assert shown.status_code == 200
    there = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert there - {template.name for template in shown.templates} == set()


def test_every_colour_is_measured_and_enough(shown):
    html = shown.content.decode()
    assert "<code>accent-wash</code>" in html
    assert 'fill="var(--step-5)"' in html
    assert "too little" not in html


def test_the_specimens_strain_what_shows_them(shown):
    html = shown.content.decode()
    assert "40. This text is in two languages, and both hold." in html
    assert "Friederike-Charlotte Freifrau von Hohenstein-Lichtenberg zu Altwasserburg" in html
    assert "عبد الرحمن" in html
    assert "The attribution is disputed." in html


def test_nothing_of_it_stays(shown, client):
    assert shown.status_code == 200
    assert not Statement.objects.exists()
    assert "no-store" in shown["Cache-Control"]
