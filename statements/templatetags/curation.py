"""What the curation desk shows on its first page."""

from django import template
from django.contrib.auth.models import User

from statements import curation
from statements.curation.work import N_COUNTED

register = template.Library()


@register.simple_tag
def work_to_do(by: User) -> curation.WorkToDo:
    """Counts what waits for a curator; a dozen small queries."""
    return curation.work_to_do(by=by)


@register.filter
def at_most_hundred(n: int) -> str:
    """Prints a count that stops at a hundred."""
    return f"{N_COUNTED}+" if n > N_COUNTED else str(n)
