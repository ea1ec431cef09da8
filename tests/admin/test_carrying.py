"""The next statement of the same article: what its form begins with."""

import pytest

from statements.models import Statement
from tests.admin.forms import fields_of, fill

ADD = "/admin/statements/statement/add/"


@pytest.fixture
def next_form(curator, first_statement):
    def opened(**changes):
        response = fill(curator, ADD, button="_addanother", **first_statement | changes)
        assert response.status_code == 302
        return fields_of(curator.get(response["Location"]).content.decode())

    return opened


def test_it_works(next_form, story, first_statement):
    fields = next_form()
    carried = {
        "said_on": "2024-01-19",
        "said_on_basis": "inferred",
        "basis_note": "The story says “on Friday”.",
        "channel": "phone_call",
        "event": str(story["event"].pk),
        "event_order": "2",
        "language": "en",
        "parties-2-role": "relayer",
        "parties-2-organization": str(story["office"].pk),
        "parties-2-form": "mixed",
        "parties-2-channel": "press_statement",
        "citations-0-article": str(story["article"].pk),
        "text": "",
        "parties-0-official": "",
        "citations-0-quote": "",
    }
    found = {name: fields.get(name, [""])[0] for name in carried}
    assert found == carried


def test_the_third_follows_the_second_and_names_no_other(curator, first_statement):
    leads_on = {"button": "_addanother", **first_statement}
    second = fill(curator, ADD, **leads_on)["Location"]
    third = fill(curator, second, **leads_on | {"text": "Another."})["Location"]
    assert third == f"{ADD}?after={Statement.objects.latest('pk').pk}"


def test_a_relayer_taken_over_is_saved_with_the_rest(curator, next_form, story):
    fields = next_form()
    fields |= {
        "text": "The need for closer cooperation.",
        "form": "indirect",
        "parties-0-official": story["jilani"].pk,
        "citations-0-quote": "security issues",
        "_save": "1",
    }
    assert curator.post(ADD, fields).status_code == 302
    second = Statement.objects.latest("pk")
    assert [(party.role, party.name) for party in second.parties.all()] == [
        ("speaker", "Jalil Abbas Jilani"),
        ("relayer", "Foreign Office"),
    ]
    assert second.citations.get().check_result == "verified"


def test_a_range_of_days_is_taken_over_whole(next_form):
    fields = next_form(said_on_qualifier="between", said_on_until="2024-01-21")
    assert fields["said_on_qualifier"] == ["between"]
    assert fields["said_on_until"] == ["2024-01-21"]


def test_someone_unnamed_who_relays_is_taken_over(next_form):
    fields = next_form(
        **{
            "parties-2-organization": "",
            "parties-2-said_to_be": "unnamed",
            "parties-2-name_as_printed": "a diplomat",
        }
    )
    assert fields["parties-2-said_to_be"] == ["unnamed"]
    assert fields["parties-2-name_as_printed"] == ["a diplomat"]


def test_two_relayers_are_taken_over(next_form, story):
    fields = next_form(
        **{"parties-TOTAL_FORMS": 4, "parties-3-role": "relayer", "parties-3-basis": "stated",
           "parties-3-official": story["amir"].pk}
    )  # fmt: skip
    assert fields["parties-3-official"] == [str(story["amir"].pk)]


def test_reasons_stay_where_nothing_is_inferred(next_form):
    assert next_form(said_on_basis="stated")["basis_note"] == [""]


@pytest.mark.parametrize("after", ["", "x", "-1", "0", "9" * 30, "%00", "٣"])
def test_an_address_that_names_no_statement_opens_an_empty_form(curator, after):
    page = curator.get(f"{ADD}?after={after}")
    assert page.status_code in (200, 400)


def test_the_words_have_the_focus(curator):
    page = curator.get(ADD).content.decode()
    field = page.partition('name="text"')[2]
    assert "autofocus" in field[: field.index(">")]
