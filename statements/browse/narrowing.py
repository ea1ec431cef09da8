"""What to ask instead of a question that was too wide to be answered in time."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Days back from today, and how they are called.
SPANS = (
    (365, gettext_noop("Only what was said in the last year")),
    (30, gettext_noop("Only what was said in the last thirty days")),
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A question that costs less than the one asked."""

    label: str
    url: str


def narrowings(request: HttpRequest) -> list[Narrowing]:
    """Lists narrower questions, the nearest to what was asked first; needs no database."""
    if not request.GET:
        return []
    if request.path != reverse("statements"):
        return [Narrowing(_("The whole list, without filters"), request.path)]
    return [*_of_statements(request.GET), Narrowing(_("All statements"), request.path)]


def _of_statements(asked: QueryDict) -> list[Narrowing]:
    found = []
    if since := _since(asked):
        label, day = since
        found.append(Narrowing(label, _changed(asked, since=day, until="")))
    if asked.get("q") and asked.get("sort") in (None, "", "relevance"):
        label = _("The newest first, instead of the most relevant")
        found.append(Narrowing(label, _changed(asked, sort="newest")))
    without_words = _changed(asked, q="")
    if asked.get("q") and without_words != "?":
        found.append(Narrowing(_("All the same, but without the words"), without_words))
    return found


def _since(asked: QueryDict) -> tuple[str, str] | None:
    """The longest span of days, back from today, that is shorter than what was asked for."""
    for n_days, label in SPANS:
        day = (timezone.localdate() - timedelta(days=n_days)).isoformat()
        if asked.get("since", "") < day:
            return _(label), day
    return None


def _changed(asked: QueryDict, **values: str) -> str:
    """The question with parameters changed, or dropped where empty; from its first page."""
    changed = asked.copy()
    for name, value in {"cursor": "", **values}.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"
