"""How text is folded, which dictionary reads it, and what the search vector holds."""

import hashlib

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from statements.models import Article, Statement
from statements.models.fulltext import DEFAULT_DICTIONARY, DICTIONARIES, dictionary_of
from tests.factories import make_article, make_official, make_statement

pytestmark = pytest.mark.django_db

WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def sql(expression, *values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", values)
        return cursor.fetchone()[0]


def fold(text):
    return sql("fold(%s)", text)


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Hüseyin", "huseyin"),
            ("António Guterres", "antonio guterres"),
            ("FRANÇOIS", "francois"),
            ("Erdoğan", "erdogan"),
            ("Nguyễn", "nguyen"),
            # No accents, but letters that are typed as others.
            ("Fidan'ın", "fidan'in"),
            ("Wałęsa", "walesa"),
            ("Støre", "store"),
            ("Đukanović", "dukanovic"),
            ("İstanbul", "istanbul"),
            # Greek tonos and Arabic vowel signs are marks of the same letter.
            ("Μητσοτάκης", "μητσοτακης"),
            ("مُحَمَّد", "محمد"),
            # Persian and Arabic typists have two of one letter.
            ("علي", "علی"),
            ("كريم", "کریم"),
            ("موسى", "موسی"),
            # Kashida and the zero-width non-joiner only shape the line.
            ("ســلام", "سلام"),
            ("می\u200cشود", "میشود"),
            # The breve of a Cyrillic letter makes another letter; the diaeresis is optional.
            ("Толстой", "толстой"),
            ("Горбачёв", "горбачев"),
            ("й", "й"),
            # Marks of Indic scripts are vowels.
            ("मोदी", "मोदी"),
            # Wide and compatible forms are the plain ones.
            ("ＩＲＡＮ", "iran"),
            ("ﬁne", "fine"),
        ],
    )
    def test_what_is_spelt_otherwise_is_found(self, text, folded):
        assert fold(text) == folded

    def test_a_capital_i_with_a_dot_is_an_i(self):
        assert fold("İ") == fold("ı") == fold("I") == fold("i")

    @pytest.mark.parametrize("mark", "/\\@_")
    def test_a_slash_and_its_like_part_words(self, mark):
        assert fold(f"ministers{mark}envoys") == "ministers envoys"

    @given(text=WRITABLE)
    def test_folding_twice_is_folding_once(self, text):
        once = fold(text)
        assert fold(once) == once

    def test_nothing_is_nothing(self):
        assert fold("") == ""
        assert fold(None) is None


class TestDictionaries:
    @pytest.mark.parametrize("code", DICTIONARIES)
    def test_the_database_and_python_choose_the_same(self, code):
        assert sql("dictionary_of(%s)::text", code) == DICTIONARIES[code]

    @pytest.mark.parametrize("tag", ["", "fa", "ur", "zh-Hant", "x", "english", "e", "-en", "tlh"])
    def test_another_language_is_read_word_for_word(self, tag):
        assert sql("dictionary_of(%s)::text", tag) == DEFAULT_DICTIONARY == dictionary_of(tag)

    @pytest.mark.parametrize("tag", ["en-GB", "EN", "en-us-x-private"])
    def test_a_region_changes_nothing(self, tag):
        assert sql("dictionary_of(%s)::text", tag) == "english" == dictionary_of(tag)

    @given(st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=12))
    def test_they_agree_on_any_tag(self, tag):
        assert sql("dictionary_of(%s)::text", tag) == dictionary_of(tag)

    def test_the_database_has_them_all(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cfgname FROM pg_ts_config")
            there = {name for (name,) in cursor.fetchall()}
        assert {*DICTIONARIES.values(), DEFAULT_DICTIONARY} <= there


def matches(statement, query, dictionary="english"):
    return sql(
        "search_vector @@ plainto_tsquery(%s, fold(%s)) FROM statements_statement WHERE id = %s",
        dictionary, query, statement.pk,
    )  # fmt: skip


class TestVector:
    def test_words_are_found_in_any_of_their_forms(self):
        statement = make_statement("The ministers condemned the strikes on border villages.")
        assert matches(statement, "condemning a minister's strike")
        assert not matches(statement, "welcomed")

    def test_the_original_is_read_in_its_own_language(self):
        statement = make_statement(
            "Both sides want peace.",
            original_text="Обе стороны желают мирных переговоров.",
            original_language="ru",
        )
        assert matches(statement, "переговоры", "russian")
        assert not matches(statement, "переговоры", "simple")

    def test_a_language_without_dictionary_is_read_word_for_word(self):
        statement = make_statement("رهبران هر دو کشور می‌دانند", language="fa")
        assert matches(statement, "رهبران كشور", "simple")

    def test_it_follows_the_text(self):
        statement = make_statement("We condemn the attack.")
        Statement.objects.filter(pk=statement.pk).update(text="We welcome the talks.")
        assert not matches(statement, "condemn")
        assert matches(statement, "talks")

    def test_it_follows_the_language(self):
        statement = make_statement("Die Minister verhandelten.", language="en")
        Statement.objects.filter(pk=statement.pk).update(language="de")
        assert matches(statement, "verhandelte", "german")

    def test_the_parties_are_in_it(self):
        official = make_official()
        statement = make_statement(speaker=official)
        assert sql(
            "search_vector @@ %s::tsquery FROM statements_statement WHERE id = %s",
            f"'@o{official.pk}'", statement.pk,
        )  # fmt: skip

    def test_words_weigh_more_than_the_originals(self):
        weights = sql(
            "search_vector::text FROM statements_statement WHERE id = %s",
            make_statement("peace", original_text="мир", original_language="ru").pk,
        )
        assert "'peac':1A" in weights
        assert "'мир':2B" in weights

    def test_a_text_of_the_greatest_length_is_taken(self):
        words = " ".join(f"слово{number}" for number in range(20_000))[:100_000]
        statement = make_statement(
            words, language="ru", original_text=words, original_language="ru"
        )
        assert matches(statement, "слово77", "simple")


class TestStoredText:
    def test_its_hash_is_kept_by_the_database(self):
        body = "«Требует согласованных действий» — \U0001f54a"
        article = make_article(body=body)
        article.refresh_from_db()
        assert article.body_sha256 == hashlib.sha256(body.encode()).hexdigest()

    def test_it_follows_the_text(self):
        article = make_article(body="before")
        Article.objects.filter(pk=article.pk).update(body="after")
        article.refresh_from_db()
        assert article.body_sha256 == hashlib.sha256(b"after").hexdigest()

    def test_of_no_text_it_is_that_of_nothing(self):
        article = make_article()
        article.refresh_from_db()
        assert article.body_sha256 == hashlib.sha256(b"").hexdigest()
