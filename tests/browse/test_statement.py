import re

import pytest

from tests.factories import (
    make_article,
    make_citation,
    make_event,
    make_link,
    make_official,
    make_organization,
    make_outlet,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(statement):
        response = client.get(statement.get_absolute_url())
        assert response.status_code == 200
        return response.content.decode()

    return get


def words(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_it_works(page):
    jilani = make_official("Jalil Abbas Jilani")
    make_tenure(jilani, make_post("Foreign Minister"), "2023-08-17", "2024-03-04")
    statement = make_statement(
        "We want calm.",
        speaker=jilani,
        addressee=make_official("Hossein Amir-Abdollahian", country="ir"),
        channel="phone_call",
    )
    html = page(statement)
    assert "<h1" in html
    assert "Jalil Abbas Jilani to Hossein Amir-Abdollahian" in html
    assert "Foreign Minister, Pakistan" in html
    assert '<time datetime="2024-01-19">19 January 2024</time>' in html
    assert "Telephone call" in html
    assert f'<link rel="canonical" href="http://testserver{statement.get_absolute_url()}">' in html
    assert f'href="{statement.get_absolute_url()[:-1]}.json"' in html


def test_a_draft_is_not_there(client):
    statement = make_statement(status="draft")
    assert client.get(statement.get_absolute_url()).status_code == 404


def test_a_withdrawn_statement_leaves_its_reason_and_who_spoke_but_no_words(client):
    statement = make_statement(
        "Words taken back.", status="withdrawn", withdrawal_reason="The report was forged."
    )
    response = client.get(statement.get_absolute_url())
    assert response.status_code == 410
    assert "The report was forged." in response.content.decode()
    assert "Words taken back." not in response.content.decode()
    assert "Jalil Abbas Jilani" in response.content.decode()
    assert "19 January 2024" in response.content.decode()


@pytest.mark.parametrize("pasted", ["“We want calm.”", "«We want calm.»", "« We want calm. »"])
def test_marks_pasted_with_the_words_are_not_doubled(page, pasted):
    assert "“We want calm.”" in words(page(make_statement(pasted, form="direct")))


def test_marks_around_parts_stay(page):
    told = words(page(make_statement("“Calm” and “peace”", form="direct")))
    assert "““Calm” and “peace””" in told


def test_words_with_other_marks_are_not_said_to_have_moved(page):
    statement = make_statement(cited=False)
    make_citation(statement, make_article(body="He said “all is well”."), quote='"all is well"')
    told = words(page(statement))
    assert "with other quotation marks or spaces" in told
    assert "not where they were cited" not in told


def test_words_that_moved_are_said_to(page):
    statement = make_statement(cited=False)
    make_citation(statement, make_article(body="So: all is well."), quote="all is well", start=0)
    assert "not where they were cited" in words(page(statement))


def test_only_a_direct_quotation_is_set_as_one(page):
    direct = page(make_statement("We want calm.", form="direct"))
    assert "<blockquote" in direct
    assert "“We want calm.”" in words(direct)
    for form in ("mixed", "indirect", "act_report", "contact_report"):
        html = page(make_statement("They want calm.", form=form))
        assert "<blockquote" not in html
        assert "“They want calm." not in words(html)


def test_the_quoted_part_of_a_mixed_report_alone_is_set_as_own_words(page):
    html = page(make_statement('Called them "terrorist hideouts" again.', form="mixed"))
    assert '<span class="own-words">&quot;terrorist hideouts&quot;</span> again.' in html


def test_quoted_words_inside_a_paraphrase_are_not_set_as_the_speakers(page):
    html = page(make_statement('Ready to work on "all issues".', form="indirect"))
    assert "own-words" not in html


def test_the_original_stands_beside_its_translation_in_its_direction(page):
    html = page(
        make_statement(
            "Only enemies gain.",
            text_status="translated",
            original_text="فقط دشمنان سود می‌برند.",
            original_language="fa",
            translator="A. Reader",
        )
    )
    assert '<blockquote class="words words--large words--direct" lang="fa" dir="rtl">' in html
    assert "translated by A. Reader" in html
    assert "The speaker's own words, in translation" in html


def test_the_chain_of_attribution_is_told(page):
    jilani = make_official("Jalil Abbas Jilani")
    office = make_organization("Foreign Office")
    statement = make_statement(speaker=jilani, relayer=office, form="indirect", cited=False)
    statement.parties.filter(role="relayer").update(form="direct", channel="press_statement")
    make_citation(statement, make_article(outlet=make_outlet("NDTV")))
    told = words(page(statement))
    assert (
        "NDTV, quoting a press statement of Pakistan&#x27;s Foreign Office, "
        "which paraphrases Jalil Abbas Jilani." in told
    )


def test_what_is_inferred_is_marked_with_its_reason(page):
    statement = make_statement(
        addressee=make_official("Seyed Rasoul Mousavi", country="ir"),
        said_on_basis="inferred",
        basis_note="The report says Friday.",
    )
    statement.parties.filter(role="addressee").update(basis="inferred")
    told = words(page(statement))
    assert "That it was addressed to Seyed Rasoul Mousavi" in told
    assert "The day" in told
    assert "The report says Friday." in told


def test_what_is_stated_is_not_marked(page):
    html = page(make_statement())
    assert "(inferred)" not in html
    assert "What is inferred" not in html


def test_a_verified_citation_says_so_and_no_more(page):
    statement = make_statement(cited=False)
    article = make_article(body="He said: we want calm. Then he left.", url="https://example.org/a")
    make_citation(statement, article, quote="we want calm", locator="p. 4")
    html = page(statement)
    assert "<mark>we want calm</mark>" in html
    assert "These words stand in the stored text." in html
    assert "p. 4" in html
    assert (
        'href="https://example.org/a#:~:text=He%20said%3A-,we%20want%20calm,-.%20Then%20he"' in html
    )
    assert "Then he left" in html
    assert article.body not in html.replace("<mark>", "").replace("</mark>", "")


def test_words_that_are_missing_are_said_to_be(page):
    statement = make_statement(cited=False)
    make_citation(statement, make_article(body="Something else."), quote="we want calm")
    assert "These words are not found in the stored text." in page(statement)


def test_a_reconstruction_is_said_to_be_one(page):
    statement = make_statement(cited=False)
    report = make_article("The report itself", outlet=make_outlet("NDTV"))
    retold = make_article(
        "A report retold", outlet=make_outlet("Demarche"), kind="reconstruction", based_on=report
    )
    make_citation(statement, retold)
    told = words(page(statement))
    assert "This text is the archive" in told
    assert "The report itself" in told
    assert "reconstruction of a report by NDTV, which quotes" in told


def test_two_versions_of_one_report_are_one_witness(page):
    statement = make_statement(cited=False)
    report = make_article()
    make_citation(statement, report)
    make_citation(statement, make_article(based_on=report))
    assert "One article reports this." in page(statement)
    make_citation(statement, make_article(outlet=make_outlet("Gazette")))
    assert "2 articles of 2 outlets report this." in page(statement)


def test_replies_are_linked_both_ways(page):
    first = make_statement("First.")
    reply = make_statement("Second.")
    make_link(reply, first)
    assert reply.get_absolute_url() in page(first)
    assert "Replied to by" in page(first)
    assert "Replies to" in page(reply)


def test_an_unpublished_reply_is_not_shown(page):
    first = make_statement()
    make_link(make_statement("Secret reply.", status="draft"), first)
    assert "Secret reply." not in page(first)
    assert "Replied to by" not in page(first)


def test_a_disputed_attribution_carries_a_banner(page):
    html = page(make_statement(standing="disputed", standing_note="Denied on 20 January."))
    assert "The attribution is disputed." in html
    assert "Denied on 20 January." in html


def test_events_topics_and_acts_are_linked(page):
    statement = make_statement(
        event=make_event("The call"),
        about_events=[make_event("The strikes", kind="incident")],
        topics=[make_topic("Security")],
        acts=["appeal"],
    )
    html = page(statement)
    for linked in (statement.event, statement.topics.get(), statement.about_events.get()):
        assert f'href="{linked.get_absolute_url()}"' in html
    assert 'href="/statements/?act=appeal"' in html


def test_an_undated_statement_has_no_empty_time(page):
    html = page(make_statement(said_on=None, undated_reason="No day is printed."))
    assert 'datetime=""' not in html
    assert "Undated" in html
    assert "No day is printed." in html


def test_a_vague_day_is_told_as_one(page):
    html = page(make_statement(said_on="2024-01-19", said_on_qualifier="not_after"))
    assert "not after 19 January 2024" in html
    assert '<time datetime="2024-01-19">' not in html


def test_hostile_words_stay_words(page):
    html = page(make_statement("<img src=x onerror=alert(1)>", form="mixed", note="<b>x</b>"))
    assert "<img" not in html
    assert "<b>x" not in html


@pytest.mark.parametrize("n", [1, 5])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    statement = make_statement(
        speaker=[make_official() for _ in range(n)],
        addressee=make_official("Mousavi", country="ir"),
        relayer=make_organization(),
        topics=[make_topic() for _ in range(n)],
        about_events=[make_event() for _ in range(n)],
    )
    for _ in range(n):
        make_citation(statement)
        make_link(statement, make_statement())
        make_link(make_statement(), statement)
    with django_assert_max_num_queries(15):
        client.get(statement.get_absolute_url())
