"""The floors: everything imports downwards, and no face knows another."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    1: {
        "records", "vocabulary", "formats", "extraction", "naming", "charts", "quoting", "dates",
        "texts", "likeness", "dictionary", "meanings", "pictures", "tone", "typefaces", "design",
        "renderings", "threads",
    },
    2: {"models", "migrations"},
    3: {"search", "interchange", "curation", "contacts", "networks", "sample", "accounts",
        "attribution", "following"},
    4: {"browse", "exports", "api", "admin", "management", "templatetags"},
}  # fmt: skip
FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts}
# Beside each other on the third floor, yet allowed to look into the search.
SEARCHERS = {"contacts", "interchange", "following", "networks"}
# The one face that starts and stops what the wiring wires.
WIRED = {"management"}
NOT_PURE = {"django", "psycopg", "django_filters", "archive"}


def part_of(path, root=ROOT):
    """The part of the app that a file belongs to: its package, or its module."""
    steps = path.relative_to(root / "statements").with_suffix("").parts
    return steps[0]


def imports(source, package):
    """The full names of what a module imports, wherever in it that stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def fault(part, imported):
    """What is wrong with a part of the app importing something; None when nothing is."""
    steps = imported.split(".")
    floor = FLOOR_OF.get(part)
    if steps[0] == "tests":
        return "the app knows nothing of its tests"
    if floor == 1 and steps[0] in NOT_PURE:
        return f"floor 1 is pure Python, without {steps[0]}"
    if steps[0] == "archive" and part not in WIRED:
        return "only commands know the wiring"
    if steps[0] != "statements" or len(steps) < 2 or steps[1] == part:
        return None
    other = steps[1]
    if other not in FLOOR_OF or floor is None:
        return None
    if FLOOR_OF[other] > floor:
        return f"floor {floor} may not import floor {FLOOR_OF[other]}"
    if FLOOR_OF[other] == floor == 4:
        return f"the faces {part} and {other} do not know each other"
    if FLOOR_OF[other] == floor == 3 and not (part in SEARCHERS and other == "search"):
        return f"{part} may not import {other} beside it"
    return None


def sources():
    return sorted((ROOT / "statements").rglob("*.py"))


def faults(paths):
    for path in paths:
        package = list(path.relative_to(ROOT).parent.parts)
        for imported in imports(path.read_text(encoding="utf-8"), package):
            if wrong := fault(part_of(path), imported):
                yield f"{path.relative_to(ROOT)} imports {imported}: {wrong}"


def test_imports_run_downwards():
    assert list(faults(sources())) == []


def test_every_part_of_the_app_is_on_a_floor():
    there = {part_of(path) for path in sources()} - {"__init__", "apps"}
    assert there - FLOOR_OF.keys() == set()


def test_files_are_met():
    assert len(sources()) > 100
    assert {part_of(path) for path in sources()} >= {"records", "models", "search", "browse"}


def test_the_wiring_holds_no_domain():
    """Settings and addresses name parts of the app as text; only they are wired."""
    found = [
        f"{path.relative_to(ROOT)} imports {imported}"
        for path in sorted((ROOT / "archive").rglob("*.py"))
        for imported in imports(path.read_text(encoding="utf-8"), ["archive"])
        if imported.split(".")[:2] == ["statements", "models"]
    ]
    assert found == []


@pytest.mark.parametrize(
    ("part", "imported", "is_allowed"),
    [
        ("search", "statements.models.Statement", True),
        ("browse", "statements.search.results.StatementSearch", True),
        ("browse", "statements.records", True),
        ("models", "statements.dates.PartialDate", True),
        ("interchange", "statements.search.query", True),
        ("contacts", "statements.search.results", True),
        ("following", "statements.search.results", True),
        ("management", "archive.backups", True),
        ("browse", "django.http", True),
        ("records", "pydantic.BaseModel", True),
        ("records", "statements.texts", True),
        ("models", "statements.search.query", False),
        ("records", "statements.models.Statement", False),
        ("dates", "django.db", False),
        ("charts", "django.utils.translation", False),
        ("search", "statements.interchange.load", False),
        ("curation", "statements.search.results", False),
        ("following", "statements.interchange.public", False),
        ("interchange", "statements.curation.publish", False),
        ("browse", "statements.exports.answers", False),
        ("admin", "statements.browse.addresses", False),
        ("search", "archive.settings", False),
        ("browse", "archive.serving", False),
        ("models", "tests.factories", False),
    ],
)
def test_the_rule_itself(part, imported, is_allowed):
    assert (fault(part, imported) is None) is is_allowed


def test_imports_are_read_wherever_they_stand():
    source = (
        "import statements.search.query\n"
        "from . import paging\n"
        "from ..models import Statement\n"
        "from .words import compile_words\n"
        "def work():\n    from statements.curation import publish\n"
    )
    assert list(imports(source, ["statements", "search"])) == [
        "statements.search.query",
        "statements.search.paging",
        "statements.models.Statement",
        "statements.search.words.compile_words",
        "statements.curation.publish",
    ]
