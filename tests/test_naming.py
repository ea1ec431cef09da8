import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench import names as bench
from statements.naming import Match, NameTable, PersonName, fold, similarity
from statements.naming.packing import PackedNames
from statements.naming.postings import Digests, Postings

PEOPLE = [
    ("jilani", "Jalil Abbas Jilani"),
    ("jilani", "جلیل عباس جیلانی"),
    ("amirabdollahian", "Hossein Amirabdollahian"),
    ("mousavi", "Mir-Hossein Mousavi"),
    ("lavrov", "Lavrov, Sergey Viktorovich"),
    ("clinton", "Clinton, William Jefferson (“Bill”)"),
    ("zhou", "Zhou Enlai"),
    ("wang", "Wang Yi"),
    ("smith-a", "Smith, John A."),
    ("smith-b", "Smith, John B."),
    ("wilson-jr", "Wilson, Charles, Jr."),
    ("wilson-sr", "Wilson, Charles, Sr."),
    ("bishop", "Maurice Bishop"),
    ("giap", "Vo Nguyen Giap"),
    ("gruben", "Gruben, Hervé de"),
]
# What people type: words of names, other scripts, marks, brackets left open.
TYPED = st.text(max_size=60) | st.lists(
    st.sampled_from(
        "john j. smith al- abd al-aziz (bill “ ” [ , ; jr. ii v 王毅 Лавров موسوی الـ de von Ünal é"
        " ' - — \u200c \u200f \x00 \ud800 😀 general the".split(" ")
    ),
    max_size=12,
).map(" ".join)


@pytest.fixture(scope="module")
def table() -> NameTable[str]:
    return NameTable(PEOPLE)


def ids(matches: list[Match[str]]) -> list[str]:
    return [match.id for match in matches]


class TestFolding:
    def test_it_works(self):
        assert fold("Dr. Hervé de GRUBEN, Jr.") == "dr herve de gruben jr"

    def test_a_hyphen_closes_up(self):
        assert fold("Amir-Abdollahian") == fold("Amirabdollahian") == "amirabdollahian"

    def test_an_article_stands_apart(self):
        assert fold("al-Hadi") == fold("Al–Hadi") == fold("al Hadi") == "al hadi"

    def test_initials_part(self):
        assert fold("J.F.M. Whiteley") == "j f m whiteley"

    def test_apostrophes_vanish(self):
        assert fold("O’Neill") == fold("O'Neill") == fold("OʻNeill") == "oneill"

    @pytest.mark.parametrize(
        ("name", "folded"),
        [
            ("Лавров, Сергей", "lavrov sergey"),
            ("习近平", "xi jin ping"),
            ("Ẓāhir Shāh", "zahir shah"),
            ("Dương Văn Minh", "duong van minh"),
            ("موسوی", "mwswy"),
        ],
    )
    def test_scripts_are_transliterated(self, name, folded):
        assert fold(name) == folded

    def test_an_invisible_joiner_does_not_part(self):
        assert fold("امیر\u200cعبداللهیان") == fold("امیرعبداللهیان")

    def test_nothing_is_left_of_no_letters(self):
        assert fold(" … ’ - ") == ""

    def test_a_long_text_is_cut(self):
        assert len(fold("x" * 8000)) == 200

    @given(TYPED)
    def test_folding_twice_changes_nothing(self, text):
        assert fold(fold(text)) == fold(text)


class TestParsing:
    def test_it_works(self):
        name = PersonName.parse("Abrams, General Creighton W. (“Abe”), Jr.")
        assert name.surname == "abrams"
        assert name.givens == ("creighton", "w")
        assert name.initials == "cw"
        assert name.titles == ("general",)
        assert name.nicknames == ("abe",)
        assert name.suffix == "2"

    @pytest.mark.parametrize(
        ("text", "surname", "givens"),
        [
            ("Prime Minister Shinzo Abe", "abe", ("shinzo",)),
            ("Nelson, Donald M., Chairman", "nelson", ("donald", "m")),
            ("Miller, Edward Godfrey, Jr.", "miller", ("edward", "godfrey")),
            ("Edward G. Miller, Jr.", "miller", ("edward", "g")),
            ("Hervé de Gruben", "gruben", ("herve",)),
            ("Gruben, Baron Hervé de", "gruben", ("herve",)),
            ("Georg von Lilienfeld", "lilienfeld", ("georg",)),
            ("Fahd ibn ʻAbd al-ʻAzīz", "abdulaziz", ("fahd",)),
            ("Major-General Allan C. Arnold", "arnold", ("allan", "c")),
            ("Lavrov S. V.", "lavrov", ("s", "v")),
            ("Albert I, 1875-1934", "albert", ()),
            ("王毅", "wang", ("yi",)),
        ],
    )
    def test_titles_particles_and_orders(self, text, surname, givens):
        name = PersonName.parse(text)
        assert (name.surname, name.givens) == (surname, givens)

    @pytest.mark.parametrize(
        ("text", "surname"),
        [("John Major", "major"), ("Maurice Bishop", "bishop"), ("King, Mackenzie", "king")],
    )
    def test_a_title_may_be_a_surname(self, text, surname):
        assert PersonName.parse(text).surname == surname

    def test_a_title_alone_is_the_name(self):
        assert PersonName.parse("Marshal").surname == "marshal"

    def test_east_asian_names_are_read_both_ways(self):
        readings = [reading[::2] for reading in PersonName.parse("Park Chung Hee").readings]
        assert readings == [("hee", ("park", "chung")), ("park", ("chung", "hee"))]

    def test_initials_fix_the_order(self):
        assert len(PersonName.parse("Morton I. Abramowitz").readings) == 1

    def test_another_name_in_brackets_is_another_reading(self):
        name = PersonName.parse("Chow [also spelled Chou] Shu-kai (Zhou Shukai)")
        assert {"chow", "chou", "zhou"} <= {reading.surname for reading in name.readings}

    def test_a_husband_in_brackets_is_not(self):
        name = PersonName.parse("Wallace, Ilo (Mrs. Henry A.)")
        assert [reading.surname for reading in name.readings] == ["wallace"]

    @pytest.mark.parametrize("text", ["", " , ;", "()", "…", "\x00", "1875-1934"])
    def test_no_letters_are_no_name(self, text):
        name = PersonName.parse(text)
        assert (name.readings, name.surname, name.givens, name.initials) == ((), "", (), "")


class TestSimilarity:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Abe, Shinzō", "Prime Minister Shinzo Abe"),
            ("Amirabdollahian, Hossein", "Hossein Amir-Abdollahian"),
            ("Hossein Amir Abdollahian", "Hossein Amirabdollahian"),
            ("Abramowitz, Morton Isaac", "Morton I. Abramowitz"),
            ("Clinton, William Jefferson", "Bill Clinton"),
            ("Parsons, James Graham (“Jeff”)", "Jeff Parsons"),
            ("Parsons, James Graham", "J. Graham Parsons"),
            ("Park Chung Hee", "Park, Chung-hee"),
            ("Schröder, Gerhard", "Gerhard Schroeder"),
            ("Khalid al Qasimi", "Shaikh Khaled al-Qassimi"),
            ("Nasser, Gamal Abdul", "Gamal Abd al-Nasir"),
            ("Echeverría Álvarez, Luis", "President Luis Echeverria"),
            ("Orbán Viktor", "Viktor Orban"),
        ],
    )
    def test_ways_to_write_one_name_are_alike(self, a, b):
        assert similarity(a, b) > 0.9

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Сергей Лавров", "Lavrov, Sergei V."),  # Russian
            ("حسن روحانی", "Rouhani, Hassan"),  # Persian
            ("میرحسین موسوی", "Mir-Hossein Mousavi"),
            ("أنور السادات", "Anwar al-Sadat"),  # Arabic
            ("שמעון פרס", "Shimon Peres"),  # Hebrew
            ("شہباز شریف", "Shehbaz Sharif"),  # Urdu
            ("جلیل عباس جیلانی", "Jalil Abbas Jilani"),
            ("王毅", "Wang Yi"),  # Chinese
            ("周恩来", "Chou En-lai"),
            ("Teng Hsiao-p'ing", "Deng Xiaoping"),
        ],
    )
    def test_names_in_two_scripts_are_alike(self, a, b):
        assert similarity(a, b) > 0.9

    def test_a_surname_alone_says_less(self):
        assert 0.8 < similarity("President Abboud", "Abboud, Ibrahim") < 0.9

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Smith, John", "Smith, Peter"),
            ("John A. Smith", "John B. Smith"),
            ("Smith, John, Jr.", "Smith, John, Sr."),
            ("Mohammed V", "King Mohammed VI"),
            ("Kim Jong-un", "Kim Jong-il"),
            ("Malik, Adam", "Malik, Jacob A."),
            ("Rabin, Yitzhak", "Shamir, Yitzhak"),
            ("حسن روحانی", "Rafsanjani, Hassan"),
            ("", "Smith"),
        ],
    )
    def test_a_contradiction_sinks_it(self, a, b):
        assert similarity(a, b) < 0.75

    @given(TYPED.filter(fold))
    def test_a_name_is_itself(self, name):
        assert similarity(name, name) == 1

    @given(TYPED, TYPED)
    @example("Clinton, William (“Bill”)", "Bill Clinton")
    @example("موسوی", "Mousavi")
    def test_it_is_symmetric_and_from_0_to_1(self, a, b):
        assert similarity(a, b) == similarity(b, a)
        assert 0 <= similarity(a, b) <= 1


class TestFinding:
    def test_it_works(self, table):
        first, *_ = table.find("Jalil Jilani")
        assert (first.id, first.name) == ("jilani", "Jalil Abbas Jilani")
        assert first.score > 0.9

    @pytest.mark.parametrize(
        ("typed", "person"),
        [
            ("jillani", "jilani"),
            ("jalil jilani", "jilani"),
            ("jalil", "jilani"),
            ("jallil", "jilani"),
            ("جیلانی", "jilani"),
            ("JILANI, J.", "jilani"),
            ("amirabdollahian", "amirabdollahian"),
            ("Amir-Abdollahian", "amirabdollahian"),
            ("amir abdollahian", "amirabdollahian"),
            ("amir-ab", "amirabdollahian"),
            ("امیرعبداللهیان", "amirabdollahian"),
            ("حسین امیر عبداللهیان", "amirabdollahian"),
            ("Mousavi", "mousavi"),
            ("Moussavi", "mousavi"),
            ("موسوی", "mousavi"),
            ("Лавров", "lavrov"),
            ("Lawrow", "lavrov"),
            ("president clinton", "clinton"),
            ("bill clin", "clinton"),
            ("Chou En-lai", "zhou"),
            ("周恩来", "zhou"),
            ("wang", "wang"),
            ("giap", "giap"),
            ("vo ng", "giap"),
            ("de gruben", "gruben"),
        ],
    )
    def test_what_people_type_finds_the_person(self, table, typed, person):
        assert ids(table.find(typed))[0] == person

    def test_everyone_it_may_be_is_there_once(self, table):
        assert sorted(ids(table.find("john smith"))) == ["smith-a", "smith-b"]
        assert ids(table.find("jilani")) == ["jilani"]

    def test_no_more_than_asked(self, table):
        assert len(table.find("john smith", 1)) == 1

    @pytest.mark.parametrize("typed", ["", "…", "\x00", "xqzw", "\ud800"])
    def test_nothing_finds_nobody(self, table, typed):
        assert table.find(typed) == []

    def test_an_empty_table_finds_nobody(self):
        empty: NameTable[int] = NameTable([])
        assert (len(empty), empty.find("Smith"), empty.best("Smith")) == (0, [], None)

    @given(TYPED)
    @example("(" * 4000)
    @example("a-" * 4000)
    @example("de la " * 2000)
    def test_it_never_raises(self, table, typed):
        assert len(table.find(typed, 3)) <= 3
        table.best(typed)


class TestBest:
    def test_it_works(self, table):
        match = table.best("Sergei Lavrov")
        assert match is not None
        assert (match.id, match.name) == ("lavrov", "Lavrov, Sergey Viktorovich")

    def test_every_name_leads_to_its_person(self, table):
        assert [table.best(name).id for _, name in PEOPLE] == [person for person, _ in PEOPLE]

    def test_a_surname_will_do_when_one_person_has_it(self, table):
        assert table.best("Mr. Mousavi").id == "mousavi"

    def test_two_people_are_no_answer(self, table):
        assert table.best("John Smith") is None

    def test_nor_are_father_and_son(self, table):
        assert table.best("Charles Wilson") is None

    def test_nor_is_another_given_name(self, table):
        assert table.best("Anatoly Lavrov") is None

    def test_nor_the_beginning_of_a_name(self, table):
        assert table.best("Amirab") is None

    def test_nor_a_name_that_is_passed_over(self, table):
        assert table.best("Wang Yi", apart_from=("wang", "Wang Yi")) is None

    def test_other_names_of_that_person_still_answer(self, table):
        match = table.best("Jalil Abbas Jilani", apart_from=("jilani", "Jalil Abbas Jilani"))
        assert (match.id, match.name) == ("jilani", "جلیل عباس جیلانی")


def many_names() -> list[tuple[int, str]]:
    given = ["John", "Ali", "María", "Сергей", "Wei", "Hans", "Amir", "Ruth", "Paul", "Ana"]
    ends = ["son", "ov", "ez", "mann", "ini", "pour", "ström", "ian", "ski", "ford"]
    stems = [a + b + c for a in "BDFGKLMNPR" for b in "aeiou" for c in "lmnrst"]
    surnames = [stem + end for stem in stems for end in ends]
    return list(enumerate(f"{name} {surname}" for surname in surnames for name in given))


class TestManyNames:
    def test_thirty_thousand_are_looked_up_in_milliseconds(self):
        many = many_names()
        started = time.process_time()
        table = NameTable(many)
        assert len(table) == 30_000
        assert time.process_time() - started < 8  # 1.2 s on an idle core
        asked = many[::300]
        started = time.process_time()
        assert [table.find(name, 1)[0].id for _, name in asked] == [id_ for id_, _ in asked]
        assert (time.process_time() - started) / len(asked) < 0.04  # 4 ms on an idle core


class TestMeasuring:
    NAMES = (("1", "Abe, Shinzō"), ("1", "Shinzo Abe"), ("2", "Smith, John"), ("2", "J. Smyth"))

    def test_it_works(self):
        measured = bench.measure(self.NAMES, bench.by_table(self.NAMES))
        assert (measured.n_lookups, measured.n_answers, measured.n_correct) == (4, 4, 4)
        assert (measured.recall, measured.precision) == (1, 1)

    def test_a_wrong_answer_costs_precision_and_none_recall(self):
        answers = iter(["1", "2", None, None])
        measured = bench.measure(self.NAMES, lambda named: next(answers))
        assert (measured.recall, measured.precision) == (0.25, 0.5)

    def test_a_key_of_two_people_is_no_answer(self):
        answer = bench.by_key((*self.NAMES, ("3", "Smith, Jane")), bench.plain_key)
        assert answer(("1", "Abe, Shinzō")) == "1"
        assert answer(("4", "Smith, J.")) is None

    def test_a_missing_file_is_said(self, monkeypatch, capsys, tmp_path):
        monkeypatch.setattr("sys.argv", ["names", str(tmp_path / "none.csv")])
        bench.main()
        assert "nothing is measured" in capsys.readouterr().out

    def test_a_file_is_reported(self, monkeypatch, capsys, tmp_path):
        path = tmp_path / "names.csv"
        path.write_text('person_id,preferred,variant,mentions\n1,"Abe, Shinzō",Shinzo Abe,3\n')
        monkeypatch.setattr("sys.argv", ["names", str(path)])
        bench.main()
        assert "2 names of 1 people" in capsys.readouterr().out

    @pytest.mark.shared
    @pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.slow)])
    def test_real_names_find_their_person(self, step):
        """Each name, or every so many, is looked up among all the others."""
        if not bench.ALIASES.is_file():
            pytest.skip("the shared folder with other names of officials is absent")
        names = bench.read_names(bench.ALIASES)
        answer = bench.by_table(names)
        for half in bench.halves(names):
            measured = bench.measure(half[::step], answer)
            assert measured.recall >= 0.93
            assert measured.precision >= 0.985


class TestPackedNames:
    def test_it_works(self):
        texts = ["Jalil Abbas Jilani", "Amir-Abdollahian, Hossein (Hussein)", "جلیل جیلانی", "?"]
        names = PackedNames()
        for text in texts:
            names.append(PersonName.parse(text))
        assert [names[place] for place in range(len(names))] == list(map(PersonName.parse, texts))

    @given(st.text(max_size=60))
    def test_a_name_comes_out_as_it_went_in(self, text):
        names = PackedNames()
        names.append(PersonName.parse(text))
        assert names[0] == PersonName.parse(text)

    def test_a_name_weighs_little(self):
        names = PackedNames()
        for _, text in many_names()[:1000]:
            names.append(PersonName.parse(text))
        assert names.n_bytes / len(names) < 250


class TestDigests:
    def test_it_works(self):
        digests = Digests()
        digests.add(3, ["lavrov", "sergey"])
        digests.add(1, ["lavrov"])
        digests.settle()
        assert [digests.numbers(key) for key in ("lavrov", "sergey", "fidan")] == [[1, 3], [3], []]

    def test_an_empty_one_has_nothing(self):
        digests = Digests()
        digests.settle()
        assert digests.numbers("lavrov") == []


class TestPostings:
    @pytest.fixture
    def postings(self) -> Postings:
        postings = Postings()
        for number, words in enumerate([("lavrov", "sergey"), ("lavrin",), ("lavrov",)]):
            postings.add(number, words)
        postings.settle()
        return postings

    def test_it_works(self, postings):
        assert list(postings.words) == ["lavrin", "lavrov", "sergey"]
        assert [list(postings.numbers(word)) for word in postings.words] == [[1], [0, 2], [0]]

    def test_a_beginning_finds_every_word_of_it(self, postings):
        assert postings.words_from("lavr") == ["lavrin", "lavrov"]
        assert list(postings.numbers_from("lavr")) == [1, 0, 2]

    def test_a_beginning_is_no_word(self, postings):
        assert list(postings.numbers("lavr")) == []

    def test_nothing_begins_so(self, postings):
        assert (postings.words_from("z"), list(postings.numbers_from("z"))) == ([], [])
