"""What a reference says of a statement, in plain words."""

import pytest

from statements.dates import PartialDate
from statements.formats.reference import (
    Named,
    Source,
    how,
    how_known,
    notes,
    reported_in,
    title,
    who_to_whom,
)
from tests.formats.references import AMIR, CALL, JILANI, NDTV, make_reference


def test_the_whole_of_it():
    assert title(CALL) == (
        "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian "
        "(Foreign Minister, Iran): telephone call, paraphrase, relayed by Pakistan's Foreign "
        "Office (press statement), reported in “Pakistan, Iran agree to de-escalate” "
        "(NDTV, 19 January 2024)"
    )


def test_the_words_can_be_translated():
    catalogue = {"relayed by %(relayers)s": "laut %(relayers)s"}
    told = title(CALL, lambda message: catalogue.get(message, message))
    assert "laut Pakistan's Foreign Office" in told


class TestWhoToWhom:
    def test_to_nobody(self):
        told = who_to_whom(make_reference(addressees=()))
        assert told == "Jalil Abbas Jilani (Foreign Minister, Pakistan)"

    def test_to_each_other(self):
        both = (JILANI, AMIR)
        told = who_to_whom(make_reference(speakers=both, addressees=(AMIR, JILANI)))
        assert told == (
            "Jalil Abbas Jilani (Foreign Minister, Pakistan) and Hossein Amir-Abdollahian "
            "(Foreign Minister, Iran), to each other"
        )

    def test_a_capacity_that_is_the_name_is_not_told_twice(self):
        named = Named("Foreign Minister, Iran", capacity="Foreign Minister, Iran")
        assert who_to_whom(make_reference(speakers=(named,), addressees=())) == named.name


class TestHow:
    def test_an_unknown_channel_is_none(self):
        assert how(make_reference(channel="unknown", form="mixed")) == "statement, partly quoted"

    def test_a_platform(self):
        told = how(make_reference(channel="social_post", platform="X", form="direct"))
        assert told == "social media post (X), direct quotation"

    def test_words_in_translation(self):
        told = how(make_reference(form="direct", text_status="translated"))
        assert told == "telephone call, direct quotation, translated"


class TestHowKnown:
    def test_by_nobody(self):
        assert how_known(make_reference(relayers=(), sources=())) == []

    def test_a_relayer_without_a_channel(self):
        office = Named("Foreign Office (Pakistan)", channel="unknown")
        told = how_known(make_reference(relayers=(office,), sources=()))
        assert told == ["relayed by Foreign Office (Pakistan)"]

    def test_a_day_that_is_inferred(self):
        made = make_reference(is_day_inferred=True, relayers=(), sources=())
        assert how_known(made) == ["the day inferred"]

    def test_what_is_held_against_it(self):
        made = make_reference(standing="misattributed", relayers=(), sources=())
        assert how_known(made) == ["attribution misattributed"]


class TestSources:
    def test_a_report_that_is_retold(self):
        source = Source("Our text", "Demarche", based_on=Source("The report", "NDTV"))
        told = reported_in(make_reference(sources=(source,)))
        assert told == "“Our text” (Demarche), after “The report” (NDTV)"

    def test_a_place_in_an_archive(self):
        source = Source("Telegram 12", "FRUS", PartialDate(1969), "box 3, p. 4")
        assert reported_in(make_reference(sources=(source,))) == (
            "“Telegram 12” (FRUS, 1969, box 3, p. 4)"
        )

    def test_of_many_the_first_few(self):
        sources = tuple(Source(f"T{n}", "O") for n in range(5))
        told = reported_in(make_reference(sources=sources))
        assert told == "“T0” (O), “T1” (O), “T2” (O) and others"


class TestNotes:
    def test_a_source_without_an_address_needs_none(self):
        assert notes(make_reference(sources=(Source("T", "O"),))) == []

    def test_both_addresses(self):
        assert notes(make_reference(sources=(NDTV,))) == [
            "“Pakistan, Iran agree to de-escalate” (NDTV, 19 January 2024): "
            "https://example.org/a_b?x=%20 https://archive.example.org/1"
        ]


@pytest.mark.parametrize(
    ("named", "parts"),
    [
        (JILANI, ("Jilani", "Jalil Abbas")),
        (Named("Wang Yi", "Wang"), ("Wang", "Yi")),
        (Named("Charles de Gaulle", "de Gaulle"), ("de Gaulle", "Charles")),
        (Named("Lula", "Lula"), None),
        (Named("Foreign Office"), None),
        (Named("Ban Ki-moon", "Other"), None),
        (Named("John Smith, Jr.", "John"), None),
    ],
)
def test_a_personal_name_has_parts(named, parts):
    assert named.family_and_given == parts
