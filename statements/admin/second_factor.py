"""The pages of the second factor: showing a code, setting a device up, recovery codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_otp
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from statements.accounts import audit, second_factor, throttling
from statements.vocabulary import LogInResult

from .log_in import slowed, too_often
from .sessions import is_complete

KEY = "second_factor_key"
N_CODE_CHARACTERS = 40
View = Callable[..., HttpResponse]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=N_CODE_CHARACTERS,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "off",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


def for_staff(view: Callable[[HttpRequest, User], HttpResponse]) -> View:
    """Shows a page to staff that have shown their password, and asks all others for it."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not admin.site.has_permission(request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, user)

    return never_cache(answer)


def for_complete(view: Callable[[HttpRequest, User], HttpResponse]) -> View:
    """Shows a page to staff that have shown all that is asked of them."""

    def answer(request: HttpRequest, user: User) -> HttpResponse:
        return view(request, user) if is_complete(request) else redirect("second_factor")

    return for_staff(wraps(view)(answer))


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, user: User) -> HttpResponse:
    """Asks for a code, and leads on to where its reader was going."""
    if user.is_verified():  # type: ignore[attr-defined]  # django-otp's middleware adds it
        return redirect(_destination(request))
    if not second_factor.has_one(user):
        return redirect_to_login(_destination(request), reverse("second_factor_enrol"))
    form = CodeForm(request.POST or None)
    seconds = throttling.seconds_to_wait_for_code(user.pk) if form.is_valid() else 0
    if seconds:
        audit.record(request, LogInResult.SLOWED, user.get_username())
        form.add_error(None, too_often(seconds))
        return slowed(_page(request, "show", form=form), seconds)
    if form.is_valid():
        device = second_factor.accepted_device(account=user, code=form.cleaned_data["code"])
        if device:
            return _accept(request, user, device)
        audit.record(request, LogInResult.CODE_REFUSED, user.get_username())
        form.add_error("code", _("This code is not right, or was used before. Wait for the next."))
    return _page(request, "show", form=form)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, user: User) -> HttpResponse:
    """Sets a device up; whoever has one shows it first, before it is replaced."""
    if second_factor.has_one(user) and not is_complete(request):
        return redirect("second_factor")
    key = request.session.setdefault(KEY, second_factor.new_key())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        codes = second_factor.enrol(account=user, key=key, code=form.cleaned_data["code"].strip())
        if codes:
            return _enrolled(request, user, codes)
        audit.record(request, LogInResult.CODE_REFUSED, user.get_username())
        form.add_error("code", _("This code is not right. Does the device's clock go right?"))
    address = second_factor.address_of_key(user, key)
    told = {
        "picture": second_factor.picture_of(address),
        "address": address,
        "secret": second_factor.in_groups(second_factor.spelt(key)),
        "replaces": second_factor.has_one(user),
    }
    return _page(request, "enrol", form=form, **told)


@for_complete
@require_http_methods(["GET", "HEAD"])
def mine(request: HttpRequest, user: User) -> HttpResponse:
    """Says what the reader's account has set up."""
    told = {
        "has_one": second_factor.has_one(user),
        "n_codes": second_factor.n_recovery_codes(user),
        "is_required": settings.REQUIRE_TWO_FACTOR,
    }
    return _page(request, "mine", **told)


@for_complete
@require_POST
def renew(request: HttpRequest, user: User) -> HttpResponse:
    """Makes new recovery codes."""
    if not second_factor.has_one(user):
        return redirect("second_factor_mine")
    return _page(request, "codes", codes=second_factor.new_recovery_codes(account=user))


@for_complete
@require_POST
def remove(request: HttpRequest, user: User) -> HttpResponse:
    """Does without a second factor again, where none is required."""
    if settings.REQUIRE_TWO_FACTOR:
        messages.error(request, _("A second factor is required here."))
    elif second_factor.remove(account=user):
        audit.record(request, LogInResult.REMOVED, user.get_username())
        messages.success(request, _("The second factor is removed."))
    return redirect("second_factor_mine")


def _accept(request: HttpRequest, user: User, device: Any) -> HttpResponse:
    throttling.code_accepted(user.pk)
    _verify(request, device)
    is_recovery = second_factor.is_recovery(device)
    result = LogInResult.RECOVERED if is_recovery else LogInResult.CODE_ACCEPTED
    audit.record(request, result, user.get_username())
    if is_recovery:
        n_left = second_factor.n_recovery_codes(user)
        told = _("This recovery code is used up; %(n)d are left.") % {"n": n_left}
        messages.warning(request, told)
    return redirect(_destination(request))


def _enrolled(request: HttpRequest, user: User, codes: list[str]) -> HttpResponse:
    del request.session[KEY]
    _verify(request, second_factor.device_of(user))
    audit.record(request, LogInResult.ENROLLED, user.get_username())
    return _page(request, "codes", codes=codes)


def _verify(request: HttpRequest, device: Any) -> None:
    request.session.cycle_key()
    django_otp.login(request, device)


def _destination(request: HttpRequest) -> str:
    """Where the reader was going, if that is a page of ours, else the desk."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("admin:index")


def _page(request: HttpRequest, name: str, **told: Any) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": TITLES[name],
        "next": _destination(request),
        "is_complete": is_complete(request),
        **told,
    }
    return TemplateResponse(request, f"admin/second_factor/{name}.html", context)


TITLES = {
    "show": gettext_lazy("Second factor"),
    "enrol": gettext_lazy("Set up a second factor"),
    "codes": gettext_lazy("Recovery codes"),
    "mine": gettext_lazy("Your second factor"),
}
