"""Pages of organizations: who holds their posts, what they say and what they pass on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.models import Organization, Post, Renamed
from statements.search.lists import BY_NAME, OrganizationFilter
from statements.vocabulary import Role

from .addresses import find, follows_moves
from .counterparts import counterparts
from .linked_data import graph, organization_node
from .paging import page_of
from .register import entries, organization_entry, post_entry
from .roles import role_statements, with_role_counts
from .tallies import n_counted, n_statements, statements_url
from .tenures import with_last_holder

N_POSTS = 50
COUNTERPARTS = ("official", "country", "organization")
IN_ROLE = {
    "": "organization",
    Role.SPEAKER: "speaker_organization",
    Role.ADDRESSEE: "addressee_organization",
    Role.RELAYER: "relayer_organization",
}


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    organizations = Organization.objects.select_related("country").annotate(
        n_statements=n_statements("organization", Role.SPEAKER, Role.RELAYER)
    )
    filters = OrganizationFilter(request.GET, organizations)
    page = page_of(filters.rows, request.GET, BY_NAME)
    context = {"filters": filters, "page": page, "entries": entries(organization_entry, page.rows)}
    return render(request, "browse/organization_list.html", context)


@require_safe
@follows_moves
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    organizations = Organization.objects.select_related("country").prefetch_related("aliases")
    found = find(with_role_counts(organizations, "organization"), Renamed.ORGANIZATION, slug)
    posts = with_last_holder(Post.objects.filter(organization=found))
    statements = role_statements(found, "organization", request.GET)
    addressees, addressers = counterparts("organization", found, of=COUNTERPARTS)
    context = {
        "organization": found,
        "described": graph(organization_node(found, request.build_absolute_uri)),
        "posts": entries(post_entry, posts[:N_POSTS]),
        "addressees": addressees,
        "addressers": addressers,
        "n_counted": n_counted(found.n_speaker, found.n_addressee),
        "statements": statements,
        "all_url": _list_url(found, statements.role),
    }
    return render(request, "browse/organization.html", context)


def _list_url(organization: Organization, role: str) -> str:
    """Where the list of statements shows the same rows, if it can."""
    parameter = IN_ROLE.get(role)
    return statements_url(**{parameter: organization.slug}) if parameter else ""
