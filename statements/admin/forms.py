"""Forms that notice when somebody else saved first, and addresses that nobody else may take."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from statements.curation import PARTS, digest, history_of, present_state
from statements.models import Redirect

from .fields import EvidenceField, LineField, is_language_tag, one_newline

N_SLUG_CHARACTERS = 200
N_REASON_CHARACTERS = 1000

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm


class EvidenceForm(AnyModelForm):
    """A form that hands evidence back untouched when only its line ends were rewritten."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            kept = self.initial.get(name) or ""
            if isinstance(field, EvidenceField) and one_newline(kept) == cleaned.get(name):
                cleaned[name] = kept
        return cleaned


class VersionedForm(EvidenceForm):
    """A form that refuses to overwrite what was saved since it was opened."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    why = LineField(
        label=_lazy("Why"),
        required=False,
        max_length=N_REASON_CHARACTERS,
        widget=AdminTextInputWidget,
        help_text=_lazy("For curators: kept in the history with this change."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_versioned:
            self.initial["version"] = self.version_now()
        for name in {"language", "original_language"} & self.fields.keys():
            self.fields[name].validators.append(is_language_tag)

    @property
    def is_versioned(self) -> bool:
        """Whether there is a saved object, of a kind whose history is kept."""
        return bool(self.instance.pk) and type(self.instance) in PARTS

    def version_now(self) -> str:
        """Names the state of the object and of the inlines that belong to it."""
        return digest(present_state(type(self.instance), self.instance.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_versioned:
            self._refuse_overwriting(cleaned.get("version"))
        return cleaned

    def _refuse_overwriting(self, version: str | None) -> None:
        rows = type(self.instance)._default_manager.select_for_update()
        if not rows.filter(pk=self.instance.pk).values("pk"):
            raise ValidationError(_("This was deleted while you were editing it."))
        current = self.version_now()
        if version == current:
            return
        # Whoever has read the message and saves again has chosen to replace.
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("version")] = current
        self.data = renewed
        raise ValidationError(
            _(
                "%(who)s saved this while you were editing, and your changes are not saved yet. "
                "Nothing you wrote is lost: it stands below, with what was saved meanwhile in the "
                "fields that you left alone. Saving again keeps what you see here."
            ),
            params={"who": self._last_editor()},
        )

    def _last_editor(self) -> str:
        versions = history_of(type(self.instance), self.instance.pk).versions
        change = versions[0].change if versions else None
        return change.who if change else _("Someone else")


class SluggedForm(VersionedForm):
    """A form of what has an address: made of its name when left empty, and taken only once."""

    named_by = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors:
            self._settle_slug(cleaned)
        return cleaned

    def _settle_slug(self, cleaned: dict[str, Any]) -> None:
        slug = cleaned.get("slug") or self.slug_made(cleaned)
        cleaned["slug"] = slug
        if not slug:
            self.add_error("slug", _("Give an address in Latin letters, digits and hyphens."))
        elif successor := self._successor(slug):
            self.add_error(
                "slug",
                _("This address was given up for “%(slug)s”, and leads there for ever.")
                % {"slug": successor},
            )
        elif holder := self.others.filter(slug=slug).first():
            self.add_error(
                "slug",
                _("The address “%(slug)s” already exists: it is that of “%(name)s”.")
                % {"slug": slug, "name": holder},
            )

    @property
    def others(self) -> QuerySet[Any]:
        """The rows of this kind besides the one that is edited."""
        rows: QuerySet[Any] = self._meta.model._base_manager.exclude(pk=self.instance.pk)
        return rows

    def slug_made(self, cleaned: dict[str, Any]) -> str:
        """Makes the slug that an empty one stands for, which may be empty or taken."""
        return slugify(cleaned.get(self.named_by) or "")[:N_SLUG_CHARACTERS]

    def _successor(self, slug: str) -> str | None:
        """Where a slug that was given up leads, unless back to this very row."""
        own_slug = self.initial.get("slug") or ""
        kind = self._meta.model._meta.model_name
        redirects = Redirect.objects.filter(kind=kind, old_slug=slug).exclude(new_slug=own_slug)
        return redirects.values_list("new_slug", flat=True).first()
