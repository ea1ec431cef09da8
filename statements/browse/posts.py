"""Pages of posts: who held them, from when to when, and what was said in them."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.models import Post, Renamed, Statement, Tenure
from statements.search.days import in_posts
from statements.search.fields import DayField
from statements.search.lists import BY_TITLE, PostFilter

from .addresses import find, follows_moves
from .paging import page_of
from .periods import held
from .register import entries, post_entry
from .roles import newest
from .tallies import statements_url
from .tenures import on_a_line, with_holders, with_last_holder


class DayForm(forms.Form):
    """The day on which a reader wants to know the holder."""

    on = DayField()


@dataclass(frozen=True)
class Holder:
    """Someone who held the post on the day asked for; not surely, where days are not exact."""

    tenure: Tenure
    days: str
    is_certain: bool


@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    filters = PostFilter(request.GET, with_last_holder(Post.objects.all()))
    page = page_of(filters.rows, request.GET, BY_TITLE)
    context = {"filters": filters, "page": page, "entries": entries(post_entry, page.rows)}
    return render(request, "browse/post_list.html", context)


@require_safe
@follows_moves
def post(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(with_holders(Post.objects.all()), Renamed.POST, slug)
    form = DayForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    made = Statement.objects.published().filter(in_posts([found]))
    context = {
        "post": found,
        "line": on_a_line(found.tenures.all()),
        "form": form,
        "day": day,
        "holders": holders_during(found, day.earliest, day.latest) if day else [],
        "statements": newest(made, request.GET),
        "all_url": statements_url(post=found.slug),
    }
    return render(request, "browse/post.html", context)


def holders_during(post: Post, first: date, last: date) -> list[Holder]:
    """Who may have held a post, loaded with its holders, at some time from `first` to `last`."""
    return [
        Holder(tenure, held(tenure), _is_certain(tenure, first, last))
        for tenure in post.tenures.all()
        if _is_possible(tenure, first, last)
    ]


def _is_possible(tenure: Tenure, first: date, last: date) -> bool:
    """Whether the tenure, as far as its days are known, meets these days."""
    is_later = tenure.started_on is not None and tenure.started_on.earliest > last
    is_over = tenure.ended_on is not None and tenure.ended_on.latest < first
    return not (is_later or is_over)


def _is_certain(tenure: Tenure, first: date, last: date) -> bool:
    """Whether some day of these surely lies within the tenure."""
    if tenure.started_on is None:
        return False
    known_until = tenure.ended_on.earliest if tenure.ended_on else tenure.started_on.latest
    return bool(tenure.started_on.latest <= last and known_until >= first)
