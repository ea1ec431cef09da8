"""What pages tell programs stands in them unrun, and breaks neither page nor policy."""

import pytest

from tests.factories import make_citation, make_official, make_statement

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

KEY = "2024-01-19-jilani-amir-abdollahian"
HOSTILE = "</script><script>document.title='taken'</script><!-- <img src=x onerror=alert(1)>"
SCRIPTS = 'script[type="application/ld+json"]'
PATHS = ["/", f"/statements/{KEY}/", "/officials/jalil-abbas-jilani/", "/about/data/"]
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error(e.blockedURI))"


def test_descriptions_are_allowed_and_read(site, page):
    page.add_init_script(WATCH)
    for path in PATHS:
        page.goto(site + path)
        kinds = page.evaluate(
            "scripts => [...document.querySelectorAll(scripts)]"
            ".map(script => JSON.parse(script.textContent)['@context'])",
            SCRIPTS,
        )
        assert kinds, path
        assert set(kinds) == {"https://schema.org"}, path
    assert page.problems == []


def test_hostile_texts_stay_texts(site, page):
    page.add_init_script(WATCH)
    speaker = make_official(HOSTILE[:290])
    statement = make_statement(HOSTILE, key="hostile", speaker=speaker, cited=False)
    make_citation(statement, quote=HOSTILE)
    page.goto(f"{site}/statements/hostile/")
    assert page.title() != "taken"
    assert page.locator("img").count() == 0
    told = page.evaluate(
        "scripts => [...document.querySelectorAll(scripts)]"
        ".map(script => JSON.parse(script.textContent))"
        ".flatMap(told => told['@graph'] ?? []).map(node => node.text).filter(Boolean)",
        SCRIPTS,
    )
    assert told == [HOSTILE]
    assert page.problems == []


def test_the_picture_is_one_a_browser_shows(site, page):
    page.goto(f"{site}/statements/{KEY}/")
    address = page.locator('meta[property="og:image"]').get_attribute("content")
    page.goto(address)
    size = page.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert size == [1200, 630]
