"""How to cite a statement: in a news story, in the styles of citation, and as files."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext

from statements.formats import news
from statements.formats.citation_styles import STYLES, Piece, cite
from statements.interchange.cited import cited
from statements.models import Statement
from statements.models.permalinks import for_programs

# By suffix, with the names that programs give the formats.
FILES = ((".bib", "BibTeX"), (".ris", "RIS"), (".csl.json", "CSL-JSON"))


@dataclass(frozen=True)
class SetReference:
    """A reference in one style of citation."""

    style: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Citing:
    """What a reader takes along: a sentence, references, and files for reference managers."""

    sentence: str
    references: list[SetReference]
    files: list[tuple[str, str]]


@for_programs
def citing(request: HttpRequest, statement: Statement) -> Citing:
    """All ways to cite a statement today, the same in every language; needs with_related()."""
    today = datetime.now(UTC).date()
    reference = cited(statement, request.build_absolute_uri, accessed_on=today)
    address = statement.get_absolute_url().rstrip("/")
    return Citing(
        sentence=news.sentence(reference, gettext),
        references=[SetReference(style.name, cite(reference, style, gettext)) for style in STYLES],
        files=[(name, f"{address}{suffix}") for suffix, name in FILES],
    )
