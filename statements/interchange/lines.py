"""Files -> records: every line is read, or refused with its field and reason."""

import gzip
import io
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from statements.records import RECORD_TYPES, ArchiveRecord, FieldError, Record

N_LINE_BYTES = 16 * 1024 * 1024


class Unreadable(Exception):
    """A line that is no record; `problems` are pairs of a field and a reason."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, as it was read."""

    file: str
    number: int
    text: bytes


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """Opens a file of the archive format; `-` is standard input, `.gz` is unpacked."""
    if name == "-":
        yield sys.stdin.buffer
    elif name.endswith(".gz"):
        with gzip.open(name) as stream:
            yield io.BufferedReader(stream)
    else:
        with Path(name).open("rb") as stream:
            yield stream


def lines(name: str) -> Iterator[Line]:
    """Yields the lines of a file that hold something, at constant memory.

    A line of 16 MiB or more is cut there, and `parse` refuses it. Raises OSError when the file
    cannot be read or unpacked.
    """
    label = "standard input" if name == "-" else name
    with opened(name) as stream:
        number = 0
        try:
            while text := stream.readline(N_LINE_BYTES):
                number += 1
                yield from [Line(label, number, text)] if text.strip() else []
                while text and not text.endswith(b"\n") and len(text) >= N_LINE_BYTES:
                    text = stream.readline(N_LINE_BYTES)
        except (EOFError, zlib.error) as error:
            raise OSError(f"{label} is damaged after line {number}: {error}") from error


def parse(text: bytes) -> Record | None:
    """Reads one line; None is the line that opens a file. Raises Unreadable."""
    told = _json(text)
    if not isinstance(told, dict):
        raise Unreadable(("", "is not a JSON object"))
    kind = told.get("type")
    if kind == "archive":
        _validated(ArchiveRecord, told)
        return None
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        raise Unreadable(("type", f"is not one of {', '.join(RECORD_TYPES)}"))
    record: Record = _validated(RECORD_TYPES[kind], told)
    return record


def named(text: bytes) -> tuple[str, str] | None:
    """The kind and key that even a line with faults claims, so that references to it stand."""
    try:
        told = _json(text)
        kind = told["type"]
        return kind, str(told[RECORD_TYPES[kind].key_field])
    except (Unreadable, KeyError, TypeError):
        return None


def _json(text: bytes) -> Any:
    if len(text) >= N_LINE_BYTES:
        raise Unreadable(("", "is longer than a line may be, which is 16 MiB"))
    try:
        return _DECODER.decode(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(("", f"is not UTF-8 (byte {error.start + 1})")) from error
    except json.JSONDecodeError as error:
        raise Unreadable(("", f"is not JSON: {error.msg} at column {error.colno}")) from error
    except RecursionError as error:
        raise Unreadable(("", "is nested too deeply")) from error
    except ValueError as error:
        raise Unreadable(("", f"is not JSON: {error}")) from error


def _told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name, n in times.items() if n > 1)
        raise Unreadable((twice, "stands twice in one object"))
    return told


def _no_number(name: str) -> Any:
    raise Unreadable(("", f"{name} is not a number"))


_DECODER = json.JSONDecoder(object_pairs_hook=_told_once, parse_constant=_no_number)


def _validated(kind: Any, told: dict[str, Any]) -> Any:
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        raise Unreadable(*map(problem, error.errors(include_url=False))) from error
    except RecursionError as error:
        raise Unreadable(("", "is nested too deeply")) from error


def problem(error: Any) -> tuple[str, str]:
    """A fault that pydantic found, as a field and a reason that a reader understands."""
    place = ""
    for step in error["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    if error["type"] == "extra_forbidden":
        return place, "is not a field of the archive format"
    if error["type"] == "missing":
        return place, "is required"
    if error["type"] in ("too_long", "string_too_long") and isinstance(error["input"], str):
        return place, f"is longer than {error['ctx']['max_length']:,} characters"
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, FieldError):
        return ".".join(filter(None, [place, cause.field])), str(cause)
    return place, str(cause) if isinstance(cause, ValueError) else error["msg"]
