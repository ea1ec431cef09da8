"""Finds the faces of the pages among the static files; each is cut once, and kept."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from statements.typefaces import FACES, Face, recipe, woff2

FOLDER = "fonts"
PATHS = {f"{FOLDER}/{face.name}.woff2": face for face in FACES}


class TypefaceFinder(BaseFinder):
    """Finds `fonts/<name>.woff2` of each face; what is not there yet is cut out of its font."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        # Another recipe makes other files, so that none is ever out of date.
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "typefaces" / recipe())
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self._made(path, PATHS[path]))] if path in PATHS else []
        if find_all or kwargs.get("all"):
            return found
        return found[0] if found else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path, face in PATHS.items():
            self._made(path, face)
            yield path, self.storage

    def _made(self, path: str, face: Face) -> Path:
        """The file, written whole under its name at once, since several may look for it."""
        file = Path(self.storage.path(path))
        if file.exists():
            return file
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as written:
            written.write(woff2(face))
        Path(draft).chmod(0o644)
        os.replace(draft, file)
        return file
