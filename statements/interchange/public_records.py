"""The shapes of what programs are told, made of the records of the archive format.

They describe what `public` tells and make nothing themselves: every key is always there, nothing
is told that only curators may see, and what is derived has a type.
"""

from copy import copy
from types import GenericAlias
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model
from pydantic_core import PydanticUndefined

from statements.records import (
    ArticleRecord,
    CitationRecord,
    CountryRecord,
    Day,
    EventRecord,
    Key,
    LinkRecord,
    NameRecord,
    OfficialRecord,
    OrganizationRecord,
    OutletRecord,
    Part,
    PartyRecord,
    PostRecord,
    Slug,
    StatementRecord,
    TenureRecord,
    TopicRecord,
)
from statements.vocabulary import Account, Status

from .public import NOT_PUBLIC

WebAddress = Annotated[str, Field(json_schema_extra={"format": "uri"})]
OwnAddress = Annotated[WebAddress, Field(description="The address of its page here.")]


def _public(
    name: str, record: type[Part], /, *, without: tuple[str, ...] = (), **told: Any
) -> type[BaseModel]:
    """A record as it is told: all its fields there, some otherwise, some more, some not."""
    fields: dict[str, Any] = {}
    for field, declared in record.model_fields.items():
        if field not in without:
            always = copy(declared)
            always.default, always.default_factory = PydanticUndefined, None
            fields[field] = (declared.annotation, always)
    fields |= {field: (annotation, ...) for field, annotation in told.items()}
    made: type[BaseModel] = create_model(name, __doc__=record.__doc__, **fields)
    return made


def _list_of(shape: type[BaseModel]) -> Any:
    return GenericAlias(list, (shape,))


Name = _public("Name", NameRecord)
Tenure = _public("Tenure", TenureRecord)
Link = _public("Link", LinkRecord)
Party = _public(
    "Party",
    PartyRecord,
    name=Annotated[str, Field(description="The actor's name, or the words printed.")],
    capacity=Annotated[str | None, Field(description="The one held on the day, or chosen.")],
)
Citation = _public(
    "Citation",
    CitationRecord,
    outlet=Slug,
    title=str,
    article_url=WebAddress | None,
    published_on=Day | None,
)

Country = _public("Country", CountryRecord, url=OwnAddress)
Organization = _public("Organization", OrganizationRecord, url=OwnAddress)
Post = _public("Post", PostRecord, url=OwnAddress)
Official = _public(
    "Official", OfficialRecord, url=OwnAddress, aliases=_list_of(Name), tenures=_list_of(Tenure)
)
Outlet = _public("Outlet", OutletRecord, url=OwnAddress)
Article = _public("Article", ArticleRecord, without=("body",), page_url=OwnAddress)
Event = _public("Event", EventRecord, page_url=OwnAddress, parties=_list_of(Party))
Topic = _public("Topic", TopicRecord, url=OwnAddress)
Statement = _public(
    "Statement",
    StatementRecord,
    without=NOT_PUBLIC,
    url=OwnAddress,
    account=Account | None,
    status=Literal["published"],
    parties=_list_of(Party),
    citations=_list_of(Citation),
    links=_list_of(Link),
    note=str,
)

PUBLIC_RECORDS: dict[str, type[BaseModel]] = {
    "statement": Statement,
    "official": Official,
    "country": Country,
    "organization": Organization,
    "post": Post,
    "outlet": Outlet,
    "article": Article,
    "event": Event,
    "topic": Topic,
}


class Tombstone(BaseModel):
    """What is told of a statement that was withdrawn, to those who keep a copy."""

    type: Literal["statement"]
    key: Key
    status: Literal[Status.WITHDRAWN]
    reason: str


class Fault(BaseModel):
    """What is wrong: a code for programs, a sentence for people, and faults by parameter."""

    code: str
    message: str
    fields: dict[str, list[str]]


class Refusal(BaseModel):
    """The one shape of every error."""

    error: Fault


def page_model(name: str, record: Any, **more: Any) -> type[BaseModel]:
    """The shape of a page of a list; `more` are keys that are there when they are asked for."""
    fields: dict[str, Any] = {
        "count": Annotated[int, Field(description="How many there are, 10,000 at most.")],
        "count_is_exact": bool,
        "results": GenericAlias(list, (record,)),
        "next": WebAddress | None,
    }
    told: dict[str, Any] = {field: (kind, ...) for field, kind in fields.items()} | more
    made: type[BaseModel] = create_model(
        name, __doc__="A page of a list, and the address of the next.", **told
    )
    return made
