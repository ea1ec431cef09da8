"""Files that are handed in: kept, previewed, confirmed, and imported as previewed or not at all.

The file is in the database, where every web server and every process that works on it finds it.
Who works on one holds an advisory lock of its transaction, so that one who was killed is known by
the lock that is no longer held.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import connection, transaction
from django.utils import timezone

from statements.models import Upload, UploadLine, UploadPart
from statements.models.uploads import WORKED_ON, UploadState

N_BYTES = 200_000_000
N_PART_BYTES = 1 << 20
N_NAME_CHARACTERS = 200
UPLOAD_LOCK = 0x75706C64  # with the number of the upload: who works on it
SECONDS_TO_START = 20
DAYS_KEPT = 30

TABLES = (".csv", ".xlsx")
ARCHIVES = (".jsonl", ".jsonl.gz")
ENDINGS = (*TABLES, *ARCHIVES)

ALIVE = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid = %s::oid AND objid = %s::oid
)
"""


def ending(name: str) -> str:
    """Returns which of the accepted endings a name has; "" for none."""
    return next((end for end in ENDINGS if name.lower().endswith(end)), "")


@transaction.atomic
def keep(*, content: Iterable[bytes], name: str, by: Any) -> Upload:
    """Stores a file, a megabyte at a time, to be previewed; removes those that waited too long."""
    discard_stale()
    upload = Upload.objects.create(name=_base_name(name), n_bytes=0, sha256="", by=by)
    digest, n_bytes = hashlib.sha256(), 0
    for position, piece in enumerate(_pieces(content)):
        digest.update(piece)
        n_bytes += len(piece)
        UploadPart.objects.create(upload=upload, position=position, content=piece)
    upload.n_bytes, upload.sha256 = n_bytes, digest.hexdigest()
    upload.save(update_fields=["n_bytes", "sha256"])
    return upload


def _base_name(name: str) -> str:
    """The name without folders and without what is not printed; its end stays."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(filter(str.isprintable, last))[-N_NAME_CHARACTERS:] or "-"


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in content:
        held += piece
        while len(held) >= N_PART_BYTES:
            yield bytes(held[:N_PART_BYTES])
            del held[:N_PART_BYTES]
    if held:
        yield bytes(held)


@contextmanager
def opened(upload: Upload) -> Iterator[IO[bytes]]:
    """Writes the file into a temporary one without a name, which no end leaves behind."""
    with TemporaryFile() as file:
        for position in range(upload.parts.count()):
            file.write(upload.parts.get(position=position).content)
        file.seek(0)
        yield file


# --- Where it stands -----------------------------------------------------------------------------


def is_alive(upload: Upload) -> bool:
    """Whether somebody works on it, or has only just been sent to."""
    if timezone.now() - upload.moved_at < timedelta(seconds=SECONDS_TO_START):
        return True
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [UPLOAD_LOCK, _number(upload)])
        return bool(cursor.fetchone()[0])


def is_lockable(upload: Upload) -> bool:
    """Takes the upload for this transaction, unless another one works on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [UPLOAD_LOCK, _number(upload)])
        return bool(cursor.fetchone()[0])


def _number(upload: Upload) -> int:
    return int(upload.pk) % 2**31


def imported_before(upload: Upload) -> Upload | None:
    """The last import of the very same content."""
    same = Upload.objects.filter(sha256=upload.sha256, state=UploadState.APPLIED)
    return same.exclude(pk=upload.pk).select_related("by").order_by("-pk").first()


# --- What is decided about it --------------------------------------------------------------------


def confirm(*, upload: Upload, digest: str, by: Any) -> bool:
    """Has a preview imported; False when it is not, or no longer, the one that was seen."""
    shown = Upload.objects.filter(pk=upload.pk, state=UploadState.SHOWN, n_refused=0, digest=digest)
    return _moved(shown, state=UploadState.APPLYING, confirmed_by=by)


def read_again(*, upload: Upload) -> bool:
    """Has a file previewed anew when nobody works on it any more."""
    if upload.state == UploadState.APPLIED or (upload.is_worked_on and is_alive(upload)):
        return False
    waiting = Upload.objects.filter(pk=upload.pk, state=upload.state, moved_at=upload.moved_at)
    return _moved(waiting, state=UploadState.READING, failure="")


def _moved(uploads: Any, **columns: Any) -> bool:
    at: datetime = timezone.now()
    return bool(uploads.update(**columns, stage="", n_done=0, moved_at=at))


@transaction.atomic
def discard(*, upload: Upload) -> None:
    """Removes an upload that was not imported, its content and its lines."""
    for model in (UploadPart, UploadLine):
        rows = model._default_manager.filter(upload=upload)
        rows._raw_delete(rows.db)
    upload.delete()


def discard_stale() -> None:
    """Removes what was handed in long ago and never imported."""
    before = timezone.now() - timedelta(days=DAYS_KEPT)
    stale = Upload.objects.filter(uploaded_at__lt=before).exclude(
        state__in=[UploadState.APPLIED, *WORKED_ON]
    )
    for upload in stale:
        discard(upload=upload)
