"""The sentence for a news story."""

import pytest

from statements.dates import PartialDate
from statements.formats.news import IN, N_CHARACTERS, sentence
from statements.formats.reference import Named, Source
from statements.vocabulary import Channel
from tests.formats.references import AMIR, CALL, JILANI, NDTV, make_reference


def test_a_call_that_is_relayed():
    assert sentence(CALL) == (
        "Jalil Abbas Jilani (Foreign Minister, Pakistan) told Hossein Amir-Abdollahian "
        "(Foreign Minister, Iran) in a telephone call on 19 January 2024, according to "
        "Pakistan's Foreign Office in a press statement, as reported by NDTV, in paraphrase: "
        "He stressed the need for closer cooperation."
    )


def make_bare(**fields):
    """A statement of whose source nothing is told."""
    return make_reference(**{"relayers": (), "sources": (), "addressees": (), **fields})


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("direct", "said in a telephone call on 19 January 2024: “Calm.”"),
        ("mixed", "said in a telephone call on 19 January 2024, partly in quotation: Calm."),
        ("indirect", "said in a telephone call on 19 January 2024, in paraphrase: Calm."),
        ("act_report", "in a telephone call on 19 January 2024, as a report of the act: Calm."),
        ("contact_report",
         "in a telephone call on 19 January 2024, as a report of the contact: Calm."),
    ],
)  # fmt: skip
def test_only_a_quotation_is_shown_as_one(form, told):
    made = make_bare(form=form, words="Calm.")
    assert sentence(made) == f"Jalil Abbas Jilani (Foreign Minister, Pakistan) {told}"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"said_on": PartialDate(2024, 1)}, " in January 2024:"),
        ({"said_on": PartialDate(2024)}, " in 2024:"),
        ({"said_on_qualifier": "not_after"}, " not after 19 January 2024:"),
        ({"is_day_inferred": True}, " on 19 January 2024 (inferred):"),
        ({"said_on": None}, " on a day that is not known:"),
        ({"channel": "unknown"}, " said on 19 January 2024:"),
        ({"channel": "social_post", "platform": "X"}, " in a social media post on X on 19"),
        ({"text_status": "translated"}, " on 19 January 2024, in translation: “"),
        ({"standing": "disputed"}, ", an attribution that is disputed: “"),
        ({"words": "“We want calm.”"}, ": “We want calm.”"),
        ({"words": "We\nwant  calm."}, ": “We want calm.”"),
    ],
)
def test_what_is_known_of_it_is_told(fields, told):
    assert told in sentence(make_bare(form="direct", **fields))


def test_they_tell_each_other():
    both = (JILANI, AMIR)
    told = sentence(make_bare(speakers=both, addressees=both))
    assert "Iran) told each other in a telephone call" in told


def test_a_report_that_is_retold_is_its_makers():
    own = Source("Our text", "Demarche", based_on=NDTV)
    told = sentence(make_bare(sources=(own, NDTV, Source("Another", "Dawn"))))
    assert "as reported by NDTV and Dawn, in paraphrase" in told


def test_a_relayer_without_a_channel():
    told = sentence(make_bare(relayers=(Named("a senior official"),)))
    assert ", according to a senior official, in paraphrase" in told


def test_long_words_are_cut_between_words():
    told = sentence(make_bare(form="direct", words="word " * 1000))
    assert told.endswith("word …”")
    assert len(told) < N_CHARACTERS + 200


def test_every_channel_has_its_words():
    assert set(IN) == set(Channel.codes())
