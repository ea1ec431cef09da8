"""Two curators on one form: the second sees both versions, and decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst

from statements.curation import History, Version, digest, history_of
from statements.curation.history import State, row_of
from statements.models import Change

from .reconciling import (
    Clash,
    PartForms,
    Posted,
    Reconciled,
    Side,
    as_posted,
    reconcile_fields,
    reconcile_parts,
)

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin

OPENED = "opened_version"  # the version that the choices below were offered against
CHOICE = "settle-"  # before the name of a field: what to do with it
N_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Collision:
    """What was saved while a form was open, and how it differs from what is in the form."""

    opened: str
    changes: list[Change]
    told: Reconciled

    def _of(self, side: Side) -> list[Clash]:
        return [clash for clash in self.told.clashes if clash.side is side]

    @property
    def both(self) -> list[Clash]:
        return self._of(Side.BOTH)

    @property
    def theirs(self) -> list[Clash]:
        return self._of(Side.THEIRS)

    @property
    def mine(self) -> list[Clash]:
        return self._of(Side.MINE)


class CollisionAdmin(AnyModelAdmin):
    """Forms that bring two curators' changes together instead of losing one's."""

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Looks for what was saved meanwhile before the form is read."""
        context = dict(extra_context or {})
        if request.method == "POST" and object_id and "_saveasnew" not in request.POST:
            obj = self.get_object(request, unquote(object_id))
            if obj is not None and self.has_change_permission(request, obj):
                context["collision"] = self._meet(request, obj)
        return super()._changeform_view(request, object_id, form_url, context)  # type: ignore[misc, no-any-return]

    def _meet(self, request: HttpRequest, obj: Model) -> Collision | None:
        list(type(obj)._base_manager.select_for_update().filter(pk=obj.pk).values("pk"))
        history = history_of(type(obj), obj.pk)
        posted: Posted = {name: [*map(str, values)] for name, values in request.POST.lists()}
        told = _first(posted, "version")
        if told == digest(history.present):
            self._settle(request, obj, history, posted)
            return None
        opened = history.version_named(told)
        if opened is None or not _is_sound(posted):
            return None
        reconciled = self._reconcile(request, obj, opened, history, posted)
        _send(request, reconciled.posted)
        changes = [one.change for one in history.versions if one.number > opened.number]
        return Collision(told, [change for change in changes if change], reconciled)

    def _reconcile(
        self, request: HttpRequest, obj: Model, opened: Version, history: History, posted: Posted
    ) -> Reconciled:
        before, now = (self._form(request, obj, s) for s in (opened.after, history.present))
        settled, clashes = reconcile_fields(posted, opened=before, theirs=now)
        told = Reconciled(settled, clashes)
        for part in self._parts(request, obj, opened.after):
            if f"{part.prefix}-TOTAL_FORMS" in posted:
                reconcile_parts(told, part)
        return told

    def _settle(self, request: HttpRequest, obj: Model, history: History, posted: Posted) -> None:
        """Does as was chosen for fields that clashed: theirs, or as the form was opened."""
        chosen = {
            name.removeprefix(CHOICE): values[0]
            for name, values in posted.items()
            if name.startswith(CHOICE) and values[0] in ("theirs", "opened")
        }
        opened = history.version_named(_first(posted, OPENED)) if chosen else None
        if opened is None:
            return
        states = {"theirs": history.present, "opened": opened.after}
        sources = {side: self._all_posted(request, obj, state) for side, state in states.items()}
        for name, side in chosen.items():
            told = sources[side].get(_place(name, posted))
            if told is not None:
                posted[name] = told
        _send(request, posted)

    def _all_posted(self, request: HttpRequest, obj: Model, state: State) -> dict[Any, list[str]]:
        """The fields of a version by their place: an inline's by its row, whatever its index."""
        told: dict[Any, list[str]] = dict(as_posted(self._form(request, obj, state)))
        for part in self._parts(request, obj, state):
            for pk, form in part.opened.items():
                for name, values in as_posted(form).items():
                    told[part.prefix, pk, name] = values
        return told

    def _form(self, request: HttpRequest, obj: Model, state: State) -> Any:
        """The form as it would open on a version."""
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form_class: Any = self.get_form(request, obj, change=True, fields=fields)
        row = row_of(type(obj), obj.pk, state[type(obj)._meta.db_table, obj.pk])
        chosen = {}
        for relation in obj._meta.many_to_many:
            through = getattr(obj, relation.name).through._meta.db_table
            column = f"{relation.m2m_reverse_field_name()}_id"
            chosen[relation.name] = [
                values[column] for (table, _row), values in state.items() if table == through
            ]
        return form_class(instance=row, initial=chosen)

    def _parts(self, request: HttpRequest, obj: Model, opened: State) -> Iterator[PartForms]:
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            formset: Any = formset_class(
                instance=obj,
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            rows = {
                row: row_of(inline.model, row, values)
                for (table, row), values in opened.items()
                if table == inline.model._meta.db_table
            }
            yield PartForms(
                formset.prefix,
                capfirst(str(inline.model._meta.verbose_name)),
                {pk: _row_form(formset, row) for pk, row in rows.items()},
                {form.instance.pk: form for form in formset.initial_forms},
                formset.fk.name,
                obj.pk,
            )


def _row_form(formset: Any, row: Any) -> Any:
    form = formset.form(instance=row, prefix=f"{formset.prefix}-0")
    formset.add_fields(form, None)
    return form


def _place(name: str, posted: Posted) -> Any:
    """Where a field stands: its name, or its inline, row and name there."""
    prefix, _dash, rest = name.partition("-")
    index, _dash, field = rest.partition("-")
    pk = _first(posted, f"{prefix}-{index}-id")
    return (prefix, int(pk), field) if field and pk.isdecimal() and len(pk) < 19 else name


def _is_sound(posted: Posted) -> bool:
    """Whether the counts of rows are such as a page could have sent."""
    counts = [values[0] for name, values in posted.items() if name.endswith("-TOTAL_FORMS")]
    return all(count.isdecimal() and len(count) < 5 and int(count) <= N_ROWS for count in counts)


def _first(posted: Posted, name: str) -> str:
    return (posted.get(name) or [""])[0]


def _send(request: HttpRequest, posted: Posted) -> None:
    """Puts these fields in the place of those that came."""
    sent = QueryDict(mutable=True)
    for name, values in posted.items():
        sent.setlist(name, values)
    request.POST = sent  # type: ignore[assignment]
