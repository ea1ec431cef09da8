"""What the desk points out on saving a statement, and does not refuse."""

import pytest

from statements.models import Article, Event, Statement
from tests.admin.forms import errors_of, fields_of, fill

ADD = "/admin/statements/statement/add/"


@pytest.fixture
def told(curator, first_statement):
    """Saves the first statement with these changes; returns the messages on the next page."""

    def save(button="_save", **changes):
        response = fill(curator, ADD, button=button, **first_statement | changes)
        assert response.status_code == 302, errors_of(response)
        assert Statement.objects.count() == 1
        return messages_of(curator, response)

    return save


def messages_of(curator, response):
    page = curator.get(response["Location"])
    return [(message.level_tag, str(message)) for message in page.context["messages"]]


def warnings(messages):
    return [message for level, message in messages if level == "warning"]


def test_nothing_is_pointed_out_in_a_sound_statement(told, story):
    Article.objects.update(published_on="2024-01-19")
    Event.objects.update(started_on="2024-01")
    assert warnings(told()) == []


def test_a_day_after_the_article(told, story):
    Article.objects.update(published_on="2024-01-18")
    assert warnings(told()) == [
        "The day it was said lies after the day “Pak” was published.",
    ]


@pytest.mark.parametrize("qualifier", ["about", "not_after"])
def test_a_day_that_may_lie_before_the_article(told, story, qualifier):
    Article.objects.update(published_on="2024-01-18")
    assert warnings(told(said_on_qualifier=qualifier)) == []


@pytest.mark.parametrize("day", ["2024-01-15", "2024-01-22", "2023"])
def test_a_day_outside_those_of_the_event(told, story, day):
    Event.objects.update(started_on="2024-01-16", ended_on="2024-01-21")
    assert warnings(told(said_on=day)) == [
        "The day it was said lies outside the days of “The call”.",
    ]


def test_an_official_who_speaks_to_nobody_else(told, story):
    jilani = {"parties-1-official": story["jilani"].pk}
    assert warnings(told(**jilani)) == [
        "Jalil Abbas Jilani speaks to nobody else: is the addressee right?",
    ]


def test_an_address_that_two_articles_have(told, story):
    outlet, url = story["article"].outlet, "https://example.org/report"
    Article.objects.update(url=url)
    Article.objects.create(slug="again", title="Again", outlet=outlet, url=url)
    assert warnings(told()) == ["The address of “Pak” is also that of “Again”."]


def test_publishing_with_missing_words_keeps_the_draft_and_says_so(told):
    messages = told("_publish", **{"citations-0-quote": "words that nobody wrote"})
    assert Statement.objects.get().status == "draft"
    assert any("do not stand in its stored text: correct" in one for one in warnings(messages))


def test_a_published_statement_that_comes_to_cite_missing_words_is_pointed_out(curator, told):
    told("_publish")
    statement = Statement.objects.get()
    assert statement.is_published
    url = f"/admin/statements/statement/{statement.pk}/change/"
    response = fill(curator, url, **{"citations-0-quote": "words that nobody wrote"})
    said = warnings(messages_of(curator, response))
    assert any("do not stand in its stored text: correct" in one for one in said)
    statement.refresh_from_db()
    assert statement.is_published


def test_words_with_other_quotation_marks_are_said_to_stand_at_their_character(told, story):
    body = "He said: “we are ready”. No more."
    Article.objects.update(body=body)
    said = warnings(told(**{"citations-0-quote": 'said: "we are ready"'}))
    assert len(said) == 1
    assert (
        f"with other quotation marks or spaces: character {body.index('said')}, line 1" in said[0]
    )


@pytest.mark.parametrize("name", ["note", "basis_note", "standing_note"])
def test_no_browser_cuts_what_is_pasted_but_the_desk_says_what_is_too_long(curator, story, name):
    page = curator.get(ADD).content.decode()
    field = page[page.index(f'name="{name}"') :]
    assert "maxlength" not in field[: field.index(">")]
    said = errors_of(fill(curator, ADD, **{name: "a" * 10_001}))
    assert "at most 10000 characters" in said


def test_the_next_form_carries_over_what_statements_of_one_article_share(
    curator, first_statement, story
):
    response = fill(curator, ADD, button="_addanother", **first_statement)
    fields = fields_of(curator.get(response["Location"]).content.decode())
    carried = {
        "said_on": ["2024-01-19"],
        "event": [str(story["event"].pk)],
        "channel": ["phone_call"],
        "citations-0-article": [str(story["article"].pk)],
        "citations-0-quote": [""],
    }
    assert {name: fields[name] for name in carried} == carried
    assert fields["text"] == [""]


@pytest.mark.parametrize("article", ["x", "999999999999999999999999", "-1"])
def test_an_address_that_carries_over_no_article_is_no_error(curator, story, article):
    page = curator.get(ADD, {"citations-0-article": article, "said_on": article})
    assert page.status_code == 200
    assert fields_of(page.content.decode()).get("citations-0-article", [""]) == [""]
