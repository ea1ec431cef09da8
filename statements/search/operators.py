"""Filters typed into the search box: who is meant by `speaker:jilani` or `to:iran`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from statements.dates import PartialDate
from statements.models import Country
from statements.vocabulary import Channel

from .days import since, until
from .names import Named, find_nearest, find_written
from .query import Operator
from .tokens import any_of

N_NAMES = 25
N_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed operator that was understood: a tsquery of tokens, or a condition.

    `taken_as` are the officials that were meant, if the name was spelled only nearly so.
    """

    tokens: str = ""
    where: Q = field(default_factory=Q)
    taken_as: tuple[str, ...] = ()


def read(typed: list[Operator], messages: list[str]) -> list[Typed]:
    """Reads the operators of a query; what is not understood is a message, and is passed over."""
    understood = []
    for operator in typed:
        found = _READERS[operator.name](operator) if operator.value else None
        if found:
            understood.append(found)
            if found.taken_as:
                messages.append(_taken_as(operator, found.taken_as))
        else:
            messages.append(
                _("“%(operator)s:%(value)s” was not understood and is passed over: %(advice)s")
                % {
                    "operator": operator.name,
                    "value": operator.value[:100],
                    "advice": _ADVICE[operator.name](),
                }
            )
    return understood


def _taken_as(operator: Operator, names: tuple[str, ...]) -> str:
    return _("“%(operator)s:%(value)s” is taken as %(names)s.") % {
        "operator": operator.name,
        "value": operator.value[:100],
        "names": ", ".join(names),
    }


# The parameter whose tokens stand for an actor in a role.
_SPEAKERS = {"official": "speaker", "organization": "speaker_organization", "country": "from"}
_ADDRESSEES = {"official": "addressee", "organization": "addressee_organization", "country": "to"}


def _with_party(parameters: dict[str, str], found: list[Named]) -> Typed | None:
    """Statements with any of the actors found in a role; for a country, its side."""
    if not found:
        return None
    parts = [any_of(parameters[named.kind], [named.row]) for named in found]
    near = tuple(named.name for named in found if named.is_near)
    return Typed(f"({' | '.join(parts)})", taken_as=near)


def _best(words: str, kinds: tuple[str, ...]) -> list[Named]:
    """The names found; those that are the very words, when there are any."""
    named = find_written(words.replace("-", " "), N_NAMES, kinds=kinds)
    exact = [name for name in named if name.is_exact or _slug(name) == words.lower()]
    return exact or named


def _actors(words: str, kinds: tuple[str, ...]) -> list[Named]:
    """The actors of a name; failing that, the officials of the nearest."""
    return _best(words, kinds) or find_nearest(words, N_NEAREST)


def _slug(named: Named) -> str:
    return str(getattr(named.row, "slug", None) or named.row.code)


def _speaker(operator: Operator) -> Typed | None:
    return _with_party(_SPEAKERS, _actors(operator.value, ("official", "organization")))


def _side(parameters: dict[str, str]) -> Callable[[Operator], Typed | None]:
    def read_side(operator: Operator) -> Typed | None:
        kinds = ("country", "official", "organization")
        by_code = _country(operator.value)
        return _with_party(parameters, by_code or _actors(operator.value, kinds))

    return read_side


def _country(code: str) -> list[Named]:
    from_code = Country.objects.filter(code=code.lower()).first()
    return [Named("country", from_code.name, "", "", from_code)] if from_code else []


def _channel(operator: Operator) -> Typed | None:
    wanted = operator.value.lower().replace(" ", "_").replace("-", "_")
    codes = [
        channel.value
        for channel in Channel
        if wanted == channel.value or operator.value.lower() == _(channel.label).lower()
    ]
    return Typed(any_of("channel", codes)) if codes else None


def _topic(operator: Operator) -> Typed | None:
    topics = [named.row for named in _best(operator.value, ("topic",))]
    return Typed(any_of("topic", topics)) if topics else None


def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _after(operator: Operator) -> Typed | None:
    day = _day(operator.value)
    return Typed(where=since(day)) if day else None


def _before(operator: Operator) -> Typed | None:
    day = _day(operator.value)
    return Typed(where=until(day)) if day else None


_READERS: dict[str, Callable[[Operator], Typed | None]] = {
    "speaker": _speaker,
    "to": _side(_ADDRESSEES),
    "from": _side(_SPEAKERS),
    "channel": _channel,
    "topic": _topic,
    "after": _after,
    "before": _before,
}
_ADVICE: dict[str, Callable[[], str]] = {
    "speaker": lambda: _("name an official or an organization."),
    "to": lambda: _("name a country, an official or an organization."),
    "from": lambda: _("name a country, an official or an organization."),
    "channel": lambda: _("name a channel, such as phone_call."),
    "topic": lambda: _("name a topic."),
    "after": lambda: _("write a day as 2024-01-19, 2024-01 or 2024."),
    "before": lambda: _("write a day as 2024-01-19, 2024-01 or 2024."),
}
