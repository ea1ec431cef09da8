"""Entering a statement by hand, from the empty form to the public page."""

import pytest
from django.contrib.admin.models import LogEntry

from statements.models import Statement
from tests.admin.forms import errors_of, fields_of, fill

ADD = "/admin/statements/statement/add/"


def change(statement):
    return f"/admin/statements/statement/{statement.pk}/change/"


@pytest.fixture
def statement(curator, first_statement):
    response = fill(curator, ADD, **first_statement)
    assert response.status_code == 302, errors_of(response)
    return Statement.objects.get()


def test_it_works(statement, story):
    assert statement.key == "2024-01-19-jilani-amir-abdollahian"
    assert statement.status == "draft"
    assert statement.acts == ["reassure", "offer"]
    assert list(statement.topics.all()) == [story["topic"]]
    parties = [(p.role, p.kind, p.name, p.form, p.channel) for p in statement.parties.all()]
    assert parties == [
        ("speaker", "official", "Jalil Abbas Jilani", "", ""),
        ("addressee", "official", "Hossein Amir-Abdollahian", "", ""),
        ("relayer", "organization", "Foreign Office", "mixed", "press_statement"),
    ]
    assert statement.account == "own_side"
    assert statement.basis == "inferred"


def test_the_side_is_that_of_the_post_held_on_the_day(statement):
    assert [party.country.code for party in statement.parties.all()] == ["pk", "ir", "pk"]


def test_the_citation_is_checked_and_its_place_filled_in(statement, story):
    citation = statement.citations.get()
    assert citation.check_result == "verified"
    assert citation.start == story["article"].body.index("all issues")
    assert citation.prefix.endswith('on "')
    assert citation.suffix.startswith('".')
    assert citation.checked_at is not None


def test_the_curator_is_told_where_the_words_stand(curator, first_statement):
    response = fill(curator, ADD, **first_statement)
    told = curator.get(response["Location"]).content.decode()
    assert "Verified: “all issues" in told


def test_publishing_makes_it_public(curator, statement, client):
    assert client.get(statement.get_absolute_url()).status_code == 404
    response = fill(curator, change(statement), button="_publish")
    assert response.status_code == 302
    page = curator.get(response["Location"]).content.decode()
    assert "1 statement published." in page
    assert statement.get_absolute_url() in page
    assert curator.get(statement.get_absolute_url()).status_code == 200


def test_one_button_enters_and_publishes(curator, first_statement):
    fill(curator, ADD, button="_publish", **first_statement)
    assert Statement.objects.get().is_published


def test_publishing_what_lacks_a_citation_says_so_and_keeps_the_draft(curator, first_statement):
    for name in ("citations-0-article", "citations-0-quote"):
        del first_statement[name]
    response = fill(curator, ADD, button="_publish", **first_statement)
    assert "It needs a citation" in curator.get(response["Location"]).content.decode()
    assert Statement.objects.get().status == "draft"


def test_saving_twice_the_same_changes_nothing(curator, statement):
    before = Statement.objects.filter(pk=statement.pk).values().get()
    assert fill(curator, change(statement)).status_code == 302
    assert Statement.objects.filter(pk=statement.pk).values().get() == before
    assert "No fields changed" in str(LogEntry.objects.first())


def test_the_key_of_a_draft_follows_its_day_and_its_first_speaker(curator, statement, story):
    fill(curator, change(statement), said_on="2024-01-20")
    statement.refresh_from_db()
    assert statement.key == "2024-01-20-jilani-amir-abdollahian"
    fill(
        curator,
        change(statement),
        **{"parties-0-official": "", "parties-0-country": story["iran"].pk},
    )
    statement.refresh_from_db()
    assert statement.key == "2024-01-20-iran-amir-abdollahian"


def test_the_key_of_a_draft_stays_when_other_things_change(curator, statement):
    fill(curator, change(statement), text="Other words.", channel="letter")
    statement.refresh_from_db()
    assert statement.key == "2024-01-19-jilani-amir-abdollahian"


def test_a_key_of_other_making_stays(curator, statement):
    Statement.objects.filter(pk=statement.pk).update(key="as-the-file-had-it")
    fill(curator, change(statement), said_on="2024-01-20")
    statement.refresh_from_db()
    assert statement.key == "as-the-file-had-it"


def test_a_key_made_anew_that_is_taken_gets_a_number(curator, statement, first_statement):
    fill(curator, ADD, **first_statement | {"said_on": "2024-01-20"})
    fill(curator, change(statement), said_on="2024-01-20")
    statement.refresh_from_db()
    assert statement.key == "2024-01-20-jilani-amir-abdollahian-2"


def test_the_key_is_kept_when_the_day_changes_once_it_was_public(curator, statement):
    fill(curator, change(statement), button="_publish")
    fill(curator, change(statement), said_on="2024-01-20")
    statement.refresh_from_db()
    assert (str(statement.said_on), statement.key) == (
        "2024-01-20",
        "2024-01-19-jilani-amir-abdollahian",
    )


def test_the_key_cannot_be_changed_by_a_forged_field(curator, statement):
    fill(curator, change(statement), key="another", status="published", text="Else.")
    statement.refresh_from_db()
    assert (statement.key, statement.status) == ("2024-01-19-jilani-amir-abdollahian", "draft")
    assert statement.text == "Else."


def test_saved_as_new_it_gets_a_number(curator, statement):
    response = fill(curator, change(statement), button="_saveasnew", text="The same again.")
    assert response.status_code == 302
    new = Statement.objects.exclude(pk=statement.pk).get()
    assert new.key == "2024-01-19-jilani-amir-abdollahian-2"
    assert new.parties.count() == 3
    assert new.status == "draft"


def test_a_changed_actor_takes_the_old_side_along(curator, statement, story):
    fill(curator, change(statement), **{"parties-1-official": story["jilani"].pk})
    assert statement.parties.get(role="addressee").country == story["pakistan"]


def test_a_side_that_was_chosen_stays(curator, statement, story):
    fill(curator, change(statement), **{"parties-1-country": story["pakistan"].pk})
    fill(curator, change(statement), **{"parties-1-official": story["jilani"].pk})
    assert statement.parties.get(role="addressee").country == story["pakistan"]


def test_a_country_can_speak_to_the_public(curator, first_statement, story):
    first_statement |= {
        "parties-0-official": "",
        "parties-0-country": story["iran"].pk,
        "parties-1-official": "",
        "parties-1-said_to_be": "public",
    }
    fill(curator, ADD, **first_statement)
    statement = Statement.objects.get()
    assert statement.key == "2024-01-19-iran"
    assert [party.kind for party in statement.parties.all()][:2] == ["country", "public"]


def test_someone_unnamed_can_speak_for_an_organization(curator, first_statement, story):
    first_statement |= {
        "parties-0-official": "",
        "parties-0-said_to_be": "unnamed",
        "parties-0-organization": story["office"].pk,
        "parties-0-name_as_printed": "a senior official",
    }
    fill(curator, ADD, **first_statement)
    speaker = Statement.objects.get().parties.get(role="speaker")
    assert (speaker.kind, speaker.country) == ("unnamed", story["pakistan"])


def test_a_time_keeps_its_offset_and_gives_the_day(curator, first_statement):
    first_statement |= {"said_on": "", "said_at_local": "2024-01-19T01:30+05:00"}
    fill(curator, ADD, **first_statement)
    statement = Statement.objects.get()
    assert str(statement.said_on) == "2024-01-19"
    assert statement.said_at_local.isoformat() == "2024-01-19T01:30:00+05:00"
    assert "2024-01-19T01:30+05:00" in curator.get(change(statement)).content.decode()


def test_the_offset_alone_can_be_corrected(curator, first_statement):
    first_statement["said_at_local"] = "2024-01-19T09:30Z"
    fill(curator, ADD, **first_statement)
    statement = Statement.objects.get()
    fill(curator, change(statement), said_at_local="2024-01-19T14:30+05:00")
    statement.refresh_from_db()
    assert statement.said_at_offset == 300


def test_parties_stand_in_the_order_that_their_numbers_give(curator, statement):
    fill(curator, change(statement), **{"parties-0-position": 9})
    roles = [party.role for party in statement.parties.all()]
    assert roles == ["addressee", "relayer", "speaker"]


def test_text_is_normalised_and_evidence_is_not(curator, first_statement, story):
    story["article"].body = "He said re\u0301sume\u0301 twice."
    story["article"].save()
    first_statement |= {
        "text": "re\u0301sume\u0301",
        "citations-0-quote": "re\u0301sume\u0301",
    }
    fill(curator, ADD, **first_statement)
    statement = Statement.objects.get()
    assert statement.text == "r\xe9sum\xe9"
    assert statement.citations.get().quote == "re\u0301sume\u0301"
    assert statement.citations.get().check_result == "verified"


@pytest.mark.parametrize("pasted", ["“We are ready.”", "«We are ready.»", '"We are ready."'])
def test_marks_pasted_around_direct_words_are_left_to_the_page(curator, first_statement, pasted):
    fill(curator, ADD, **first_statement | {"text": pasted, "form": "direct"})
    assert Statement.objects.get().text == "We are ready."


def test_marks_in_a_paraphrase_stay(curator, first_statement):
    fill(curator, ADD, **first_statement | {"text": "“Ready”, he “said”", "form": "indirect"})
    assert Statement.objects.get().text == "“Ready”, he “said”"


def test_quotes_over_several_lines_survive_the_form(curator, first_statement, story):
    story["article"].body = "One.\n\nTwo.\nThree."
    story["article"].save()
    first_statement["citations-0-quote"] = "One.\r\n\r\nTwo."
    fill(curator, ADD, **first_statement)
    citation = Statement.objects.get().citations.get()
    assert (citation.quote, citation.check_result) == ("One.\n\nTwo.", "verified")
    fill(curator, change(citation.statement), note="Seen.")
    citation.refresh_from_db()
    assert (citation.quote, citation.check_result) == ("One.\n\nTwo.", "verified")


def test_another_quote_is_found_anew(curator, statement, story):
    fill(curator, change(statement), **{"citations-0-quote": "underscored the need"})
    citation = statement.citations.get()
    assert citation.start == story["article"].body.index("underscored")
    assert citation.prefix.rstrip().endswith("(Jilani)")
    assert citation.check_result == "verified"


def test_a_position_that_was_typed_is_never_moved(curator, statement):
    fill(curator, change(statement), **{"citations-0-start": 3})
    citation = statement.citations.get()
    assert (citation.start, citation.check_result) == (3, "moved")


def test_the_same_words_are_cited_twice_by_position(curator, first_statement, story):
    body = story["article"].body
    first = body.index("terrorist hideouts")
    second = body.index("terrorist hideouts", first + 1)
    first_statement |= {
        "citations-TOTAL_FORMS": 2,
        "citations-0-quote": "terrorist hideouts",
        "citations-1-article": story["article"].pk,
        "citations-1-quote": "terrorist hideouts",
        "citations-1-start": second,
    }
    fill(curator, ADD, **first_statement)
    places = [citation.start for citation in Statement.objects.get().citations.all()]
    assert places == [first, second]


def test_it_can_be_linked_to_another(curator, statement, first_statement):
    first_statement |= {
        "links-TOTAL_FORMS": 1,
        "links-0-kind": "replies_to",
        "links-0-target": statement.pk,
    }
    fill(curator, ADD, **first_statement)
    link = statement.links_in.get()
    assert link.statement.key == "2024-01-19-jilani-amir-abdollahian-2"


def test_a_change_of_a_published_statement_moves_its_instant(curator, statement):
    fill(curator, change(statement), button="_publish")
    statement.refresh_from_db()
    published_at, updated_at = statement.published_at, statement.updated_at
    fill(curator, change(statement), **{"parties-0-name_as_printed": "Jilani"})
    statement.refresh_from_db()
    assert statement.updated_at > updated_at
    assert statement.published_at == published_at


def test_every_save_is_logged(curator, statement):
    fill(curator, change(statement), text="Other words.", button="_publish")
    told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert told[0].startswith("Added.")
    assert told[1] == "Changed Text."
    assert told[2] == "Published."


def test_a_key_that_cannot_be_found_is_a_page_and_no_error(curator, first_statement, monkeypatch):
    monkeypatch.setattr("statements.curation.entry.N_ATTEMPTS", 0)
    answer = fill(curator, ADD, **first_statement)
    assert answer.status_code == 409
    assert "Too many statements are being entered" in answer.content.decode()


def test_pages_of_the_desk_are_never_stored(curator, statement):
    for url in (ADD, change(statement), "/admin/"):
        assert "no-store" in curator.get(url)["Cache-Control"]


def test_a_contributor_without_the_right_to_change_sees_no_form(curator, statement, client):
    curator.user.is_superuser = False
    curator.user.save()
    assert client.get(change(statement)).status_code == 403


def test_the_form_has_no_inline_script_or_style(curator, statement):
    html = curator.get(change(statement)).content.decode()
    assert "<style" not in html
    assert ' style="' not in html
    assert ' onclick="' not in html
    assert fields_of(html)["text"] == [statement.text]
