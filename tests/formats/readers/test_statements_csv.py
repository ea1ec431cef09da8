"""Rows of a table as objects of the archive format, with every fault by line and column."""

import csv
import io

import pytest

from statements.formats.readers import statements_csv, tables
from statements.formats.readers.statement_columns import COLUMNS, column_of, column_of_field
from statements.formats.readers.statements_csv import ArticleAsked, Unresolved
from statements.formats.readers.tables import NotATable
from statements.formats.writers.statement_template import as_csv, as_xlsx
from statements.records import PartyRecord, StatementRecord
from statements.vocabulary import Form, Role

ACTORS = {
    ("official", "jilani"), ("official", "amir"), ("official", "fidan"), ("country", "pk"),
    ("country", "ir"), ("organization", "foreign-office"), ("post", "foreign-minister-pk"),
    ("topic", "security"),
}  # fmt: skip


class Names:
    """A small archive: slugs, one name that one has, one that two have."""

    def find(self, kinds, words, *, country=None):
        named = {"Jalil Abbas Jilani": ("official", "jilani"), "Security": ("topic", "security")}
        found = [named[words]] if words in named else []
        found += [(kind, words) for kind in kinds if (kind, words) in ACTORS]
        if words == "Khan":
            if country == "pk":
                return "official", "jilani"
            raise Unresolved("“Khan” may be more than one")
        if not found:
            raise Unresolved(f"there is no “{words}”")
        return found[0]

    def find_article(self, asked):
        if asked == ArticleAsked("https://example.org/a", "", ""):
            return "by-address"
        if asked == ArticleAsked("", "NDTV", "Ministers speak"):
            return "by-title"
        raise Unresolved("there is no such article")

    def prepare(self, asked):
        self.prepared = asked


LEAST = {"text": "Words.", "form": "direct", "speaker": "jilani", "article": "report"}


def table_of(*rows, names=None):
    names = names or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(content, lookup=None):
    found = tables.rows(io.BytesIO(content), "t.csv")
    return list(statements_csv.read(found, lookup or Names()))


def told(**cells):
    [row] = read(table_of(LEAST | cells))
    assert row.problems == ()
    return row.told


def problems(**cells):
    [row] = read(table_of(LEAST | cells))
    return dict(row.problems)


def parties(**cells):
    return told(**cells)["parties"]


class TestRow:
    def test_it_works(self):
        assert told() == {
            "type": "statement", "text": "Words.", "form": "direct",
            "parties": [{"role": "speaker", "official": "jilani", "kind": "official"}],
            "citations": [{"article": "report"}],
        }  # fmt: skip

    def test_it_is_told_by_its_line(self):
        rows = read(table_of(LEAST, LEAST | {"text": "two\nlines"}, LEAST))
        assert [row.number for row in rows] == [2, 3, 5]

    def test_what_a_row_tells_is_what_the_archive_takes(self):
        row = told(
            key="k", language="EN", original_text="متن", original_language="fa", translator="T",
            said_on="2024-01", said_on_qualifier="between", said_on_until="2024-02",
            said_on_basis="inferred", said_at="2024-01-19T14:30:00+05:00", channel="Phone call",
            channel_basis="stated", platform="X", text_status="translated", event="call",
            event_order="2", about_events="strike; other", standing="disputed",
            standing_note="Iran", status="in review", basis_note="Friday", note="A note",
            acts="Appeals; offer", topics="Security", links="replies_to: other-key",
            addressee="amir; the public", relayer="foreign-office", relayer_form="mixed",
            relayer_channel="press_statement", subject="ir", quote=" words ", locator="p. 2",
        )  # fmt: skip
        record = StatementRecord.model_validate(row)
        assert record.channel == "phone_call"
        assert record.acts == ["appeal", "offer"]
        assert record.topics == ["security"]
        assert record.citations[0].quote == " words "
        assert [party.role for party in record.parties] == [
            "speaker", "addressee", "addressee", "relayer", "subject",
        ]  # fmt: skip

    def test_an_empty_cell_says_nothing_and_a_dash_says_that_there_is_nothing(self):
        row = told(note="", event="-", channel="-", acts="-", event_order="-")
        assert "note" not in row
        assert (row["event"], row["channel"], row["acts"], row["event_order"]) == (
            None, None, [], None,
        )  # fmt: skip

    @pytest.mark.parametrize("column", ["text", "form", "speaker", "article"])
    def test_what_is_required_is_missed(self, column):
        assert list(problems(**{column: ""})) == [column]

    def test_a_row_that_cannot_be_read_tells_nothing(self):
        content = table_of(LEAST) + b"a,b\n"
        row = read(content)[1]
        assert (row.told, row.problems) == (
            {}, (("", "has 2 cells, and the first row has 4"),),
        )  # fmt: skip

    def test_every_problem_of_a_row_is_told(self):
        found = problems(speaker="nobody", channel="pigeon", event_order="first", acts="apeal")
        assert set(found) == {"speaker", "channel", "event_order", "acts"}

    @pytest.mark.parametrize("number", ["9" * 5_000, "-1", "1.5", "²"])
    def test_an_order_is_a_number_of_a_size_to_count_by(self, number):
        assert "is not a whole number" in problems(event_order=number)["event_order"]


class TestCodes:
    def test_one_that_is_nearly_right_is_offered(self):
        assert problems(channel="phone_cal")["channel"] == (
            "“phone_cal” is not in its list (is “phone_call” meant?)"
        )

    def test_of_a_short_list_all_are_offered(self):
        assert problems(form="spoken")["form"].endswith(", ".join(Form.codes()))


class TestParties:
    def test_what_stands_beside_a_name_is_in_the_order_of_names(self):
        found = parties(
            speaker="jilani; amir", speaker_post="; foreign-minister-pk", speaker_country="pk; ir",
            speaker_name_as_printed="Jilani",
        )  # fmt: skip
        assert found == [
            {"role": "speaker", "official": "jilani", "kind": "official", "country": "pk",
             "name_as_printed": "Jilani"},
            {"role": "speaker", "official": "amir", "kind": "official", "country": "ir",
             "post": "foreign-minister-pk"},
        ]  # fmt: skip

    def test_one_is_found_by_name(self):
        assert parties(speaker="Jalil Abbas Jilani")[0]["official"] == "jilani"

    def test_of_two_of_a_name_the_country_tells(self):
        assert parties(speaker="Khan", speaker_country="pk")[0]["official"] == "jilani"

    def test_a_name_that_two_have_is_refused(self):
        assert problems(speaker="Khan") == {"speaker": "“Khan” may be more than one"}

    def test_a_kind_before_the_slug_is_heeded(self):
        assert problems(speaker="country: jilani") == {"speaker": "there is no “jilani”"}

    @pytest.mark.parametrize("words", ["the public", "Public"])
    def test_the_public_may_be_addressed(self, words):
        assert parties(addressee=words)[1] == {"role": "addressee", "kind": "public"}

    def test_someone_unnamed_may_speak(self):
        assert parties(speaker="unnamed: a senior official", speaker_country="ir") == [
            {"role": "speaker", "kind": "unnamed", "name_as_printed": "a senior official",
             "country": "ir"}
        ]  # fmt: skip

    def test_more_beside_than_names_is_refused(self):
        assert problems(speaker_country="pk; ir") == {
            "speaker_country": "has 2 entries, and speaker has 1"
        }

    def test_an_empty_place_is_refused(self):
        assert "empty place" in problems(speaker="jilani;;amir")["speaker"]


class TestCitations:
    def test_several_articles_have_columns_of_their_own(self):
        found = told(quote="a", article_2="other", quote_2="b", locator_2="p. 1")["citations"]
        assert found == [
            {"article": "report", "quote": "a"},
            {"article": "other", "quote": "b", "locator": "p. 1"},
        ]

    @pytest.mark.parametrize(
        ("cells", "slug"),
        [
            ({"article_url": "https://example.org/a"}, "by-address"),
            ({"outlet": "NDTV", "article_title": "Ministers speak"}, "by-title"),
        ],
    )
    def test_an_article_is_found_by_its_address_or_title(self, cells, slug):
        assert told(article="", **cells)["citations"] == [{"article": slug}]

    def test_an_article_that_is_not_there_is_refused_where_it_is_named(self):
        assert problems(article="", article_url="https://x.org") == {
            "article_url": "there is no such article"
        }

    def test_words_without_an_article_are_refused(self):
        assert list(problems(quote_2="words")) == ["article_2"]

    def test_articles_are_looked_for_together(self):
        lookup = Names()
        read(table_of(*[LEAST | {"article": "", "outlet": f"o{n}"} for n in range(3)]), lookup)
        assert [asked.outlet for asked in lookup.prepared] == ["o0", "o1", "o2"]


class TestLinks:
    def test_one_without_a_kind_is_refused(self):
        assert "replies_to" in problems(links="other-key")["links"]


class TestHeadings:
    @pytest.mark.parametrize("heading", ["said_on", "Said on", " SAID-ON ", "said  on"])
    def test_they_are_known_however_they_are_spelled(self, heading):
        assert column_of(heading).name == "said_on"

    def test_another_word_for_one_is_known(self):
        assert column_of("qualifier").name == "said_on_qualifier"

    def test_an_unknown_one_is_refused_and_the_likely_one_offered(self):
        with pytest.raises(NotATable, match="“speeker” is not a column .is “speaker” meant"):
            read(table_of(LEAST | {"speeker": "x"}))

    @pytest.mark.parametrize("twice", [b"text,form,text", b"text,form,Text "])
    def test_one_that_stands_twice_is_refused(self, twice):
        with pytest.raises(NotATable, match="“text” stands twice"):
            read(twice + b"\nx,direct,y\n")

    def test_what_must_be_there_is_missed(self):
        with pytest.raises(NotATable, match="“form” is missing"):
            read(b"text,speaker\nx,y\n")

    def test_a_column_without_one_is_passed_over(self):
        assert len(read(b"text,form,\nx,direct,\n")) == 1

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
    def test_a_file_with_nothing_in_it_is_refused(self, content):
        with pytest.raises(NotATable, match="holds nothing"):
            read(content)


class TestColumns:
    def test_each_fills_in_a_field_of_the_archive_format(self):
        roles = tuple(Role)
        fields = {"speaker": "parties", "quote_2": "citations[1].quote"}
        for column in COLUMNS:
            field = fields.get(column.name, column.name)
            assert column_of_field(field, roles) == column.name

    def test_fields_of_a_party_are_told_by_its_role(self):
        roles = (Role.SPEAKER, Role.RELAYER)
        assert column_of_field("parties[1].form", roles) == "relayer_form"
        assert column_of_field("parties[1].official", roles) == "relayer"

    def test_those_of_a_relayer_are_fields_of_a_party(self):
        names = {column.name for column in COLUMNS}
        beside = {name.removeprefix("relayer_") for name in names if name.startswith("relayer_")}
        assert beside == set(PartyRecord.model_fields) - {
            "role", "official", "kind", "name", "article",
        }  # fmt: skip


class TestTemplate:
    def test_the_csv_one_is_read_without_a_row(self):
        assert read(as_csv()) == []

    def test_the_xlsx_one_is_read_without_a_row(self):
        found = tables.rows(io.BytesIO(as_xlsx()), "t.xlsx")
        assert list(statements_csv.read(found, Names())) == []
