"""Following a search: by its feed, or by e-mail where the archive has a mail server.

The pages that mails lead to know their reader by the link. Nobody who does not know the link can
send their forms either, so that they need no cookie: mail programs that end a following by one
click (RFC 8058) have none.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from statements.accounts.allowances import Limit, take
from statements.accounts.origin import address_of, neighbourhood
from statements.following import asking, links
from statements.following.searches import canonical, faults, title_of
from statements.following.soon import hand_over_soon
from statements.models import Follower, Following
from statements.models.following import Interval
from statements.search.results import StatementSearch

from .follow_forms import FollowForm, WishForm
from .taking import feed_url

BY_ADDRESS = Limit("follow-address", 5, 24 * 60 * 60)
BY_ORIGIN = Limit("follow-origin", 20, 60 * 60)
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keeps a page out of every store and index, and its address from every other site."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


# --- Asking --------------------------------------------------------------------------------------


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Offers the feed of a search, and the form to follow it by e-mail."""
    search = StatementSearch(request.GET)
    wrong = faults(search)
    is_sent = request.method == "POST" and settings.HAS_MAIL and not wrong
    form = FollowForm(request.POST if is_sent else None)
    seconds = 0
    if is_sent and form.is_valid():
        seconds = _seconds_to_wait(request, form.cleaned_data["address"])
        if not seconds:
            _ask(form, canonical(search))
            return redirect("follow-asked")
    context = {
        "search": search,
        "faults": wrong,
        "form": form if settings.HAS_MAIL and not wrong else None,
        "feed_url": feed_url(request.GET),
        "search_url": f"{reverse('statements')}{search.address()}".rstrip("?"),
        "is_slowed": bool(seconds),
    }
    response = render(request, "follow/follow.html", context, status=429 if seconds else 200)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _seconds_to_wait(request: HttpRequest, address: str) -> int:
    """Takes one from what is left to who asks, and to who would be written to; 0 if there was."""
    limits = (
        (BY_ORIGIN, neighbourhood(address_of(request))),
        (BY_ADDRESS, address.casefold()),
    )
    taken = (take(limit, whom) for limit, whom in limits)
    return next((one.seconds_to_wait for one in taken if one.seconds_to_wait), 0)


def _ask(form: FollowForm, query: str) -> None:
    asked = form.cleaned_data
    with transaction.atomic():
        mail = asking.ask(
            address=asked["address"],
            query=query,
            interval=Interval.of(asked["interval"]),
            note=asked["note"],
            language=get_language() or settings.LANGUAGE_CODE,
        )
        transaction.on_commit(lambda: hand_over_soon(mail))


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Says the same to everybody, whatever the address follows or not."""
    n_days = asking.CONFIRMED_WITHIN.days
    return render(request, "follow/asked.html", {"n_days": n_days})


# --- Where mails lead to -------------------------------------------------------------------------


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, since programs open links in mails too; following begins with the answer."""
    following = _following(links.CONFIRM, token)
    if following is None or not (following.confirmed_at or asking.is_current(following)):
        return _gone(request, gettext("This link is too old, or damaged: ask to follow again."))
    if request.method == "POST" and asking.confirm(following=following):
        return _to_mine(following.follower, "confirmed")
    if following.confirmed_at:
        return _to_mine(following.follower)
    context = {"following": following, "title": title_of(following.query)}
    return render(request, "follow/confirm.html", context)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one search, by its button or by a mail program's one click, which follows no redirect.

    Ending twice is as good as ending once.
    """
    if links.code_of(links.END, token) is None:
        return _gone(request, gettext("This link is damaged: copy it whole from the mail."))
    following = _following(links.END, token)
    if following is None:
        return render(request, "follow/ended.html")
    if request.method == "POST":
        asking.end(following=following)
        return render(request, "follow/ended.html")
    context = {"following": following, "title": title_of(following.query)}
    return render(request, "follow/end.html", context)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Shows somebody all that they follow, to change or to end it."""
    code = links.code_of(links.MINE, token)
    if code is None:
        return _gone(request, gettext("This link is damaged: copy it whole from the mail."))
    follower = Follower.objects.filter(code=code).first()
    if follower is None:
        return render(request, "follow/ended.html")
    rows = follower.followings.confirmed()
    form = None
    if request.method == "POST":
        if "end_all" in request.POST:
            asking.end_all(follower=follower)
            return render(request, "follow/ended.html")
        code = request.POST.get("following", "")
        chosen = next((row for row in rows if row.code == code), None)
        if chosen is None:
            return _to_mine(follower)
        if "end" in request.POST:
            asking.end(following=chosen)
            return _to_mine(follower, "ended")
        form = WishForm(request.POST, prefix=chosen.code)
        if form.is_valid():
            _change(chosen, form)
            return _to_mine(follower, "saved")
    context = {
        "follower": follower,
        "listed": [_listed(row, form) for row in rows],
        "done": request.GET.get("done", ""),
        "n_waiting": follower.followings.filter(confirmed_at=None).count(),
    }
    return render(request, "follow/mine.html", context)


def _change(following: Following, form: WishForm) -> None:
    wish = form.cleaned_data
    asking.change(following=following, interval=Interval.of(wish["interval"]), note=wish["note"])


def _listed(following: Following, sent: WishForm | None) -> dict[str, Any]:
    """A search in words, its address, and its form, which may be one that was sent and is wrong."""
    is_sent = sent is not None and sent.prefix == following.code
    wish = {"interval": following.interval, "note": following.note}
    query = f"?{following.query}" if following.query else ""
    return {
        "following": following,
        "title": title_of(following.query),
        "url": f"{reverse('statements')}{query}",
        "form": sent if is_sent else WishForm(initial=wish, prefix=following.code),
    }


def _following(purpose: str, token: str) -> Following | None:
    code = links.code_of(purpose, token)
    rows = Following.objects.select_related("follower")
    return rows.filter(code=code).first() if code else None


def _to_mine(follower: Follower, done: str = "") -> HttpResponse:
    path = reverse("follow-mine", args=[links.token(links.MINE, follower.code)])
    return redirect(f"{path}?done={done}" if done else path)


def _gone(request: HttpRequest, message: str) -> HttpResponse:
    return render(request, "follow/gone.html", {"message": message}, status=404)
