import re
from pathlib import Path

import pytest

from statements.tone import SCORES, mean_score


def test_scores_are_those_that_were_published():
    assert SCORES == {
        "demand": -5.0,
        "offer": 4.2,
        "agree": 4.2,
        "consult": 2.1,
        "support": 4.6,
        "apologise": 5.0,
        "concede": 5.0,
        "condemn": -2.0,
        "accuse": -2.0,
        "reject": -4.2,
        "threaten": -5.1,
    }


def test_the_mean_weighs_each_act_by_its_number():
    score, n_rated = mean_score([("agree", 3), ("threaten", 1)])
    assert (score, n_rated) == (pytest.approx((3 * 4.2 - 5.1) / 4), 4)


@pytest.mark.parametrize("act", ["comment", "appeal", "announce"])
def test_what_the_scale_does_not_rate_counts_for_nothing(act):
    assert mean_score([(act, 7), ("consult", 1)]) == (2.1, 1)
    assert mean_score([(act, 7)]) is None


def test_every_score_is_documented_as_it_is():
    text = (Path(__file__).resolve().parents[1] / "docs" / "between.md").read_text("utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| \w+ \| ([-+][\d.]+) \|$", text, re.M)
    told = {act: float(score) for acts, score in rows for act in re.findall(r"\w+", acts)}
    assert told == SCORES
