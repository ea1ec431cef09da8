"""What every record and piece of one can do: refuse what it does not know, tell what it names."""

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from statements.dates import PartialDate


class FieldError(ValueError):
    """A rule over several fields that is broken; `field` is where a reader should look."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class Reference(NamedTuple):
    """What a record names elsewhere: the field that does it, and the kind and slug it names."""

    field: str
    kind: str
    slug: str


class Part(BaseModel):
    """A record, or a piece of one; a field it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid", validate_default=False)

    references: ClassVar[dict[str, str]] = {}
    derived: ClassVar[frozenset[str]] = frozenset()

    def references_made(self, prefix: str = "") -> Iterator[Reference]:
        """Walks over all that this record names, in the order of its fields."""
        naming = _naming_fields(type(self))
        for (field, kind), value in zip(self.references.items(), naming(self), strict=True):
            if value is None:
                continue
            for slug in value if isinstance(value, list) else [value]:
                yield Reference(prefix + field, kind, slug)
        for field in _naming_parts(type(self)):
            for number, part in enumerate(getattr(self, field)):
                yield from part.references_made(f"{prefix}{field}[{number}].")

    def add_named(self, named: dict[str, set[str]]) -> None:
        """Adds the slugs of all that this record names, by kind: references without their fields.

        An import asks this of each object, and where they are named only of what is missing.
        """
        kinds = self.references.values()
        for kind, value in zip(kinds, _naming_fields(type(self))(self), strict=True):
            if isinstance(value, list):
                named[kind].update(value)
            elif value is not None:
                named[kind].add(value)
        for field in _naming_parts(type(self)):
            for part in getattr(self, field):
                part.add_named(named)


@cache
def _naming_fields(kind: type[Part]) -> Callable[[Part], tuple[Any, ...]]:
    """Takes the values of the fields that name something, always as a tuple."""
    if len(kind.references) > 1:
        return attrgetter(*kind.references)
    return lambda part: tuple([getattr(part, field) for field in kind.references])


@cache
def _naming_parts(kind: type[Part]) -> tuple[str, ...]:
    """The fields that list parts which name something themselves."""
    return tuple(
        name
        for name, field in kind.model_fields.items()
        for part in get_args(field.annotation)[:1]
        if isinstance(part, type) and issubclass(part, Part) and part.references
    )


class Record(Part):
    """One object of the archive format; `key` names it among its kind."""

    key_field: ClassVar[str] = "slug"
    type: str

    @property
    def identity(self) -> tuple[str, str]:
        return self.type, getattr(self, self.key_field)


def each_once(values: list[Any]) -> list[Any]:
    seen: list[Any] = []
    for value in values:
        if value in seen:
            what = "the same entry" if isinstance(value, Part) else value
            raise ValueError(f"names {what} twice")
        seen.append(value)
    return values


def check_order(field: str, first: PartialDate | None, last: PartialDate | None) -> None:
    if first and last and last.latest < first.earliest:
        raise FieldError(field, f"{last} lies before {first}")
