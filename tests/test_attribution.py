"""The sentence that says through whom the words came; plain text is compared."""

import re
from html import unescape

import pytest

from statements.attribution import attribution
from statements.models import Statement
from tests.factories import (
    make_article,
    make_citation,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_statement,
)


@pytest.fixture
def said(db):
    """Makes a statement of Jilani's, told by relayers of (actor, form, channel), cited by NDTV."""

    def told(*relayers, form="indirect", speaker=None, citation=None):
        speaker = speaker or make_official("Jalil Abbas Jilani")
        statement = make_statement(speaker=speaker, form=form, cited=False)
        for actor, own_form, channel in relayers:
            make_party(statement, "relayer", actor, form=own_form, channel=channel)
        made = make_citation(
            statement, make_article(outlet=make_outlet("NDTV")), **(citation or {})
        )
        return plain(statement, made)

    return told


def plain(statement, citation):
    loaded = Statement.objects.with_related().get(pk=statement.pk)
    [cited] = [each for each in loaded.citations.all() if each.pk == citation.pk]
    return unescape(re.sub(r"<[^>]+>", "", attribution(loaded, cited)))


def test_it_works(said):
    office = make_organization("Foreign Office")
    assert said((office, "direct", "press_statement")) == (
        "NDTV, quoting a press statement of Pakistan's Foreign Office, "
        "which paraphrases Jalil Abbas Jilani."
    )


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("direct", "NDTV quotes Jalil Abbas Jilani."),
        ("mixed", "NDTV partly quotes Jalil Abbas Jilani."),
        ("indirect", "NDTV paraphrases Jalil Abbas Jilani."),
        ("act_report", "NDTV reports the act of Jalil Abbas Jilani."),
        ("contact_report", "NDTV reports the contact of Jalil Abbas Jilani."),
    ],
)
def test_without_a_relayer_the_outlet_tells_of_the_speaker(said, form, sentence):
    assert said(form=form) == sentence


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("direct", "NDTV, quoting Pakistan's Foreign Office"),
        ("mixed", "NDTV, partly quoting Pakistan's Foreign Office"),
        ("indirect", "NDTV, paraphrasing Pakistan's Foreign Office"),
    ],
)
def test_a_relayers_own_form_gives_its_verb(said, form, start):
    sentence = said((make_organization("Foreign Office"), form, "unknown"), form="direct")
    assert sentence == f"{start}, which quotes Jalil Abbas Jilani."


def test_a_chain_of_relayers_is_told_in_order(said):
    agency = make_organization("Press Agency", country=None)
    sentence = said(
        (agency, "direct", ""),
        (make_official("Mumtaz Zahra Baloch"), "mixed", "press_briefing"),
    )
    assert sentence == (
        "NDTV, quoting Press Agency, which partly quotes a press briefing of "
        "Mumtaz Zahra Baloch, who paraphrases Jalil Abbas Jilani."
    )


def test_several_speakers_are_joined(said):
    ministers = [make_official("Jalil Abbas Jilani"), make_official("Hakan Fidan", country="tr")]
    assert said(form="contact_report", speaker=ministers) == (
        "NDTV reports the contact of Jalil Abbas Jilani and Hakan Fidan."
    )


def test_a_citations_own_form_counts_in_its_article(said):
    assert said(form="direct", citation={"form": "indirect"}) == (
        "NDTV paraphrases Jalil Abbas Jilani."
    )


def test_a_relayer_of_one_article_is_left_out_of_another(db):
    statement = make_statement(
        speaker=make_official("Jalil Abbas Jilani"), form="direct", cited=False
    )
    first = make_citation(statement, make_article(outlet=make_outlet("NDTV")))
    second = make_citation(statement, make_article(outlet=make_outlet("Gazette")))
    office = make_organization("Foreign Office")
    make_party(statement, "relayer", office, form="direct", article=first.article)
    assert plain(statement, first).startswith("NDTV, quoting Pakistan's Foreign Office")
    assert plain(statement, second) == "Gazette quotes Jalil Abbas Jilani."


def test_a_reconstruction_says_whose_report_it_retells(db):
    statement = make_statement(speaker="a senior official", form="mixed", cited=False)
    report = make_article(outlet=make_outlet("NDTV"))
    own = make_article(outlet=make_outlet("Demarche"), kind="reconstruction", based_on=report)
    assert plain(statement, make_citation(statement, own)) == (
        "Demarche's reconstruction of a report by NDTV, which partly quotes a senior official."
    )


def test_hostile_names_stay_names(db):
    statement = make_statement(speaker="<script>", form="direct", cited=False)
    citation = make_citation(statement, make_article(outlet=make_outlet("{teller} <b>")))
    sentence = attribution(statement, citation)
    assert "<script>" not in sentence
    assert "{teller} &lt;b&gt;" in sentence
