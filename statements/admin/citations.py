"""The inline of citations: where an article reports the statement, and whether it does."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.curation import check_citation
from statements.curation.checking import lock_articles
from statements.models import Citation
from statements.quoting import Check, Finding

from .desk import FIELDS
from .fields import EvidenceField
from .forms import EvidenceForm
from .formsets import OrderedFormSet
from .widgets import Autocompleting

if TYPE_CHECKING:
    AnyStackedInline = admin.StackedInline[Any, Any]
else:
    AnyStackedInline = admin.StackedInline


class CitationForm(EvidenceForm):
    """One citation; what nobody typed of its place is found when it is saved."""

    class Meta:
        help_texts = {
            "quote": _(
                "Copied from the article to the letter, without the marks around: they are looked "
                "for in its stored text when this is saved."
            ),
            "form": _(
                "Where this article renders the words otherwise than the statement says above."
            ),
            "article": _("Where it is reported. Not on file yet: the plus enters it (Alt N)."),
        }
        field_classes = dict.fromkeys(("quote", "prefix", "suffix"), EvidenceField)
        widgets = {
            "quote": AdminTextareaWidget(attrs={"rows": 3, "dir": "auto"}),
            "prefix": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "suffix": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "quote" in self.changed_data and cleaned.get("quote"):
            cleaned["quote"] = cleaned["quote"].strip()
        if self.instance.pk and {"quote", "article"} & set(self.changed_data):
            self._forget_place(cleaned)
        return cleaned

    def _forget_place(self, cleaned: dict[str, Any]) -> None:
        """Lets other words be found anew, wherever the curator did not say where they stand."""
        if "start" not in self.changed_data:
            cleaned["start"] = None
        if not {"prefix", "suffix"} & set(self.changed_data):
            cleaned["prefix"] = cleaned["suffix"] = ""


class CitationFormSet(OrderedFormSet):
    """Citations, each checked against the stored text before it is saved."""

    distinct_by = ("article_id", "start", "quote")
    findings: dict[int, Finding]

    def clean(self) -> None:
        self.findings = {}
        # The texts stay as they are between this check and the end of the saving.
        lock_articles(
            form.instance.article_id for form in self.sound_forms if form.instance.article_id
        )
        for form in self.sound_forms:
            if form.has_changed():
                form.instance.article.refresh_from_db(fields=["body"])
                finding = check_citation(form.instance, at=timezone.now())
                self.findings[id(form.instance)] = finding
        super().clean()
        if self.instance.pk and self.instance.is_published and not self.kept_forms:
            raise ValidationError(_("A published statement keeps at least one citation."))

    def told(self) -> list[tuple[int, str]]:
        """What the checks found, as levels and messages for the curator."""
        saved = {id(form.instance): form.instance for form in self.sound_forms}
        return [told(saved[of], finding) for of, finding in self.findings.items() if of in saved]


class CitationInline(Autocompleting, AnyStackedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    formfield_overrides = FIELDS
    autocomplete_fields = ("article",)
    readonly_fields = ("check_result", "checked_at")
    classes = ["citations"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("article", "locator"),
                    "quote",
                    ("check_result", "checked_at"),
                ]
            },
        ),
        (
            gettext("Place, rendering and order"),
            {
                "classes": ["collapse"],
                "fields": [("prefix", "suffix", "start"), ("form", "text_status", "position")],
            },
        ),
    ]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


def told(citation: Citation, finding: Finding) -> tuple[int, str]:
    """Says what became of a citation's words, and where in the article they stand."""
    body = citation.article.body
    facts = {
        "quote": Truncator(citation.quote).chars(60),
        "article": Truncator(citation.article.title).chars(80),
        "start": finding.start,
        "line": body.count("\n", 0, finding.start or 0) + 1,
        "written": citation.start,
    }
    if finding.check == Check.VERIFIED:
        return messages.SUCCESS, gettext(
            "Verified: “%(quote)s” stands in “%(article)s” at character %(start)s, line %(line)s."
        ) % facts
    if finding.check == Check.MOVED and citation.start is None:
        return messages.WARNING, gettext(
            "“%(quote)s” stands in “%(article)s” with other quotation marks or spaces: character "
            "%(start)s, line %(line)s. Cite the words as they stand there."
        ) % facts
    if finding.check == Check.MOVED:
        return messages.WARNING, gettext(
            "Moved: “%(quote)s” does not stand in “%(article)s” at character %(written)s as "
            "written; much the same words stand at character %(start)s, line %(line)s."
        ) % facts
    if finding.check == Check.MISSING:
        return messages.WARNING, gettext(
            "Missing: “%(quote)s” does not stand in the stored text of “%(article)s”."
        ) % facts
    if not citation.quote:
        return messages.INFO, gettext("Not checked: no words are cited from “%(article)s”.") % facts
    return messages.INFO, gettext("Not checked: no text is stored for “%(article)s”.") % facts
