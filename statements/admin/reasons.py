"""The forms that ask for words before a statement is withdrawn or sent back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from statements.models.reviews import N_NOTE_CHARACTERS

from .fields import ProseField

WIDGET = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})


class ReasonForm(forms.Form):
    """Asks for some words, whatever they are for."""

    required_css_class = "required"

    reason: forms.Field


class WithdrawalForm(ReasonForm):
    reason = ProseField(
        label=_("Reason"),
        max_length=N_NOTE_CHARACTERS,
        widget=WIDGET,
        help_text=_("Public: it stands in the statement's place for good."),
    )


class ReturningForm(ReasonForm):
    reason = ProseField(
        label=_("Note"),
        max_length=N_NOTE_CHARACTERS,
        widget=WIDGET,
        help_text=_("For the author: what to mend before it comes to review again."),
    )
