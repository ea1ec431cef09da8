"""BibTeX, read back by bibtexparser."""

import re
import shutil
import subprocess
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from hypothesis import given

from statements.dates import PartialDate
from statements.formats.reference import Named, one_line
from statements.formats.writers.bibtex import entry
from tests.formats.references import AWKWARD, JILANI, OFFICE, make_reference, texts


def read(text):
    """The one entry of a file, its fields as they are written."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    [found] = library.entries
    return found


def decoded(text, name):
    """A field as the reader of the printed page sees it."""
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware(keep_math_mode=True)]
    )
    assert library.failed_blocks == []
    return library.entries[0].fields_dict[name].value


def authors(text):
    """The authors as BibTeX's rules take them apart."""
    library = bibtexparser.parse_string(
        text, append_middleware=[SeparateCoAuthors(), SplitNameParts()]
    )
    assert library.failed_blocks == []
    return library.entries[0].fields_dict["author"].value


def test_a_call():
    assert entry(make_reference()) == (
        "@misc{2024-01-19-jilani-amir-abdollahian,\n"
        "  author = {Jilani, Jalil Abbas},\n"
        "  title = {{Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian"
        " (Foreign Minister, Iran)}},\n"
        "  howpublished = {Telephone call, paraphrase},\n"
        "  note = {Relayed by Pakistan's Foreign Office (press statement), reported in"
        " “Pakistan, Iran agree to de-escalate” (NDTV, 19 January 2024)},\n"
        "  organization = {{Demarche}},\n"
        "  date = {2024-01-19},\n"
        "  year = {2024},\n"
        "  url = {https://archive.example/statements/2024-01-19-jilani-amir-abdollahian/},\n"
        "  urldate = {2026-11-24},\n"
        "  abstract = {He stressed the need for closer cooperation.},\n"
        "  annotation = {“Pakistan, Iran agree to de-escalate” (NDTV, 19 January 2024):"
        " https://example.org/a\\_b?x=\\%20 https://archive.example.org/1},\n"
        "}\n"
    )


def test_entries_follow_each_other():
    both = entry(make_reference()) + entry(make_reference(key="another"))
    library = bibtexparser.parse_string(both)
    assert library.failed_blocks == []
    assert [found.key for found in library.entries] == [
        "2024-01-19-jilani-amir-abdollahian",
        "another",
    ]


def test_a_person_has_a_family_name():
    [name] = authors(entry(make_reference()))
    assert (name.last, name.first) == (["Jilani"], ["Jalil", "Abbas"])


def test_a_family_name_may_stand_first():
    [name] = authors(entry(make_reference(speakers=(Named("Wang Yi", "Wang"),))))
    assert (name.last, name.first) == (["Wang"], ["Yi"])


def test_an_organization_is_one_name():
    found = authors(entry(make_reference(speakers=(JILANI, OFFICE))))
    assert [name.last for name in found] == [["Jilani"], ["{Foreign Office (Pakistan)}"]]


@pytest.mark.parametrize(
    ("named", "written"),
    [
        (Named("Charles de Gaulle", "de Gaulle"), "{de Gaulle}, Charles"),
        (Named("Marks and Spencer"), "{Marks and Spencer}"),
        (Named("Ann and Bob", "Bob"), "{Ann and Bob}"),
        (Named("John Smith, Jr.", "Smith"), "{John Smith, Jr.}"),
        (Named("محمد جواد ظریف", "ظریف"), "{ظریف}, محمد جواد"),
        (Named("Emine Dzhaparova", ""), "{Emine Dzhaparova}"),
        (Named("a senior official"), "{a senior official}"),
    ],
)
def test_what_bibtex_would_take_apart_is_kept_whole(named, written):
    assert read(entry(make_reference(speakers=(named,))))["author"] == written


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"said_on": PartialDate(2024, 1)}, "2024-01"),
        ({"said_on": PartialDate(987)}, "0987"),
        ({"said_on_qualifier": "about"}, "2024-01-19~"),
        ({"said_on_qualifier": "not_before"}, "2024-01-19/.."),
        ({"said_on_qualifier": "not_after"}, "../2024-01-19"),
        ({"said_on_qualifier": "between", "said_on_until": PartialDate(2024, 2)},
         "2024-01-19/2024-02"),
    ],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_known(fields, written):
    assert read(entry(make_reference(**fields)))["date"] == written


def test_the_undated_has_neither_day_nor_year():
    found = read(entry(make_reference(said_on=None)))
    assert {"date", "year"}.isdisjoint(found.fields_dict)


@pytest.mark.skipif(not shutil.which("biber"), reason="needs biber")
def test_biber_has_nothing_to_say(tmp_path):
    made = [
        make_reference(said_on_qualifier="about"),
        make_reference(said_on_qualifier="not_before"),
        make_reference(said_on_qualifier="not_after"),
        make_reference(said_on_qualifier="between", said_on_until=PartialDate(2024, 2)),
        make_reference(said_on=PartialDate(987)),
        make_reference(words=AWKWARD, speakers=(Named(f"{AWKWARD} and"), JILANI, OFFICE)),
    ]
    entries = [entry(replace(each, key=f"key-{n}")) for n, each in enumerate(made)]
    path = tmp_path / "statements.bib"
    path.write_text("".join(entries), encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--nolog", "--output-file=-", str(path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert re.findall("^(?:WARN|ERROR).*", done.stdout, re.M) == []
    assert done.stdout.count("@MISC{") == len(made)


@given(texts)
def test_the_words_come_back(words):
    assert decoded(entry(make_reference(words=words)), "abstract") == one_line(words)


@given(texts)
def test_the_name_comes_back(name):
    text = entry(make_reference(speakers=(Named(name, capacity="Minister"),), addressees=()))
    assert decoded(text, "author") == one_line(name)
    assert decoded(text, "title") == f"{one_line(name)} (Minister)"
    assert len(authors(text)) == 1


@given(texts, texts)
def test_the_parts_of_a_name_come_back(given_name, family):
    named = Named(one_line(f"{given_name} {family}"), one_line(family))
    text = entry(make_reference(speakers=(named, JILANI)))
    told = decoded(text, "author").removesuffix(" and Jilani, Jalil Abbas")
    assert told in (named.name, ", ".join(named.family_and_given or ()))
    assert len(authors(text)) == 2
