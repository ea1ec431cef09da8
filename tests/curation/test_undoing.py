"""Undoing a merge: as before, to the byte, or not at all."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from statements import curation
from statements.models import Alias, Citation, EventParty, Official, Statement
from tests.curation.merged import export, merge
from tests.factories import (
    make_article,
    make_citation,
    make_event,
    make_official,
    make_post,
    make_statement,
    make_tenure,
)  # fmt: skip

LONG_AGO = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)


def test_undoing_puts_back_the_same_bytes(chief, jilani, double):
    post = make_post()
    Official.objects.filter(pk=double.pk).update(note="B.", identifiers={"viaf": "3"})
    double.refresh_from_db()
    make_tenure(jilani, post, "2023", "2024")
    make_tenure(double, post, "2023", "2024")
    make_tenure(double, post, "2020-03-01", "2021", acting=True)
    Alias.objects.create(official=jilani, name="Gilani")
    make_statement(speaker=[jilani, double], relayer=double)
    make_statement(speaker=jilani, addressee=double, said_on=None)
    event = make_event()
    EventParty.objects.create(event=event, role="speaker", official=double, position=3)
    before = export()
    done = merge(jilani, double, chief, name="other", note="both")
    assert export() != before
    curation.undo(rearrangement=done, by=chief)
    assert export() == before
    done.refresh_from_db()
    assert (done.is_undone, done.undone_by) == (True, chief)


def test_undoing_a_merge_that_changed_a_text_puts_back_the_checks(chief):
    kept, absorbed = make_article(body="One two. Three."), make_article(body="One two! Another.")
    for article, quote in ((kept, "One"), (kept, "Three"), (absorbed, "One"), (absorbed, "two!")):
        make_citation(make_statement(cited=False), article, quote=quote)
    curation.check_citations(is_all=True)
    Citation.objects.update(checked_at=LONG_AGO)
    before = export()
    done = merge(kept, absorbed, chief, body="other")
    assert [c.check_result for c in Citation.objects.order_by("pk")] == [
        "verified", "missing", "verified", "verified"
    ]  # fmt: skip
    curation.undo(rearrangement=done, by=chief)
    assert export() == before


def test_a_check_made_since_is_not_taken_back_with_the_merge(chief):
    kept, absorbed = make_article(body="One two."), make_article(body="One, and another.")
    citation = make_citation(make_statement(cited=False), kept, quote="One")
    Citation.objects.update(checked_at=LONG_AGO)
    done = merge(kept, absorbed, chief, body="other")
    curation.check_citations(is_all=True)
    curation.undo(rearrangement=done, by=chief)
    assert Citation.objects.get(pk=citation.pk).checked_at > LONG_AGO


def test_what_came_since_stays_where_it_came(chief, jilani, double):
    done = merge(jilani, double, chief)
    statement = make_statement(speaker=jilani)
    curation.undo(rearrangement=done, by=chief)
    assert statement.parties.get().official == jilani


def test_an_undo_twice_is_refused(chief, jilani, double):
    done = merge(jilani, double, chief)
    curation.undo(rearrangement=done, by=chief)
    with pytest.raises(curation.RefusedError, match="undone already"):
        curation.undo(rearrangement=done, by=chief)


def test_an_undo_over_a_changed_row_is_refused_by_name(chief, jilani, double):
    statement = make_statement(speaker=double)
    done = merge(jilani, double, chief)
    statement.parties.update(official=make_official("Somebody"))
    before = export()
    with pytest.raises(curation.RefusedError) as refused:
        curation.undo(rearrangement=done, by=chief)
    assert refused.value.reasons == (f"party “{statement.key} · Speaker” has changed since.",)
    assert export() == before


def test_an_undo_under_a_later_merge_names_it(chief, jilani, double):
    make_statement(speaker=double)
    third = make_official("Third", slug="third")
    first = merge(jilani, double, chief)
    second = merge(third, jilani, chief)
    with pytest.raises(curation.RefusedError, match=r"later: Jalil Abbas Jilani \(jilani\)"):
        curation.undo(rearrangement=first, by=chief)
    curation.undo(rearrangement=second, by=chief)
    curation.undo(rearrangement=first, by=chief)
    assert Official.objects.filter(pk=double.pk).exists()


def test_an_undo_is_refused_when_the_address_was_taken_back(chief, jilani, double):
    done = merge(jilani, double, chief)
    jilani.slug = "j-a-jilani"
    jilani.save()
    with pytest.raises(curation.RefusedError, match="entered since"):
        curation.undo(rearrangement=done, by=chief)
    assert not Official.objects.filter(pk=double.pk).exists()


def test_an_undo_outlives_an_edit_of_what_moved_with_it(chief, jilani, double):
    statement = make_statement(speaker=double)
    done = merge(jilani, double, chief)
    Statement.objects.filter(pk=statement.pk).update(text="Other words.")
    edited = Statement.objects.get(pk=statement.pk)
    curation.undo(rearrangement=done, by=chief)
    after = Statement.objects.get(pk=statement.pk)
    assert after.parties.get().official == double
    assert after.updated_at > edited.updated_at


def test_who_may_not_merge_may_not_undo(chief, novice, jilani, double):
    done = merge(jilani, double, chief)
    novice.user_permissions.add(Permission.objects.get(codename="change_official"))
    with pytest.raises(PermissionDenied):
        curation.undo(rearrangement=done, by=novice)
