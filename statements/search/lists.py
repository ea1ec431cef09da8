"""What the lists of actors, sources and events can be narrowed by, and the order they are in."""

import re
import string
from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, Func, Model, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Left, Upper
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from statements.models import (
    Alias,
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Redirect,
    Renamed,
)
from statements.models.fields import choices, day_text
from statements.vocabulary import EventKind, OrganizationKind

from .paging import Key, Order, read_id, read_text

N_CHOICES = 500  # a longer list to choose from is no help
WORD = re.compile(r"\w+")
LETTERS = string.ascii_uppercase
SELECTED = mark_safe(" selected")


def by_name(*names: str) -> Order:
    """An order of names, the last of which is unique: `sort_name`, `name`, `slug`."""
    return Order(names[0], tuple(Key(name, read_text) for name in names))


BY_NAME = by_name("name", "slug")
BY_SORT_NAME = by_name("sort_name", "name", "slug")
BY_TITLE = by_name("title", "slug")
# Rows annotated with dated(); the undated come last.
LATEST = Order("latest", (Key("day", read_text, True), Key("id", read_id, True)))


def dated(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Adds `day`, the text of a PartialDateField, which sorts as time does."""
    annotated: QuerySet[Any] = rows.annotate(day=day_text(column))
    return annotated


class QuickSelect(forms.Select):
    """A list to choose from, set by a function: Django's own renders two templates a choice."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if key in chosen else "", label) for key, label in self.choices),
        )
        told = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>\n{}\n</select>", flatatt(told), options)


class Offered(BaseChoiceIterator):
    """The choices of a list, asked of the database when the list is drawn and not before."""

    def __init__(self, rows: QuerySet[Any], key: str, any_label: Promise) -> None:
        self.rows, self.key, self.any_label = rows, key, any_label

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield "", self.any_label
        for row in self.rows.all()[:N_CHOICES]:
            yield getattr(row, self.key), str(row)


class RowField(forms.CharField):
    """The row that a code or slug names, its case folded and old slugs followed.

    `offered` are those worth choosing; any other row may be named too.
    """

    def __init__(
        self, *, kind: Renamed, offered: QuerySet[Any], key: str, any_label: Promise, **kwargs: Any
    ) -> None:
        self.kind, self.rows, self.key = kind, offered.model._default_manager, key
        widget = QuickSelect(choices=Offered(offered, key, any_label))
        super().__init__(max_length=200, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        slug = str(super().clean(value)).lower()
        if not slug:
            return None
        row = self._named(slug) or self._named(Redirect.objects.successor(self.kind, slug))
        if row is None:
            raise ValidationError(
                _("There is no “%(slug)s” in the archive."), code="unknown", params={"slug": slug}
            )
        return row

    def _named(self, slug: str) -> Any:
        return self.rows.filter(**{self.key: slug}).first()


class RowFilter(django_filters.Filter):
    field_class = RowField


class ListFilter(django_filters.FilterSet):
    """Filters of a list; a value that cannot be leaves no rows and a message beside its field."""

    @property
    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.qs if self.is_valid() else self.queryset.none()
        return rows

    @property
    def is_on(self) -> bool:
        """Whether the reader narrowed the list at all."""
        return any(self.form.data.get(name) for name in self.filters)


def country_filter(naming: type[Model], field_name: str = "country") -> RowFilter:
    """A filter by country that offers those which a row of `naming` has in `country`."""
    named = naming._default_manager.order_by().filter(country=OuterRef("pk"))
    return RowFilter(
        field_name=field_name,
        label=_("Country"),
        offered=Country.objects.filter(Exists(named)),
        key="code",
        kind=Renamed.COUNTRY,
        any_label=_("Any country"),
    )


def kind_filter(terms: type[OrganizationKind] | type[EventKind]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=choices(terms),
        empty_label=_("Any kind"),
        error_messages={"invalid_choice": _("“%(value)s” is not one of the kinds.")},
    )


def holding(rows: QuerySet[Any], column: str, text: str) -> QuerySet[Any]:
    """The rows whose name, in that column, has a word beginning with each word of the text.

    The expression is that of the names' indexes.
    """
    words = Func(
        F(column),
        template="to_tsvector('simple', fold(%(expressions)s))",
        output_field=SearchVectorField(),
    )
    prefixes = " & ".join(f"'{word}':*" for word in WORD.findall(text))
    query = SearchQuery(Func(Value(prefixes), function="fold"), config="simple", search_type="raw")
    found: QuerySet[Any] = rows.order_by().alias(words=words).filter(words=query)
    return found


def with_initial(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds the letter that an official stands under, its accent dropped."""
    letter = Func(Left("sort_name", 1), function="fold", output_field=TextField())
    annotated: QuerySet[Any] = rows.annotate(initial=Upper(letter))
    return annotated


class OfficialFilter(ListFilter):
    q = django_filters.CharFilter(label=_("Name"), method="named", max_length=200)
    country = country_filter(Official)
    letter = django_filters.ChoiceFilter(
        label=pgettext_lazy("of the alphabet", "Letter"),
        choices=[(letter, letter) for letter in LETTERS],
        empty_label=_("Any letter"),
        method="under",
        error_messages={"invalid_choice": _("“%(value)s” is not a letter from A to Z.")},
    )

    def named(self, rows: QuerySet[Official], name: str, text: str) -> QuerySet[Official]:
        own = holding(Official.objects.all(), "name", text).values("pk")
        others = holding(Alias.objects.exclude(official=None), "name", text).values("official_id")
        return rows.filter(pk__in=own.union(others))

    def under(self, rows: QuerySet[Official], name: str, letter: str) -> QuerySet[Official]:
        return with_initial(rows).filter(initial=letter)


class OrganizationFilter(ListFilter):
    kind = kind_filter(OrganizationKind)
    country = country_filter(Organization)


class PostFilter(ListFilter):
    country = country_filter(Post)


class ArticleFilter(ListFilter):
    outlet = RowFilter(
        label=_("Outlet"),
        offered=Outlet.objects.filter(Exists(Article.objects.filter(outlet=OuterRef("pk")))),
        key="slug",
        kind=Renamed.OUTLET,
        any_label=_("Any outlet"),
    )


class EventFilter(ListFilter):
    kind = kind_filter(EventKind)
    country = country_filter(Event.countries.through, "countries")
