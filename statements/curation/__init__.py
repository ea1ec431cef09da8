"""Every write that a person makes: entering, publishing, withdrawing, checking."""

from .checking import check_article, check_citation, check_citations
from .corrections import Correction, corrections
from .differences import Difference, all_differences, differences
from .entry import amend, enter
from .errors import RefusedError
from .history import History, Version, deleted_rows, history_of
from .parties import complete_party
from .publication import lacks, publish, return_to_draft, submit, unfound_words, withdraw
from .restoring import restore
from .work import WorkToDo, work_to_do

__all__ = [
    "Correction",
    "Difference",
    "History",
    "RefusedError",
    "Version",
    "WorkToDo",
    "all_differences",
    "amend",
    "check_article",
    "check_citation",
    "check_citations",
    "complete_party",
    "corrections",
    "deleted_rows",
    "differences",
    "enter",
    "history_of",
    "lacks",
    "publish",
    "restore",
    "return_to_draft",
    "submit",
    "unfound_words",
    "withdraw",
    "work_to_do",
]
