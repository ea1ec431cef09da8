"""RIS, read back by rispy."""

import pytest
import rispy
from hypothesis import given

from statements.dates import PartialDate
from statements.formats.reference import Named, one_line
from statements.formats.writers.ris import entry
from tests.formats.references import JILANI, OFFICE, make_reference, texts


def read(text):
    [found] = rispy.loads(text)
    assert "unknown_tag" not in found
    return found


def test_a_call():
    assert read(entry(make_reference())) == {
        "type_of_reference": "ELEC",
        "id": "2024-01-19-jilani-amir-abdollahian",
        "authors": ["Jilani, Jalil Abbas"],
        "title": "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian "
        "(Foreign Minister, Iran): telephone call, paraphrase, relayed by Pakistan's Foreign "
        "Office (press statement), reported in “Pakistan, Iran agree to de-escalate” "
        "(NDTV, 19 January 2024)",
        "secondary_title": "Demarche",
        "year": "2024",
        "date": "2024/01/19/",
        "type_of_work": "telephone call, paraphrase",
        "urls": ["https://archive.example/statements/2024-01-19-jilani-amir-abdollahian/"],
        "access_date": "2026/11/24/",
        "language": "en",
        "abstract": "He stressed the need for closer cooperation.",
        "notes": [
            "“Pakistan, Iran agree to de-escalate” (NDTV, 19 January 2024): "
            "https://example.org/a_b?x=%20 https://archive.example.org/1"
        ],
    }


def test_entries_follow_each_other():
    both = entry(make_reference()) + entry(make_reference(key="another"))
    assert [found["id"] for found in rispy.loads(both)] == [
        "2024-01-19-jilani-amir-abdollahian",
        "another",
    ]


def test_each_line_is_a_tag_and_what_it_holds():
    lines = entry(make_reference(words="He\r\nTY  - said\u2028so")).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-3:] == ["ER  - ", "", ""]
    assert all(line[2:6] == "  - " for line in lines[:-2])
    assert "AB  - He TY - said so" in lines


def test_several_speakers():
    found = read(entry(make_reference(speakers=(JILANI, OFFICE))))
    assert found["authors"] == ["Jilani, Jalil Abbas", "Foreign Office (Pakistan)"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"said_on": PartialDate(2024, 1)}, "2024/01//"),
        ({"said_on": PartialDate(987)}, "0987///"),
        ({"said_on_qualifier": "about"}, "2024/01/19/about 19 January 2024"),
        ({"said_on_qualifier": "not_after"}, "2024/01/19/not after 19 January 2024"),
        ({"said_on_qualifier": "between", "said_on_until": PartialDate(2024, 2, 1)},
         "2024/01/19/between 19 January and 1 February 2024"),
    ],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_known(fields, date):
    assert read(entry(make_reference(**fields)))["date"] == date


def test_the_undated_has_neither_day_nor_year():
    assert {"date", "year"}.isdisjoint(read(entry(make_reference(said_on=None))))


@given(texts, texts)
def test_names_and_words_come_back(name, words):
    named = Named(name, capacity="Minister")
    found = read(entry(make_reference(speakers=(named,), addressees=(), words=words)))
    assert found["authors"] == [one_line(name)]
    assert found["abstract"] == one_line(words)
    assert found["title"].startswith(f"{one_line(name)} (Minister): telephone call")
