"""The command that imports tables: names found, keys made, all or nothing."""

import io
import os
import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import Workbook

from statements.models import Citation, Party, Statement
from tests import factories
from tests.formats.readers.test_statements_csv import table_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors():
    article = factories.make_article(
        "Ministers speak", slug="report", url="https://example.org/report",
        outlet=factories.make_outlet("NDTV", slug="ndtv"),
        body="He spoke of “all issues” and of no others.",
    )  # fmt: skip
    return {
        "jilani": factories.make_official(slug="jilani", aliases=["Jilani, J. A."]),
        "amir": factories.make_official(
            "Hossein Amir-Abdollahian", slug="amir", country="ir", sort_name="Amir-Abdollahian"
        ),
        "office": factories.make_organization(slug="foreign-office"),
        "article": article,
    }


ROW = {
    "text": "Ready to work on “all issues”.", "form": "indirect", "said_on": "2024-01-19",
    "speaker": "Jalil Abbas Jilani", "addressee": "hossein amir-abdollahian",
    "relayer": "Foreign Office", "relayer_form": "mixed", "article": "report",
    "quote": "all issues", "status": "published",
}  # fmt: skip
KEY = "2024-01-19-jilani-amir-abdollahian"


def run(tmp_path, content, *options, name="table.csv"):
    """Runs the command; returns the lines it says, without the folder, and its exit code."""
    path = tmp_path / name
    path.write_bytes(content)
    said = io.StringIO()
    try:
        call_command("import_csv", str(path), *options, stdout=said, stderr=io.StringIO())
        code = 0
    except CommandError as error:
        code = error.returncode
    return said.getvalue().replace(f"{tmp_path}/", "").splitlines(), code


def test_it_works(tmp_path, actors):
    said, code = run(tmp_path, table_of(ROW))
    assert (said, code) == (["created 1, updated 0, unchanged 0, refused 0"], 0)
    statement = Statement.objects.get(key=KEY)
    roles = [(party.role, party.actor) for party in statement.parties.order_by("position")]
    assert roles == [
        ("speaker", actors["jilani"]), ("addressee", actors["amir"]), ("relayer", actors["office"]),
    ]  # fmt: skip
    assert Citation.objects.get().check_result == "verified"
    assert statement.is_published


def test_the_same_table_twice_changes_nothing(tmp_path, actors):
    content = table_of(ROW, ROW | {"text": "Other words."})
    assert run(tmp_path, content)[0] == ["created 2, updated 0, unchanged 0, refused 0"]
    before = list(Statement.objects.order_by("pk").values())
    assert run(tmp_path, content) == (["created 0, updated 0, unchanged 2, refused 0"], 0)
    assert list(Statement.objects.order_by("pk").values()) == before
    assert [row["key"] for row in before] == [KEY, f"{KEY}-2"]


def test_rows_in_another_order_are_the_same_rows(tmp_path, actors):
    rows = [ROW, ROW | {"text": "Other words."}]
    run(tmp_path, table_of(*rows))
    assert run(tmp_path, table_of(*reversed(rows)))[0][-1].startswith("created 0, updated 0")


def test_a_dry_run_counts_and_saves_nothing(tmp_path, actors):
    assert run(tmp_path, table_of(ROW), "--dry-run")[0] == [
        "created 1, updated 0, unchanged 0, refused 0"
    ]
    assert Statement.objects.count() == 0


def test_xlsx_is_read_alike(tmp_path, actors):
    book, kept = Workbook(), io.BytesIO()
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    book.save(kept)
    run(tmp_path, table_of(ROW))
    said, _ = run(tmp_path, kept.getvalue(), name="table.xlsx")
    assert said == ["created 0, updated 0, unchanged 1, refused 0"]


def test_standard_input_is_csv(actors):
    ended = subprocess.run(
        [sys.executable, "manage.py", "import_csv", "-", "--dry-run"],
        input=b"text;form\n", capture_output=True, check=False, env=environment(),
    )  # fmt: skip
    assert ended.stdout == b"created 0, updated 0, unchanged 0, refused 0\n"
    assert ended.returncode == 0


def environment():
    return os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}


def test_keys_that_are_given_are_kept_and_made_ones_avoid_them(tmp_path, actors):
    run(tmp_path, table_of(ROW, ROW | {"text": "Others.", "key": KEY}))
    assert Statement.objects.get(key=KEY).text == "Others."
    assert Statement.objects.get(key=f"{KEY}-2").text == ROW["text"]


def test_a_key_that_somebody_has_is_not_made_again(tmp_path, actors):
    factories.make_statement(key=f"{KEY}-7", speaker=actors["jilani"])
    run(tmp_path, table_of(ROW))
    assert Statement.objects.filter(key=f"{KEY}-8").exists()


def test_an_article_is_found_by_its_address_and_by_outlet_and_title(tmp_path, actors):
    rows = [
        ROW | {"article": "", "article_url": "https://example.org/report"},
        ROW | {"article": "", "outlet": "ndtv", "article_title": "Ministers speak", "text": "Two"},
    ]
    assert run(tmp_path, table_of(*rows))[1] == 0
    assert {citation.article for citation in Citation.objects.all()} == {actors["article"]}


def test_a_changed_row_is_refused_unless_it_is_to_update(tmp_path, actors):
    run(tmp_path, table_of(ROW))
    changed = table_of(ROW | {"channel": "letter"})
    said, code = run(tmp_path, changed)
    assert said[0] == "table.csv:2: channel: differs from what the archive holds"
    assert code == 1
    assert run(tmp_path, changed, "--on-conflict", "update")[0] == [
        "created 0, updated 1, unchanged 0, refused 0"
    ]
    assert Statement.objects.get().channel == "letter"


def test_with_update_an_empty_cell_keeps_and_a_dash_clears(tmp_path, actors):
    run(tmp_path, table_of(ROW | {"note": "A note.", "platform": "X"}))
    run(tmp_path, table_of(ROW | {"note": "", "platform": "-"}), "--on-conflict", "update")
    kept = Statement.objects.get()
    assert (kept.note, kept.platform) == ("A note.", "")


class TestRefusals:
    def refused(self, tmp_path, *rows, **cells):
        said, code = run(tmp_path, table_of(*rows, ROW | cells))
        assert code == 1
        assert Statement.objects.count() == 0
        return said

    def test_one_bad_row_of_many_stops_all(self, tmp_path, actors):
        rows = [ROW | {"text": f"Words {number}"} for number in range(600)]
        said = self.refused(tmp_path, *rows, said_on="2024-02-30")
        assert said == [
            "table.csv:602: said_on: 2024-02-30 is not a day of the calendar",
            "created 600, updated 0, unchanged 0, refused 1",
        ]

    def test_an_unknown_name_is_refused_with_those_alike(self, tmp_path, actors):
        said = self.refused(tmp_path, speaker="Jalil Jillani")
        assert "alike: official: jilani (Jalil Abbas Jilani)" in said[0]

    def test_a_name_that_two_have_is_refused_with_both(self, tmp_path, actors):
        factories.make_official(slug="another-jilani", country="ir")
        said = self.refused(tmp_path)
        assert "official: another-jilani (Jalil Abbas Jilani)" in said[0]
        assert "official: jilani (Jalil Abbas Jilani)" in said[0]

    def test_the_country_tells_two_of_a_name_apart(self, tmp_path, actors):
        factories.make_official(slug="another-jilani", country="ir")
        assert run(tmp_path, table_of(ROW | {"speaker_country": "pk"}))[1] == 0
        assert Party.objects.get(role="speaker").official == actors["jilani"]

    def test_an_alias_names_its_owner(self, tmp_path, actors):
        assert run(tmp_path, table_of(ROW | {"speaker": "JILANI, j a"}))[1] == 0

    def test_a_slug_that_was_given_up_is_refused_with_the_present_one(self, tmp_path, actors):
        actors["jilani"].slug = "jilani-jalil"
        actors["jilani"].save()
        said = self.refused(tmp_path, speaker="official: jilani")
        assert "it is “jilani-jalil” now" in said[0]

    @pytest.mark.parametrize(
        ("column", "cell", "reason"),
        [
            ("article", "nowhere", 'there is no article "nowhere"'),
            ("event", "nowhere", 'there is no event "nowhere"'),
            ("topics", "nowhere", "there is no topic “nowhere”"),
            ("speaker_post", "Emperor", "there is no post “Emperor”"),
            ("links", "denies: nowhere", 'there is no statement "nowhere"'),
            ("text", "x" * 1_000_000, "is longer than 100,000 characters"),
            ("text", "nul\x00byte" + "x" * 70_000, "holds a NUL character"),
            ("speaker", "nul\x00byte", "holds a character that no name has"),
            ("article_url", "nul\x00byte", "there is no article"),
            ("said_at", "2024-01-19T14:30", "zone"),
            ("status", "withdrawn", "withdrawal_reason"),
        ],
    )
    def test_what_is_wrong_is_told_by_column(self, tmp_path, actors, column, cell, reason):
        extra = {"article": ""} if column == "article_url" else {}
        padding = ROW | {"text": "x" * 70_000}  # beyond where a file's kind is looked at
        said = self.refused(tmp_path, padding, **{column: cell}, **extra)
        assert said[0].startswith("table.csv:3: ")
        assert reason in said[0]

    def test_the_same_row_twice_is_refused_with_the_place_of_the_first(self, tmp_path, actors):
        said = self.refused(tmp_path, ROW)
        assert said[0] == "table.csv:3: key: stands already in table.csv:2"

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"MZ\x90", "table.csv:1: is not CSV: it is a program"),
            (b"", "table.csv:1: holds nothing"),
            (b"text,form,text\nx,direct,y\n", "“text” stands twice"),
            (b"text,form,speaker\nx,direct\n", "table.csv:2: has 2 cells"),
            ("text,form\ncafé,direct\n".encode("latin-1"), "table.csv:2: text: is not UTF-8"),
            (b'text,form\nx,direct\n"x,direct\n', "table.csv:3: cannot be read on"),
        ],
    )
    def test_a_file_that_is_no_table_is_refused(self, tmp_path, actors, content, reason):
        said, code = run(tmp_path, content)
        assert reason in said[0]
        assert code == 1

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_csv", str(tmp_path / "none.csv"))


def test_two_articles_of_one_address_are_refused(tmp_path, actors):
    factories.make_article(slug="again", url="https://example.org/report")
    said, _ = run(
        tmp_path, table_of(ROW | {"article": "", "article_url": "https://example.org/report"})
    )
    assert "one of report, again" in said[0]


@pytest.mark.slow
@pytest.mark.xdist_group("transactions")
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_leaves_nothing(tmp_path, actors):
    path = tmp_path / "many.csv"
    path.write_bytes(table_of(*[ROW | {"text": f"Words {number}"} for number in range(5_000)]))
    name = connection.settings_dict["NAME"]
    waiting = [sys.executable, "-c", IMPORT_INTO_THE_TESTS, str(path), name]
    with subprocess.Popen(waiting, env=environment(), stdout=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"written\n"
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    assert Statement.objects.count() == 0
    assert list(tmp_path.iterdir()) == [path]


IMPORT_INTO_THE_TESTS = """
import sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from statements.interchange.tables import load_table
def progress(stage, n):
    if stage == "read" and n > 1000:
        print("written", flush=True)
with open(sys.argv[1], "rb") as stream:
    load_table(stream, "many.csv", progress=progress)
"""
