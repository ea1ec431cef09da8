"""Whoever is signed in is named in the history of what a request writes."""

from django.urls import reverse

from statements.models import Change, FormerRow, Official
from tests.factories import make_official

from .forms import fill


def test_it_works(curator):
    official = make_official("Jilani")
    fill(curator, reverse("admin:statements_official_change", args=[official.pk]), note="Known.")
    assert Official.objects.get(pk=official.pk).note == "Known."
    entry = FormerRow.objects.filter(relation="statements_official", row_id=official.pk).last()
    change = entry.change
    assert (change.kind, change.who, change.user_id) == ("person", "curator", curator.user.pk)


def test_a_request_is_one_change(curator):
    official = make_official("Jilani", aliases=["J. A. Jilani"])
    n_changes = Change.objects.count()
    url = reverse("admin:statements_official_change", args=[official.pk])
    fill(curator, url, note="Known.", **{"aliases-0-name": "Jilani J. A."})
    assert Change.objects.count() == n_changes + 1


def test_reading_writes_nothing(curator):
    official = make_official("Jilani")
    n_changes = Change.objects.count()
    curator.get(reverse("admin:statements_official_change", args=[official.pk]))
    assert Change.objects.count() == n_changes
