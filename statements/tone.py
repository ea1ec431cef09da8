"""How conflictual or cooperative the acts of statements are, by a scale that others published.

The scores are those of the table "PLOVER conflict-cooperation scores" in the PLOVER manual, draft
version 0.8 of 2021, of the Open Event Data Alliance (https://github.com/openeventdata/PLOVER), who
license it under CC BY-SA 4.0. They run from -10 to +10 and rate acts, not people. An act that the
table does not rate has none here: comments, what PLOVER codes nothing for, and mere requests, since
it rates demands alone.
"""

from collections.abc import Iterable

from .vocabulary import Act

SCALE = "PLOVER"
SCALE_URL = "https://github.com/openeventdata/PLOVER"
LICENCE = "CC BY-SA 4.0"
SCALE_ENDS = (-10, 10)  # conflict, cooperation

# What the table rates, of what words alone can do.
PUBLISHED = {
    "THREATEN": -5.1,
    "DEMAND": -5.0,
    "REJECT": -4.2,
    "ACCUSE": -2.0,
    "CONSULT": 2.1,
    "AGREE": 4.2,
    "SUPPORT": 4.6,
    "CONCEDE": 5.0,
}
# In the vocabulary's later PLOVER one category holds requests and demands.
RATED_AS = {Act.DEMAND: "DEMAND", Act.APPEAL: None}
SCORES: dict[str, float] = {
    act.value: PUBLISHED[category]
    for act in Act
    if (category := RATED_AS.get(act, act.plover)) in PUBLISHED
}


def mean_score(counts: Iterable[tuple[str, int]]) -> tuple[float, int] | None:
    """The mean score of acts, each with how often it occurs, and how many are rated.

    None where not one is.
    """
    rated = [(SCORES[act], n) for act, n in counts if act in SCORES]
    n_rated = sum(n for _score, n in rated)
    if not n_rated:
        return None
    return sum(score * n for score, n in rated) / n_rated, n_rated
