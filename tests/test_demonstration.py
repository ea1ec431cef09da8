"""The demonstration archive says what its source says, in words of its own."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.text import slugify

from statements.dates import PartialDate, named_range
from statements.models import Article, Citation, Official, Statement
from statements.quoting import Check, check_quotation, surroundings
from statements.records import RECORD_TYPES

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT / "statements" / "archives" / "demonstration.jsonl"
COUNTRIES = ROOT / "statements" / "migrations" / "countries.jsonl"
DOCUMENT = ROOT / "docs" / "demonstration.md"
STORY = ROOT.parent / "shared" / "data" / "founding-story.txt"

RECONSTRUCTION = "reconstruction-pakistan-and-iran-after-the-strikes"
REPORT = "ndtv-pak-expresses-desire-to-work-with-iran"
OFFICE = "foreign-office-pakistan"
JILANI, AMIR = "jalil-abbas-jilani", "hossein-amir-abdollahian"
FIDAN, BALOCH = "hakan-fidan", "mumtaz-zahra-baloch"
QURESHI, MOUSAVI = "rahim-hayat-qureshi", "seyed-rasoul-mousavi"
PAKISTANIS = "officials of the foreign ministry of Pakistan"
IRANIANS = "officials of the foreign ministry of Iran"

CALL = "jilani-amir-abdollahian-call-2024-01"
CONTACT = "jilani-fidan-contact-2024-01"
EXCHANGE = "qureshi-mousavi-exchange-2024-01"

# key: speakers, addressees, channel, form, relayers as (form, channel, basis).
ROWS = {
    "2024-01-19-jilani-amir-abdollahian-2": (
        [JILANI], [AMIR], "phone_call", "indirect", [("mixed", "press_statement", "stated")],
    ),
    "2024-01-19-jilani-amir-abdollahian": (
        [JILANI], [AMIR], "phone_call", "indirect", [("direct", "press_statement", "stated")],
    ),
    "2024-01-19-jilani-amir-abdollahian-3": (
        [JILANI, AMIR], [AMIR, JILANI], "phone_call", "contact_report",
        [("indirect", "press_statement", "stated")],
    ),
    "2024-01-19-jilani-fidan": (
        [JILANI], [FIDAN], "unknown", "indirect", [("indirect", "unknown", "inferred")],
    ),
    "2024-01-19-jilani-fidan-2": (
        [JILANI, FIDAN], [FIDAN, JILANI], "unknown", "contact_report",
        [("mixed", "unknown", "stated")],
    ),
    "2024-01-19-qureshi-mousavi": ([QURESHI], [MOUSAVI], "social_post", "mixed", []),
    "2024-01-19-qureshi-mousavi-2": ([QURESHI], [MOUSAVI], "social_post", "indirect", []),
    "2024-01-19-qureshi-mousavi-3": ([QURESHI], [MOUSAVI], "social_post", "indirect", []),
    "2024-01-19-qureshi-mousavi-4": ([QURESHI], [MOUSAVI], "social_post", "direct", []),
    "2024-01-19-mousavi-qureshi": ([MOUSAVI], [QURESHI], "letter", "act_report", []),
    "2024-01-19-mousavi-qureshi-2": ([MOUSAVI], [QURESHI], "unknown", "indirect", []),
    "2024-01-19-mousavi-qureshi-3": ([MOUSAVI], [QURESHI], "social_post", "direct", []),
    "2024-01-19-baloch": ([BALOCH], ["public"], "social_post", "direct", []),
    "2024-01-19-pakistan-iran": (["pk", "ir"], ["ir", "pk"], "unknown", "act_report", []),
    "2024-01-19-officials-of-the-foreign-ministry-of-pakistan-"
    "officials-of-the-foreign-ministry-of-iran": (
        [PAKISTANIS, IRANIANS], [IRANIANS, PAKISTANIS], "message", "contact_report", [],
    ),
    "2024-01-18-pakistan": (["pk"], [], "unknown", "mixed", []),
}  # fmt: skip
KEYS = list(ROWS)
NOT_AFTER = {KEYS[row - 1] for row in (4, 5, 10, 11, 12, 13, 15)}
INFERRED_DAY = {KEYS[row - 1] for row in (1, 2, 3, 6, 7, 8, 9, 16)}
INFERRED_ADDRESSEE = {KEYS[row - 1] for row in (7, 8, 9, 11, 12)}


OBJECTS = [json.loads(line) for line in ARCHIVE.read_text(encoding="utf-8").splitlines()]
STATEMENTS = {item["key"]: item for item in OBJECTS if item["type"] == "statement"}
ARTICLES = {item["slug"]: item for item in OBJECTS if item["type"] == "article"}
OFFICIALS = {item["slug"]: item for item in OBJECTS if item["type"] == "official"}
EVENTS = {item["slug"]: item for item in OBJECTS if item["type"] == "event"}
BODY = ARTICLES[RECONSTRUCTION]["body"]
CITATIONS = [citation for item in STATEMENTS.values() for citation in item["citations"]]


NESTED = {"aliases", "tenures", "parties", "citations"}  # records of their own, with defaults


def records():
    return [RECORD_TYPES[item["type"]].model_validate(item) for item in OBJECTS[1:]]


def row(number):
    return STATEMENTS[KEYS[number - 1]]


def parties(statement, role):
    return [party for party in statement["parties"] if party["role"] == role]


def actor(party):
    if party["kind"] == "unnamed":
        return party["name_as_printed"]
    return party.get(party["kind"], "public")


def actors(statement, role):
    return [actor(party) for party in parties(statement, role)]


def strings(value, name=""):
    """Every string in an object, with the name of the field that holds it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for field, inner in value.items():
            yield from strings(inner, field)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, name)


# The file.


def test_it_begins_with_its_version_and_has_an_object_a_line():
    assert OBJECTS[0] == {"type": "archive", "version": 1}
    text = ARCHIVE.read_text(encoding="utf-8")
    lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in OBJECTS]
    assert text == "".join(lines)


def test_every_object_is_a_record_as_it_stands():
    """Reading one changes nothing of what the file writes, nor the order of its fields."""
    for item in OBJECTS[1:]:
        record = RECORD_TYPES[item["type"]].model_validate(item)
        written = json.loads(record.model_dump_json(by_alias=True))
        plain = {field: value for field, value in item.items() if field not in NESTED}
        assert [(field, written[field]) for field in written if field in plain] == list(
            plain.items()
        )


def test_every_object_is_told_once():
    identities = [record.identity for record in records()]
    assert len(identities) == len(set(identities))


def test_every_reference_names_an_object_of_the_file_or_a_country():
    countries = [json.loads(line) for line in COUNTRIES.read_text(encoding="utf-8").splitlines()]
    known = {record.identity for record in records()}
    known |= {("country", country["code"]) for country in countries}
    made = [reference for record in records() for reference in record.references_made()]
    assert len(made) > 100
    assert [item for item in made if (item.kind, item.slug) not in known] == []


# The rows.


def test_it_holds_the_sixteen_rows_in_their_order():
    assert list(STATEMENTS) == KEYS
    assert len(KEYS) == 16


@pytest.mark.parametrize("key", KEYS)
def test_a_row_has_its_speaker_addressee_channel_form_and_relayers(key):
    statement = STATEMENTS[key]
    relayers = parties(statement, "relayer")
    assert (
        actors(statement, "speaker"),
        actors(statement, "addressee"),
        statement["channel"],
        statement["form"],
        [(party["form"], party["channel"], party["basis"]) for party in relayers],
    ) == ROWS[key]
    assert {actor(party) for party in relayers} <= {OFFICE}


@pytest.mark.parametrize("key", KEYS)
def test_a_row_has_its_day(key):
    statement = STATEMENTS[key]
    day = "2024-01-18" if key == "2024-01-18-pakistan" else "2024-01-19"
    qualifier = "not_after" if key in NOT_AFTER else "on"
    assert statement["said_on"] == day
    assert statement["said_on_qualifier"] == ("about" if day == "2024-01-18" else qualifier)
    assert statement["said_on_basis"] == ("inferred" if key in INFERRED_DAY else "stated")


@pytest.mark.parametrize("key", KEYS)
def test_a_row_says_which_party_is_inferred(key):
    statement = STATEMENTS[key]
    bases = {party["basis"] for party in parties(statement, "addressee")}
    if bases:
        assert bases == {"inferred" if key in INFERRED_ADDRESSEE else "stated"}
    assert {party["basis"] for party in parties(statement, "speaker")} == {"stated"}


def test_what_is_inferred_has_its_reason():
    for statement in STATEMENTS.values():
        bases = [statement["said_on_basis"], statement["channel_basis"]]
        bases += [party["basis"] for party in statement["parties"]]
        if "inferred" in bases:
            assert "nferred" in statement["basis_note"], statement["key"]


def test_only_the_channel_of_the_eleventh_row_is_inferred():
    inferred = [key for key, item in STATEMENTS.items() if item["channel_basis"] == "inferred"]
    assert inferred == [KEYS[10]]
    assert row(11)["platform"] == "X"


def test_social_posts_name_their_platform():
    posts = [item for item in STATEMENTS.values() if item["channel"] == "social_post"]
    assert {item["platform"] for item in posts} == {"X"}
    assert len(posts) == 6


def test_the_persian_post_is_a_translation_whose_original_is_not_at_hand():
    assert row(12)["text_status"] == "translated"
    assert row(12)["original_language"] == "fa"
    assert row(12)["original_text"] is None


def test_answers_and_shares_are_linked():
    links = {key: item["links"] for key, item in STATEMENTS.items() if "links" in item}
    assert links == {
        KEYS[5]: [{"kind": "replies_to", "statement": KEYS[9]}],
        KEYS[12]: [
            {"kind": "shares", "statement": KEYS[5]},
            {"kind": "shares", "statement": KEYS[11]},
        ],
    }


def test_events_hold_their_statements_in_order():
    held = {}
    for key, item in STATEMENTS.items():
        if "event" in item:
            held.setdefault(item["event"], []).append((item["event_order"], KEYS.index(key) + 1))
    assert {event: [number for _, number in sorted(rows)] for event, rows in held.items()} == {
        CALL: [1, 2, 3],
        CONTACT: [5, 4],
        EXCHANGE: [10, 6, 7, 8, 9, 11, 12],
    }


def test_the_strikes_are_incidents_that_statements_are_about():
    incidents = [slug for slug, event in EVENTS.items() if event["kind"] == "incident"]
    assert incidents == ["strikes-of-2024-01-16", "strikes-of-2024-01-18"]
    assert row(16)["about_events"] == row(4)["about_events"] == ["strikes-of-2024-01-18"]


def test_the_source_of_the_agreed_phrase_is_noted():
    assert "Pakistan's Foreign Office" in row(14)["note"]
    assert parties(row(14), "relayer") == []


def test_unnamed_officials_have_their_ministry_as_affiliation():
    ministries = {(party["country"], party["organization"]) for party in row(15)["parties"]}
    assert ministries == {("pk", OFFICE), ("ir", "ministry-of-foreign-affairs-iran")}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_the_day_the_first_speaker_and_the_first_addressee(key):
    statement = STATEMENTS[key]
    first = [parties(statement, role)[:1] for role in ("speaker", "addressee")]
    names = [called(party) for found in first for party in found if party["kind"] != "public"]
    base = "-".join([statement["said_on"], *map(slugify, names)])
    assert re.fullmatch(rf"{base}(-[2-9])?", key)
    assert base in STATEMENTS


def called(party):
    """The name that a key is made of."""
    if party["kind"] == "official":
        return OFFICIALS[party["official"]]["sort_name"]
    return party["name_as_printed"]


# The people.


def test_slugs_of_officials_are_their_names():
    assert {slugify(item["name"]) for item in OFFICIALS.values()} == set(OFFICIALS)


@pytest.mark.parametrize("key", KEYS)
def test_a_tenure_covers_the_day_unless_the_post_is_named(key):
    statement = STATEMENTS[key]
    day = PartialDate.parse(statement["said_on"])
    first, last = named_range(day, statement["said_on_qualifier"], None)
    for party in statement["parties"]:
        if party["kind"] != "official" or party["official"] == MOUSAVI:
            continue
        tenures = OFFICIALS[party["official"]]["tenures"]
        assert party.get("post", tenures[0]["post"]) in {tenure["post"] for tenure in tenures}
        assert "post" in party or any(covers(tenure, first, last) for tenure in tenures)


def covers(tenure, first, last):
    started, ended = (
        PartialDate.parse(tenure[field]) if field in tenure else None
        for field in ("started_on", "ended_on")
    )
    return (started is None or started.earliest <= first) and (
        ended is None or last <= ended.latest
    )


def test_no_post_is_made_up_for_mousavi():
    assert "tenures" not in OFFICIALS[MOUSAVI]


def test_officials_are_known_in_their_own_script():
    for slug, language in [(JILANI, "ur"), (AMIR, "fa"), (MOUSAVI, "fa"), (BALOCH, "ur")]:
        aliases = [alias for alias in OFFICIALS[slug]["aliases"] if isinstance(alias, dict)]
        assert language in {alias["language"] for alias in aliases}
        assert all(re.search(r"[\u0600-\u06ff]", alias["name"]) for alias in aliases)


# The words.


@pytest.mark.parametrize("citation", CITATIONS, ids=lambda citation: str(citation["start"]))
def test_a_quotation_stands_at_its_start(citation):
    start, quote = citation["start"], citation["quote"]
    assert citation["article"] == RECONSTRUCTION
    assert BODY[start : start + len(quote)] == quote
    assert check_quotation(BODY, quote, start=start).check == Check.VERIFIED
    around = surroundings(BODY, start, len(quote))
    assert (citation["prefix"], citation["suffix"]) == around


@pytest.mark.parametrize("citation", CITATIONS, ids=lambda citation: str(citation["start"]))
def test_a_locator_counts_paragraphs(citation):
    before = BODY[: citation["start"]].count("\n\n")
    assert citation["locator"] == f"paragraph {before + 1}"


def test_a_sentence_that_stands_twice_is_told_apart_by_its_position():
    once, twice = row(16)["citations"]
    assert once["quote"] == twice["quote"]
    assert BODY.count(once["quote"]) == 2
    assert once["start"] < twice["start"]


def test_every_other_quotation_stands_once():
    others = [item for item in CITATIONS if item not in row(16)["citations"]]
    assert [item["quote"] for item in others if BODY.count(item["quote"]) != 1] == []


def test_the_words_of_a_direct_quotation_are_the_words_cited():
    for statement in STATEMENTS.values():
        if statement["form"] == "direct":
            assert [item["quote"] for item in statement["citations"]] == [statement["text"]]


def test_quoted_words_in_a_paraphrase_stand_quoted_in_the_article():
    quoted = [
        words
        for statement in STATEMENTS.values()
        for words in re.findall(r'"[^"]+"', statement["text"])
    ]
    assert len(quoted) == 6
    assert [words for words in quoted if words not in BODY] == []


def test_names_as_printed_are_printed():
    printed = [
        party["name_as_printed"]
        for statement in STATEMENTS.values()
        for party in statement["parties"]
        if "name_as_printed" in party
    ]
    assert [name for name in printed if not re.search(rf"\b{re.escape(name)}\b", BODY)] == []


def test_who_is_inferred_is_not_printed():
    inferred = [
        party
        for statement in STATEMENTS.values()
        for party in statement["parties"]
        if party["basis"] == "inferred"
    ]
    assert len(inferred) == 6
    assert [party for party in inferred if "name_as_printed" in party] == []


# The source.


def test_the_reconstruction_says_what_it_is():
    article = ARTICLES[RECONSTRUCTION]
    assert (article["kind"], article["based_on"]) == ("reconstruction", REPORT)
    assert "reconstruction" in BODY.split(".")[0]
    assert "reconstructed" in article["title"]


def test_the_report_has_neither_address_nor_day_nor_text():
    report = ARTICLES[REPORT]
    assert report["kind"] == "news_report"
    assert not report.keys() & {"url", "archived_url", "published_on", "agency", "body"}


def test_the_document_shows_every_statement():
    document = DOCUMENT.read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in document] == []


N_WORDS = 8


def runs(text):
    """Every run of eight words, punctuation and case left aside."""
    words = re.findall(r"\w+", text.lower().replace("'", "").replace("\u2019", ""))
    return {tuple(words[n : n + N_WORDS]) for n in range(len(words) - N_WORDS + 1)}


def unquoted(text):
    """The pieces of a text that stand outside quotation marks."""
    assert text.count('"') % 2 == 0, text
    return re.split(r'"[^"]*"', text)


def own_words():
    """All that the project itself words: a title as printed and direct quotations left out."""
    for item in OBJECTS:
        for field, text in strings(item):
            is_title_as_printed = item.get("slug") == REPORT and field == "title"
            is_direct_quotation = item.get("form") == "direct" and field == "text"
            # A citation repeats the body, which is looked at whole, and may cut a quotation.
            if is_title_as_printed or is_direct_quotation or field in {"quote", "prefix", "suffix"}:
                continue
            yield from unquoted(text)
    yield from unquoted(DOCUMENT.read_text(encoding="utf-8"))


@pytest.mark.shared
def test_no_run_of_eight_words_is_the_newspapers():
    if not STORY.is_file():
        pytest.skip("the shared folder with the founding story is not beside the checkout")
    story = STORY.read_text(encoding="utf-8")
    newspapers = runs(story)
    assert len(newspapers) > 300
    shared = {run for text in own_words() for run in runs(text) & newspapers}
    assert shared == set()


@pytest.mark.shared
def test_the_title_is_the_one_printed():
    if not STORY.is_file():
        pytest.skip("the shared folder with the founding story is not beside the checkout")
    assert ARTICLES[REPORT]["title"] in STORY.read_text(encoding="utf-8").splitlines()


def test_a_copied_sentence_would_be_noticed():
    sentence = "One two three four five six seven eight nine, as the paper had it."
    assert runs(f"He wrote: {sentence}") & runs(sentence)
    assert not any(runs(piece) & runs(sentence) for piece in unquoted(f'He wrote: "{sentence}"'))


# The import.


def import_it():
    said = StringIO()
    call_command("import_archive", str(ARCHIVE), stdout=said, stderr=StringIO())
    return said.getvalue().strip()


@pytest.mark.django_db
def test_it_is_imported_whole_and_published():
    import_it()
    assert list(Statement.objects.published().order_by("id").values_list("key", flat=True)) == KEYS
    assert Official.objects.count() == 6
    assert Article.objects.get(slug=RECONSTRUCTION).body == BODY


@pytest.mark.django_db
def test_every_citation_is_verified():
    import_it()
    checks = list(Citation.objects.values_list("check_result", flat=True))
    assert checks == ["verified"] * 17


@pytest.mark.django_db
def test_accounts_are_derived():
    import_it()
    accounts = dict(Statement.objects.values_list("key", "account"))
    own_side = {KEYS[number - 1] for number in (1, 2, 3, 4, 5)}
    outlet_only = {KEYS[number - 1] for number in (14, 15)}
    assert {key for key, account in accounts.items() if account == "own_side"} == own_side
    assert {key for key, account in accounts.items() if account == "outlet_only"} == outlet_only


@pytest.mark.django_db
def test_what_holds_an_inference_is_found_by_it():
    import_it()
    inferred = set(Statement.objects.filter(basis="inferred").values_list("key", flat=True))
    assert inferred == INFERRED_DAY | INFERRED_ADDRESSEE | {KEYS[3]}


@pytest.mark.django_db
def test_capacities_are_those_of_the_day():
    import_it()
    shown = {
        (party.official.slug, party.capacity)
        for statement in Statement.objects.with_related()
        for party in statement.parties.all()
        if party.official
    }
    assert shown == {
        (JILANI, "Foreign Minister, Pakistan"),
        (AMIR, "Foreign Minister, Iran"),
        (FIDAN, "Foreign Minister, Turkey"),
        (QURESHI, "Additional Foreign Secretary, Pakistan"),
        (MOUSAVI, ""),
        (BALOCH, "Spokesperson, Foreign Office, Pakistan"),
    }


@pytest.mark.django_db
def test_a_second_import_changes_nothing():
    first = import_it()
    moments = list(Statement.objects.order_by("id").values_list("id", "updated_at"))
    assert first == f"created {len(OBJECTS) - 1}, updated 0, unchanged 0, refused 0"
    assert import_it() == f"created 0, updated 0, unchanged {len(OBJECTS) - 1}, refused 0"
    assert list(Statement.objects.order_by("id").values_list("id", "updated_at")) == moments
