"""What a form is told while it is filled in: its sentence, and the titles held on its day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.models import Post, Statement, Tenure
from tests.admin.forms import errors_of, fields_of, fill

ADD = "/admin/statements/statement/add/"
ASK = "/admin/statements/statement/explain/"
SENTENCE = (
    "NDTV, partly quoting a press statement of Pakistan's Foreign Office, "
    "which paraphrases Jalil Abbas Jilani."
)


@pytest.fixture
def ask(curator):
    fields = fields_of(curator.get(ADD).content.decode())

    def told(**changes):
        response = curator.post(ASK, fields | changes)
        assert response.status_code == 200
        return response.json()

    return told


def test_it_works(ask, first_statement):
    answer = ask(**first_statement)
    assert answer["sentences"] == [SENTENCE]
    assert answer["titles"]["0"] == {"told": "That day: Foreign Minister, Pakistan", "titles": []}
    assert not Statement.objects.exists()


def test_the_page_says_the_same(curator, ask, first_statement, story):
    fill(curator, ADD, button="_publish", **first_statement)
    statement = Statement.objects.get()
    html = curator.get(statement.get_absolute_url()).content.decode()
    said = html[html.index("said__chain") :].partition("</p>")[0]
    for name in ("NDTV", "Foreign Office", "Jalil Abbas Jilani"):
        assert name in said
    assert "partly quoting a press statement of" in said
    assert (
        SENTENCE.replace("'", "&#x27;")
        in curator.get(f"/admin/statements/statement/{statement.pk}/change/").content.decode()
    )


def test_each_article_has_its_sentence(ask, first_statement, story):
    other = story["article"]
    other.pk, other.slug = None, "other"
    other.save()
    first_statement |= {
        "citations-TOTAL_FORMS": 2,
        "citations-1-article": other.pk,
        "citations-1-form": "direct",
        "parties-2-article": first_statement["citations-0-article"],
    }
    assert ask(**first_statement)["sentences"] == [SENTENCE, "NDTV quotes Jalil Abbas Jilani."]


def test_without_an_article_it_is_the_article_that_tells(ask, first_statement):
    del first_statement["citations-0-article"]
    [sentence] = ask(**first_statement)["sentences"]
    assert sentence.startswith("The article, partly quoting")


@pytest.mark.parametrize("name", ["form", "parties-0-official"])
def test_a_form_that_lacks_what_it_is_made_of_makes_no_sentence(ask, first_statement, name):
    assert ask(**first_statement | {name: ""})["sentences"] == []


def test_a_party_to_be_deleted_says_nothing(ask, first_statement):
    first_statement["parties-2-DELETE"] = "on"
    assert ask(**first_statement)["sentences"] == ["NDTV paraphrases Jalil Abbas Jilani."]


def test_several_titles_are_offered(ask, first_statement, story):
    post = Post.objects.create(slug="deputy", title="Deputy", country=story["pakistan"])
    Tenure.objects.create(official=story["jilani"], post=post, started_on="2023")
    held = ask(**first_statement)["titles"]["0"]
    assert [title["text"] for title in held["titles"]] == [
        "Foreign Minister, Pakistan", "Deputy, Pakistan",
    ]  # fmt: skip
    assert held["titles"][1]["post"] == post.pk


def test_without_a_title_that_day_those_of_other_times_are_offered(ask, first_statement):
    held = ask(**first_statement | {"said_on": "2015"})["titles"]["0"]
    assert held["told"] == "No title is on file for that day. At other times:"
    assert held["titles"][0]["text"] == "Foreign Minister, Pakistan (2021–2024-05)"


def test_without_a_day_one_is_asked_for(ask, first_statement):
    assert (
        "Once the day is given" in ask(**first_statement | {"said_on": ""})["titles"]["0"]["told"]
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"said_on": "x"},
        {"said_on": "2024-02-31"},
        {"said_on_qualifier": "between"},
        {"said_on_until": "2020"},
        {"form": "x"},
        {"parties-0-official": "x"},
        {"parties-0-official": "9" * 40},
        {"parties-0-role": "x"},
        {"parties-0-said_to_be": "x"},
        {"parties-2-form": "x", "parties-2-channel": "x"},
        {"parties-TOTAL_FORMS": "x"},
        {"parties-TOTAL_FORMS": "999999999"},
        {"citations-0-article": "-1", "citations-0-form": "\x00"},
        {"parties-0-official": "", "parties-0-country": "x", "parties-0-said_to_be": "public"},
    ],
)  # fmt: skip
def test_nonsense_is_answered(ask, first_statement, changes):
    assert ask(**first_statement | changes).keys() == {"sentences", "titles"}


def test_it_costs_the_same_for_one_party_as_for_many(curator, ask, first_statement, story):
    with CaptureQueriesContext(connection) as few:
        ask(**first_statement)
    for number in range(3, 40):
        first_statement[f"parties-{number}-role"] = "subject"
        first_statement[f"parties-{number}-official"] = story["amir"].pk
    with CaptureQueriesContext(connection) as many:
        ask(**first_statement | {"parties-TOTAL_FORMS": 40})
    assert len(many) == len(few) <= 10


def test_it_is_asked_by_posting(curator):
    assert curator.get(ASK).status_code == 405


def test_whoever_may_write_nothing_is_told_nothing(curator, django_user_model):
    curator.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert curator.post(ASK).status_code == 403


def test_a_stranger_is_told_nothing(client, db):
    assert client.post(ASK)["Location"].startswith("/admin/login/")


def test_the_title_stands_in_the_form_without_scripts(curator, first_statement):
    fill(curator, ADD, **first_statement)
    page = curator.get(f"/admin/statements/statement/{Statement.objects.get().pk}/change/")
    assert "That day: Foreign Minister, Pakistan" in page.content.decode()


def test_the_title_stands_beside_a_refused_form(curator, first_statement):
    response = fill(curator, ADD, **first_statement | {"language": "English, mostly"})
    assert errors_of(response)
    assert "That day: Foreign Minister, Pakistan" in response.content.decode()


def test_a_hostile_title_stays_a_title(curator, first_statement, story):
    post = Post.objects.get(slug="foreign-minister-pk")
    post.title = "<script>x"
    post.save()
    fill(curator, ADD, **first_statement)
    page = curator.get(f"/admin/statements/statement/{Statement.objects.get().pk}/change/")
    assert "<script>x" not in page.content.decode()


def test_an_original_from_the_right_runs_so_without_scripts(curator, first_statement):
    first_statement |= {"original_text": "سلام", "original_language": "ckb-IR"}
    fill(curator, ADD, **first_statement)
    page = curator.get(f"/admin/statements/statement/{Statement.objects.get().pk}/change/")
    field = page.content.decode().partition('name="original_text"')[2]
    assert 'dir="rtl"' in field[: field.index(">")]
