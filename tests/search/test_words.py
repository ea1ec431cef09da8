"""What `q` finds: words, phrases, names, in any script and spelling."""

import pytest

from statements.models import Alias, Official, Organization
from statements.search import words
from statements.search.query import N_TERMS
from tests.factories import (
    make_country,
    make_official,
    make_organization,
    make_party,
    make_statement,
)
from tests.search.world import ALL, PERSIAN, found, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        # All words must be there, in any of their forms.
        ("cooperation", {"readiness"}),
        ("cooperating securely trusted", {"readiness"}),
        ("cooperation escalation", set()),
        ("the strikes were aimed", {"aims"}),
        ("COOPERATION", {"readiness"}),
        # A phrase stands as it is.
        ('"mutual trust and cooperation"', {"readiness"}),
        ('"trust mutual"', set()),
        ('"mutual trust" escalation', set()),
        ('"mutual trust', {"readiness"}),
        # Without.
        ("minister -escalation -undated", {"readiness", "undated", "restraint"}),
        ("terrorists -leaders", {"aims"}),
        ('minister -"mutual trust"', {"aims", "undated", "restraint"}),
        ("-minister", {"enemies", "condemned"}),
        ("-minister -terrorists", {"condemned"}),
        # Either.
        ("cooperation or escalation", {"readiness", "aims"}),
        ('"mutual trust" or "strongest terms"', {"readiness", "condemned"}),
        ("cooperation or escalation telephone", {"readiness"}),
        ("telephone cooperation OR escalation", {"readiness"}),
        # Common words are passed over when others tell more.
        ("the escalation of it", {"aims"}),
        ("no one shall come between our two nations", {"undated"}),
    ],
)
def test_words_of_a_text(q, expected):
    assert found(q=q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("переговоры", {"restraint"}),
        ("мирный", {"restraint"}),
        ("сдержанность", {"restraint"}),
        ("رهبران", {"enemies"}),
        ("دشمنان دو ملت", {"enemies"}),
        ('"رهبران و مقامات ارشد"', {"enemies"}),
        ("مي‌دانند", {"enemies"}),
        ("كشور", {"enemies"}),
    ],
)
def test_words_of_an_original(q, expected):
    """Also with the Arabic letters that many keyboards have in place of the Persian."""
    assert found(q=q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("jilani", {"readiness", "aims"}),
        ("Jalil Abbas", {"readiness", "aims"}),
        ('"Jalil Abbas Jilani"', {"readiness", "aims"}),
        ("جیلانی", {"readiness", "aims"}),
        ("جيلاني", {"readiness", "aims"}),
        ("amir-abdollahian", {"readiness", "restraint"}),
        ("امیرعبداللهیان", {"readiness", "restraint"}),
        ("Лавров", {"restraint"}),
        ("fidan", {"aims"}),
        ("FIDAN", {"aims"}),
        ("Fıdan", {"aims"}),
        ("UNSC", {"condemned"}),
        ("مجلس", {"condemned"}),
        ("foreign office", {"readiness", "undated"}),
        ("Mousavi", {"enemies"}),
        ("dear brother", {"enemies"}),
        ("jilani cooperation", {"readiness"}),
        ("jilani fidan", {"aims"}),
        ("jilani or lavrov", {"readiness", "aims", "restraint"}),
        ("security -jilani", {"condemned"}),
        ("islamic republic", {"restraint"}),
    ],
)
def test_names_of_parties_in_any_alias_or_script(q, expected):
    assert found(q=q) == expected


class TestRename:
    def test_it_shows_at_once_and_touches_no_statement(self, world):
        Official.objects.filter(pk=world.mousavi.pk).update(name="Rasoul Zarrinkoub")
        assert found(q="zarrinkoub") == {"enemies"}
        assert found(q="mousavi") == set()

    def test_so_does_a_new_alias(self, world):
        Alias.objects.create(official=world.lavrov, name="Lawrow")
        assert found(q="lawrow") == {"restraint"}

    def test_and_an_organization(self, world):
        Organization.objects.filter(pk=world.council.pk).update(name="Council of Peace")
        assert found(q='"council of peace"') == {"condemned"}

    def test_accents_of_a_name_are_folded(self):
        make_statement(key="guterres", speaker=make_official("António Guterres", country="pt"))
        assert found(q="antonio") == found(q="ANTÓNIO guterres") == {"guterres"}

    def test_a_country_is_found_as_a_party_and_not_as_a_side(self):
        make_statement(key="japan", speaker=make_country("jp"))
        statement = make_statement(key="envoy", speaker="someone")
        make_party(statement, "addressee", "an envoy", country=make_country("jp"))
        assert found(q="japan") == found(q="tokyo") == {"japan"}


class TestWhatTellsNothing:
    @pytest.mark.parametrize(
        "q", ["they", "which were being", '"between them"', "to be or not to be"]
    )
    def test_common_words_alone_find_nothing_and_say_so(self, q):
        result = search(q=q)
        assert result.rows == []
        assert any("common" in message for message in result.messages)
        assert result.errors == {}

    def test_unless_somebody_is_called_so(self):
        make_statement(key="who", speaker=make_official("An Will", country="nl", aliases=["Will"]))
        assert found(q="will") == {"who"}

    @pytest.mark.parametrize("q", ["!!", "🕊", "-", '""', "\u202e", "…—", "' '", "\u200f\u200e"])
    def test_no_letters_ask_nothing(self, q):
        result = search(q=q)
        assert {row.key for row in result.rows} == ALL
        assert not result.has_words

    @pytest.mark.parametrize(
        "q",
        [
            "a:*", "trust & | !", "(trust", "trust:*A", "'; DROP TABLE statements_statement; --",
            "trust <-> mutual", "\\", "\\'", "''", "'a''b'", "%", "_", "$$", "{}", "@o1", "'@o1'",
            "@c2 @g3", "!trust", "or or or", "- - -", '" " "', "\u202etrust\u202c",
            "tru\u200dst", "🕊 peace 🕊", "ﷺ", "𝔗𝔯𝔲𝔰𝔱", "a" * 3_000, "é" * 2_000, "1e400",
            "http://[::1", "e@mail.example", "/etc/passwd", "x=1&y=2", "\r\n\t",
        ],
    )  # fmt: skip
    def test_nothing_that_is_typed_breaks_it(self, q):
        result = search(q=q)
        assert result.errors == {}
        assert isinstance(result.rows, list)
        assert result.count.n == len(result.rows)
        assert result.facets is not None

    def test_a_nul_is_an_error(self):
        assert list(search(q="trust\x00").errors) == ["q"]

    @pytest.mark.parametrize("q", ["@o1", "'@o1'", "@o1 @o2 @o3", '"@p1"'])
    def test_a_number_of_ours_is_no_word(self, q, world):
        """The tokens of the parties stand in the vector, where nobody but us may ask for them."""
        assert found(q=q.replace("1", str(world.jilani.pk))) == set()


class TestLength:
    def test_eight_kilobytes_of_words_are_answered(self):
        result = search(q=" ".join(["minister"] * 900)[:8_192])
        assert result.errors == {}
        assert result.rows

    def test_one_character_more_is_an_error(self):
        assert list(search(q="a" * 8_193).errors) == ["q"]

    def test_the_first_forty_words_are_searched_and_it_says_so(self):
        words = ["minister"] * N_TERMS + ["nowhere"]
        result = search(q=" ".join(words))
        assert result.rows
        assert any(str(N_TERMS) in message for message in result.messages)

    def test_forty_are_searched_in_silence(self):
        result = search(q=" ".join(["minister"] * N_TERMS))
        assert result.rows
        assert result.messages == []

    def test_thousands_of_operators_cost_what_forty_do(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(250):
            assert search(q="to:iran " * 1_000).rows


class TestRelevance:
    def test_it_is_the_order_when_there_are_words(self):
        assert search(q="minister").sort == "relevance"
        assert search(q="minister", sort="newest").sort == "newest"
        assert search(q="from:pk").sort == "newest"
        assert search(sort="relevance").sort == "newest"

    def test_what_says_it_more_comes_first(self):
        make_statement("Trust, trust and again mutual trust: trust.", key="trusting")
        assert [row.key for row in search(q="trust").rows] == ["trusting", "readiness"]


def test_a_translation_and_its_original_are_one_statement():
    assert found(q=f'leaders "{PERSIAN[:20]}"') == {"enemies"}


def test_a_word_in_two_languages_is_asked_in_both():
    make_statement("Die Verhandlungen begannen.", key="german", language="de")
    assert found(q="verhandlung") == {"german"}
    assert found(q="cooperating") == {"readiness"}


def test_words_typed_twice_are_asked_once():
    assert search(q="trust trust -war -war").words == search(q="trust -war").words
    assert search(q="trust or trust").words == search(q="trust").words


def test_what_must_not_be_there_ranks_nothing():
    assert search(q="trust -war").words.ranking == search(q="trust").words.ranking
    assert search(q="-war").words.ranking is None
    assert search(q="-war").sort == "newest"
    assert search(q="-war", sort="relevance").sort == "newest"
    assert "relevance" not in [choice.value for choice in search(q="-war").sorts]


@pytest.fixture
def ministries():
    """More than are asked for within a tsquery, one of them in a text that has the word too."""
    made = [
        make_organization(f"Ministry of Nothing {n}", country="pk")
        for n in range(words.N_NAMES_WITHIN)
    ]
    made += [make_organization("Nothing Party", country="pk", aliases=["Nothing Group"])]
    make_statement(key="by-one", speaker=made[0], text="Trade.")
    make_statement(key="by-another", speaker=made[-1], text="Trade.")
    make_statement(key="to-one", addressee=made[1], text="Trade.")
    make_statement(key="said", text="There is nothing to add.")
    make_statement(key="neither", text="Trade.")


@pytest.mark.parametrize("share", [0, 1], ids=["walking", "by the index"])
@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("nothing", {"by-one", "by-another", "to-one", "said"}),
        ("nothing trade", {"by-one", "by-another", "to-one"}),
        ("trade -nothing", {"neither"}),
    ],
)
def test_a_word_in_many_names_is_found_in_either_way(monkeypatch, ministries, share, q, expected):
    monkeypatch.setattr(words, "COMMON", share)
    assert found(q=q) == expected
