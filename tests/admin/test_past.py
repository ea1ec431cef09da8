"""An object's versions in the admin, and bringing one back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from statements.models import Authorship, LogIn, Official, Statement, written_by
from tests.factories import make_account, make_official, make_party, make_statement, make_topic

from .forms import errors_of, fill


def change(official, **fields):
    with written_by(Authorship("person", "colleague", why="As printed.")):
        Official.objects.filter(pk=official.pk).update(**fields)


def next_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('demarche.change', '', true)")


def page_of(client, row, **parameters):
    return client.get(url(row), parameters)


def url(row, page="history"):
    return reverse(f"admin:statements_{row._meta.model_name}_{page}", args=[row.pk])


def numbers(response):
    return [version.number for version, _told in response.context["versions"]]


@pytest.fixture
def reader(client, django_user_model):
    """Someone who may look at everything and change nothing."""
    user = django_user_model.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


def test_it_works(curator):
    official = make_official("Jilani")
    change(official, name="Jalil Jilani")
    page = page_of(curator, official).content.decode()
    assert "colleague" in page
    assert "As printed." in page
    assert "<ins>Jalil </ins>Jilani" in page


def test_a_version_is_restored_after_a_question(curator):
    official = make_official("Jilani")
    change(official, name="Wrong")
    number = numbers(page_of(curator, official))[1]
    asked = page_of(curator, official, restore=number)
    assert "This is what changes" in asked.content.decode()
    assert Official.objects.get(pk=official.pk).name == "Wrong"
    answer = curator.post(url(official), {"restore": number}, follow=True)
    assert Official.objects.get(pk=official.pk).name == "Jilani"
    assert "was restored" in answer.content.decode()
    assert "Restored as it was after" in page_of(curator, official).content.decode()


def test_what_was_deleted_is_found_and_restored(curator):
    official = make_official("Jilani", aliases=["J. A. Jilani"])
    next_transaction()
    url_then, pk = url(official), official.pk
    curator.post(url(official, "delete"), {"post": "yes"})
    deleted = curator.get(reverse("admin:statements_official_deleted")).content.decode()
    assert url_then in deleted
    page = curator.get(url_then)
    assert "This was deleted" in page.content.decode()
    curator.post(url_then, {"restore": numbers(page)[1]})
    assert Official.objects.get(pk=pk).aliases.get().name == "J. A. Jilani"


def test_a_statement_with_its_parts(curator):
    statement = make_statement()
    next_transaction()
    make_party(statement, "addressee", make_official("Fidan"))
    page = page_of(curator, statement).content.decode()
    assert "Party: Fidan (Addressee)" in page


def test_a_refusal_is_told(curator):
    statement = make_statement(cited=False)
    number = numbers(page_of(curator, statement))[0]
    next_transaction()
    make_party(statement, "addressee", gone := make_official("Gone"))
    with_gone = numbers(page_of(curator, statement))[0]
    next_transaction()
    statement.parties.filter(official=gone).delete()
    gone.delete()
    answer = curator.post(url(statement), {"restore": with_gone}, follow=True)
    assert "“Gone” was deleted: restore it first." in answer.content.decode()
    assert number != with_gone


def test_reasons_are_kept(curator):
    statement = make_statement()
    fill(curator, url(statement, "change"), note="New.", why="So.", public_note="A note was added.")
    page = page_of(curator, statement).content.decode()
    assert "So." in page
    assert "A note was added." in page


def test_a_draft_has_no_readers_to_tell(curator):
    draft = make_statement(status="draft")
    page = curator.get(url(draft, "change")).content.decode()
    assert 'name="why"' in page
    assert 'name="public_note"' not in page


def test_a_reason_too_long_is_refused(curator):
    official = make_official("Jilani")
    answer = fill(curator, url(official, "change"), note="New.", why="x" * 1001)
    assert "1000" in errors_of(answer)


def test_many_versions_make_pages(curator, django_assert_max_num_queries):
    official = make_official("Jilani")
    for n in range(40):
        change(official, note=f"Note {n}")
    with django_assert_max_num_queries(8):
        first = page_of(curator, official)
    second = page_of(curator, official, p=2)
    assert len(numbers(first)) == 30
    assert len(numbers(second)) == 11


def test_a_budget_for_a_statement(curator, django_assert_max_num_queries):
    statement = make_statement(topics=[make_topic()], addressee=make_official("Fidan"))
    with django_assert_max_num_queries(12):
        page_of(curator, statement)


@pytest.mark.parametrize("number", ["0", "12", "x", "-1", "9" * 5000, "٣"])
def test_a_version_that_never_was(curator, number):
    assert page_of(curator, make_official(), restore=number).status_code == 404


@pytest.mark.parametrize("pk", ["999999999", "x", "0", "9" * 30])
def test_an_object_that_never_was(curator, pk):
    answer = curator.get(reverse("admin:statements_official_history", args=[pk]))
    assert answer.status_code == 302


def test_who_only_reads_restores_nothing(reader):
    official = make_official("Jilani")
    change(official, name="Right")
    page = page_of(reader, official)
    assert page.status_code == 200
    assert "Restore…" not in page.content.decode()
    number = numbers(page)[1]
    assert reader.post(url(official), {"restore": number}).status_code == 403
    assert Official.objects.get(pk=official.pk).name == "Right"


def test_who_may_not_publish_restores_nothing_public(client, db):
    client.force_login(make_account(role="Contributor"))
    statement = make_statement(text="First.")
    next_transaction()
    Statement.objects.filter(pk=statement.pk).update(text="Second.")
    page = page_of(client, statement)
    assert page.status_code == 200
    assert "Restore…" not in page.content.decode()
    number = numbers(page)[1]
    assert page_of(client, statement, restore=number).status_code == 403
    assert client.post(url(statement), {"restore": number}).status_code == 403
    assert Statement.objects.get(pk=statement.pk).text == "Second."


def test_an_author_restores_their_draft(client, db):
    client.force_login(author := make_account(role="Contributor"))
    draft = make_statement(text="First.", status="draft", entered_by=author)
    next_transaction()
    Statement.objects.filter(pk=draft.pk).update(text="Second.")
    number = numbers(page_of(client, draft))[1]
    client.post(url(draft), {"restore": number})
    assert Statement.objects.get(pk=draft.pk).text == "First."


def test_the_question_leaves_out_what_review_decides(curator):
    draft = make_statement(status="draft", said_on="2024-01-19")
    next_transaction()
    Statement.objects.filter(pk=draft.pk).update(status="in_review", note="New.")
    number = numbers(page_of(curator, draft))[1]
    asked = page_of(curator, draft, restore=number)
    fields = [field.label for one in asked.context["differences"] for field in one.fields]
    assert fields == ["Note"]


@pytest.mark.django_db
def test_nobody_else_reads_it(client):
    assert client.get(url(make_official())).status_code == 302


def test_everything_has_a_list_of_what_was_deleted(curator):
    for name in ("country", "organization", "post", "official", "outlet", "article", "topic",
                 "event", "statement", "redirect"):  # fmt: skip
        page = curator.get(reverse(f"admin:statements_{name}_deleted"))
        assert page.status_code == 200
        assert (
            "Deleted"
            in curator.get(reverse(f"admin:statements_{name}_changelist")).content.decode()
        )
    assert Statement.objects.count() == 0


WITHOUT_HISTORY = ("upload", "rearrangement", "statementlikeness", "officiallikeness", "login")


@pytest.mark.parametrize("name", WITHOUT_HISTORY)
def test_what_keeps_no_history_has_no_page_of_it(curator, name):
    for page, arguments in (("history", [1]), ("deleted", [])):
        address = reverse(f"admin:statements_{name}_{page}", args=arguments)
        assert curator.get(address).status_code == 404


@pytest.mark.parametrize("name", WITHOUT_HISTORY)
def test_what_keeps_no_history_lists_nothing_deleted(curator, name):
    page = curator.get(reverse(f"admin:statements_{name}_changelist"))
    assert reverse(f"admin:statements_{name}_deleted") not in page.content.decode()


def test_what_keeps_no_history_opens(curator):
    row = LogIn.objects.create(username="curator", result="accepted")
    page = curator.get(url(row, "change"))
    assert page.status_code == 200
    assert url(row) not in page.content.decode()
