"""The public page of what is not public: a draft as kept, and a form that is not saved."""

import pytest
from django.contrib.admin.models import LogEntry

from statements.models import Citation, Party, Statement
from tests.admin.forms import errors_of, fill

ADD = "/admin/statements/statement/add/"


@pytest.fixture
def draft(curator, first_statement):
    response = fill(curator, ADD, **first_statement)
    assert response.status_code == 302, errors_of(response)
    return Statement.objects.get()


def change(statement):
    return f"/admin/statements/statement/{statement.pk}/change/"


def preview(statement):
    return f"/admin/statements/statement/{statement.pk}/preview/"


def test_an_unsaved_form_is_shown_as_the_page_it_would_be(curator, first_statement):
    response = fill(curator, ADD, button="_preview", **first_statement)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Preview: this page is not public" in page
    assert "Jalil Abbas Jilani to Hossein Amir-Abdollahian" in page
    assert "a press statement of" in page
    assert "Whose account" in page  # which the database alone works out


def test_nothing_of_a_preview_is_kept(curator, first_statement):
    fill(curator, ADD, button="_preview", **first_statement)
    for kept in (Statement, Party, Citation, LogEntry):
        assert not kept.objects.exists()
    assert "messagelist" not in curator.get("/admin/").content.decode()


def test_changes_to_a_draft_are_shown_and_not_kept(curator, draft):
    before = Statement.objects.values().get()
    page = fill(curator, change(draft), button="_preview", text="Other words.").content.decode()
    assert "Other words." in page
    assert Statement.objects.values().get() == before


def test_a_draft_is_shown_as_it_is_kept(curator, draft):
    response = curator.get(preview(draft))
    assert "Readiness to work with Iran" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response
    assert curator.get(draft.get_absolute_url()).status_code == 404


def test_the_page_is_the_public_one_but_for_the_mark(curator, draft):
    seen = curator.get(preview(draft)).content.decode()
    fill(curator, change(draft), button="_publish")
    public = curator.get(draft.get_absolute_url()).content.decode()
    article = public[public.index('<figure class="said') : public.index("</figure>")]
    assert article in seen
    assert "Preview:" not in public


def test_a_published_page_is_never_marked_by_a_stranger(client, curator, draft):
    fill(curator, change(draft), button="_publish")
    client.logout()
    page = client.get(draft.get_absolute_url(), {"is_preview": "1"}).content.decode()
    assert "Preview:" not in page


@pytest.mark.parametrize("asked", [{"is_preview": "1"}, {"preview": "1"}, {"_preview": "1"}])
def test_no_parameter_opens_a_draft(client, draft, asked):
    assert client.get(draft.get_absolute_url(), asked).status_code == 404


def test_what_keeps_a_form_from_being_shown_is_said(curator, first_statement):
    first_statement |= {"said_on": "yesterday", "parties-0-official": ""}
    response = fill(curator, ADD, button="_preview", **first_statement)
    page = response.content.decode()
    assert "Said on: Write a day as" in page
    assert "Nothing was saved" in page
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_sees_no_draft(client, draft):
    client.logout()
    assert client.get(preview(draft))["Location"].startswith("/admin/login/")


def test_whoever_may_not_see_statements_sees_no_draft(curator, draft, django_user_model):
    curator.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert curator.get(preview(draft)).status_code == 403


def test_a_statement_that_is_none(curator):
    assert curator.get("/admin/statements/statement/99/preview/").status_code == 404


def test_a_preview_costs_what_its_page_costs(curator, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        curator.get(preview(draft))
