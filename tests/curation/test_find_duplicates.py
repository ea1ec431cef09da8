"""The command that looks for duplicates over many."""

import io

import pytest
from django.core.management import call_command

from statements.curation import duplicates
from statements.models import OfficialLikeness, Statement, StatementLikeness
from tests.factories import make_official, make_statement

WORDS = "We are ready to work with Iran on all issues in the spirit of mutual trust."


@pytest.fixture
def twins(db):
    speaker = make_official("Jalil Abbas Jilani")
    make_official("JILANI, Jalil Abbas", identifiers={"viaf": "1"})
    make_official("Somebody", identifiers={"viaf": "1"})
    return [make_statement(WORDS, speaker=speaker) for _ in range(2)]


def find(*options):
    out = io.StringIO()
    call_command("find_duplicates", *options, stdout=out)
    return dict(line.split(": ") for line in out.getvalue().splitlines())


def test_pairs_of_both_kinds_are_found_once(twins):
    find()
    find()
    assert StatementLikeness.objects.count() == 1
    assert OfficialLikeness.objects.count() == 2


def test_only_what_is_recent_or_not_public_is_compared(twins):
    Statement.objects.update(updated_at="2020-01-01T00:00Z")
    find()
    assert not StatementLikeness.objects.exists()
    find("--all")
    assert StatementLikeness.objects.count() == 1


def test_pairs_across_batches_are_found_and_kept(twins, monkeypatch):
    monkeypatch.setattr("statements.curation.duplicates.N_AT_ONCE", 1)
    n_done = []
    duplicates.find_duplicates(Statement.objects.order_by("pk"), on_progress=n_done.append)
    pair = StatementLikeness.objects.get()
    assert {pair.first_id, pair.second_id} == {one.pk for one in twins}
    assert n_done == [1, 2]


def test_a_pair_across_batches_goes_once_it_is_no_longer_alike(twins, monkeypatch):
    monkeypatch.setattr("statements.curation.duplicates.N_AT_ONCE", 1)
    find()
    Statement.objects.filter(pk=twins[1].pk).update(text="Nothing of the kind was ever said.")
    find()
    assert not StatementLikeness.objects.exists()


def test_what_waits_is_counted(twins):
    assert find() == {"statements": "1", "officials": "2"}
