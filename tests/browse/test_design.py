"""The page of all tokens and components."""

from pathlib import Path

import pytest
from django.conf import settings as of_the_archive
from django.core.management import call_command

from statements.browse.design import ELSEWHERE
from statements.models import Statement

ADDRESS = "/about/design/"
DEMONSTRATION = of_the_archive.BASE_DIR / "statements" / "archives" / "demonstration.jsonl"
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
    there = {path.stem for path in COMPONENTS.glob("*.html")}
    assert there - components(shown) - ELSEWHERE.keys() == set()


def test_the_page_that_a_component_is_shown_on_shows_it(client):
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)
    found = {url: components(client.get(url)) for url in set(ELSEWHERE.values())}
    assert {name for name, url in ELSEWHERE.items() if name not in found[url]} == set()


def components(response):
    """The components that a page was made with."""
    names = (template.name or "" for template in response.templates)
    return {Path(name).stem for name in names if name.startswith("components/")}


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
