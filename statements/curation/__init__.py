"""Every write that a person makes: entering, publishing, withdrawing, checking."""

from .checking import check_article, check_citation, check_citations
from .entry import amend, enter
from .errors import RefusedError
from .parties import complete_party
from .publication import lacks, publish, return_to_draft, submit, unfound_words, withdraw
from .work import WorkToDo, work_to_do

__all__ = [
    "RefusedError",
    "WorkToDo",
    "amend",
    "check_article",
    "check_citation",
    "check_citations",
    "complete_party",
    "enter",
    "lacks",
    "publish",
    "return_to_draft",
    "submit",
    "unfound_words",
    "withdraw",
    "work_to_do",
]
