"""What two countries said to each other, for programs."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Country
from statements.search.results import ScopedSearch
from statements.search.tokens import any_pair

from .answers import answers_json
from .feeds import Page, added_first, feed
from .nouns import with_any
from .statements import list_json


@require_safe
@answers_json
def pair_json(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The statements of either to the other, as the list of statements tells them."""
    _countries, scope = _between(one, other)
    return list_json(request, ScopedSearch(request.GET, scope))


@require_safe
@answers_json
def pair_atom(request: HttpRequest, one: str, other: str) -> HttpResponse:
    countries, scope = _between(one, other)
    title = _("Between %(one)s and %(other)s") % {
        "one": countries[0].name,
        "other": countries[1].name,
    }
    page = QueryDict(mutable=True)
    page.setlist("country", [country.code for country in countries])
    path = f"{reverse('statements')}?{page.urlencode()}"
    return feed(request, ScopedSearch(added_first(request.GET), scope), Page(title, path))


def _between(one: str, other: str) -> tuple[list[Country], Q]:
    found = {
        country.code: country
        for country in Country.objects.filter(code__in=[one.lower(), other.lower()]).order_by()
    }
    if len(found) < 2:
        raise Http404
    a, b = found[one.lower()], found[other.lower()]
    return [a, b], with_any([any_pair([a], [b]), any_pair([b], [a])])
