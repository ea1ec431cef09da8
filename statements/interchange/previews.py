"""What an import does, line by line, as a curator is shown it before it is done."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings

from statements.models import Upload, UploadLine
from statements.models.uploads import LineFate
from statements.vocabulary import Status

from .report import Fate, Outcome, Refusal, Report

N_LINES_AT_ONCE = 2000
N_TITLE_CHARACTERS = 200
N_VALUE_CHARACTERS = 4000
PUBLISH, WITHDRAW, REVIEW = (
    f"statements.{act}_statement" for act in ("publish", "withdraw", "review")
)

May = Callable[[str], bool]


class Preview:
    """Gathers what becomes of each line; the lines wait in a file without a name.

    `may` tells what the one who imports is permitted to do, by the name of the permission.
    """

    def __init__(self, may: May) -> None:
        self._may = may
        self._spool: IO[bytes] = TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._places: list[tuple[int, int]] = []
        self._digest = hashlib.sha256()
        self._forbidden: list[Refusal] = []

    def close(self) -> None:
        """Gives up the temporary file."""
        self._spool.close()

    def note(self, outcome: Outcome) -> None:
        """Takes in what becomes of one object."""
        self._forbidden += self._not_permitted(outcome)
        told, differences = outcome.told, _differences(outcome)
        whole = _json(told) if outcome.fate == Fate.CREATED else None
        line = {
            "number": outcome.line,
            "fate": outcome.fate.value,
            "kind": told.type,
            "key": told.identity[1],
            "title": _title(told),
            "details": [[name, _shown(a), _shown(b)] for name, a, b in differences],
        }
        self._digest.update(json.dumps([line, whole, differences], sort_keys=True).encode())
        self._places.append((outcome.line, self._spool.tell()))
        self._spool.write(json.dumps(line).encode() + b"\n")

    def refuse_forbidden(self, report: Report) -> None:
        """Adds to the refusals what the one who imports may not do."""
        report.refusals += self._forbidden

    @property
    def digest(self) -> str:
        """Tells one preview from every other that would do anything else."""
        return self._digest.hexdigest()

    def lines(self, upload: Upload, refusals: Iterable[Refusal]) -> Iterator[UploadLine]:
        """Yields the lines in the order of the file; one that is refused does nothing else."""
        refused = defaultdict(list)
        for refusal in refusals:
            refused[refusal.line].append([refusal.field, refusal.reason])
        places = [(number, place) for number, place in self._places if number not in refused]
        places += [(number, -1) for number in refused]
        for position, (number, place) in enumerate(sorted(places)):
            line = UploadLine(upload=upload, position=position, number=number)
            told = {"fate": LineFate.REFUSED.value, "details": refused[number]}
            for name, value in (self._at(place) if place >= 0 else told).items():
                setattr(line, name, value)
            yield line

    def _at(self, place: int) -> dict[str, Any]:
        self._spool.seek(place)
        told: dict[str, Any] = json.loads(self._spool.readline())
        return told

    def _not_permitted(self, outcome: Outcome) -> Iterator[Refusal]:
        """What somebody else would have to do."""
        kind = outcome.told.type
        verb = {Fate.CREATED: "add", Fate.UPDATED: "change"}.get(outcome.fate)
        if verb and not self._may(f"statements.{verb}_{kind}"):
            reason = f"you may not {verb} this: {kind}"
            yield Refusal(outcome.file, outcome.line, "", reason)
        if kind == "statement" and verb:
            for permission, reason in _steps(outcome):
                if permission is None or not self._may(permission):
                    yield Refusal(outcome.file, outcome.line, "status", reason)


def _steps(outcome: Outcome) -> Iterator[tuple[str | None, str]]:
    """The permissions that a change of status, or of what has one, takes; None is given nobody."""
    before = outcome.present.status if outcome.present else None
    is_moved = before is None or "status" in outcome.fields
    after = outcome.told.status if is_moved else before
    if Status.PUBLISHED in (before, after):
        yield PUBLISH, "you may not publish, nor change what is public"
    if Status.WITHDRAWN in (before, after):
        yield WITHDRAW, "you may not withdraw, nor change what is withdrawn"
    if before in (Status.DRAFT, Status.IN_REVIEW):
        yield REVIEW, "you may not change what others have entered"
    if after == Status.PUBLISHED and is_moved and settings.REQUIRE_REVIEW:
        yield None, "has to be reviewed by somebody else first: import it as in_review"


def _differences(outcome: Outcome) -> list[tuple[str, Any, Any]]:
    """Each field that changes, as it is and as it will be."""
    if not outcome.fields:
        return []
    before, after = (_json(record, outcome.fields) for record in (outcome.present, outcome.told))
    return [(name, before[name], after[name]) for name in outcome.fields]


def _json(record: Any, fields: Iterable[str] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = record.model_dump(
        mode="json", include=set(fields) if fields else None, warnings=False
    )
    return told


def _title(record: Any) -> str:
    """What one recognises an object by, beside its key."""
    for name in ("text", "name", "title", "to"):
        if told := getattr(record, name, None):
            return str(told)[:N_TITLE_CHARACTERS]
    return ""


def _shown(value: Any) -> str:
    """A value in words, cut where it is long: parts in lines, without what they leave empty."""
    if value is None:
        return ""
    if isinstance(value, list):
        parts = "\n" if any(isinstance(part, dict) for part in value) else "; "
        return parts.join(map(_shown, value))[:N_VALUE_CHARACTERS]
    if isinstance(value, dict):
        told = {name: part for name, part in value.items() if part not in (None, "", "stated")}
        if told.get("kind") in told:  # the actor tells its kind
            del told["kind"]
        return ", ".join(f"{name}: {_shown(part)}" for name, part in told.items())
    text = str(value)
    return text if len(text) <= N_VALUE_CHARACTERS else f"{text[:N_VALUE_CHARACTERS]}…"
