"""Topics and events."""

from django.contrib import admin

from statements.models import Event, Topic

from .actors import NamedAdmin
from .forms import SluggedForm
from .merging import Merging
from .parties import EventPartyInline


@admin.register(Topic)
class TopicAdmin(Merging, NamedAdmin):
    form = SluggedForm
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [(None, {"fields": ["name", "slug", "description"]})]


class EventForm(SluggedForm):
    named_by = "title"


@admin.register(Event)
class EventAdmin(Merging, NamedAdmin):
    form = EventForm
    list_display = ("title", "kind", "started_on", "ended_on", "place")
    list_filter = ("kind",)
    ordering = ("-pk",)
    search_fields = ("title",)
    name_columns = ("title",)
    autocomplete_fields = ("countries",)
    prepopulated_fields = {"slug": ("title",)}
    inlines = (EventPartyInline,)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("kind", "started_on", "ended_on"),
                    ("place", "countries"),
                    "url",
                    "is_seen",
                    "description",
                ]
            },
        )
    ]
