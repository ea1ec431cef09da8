"""What the fields of records hold."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from statements.dates import PartialDate, Qualifier
from statements.vocabulary import Basis, Channel, Status, TextStatus

from .lines import citation, read, refusal, refusals


class TestTexts:
    def test_prose_is_composed_and_trimmed(self):
        assert read("statement", text=" Re\u0301sume\u0301\r\n").text == "R\xe9sum\xe9"

    def test_words_of_a_source_are_left_as_they_are(self):
        assert citation(quote=" Re\u0301sume\u0301\r\n").quote == " Re\u0301sume\u0301\r\n"

    def test_the_stored_text_is_left_as_it_is(self):
        assert read("article", body="\tRe\u0301\r\n").body == "\tRe\u0301\r\n"

    def test_a_name_is_one_line_without_disguise(self):
        assert read("official", name="Jalil\u202e\n Jilani").name == "Jalil Jilani"

    @pytest.mark.parametrize("name", ["", " ", "\n", "\u202e"])
    def test_a_name_of_nothing_is_refused(self, name):
        assert refusal("official", name=name)[0] == "name"

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_a_statement_of_no_words_is_refused(self, text):
        assert refusal("statement", text=text)[0] == "text"

    @pytest.mark.parametrize("field", ["text", "original_text", "basis_note", "note"])
    @pytest.mark.parametrize("character", ["\x00", "\ud800", "\x07"])
    def test_what_no_text_holds_is_refused(self, field, character):
        assert refusal("statement", **{field: f"words{character}"})[0] == field

    @pytest.mark.parametrize("character", ["\x00", "\udfff"])
    def test_what_postgresql_cannot_hold_is_refused_in_a_quotation(self, character):
        with pytest.raises(ValidationError):
            citation(quote=f"words{character}")

    @pytest.mark.parametrize("field", ["text", "original_text"])
    def test_a_hundred_thousand_characters_are_taken(self, field):
        assert len(getattr(read("statement", **{field: "ﮐ" * 100_000}), field)) == 100_000

    @pytest.mark.parametrize("field", ["text", "original_text"])
    def test_one_more_is_refused(self, field):
        assert refusal("statement", **{field: "a" * 100_001})[0] == field

    def test_the_length_is_that_of_what_would_be_kept(self):
        """U+0958 is two characters once it is composed as Unicode asks."""
        assert refusal("statement", text="\u0958" * 60_000)[0] == "text"
        assert refusal("statement", note="\u0958" * 6_000)[0] == "note"

    def test_five_megabytes_are_refused(self):
        assert refusal("statement", text="Iran " * 1_000_000)[0] == "text"

    @pytest.mark.parametrize("value", [3, True, ["a"], {"a": 1}])
    def test_what_is_no_text_is_refused(self, value):
        assert refusal("statement", text=value)[0] == "text"


class TestNamesOfThings:
    @pytest.mark.parametrize(
        "slug", ["jilani", "foreign-office-pakistan", "a_b", "2024-01-19-a", "x" * 200]
    )
    def test_a_slug_is_taken(self, slug):
        assert read("topic", slug=slug).slug == slug

    @pytest.mark.parametrize(
        "slug",
        ["", "Jilani", "-a", "a-", "a--b", "a b", "a/b", "é", "a\n", "../a", "x" * 201, 7],
    )
    def test_what_no_address_can_hold_is_refused(self, slug):
        assert refusal("topic", slug=slug)[0] == "slug"

    @pytest.mark.parametrize("code", ["pk", "suhh", "xk", "x-hawaii", "x-two-sicilies"])
    def test_a_code_of_a_country_is_taken(self, code):
        assert read("country", code=code).code == code

    @pytest.mark.parametrize("code", ["", "PK", "pak", "p1", "x-", "x-Hawaii", "hawaii", "x--a"])
    def test_what_is_no_code_of_a_country_is_refused(self, code):
        assert refusal("country", code=code)[0] == "code"

    def test_the_third_code_is_three_capitals(self):
        assert read("country", alpha3="PAK").alpha3 == "PAK"
        assert refusal("country", alpha3="pak")[0] == "alpha3"

    @pytest.mark.parametrize("language", ["en", "fa", "pt-BR", "zh-Hant-TW", "ckb"])
    def test_a_language_tag_is_taken(self, language):
        assert read("statement", language=language).language == language

    @pytest.mark.parametrize("language", ["English", "e", "en_GB", "en-", "EN"])
    def test_what_is_no_language_tag_is_refused(self, language):
        assert refusal("statement", language=language)[0] == "language"

    @pytest.mark.parametrize("key", ["wikidata", "viaf", "isni_2"])
    def test_an_identifier_is_a_name_and_a_text(self, key):
        assert read("official", identifiers={key: "Q1"}).identifiers == {key: "Q1"}

    @pytest.mark.parametrize("found", [{"Wiki data": "Q1"}, {"viaf": 7}, {"viaf": ""}])
    def test_another_identifier_is_refused(self, found):
        assert refusal("official", identifiers=found)[0].startswith("identifiers")


class TestAddressesOfTheWeb:
    @pytest.mark.parametrize(
        "url",
        [
            "https://example.org",
            "HTTP://example.org/a?b=c#d",
            "https://xn--80ak6aa92e.com/@someone",
            "https://user.example/a@b",
            "https://[2001:db8::1]/",
        ],
    )
    def test_an_address_of_the_web_is_taken(self, url):
        assert read("article", url=url).url == url

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,hello",
            "ftp://example.org/",
            "file:///etc/passwd",
            "//example.org/",
            "example.org",
            "https://",
            "https:///path",
            "https://user:secret@example.org/",
            "https://user@example.org",
            "https://example.org\\@evil.example/",
            "https://example.org/a b",
            "https://" + "a" * 2000,
        ],
    )
    def test_any_other_is_refused(self, url):
        assert refusal("article", url=url)[0] == "url"

    @pytest.mark.parametrize(
        ("kind", "field"),
        [
            ("organization", "website"),
            ("outlet", "website"),
            ("article", "archived_url"),
            ("event", "url"),
        ],
    )
    def test_every_address_is_held_to_it(self, kind, field):
        assert refusal(kind, **{field: "javascript:alert(1)"})[0] == field


class TestDays:
    @pytest.mark.parametrize("day", ["2024-01-19", "2024-01", "2024", "0001", "9999-12-31"])
    def test_a_day_has_its_precision(self, day):
        assert read("statement", said_on=day).said_on == PartialDate.parse(day)

    @pytest.mark.parametrize(
        "day",
        [
            "2023-02-29", "2024-13", "2024-00-01", "0000", "10000", "9999-99-99", "19 Jan 2024",
            "2024-1-19", "", "2024-01-19T00:00:00Z", 2024, 20240119, {"year": 2024}, "-044-03-15",
        ],
    )  # fmt: skip
    def test_what_is_no_day_is_refused(self, day):
        assert refusal("statement", said_on=day)[0] == "said_on"

    @pytest.mark.parametrize("qualifier", ["on", "about", "not_before", "not_after"])
    def test_a_day_is_qualified(self, qualifier):
        found = read("statement", said_on="2024-01-19", said_on_qualifier=qualifier)
        assert found.said_on_qualifier == Qualifier(qualifier)

    def test_between_takes_two_days(self):
        days = {"said_on": "2024-01-16", "said_on_until": "2024-01-18"}
        assert read("statement", said_on_qualifier="between", **days).said_on_until

    def test_between_one_day_and_nothing_is_refused(self):
        fields = {"said_on": "2024-01-16", "said_on_qualifier": "between"}
        assert refusal("statement", **fields)[0] == "said_on_until"

    def test_a_second_day_without_between_is_refused(self):
        fields = {"said_on": "2024-01-16", "said_on_until": "2024-01-18"}
        assert refusal("statement", **fields)[0] == "said_on_until"

    def test_a_second_day_before_the_first_is_refused(self):
        fields = {
            "said_on": "2024-01-18",
            "said_on_until": "2024-01-16",
            "said_on_qualifier": "between",
        }
        assert refusal("statement", **fields)[0] == "said_on_until"

    @pytest.mark.parametrize("field", ["said_on_qualifier", "said_on_until"])
    def test_what_qualifies_a_day_needs_one(self, field):
        value = "about" if field == "said_on_qualifier" else "2024"
        assert refusal("statement", **{field: value})[0] == field

    def test_a_reason_for_no_day_beside_a_day_is_refused(self):
        fields = {"said_on": "2024", "undated_reason": "The letter has no date."}
        assert refusal("statement", **fields)[0] == "undated_reason"

    def test_a_reason_for_no_day_stands_alone(self):
        assert read("statement", undated_reason="No date.").undated_reason == "No date."

    @pytest.mark.parametrize(
        ("kind", "fields", "field"),
        [
            ("event", {"started_on": "2024-01-18", "ended_on": "2024-01-16"}, "ended_on"),
            (
                "official",
                {"tenures": [{"post": "p", "started_on": "2024", "ended_on": "2023"}]},
                "tenures[0].ended_on",
            ),
        ],
    )
    def test_an_end_before_its_beginning_is_refused(self, kind, fields, field):
        assert refusal(kind, **fields)[0] == field

    def test_an_end_within_the_month_of_the_beginning_is_taken(self):
        assert read("event", started_on="2024-01-18", ended_on="2024-01").ended_on


@pytest.mark.parametrize(
    "url", ["http://[::1/a#b", "http://[x]/", "http://[::1", "https://a:port/", "https://:80/"]
)
def test_an_address_that_is_none_is_refused(url):
    assert refusal("article", url=url)[0] == "url"


class TestInstants:
    def test_the_zone_where_it_was_said_is_kept(self):
        found = read("statement", said_at="2024-01-19T14:30:00+05:00").said_at
        assert found == datetime(2024, 1, 19, 9, 30, tzinfo=UTC)
        assert found.utcoffset() == timedelta(hours=5)

    @pytest.mark.parametrize("said_on", ["2024-01-18", "2024-01-20", "2024-01", "2024"])
    def test_it_lies_on_the_day_give_or_take_a_zone(self, said_on):
        assert read("statement", said_on=said_on, said_at="2024-01-19T14:30:00+05:00").said_at

    @pytest.mark.parametrize("said_on", ["2024-01-17", "2024-02", "2023"])
    def test_an_instant_of_another_day_is_refused(self, said_on):
        found = refusal("statement", said_on=said_on, said_at="2024-01-19T14:30:00+05:00")
        assert found[0] == "said_at"

    def test_it_is_written_as_it_was_told(self):
        written = read("statement", said_at="2024-01-19T14:30:00+05:00").model_dump(mode="json")
        assert written["said_at"] == "2024-01-19T14:30:00+05:00"

    def test_what_the_archive_sets_is_kept_in_utc(self):
        found = read("statement", published_at="2024-01-19T14:30:00.25+05:00")
        assert found.model_dump(mode="json")["published_at"] == "2024-01-19T09:30:00.250000Z"

    @pytest.mark.parametrize("field", ["said_at", "published_at", "updated_at"])
    @pytest.mark.parametrize(
        "instant", ["2024-01-19T14:30:00", "2024-01-19", "2024-02-30T00:00:00Z", 0, "now", ""]
    )
    def test_what_is_no_instant_is_refused(self, field, instant):
        assert refusal("statement", **{field: instant})[0] == field

    def test_the_instant_of_a_check_is_one_too(self):
        found = refusal("statement", citations=[{"article": "a", "checked_at": "yesterday"}])
        assert found[0] == "citations[0].checked_at"

    def test_an_instant_already_read_is_taken(self):
        at = datetime(2024, 1, 19, 14, 30, tzinfo=timezone(timedelta(hours=5)))
        assert read("statement", said_at=at).said_at == at


class TestNumbers:
    @pytest.mark.parametrize("latitude", [-90, 0, 33.7, 90])
    def test_a_latitude_is_taken(self, latitude):
        assert read("country", latitude=latitude).latitude == latitude

    @pytest.mark.parametrize("latitude", [91, -90.1, "33.7", True, float("nan"), float("inf")])
    def test_what_is_no_latitude_is_refused(self, latitude):
        assert refusal("country", latitude=latitude)[0] == "latitude"

    @pytest.mark.parametrize("longitude", [180.5, -181, "0"])
    def test_what_is_no_longitude_is_refused(self, longitude):
        assert refusal("country", longitude=longitude)[0] == "longitude"

    @pytest.mark.parametrize("order", [-1, 1.5, "2", True, 2_147_483_648, 10**30])
    def test_what_is_no_place_in_an_order_is_refused(self, order):
        assert refusal("statement", event="call", event_order=order)[0] == "event_order"

    @pytest.mark.parametrize("value", ["true", 1, "yes"])
    def test_what_is_neither_true_nor_false_is_refused(self, value):
        assert refusal("event", is_seen=value)[0] == "is_seen"
        assert refusal("official", tenures=[{"post": "p", "acting": value}])[0] == (
            "tenures[0].acting"
        )


class TestClosedLists:
    @pytest.mark.parametrize(
        ("kind", "field"),
        [
            ("organization", "kind"),
            ("article", "kind"),
            ("event", "kind"),
            ("redirect", "kind"),
            ("statement", "form"),
            ("statement", "text_status"),
            ("statement", "said_on_basis"),
            ("statement", "channel"),
            ("statement", "channel_basis"),
            ("statement", "standing"),
            ("statement", "status"),
        ],
    )
    def test_a_code_that_nobody_knows_is_refused(self, kind, field):
        assert refusal(kind, **{field: "nonsense"})[0] == field

    def test_an_act_that_nobody_knows_is_refused_by_its_place(self):
        assert refusal("statement", acts=["appeal", "nonsense"])[0] == "acts[1]"

    @pytest.mark.parametrize("field", ["role", "kind", "basis", "form", "channel"])
    def test_a_code_of_a_party_that_nobody_knows_is_refused(self, field):
        parties = [{"role": "speaker", "official": "jilani", field: "nonsense"}]
        found = refusals("statement", parties=parties)
        assert f"parties[0].{field}" in [place for place, _ in found]

    @pytest.mark.parametrize("field", ["form", "text_status", "check"])
    def test_a_code_of_a_citation_that_nobody_knows_is_refused(self, field):
        found = refusal("statement", citations=[{"article": "a", field: "nonsense"}])
        assert found[0] == f"citations[0].{field}"

    def test_a_link_that_nobody_knows_is_refused(self):
        found = refusal("statement", links=[{"kind": "likes", "statement": "other"}])
        assert found[0] == "links[0].kind"

    @pytest.mark.parametrize(
        ("kind", "fields", "field"),
        [
            ("statement", {"acts": ["appeal", "appeal"]}, "acts"),
            ("statement", {"topics": ["a", "b", "a"]}, "topics"),
            ("statement", {"about_events": ["a", "a"]}, "about_events"),
            ("statement", {"links": [{"kind": "denies", "statement": "a"}] * 2}, "links"),
            ("event", {"countries": ["pk", "pk"]}, "countries"),
            ("country", {"aliases": ["Persia", "Persia"]}, "aliases"),
            ("official", {"aliases": ["Fidan", {"name": "Fidan"}]}, "aliases"),
            ("official", {"tenures": [{"post": "p"}] * 2}, "tenures"),
        ],
    )
    def test_what_stands_twice_in_a_list_is_refused(self, kind, fields, field):
        assert refusal(kind, **fields)[0] == field


class TestDefaults:
    def test_a_statement_is_a_draft_in_english_by_an_unknown_channel(self):
        found = read("statement")
        assert found.status is Status.DRAFT
        assert found.language == "en"
        assert found.channel is Channel.UNKNOWN
        assert found.text_status is TextStatus.UNKNOWN
        assert found.channel_basis is found.said_on_basis is Basis.STATED
        assert found.account is None

    def test_an_alias_may_be_a_text_or_have_its_language(self):
        aliases = ["Jilani", {"name": "جیلانی", "language": "ur"}]
        found = read("official", aliases=aliases).aliases
        assert [(alias.name, alias.language) for alias in found] == [
            ("Jilani", None),
            ("جیلانی", "ur"),
        ]

    @pytest.mark.parametrize("field", ["agency", "url", "language", "byline", "body"])
    def test_a_text_of_nothing_is_nothing(self, field):
        assert getattr(read("article", **{field: ""}), field) is None
