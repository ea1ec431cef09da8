"""Slugs that were given up: what they may lead to, and that nothing new takes them."""

from collections.abc import Iterable

from statements.models import Redirect, Renamed
from statements.models.redirects import N_STEPS
from statements.records import RedirectRecord

from .references import ids_of
from .spool import Places


def retired(kind: str, slugs: Iterable[str]) -> dict[str, str]:
    """Those of the slugs that are old addresses, and where they lead; one query."""
    if kind not in Renamed.codes():
        return {}
    found = Redirect.objects.filter(kind=kind, old_slug__in=list(slugs))
    return dict(found.values_list("old_slug", "new_slug"))


class OldSlugs:
    """The redirects of one run; `places` knows every object in it."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._leads_to: dict[tuple[str, str], str] = {}

    def add(self, record: RedirectRecord) -> None:
        self._leads_to[record.kind, record.from_] = record.to

    def faults(self, record: RedirectRecord) -> list[tuple[str, str]]:
        """What is wrong with a redirect, as pairs of a field and a reason.

        It may lead to another redirect, as a slug that was renamed twice does, when that leads
        to something in the end.
        """
        faults = []
        if self._stands(record.kind, record.from_):
            faults.append(("from", f'there is a {record.kind} "{record.from_}" now'))
        if not self._leads_somewhere(record.kind, record.to):
            faults.append(("to", f'there is no {record.kind} "{record.to}"'))
        return faults

    def _stands(self, kind: str, slug: str) -> bool:
        return self._places.find(kind, slug) is not None or bool(ids_of(kind, [slug]))

    def _leads_somewhere(self, kind: str, slug: str) -> bool:
        for _step in range(N_STEPS):
            if self._stands(kind, slug):
                return True
            following = self._leads_to.get((kind, slug)) or retired(kind, [slug]).get(slug)
            if following is None:
                return False
            slug = following
        return False
