"""Keeps the translations in step with the words of the interface: `python -m tests.translations`.

With `--write` it updates the catalogues (.po) and compiles them (.mo); without, it says what is
wrong with them. Everything is read by Python alone: gettext's programs need not be there.
"""

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
PROGRAMS = ("archive", "statements")
MARKED = [
    f"{kind}{lazy}" for kind in ("gettext", "ngettext", "pgettext", "npgettext")
    for lazy in ("", "_lazy")
] + ["gettext_noop", "_"]  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{[a-z_]*}")
# As Django's own catalogues have them: of two rules for one language the second would win.
PLURALS = {"fa": "nplurals=2; plural=(n > 1);"}
Strings = str | tuple[str, ...]
Id = tuple[Strings, str | None]
Told = tuple[int, Strings, list[str], str | None]  # line, words, notes, context


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


@cache
def marked() -> Catalog:
    """The words that programs and templates mark for translation, each with its places."""
    found = Catalog()
    for path, source in _sources():
        place = str(path.relative_to(ROOT))
        for line, words, comments, context in _messages(source):
            found.add(words, None, [(place, line)], auto_comments=comments, context=context)
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    programs = (path for name in PROGRAMS for path in (ROOT / name).rglob("*.py"))
    for path in sorted(programs):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        # Within brackets Python does not mind how lines are indented.
        yield path, f"({templatize(path.read_text(encoding='utf-8'))}\n)"


def _messages(
    source: str,
) -> Iterator[Told]:
    file = io.BytesIO(source.encode())
    for line, name, told, comments in extract_python(file, MARKED, [], {"encoding": "utf-8"}):
        words = [told] if isinstance(told, str) else list(told or ())
        context = words.pop(0) if words and "pgettext" in name else None
        is_plural = name.removesuffix("_lazy") in ("ngettext", "npgettext")
        words = words[: 2 if is_plural else 1]
        if all(isinstance(word, str) for word in words) and any(words):
            yield line, tuple(words) if is_plural else words[0], comments, context


def faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    """Says what is missing from a catalogue, stale in it, uncertain or broken."""
    kept, words = _ids(catalogue), _ids(wanted)
    yield from (f"missing: {_shown(each)}" for each in words.keys() - kept.keys())
    yield from (f"stale: {_shown(each)}" for each in kept.keys() - words.keys())
    for told, message in kept.items():
        if message.fuzzy:
            yield f"fuzzy: {_shown(told)}"
        elif message.string and any(_strings(message)):
            yield from (f"{fault}: {_shown(told)}" for fault in _broken(message))


def _ids(catalogue: Catalog) -> dict[Id, Message]:
    return {_id(message): message for message in catalogue if message.id}


def _id(message: Message) -> Id:
    told = message.id
    return (tuple(told) if isinstance(told, list | tuple) else told), message.context


def _shown(told: Id) -> str:
    words, context = told
    first = words if isinstance(words, str) else words[0]
    return f"{first!r}" + (f" ({context})" if context else "")


def _strings(message: Message) -> list[str]:
    told = message.string
    return [told] if isinstance(told, str) else list(told)


def _broken(message: Message) -> Iterator[str]:
    """What a translation lost or invented; the form for one may leave out its number."""
    words = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {mark for word in words for mark in PLACEHOLDER.findall(word)}
    needed = set.intersection(*(set(PLACEHOLDER.findall(word)) for word in words))
    for string in _strings(message):
        found = set(PLACEHOLDER.findall(string))
        if not string:
            yield "a form is empty"
        elif found - allowed:
            yield f"invents {' '.join(sorted(found - allowed))}"
        elif needed - found:
            yield f"loses {' '.join(sorted(needed - found))}"
    if words[0].startswith("\n") != _strings(message)[0].startswith("\n"):
        yield "begins with another line"


def compiled(catalogue: Catalog) -> dict[Id, Strings]:
    """The words that the compiled catalogue is to hold."""
    return {
        _id(message): tuple(_strings(message))
        if len(_strings(message)) > 1
        else _strings(message)[0]
        for message in catalogue
        if message.id and message.string and all(_strings(message)) and not message.fuzzy
    }


def machine_form(catalogue: Catalog) -> bytes:
    """The catalogue as programs read it (.mo): what is translated, and no more."""
    told = compiled(catalogue)
    only = Catalog(locale=catalogue.locale, fuzzy=False, charset="utf-8")
    only.mime_headers = catalogue.mime_headers
    for (words, context), strings in told.items():
        only.add(words, strings, context=context)
    file = io.BytesIO()
    write_mo(file, only)
    return file.getvalue()


def is_compiled(path: Path) -> bool:
    """Whether what is compiled beside a catalogue says the same."""
    target = path.with_suffix(".mo")
    return target.exists() and target.read_bytes() == machine_form(read(path))


def write(path: Path, *others: Path) -> None:
    """Brings a catalogue in step and compiles it: new words are empty, stale ones left out.

    What other files of the same language translate is taken from them, from the last first.
    """
    kept = read(path)
    translated: dict[Id, Strings] = {}
    for catalogue in (kept, *(_opened(other, kept) for other in others)):
        translated |= compiled(catalogue)
    fresh = Catalog(
        locale=kept.locale, project="Demarche", version="", charset="utf-8", fuzzy=False,
        header_comment=kept.header_comment, creation_date=kept.creation_date,
        revision_date=kept.revision_date, last_translator="none whose first language it is",
        language_team="none", msgid_bugs_address="docs/translating.md",
    )  # fmt: skip
    fresh.mime_headers = [("Plural-Forms", PLURALS[str(kept.locale)])]
    for message in marked():
        if message.id:
            files = sorted({(place, None) for place, _line in message.locations})
            told = translated.get(_id(message))
            fresh.add(message.id, told, files, context=message.context)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, sort_by_file=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(machine_form(read(path)))


def _opened(path: Path, beside: Catalog) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=beside.locale)


def main() -> int:
    told = []
    for path in catalogues():
        if "--write" in sys.argv:
            write(path, *map(Path, sys.argv[2:]))
        catalogue, name = read(path), path.parent.parent.name
        told += [f"{name}: {fault}" for fault in sorted(faults(catalogue, marked()))]
        if not is_compiled(path):
            told.append(f"{name}: compiled from other words: make translations")
        print(f"{name}: {len(compiled(catalogue))} of {len(_ids(marked()))} translated")
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
