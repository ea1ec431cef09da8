"""What every page of the curation desk has in common."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from statements.curation import RefusedError
from statements.models.addresses import WebAddressField
from statements.models.fields import PartialDateField

from .authorship import explain
from .collision import CollisionAdmin
from .fields import DayField, LineField, ProseField
from .forms import VersionedForm
from .past import HistoryPages
from .widgets import Autocompleting

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyPaginator = Paginator[Any]
    Overrides = dict[type[models.Field[Any, Any]], dict[str, Any]]
else:
    AnyModelAdmin = admin.ModelAdmin
    AnyPaginator = Paginator

logger = logging.getLogger(__name__)

N_COUNTED = 10_000
N_USERS_SHOWN = 20
N_DIGITS = 19  # of a number that PostgreSQL holds

FIELDS: "Overrides" = {
    PartialDateField: {
        "form_class": DayField,
        "widget": AdminTextInputWidget(attrs={"class": "day", "placeholder": "2024-01-19"}),
    },
    WebAddressField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
    models.SlugField: {"widget": AdminTextInputWidget},
    models.CharField: {"form_class": LineField, "widget": AdminTextInputWidget},
    models.TextField: {"form_class": ProseField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
}


class CappedPaginator(AnyPaginator):
    """Pages over at most 10,000 rows, so that no list counts a whole archive."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return int(rows.order_by().values("pk")[:N_COUNTED].count())


class DeskAdmin(Autocompleting, CollisionAdmin, HistoryPages, AnyModelAdmin):
    """A list that costs what its page costs, and a form that loses nobody's work."""

    form = VersionedForm
    formfield_overrides = FIELDS
    paginator = CappedPaginator
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css: ClassVar = {"all": ["admin-desk/desk.css"]}
        js: ClassVar = ["admin-desk/desk.js"]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers a conflict that shows only on saving with a page, not an error."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            logger.warning("%s was not saved: %s", request.path, error)
            return self._conflict(request, ())
        except RefusedError as refused:
            return self._conflict(request, refused.reasons)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuses rows that no page could have sent, which Django asks the database for."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(pk.isascii() and pk.isdigit() and len(pk) < N_DIGITS for pk in chosen):
            raise BadRequest("what is chosen is no row")
        return super().response_action(request, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Has the reasons that the form gives recorded with what it changes."""
        explain(request, form.cleaned_data)
        return super().save_form(request, form, change)

    def _conflict(self, request: HttpRequest, reasons: Iterable[str]) -> HttpResponse:
        list(messages.get_messages(request))  # what was announced before the commit did not happen
        told = {"title": _("Not saved"), "reasons": reasons}
        context = {**self.admin_site.each_context(request), **told}
        return TemplateResponse(request, "admin/conflict.html", context, status=409)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Names what still uses the objects, at a cost that their number of uses cannot raise."""
        users = [user for obj in objs for user in self.users_of(obj)]
        if users:
            return [], {}, set(), users
        return super().get_deleted_objects(objs, request)

    def users_of(self, obj: Model) -> list[str]:
        """What would lose something if the object went, the first of each kind by name."""
        users = []
        for relation in obj._meta.related_objects:
            if relation.many_to_many or relation.on_delete is models.PROTECT:
                rows = relation.related_model._base_manager.filter(**{relation.field.name: obj})
                users += _named(rows, relation.related_model)
        return users

    def for_suggesting(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Loads what `suggested` shows of each row."""
        return rows

    def suggested(self, row: Any) -> str:
        """How an autocomplete names a row to choose it by."""
        return str(row)

    def tell(self, request: HttpRequest, message: str, level: int = messages.SUCCESS) -> None:
        self.message_user(request, message, level)


def _named(rows: Any, model: type[Model]) -> list[str]:
    owner = "statement" if any(f.name == "statement" for f in model._meta.fields) else ""
    found = list(rows.select_related(*filter(None, [owner])).order_by("pk")[: N_USERS_SHOWN + 1])
    kind = capfirst(str(model._meta.verbose_name))
    names = [f"{kind}: {getattr(row, owner) if owner else row}" for row in found[:N_USERS_SHOWN]]
    if len(found) > N_USERS_SHOWN:
        names.append(_("%(kind)s: and more") % {"kind": kind})
    return list(dict.fromkeys(names))
