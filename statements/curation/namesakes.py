"""People who may be in the archive twice, by their names and their identifiers elsewhere."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q

from statements.models import Official, OfficialLikeness
from statements.naming import NameTable, similarity

from .duplicates import keep_pairs, waiting_of

N_NAMESAKES = 5
# From here on nothing speaks against one person: see `naming.similarity`.
LEAST_NAMESAKE = 0.9


@transaction.atomic
def note_official(*, official: Official, table: NameTable[int]) -> list[OfficialLikeness]:
    """Compares an official's names with a table of all, and keeps the likely pairs.

    Two whose identifiers elsewhere differ are two; of the same identifier they are surely one.
    """
    others = Official.objects.filter(_of_same_identifier(official)).exclude(pk=official.pk)
    same = others.values_list("pk", flat=True)[:N_NAMESAKES] if official.identifiers else ()
    keep_pairs(OfficialLikeness, {official.pk: _namesakes(official, table, same)})
    return waiting_of(OfficialLikeness, official.pk)


def find_namesakes(
    table: NameTable[int],
    officials: Iterable[Official],
    *,
    on_progress: Callable[[int], None] = lambda n: None,
) -> None:
    """Does for each of many officials what is done on saving."""
    identified = _identified()
    for n_done, official in enumerate(officials, 1):
        same = {pk for told in official.identifiers.items() for pk in identified.get(told, ())}
        found = _namesakes(official, table, same - {official.pk})
        keep_pairs(OfficialLikeness, {official.pk: found})
        on_progress(n_done)


def _namesakes(official: Official, table: NameTable[int], same: Iterable[int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for name in [official.name, *official.aliases.values_list("name", flat=True)]:
        for match in table.find(name, N_NAMESAKES + 1):
            score = similarity(name, match.name)
            if match.id != official.pk and score >= LEAST_NAMESAKE:
                found[match.id] = max(score, found.get(match.id, 0))
    others = Official.objects.filter(pk__in=found).only("identifiers")
    likely = {other.pk: found[other.pk] for other in others if _is_one(official, other)}
    return likely | dict.fromkeys(same, 1.0)


def _identified() -> dict[tuple[str, str], set[int]]:
    """Who bears each identifier elsewhere, of those that more than one bears."""
    bearers: dict[tuple[str, str], set[int]] = {}
    rows = Official.objects.exclude(identifiers={}).values_list("pk", "identifiers")
    for pk, identifiers in rows.iterator():
        for told in identifiers.items():
            bearers.setdefault(told, set()).add(pk)
    return {told: pks for told, pks in bearers.items() if len(pks) > 1}


def _is_one(official: Official, other: Official) -> bool:
    shared = official.identifiers.keys() & other.identifiers.keys()
    return all(official.identifiers[name] == other.identifiers[name] for name in shared)


def _of_same_identifier(official: Official) -> Q:
    same = Q()
    for name, value in official.identifiers.items():
        same |= Q(identifiers__contains={name: value})
    return same
