"""The form of one statement."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from statements.curation import lacks
from statements.dates import PartialDate, Qualifier, span
from statements.models import Statement
from statements.models.fields import choices
from statements.texts import FROM_THE_RIGHT, runs_from_the_right, without_outer_marks
from statements.vocabulary import Act, Form, Standing

from .fields import InstantField, LineField
from .forms import N_REASON_CHARACTERS, VersionedForm

LANGUAGE_WIDGET = AdminTextInputWidget(
    attrs={
        "class": "language",
        "placeholder": "en",
        "data-from-the-right": " ".join(FROM_THE_RIGHT),
    }
)
TEXT_OF = {"language": "text", "original_language": "original_text"}


class StatementForm(VersionedForm):
    """What was said, when, through what and about what; its parties are inlines."""

    said_at_local = InstantField(
        label=_("Time"),
        required=False,
        max_length=40,
        widget=AdminTextInputWidget(attrs={"placeholder": "2024-01-19T14:30+05:00"}),
        help_text=_("When it is known, with the offset of the place: 2024-01-19T14:30+05:00."),
    )
    acts = forms.MultipleChoiceField(
        label=_("Acts"),
        required=False,
        choices=choices(Act),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the statement does; several may apply, or none."),
    )

    public_note = LineField(
        label=_("Note to readers"),
        required=False,
        max_length=N_REASON_CHARACTERS,
        widget=AdminTextInputWidget,
        help_text=_("Public: stands in the history of the statement beside what is corrected."),
    )

    class Meta:
        help_texts = {
            "form": _(
                "Direct: the words themselves. Partly quoted: some of them. Paraphrase: another's "
                "words. Report: only the act, or that they spoke."
            ),
            "text_status": _("Whether the words are as they were said, or what was done to them."),
            "language": _("Of the words above: en, fa, pt-BR."),
            "original_text": _("The words in the language they were said in, where we have them."),
            "translator": _("Who put them into the language above, where it is known."),
            "said_on_qualifier": _(
                "“Not after” the report's day, where it does not say when; “about” for “recently”."
            ),
            "said_on_basis": _("Inferred, where the source does not name the day: say why below."),
            "undated_reason": _("Only where nothing at all is known of the day. Public."),
            "channel": _(
                "Through which the speaker spoke: a telephone call, though a press statement "
                "tells of it. That one is the relayer's."
            ),
            "channel_basis": _("Inferred, where the source does not say it: say why below."),
            "event": _("The call, meeting, letter or briefing that this was part of."),
            "event_order": _("Where it stands among what was said there: 1, 2, 3."),
            "about_events": _("What happened and is spoken about here: a strike, a summit."),
            "standing": _(
                "Of the attribution, not of the truth of what was said: was it said by this "
                "speaker?"
            ),
            "basis_note": _("Public: why the day, the channel or a party is what is chosen here."),
        }
        widgets = {
            "text": AdminTextareaWidget(attrs={"rows": 5, "dir": "auto"}),
            "original_text": AdminTextareaWidget(attrs={"rows": 4, "dir": "auto"}),
            "language": LANGUAGE_WIDGET,
            "original_language": LANGUAGE_WIDGET,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("said_at_local", self.instance.said_at_local)
        if not self.instance.is_published:
            del self.fields["public_note"]
        for language, text in TEXT_OF.items():
            if language in self.fields and runs_from_the_right(str(self[language].value() or "")):
                self.fields[text].widget.attrs["dir"] = "rtl"
        if "text" in self.fields and not self.instance.pk:
            self.fields["text"].widget.attrs["autofocus"] = True

    def clean_text(self) -> str:
        """Leaves off marks around a whole that is the speaker's own: the page sets them."""
        text: str = self.cleaned_data["text"]
        is_direct = self.data.get(self.add_prefix("form")) == Form.DIRECT
        return without_outer_marks(text) if is_direct else text

    def clean_original_text(self) -> str:
        text: str = self.cleaned_data["original_text"]
        is_direct = self.data.get(self.add_prefix("form")) == Form.DIRECT
        return without_outer_marks(text) if is_direct else text

    def clean_acts(self) -> list[str]:
        return [act for act in Act.codes() if act in self.cleaned_data["acts"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        said_at = cleaned.get("said_at_local")
        if said_at:
            self._settle_day(cleaned, said_at)
        if "said_at_local" not in self.errors:
            self.instance.say_at(said_at)
        if cleaned.get("standing") not in (None, Standing.UNDISPUTED):
            self._require_evidence(cleaned)
        if self.instance.is_published:
            self._keep_publishable(cleaned)
        return cleaned

    def _settle_day(self, cleaned: dict[str, Any], said_at: datetime) -> None:
        """Takes the day from the time where none is given, else compares the two."""
        day = said_at.date()
        if "said_on" in self.errors:
            return
        if cleaned.get("said_on") is None:
            cleaned["said_on"] = PartialDate(day.year, day.month, day.day)
            return
        try:
            days = span(
                cleaned["said_on"],
                cleaned.get("said_on_qualifier") or Qualifier.ON,
                cleaned.get("said_on_until"),
            )
        except ValueError:
            return  # the constraint on days says what is wrong
        is_about = cleaned.get("said_on_qualifier") == Qualifier.ABOUT
        if days and not (is_about or days[0] <= day <= days[1]):
            self.add_error("said_at_local", _("This time does not fall on the day given above."))

    def _require_evidence(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("standing_note") and "standing_note" not in self.errors:
            message = _("Say who disputes the attribution, since when, and where it is reported.")
            self.add_error("standing_note", message)

    def _keep_publishable(self, cleaned: dict[str, Any]) -> None:
        """Keeps a published statement from losing what it could not be published without."""
        if "said_on" in self.errors:
            return
        would_be = Statement(
            text=cleaned.get("text") or "-",
            said_on=cleaned.get("said_on"),
            undated_reason=cleaned.get("undated_reason") or "",
        )
        reasons = lacks(would_be, n_speakers=1, n_citations=1)
        if reasons:
            raise ValidationError(reasons)
