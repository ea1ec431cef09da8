"""What the form of a statement refuses, with a word beside the field and never an error."""

import pytest

from statements.models import Statement
from tests.admin.forms import errors_of, fields_of, fill

ADD = "/admin/statements/statement/add/"


@pytest.fixture
def refuse(curator, first_statement):
    """Posts the first statement with these changes, which must be refused; returns what is said."""

    def post(**changes):
        said = errors_of(fill(curator, ADD, **first_statement | changes))
        assert not Statement.objects.exists()
        return said

    return post


@pytest.mark.parametrize("day", ["2023-02-29", "9999-99-99", "0000", "10000", "1946-3", "Friday"])
def test_a_day_that_is_none(refuse, day):
    said = refuse(said_on=day)
    assert "day" in said or "year" in said or "characters" in said or "month" in said


def test_a_second_day_before_the_first(refuse):
    said = refuse(said_on_qualifier="between", said_on_until="2024-01-01")
    assert "The second day lies before the first." in said


def test_a_second_day_without_between(refuse):
    assert "needs two days" in refuse(said_on_until="2024-02")


def test_between_without_a_second_day(refuse):
    assert "needs two days" in refuse(said_on_qualifier="between")


def test_a_reason_for_no_day_beside_a_day(refuse):
    assert "needs no reason" in refuse(undated_reason="Nobody knows.")


@pytest.mark.parametrize(
    "said_at",
    ["2024-01-19T14:30", "2024-01-19T14:30+99:00", "14:30", "2024-01-19T25:00Z", "nonsense", "+05"],
)
def test_a_time_without_sense_or_offset(refuse, said_at):
    assert refuse(said_at_local=said_at)


def test_a_time_on_another_day(refuse):
    assert "does not fall on the day" in refuse(said_at_local="2024-01-20T00:30+05:00")


def test_a_nul_character(refuse):
    assert "NUL character" in refuse(text="a\x00b")


def test_a_control_character(refuse):
    assert "control character" in refuse(text="a\x07b")


def test_a_text_over_its_length(refuse):
    assert "at most 100000 characters" in refuse(text="a" * 100_001)


def test_no_text(refuse):
    assert "required" in refuse(text="  ")


def test_an_act_that_is_unknown(refuse):
    assert "not one of the available choices" in refuse(acts=["sing"])


def test_a_language_that_is_none(refuse):
    assert "Write a language" in refuse(language="English, mostly")


def test_a_number_that_no_column_holds(refuse):
    assert "2147483647" in refuse(event_order="99999999999999999999")


def test_an_order_without_an_event(refuse):
    assert "An order needs the event" in refuse(event="")


def test_an_event_that_is_not_there(refuse):
    assert "not one of the available choices" in refuse(event="999999")


def test_an_event_that_is_no_number(refuse):
    assert "not one of the available choices" in refuse(event="x")


def test_a_disputed_standing_without_evidence(refuse):
    assert "Say who disputes" in refuse(standing="disputed")


def test_no_speaker(refuse):
    assert "needs a speaker" in refuse(**{"parties-0-role": "subject"})


def test_a_party_without_an_actor(refuse):
    assert "Name an official" in refuse(**{"parties-0-official": ""})


def test_the_public_with_a_name(refuse):
    assert "The public is no official" in refuse(**{"parties-0-said_to_be": "public"})


def test_someone_unnamed_without_words_printed(refuse):
    changes = {"parties-1-official": "", "parties-1-said_to_be": "unnamed"}
    assert "Give the words printed" in refuse(**changes)


def test_someone_unnamed_with_a_name(refuse):
    assert "cannot be a named official" in refuse(**{"parties-0-said_to_be": "unnamed"})


def test_a_relayers_form_on_a_speaker(refuse):
    assert "Only a relayer" in refuse(**{"parties-0-form": "direct"})


def test_a_relayers_article_on_a_speaker(refuse, story):
    assert "Only a relayer" in refuse(**{"parties-0-article": story["article"].pk})


def test_the_same_party_twice_in_a_role(refuse, story):
    changes = {"parties-1-role": "speaker", "parties-1-official": story["jilani"].pk}
    assert "told twice" in refuse(**changes)


def test_the_same_official_twice_under_two_spellings(refuse, story):
    changes = {
        "parties-1-role": "speaker",
        "parties-1-official": story["jilani"].pk,
        "parties-1-name_as_printed": "He",
    }
    assert "told twice" in refuse(**changes)


def test_the_same_words_cited_twice(refuse, first_statement, story):
    changes = {
        "citations-TOTAL_FORMS": 2,
        "citations-1-article": story["article"].pk,
        "citations-1-quote": first_statement["citations-0-quote"],
    }
    assert "told twice" in refuse(**changes)


def test_a_citation_without_an_article(refuse):
    assert "required" in refuse(**{"citations-0-article": ""})


def test_a_role_that_is_unknown(refuse):
    assert "not one of the available choices" in refuse(**{"parties-0-role": "bystander"})


def test_a_count_of_rows_that_is_nonsense(refuse):
    assert "ManagementForm" in refuse(**{"parties-TOTAL_FORMS": "many"})


@pytest.fixture
def kept(curator, first_statement):
    fill(curator, ADD, **first_statement)
    return Statement.objects.get()


def change(statement):
    return f"/admin/statements/statement/{statement.pk}/change/"


def test_a_link_to_itself(curator, kept):
    link = {"links-TOTAL_FORMS": 1, "links-0-kind": "denies", "links-0-target": kept.pk}
    assert "linked to itself" in errors_of(fill(curator, change(kept), **link))


def test_the_same_link_twice(curator, kept):
    other = Statement.objects.create(key="another", text="-", form="direct")
    link = {"links-TOTAL_FORMS": 2}
    for n in (0, 1):
        link |= {f"links-{n}-kind": "denies", f"links-{n}-target": other.pk}
    assert "twice" in errors_of(fill(curator, change(kept), **link))


@pytest.mark.parametrize("row", ["parties-0", "citations-0"])
def test_a_published_statement_keeps_speaker_and_citation(curator, kept, row):
    fill(curator, change(kept), button="_publish")
    said = errors_of(fill(curator, change(kept), **{f"{row}-DELETE": "on"}))
    assert "needs a speaker" in said or "keeps at least one citation" in said


def test_a_published_statement_keeps_its_day(curator, kept):
    fill(curator, change(kept), button="_publish")
    assert "It needs a day" in errors_of(fill(curator, change(kept), said_on=""))


def test_what_another_saved_meanwhile_is_not_overwritten(curator, kept):
    opened = fields_of(curator.get(change(kept)).content.decode())
    fill(curator, change(kept), text="The first to save.")
    late = {**opened, "text": "The second to save.", "_save": "1"}
    answer = curator.post(change(kept), late)
    assert "curator saved this while you were editing" in errors_of(answer)
    kept.refresh_from_db()
    assert kept.text == "The first to save."
    again = fields_of(answer.content.decode())
    assert again["text"] == ["The second to save."]
    # Whoever has read that and saves again means it.
    assert curator.post(change(kept), {**again, "_save": "1"}).status_code == 302
    kept.refresh_from_db()
    assert kept.text == "The second to save."


def test_a_change_of_a_party_alone_counts_as_a_change(curator, kept):
    opened = fields_of(curator.get(change(kept)).content.decode())
    fill(curator, change(kept), **{"parties-0-name_as_printed": "Jilani"})
    late = {**opened, "parties-0-name_as_printed": "Mr Jilani", "_save": "1"}
    assert "saved this while you were editing" in errors_of(curator.post(change(kept), late))


def test_saving_what_was_deleted_leads_back_with_a_word(curator, kept):
    opened = fields_of(curator.get(change(kept)).content.decode())
    kept.delete()
    answer = curator.post(change(kept), {**opened, "_save": "1"}, follow=True)
    assert "doesn’t exist" in answer.content.decode()


def test_a_page_of_five_megabytes_is_no_error_of_ours(curator, first_statement):
    answer = fill(curator, ADD, **first_statement | {"text": "a" * 5_000_000})
    assert answer.status_code in (200, 400, 413)
    assert not Statement.objects.exists()
