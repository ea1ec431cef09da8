"""Whatever is not a statement: for each kind how it is found, in which order, and how told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel

from statements.interchange import public
from statements.interchange.public_records import PUBLIC_RECORDS
from statements.models import Renamed
from statements.search.lists import (
    BY_NAME,
    BY_SORT_NAME,
    BY_TITLE,
    LATEST,
    ArticleFilter,
    EventFilter,
    ListFilter,
    OfficialFilter,
    OrganizationFilter,
    PostFilter,
    by_name,
    dated,
)
from statements.search.paging import Order


@dataclass(frozen=True)
class Noun:
    """One kind of row: its lists are narrowed and ordered as the pages are.

    `day` names the column that orders those of which the latest come first.
    """

    kind: Renamed
    plural: str
    listed: str
    single: str
    told: Callable[[Any, public.Absolute], dict[str, Any]]
    order: Order
    filters: type[ListFilter] = ListFilter
    day: str = ""
    key: str = "slug"

    @property
    def rows(self) -> QuerySet[Any]:
        rows = public.PUBLIC_ROWS[self.kind].order_by()
        return dated(rows, self.day) if self.day else rows

    @property
    def record(self) -> type[BaseModel]:
        return PUBLIC_RECORDS[self.kind]


NOUNS = [
    Noun(
        Renamed.OFFICIAL,
        "officials",
        _("Officials, by the name they are sorted under"),
        _("One official, with the posts held"),
        public.public_official,
        BY_SORT_NAME,
        OfficialFilter,
    ),
    Noun(
        Renamed.COUNTRY,
        "countries",
        _("Countries, present and former, by code"),
        _("One country"),
        public.public_country,
        by_name("code"),
        key="code",
    ),
    Noun(
        Renamed.ORGANIZATION,
        "organizations",
        _("Organizations, by name"),
        _("One organization"),
        public.public_organization,
        BY_NAME,
        OrganizationFilter,
    ),
    Noun(
        Renamed.POST,
        "posts",
        _("Posts, by title"),
        _("One post"),
        public.public_post,
        BY_TITLE,
        PostFilter,
    ),
    Noun(
        Renamed.OUTLET,
        "outlets",
        _("Outlets, by name"),
        _("One outlet"),
        public.public_outlet,
        BY_NAME,
    ),
    Noun(
        Renamed.ARTICLE,
        "articles",
        _("Articles, without their stored text, the latest first"),
        _("One article, without its stored text"),
        public.public_article,
        LATEST,
        ArticleFilter,
        day="published_on",
    ),
    Noun(
        Renamed.EVENT,
        "events",
        _("Events, the latest first"),
        _("One event, with its parties"),
        public.public_event,
        LATEST,
        EventFilter,
        day="started_on",
    ),
    Noun(
        Renamed.TOPIC,
        "topics",
        _("Topics, by name"),
        _("One topic"),
        public.public_topic,
        BY_NAME,
    ),
]
