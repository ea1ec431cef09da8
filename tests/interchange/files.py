"""Files of the archive format for tests, and the commands that read and write them."""

import json
from io import StringIO
from typing import NamedTuple

from django.core.management import CommandError, call_command
from django.db import connection

from statements.interchange.dump import ROWS, archive_line, archive_lines

MINISTRY = {
    "type": "organization", "slug": "foreign-office", "name": "Foreign Office", "country": "pk",
}  # fmt: skip
POST = {
    "type": "post", "slug": "foreign-minister", "title": "Foreign Minister", "country": "pk",
    "organization": "foreign-office",
}  # fmt: skip
JILANI = {
    "type": "official", "slug": "jilani", "name": "Jalil Abbas Jilani", "country": "pk",
    "tenures": [{"post": "foreign-minister", "started_on": "2023-08-17", "ended_on": "2024-03"}],
}  # fmt: skip
AMIR = {"type": "official", "slug": "amir", "name": "Hossein Amir-Abdollahian", "country": "ir"}
OUTLET = {"type": "outlet", "slug": "ndtv", "name": "NDTV", "country": "in"}
ARTICLE = {
    "type": "article", "slug": "report", "outlet": "ndtv", "title": "Ministers speak",
    "body": "He said that Pakistan was ready to work with Iran on “all issues”, it was reported.",
}  # fmt: skip
TOPIC = {"type": "topic", "slug": "security", "name": "Security"}
EVENT = {"type": "event", "slug": "call", "title": "A telephone call", "countries": ["ir", "pk"]}
STATEMENT = {
    "type": "statement",
    "key": "2024-01-19-jilani-amir",
    "text": "Pakistan is ready to work with Iran on “all issues”.",
    "form": "indirect",
    "said_on": "2024-01-19",
    "channel": "phone_call",
    "event": "call",
    "topics": ["security"],
    "status": "published",
    "parties": [
        {"role": "speaker", "official": "jilani"},
        {"role": "addressee", "official": "amir"},
        {"role": "relayer", "organization": "foreign-office", "form": "mixed"},
    ],
    "citations": [{"article": "report", "quote": "all issues"}],
}
ALL = [MINISTRY, POST, JILANI, AMIR, OUTLET, ARTICLE, TOPIC, EVENT, STATEMENT]


# Each after those that refer to it.
TABLES = [
    "redirect", "link", "citation", "party", "statement_topics", "statement_about_events",
    "statement", "eventparty", "event_countries", "event", "topic", "article", "outlet", "tenure",
    "alias WHERE country_id IS NULL", "official", "post", "organization",
]  # fmt: skip


class Outcome(NamedTuple):
    """What a command said, and with which code it ended."""

    out: str
    err: str
    code: int

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def counts(self):
        return self.lines[-1]

    @property
    def refusals(self):
        """The refusals as (line, field, reason); field is empty for a whole line."""
        return [_refusal(line) for line in self.lines[:-1]]


def _refusal(line):
    _file, number, *rest = line.split(":", 2)
    field, separator, reason = rest[0].strip().partition(": ")
    if not separator or " " in field:
        return int(number), "", rest[0].strip()
    return int(number), field, reason


def write(folder, *objects, name="archive.jsonl"):
    """Writes objects, texts or bytes, one a line."""
    path = folder / name
    path.write_bytes(b"".join(_bytes(item) + b"\n" for item in objects))
    return str(path)


def _bytes(item):
    if isinstance(item, bytes):
        return item
    text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def run(name, *arguments):
    """Runs a command of the archive, and catches how it ends."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(name, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
        code = error.returncode
    return Outcome(out.getvalue(), err.getvalue(), code)


def load(folder, *objects, options=()):
    """Imports objects from a file of their own."""
    return run("import_archive", write(folder, *objects), *options)


def exported():
    return "".join(archive_lines())


def held():
    """What an export tells of all but the many countries that the migrations bring."""
    made_up = _lines("country", code__startswith="x-")
    others = (line for kind in ROWS if kind != "country" for line in _lines(kind))
    return "".join([*made_up, *others])


def emptied():
    """Leaves the archive as the migrations made it, in one go and without a TRUNCATE."""
    with connection.cursor() as cursor:
        # What was public cannot be deleted.
        cursor.execute("UPDATE statements_statement SET status = 'draft', published_at = NULL")
        for table in TABLES:
            cursor.execute(f"DELETE FROM statements_{table}")
        cursor.execute(
            "DELETE FROM statements_alias USING statements_country country"
            " WHERE country.id = country_id AND country.code LIKE 'x-%'"
        )
        cursor.execute("DELETE FROM statements_country WHERE code LIKE 'x-%'")


def told(kind, key):
    """What an export tells of one object."""
    name = {"country": "code", "statement": "key", "redirect": "from"}.get(kind, "slug")
    found = [item for item in map(json.loads, _lines(kind)) if item[name] == key]
    return found[0] if found else None


def _lines(kind, **wanted):
    rows, record = ROWS[kind]
    key = {"country": "code", "statement": "key", "redirect": "old_slug"}.get(kind, "slug")
    return [archive_line(record(row)) for row in rows.filter(**wanted).order_by(key)]
