"""CSL-JSON, as the specification has it."""

import json

import pytest
from hypothesis import given

from statements.dates import PartialDate
from statements.formats.reference import Named, one_line
from statements.formats.writers.csl import entry
from tests.formats.references import JILANI, OFFICE, make_reference, texts


def test_a_call():
    assert entry(make_reference()) == {
        "id": "2024-01-19-jilani-amir-abdollahian",
        "type": "webpage",
        "author": [{"family": "Jilani", "given": "Jalil Abbas"}],
        "title": "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian "
        "(Foreign Minister, Iran): telephone call, paraphrase, relayed by Pakistan's Foreign "
        "Office (press statement), reported in “Pakistan, Iran agree to de-escalate” "
        "(NDTV, 19 January 2024)",
        "container-title": "Demarche",
        "issued": {"date-parts": [[2024, 1, 19]]},
        "accessed": {"date-parts": [[2026, 11, 24]]},
        "URL": "https://archive.example/statements/2024-01-19-jilani-amir-abdollahian/",
        "language": "en",
        "abstract": "He stressed the need for closer cooperation.",
        "note": "“Pakistan, Iran agree to de-escalate” (NDTV, 19 January 2024): "
        "https://example.org/a_b?x=%20 https://archive.example.org/1",
    }


def test_who_has_no_personal_name_is_told_whole():
    told = entry(make_reference(speakers=(JILANI, OFFICE, Named("a senior official"))))
    assert told["author"][1:] == [
        {"literal": "Foreign Office (Pakistan)"},
        {"literal": "a senior official"},
    ]


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"said_on": PartialDate(2024, 1)}, {"date-parts": [[2024, 1]]}),
        ({"said_on": PartialDate(987)}, {"date-parts": [[987]]}),
        ({"said_on_qualifier": "about"}, {"date-parts": [[2024, 1, 19]], "circa": True}),
        ({"said_on_qualifier": "not_after"}, {"literal": "not after 19 January 2024"}),
        ({"said_on_qualifier": "not_before"}, {"literal": "not before 19 January 2024"}),
        ({"said_on_qualifier": "between", "said_on_until": PartialDate(2024, 2)},
         {"date-parts": [[2024, 1, 19], [2024, 2]]}),
    ],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_known(fields, issued):
    assert entry(make_reference(**fields))["issued"] == issued


def test_the_undated_has_no_day():
    assert "issued" not in entry(make_reference(said_on=None))


@given(texts, texts)
def test_names_and_words_come_back(name, words):
    made = make_reference(speakers=(Named(name),), addressees=(), words=words)
    told = json.loads(json.dumps(entry(made)))
    assert told["author"] == [{"literal": one_line(name)}]
    assert told["abstract"] == words
