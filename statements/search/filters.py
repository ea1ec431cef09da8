"""The parameters of the list of statements, each a filter; together they narrow."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Citation,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Statement,
    Tenure,
    Topic,
)
from statements.vocabulary import Account, Act, Basis, Channel, Form, Role, Standing, Term

from .fields import CodesField, DayField, InstantField, LanguagesField, RowsField

Rows = QuerySet[Statement]
N_QUERY_CHARACTERS = 8192
SORTS = ("newest", "oldest", "relevance", "added", "updated")


class AnyOf(django_filters.Filter):
    """Statements that have one of the values; no value narrows nothing."""

    def filter(self, qs: Rows, value: Any) -> Rows:
        return self.narrow(qs, value) if value else qs

    def narrow(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(**{f"{self.field_name}__in": value})


def _day(function: str, day: Any) -> Func:
    return Func(day, function=function, output_field=DateField())


class InRole(AnyOf):
    """Statements with one of these actors among their parties, in one of these roles."""

    field_class = RowsField

    def __init__(self, model: Any, column: str, *roles: Role, key: str = "slug", **kw: Any) -> None:
        self.column, self.roles = column, roles or tuple(Role)
        super().__init__(model=model, key=key, **kw)

    def narrow(self, qs: Rows, value: Any) -> Rows:
        parties = Party.objects.filter(
            role__in=self.roles, **{f"{self.column}__in": [row.pk for row in value]}
        )
        return qs.filter(pk__in=parties.values("statement_id"))


class InPost(AnyOf):
    """Statements by, to or about a post, or its holder on the day."""

    field_class = RowsField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        posts = [row.pk for row in value]
        parties = Party.objects.filter(Q(post__in=posts) | self._holders(posts))
        return qs.filter(pk__in=parties.values("statement_id"))

    def _holders(self, posts: list[int]) -> Q:
        """Officials who held one of the posts on the whole of the day that is named."""
        holding = Tenure.objects.filter(post__in=posts, official=OuterRef("official"))
        said = "statement__said_on"
        last = Coalesce(OuterRef("statement__said_on_until"), OuterRef(said))
        holding = holding.filter(
            Q(started_on=None)
            | Q(
                LessThanOrEqual(
                    _day("earliest_day", F("started_on")), _day("earliest_day", OuterRef(said))
                )
            ),
            Q(ended_on=None)
            | Q(GreaterThanOrEqual(_day("latest_day", F("ended_on")), _day("latest_day", last))),
        )
        return Q(post=None, statement__said_on__isnull=False) & Q(Exists(holding))


class InOutlet(AnyOf):
    """Statements that an outlet reports, itself or as what our own text retells."""

    field_class = RowsField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        citations = Citation.objects.filter(
            Q(article__outlet__in=value) | Q(article__based_on__outlet__in=value)
        )
        return qs.filter(pk__in=citations.values("statement_id"))


class OfTopic(AnyOf):
    field_class = RowsField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        tagged = Statement.topics.through.objects.filter(topic__in=value)
        return qs.filter(pk__in=tagged.values("statement_id"))


class AboutEvent(AnyOf):
    field_class = RowsField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        about = Statement.about_events.through.objects.filter(event__in=value)
        return qs.filter(pk__in=about.values("statement_id"))


class OneOfRows(AnyOf):
    field_class = RowsField


class OneOfCodes(AnyOf):
    field_class = CodesField

    def __init__(self, terms: type[Term], **kwargs: Any) -> None:
        super().__init__(terms=terms, **kwargs)


class WithAct(OneOfCodes):
    def narrow(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(acts__overlap=value)


class InLanguage(AnyOf):
    """The language of the original, which is the text's own when there is no other."""

    field_class = LanguagesField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        spoken = Coalesce(NullIf("original_language", Value("")), "language")
        return qs.alias(spoken=Lower(spoken)).filter(spoken__in=value)


class Since(django_filters.Filter):
    """Statements that may have been made on or after the first day of what is given."""

    field_class = DayField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(latest_on__gte=value.earliest) if value else qs


class Until(django_filters.Filter):
    field_class = DayField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(earliest_on__lte=value.latest) if value else qs


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
    speaker = InRole(Official, "official", Role.SPEAKER, label=_("Speaker"))
    addressee = InRole(Official, "official", Role.ADDRESSEE, label=_("Addressee"))
    relayer = InRole(Official, "official", Role.RELAYER, label=_("Relayer"))
    official = InRole(Official, "official", label=_("Official"))
    from_ = InRole(Country, "country", Role.SPEAKER, key="code", label=_("From"))
    to = InRole(Country, "country", Role.ADDRESSEE, key="code", label=_("To"))
    country = InRole(
        Country, "country", Role.SPEAKER, Role.ADDRESSEE, key="code", label=_("Country")
    )
    speaker_organization = InRole(
        Organization, "organization", Role.SPEAKER, label=_("Speaking organization")
    )
    addressee_organization = InRole(
        Organization, "organization", Role.ADDRESSEE, label=_("Organization addressed")
    )
    relayer_organization = InRole(
        Organization, "organization", Role.RELAYER, label=_("Relaying organization")
    )
    organization = InRole(Organization, "organization", label=_("Organization"))
    post = InPost(model=Post, label=_("Post"))
    outlet = InOutlet(model=Outlet, label=_("Outlet"))
    event = OneOfRows(field_name="event", model=Event, label=_("Made in"))
    about_event = AboutEvent(model=Event, label=_("About"))
    topic = OfTopic(model=Topic, label=_("Topic"))
    channel = OneOfCodes(Channel, field_name="channel", label=_("Channel"))
    form = OneOfCodes(Form, field_name="form", label=_("Form"))
    act = WithAct(Act, label=_("Act"))
    account = OneOfCodes(Account, field_name="account", label=_("Account"))
    basis = OneOfCodes(Basis, field_name="basis", label=_("Basis"))
    language = InLanguage(label=_("Original language"))
    standing = OneOfCodes(Standing, field_name="standing", label=_("Standing"))
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
