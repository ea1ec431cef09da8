"""The list of statements: what a line shows, and what stands beside the lines."""

import re

import pytest

from statements.admin.statement_list import N_EXCERPT_CHARACTERS
from statements.models import Statement
from tests.factories import make_official, make_statement

LIST = "/admin/statements/statement/"


def lines_of(curator, **asked):
    return curator.get(LIST, asked).content.decode()


def filters_of(page):
    found = re.findall(r'<details data-filter-title="([^"]+)"( open)?>', page)
    return {title: bool(is_open) for title, is_open in found}


def test_it_works(curator):
    speaker = make_official("Jalil Abbas Jilani")
    make_statement("Ready to talk.", speaker=speaker, channel="speech", said_on="2024-01")
    Statement.objects.update(updated_at="2024-02-03T04:05Z")
    page = lines_of(curator)
    for told in ("Ready to talk.", "Jalil Abbas Jilani", "Speech", "January 2024", "Published"):
        assert told in page
    assert "2024-02-03 04:05" in page


def test_what_was_cut_off_ends_in_three_points(curator):
    make_statement("x" * (N_EXCERPT_CHARACTERS + 1))
    assert "x" * N_EXCERPT_CHARACTERS + "…<" in lines_of(curator)


def test_words_that_fit_are_left_as_they_are(curator):
    make_statement("Ready to talk.")
    page = lines_of(curator)
    assert "Ready to talk.<" in page
    assert "…<" not in page


@pytest.mark.django_db
def test_a_long_filter_begins_closed(curator):
    is_open = filters_of(lines_of(curator))
    assert not is_open["channel"]
    assert is_open["status"]


@pytest.mark.django_db
def test_a_long_filter_stays_open_once_it_is_used(curator):
    assert filters_of(lines_of(curator, channel__exact="speech"))["channel"]


@pytest.mark.django_db
def test_the_latest_changed_come_first_or_last(curator):
    make_statement("Older."), make_statement("Newer.")
    Statement.objects.filter(text="Older.").update(updated_at="2020-01-01T00:00Z")
    newest_first, oldest_first = lines_of(curator), lines_of(curator, o="6")
    assert newest_first.index("Newer.") < newest_first.index("Older.")
    assert oldest_first.index("Older.") < oldest_first.index("Newer.")
