"""The form that asks why statements are withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import ProseField


class WithdrawalForm(forms.Form):
    reason = ProseField(
        label=_("Reason"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("Public: it stands in the statement's place for good."),
    )
