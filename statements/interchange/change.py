"""An object that is there already -> what a record says of it now."""

from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from statements.models import Citation
from statements.vocabulary import Status

from .checking import check_citations
from .copying import write_parts
from .references import References
from .rows import KINDS


def change(row: Model, record: Any, references: References) -> None:
    """Makes a row, and its parts, what the record says; links are left to the caller."""
    now = timezone.now()
    handler = KINDS[record.type]
    told = ", ".join(f"{column} = %s" for column in handler.columns)
    if record.type == "statement" and record.status == Status.IN_REVIEW:
        # What somebody approved is no longer what they approved.
        told += ", reviewed_by_id = NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {handler.table.name} SET {told} WHERE id = %s",  # noqa: S608 - names of ours
            [*handler.values(record, references, now), row.pk],
        )
    for part in handler.parts:
        part.model._default_manager.filter(**{part.owner: row.pk}).delete()
    if record.type == "statement":
        check_citations([record], references, now)
    write_parts(handler, [(row.pk, record)], references)


def recheck(article: Any) -> None:
    """Checks an article's citations anew, when its stored text has changed."""
    citations = list(Citation.objects.filter(article=article))
    for citation in citations:
        citation.article = article
        citation.recheck(at=timezone.now())
    Citation.objects.bulk_update(
        citations, ["check_result", "checked_at", "start", "prefix", "suffix"]
    )
