"""The archive format: what each record takes, and what it refuses by name."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from statements import records
from statements.dates import PartialDate, Qualifier
from statements.interchange.lines import problem
from statements.records import RECORD_TYPES, archive_schema
from statements.vocabulary import Basis, Channel, Form, PartyKind, Status, TextStatus

ROOT = Path(__file__).resolve().parents[1]
ARCHIVES = [
    ROOT / "statements" / "archives" / "demonstration.jsonl",
    ROOT / "statements" / "migrations" / "countries.jsonl",
]

LEAST = {
    "country": {"code": "x-hawaii", "name": "Hawaii"},
    "organization": {"slug": "foreign-office", "name": "Foreign Office"},
    "post": {"slug": "foreign-minister", "title": "Foreign Minister"},
    "official": {"slug": "jilani", "name": "Jalil Abbas Jilani"},
    "outlet": {"slug": "ndtv", "name": "NDTV"},
    "article": {"slug": "ndtv-1", "outlet": "ndtv", "title": "Ministers speak"},
    "topic": {"slug": "security", "name": "Security"},
    "event": {"slug": "call", "title": "A telephone call"},
    "redirect": {"kind": "official", "from": "j-jilani", "to": "jilani"},
    "statement": {
        "key": "2024-01-19-jilani",
        "text": "Pakistan is ready to work with Iran on all issues.",
        "form": "indirect",
        "parties": [{"role": "speaker", "official": "jilani"}],
        "citations": [{"article": "ndtv-1"}],
    },
}
# Every field of the contract, in its order: required first.
CONTRACT = {
    "country": (
        "code name alpha3 official_name demonym aliases existed_from existed_until latitude "
        "longitude"
    ),
    "organization": "slug name kind country aliases website",
    "post": "slug title organization country",
    "official": "slug name sort_name country aliases identifiers tenures note",
    "outlet": "slug name country website language",
    "article": (
        "slug outlet title url archived_url published_on language kind based_on agency byline "
        "body repository collection box folder document_number"
    ),
    "topic": "slug name description",
    "redirect": "kind from to",
    "event": (
        "slug title kind started_on ended_on place countries parties url is_seen description"
    ),
    "statement": (
        "key text language form text_status original_text original_language translator said_on "
        "said_on_qualifier said_on_until said_on_basis said_at channel channel_basis platform "
        "account basis_note acts topics event event_order about_events standing standing_note "
        "status withdrawal_reason undated_reason parties citations links note published_at "
        "updated_at"
    ),
}
REQUIRED = [(kind, field) for kind, told in LEAST.items() for field in told]


def told(kind, /, **fields):
    return {"type": kind, **LEAST[kind], **fields}


def read(kind, /, **fields):
    return RECORD_TYPES[kind].model_validate(told(kind, **fields))


def party(**fields):
    return read("statement", parties=[{"role": "speaker", **fields}]).parties[0]


def citation(**fields):
    return read("statement", citations=[{"article": "ndtv-1", **fields}]).citations[0]


def refusals(kind, /, **fields):
    """The faults found, as pairs of a field and a reason."""
    with pytest.raises(ValidationError) as caught:
        read(kind, **fields)
    return [problem(error) for error in caught.value.errors()]


def refusal(kind, /, **fields):
    [found] = refusals(kind, **fields)
    return found


def test_the_types_are_those_of_the_contract():
    assert set(RECORD_TYPES) == set(CONTRACT)


@pytest.mark.parametrize("kind", CONTRACT)
def test_the_fields_are_those_of_the_contract(kind):
    fields = RECORD_TYPES[kind].model_fields
    names = [field.alias or name for name, field in fields.items()]
    assert set(names) == {"type", *CONTRACT[kind].split()}


@pytest.mark.parametrize("kind", CONTRACT)
def test_the_least_that_is_asked_for_is_enough(kind):
    assert read(kind).type == kind


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_what_is_required_is_missed_by_name(kind, field):
    less = told(kind)
    del less[field]
    with pytest.raises(ValidationError) as caught:
        RECORD_TYPES[kind].model_validate(less)
    assert [problem(error) for error in caught.value.errors()] == [(field, "is required")]


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_what_is_required_is_never_null(kind, field):
    assert [found for found, _ in refusals(kind, **{field: None})] == [field]


@pytest.mark.parametrize("kind", CONTRACT)
def test_a_field_that_nobody_knows_is_refused_by_name(kind):
    assert refusal(kind, colour="red") == ("colour", "is not a field of the archive format")


@pytest.mark.parametrize("kind", CONTRACT)
def test_null_means_what_absent_means(kind):
    optional = set(CONTRACT[kind].split()) - set(LEAST[kind])
    assert read(kind, **dict.fromkeys(optional)) == read(kind)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("party", "parties[0].colour"),
        ("citation", "citations[0].colour"),
        ("link", "links[0].colour"),
    ],
)
def test_an_unknown_field_of_a_part_is_refused_by_its_place(kind, field):
    parts = {
        "party": {"parties": [{"role": "speaker", "official": "jilani", "colour": "red"}]},
        "citation": {"citations": [{"article": "ndtv-1", "colour": "red"}]},
        "link": {"links": [{"kind": "replies_to", "statement": "other", "colour": "red"}]},
    }
    assert refusal("statement", **parts[kind])[0] == field


def test_an_unknown_field_of_a_tenure_is_refused_by_its_place():
    assert refusal("official", tenures=[{"post": "p", "rank": 1}])[0] == "tenures[0].rank"


def test_url_belongs_to_the_json_of_the_web_and_not_to_the_format():
    assert refusal("statement", url="https://example.org/")[0] == "url"


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


class TestDerived:
    def test_what_the_archive_derives_is_passed_over(self):
        found = read("statement", account="third_party")
        assert found.account is None

    @pytest.mark.parametrize("account", ["nonsense", 3, ["own"], None])
    def test_whatever_it_says(self, account):
        assert read("statement", account=account).account is None

    def test_a_name_and_what_an_article_says_are_passed_over(self):
        assert party(official="jilani", name="Somebody Else").official == "jilani"
        told = {"outlet": "x", "title": "t", "article_url": "u", "published_on": "never"}
        assert citation(**told).article == "ndtv-1"


class TestParties:
    @pytest.mark.parametrize(
        ("fields", "kind"),
        [
            ({"official": "jilani"}, PartyKind.OFFICIAL),
            ({"official": "jilani", "post": "p", "organization": "o"}, PartyKind.OFFICIAL),
            ({"organization": "o", "post": "p"}, PartyKind.ORGANIZATION),
            ({"post": "p", "country": "pk"}, PartyKind.POST),
            ({"country": "pk"}, PartyKind.COUNTRY),
            ({"name_as_printed": "a senior official"}, PartyKind.UNNAMED),
            ({"name_as_printed": "Tehran", "country": "ir"}, PartyKind.COUNTRY),
        ],
    )
    def test_the_kind_follows_from_the_first_that_is_named(self, fields, kind):
        assert party(**fields).kind is kind

    def test_a_country_may_have_the_words_printed(self):
        found = party(kind="country", country="ir", name_as_printed="Tehran")
        assert found.kind is PartyKind.COUNTRY

    def test_the_public_is_said_by_its_kind(self):
        assert party(kind="public").kind is PartyKind.PUBLIC

    def test_someone_unnamed_may_have_a_side_a_post_and_an_organization(self):
        found = party(
            kind="unnamed", name_as_printed="an envoy", organization="o", post="p", country="ir"
        )
        assert found.kind is PartyKind.UNNAMED

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({}, "kind"),
            ({"kind": "unnamed"}, "name_as_printed"),
            ({"kind": "organization", "official": "jilani"}, "kind"),
            ({"kind": "official", "organization": "o"}, "kind"),
            ({"kind": "public", "official": "jilani"}, "kind"),
            ({"kind": "unnamed", "official": "jilani", "name_as_printed": "he"}, "kind"),
            ({"kind": "public", "post": "p"}, "kind"),
            ({"kind": "public", "organization": "o"}, "kind"),
            ({"kind": "country"}, "kind"),
        ],
    )
    def test_a_party_whose_actor_is_not_clear_is_refused(self, fields, field):
        assert refusal("statement", parties=[{"role": "speaker", **fields}])[0] == (
            f"parties[0].{field}"
        )

    @pytest.mark.parametrize("role", ["speaker", "addressee", "subject"])
    @pytest.mark.parametrize(
        ("field", "value"), [("form", "direct"), ("channel", "letter"), ("article", "ndtv-1")]
    )
    def test_only_a_relayer_has_what_is_a_relayers(self, role, field, value):
        parties = [
            {"role": "speaker", "country": "pk"},
            {"role": role, "official": "jilani", field: value},
        ]
        assert refusal("statement", parties=parties)[0] == f"parties[1].{field}"

    def test_a_relayer_has_its_own_form_and_channel(self):
        parties = [
            {"role": "speaker", "official": "jilani"},
            {"role": "relayer", "organization": "o", "form": "direct", "channel": "readout"},
        ]
        found = read("statement", parties=parties).parties[1]
        assert (found.form, found.channel) == (Form.DIRECT, Channel.READOUT)

    @pytest.mark.parametrize("parties", [[], [{"role": "addressee", "official": "jilani"}]])
    def test_somebody_speaks(self, parties):
        assert refusal("statement", parties=parties)[0] == "parties"

    def test_one_official_may_be_in_two_roles(self):
        parties = [{"role": role, "official": "jilani"} for role in ("speaker", "addressee")]
        assert len(read("statement", parties=parties).parties) == 2

    def test_but_not_twice_in_one(self):
        parties = [{"role": "speaker", "official": "jilani"}] * 2
        assert refusal("statement", parties=parties)[0] == "parties[1].official"

    def test_a_relayer_may_stand_once_for_each_article(self):
        relayers = [
            {"role": "relayer", "official": "baloch", "article": article}
            for article in ("a", "b", None)
        ]
        parties = [{"role": "speaker", "official": "jilani"}, *relayers]
        assert len(read("statement", parties=parties).parties) == 4

    def test_a_party_to_an_event_belongs_to_no_article(self):
        parties = [{"role": "relayer", "organization": "o", "article": "a"}]
        assert refusal("event", parties=parties)[0] == "parties[0].article"


class TestWholes:
    def test_a_claim_without_a_source_is_refused(self):
        assert refusal("statement", citations=[])[0] == "citations"

    def test_an_order_needs_its_event(self):
        assert refusal("statement", event_order=1)[0] == "event_order"

    @pytest.mark.parametrize("standing", ["disputed", "misattributed", "retracted"])
    def test_a_standing_needs_its_evidence(self, standing):
        assert refusal("statement", standing=standing)[0] == "standing_note"

    def test_a_withdrawal_needs_its_reason(self):
        assert refusal("statement", status="withdrawn")[0] == "withdrawal_reason"

    def test_a_statement_answers_another(self):
        links = [{"kind": "replies_to", "statement": LEAST["statement"]["key"]}]
        assert refusal("statement", links=links)[0] == "links"

    def test_a_reconstruction_names_its_report(self):
        assert refusal("article", kind="reconstruction")[0] == "based_on"

    def test_an_article_is_based_on_another(self):
        assert refusal("article", based_on=LEAST["article"]["slug"])[0] == "based_on"

    def test_a_redirect_leads_on(self):
        assert refusal("redirect", to="j-jilani")[0] == "to"

    def test_a_redirect_is_of_something_that_has_an_address(self):
        assert refusal("redirect", kind="statement")[0] == "kind"


class TestReferences:
    def test_a_statement_names_all_it_leads_to_by_place(self):
        found = read(
            "statement",
            topics=["security"],
            event="call",
            about_events=["strike"],
            parties=[
                {"role": "speaker", "official": "jilani", "post": "fm", "country": "pk"},
                {"role": "relayer", "organization": "fo", "article": "ndtv-1"},
            ],
            links=[{"kind": "denies", "statement": "other"}],
        ).references_made()
        assert [tuple(reference) for reference in found] == [
            ("topics", "topic", "security"),
            ("event", "event", "call"),
            ("about_events", "event", "strike"),
            ("parties[0].official", "official", "jilani"),
            ("parties[0].post", "post", "fm"),
            ("parties[0].country", "country", "pk"),
            ("parties[1].organization", "organization", "fo"),
            ("parties[1].article", "article", "ndtv-1"),
            ("citations[0].article", "article", "ndtv-1"),
            ("links[0].statement", "statement", "other"),
        ]

    def test_an_official_names_its_country_and_posts(self):
        found = read("official", country="pk", tenures=[{"post": "fm"}]).references_made()
        assert [tuple(reference) for reference in found] == [
            ("country", "country", "pk"),
            ("tenures[0].post", "post", "fm"),
        ]

    def test_a_redirect_names_what_it_leads_to(self):
        [found] = read("redirect").references_made()
        assert tuple(found) == ("to", "official", "jilani")


class TestSchema:
    def test_it_is_a_schema_of_its_draft(self):
        assert archive_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(archive_schema())

    @pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
    def test_it_takes_the_archives_that_come_with_the_project(self, path):
        validator = Draft202012Validator(archive_schema())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            faults = [error.message for error in validator.iter_errors(json.loads(line))]
            assert faults == [], f"line {number}"

    @pytest.mark.parametrize("kind", CONTRACT)
    def test_it_takes_the_least_and_refuses_a_field_that_nobody_knows(self, kind):
        validator = Draft202012Validator(archive_schema())
        assert validator.is_valid(told(kind))
        assert not validator.is_valid(told(kind, colour="red"))

    @pytest.mark.parametrize("kind", CONTRACT)
    def test_null_may_stand_for_nothing(self, kind):
        """Null is what an update clears a field with, so the published schema allows it."""
        optional = set(CONTRACT[kind].split()) - set(LEAST[kind])
        validator = Draft202012Validator(archive_schema())
        faults = [
            list(fault.path)
            for fault in validator.iter_errors(told(kind, **dict.fromkeys(optional)))
        ]
        assert faults == []

    def test_it_says_how_long_a_text_may_be(self):
        schema = archive_schema()["$defs"]["StatementRecord"]["properties"]["text"]
        assert schema["maxLength"] == 100_000
        assert schema["minLength"] == 1

    def test_it_refuses_what_is_missing_and_what_is_no_object(self):
        validator = Draft202012Validator(archive_schema())
        less = told("statement")
        del less["text"]
        assert not validator.is_valid(less)
        assert not validator.is_valid({"type": "archive", "version": 2})
        assert not validator.is_valid([])
        assert validator.is_valid({"type": "archive", "version": 1})


def test_a_record_is_written_with_its_own_names():
    assert json.loads(read("redirect").model_dump_json(by_alias=True))["from"] == "j-jilani"
    assert read("redirect").identity == ("redirect", "official j-jilani")
    assert read("statement").identity == ("statement", "2024-01-19-jilani")
    assert read("country").identity == ("country", "x-hawaii")


def test_the_version_of_the_format_is_one():
    assert records.VERSION == 1
    assert records.ArchiveRecord.model_validate({"type": "archive"}).version == 1
    with pytest.raises(ValidationError):
        records.ArchiveRecord.model_validate({"type": "archive", "version": 2})
