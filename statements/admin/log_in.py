"""Logging in and out: throttled, and kept."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from statements.accounts import audit, throttling
from statements.accounts.origin import address_of
from statements.models.accounts import N_USERNAME_CHARACTERS
from statements.vocabulary import LogInResult

from .sessions import begin

N_PASSWORD_CHARACTERS = 4096


class LogInForm(AdminAuthenticationForm):
    """Looks at a password only while there are attempts left."""

    username = UsernameField(
        label=_("Username"),
        max_length=N_USERNAME_CHARACTERS,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    seconds_to_wait = 0

    def clean(self) -> dict[str, Any]:
        username, password = (self.cleaned_data.get(n) for n in ("username", "password"))
        if username and password and self.request:
            address = address_of(self.request)
            self.seconds_to_wait = throttling.seconds_to_wait(username, address)
        if self.seconds_to_wait:
            raise ValidationError(too_often(self.seconds_to_wait), code="too_often")
        cleaned: dict[str, Any] = super().clean()
        return cleaned


@sensitive_post_parameters("password")
@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """Asks for username and password, and answers 429 where they were wrong too often."""
    if any("\x00" in value for value in request.POST.values()):
        raise BadRequest("a form holds a NUL character")
    response = admin.site.login(request)
    if request.method != "POST":
        return response
    if not isinstance(response, TemplateResponse):
        _accept(request)
        return response
    form = (response.context_data or {})["form"]
    username = form.cleaned_data.get("username")
    if form.seconds_to_wait:
        audit.record(request, LogInResult.SLOWED, username)
        return slowed(response, form.seconds_to_wait)
    if username and form.cleaned_data.get("password"):
        audit.record(request, LogInResult.REFUSED, username)
    return response


@never_cache
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, which a form alone can ask for."""
    if request.method == "POST" and request.user.is_authenticated:
        audit.record(request, LogInResult.LOGGED_OUT, request.user.get_username())
    answer: HttpResponse = admin.site.admin_view(admin.site.logout)(request)
    return answer


def too_often(seconds: int) -> str:
    minutes = -(-seconds // 60)
    told = ngettext(
        "Too many attempts. Try again in %(n)d minute.",
        "Too many attempts. Try again in %(n)d minutes.",
        minutes,
    )
    return told % {"n": minutes}


def slowed(response: HttpResponse, seconds: int) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def _accept(request: HttpRequest) -> None:
    username = request.user.get_username()
    throttling.accepted(username, address_of(request))
    audit.record(request, LogInResult.ACCEPTED, username)
    begin(request)
