"""Sessions that end by themselves, and are worth nothing before the second factor."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from statements.accounts import audit, second_factor
from statements.vocabulary import LogInResult

BEGAN_AT = "began_at"
SEEN_AT = "seen_at"
SECONDS_BETWEEN_NOTES = 60  # how exactly a session knows when it was last used
CURATION = "/admin/"
# What somebody reaches who has shown a password and no second factor yet.
REACHABLE = ("/admin/login/", "/admin/logout/", "/admin/second-factor/", "/admin/jsi18n/")
READING = ("GET", "HEAD")
Answer = Callable[[HttpRequest], HttpResponse]


def begin(request: HttpRequest) -> None:
    """Notes when a session began."""
    request.session[BEGAN_AT] = request.session[SEEN_AT] = int(time.time())


def guard_sessions(get_response: Answer) -> Answer:
    """Ends old and idle sessions, and keeps half-finished log-ins out of curation.

    Elsewhere than in curation such a session is nobody's. A request without a session costs
    nothing here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return get_response(request)
        is_curation = request.path.startswith(CURATION)
        if _is_over(request):
            audit.record(request, LogInResult.ENDED, user.get_username())
            logout(request)
            return _ended(request) if is_curation else get_response(request)
        if not is_complete(request):
            if not is_curation:
                request.user = AnonymousUser()
            elif not request.path.startswith(REACHABLE):
                return redirect_to_login(request.get_full_path(), reverse("second_factor"))
        return get_response(request)

    return answer


def is_complete(request: HttpRequest) -> bool:
    """Whether a session has shown all that is asked of its account."""
    user = request.user
    if user.is_verified():  # type: ignore[union-attr]  # django-otp's middleware adds it
        return True
    if settings.REQUIRE_TWO_FACTOR:
        return False
    return not (isinstance(user, User) and second_factor.has_one(user))


def _is_over(request: HttpRequest) -> bool:
    now = int(time.time())
    began_at = request.session.setdefault(BEGAN_AT, now)
    seen_at = request.session.setdefault(SEEN_AT, now)
    if now - seen_at > SECONDS_BETWEEN_NOTES:
        request.session[SEEN_AT] = now
    is_idle = now - seen_at > settings.SESSION_IDLE_MINUTES * 60
    is_old = now - began_at > settings.SESSION_HOURS * 3600
    return bool(is_idle or is_old)


def _ended(request: HttpRequest) -> HttpResponse:
    """Asks to log in again. Who sent a form is told how to have its words back."""
    if request.method not in READING:
        return render(
            request, "admin/ended.html", {"title": _("Your session has ended")}, status=403
        )
    messages.info(request, _("Your session has ended: please log in again."))
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))
