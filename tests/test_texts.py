import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements import texts

WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def is_refused(clean, text):
    try:
        clean(text)
    except ValueError:
        return True
    return False


class TestEvidence:
    @given(WRITABLE)
    def test_words_of_a_source_are_left_as_they_are(self, text):
        assert texts.evidence(text) == text

    def test_white_space_and_decomposed_letters_stay(self):
        told = "  Re\u0301sume\u0301 \r\n\tof the  call \u202e "
        assert texts.evidence(told) == told

    def test_nul_is_refused(self):
        with pytest.raises(ValueError, match="NUL"):
            texts.evidence("mutual\x00trust")

    @pytest.mark.parametrize("half", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
    def test_half_a_character_is_refused(self, half):
        with pytest.raises(ValueError, match="half a character"):
            texts.evidence(f"trust {chr(half)}")

    def test_a_whole_character_beyond_the_first_plane_is_taken(self):
        assert texts.evidence("\U0001f54a\U0010ffff") == "\U0001f54a\U0010ffff"


class TestProse:
    def test_it_is_composed(self):
        assert texts.prose("Re\u0301sume\u0301") == "R\xe9sum\xe9"

    def test_the_ends_of_lines_are_one_kind(self):
        assert texts.prose("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"

    def test_the_edges_are_trimmed_and_the_inside_is_not(self):
        assert texts.prose("\n  He said:  \u201cNo.\u201d\t\n") == "He said:  \u201cNo.\u201d"

    def test_a_tab_is_text(self):
        assert texts.prose("a\tb") == "a\tb"

    @pytest.mark.parametrize("control", ["\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f"])
    def test_a_control_character_is_refused(self, control):
        with pytest.raises(ValueError, match="control"):
            texts.prose(f"a{control}b")

    def test_directions_of_writing_stay(self):
        told = "\u2067سلام\u2069 he wrote"
        assert texts.prose(told) == told

    @given(WRITABLE)
    def test_cleaning_twice_is_cleaning_once(self, text):
        if is_refused(texts.prose, text):
            return
        once = texts.prose(text)
        assert texts.prose(once) == once
        assert unicodedata.is_normalized("NFC", once)


class TestLine:
    def test_white_space_is_one_space(self):
        assert texts.line(" Jalil \n Abbas\u2028\tJilani\xa0") == "Jalil Abbas Jilani"

    @pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    def test_what_disguises_a_name_goes(self, control):
        assert texts.line(f"Jilani{control} (Iran)") == "Jilani (Iran)"

    def test_joiners_that_spell_a_name_stay(self):
        assert texts.line("امیرعبداللهیان\u200c") == "امیرعبداللهیان\u200c"

    def test_letters_that_a_control_kept_apart_are_composed(self):
        assert texts.line("Jose\u202a\u0301") == "Jos\xe9"

    @given(st.text(st.sampled_from("aeé \u0301\u0323\u202a\u2069\u2028\xa0\r\n\u1100\u1161\u212b")))
    def test_cleaning_twice_is_cleaning_once(self, text):
        once = texts.line(text)
        assert texts.line(once) == once
        assert unicodedata.is_normalized("NFC", once)


class TestOuterMarks:
    @pytest.mark.parametrize(
        ("pasted", "kept"),
        [
            ("“All is well.”", "All is well."),
            ("«\N{NO-BREAK SPACE}Tout va bien.\N{NO-BREAK SPACE}»", "Tout va bien."),
            ("„Alles gut.“", "Alles gut."),
            ('"All is well."', "All is well."),
            ("«“All is well.”»", "All is well."),
            ("“He said “well” twice.”", "He said “well” twice."),
            ("「万事」", "万事"),
            (" “All is well.” ", "All is well."),
        ],
    )
    def test_what_encloses_the_whole_goes(self, pasted, kept):
        assert texts.without_outer_marks(pasted) == kept

    @pytest.mark.parametrize(
        "told",
        ["“A” and “B”", '"A" and "B"', "«A», «B»", "All “is” well", "“All well", "well”", "“", ""],
    )  # fmt: skip
    def test_what_encloses_a_part_stays(self, told):
        assert texts.without_outer_marks(told) == told

    @given(st.text('ab “”«»"„', max_size=30))
    def test_twice_is_once(self, text):
        once = texts.without_outer_marks(text)
        assert texts.without_outer_marks(once) == once


@pytest.mark.parametrize("tag", ["fa", "ar", "FA-IR", "ckb", "ps", "ku-Arab-IQ", " ur "])
def test_languages_written_from_the_right(tag):
    assert texts.runs_from_the_right(tag)


@pytest.mark.parametrize("tag", ["", "en", "ku", "fan", "uz-Latn", "tr", "x"])
def test_languages_written_from_the_left(tag):
    assert not texts.runs_from_the_right(tag)


class TestLed:
    @pytest.mark.parametrize("sentence", ["Jilani to Iran", "2024: Jilani", "2024"])
    def test_a_sentence_that_runs_as_its_language_stays(self, sentence):
        assert texts.led(sentence, is_from_the_right=False) == sentence

    def test_a_name_of_another_script_does_not_turn_it(self):
        assert texts.led("Jilani به Iran", is_from_the_right=True) == "\u200fJilani به Iran"
        assert texts.led("جیلانی to Iran", is_from_the_right=False) == "\u200eجیلانی to Iran"
