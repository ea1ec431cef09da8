"""The work on an upload: the preview, and the import that is compared with it."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from django.db import connection, transaction
from django.utils import timezone

from statements.models import Authorship, Upload, UploadLine, written_by
from statements.models.uploads import UploadState

from .load import IMPORT_LOCK, Notice, OnConflict, Progress, load
from .previews import Preview
from .report import Outcome, Refusal, Report
from .tables import load_table
from .uploads import TABLES, ending, is_lockable, opened

N_LINES_AT_ONCE = 2000
N_NAMED_AT_ONCE = 200
N_UNPACKED_BYTES = 1_000_000_000
N_BYTES_AT_ONCE = 1 << 20
SECONDS_BETWEEN = 0.5

PROGRESS = """
UPDATE statements_upload SET stage = %s, n_done = %s, moved_at = clock_timestamp() WHERE id = %s
"""

# What was written a moment ago the planner knows nothing of: both find each statement by its key,
# whatever is believed about the rest.
# So that nobody reviews what is their own work.
ENTERED = """
UPDATE statements_statement SET entered_by_id = %(by)s
WHERE coalesce(status, '') <> 'published' AND key = ANY(ARRAY(
    SELECT key FROM statements_uploadline
    WHERE upload_id = %(upload)s AND position >= %(first)s AND position < %(end)s
        AND kind = 'statement' AND fate = 'created'
))
"""

# Nobody else looked at what comes as published: it is the work of who confirmed.
STEPS = """
INSERT INTO statements_review (statement_id, step, by_id, at, note, is_own)
SELECT statement.id,
    CASE statement.status WHEN 'in_review' THEN 'submitted' ELSE statement.status END,
    %(by)s,
    %(at)s,
    CASE statement.status WHEN 'withdrawn' THEN statement.withdrawal_reason ELSE '' END,
    statement.status = 'published' AND statement.reviewed_by_id IS NULL AND coalesce(
        line.fate = 'created' OR %(by)s IN (statement.entered_by_id, statement.submitted_by_id),
        false
    ) AND %(by)s IS NOT NULL
FROM statements_uploadline AS line CROSS JOIN LATERAL (
    SELECT * FROM statements_statement WHERE key = line.key OFFSET 0
) AS statement
WHERE line.upload_id = %(upload)s AND line.position >= %(first)s AND line.position < %(end)s
    AND line.kind = 'statement' AND statement.status <> 'draft' AND (
        line.fate = 'created'
        OR line.fate = 'updated' AND jsonb_path_exists(line.details, '$[*] ? (@[0] == "status")')
    )
ORDER BY line.position
"""


class _Undo(Exception):
    """Takes back what was imported."""


def work_on(upload: Upload) -> bool:
    """Previews or imports an upload, as its state asks; False when somebody else does.

    All in one transaction: whatever ends it leaves the archive, and the upload, as they were. An
    error is told in the upload and raised.
    """
    try:
        with transaction.atomic():
            if not is_lockable(upload):
                return False
            upload.refresh_from_db()
            if upload.is_worked_on:
                with _progress_of(upload) as progress:
                    _work(upload, progress)
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
        worked_on = Upload.objects.filter(pk=upload.pk)
        worked_on.update(state=UploadState.FAILED, failure=failure, moved_at=timezone.now())
        raise
    return True


def _work(upload: Upload, progress: Progress) -> None:
    is_confirmed = upload.state == UploadState.APPLYING
    with connection.cursor() as cursor:
        progress("waiting", 0)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    who = upload.confirmed_by if is_confirmed else upload.by
    may = who.has_perm if who else lambda permission: False
    author = Authorship("person", who.get_username(), who.pk) if who else Authorship("person", "")
    author.explain(why=f"import of {upload.name}")
    with closing(Preview(may)) as preview, opened(upload) as file, written_by(author):
        try:
            with transaction.atomic():
                report = _load(upload, file, preview, progress, dry_run=not is_confirmed)
                if not is_confirmed:
                    raise _Undo
                if not report.is_accepted or preview.digest != upload.digest:
                    upload.is_shown_anew = True
                    raise _Undo
        except _Undo:
            progress("kept", 0)
            _show(upload, preview, report, progress)
        else:
            _finish(upload, progress)


def _load(
    upload: Upload, file: IO[bytes], preview: Preview, progress: Progress, *, dry_run: bool
) -> Report:
    options: dict[str, Any] = {
        "on_conflict": OnConflict.UPDATE,
        "dry_run": dry_run,
        "progress": progress,
    }
    try:
        if ending(upload.name) in TABLES:
            report = load_table(file, upload.name, notice=preview.note, **options)
        else:
            report = _load_archive(upload, file, preview.note, options)
    except OSError as error:
        report = Report(refusals=[Refusal(upload.name, 1, "", str(error))])
    preview.refuse_forbidden(report)
    return report


def _load_archive(
    upload: Upload, file: IO[bytes], notice: Notice, options: dict[str, Any]
) -> Report:
    """Imports a file of the archive format, and names it as it was named."""

    def note(outcome: Outcome) -> None:
        notice(replace(outcome, file=upload.name))

    with _unpacked(upload, file) as plain:
        path = f"/dev/fd/{plain.fileno()}"
        report = load([path], notice=note, **options)
        report.refusals = [
            replace(refusal, file=upload.name, reason=refusal.reason.replace(path, upload.name))
            for refusal in report.refusals
        ]
    return report


@contextmanager
def _unpacked(upload: Upload, file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself, or what is packed in it. Raises OSError when that is too much or damaged."""
    if not upload.name.lower().endswith(".gz"):
        yield file
        return
    with TemporaryFile() as plain:
        n_bytes = 0
        try:
            with gzip.open(file) as packed:
                while piece := packed.read(N_BYTES_AT_ONCE):
                    n_bytes += len(piece)
                    if n_bytes > N_UNPACKED_BYTES:
                        raise OSError(f"unpacks to more than {N_UNPACKED_BYTES // 1_000_000} MB")
                    plain.write(piece)
        except (EOFError, zlib.error) as error:
            raise OSError(f"is damaged: {error}") from error
        plain.flush()
        plain.seek(0)
        yield plain


def _show(upload: Upload, preview: Preview, report: Report, progress: Progress) -> None:
    """Keeps the lines of a preview, and what they add up to."""
    rows = UploadLine.objects.filter(upload=upload)
    rows._raw_delete(rows.db)
    lines, n_lines = preview.lines(upload, report.refusals), 0
    while batch := list(islice(lines, N_LINES_AT_ONCE)):
        UploadLine.objects.bulk_create(batch)
        n_lines += len(batch)
        progress("kept", n_lines)
    upload.n_created, upload.n_updated, upload.n_unchanged = (
        counts.total() for counts in (report.created, report.updated, report.unchanged)
    )
    upload.n_refused = report.n_refused
    upload.digest = preview.digest
    upload.state = UploadState.SHOWN
    upload.moved_at = timezone.now()
    upload.save()


def _finish(upload: Upload, progress: Progress) -> None:
    """Names who entered the statements and the steps they took, keeps the record, no content."""
    now = timezone.now()
    _name_authors(upload, now, progress)
    upload.state = UploadState.APPLIED
    upload.applied_at = upload.moved_at = now
    upload.is_shown_anew = False
    upload.save()
    upload.parts.all()._raw_delete(connection.alias)


def _name_authors(upload: Upload, at: datetime, progress: Progress) -> None:
    """Goes by small portions of lines: the history, whose plan was made for few rows and is kept,
    compares each row of a portion with each."""
    told = {"by": upload.confirmed_by_id, "at": at, "upload": upload.pk}
    n_lines = UploadLine.objects.filter(upload=upload).count()
    with connection.cursor() as cursor:
        for first in range(0, n_lines, N_NAMED_AT_ONCE):
            portion = {**told, "first": first, "end": first + N_NAMED_AT_ONCE}
            cursor.execute(ENTERED, portion)
            cursor.execute(STEPS, portion)
            progress("named", first)


@contextmanager
def _progress_of(upload: Upload) -> Iterator[Progress]:
    """Tells how far the work is, through a connection of its own: others see it at once."""
    beside = connection.copy()
    told_at = 0.0

    def progress(stage: str, n: int) -> None:
        nonlocal told_at
        if monotonic() - told_at >= SECONDS_BETWEEN:
            with beside.cursor() as cursor:
                cursor.execute(PROGRESS, [stage, n, upload.pk])
            told_at = monotonic()

    try:
        yield progress
    finally:
        beside.close()
