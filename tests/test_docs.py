"""The documents say what there is, and lead somewhere."""

import re
from pathlib import Path

import pytest

from statements.exports.formats import FORMATS
from statements.formats.readers.statement_columns import COLUMNS
from statements.formats.writers.party_table import PARTIES
from statements.formats.writers.statement_table import STATEMENTS
from statements.formats.writers.tie_table import TIES
from statements.networks import KINDS
from statements.records import (
    RECORD_TYPES,
    CitationRecord,
    LinkRecord,
    NameRecord,
    PartyRecord,
    TenureRecord,
)
from statements.search.filters import StatementFilters
from statements.search.query import OPERATORS
from statements.vocabulary import Act, Channel, Form, PartyKind, Role

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
COMMANDS = sorted(
    path.stem
    for path in (ROOT / "statements" / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
PARTS = {
    "party": PartyRecord,
    "citation": CitationRecord,
    "tenure": TenureRecord,
    "name": NameRecord,
    "link": LinkRecord,
}


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def section(text, title):
    """What stands under a heading, up to the next of its rank or higher."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,6}} |\Z)", text, re.M | re.S)
    assert found, f"there is no section {title!r}"
    return found[2]


def first_cells(text):
    """The names in code in the first column of the tables of a text."""
    cells = re.findall(r"^\| (`[^|]*?) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def fields_of(record):
    return {field.alias or name for name, field in record.model_fields.items()}


class TestSearch:
    def test_every_parameter_is_told_and_no_other(self):
        told = first_cells(section(text_of("search.md"), "Parameters"))
        assert told == set(StatementFilters.base_filters)

    def test_every_operator_is_told_and_no_other(self):
        cells = re.findall(r"^\| `(\w+):", section(text_of("search.md"), "Typed filters"), re.M)
        assert cells == list(OPERATORS)


class TestArchiveFormat:
    @pytest.mark.parametrize("kind", RECORD_TYPES)
    def test_every_field_of_a_type_is_told_and_no_other(self, kind):
        told = first_cells(section(text_of("archive-format.md"), f"`{kind}`"))
        assert told == fields_of(RECORD_TYPES[kind]) - {"type"}

    @pytest.mark.parametrize("kind", RECORD_TYPES)
    def test_what_is_required_is_told_to_be(self, kind):
        text = section(text_of("archive-format.md"), f"`{kind}`")
        told = set(re.findall(r"^\| `(\w+)` \| \*\*required", text, re.M))
        fields = RECORD_TYPES[kind].model_fields
        required = {field.alias or name for name, field in fields.items() if field.is_required()}
        assert told == required - {"type"}

    @pytest.mark.parametrize("part", PARTS)
    def test_every_field_of_a_part_is_told_and_no_other(self, part):
        told = first_cells(section(text_of("archive-format.md"), f"A {part}"))
        assert told == fields_of(PARTS[part])

    @pytest.mark.parametrize("terms", [Form, Channel, Act, Role, PartyKind])
    def test_every_code_is_told(self, terms):
        text = text_of("archive-format.md")
        assert [code for code in terms.codes() if f"`{code}`" not in text] == []


class TestTables:
    def test_every_column_is_told_and_no_other(self):
        told = re.findall(r"^\| `(\w+)` \|", section(text_of("import-tables.md"), "Columns"), re.M)
        assert told == [column.name for column in COLUMNS]

    def test_every_value_of_a_closed_list_is_told(self):
        text = section(text_of("import-tables.md"), "Columns")
        codes = {term.value for column in COLUMNS for term in column.terms or ()}
        assert [code for code in codes if f"`{code}`" not in text] == []


class TestTakingAway:
    def test_every_ending_is_told_and_no_other(self):
        told = re.findall(r"^\| `\.([\w.]+)` \|", text_of("taking-away.md"), re.M)
        assert set(told) == {listed.suffix for listed in FORMATS} | {"json", "atom"}

    @pytest.mark.parametrize(
        ("title", "table"), [("Columns of statements", STATEMENTS), ("Columns of parties", PARTIES)]
    )
    def test_every_column_is_told_and_no_other(self, title, table):
        text = section(text_of("taking-away.md"), title)
        assert re.findall(r"^\| `(\w+)` \|", text, re.M) == table.headings


class TestNetwork:
    def test_every_column_is_told_and_no_other(self):
        text = section(text_of("network.md"), "Columns of the network")
        assert re.findall(r"^\| `(\w+)` \|", text, re.M) == TIES.headings

    def test_every_kind_is_told_and_no_other(self):
        told = re.findall(r"^\| `(\w+)`", text_of("network.md").split("## What")[0], re.M)
        assert told == ["who", *KINDS]


class TestDataModel:
    def test_every_table_is_told(self):
        text = text_of("data-model.md")
        models = (ROOT / "statements" / "models").glob("*.py")
        named = {
            name
            for path in models
            for name in re.findall(r"^class (\w+)\((?:models\.Model|PartyBase)\)",
                                   path.read_text(encoding="utf-8"), re.M)
        } - {"PartyBase"}  # fmt: skip
        assert len(named) > 10
        assert [name for name in sorted(named) if name not in text] == []

    def test_there_is_a_diagram(self):
        assert "```mermaid\nerDiagram\n" in text_of("data-model.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told(command):
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert re.search(rf"\b{command}\b", told)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    broken = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(page):
    """The anchors that headings of a page have when it is shown."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
