"""Atom feeds of statements (RFC 4287), a page at a time (RFC 5005, section 3).

Texts are plain (`type="text"`): no reader of feeds takes anything in them for markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from statements.dates import PartialDate, Qualifier, printed
from statements.vocabulary import Act, Channel, Form, Role, Standing

from .tables import Record

NAMESPACE = "http://www.w3.org/2005/Atom"
PREFIX = f"{{{NAMESPACE}}}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Where nothing was ever published there is no time of the last change.
NEVER = "1970-01-01T00:00:00Z"
N_CATEGORIES = 30

register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. `first` is its name for ever; `links` are relations of RFC 5005."""

    title: str
    author: str
    home: str
    first: str
    this: str
    page: str
    links: dict[str, str] = field(default_factory=dict)
    rights: str = ""
    updated_at: str = NEVER  # where there are no entries


def feed_of(feed: Feed, records: Sequence[Record]) -> bytes:
    """Returns the feed as a document of XML, its entries in the order of the records."""
    root = Element(f"{PREFIX}feed")
    _add(root, "id", feed.first)
    _add(root, "title", feed.title, type="text")
    _add(root, "updated", max((r["updated_at"] for r in records), default=feed.updated_at))
    author = SubElement(root, f"{PREFIX}author")
    _add(author, "name", feed.author)
    _add(author, "uri", feed.home)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.this)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for relation, address in feed.links.items():
        _add(root, "link", rel=relation, type="application/atom+xml", href=address)
    if feed.rights:
        _add(root, "rights", feed.rights, type="text")
    for record in records:
        _entry(root, record)
    told: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(root: Element, record: Record) -> None:
    entry = SubElement(root, f"{PREFIX}entry")
    _add(entry, "id", record["url"])
    _add(entry, "title", title(record), type="text")
    _add(entry, "published", record["published_at"])
    _add(entry, "updated", record["updated_at"])
    _add(entry, "link", rel="alternate", type="text/html", href=record["url"])
    for address in _sources(record):
        _add(entry, "link", rel="via", href=address)
    for scheme, term, label in list(_categories(record))[:N_CATEGORIES]:
        _add(entry, "category", scheme=scheme, term=term, label=label)
    content = _add(entry, "content", words(record), type="text")
    content.set(LANGUAGE, record["language"])


def title(record: Record) -> str:
    """`Jilani to Amir-Abdollahian, 19 January 2024 (telephone call, paraphrase)`."""
    speakers, addressees = (_names(record, role) for role in (Role.SPEAKER, Role.ADDRESSEE))
    who = f"{speakers} to {addressees}" if addressees and addressees != speakers else speakers
    how = [Form.of(record["form"]).label.lower()]
    if record["channel"] != Channel.UNKNOWN:
        how.insert(0, Channel.of(record["channel"]).label.lower())
    if record["standing"] != Standing.UNDISPUTED:
        how.append(f"attribution {Standing.of(record['standing']).label.lower()}")
    return f"{who}, {_day(record)} ({', '.join(how)})"


def words(record: Record) -> str:
    """The text, which says that it is not the speaker's own where it is not."""
    if record["form"] == Form.DIRECT:
        return str(record["text"])
    return f"{Form.of(record['form']).label}: {record['text']}"


def _names(record: Record, role: Role) -> str:
    told = [party["name"] for party in record["parties"] if party["role"] == role]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _day(record: Record) -> str:
    if record["said_on"] is None:
        return "undated"
    until = record["said_on_until"]
    return printed(
        PartialDate.parse(record["said_on"]),
        record["said_on_qualifier"] or Qualifier.ON,
        PartialDate.parse(until) if until else None,
    )


def _sources(record: Record) -> list[str]:
    """The addresses of the articles that report it, each once."""
    return list(dict.fromkeys(c["article_url"] for c in record["citations"] if c["article_url"]))


def _categories(record: Record) -> Iterator[tuple[str, str, str]]:
    for topic in record["topics"]:
        yield "topic", topic, topic.replace("-", " ")
    for act in record["acts"]:
        yield "act", act, Act.of(act).label
    yield "form", record["form"], Form.of(record["form"]).label
    yield "channel", record["channel"], Channel.of(record["channel"]).label


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    told = {key: NOT_IN_XML.sub("", value) for key, value in attributes.items()}
    element = SubElement(parent, PREFIX + name, told)
    if text:
        element.text = NOT_IN_XML.sub("", text)
    return element
