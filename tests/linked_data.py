"""Descriptions of pages as a program has them: found in the page, read by a JSON-LD processor."""

import json
import re

from pyld import jsonld

SCRIPTS = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
VOCABULARY = "https://schema.org/"
# As schema.org's own context has it: what is named by an address alone.
CONTEXT = {
    "@context": {
        "@vocab": VOCABULARY,
        **{
            name: {"@id": f"{VOCABULARY}{name}", "@type": "@id"}
            for name in ("url", "sameAs", "contentUrl", "license", "archivedAt")
        },
    }
}


def loaded(url, _options):
    """Gives the processor the one context that pages name; nothing is fetched."""
    assert url.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def described(page):
    """The descriptions that stand in a page, as JSON."""
    return [json.loads(found) for found in SCRIPTS.findall(page)]


def nodes(page):
    """All nodes of a page by their identifiers, with full names of what they tell."""
    options = {"documentLoader": loaded}
    expanded = [node for told in described(page) for node in jsonld.expand(told, options=options)]
    return {node["@id"]: node for node in jsonld.flatten(expanded, options=options)}


def of_type(page, kind):
    return [n for n in nodes(page).values() if f"{VOCABULARY}{kind}" in n.get("@type", [])]


def values(node, name):
    """What a node tells under a name: texts, or identifiers of other nodes."""
    return [told.get("@value", told.get("@id")) for told in node.get(f"{VOCABULARY}{name}", [])]


def value(node, name):
    [told] = values(node, name)
    return told
