import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from statements.quoting import Check, Finding, anchor, check_quotation, surroundings

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

ENGLISH = (
    "The foreign secretary met the ambassador on Monday evening. “We are ready to talk,” she "
    "said after the meeting, “but we will not be hurried.”\n\n"
    "The ambassador’s office was more careful. “We are ready to talk,” a spokesman repeated "
    "on Tuesday, and added that no day had been set.\n"
)
PERSIAN = (
    "سخنگوی وزارت خارجه روز دوشنبه گفت: «ما آمادهٔ گفت‌وگو هستیم» و افزود که زمان آن هنوز "
    "روشن نیست. سفیر نیز بار دیگر گفت: «ما آمادهٔ گفت‌وگو هستیم».\n"
)
ARABIC = (
    "قال المتحدث باسم الوزارة: «نحن مستعدّون للحوار» وأضاف أنّ الموعد لم يُحدَّد بعد.\n"
    "ثم كرّر السفير في اليوم التالي: «نحن مستعدّون للحوار».\n"
)
CHINESE = (
    "外交部发言人昨天在记者会上回答提问时表示：“我们愿意对话。”"
    "大使第二天再次表示：“我们愿意对话。”\n"
)
DECOMPOSED = "Le porte-parole a de\u0301clare\u0301 : « nous sommes pre\u0302ts a\u0300 parler ».\n"
EMOJI = (
    "🇵🇰🤝🇮🇷 “Some warm words 😀,” the spokeswoman posted 👩🏽‍💻, and later: “Some warm words 😀.”\n"
)
PARAGRAPHS = [ENGLISH, PERSIAN, ARABIC, CHINESE, DECOMPOSED, EMOJI]


class TestChecking:
    def test_it_works(self):
        start = ENGLISH.index("but we will")
        found = check_quotation(ENGLISH, "but we will not be hurried", start=start)
        assert found == Finding(Check.VERIFIED, start)

    def test_words_that_stand_where_they_stood_are_verified_whatever_is_around_them(self):
        start = ENGLISH.rindex("We are ready to talk")
        found = check_quotation(
            ENGLISH, "We are ready to talk", start=start, prefix="evening. “", suffix=",” she said"
        )
        assert found == Finding(Check.VERIFIED, start)

    def test_without_a_position_any_occurrence_verifies(self):
        found = check_quotation(ENGLISH, "We are ready to talk")
        assert found == Finding(Check.VERIFIED, ENGLISH.index("We are ready"))

    def test_without_a_position_the_occurrence_with_the_same_surroundings_is_preferred(self):
        found = check_quotation(ENGLISH, "We are ready to talk", suffix=",” a spokesman repeated")
        assert found == Finding(Check.VERIFIED, ENGLISH.rindex("We are ready"))

    def test_words_elsewhere_have_moved(self):
        found = check_quotation("Corrected.\n" + ENGLISH, "no day had been set", start=5)
        assert found == Finding(Check.MOVED, 11 + ENGLISH.index("no day had"))

    def test_of_two_places_the_one_with_the_same_surroundings_is_taken(self):
        first = ENGLISH.index("We are ready")
        found = check_quotation(
            ENGLISH,
            "We are ready to talk",
            start=first + 1,
            prefix="was more careful. “",
            suffix=",” a spokesman",
        )
        assert found == Finding(Check.MOVED, ENGLISH.rindex("We are ready"))

    def test_of_two_places_alike_the_nearest_is_taken(self):
        body = "Yes, he said. No, she said. Yes, they said."
        assert check_quotation(body, "Yes", start=20) == Finding(Check.MOVED, 28)
        assert check_quotation(body, "Yes", start=9) == Finding(Check.MOVED, 0)

    def test_of_two_places_equally_near_the_first_is_taken(self):
        assert check_quotation("Yes... Yes", "Yes", start=3) == Finding(Check.MOVED, 0)
        assert check_quotation("Yes...Yes", "Yes", start=3) == Finding(Check.MOVED, 0)

    def test_surroundings_stripped_by_a_form_still_tell_places_apart(self):
        body = "Then he said yes to all. Later she said yes to none."
        found = check_quotation(body, "yes", start=3, prefix="Later she said", suffix="to none.")
        assert found == Finding(Check.MOVED, body.rindex("yes"))

    def test_surroundings_kept_whole_tell_places_apart(self):
        body = "Then he said yes to all. Later she said yes to none."
        assert check_quotation(body, "yes", start=3, suffix=" to none.") == Finding(
            Check.MOVED, body.rindex("yes")
        )

    def test_surroundings_differing_in_white_space_still_tell_places_apart(self):
        body = "He said\nyes. She\xa0‘said’ yes. They said yes."
        found = check_quotation(body, "yes", start=0, prefix="She 'said' ")
        assert found == Finding(Check.MOVED, body.index("yes. They"))

    def test_a_longer_agreement_outweighs_nearness(self):
        body = "But he said yes. And she said yes."
        found = check_quotation(body, "yes", start=0, prefix="she said ")
        assert found == Finding(Check.MOVED, body.rindex("yes"))

    def test_words_that_overlap_themselves_are_found_at_every_place(self):
        body = "no no no no no, never"
        found = check_quotation(body, "no no no", start=0, suffix=", never")
        assert found.check is Check.VERIFIED
        found = check_quotation(body, "no no no", start=1, suffix=", never")
        assert found == Finding(Check.MOVED, 6)
        assert check_quotation(body, "no no no", start=4) == Finding(Check.MOVED, 3)

    @pytest.mark.parametrize(
        "exact",
        [
            "We are ready to negotiate",
            "we are ready to talk",
            "We are  ready to talk",
            "We areready to talk",
            "We are ready to talk.",
            "We are reаdy to talk",  # the second a is Cyrillic
        ],
    )
    def test_other_words_are_missing(self, exact):
        assert check_quotation(ENGLISH, exact, start=60) == Finding(Check.MISSING, None)
        assert check_quotation(ENGLISH, exact) == Finding(Check.MISSING, None)

    def test_words_longer_than_the_text_are_missing(self):
        assert check_quotation("Yes.", "Yes. No.", start=0) == Finding(Check.MISSING, None)

    @pytest.mark.parametrize("exact", ["Yes", ""])
    def test_an_empty_text_is_no_text(self, exact):
        assert check_quotation("", exact, start=0) == Finding(Check.NO_TEXT, None)

    @pytest.mark.parametrize("start", [None, 0, 4, -1])
    def test_no_words_are_refused(self, start):
        with pytest.raises(ValueError, match="a quotation needs words"):
            check_quotation("Yes.", "", start=start)

    @pytest.mark.parametrize("start", [-1, -4, -(10**30), 4, 5, 10**30])
    def test_a_position_outside_the_text_is_not_where_words_stand(self, start):
        assert check_quotation("Yes.", "Yes.", start=start) == Finding(Check.MOVED, 0)
        assert check_quotation("Yes.", "No.", start=start) == Finding(Check.MISSING, None)

    def test_a_negative_position_does_not_count_from_the_end(self):
        assert check_quotation("No. Yes", "Yes", start=-3) == Finding(Check.MOVED, 4)


class TestFolding:
    @pytest.mark.parametrize(
        ("printed", "recorded"),
        [
            ("ready\nto talk", "ready to talk"),
            ("ready to talk", "ready\nto talk"),
            ("ready\xa0to\u202ftalk", "ready to talk"),
            ("we’re ready", "we're ready"),
            ("we're ready", "we’re ready"),
            ("“ready”, she said", '"ready", she said'),
            ("«ready», she said", "“ready”, she said"),
            ("„ready“, she said", "“ready”, she said"),
            ("‹ready›, she said", "'ready', she said"),
            ("「ready」, she said", '"ready", she said'),
        ],
    )
    @pytest.mark.parametrize("start", [None, 0, 13])
    def test_the_same_words_printed_otherwise_have_moved(self, printed, recorded, start):
        body = f"He wrote 😀: {printed}. So it was."
        found = check_quotation(body, recorded, start=start)
        assert found == Finding(Check.MOVED, 12)
        assert body[12 : 12 + len(recorded)] == printed

    def test_every_white_space_is_white_space(self):
        for character in map(chr, range(0x110000)):
            if character.isspace() and character != " ":
                body = f"ready{character}to talk"
                assert check_quotation(body, "ready to talk") == Finding(Check.MOVED, 0), character

    @pytest.mark.parametrize(
        ("printed", "recorded"),
        [
            ("“ready”", "'ready'"),
            ("ready  to talk", "ready to talk"),
            ("ready\r\nto talk", "ready\nto talk"),
            ("cafe\u0301", "caf\xe9"),
            ("گفت‌وگو", "گفت وگو"),
            ("ＲＥＡＤＹ", "READY"),
        ],
    )
    def test_nothing_else_is_the_same(self, printed, recorded):
        assert check_quotation(printed, recorded) == Finding(Check.MISSING, None)

    def test_the_exact_words_are_preferred_to_the_same_printed_otherwise(self):
        body = "We’re ready. Again: We're ready."
        assert check_quotation(body, "We're ready", start=1) == Finding(Check.MOVED, 20)

    def test_of_places_printed_otherwise_the_one_with_the_same_surroundings_is_taken(self):
        body = "he: we’re ready. she: we’re ready."
        found = check_quotation(body, "we're ready", start=0, prefix="she: ")
        assert found == Finding(Check.MOVED, 22)


class TestAnchoring:
    def test_it_works(self):
        assert anchor(ENGLISH, "no day had been set") == ENGLISH.index("no day")

    def test_the_first_of_several_is_taken(self):
        assert anchor(PERSIAN, "ما آمادهٔ گفت‌وگو هستیم") == PERSIAN.index("ما آمادهٔ")

    def test_the_one_whose_surroundings_fit_is_taken(self):
        exact = "ما آمادهٔ گفت‌وگو هستیم"
        second = PERSIAN.rindex(exact)
        assert anchor(PERSIAN, exact, prefix="سفیر نیز بار دیگر گفت: «") == second
        assert anchor(PERSIAN, exact, suffix="».") == second

    def test_surroundings_that_fit_nowhere_leave_the_first(self):
        first = ENGLISH.index("We are ready")
        assert anchor(ENGLISH, "We are ready", prefix="zzz", suffix="zzz") == first

    def test_absent_words_have_no_place(self):
        assert anchor(ENGLISH, "We were ready") is None

    def test_words_printed_otherwise_have_no_place(self):
        assert anchor("We’re ready", "We're ready") is None

    def test_an_empty_text_has_no_place(self):
        assert anchor("", "Yes") is None

    def test_no_words_are_refused(self):
        with pytest.raises(ValueError, match="a quotation needs words"):
            anchor("Yes.", "")

    def test_positions_count_code_points(self):
        start = anchor(EMOJI, "the spokeswoman")
        assert start == len("🇵🇰🤝🇮🇷 “Some warm words 😀,” ") == 27
        assert check_quotation(EMOJI, "the spokeswoman", start=start).check is Check.VERIFIED


class TestSurroundings:
    def test_it_works(self):
        start = ENGLISH.index("but we will")
        around = surroundings(ENGLISH, start, len("but we will not be hurried"), n_characters=24)
        assert around == ("after the meeting, “", ".”\n\nThe ambassador’s")

    def test_the_ends_of_the_text_are_the_ends(self):
        assert surroundings("He said yes to all.", 8, 3) == ("He said ", " to all.")
        assert surroundings("yes", 0, 3) == ("", "")

    def test_words_are_not_cut(self):
        body = "Yesterday he said yes to everybody."
        assert surroundings(body, 18, 3, n_characters=12) == ("he said ", " to")

    def test_white_space_at_the_outer_edges_is_left_out(self):
        body = "Yesterday\n\nhe said yes to\n\neverybody."
        assert surroundings(body, 19, 3, n_characters=9) == ("he said ", " to")
        assert surroundings(body, 19, 3, n_characters=5) == ("said ", " to")

    def test_a_window_that_ends_between_words_is_whole(self):
        body = "Yesterday he said yes to everybody."
        assert surroundings(body, 18, 3, n_characters=8) == ("he said ", " to")
        assert surroundings(body, 18, 3, n_characters=3) == ("id ", " to")

    def test_a_text_without_spaces_is_cut_anywhere(self):
        start = CHINESE.index("我们愿意对话")
        assert surroundings(CHINESE, start, 6, n_characters=4) == ("表示：“", "。”大使")

    def test_a_combining_mark_stays_with_its_letter(self):
        body = "ne\u0301e\u0301e\u0301X" + "o\u0302o\u0302o\u0302"
        assert surroundings(body, 7, 1, n_characters=3) == ("e\u0301", "o\u0302")

    @pytest.mark.parametrize("n_characters", [0, -1, -100])
    def test_none_are_asked_for(self, n_characters):
        assert surroundings("He said yes to all.", 8, 3, n_characters=n_characters) == ("", "")

    @pytest.mark.parametrize(("start", "length"), [(-1, 3), (17, 3), (20, 0), (0, -1), (10**30, 1)])
    def test_a_passage_outside_the_text_has_none(self, start, length):
        assert surroundings("He said yes to all.", start, length) == ("", "")


class TestEveryText:
    """What holds for any text and any passage of it."""

    @staticmethod
    @st.composite
    def passages(draw):
        paragraph = st.sampled_from(PARAGRAPHS)
        body = draw(st.one_of(paragraph, st.lists(paragraph).map("".join), st.text()))
        assume(body)
        start = draw(st.integers(0, len(body) - 1))
        return body, start, body[start : draw(st.integers(start + 1, len(body)))]

    passage = passages.__func__()

    @given(passage)
    def test_a_passage_is_anchored_where_it_stands(self, passage):
        body, start, exact = passage
        found = anchor(body, exact)
        assert found is not None
        assert found <= start
        assert body[found : found + len(exact)] == exact

    @given(passage)
    def test_a_passage_is_verified_where_it_stands(self, passage):
        body, start, exact = passage
        assert check_quotation(body, exact, start=start) == Finding(Check.VERIFIED, start)

    @given(passage, st.integers(1, 40))
    def test_surroundings_are_the_text_around(self, passage, n_characters):
        body, start, exact = passage
        prefix, suffix = surroundings(body, start, len(exact), n_characters=n_characters)
        assert len(prefix) <= n_characters
        assert len(suffix) <= n_characters
        assert body[:start].endswith(prefix)
        assert body[start + len(exact) :].startswith(suffix)

    @given(passage, st.text(min_size=1))
    def test_text_put_before_moves_a_passage(self, passage, inserted):
        body, start, exact = passage
        longer = inserted + body
        found = check_quotation(longer, exact, start=start)
        assert found.check in (Check.VERIFIED, Check.MOVED)
        assert (found.check is Check.VERIFIED) == longer.startswith(exact, start)
        assert longer[found.start : found.start + len(exact)] == exact

    @given(st.sampled_from(PARAGRAPHS), st.data(), st.text("abc \n", min_size=1))
    def test_surroundings_follow_a_passage_that_moved(self, body, choices, inserted):
        start = choices.draw(st.integers(0, len(body) - 1))
        exact = body[start : choices.draw(st.integers(start + 1, len(body)))]
        # Surroundings that stand in one place only, so that there is one right answer.
        prefix, suffix = body[:start][-60:], body[start + len(exact) :][:60]
        assume(exact.strip())
        assume(body.count(exact) == 1 or len(prefix) == 60 or len(suffix) == 60)
        longer = inserted + body
        found = check_quotation(longer, exact, start=len(longer) + 5, prefix=prefix, suffix=suffix)
        assert found == Finding(Check.MOVED, start + len(inserted))

    @given(st.text("ab ", min_size=1), st.text("ab ", min_size=1, max_size=6), st.integers(-2, 30))
    @example("aaaaaaaa", "aaaa", 9)
    @example("abababab ababab", "abab", 20)
    def test_every_place_is_considered(self, body, exact, start):
        places = [n for n in range(len(body)) if body.startswith(exact, n)]
        found = check_quotation(body, exact, start=start)
        nearest = min(places, key=lambda place: (abs(place - start), place), default=None)
        assert found.start == nearest
        if not places:
            assert found.check is Check.MISSING
        else:
            assert found.check is (Check.VERIFIED if start in places else Check.MOVED)

    @given(passage)
    def test_flattened_white_space_and_quotation_marks_are_found(self, passage):
        body, start, exact = passage
        flat = str.maketrans("\n\xa0«»“”", '  """"')
        flattened = exact.translate(flat)
        found = check_quotation(body, flattened, start=start)
        assert found.check is (Check.VERIFIED if flattened == exact else Check.MOVED)
        stands = body[found.start : found.start + len(exact)]
        assert stands.translate(flat) == flattened or body.count(flattened)


class TestLargeTexts:
    """A body of a million characters; bounds are wide, what is not linear would take minutes."""

    @pytest.mark.parametrize("paragraph", PARAGRAPHS)
    def test_missing_words(self, paragraph):
        body = paragraph * (1_000_000 // len(paragraph))
        begun = time.process_time()
        assert check_quotation(body, paragraph[:50] + "zz", start=7).check is Check.MISSING
        assert time.process_time() - begun < 10

    @pytest.mark.parametrize("n_words", [1, 30, 1_000, 100_000])
    def test_words_that_repeat_themselves(self, n_words):
        body = "no " * 333_333
        exact = ("no " * n_words).strip()
        begun = time.process_time()
        found = check_quotation(body, exact, start=10**6, prefix="zz " * 10**5, suffix="no")
        assert found.start == 3 * (333_333 - n_words - 1)
        assert time.process_time() - begun < 30


@pytest.mark.shared
def test_quotations_of_news_articles_are_anchored_where_they_were_annotated():
    annotated = SHARED / "quotes" / "polnear_dev.jsonl.gz"
    if not annotated.exists():
        pytest.skip("the shared folder with annotated articles is absent")
    with gzip.open(annotated, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines][:100]
    n_checked = 0
    for article in articles:
        body = article["text"]
        for quote in article["quotes"]:
            start, exact = quote["start"], body[quote["start"] : quote["end"]]
            prefix, suffix = surroundings(body, start, len(exact))
            found = anchor(body, exact, prefix=prefix, suffix=suffix)
            # Live reports print a paragraph twice; nothing then tells the two places apart.
            assert found == body.find(prefix + exact + suffix) + len(prefix)
            assert found == start or body.count(prefix + exact + suffix) > 1
            later = check_quotation("Updated.\n" + body, exact, start=start, prefix=prefix.strip())
            assert later.start == start + 9
            n_checked += 1
    assert n_checked > 500
