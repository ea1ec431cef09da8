"""The sixteen statements of the founding story pass through the form as they are."""

from pathlib import Path

import pytest
from django.core.management import call_command

from statements import curation
from statements.models import Statement
from tests.admin.forms import errors_of, fields_of

DEMONSTRATION = Path(__file__).resolve().parents[2] / "statements/archives/demonstration.jsonl"
PARTY = [
    "role",
    "kind",
    "official",
    "organization",
    "post",
    "country",
    "name_as_printed",
    "basis",
    "form",
    "channel",
]
KEPT = [
    "text",
    "language",
    "form",
    "said_on",
    "said_on_qualifier",
    "said_on_basis",
    "channel",
    "channel_basis",
    "acts",
]


@pytest.fixture
def archive(db):
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)


def parties(statement):
    return list(statement.parties.values_list(*PARTY))


def citations(statement):
    return list(statement.citations.values_list("quote", "start", "check_result", "prefix"))


def row(statement):
    return Statement.objects.filter(pk=statement.pk).values().get()


def test_each_passes_through_the_form(curator, archive):
    for statement in Statement.objects.all():
        url = f"/admin/statements/statement/{statement.pk}/change/"
        opened = fields_of(curator.get(url).content.decode())
        before = (row(statement), parties(statement), citations(statement))

        answer = curator.post(url, {**opened, "_save": "1"})
        assert answer.status_code == 302, (statement.key, errors_of(answer))
        assert (row(statement), parties(statement), citations(statement)) == before

        answer = curator.post(url, {**opened, "_saveasnew": "1"})
        assert answer.status_code == 302, (statement.key, errors_of(answer))
        entered = Statement.objects.latest("pk")
        assert entered.pk != statement.pk
        assert {name: row(entered)[name] for name in KEPT} == {
            name: row(statement)[name] for name in KEPT
        }
        assert parties(entered) == parties(statement)
        assert citations(entered) == citations(statement)
        assert curation.publish(statement=entered, by=curator.user).account == statement.account
