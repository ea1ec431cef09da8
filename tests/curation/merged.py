"""A merge, and all that there is before and after it."""

from statements import curation
from statements.interchange.dump import archive_lines


def merge(kept, absorbed, by, **choices):
    return curation.merge(kept=kept, absorbed=absorbed, choices=choices, by=by)


def export():
    return "".join(archive_lines())
