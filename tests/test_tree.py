"""What stands in the tree, and what must never: machines' paths, hosts of package indexes."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    "manage.py", "pyproject.toml", "archive", "statements", "templates", "static", "tests",
    "docker-compose.yml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile",
    "requirements.lock", "requirements-dev.lock", "docs", "locale", "bench", ".ci", ".gitignore",
    ".dockerignore", ".gitattributes",
}  # fmt: skip
# What is made here and belongs to nobody's clone.
MADE = {
    ".git", ".venv", "var", "node_modules", "__pycache__", ".hypothesis", ".pytest_cache",
    ".ruff_cache", ".mypy_cache", ".DS_Store",
}  # fmt: skip
LOCKS = ["requirements.lock", "requirements-dev.lock"]
BINARY = {".png", ".ico", ".woff2", ".jpg", ".gz", ".mo"}

# Put together from parts, so that this file holds nothing of what it looks for.
ADDRESS = r"\s*[=\s]\s*[\"']?https?:"
INDEX = re.compile(
    r"(?:--|PIP_|UV_)(?:extra-)?"
    + "|".join(
        name + ADDRESS for name in (r"index[-_]" + "url", r"find[-_]" + "links", "regis" + "try")
    ),
    re.IGNORECASE,
)
HOMES = "|".join(["ro" + "ot", r"home/\w+", r"Users/\w+", r"tmp/\w+"])
MACHINE = re.compile(rf"(?<![\w.$}}/-])/(?:{HOMES})/\w")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
)


def files():
    """Every file of the tree with its text, made ones and pictures left aside."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        for name in names:
            path = Path(folder) / name
            if name not in MADE and path.suffix not in BINARY and path != Path(__file__):
                yield path, path.read_text(encoding="utf-8")


def lines_with(pattern):
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in files()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_holds_only_what_was_agreed():
    assert {path.name for path in ROOT.iterdir()} - MADE - TOP == set()


def test_the_tree_is_read():
    names = {path.name for path, _ in files()}
    assert {"manage.py", "Makefile", "test_layers.py", "demonstration.jsonl"} <= names


@pytest.mark.parametrize("pattern", [INDEX, MACHINE, SECRET], ids=["index", "machine", "secret"])
def test_it_tells_nothing_of_where_it_was_made(pattern):
    assert lines_with(pattern) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_pins_by_hash_and_names_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert pinned
    assert [entry for entry in pinned if not re.match(r"[\w.\[\],-]+==\S+", entry)] == []
    assert [entry for entry in pinned if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (INDEX, "--index-" + "url https://example.org/simple", True),
        (INDEX, "PIP_INDEX_" + "URL=https://example.org/simple", True),
        (INDEX, "regis" + "try = https://example.org/", True),
        (INDEX, "--generate-hashes", False),
        (MACHINE, "reads /ro" + "ot/shared/texts", True),
        (MACHINE, 'open("/ho' + 'me/someone/file")', True),
        (MACHINE, "run/postgresql and /statements/ro" + "ot/", False),
        (MACHINE, "https://example.org/ro" + "ot/x", False),
        (SECRET, "-----BEGIN RSA PRIVATE KEY-----", True),
        (SECRET, "secret.key", False),
    ],
)
def test_the_rules_themselves(pattern, text, is_found):
    assert bool(pattern.search(text)) is is_found


def test_no_test_is_skipped_for_good_and_nothing_is_left_for_later():
    later = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error",
                                 r"mark\.x" + "fail", r"pytest\.x" + "fail"]))  # fmt: skip
    assert lines_with(later) == []
