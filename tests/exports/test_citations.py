"""One statement as a reference, read back by parsers of the formats."""

import json

import bibtexparser
import pytest
import rispy

from tests.factories import (
    make_article,
    make_citation,
    make_country,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_relayed_call,
    make_statement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

SUFFIXES = (".bib", ".ris", ".csl.json")
URL = "http://testserver/statements/calm/"
TITLE = "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian"
REPORTED = "“Ministers {speak} & agree” (NDTV, January 2024, box 3, p. 4)"
WHOLE_TITLE = (
    f"{TITLE}: telephone call, paraphrase, relayed by Pakistan's Foreign Office "
    f"(press statement), reported in {REPORTED}"
)


@pytest.fixture
def statement():
    article = make_article(
        "Ministers {speak} & agree", outlet=make_outlet("NDTV"), published_on="2024-01", box="3"
    )
    return make_relayed_call("We want 100% calm.", article, locator="p. 4")


def get(client, suffix):
    response = client.get(f"/statements/calm{suffix}")
    assert response.status_code == 200
    return response.content.decode()


def test_bibtex(client, statement):
    library = bibtexparser.parse_string(get(client, ".bib"))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert (entry.entry_type, entry.key) == ("misc", "calm")
    assert entry["author"] == "Jilani, Jalil Abbas"
    assert entry["title"] == f"{{{TITLE}}}"
    assert entry["note"].endswith(
        r"“Ministers \{speak\} \& agree” (NDTV, January 2024, box 3, p. 4)"
    )
    assert (entry["date"], entry["url"]) == ("2024-01-19", URL)
    assert entry["abstract"] == r"We want 100\% calm."


def test_ris(client, statement):
    [entry] = rispy.loads(get(client, ".ris"))
    assert entry["title"] == WHOLE_TITLE
    assert entry["authors"] == ["Jilani, Jalil Abbas"]
    assert (entry["date"], entry["urls"]) == ("2024/01/19/", [URL])


def test_csl(client, statement):
    [entry] = json.loads(get(client, ".csl.json"))
    assert entry["title"] == WHOLE_TITLE
    assert entry["author"] == [{"family": "Jilani", "given": "Jalil Abbas"}]
    assert entry["URL"] == URL


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        (lambda: make_country("ir"), "Iran"),
        (lambda: make_post("Foreign Minister"), "Foreign Minister, Pakistan"),
        (lambda: make_organization("Foreign Office"), "Foreign Office (Pakistan)"),
        (lambda: make_organization("Army of Pakistan"), "Army of Pakistan"),
        (lambda: "a senior official", "a senior official"),
    ],
)
def test_a_speaker_without_a_personal_name(client, suffix, speaker, name):
    make_statement(key="calm", speaker=speaker())
    assert name in get(client, suffix)
    assert f"{name} ({name})" not in get(client, suffix)


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        (".bib", "application/x-bibtex; charset=utf-8"),
        (".ris", "application/x-research-info-systems; charset=utf-8"),
        (".csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ],
)
def test_it_is_a_file_of_its_type(client, statement, suffix, content_type):
    response = client.get(f"/statements/calm{suffix}")
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="calm{suffix}"'


@pytest.mark.parametrize("suffix", SUFFIXES)
class TestErrors:
    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_what_is_not_out_is_not_there(self, client, suffix, status):
        make_statement(key="calm", status=status)
        response = client.get(f"/statements/calm{suffix}")
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")

    def test_nothing_at_this_address(self, client, suffix):
        assert client.get(f"/statements/calm{suffix}").status_code == 404

    def test_what_was_withdrawn_is_gone_and_says_why(self, client, suffix):
        make_statement(key="calm", status="withdrawn", withdrawal_reason="Misheard.")
        response = client.get(f"/statements/calm{suffix}")
        assert response.status_code == 410
        assert response.json()["error"]["message"] == "Misheard."

    def test_only_reading_is_allowed(self, client, suffix):
        assert client.post(f"/statements/calm{suffix}").status_code == 405


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_number_of_queries_is_fixed(client, statement, suffix, django_assert_max_num_queries):
    for _ in range(4):
        make_party(statement, "addressee", make_official())
        make_citation(statement)
    with django_assert_max_num_queries(8):
        get(client, suffix)
