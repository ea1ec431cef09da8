"""The parameters of the list of statements, each a filter; together they narrow."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Statement,
    Topic,
)
from statements.vocabulary import Account, Act, Basis, Channel, Form, Standing, Term

from .days import in_posts, since, until
from .fields import CodesField, DayField, InstantField, LanguagesField, RowsField

Rows = QuerySet[Statement]
N_QUERY_CHARACTERS = 8192
SORTS = ("newest", "oldest", "relevance", "added", "updated")


class Tokens(django_filters.Filter):
    """A filter that is a token of the search vector: see `tokens.LETTERS`."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs


class OneOfRows(Tokens):
    field_class = RowsField


class OneOfCodes(Tokens):
    field_class = CodesField

    def __init__(self, terms: type[Term], **kwargs: Any) -> None:
        super().__init__(terms=terms, **kwargs)


class OneOfLanguages(Tokens):
    field_class = LanguagesField


class InPost(django_filters.Filter):
    """Statements by, to or about a post, or its holder on the day."""

    field_class = RowsField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(in_posts(value)) if value else qs


class Since(django_filters.Filter):
    """Statements that may have been made on or after the first day of what is given."""

    field_class = DayField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(since(value)) if value else qs


class Until(django_filters.Filter):
    field_class = DayField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(until(value)) if value else qs


class InstantFilter(django_filters.Filter):
    field_class = InstantField


class Setting(django_filters.Filter):
    """A parameter that arranges the list and leaves its rows alone."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs


class SortSetting(Setting):
    field_class = forms.ChoiceField


class TextSetting(Setting):
    field_class = forms.CharField


class NumberSetting(Setting):
    field_class = forms.IntegerField


class StatementForm(forms.Form):
    """Checks what one filter alone cannot."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until.latest < since.earliest:
            raise ValidationError(
                {"until": _("The last day lies before the first: exchange them.")}
            )
        return values


class StatementFilters(django_filters.FilterSet):
    """Every parameter of `/statements/`; `q` is narrowed by the search that holds this."""

    q = TextSetting(label=_("Words"), max_length=N_QUERY_CHARACTERS)
    speaker = OneOfRows(model=Official, label=_("Speaker"))
    addressee = OneOfRows(model=Official, label=_("Addressee"))
    relayer = OneOfRows(model=Official, label=_("Relayer"))
    official = OneOfRows(model=Official, label=_("Official"))
    from_ = OneOfRows(model=Country, key="code", label=_("From"))
    to = OneOfRows(model=Country, key="code", label=_("To"))
    country = OneOfRows(model=Country, key="code", label=_("Country"))
    speaker_organization = OneOfRows(model=Organization, label=_("Speaking organization"))
    addressee_organization = OneOfRows(model=Organization, label=_("Organization addressed"))
    relayer_organization = OneOfRows(model=Organization, label=_("Relaying organization"))
    organization = OneOfRows(model=Organization, label=_("Organization"))
    post = InPost(model=Post, label=_("Post"))
    outlet = OneOfRows(model=Outlet, label=_("Outlet"))
    event = OneOfRows(model=Event, label=_("Made in"))
    about_event = OneOfRows(model=Event, label=_("About"))
    topic = OneOfRows(model=Topic, label=_("Topic"))
    channel = OneOfCodes(Channel, label=_("Channel"))
    form = OneOfCodes(Form, label=_("Form"))
    act = OneOfCodes(Act, label=_("Act"))
    account = OneOfCodes(Account, label=_("Account"))
    basis = OneOfCodes(Basis, label=_("Basis"))
    language = OneOfLanguages(label=_("Original language"))
    standing = OneOfCodes(Standing, label=_("Standing"))
    since = Since(label=_("Since"))
    until = Until(label=_("Until"))
    added_since = InstantFilter("published_at", lookup_expr="gte", label=_("Added since"))
    updated_since = InstantFilter("updated_at", lookup_expr="gte", label=_("Updated since"))
    sort = SortSetting(label=_("Order"), choices=[(sort, sort) for sort in SORTS])
    limit = NumberSetting(label=_("Rows"), min_value=1, max_value=200)
    cursor = TextSetting(label=_("Page"), max_length=2000)

    class Meta:
        model = Statement
        fields: list[str] = []
        form = StatementForm

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Takes the underscore from `from_`, which Python cannot spell."""
        return {name.rstrip("_"): found for name, found in super().get_filters().items()}
