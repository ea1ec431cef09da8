"""The parameters of lists as OpenAPI has them, made of the very filters that read them."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_noop as _

from statements.search.fields import (
    N_VALUES,
    CodesField,
    DayField,
    InstantField,
    LanguagesField,
    RowsField,
)
from statements.search.filters import StatementFilters
from statements.search.lists import RowField

from .including import INCLUDED
from .lists import PagingForm
from .nouns import Noun

Schema = dict[str, Any]

DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"
INSTANT = "2024-01-19T12:00:00Z"
LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"
N_SLUG_CHARACTERS = 200

# What each parameter finds; `docs/search.md` says more.
OF_STATEMENTS = {
    "q": _('Words, all of which must match: "a phrase", -without, or; speaker: to: from: too.'),
    "speaker": _("Slugs of officials who speak."),
    "addressee": _("Slugs of officials who are spoken to."),
    "relayer": _("Slugs of officials who pass it on."),
    "official": _("Slugs of officials, in any role."),
    "from": _("Codes of the countries that speakers stand for."),
    "to": _("Codes of the countries that addressees stand for."),
    "country": _("Codes of countries, on either side."),
    "speaker_organization": _("Slugs of organizations that speak."),
    "addressee_organization": _("Slugs of organizations that are spoken to."),
    "relayer_organization": _("Slugs of organizations that pass it on."),
    "organization": _("Slugs of organizations, in any role."),
    "post": _("Slugs of posts, or of what their holders on the day said and were told."),
    "outlet": _("Slugs of outlets that report it."),
    "event": _("Slugs of events that it was made in."),
    "about_event": _("Slugs of events that it is about."),
    "topic": _("Slugs of topics."),
    "channel": _("What it came through."),
    "form": _("The form in which the speaker's words reach us."),
    "act": _("What it does."),
    "account": _("Whose version it is."),
    "basis": _("Whether anything in it is inferred."),
    "language": _("Languages of the original, as tags such as fa or pt-BR."),
    "standing": _("How the attribution stands."),
    "since": _("A day, month or year: what may have been said in it or later."),
    "until": _("A day, month or year: what may have been said in it or earlier."),
    "added_since": _("An instant: what was published at it or later."),
    "updated_since": _("An instant: what changed at it or later, and what was withdrawn."),
    "sort": _("The order; newest, or relevance where q asks for words."),
    "limit": _("How many at once; 50 where it is not said."),
    "cursor": _("A place in the list, as the address of the next page gives it."),
}
OF_LISTS = OF_STATEMENTS | {
    "q": _("Words that a name begins with."),
    "country": _("The code of a country."),
    "letter": _("The letter that a name is sorted under."),
    "kind": _("The kind."),
    "outlet": _("The slug of an outlet."),
}
INCLUDE = _("What is brought along, each once: the articles cited, the statements linked.")


def of_statements() -> list[Schema]:
    """The parameters of the list of statements."""
    filters = StatementFilters(QueryDict()).filters
    told = [parameter(name, found.field, OF_STATEMENTS[name]) for name, found in filters.items()]
    return [*told, include()]


def of_list(noun: Noun) -> list[Schema]:
    """The parameters of another list: its filters, and where in it."""
    filters = noun.filters(QueryDict(), noun.rows.none()).filters
    fields = {name: found.field for name, found in filters.items()} | PagingForm().fields
    return [parameter(name, field, OF_LISTS[name]) for name, field in fields.items()]


def include() -> Schema:
    schema = {"type": "array", "items": {"type": "string", "enum": list(INCLUDED)}}
    return _told("include", schema, INCLUDE) | {"explode": False}


def parameter(name: str, field: forms.Field, description: str) -> Schema:
    return _told(name, schema_of(field), description)


def _told(name: str, schema: Schema, description: str) -> Schema:
    told = {"name": name, "in": "query", "required": False, "description": description}
    several = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    # An empty value asks nothing.
    return {**told, **several, "allowEmptyValue": True, "schema": schema}


def schema_of(field: forms.Field) -> Schema:
    """What a form field reads, as JSON Schema; raises TypeError for one not met before."""
    for kind, schema_for in _SCHEMAS:
        if isinstance(field, kind):
            return schema_for(field)
    raise TypeError(f"nothing is said of {type(field).__name__}")


def _several(items: Schema) -> Schema:
    return {"type": "array", "items": items, "maxItems": N_VALUES}


def _number(field: Any) -> Schema:
    return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}


def _choice(field: Any) -> Schema:
    return {"type": "string", "enum": [value for value, _label in field.choices if value]}


# The first that fits counts.
_SCHEMAS: list[tuple[type[forms.Field], Callable[[Any], Schema]]] = [
    (CodesField, lambda field: _several({"type": "string", "enum": field.terms.codes()})),
    (LanguagesField, lambda field: _several({"type": "string", "pattern": LANGUAGE})),
    (RowsField, lambda field: _several({"type": "string", "maxLength": N_SLUG_CHARACTERS})),
    (RowField, lambda field: {"type": "string", "maxLength": field.max_length}),
    (DayField, lambda field: {"type": "string", "pattern": DAY}),
    (InstantField, lambda field: {"type": "string", "examples": [INSTANT]}),
    (django_filters.fields.ChoiceField, _choice),
    (forms.ChoiceField, _choice),
    (forms.IntegerField, _number),
    (forms.CharField, lambda field: {"type": "string", "maxLength": field.max_length}),
]
