"""Atom: what RFC 4287 requires, looked for by lxml; and feedparser, for what readers make of it."""

import re

import feedparser
import pytest
from lxml import etree

from statements.formats.writers.atom import NEVER, Feed, feed_of

ATOM = {"a": "http://www.w3.org/2005/Atom"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(1)> \x01"


def make_feed(**changes):
    told = {
        "title": "Statements", "author": "Demarche", "home": "https://archive.example/",
        "first": "https://archive.example/statements.atom",
        "this": "https://archive.example/statements.atom?cursor=b",
        "page": "https://archive.example/statements/",
        "links": {"next": "https://archive.example/statements.atom?cursor=c"},
    }  # fmt: skip
    return Feed(**(told | changes))


def make_record(**changes):
    party = {"role": "speaker", "name": "Jalil Abbas Jilani"}
    return {
        "key": "a", "url": "https://archive.example/statements/a/", "text": "We want calm.",
        "language": "en", "form": "direct", "channel": "phone_call", "standing": "undisputed",
        "said_on": "2024-01-19", "said_on_qualifier": "on", "said_on_until": None,
        "parties": [party, {"role": "addressee", "name": "Hossein Amir-Abdollahian"}],
        "citations": [{"article_url": "https://example.org/report"}],
        "topics": ["security-cooperation"], "acts": ["appeal"],
        "published_at": "2024-01-20T08:00:00Z", "updated_at": "2024-01-21T08:00:00Z",
    } | changes  # fmt: skip


def written(*records, **changes):
    return etree.fromstring(feed_of(make_feed(**changes), records))


def check(root):
    """The MUSTs of RFC 4287, sections 4.1.1, 4.1.2 and 4.2."""

    def one(parent, name):
        [found] = parent.findall(f"a:{name}", ATOM)
        return found

    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in [root, *root.findall("a:entry", ATOM)]:
        assert re.match(r"[a-z]+:\S+$", one(parent, "id").text)
        assert one(parent, "title").get("type", "text") in ("text", "html", "xhtml")
        assert INSTANT.fullmatch(one(parent, "updated").text)
        alternates = parent.findall("a:link[@rel='alternate']", ATOM)
        links = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert len(links) == len(set(links))
        assert all(a.get("href") for a in parent.findall("a:link", ATOM))
        assert all(c.get("term") for c in parent.findall("a:category", ATOM))
    assert root.findall("a:author/a:name", ATOM)
    assert [a.text for a in root.findall("a:author/a:name", ATOM)] != [None]
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert len(ids) == len(set(ids))
    # An entry without content has an alternate link; ours have both.
    for entry in root.findall("a:entry", ATOM):
        assert one(entry, "content").text
        assert entry.findall("a:link[@rel='alternate']", ATOM)
    assert root.findall("a:link[@rel='self']", ATOM)


def test_it_works():
    root = written(make_record())
    check(root)
    told = feedparser.parse(etree.tostring(root))
    assert not told.bozo
    [entry] = told.entries
    assert entry.id == entry.link == "https://archive.example/statements/a/"
    assert entry.title == (
        "Jalil Abbas Jilani to Hossein Amir-Abdollahian, 19 January 2024 "
        "(telephone call, direct quotation)"
    )
    assert entry.content[0].value == "We want calm."
    assert entry.updated == "2024-01-21T08:00:00Z"
    assert entry.published == "2024-01-20T08:00:00Z"
    assert {tag.term for tag in entry.tags} == {
        "security-cooperation", "appeal", "direct", "phone_call",
    }  # fmt: skip


def test_a_feed_of_nothing_is_valid():
    root = written(updated_at="2024-01-01T00:00:00Z")
    check(root)
    assert root.findtext("a:updated", namespaces=ATOM) == "2024-01-01T00:00:00Z"


def test_a_feed_changed_when_its_latest_entry_did():
    records = [make_record(url=f"https://archive.example/{n}/", updated_at=f"2024-01-2{n}T00:00Z")
               for n in (1, 3, 2)]  # fmt: skip
    assert written(*records).findtext("a:updated", namespaces=ATOM) == "2024-01-23T00:00Z"
    assert NEVER < "2024"


@pytest.mark.parametrize("place", ["text", "name", "title"])
def test_markup_is_text_to_every_reader(place):
    record = make_record(text=HOSTILE if place == "text" else "Calm.")
    if place == "name":
        record["parties"] = [{"role": "speaker", "name": HOSTILE}]
    root = written(record, **({"title": HOSTILE} if place == "title" else {}))
    check(root)
    assert not root.xpath("//*[local-name()='script' or local-name()='img']")
    for element in root.iter("{*}title", "{*}content", "{*}rights"):
        assert element.get("type") == "text"


@pytest.mark.parametrize(
    ("form", "words"), [("direct", "We want calm."), ("indirect", "Paraphrase: We want calm.")]
)
def test_a_paraphrase_says_that_it_is_one(form, words):
    root = written(make_record(form=form))
    assert root.findtext("a:entry/a:content", namespaces=ATOM) == words


def test_a_disputed_attribution_says_so():
    root = written(make_record(standing="disputed"))
    assert "attribution disputed" in root.findtext("a:entry/a:title", namespaces=ATOM)


def test_an_undated_statement_has_no_made_up_day():
    root = written(make_record(said_on=None, said_on_qualifier=None))
    assert "undated" in root.findtext("a:entry/a:title", namespaces=ATOM)


def test_those_who_spoke_to_each_other_are_named_once():
    both = [{"role": role, "name": name} for role in ("speaker", "addressee") for name in "AB"]
    root = written(make_record(parties=both))
    assert root.findtext("a:entry/a:title", namespaces=ATOM).startswith("A and B, 19")


def test_the_language_of_the_words_is_told():
    [content] = written(make_record(language="fa")).iter("{*}content")
    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"


def test_pages_lead_on():
    links = {a.get("rel"): a.get("href") for a in written().findall("a:link", ATOM)}
    assert links["next"].endswith("cursor=c")
    assert links["self"].endswith("cursor=b")
    assert written().findtext("a:id", namespaces=ATOM) == "https://archive.example/statements.atom"
