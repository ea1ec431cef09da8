"""Finds the style sheets that every page has as one file: one request, and not twenty."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SITE = "css/site.css"
COMPONENTS = (
    "foot",
    "languages",
    "icon",
    "search_box",
    "page_header",
    "breadcrumbs",
    "badge",
    "party",
    "words",
    "statement_item",
    "facts",
    "chips",
    "facets",
    "histogram",
    "pager",
    "empty",
)
PARTS = (
    *(f"css/{name}.css" for name in ("typefaces", "tokens", "base", "layout")),
    *(f"css/components/{name}.css" for name in COMPONENTS),
)


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`, put together of its parts in their order whenever one has changed."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "stylesheets")
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self._made())] if path == SITE else []
        if find_all or kwargs.get("all"):
            return found
        return found[0] if found else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._made()
        yield SITE, self.storage

    def _made(self) -> Path:
        """The file, written whole under its name at once, since several may look for it."""
        file, css = Path(self.storage.path(SITE)), put_together()
        if file.exists() and file.read_text(encoding="utf-8") == css:
            return file
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(css)
        Path(draft).chmod(0o644)
        os.replace(draft, file)
        return file


def put_together() -> str:
    """The parts, one after the other."""
    home = settings.BASE_DIR / "static"
    return "".join((home / part).read_text(encoding="utf-8") for part in PARTS)
