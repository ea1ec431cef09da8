"""Every write that a person makes: entering, publishing, withdrawing, checking."""

from .anchoring import displaced, reanchor, to_look_at
from .checking import check_article, check_citation, check_citations
from .corrections import Correction, corrections
from .differences import Difference, all_differences, differences
from .entry import amend, enter
from .errors import NotAllowedError, RefusedError
from .history import PARTS, History, Version, deleted_rows, digest, history_of, present_state
from .merging import merge, plan_merge
from .moving import move, plan_move
from .parties import complete_party
from .publication import (
    approve,
    lacks,
    publish,
    return_to_draft,
    submit,
    take_back,
    unfound_words,
    withdraw,
)
from .restoring import restore, to_restore
from .review import Actor, is_open, may, may_amend, trail
from .splitting import plan_split, split
from .undoing import undo
from .work import WorkToDo, work_to_do

__all__ = [
    "PARTS",
    "Actor",
    "Correction",
    "Difference",
    "History",
    "NotAllowedError",
    "RefusedError",
    "Version",
    "WorkToDo",
    "all_differences",
    "amend",
    "approve",
    "check_article",
    "check_citation",
    "check_citations",
    "complete_party",
    "corrections",
    "deleted_rows",
    "differences",
    "digest",
    "displaced",
    "enter",
    "history_of",
    "is_open",
    "lacks",
    "may",
    "may_amend",
    "merge",
    "move",
    "plan_merge",
    "plan_move",
    "plan_split",
    "present_state",
    "publish",
    "reanchor",
    "restore",
    "return_to_draft",
    "split",
    "submit",
    "take_back",
    "to_look_at",
    "to_restore",
    "trail",
    "undo",
    "unfound_words",
    "withdraw",
    "work_to_do",
]
