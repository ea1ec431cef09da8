"""What the database keeps of every change; see the migration of history for how it does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction

# In these the connection is about to leave a block, and the block's transaction may have failed.
ENDS_OF_BLOCKS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "WITH")


class Change(models.Model):
    """What one author changed in one transaction, and why."""

    made_at = models.DateTimeField()
    kind = models.TextField()
    user_id = models.BigIntegerField(null=True)
    who = models.TextField()
    why = models.TextField()
    public_note = models.TextField()

    class Meta:
        managed = False
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.who}"

    @property
    def is_by_a_person(self) -> bool:
        return self.kind == "person"


class FormerRow(models.Model):
    """A row as it was before it was changed or deleted, and the row that it is a part of."""

    change = models.ForeignKey(Change, models.DO_NOTHING, related_name="+")
    relation = models.TextField()
    row_id = models.BigIntegerField()
    whole = models.TextField()
    whole_id = models.BigIntegerField()
    is_deleted = models.BooleanField()
    values = models.JSONField()

    class Meta:
        managed = False
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.relation} {self.row_id} before change {self.change_id}"


class NewRows(models.Model):
    """Which rows came with one statement of SQL; the column `ids` is read in SQL alone."""

    change = models.ForeignKey(Change, models.DO_NOTHING, related_name="+")
    relation = models.TextField()

    class Meta:
        managed = False
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.relation} of change {self.change_id}"


@dataclass
class Authorship:
    """Who writes, and why; what is said later counts for what is written later."""

    kind: str
    who: str
    user: int | None = None
    why: str = ""
    public_note: str = ""
    _mark: str = field(default_factory=lambda: uuid4().hex)
    _told_in: Any = None

    def explain(self, *, why: str = "", public_note: str = "") -> None:
        """Gives the reason for what is written from now on."""
        self.why, self.public_note = why, public_note
        self.tell_again()

    def tell_again(self) -> None:
        """Has the database told once more, after it may have heard of somebody else."""
        self._told_in = None

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Tells the database before the first statement of each block of a transaction.

        The setting ends with the transaction, so that a pool of connections hands it to nobody,
        and with a block that is rolled back.
        """
        if not self._is_the_last():
            return execute(sql, params, many, context)
        verb = str(sql).lstrip()[:9].upper()
        blocks = connection.atomic_blocks
        if not blocks:
            if not verb.startswith(WRITES):
                return execute(sql, params, many, context)
            with transaction.atomic():
                self._tell(execute, context)
                return execute(sql, params, many, context)
        if blocks[-1] is not self._told_in and not verb.startswith(ENDS_OF_BLOCKS):
            self._tell(execute, context)
            self._told_in = blocks[-1]
        return execute(sql, params, many, context)

    def _is_the_last(self) -> bool:
        """Whether nobody within this author's work writes in a name of his own."""
        wrappers = connection.execute_wrappers
        return next(one for one in reversed(wrappers) if isinstance(one, Authorship)) is self

    def _tell(self, execute: Callable[..., Any], context: Any) -> None:
        told = {
            "kind": self.kind,
            "who": self.who,
            "user": self.user,
            "why": self.why,
            "public_note": self.public_note,
            "mark": self._mark,
        }
        setting = json.dumps(told)
        execute("SELECT set_config('demarche.author', %s, true)", [setting], False, context)


@contextmanager
def written_by(authorship: Authorship) -> Iterator[Authorship]:
    """Has all that is written meanwhile recorded as this author's."""
    try:
        with connection.execute_wrapper(authorship):
            yield authorship
    finally:
        for wrapper in connection.execute_wrappers:
            if isinstance(wrapper, Authorship):
                wrapper.tell_again()
