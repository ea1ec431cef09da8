"""What a JSON Schema says, in words: `list of Party`, `text or null`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Word:
    """A few words, the name of a kind of object, or a code."""

    text: str
    is_shape: bool = False
    is_code: bool = False


def words_of(schema: dict[str, Any]) -> list[Word]:
    """Tells what a value may be."""
    if "$ref" in schema:
        return [Word(schema["$ref"].rpartition("/")[2], is_shape=True)]
    if options := schema.get("anyOf") or schema.get("allOf"):
        return _either(options)
    if "const" in schema:
        return [Word(_("always ")), Word(schema["const"], is_code=True)]
    if "enum" in schema:
        codes = [Word(code, is_code=True) for code in schema["enum"]]
        return [Word(_("one of ")), *_between(codes, ", ")]
    if schema.get("type") == "array":
        before, after = _("list of %(item)s").split("%(item)s")
        return [Word(before), *words_of(schema["items"]), Word(after)]
    return [Word(_plain(schema))]


def words_of_parameter(told: dict[str, Any]) -> list[Word]:
    """Tells what a parameter takes, and how several values are written."""
    schema = told["schema"]
    if schema.get("type") != "array":
        return words_of(schema)
    how = _(", as often as wanted") if told["explode"] else _(", between commas")
    return [*words_of(schema["items"]), Word(how)]


def _either(options: list[dict[str, Any]]) -> list[Word]:
    told: list[Word] = []
    for option in options:
        told += [*([Word(_(" or "))] if told else []), *words_of(option)]
    return told


def _between(words: list[Word], mark: str) -> list[Word]:
    return [word for told in words for word in (told, Word(mark))][:-1]


def _plain(schema: dict[str, Any]) -> str:
    if schema.get("type") == "integer" and "maximum" in schema:
        bounds = {"least": schema.get("minimum", 0), "most": schema["maximum"]}
        return _("number from %(least)s to %(most)s") % bounds
    if r"\d{4}(-\d{2}" in schema.get("pattern", ""):
        return _("day, month or year")
    named = {
        "date-time": _("instant"),
        "uri": _("address"),
        "string": _("text"),
        "integer": _("number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "object": _("object"),
        "null": _("null"),
    }
    return named[schema.get("format") or schema["type"]]
