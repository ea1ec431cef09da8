"""Names of people: their parts, how alike two of them are, and a table to look them up in."""

from .comparison import likeness, similarity
from .folding import fold
from .parsing import PersonName, Reading
from .table import Match, NameTable

__all__ = ["Match", "NameTable", "PersonName", "Reading", "fold", "likeness", "similarity"]
