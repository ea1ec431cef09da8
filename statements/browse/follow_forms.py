"""What somebody says who wants to follow a search."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from statements.models import Follower
from statements.models.fields import choices
from statements.models.following import (
    N_ADDRESS_CHARACTERS,
    N_NOTE_CHARACTERS,
    Interval,
    mailbox,
    on_one_line,
)


def refuse_unprintable(text: str) -> None:
    """Refuses what begins another line, or shows nothing: a note is one line of a mail."""
    if on_one_line(text) != text:
        raise ValidationError(_("Write it on one line, without control characters."))


class WishForm(forms.Form):
    """How often somebody wants to be written to, and a note for the mails."""

    interval = forms.ChoiceField(
        label=_("How often"),
        choices=choices(Interval),
        initial=Interval.DAILY,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        max_length=N_NOTE_CHARACTERS,
        required=False,
        validators=[refuse_unprintable],
    )


class AddressField(forms.CharField):
    """An address, spelt in one way before it is looked at."""

    def to_python(self, value: Any) -> str:
        return mailbox(super().to_python(value) or "")


class FollowForm(WishForm):
    """The same, with the address."""

    address = AddressField(
        label=_("E-mail address"),
        max_length=N_ADDRESS_CHARACTERS,
        validators=Follower._meta.get_field("address").validators,
        error_messages={"required": _("Write your address.")},
    )
