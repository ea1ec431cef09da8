"""Pages of events."""

from itertools import pairwise

import pytest
from django.urls import reverse

from statements.models import EventParty, Redirect
from tests.factories import (
    make_article,
    make_citation,
    make_event,
    make_link,
    make_official,
    make_organization,
    make_party,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db

LIST = "/events/"


def make_exchange(event, ours, theirs):
    """What a Pakistani told an Iranian in a call, by each side's account."""
    jilani, amir = make_official(), make_official(country="ir")
    return [
        make_statement(
            text, speaker=jilani, addressee=amir, relayer=make_organization(country=country),
            event=event, form="indirect",
        )
        for text, country in ((ours, "pk"), (theirs, "ir"))
    ]  # fmt: skip


class TestList:
    def test_it_works(self, client):
        make_event("A call", kind="call", started_on="2024-01-19", ended_on="2024-01-19")
        make_event("A visit", kind="visit", started_on="2024-01-28", ended_on="2024-01-29")
        make_event("Some contact", kind="contact")

        entries = client.get(LIST).context["entries"]

        assert [(entry.lead, entry.label, entry.badge) for entry in entries] == [
            ("28 January 2024 \N{EN DASH} 29 January 2024", "A visit", "Visit"),
            ("19 January 2024", "A call", "Call"),
            ("undated", "Some contact", "Contact"),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_kind_and_country_narrow_the_list_together(self, client):
        make_event("One", kind="call", countries=["pk", "ir"])
        make_event("Two", kind="call", countries=["fr"])
        make_event("Three", kind="visit", countries=["pk"])

        response = client.get(LIST, {"kind": "call", "country": "pk"})

        assert [entry.label for entry in response.context["entries"]] == ["One"]

    def test_an_unknown_kind_leaves_no_rows_and_a_message(self, client):
        make_event()

        response = client.get(LIST, {"kind": "feast"})

        assert response.context["entries"] == []
        assert "“feast” is not one of the kinds." in response.text

    def test_an_unknown_country_leaves_no_rows_and_a_message(self, client):
        make_event()

        response = client.get(LIST, {"country": "zz"})

        assert response.context["entries"] == []
        assert "There is no “zz” in the archive." in response.text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_event(countries=["pk", "ir"])
            with django_assert_max_num_queries(3):
                client.get(LIST)


class TestEvent:
    def url(self, event):
        return reverse("event", args=[event.slug])

    def versions(self, response):
        return [
            (version.country and version.country.code, version.statements)
            for version in [*response.context["versions"], *response.context["others"]]
        ]

    def test_it_works(self, client):
        event = make_event(
            "A call",
            slug="a-call",
            kind="call",
            started_on="2024-01-19",
            place="Tehran",
            countries=["pk", "ir"],
            description="The ministers speak.",
        )
        jilani = make_official("Jalil Abbas Jilani")
        make_tenure(jilani)
        EventParty.objects.create(event=event, role="speaker", kind="official", official=jilani)
        last = make_statement(speaker=jilani, event=event)
        second = make_statement(speaker=jilani, event=event, event_order=2)
        first = make_statement(speaker=jilani, event=event, event_order=1)
        about = make_statement(about_events=[event])

        response = client.get(self.url(event))

        page = response.text
        assert page.count("<h1>") == 1
        for told in ("19 January 2024", "Tehran", "The ministers speak.", "Foreign Minister"):
            assert told in page
        assert "only through what others say of it" in page
        assert self.versions(response) == [(None, [first, second, last])]
        assert response.context["about"] == [about]
        assert 'href="/statements/?event=a-call"' in page
        assert 'href="/statements/?about_event=a-call"' in page

    def test_two_capitals_accounts_stand_side_by_side(self, client):
        event = make_event(kind="call")
        jilani, amir = make_official(), make_official(country="ir")
        pakistani, iranian = make_organization(), make_organization(country="ir")
        ours = make_statement(speaker=jilani, addressee=amir, relayer=pakistani, event=event)
        theirs = make_statement(speaker=amir, addressee=jilani, relayer=iranian, event=event)
        of_nobody = make_statement(
            speaker=[jilani, amir], addressee=[jilani, amir], form="contact_report", event=event
        )

        response = client.get(self.url(event))

        assert self.versions(response) == [("pk", [ours]), ("ir", [theirs]), (None, [of_nobody])]
        assert "As Pakistan tells it" in response.text
        assert "As Iran tells it" in response.text
        assert "Said in it, by other accounts" in response.text

    def test_an_event_of_two_countries_leads_to_what_else_they_said(self, client):
        two, three = make_event(countries=["pk", "ir"]), make_event(countries=["pk", "ir", "tr"])

        assert 'href="/between/ir/pk/"' in client.get(self.url(two)).text
        assert "/between/" not in client.get(self.url(three)).text

    def test_what_one_side_alone_tells_says_so(self, client):
        event = make_event(kind="call", countries=["pk", "ir"])
        make_exchange(event, "Trade was discussed.", "Prisoners were discussed.")

        page = client.get(self.url(event)).text

        assert "Only Pakistan tells this" in page
        assert "Only Iran tells this" in page

    def test_what_both_tell_stands_on_one_line_with_other_words_marked(self, client):
        event = make_event(kind="call")
        ours, theirs = make_exchange(
            event,
            "Closer cooperation on security is needed at the border.",
            "Closer cooperation on trade is needed at the border.",
        )

        response = client.get(self.url(event))

        [line] = response.context["lines"]
        assert (line.one.statement, line.other.statement) == (ours, theirs)
        assert "cooperation on <mark>security</mark> is needed" in response.text
        assert "cooperation on <mark>trade</mark> is needed" in response.text
        assert "tells this" not in response.text

    def test_what_repeats_is_one_thing_in_whatever_words(self, client):
        event = make_event(kind="call")
        ours, theirs = make_exchange(event, "All is well.", "Nothing bad was heard of.")
        make_link(theirs, ours, "repeats")

        response = client.get(self.url(event))

        [line] = response.context["lines"]
        assert (line.one.statement, line.other.statement) == (ours, theirs)
        assert "<mark>" not in response.text

    def test_a_record_that_both_stand_behind_is_told_by_both(self, client):
        event = make_event(kind="call")
        make_exchange(event, "Trade was discussed.", "Prisoners were discussed.")
        both = make_statement(speaker=make_official(), event=event)
        for country in ("pk", "ir"):
            article = make_article()
            make_citation(both, article)
            office = make_organization(country=country)
            make_party(both, "relayer", office, article=article)

        response = client.get(self.url(event))

        assert both in [line.together for line in response.context["lines"]]
        assert "Both tell this" in response.text

    def test_the_account_of_one_side_alone_is_said_to_be_the_only_one(self, client):
        event = make_event(kind="call", countries=["pk", "ir"])
        make_statement(speaker=make_official(), relayer=make_organization(), event=event)

        page = client.get(self.url(event)).text

        assert "Only Pakistan tells of it here: no account by Iran is on record." in page

    def test_replies_stand_under_what_they_answer(self, client):
        event = make_event(kind="exchange")
        jilani, amir = make_official("Jalil Abbas Jilani"), make_official("Amir", country="ir")
        first, second, third = (
            make_statement(speaker=speaker, event=event, event_order=order)
            for order, speaker in ((1, jilani), (3, amir), (2, amir))
        )
        make_link(second, first)

        response = client.get(self.url(event))

        told = [(reply.statement, reply.depth) for reply in response.context["replies"]]
        assert told == [(first, 0), (second, 1), (third, 0)]
        assert response.text.count('<ol class="thread">') == 2
        assert "In reply to Jalil Abbas Jilani" in response.text

    def test_a_reply_without_end_is_set_flat_and_whole(self, client):
        event = make_event(kind="exchange")
        made = [make_statement(event=event, event_order=order) for order in range(12)]
        for answered, answer in pairwise(made):
            make_link(answer, answered)
        make_link(made[0], made[-1])

        page = client.get(self.url(event)).text

        assert page.count('class="thread__item"') == 12
        tree = page[page.index('<ol class="thread">') :]
        assert tree.count("<ol") == tree.count("</ol>")
        assert page.count('<ol class="thread">') == 6

    def test_one_capitals_account_stands_alone(self, client):
        event = make_event(kind="call")
        statement = make_statement(relayer=make_organization(), event=event)

        response = client.get(self.url(event))

        assert self.versions(response) == [(None, [statement])]
        assert "tells it" not in response.text

    def test_an_exchange_of_posts_stays_in_its_order(self, client):
        event = make_event(kind="exchange")
        first = make_statement(speaker=make_official(), event=event, event_order=1)
        second = make_statement(speaker=make_official(country="ir"), event=event, event_order=2)

        assert self.versions(client.get(self.url(event))) == [(None, [first, second])]

    def test_reactions_to_an_incident_stand_apart(self, client):
        incident = make_event(kind="incident")
        reaction = make_statement(about_events=[incident])

        response = client.get(self.url(incident))

        assert self.versions(response) == []
        assert response.context["about"] == [reaction]
        assert "Said about it" in response.text

    def test_a_statement_made_in_an_event_about_itself_is_shown_in_both(self, client):
        event = make_event(kind="call")
        statement = make_statement(event=event, about_events=[event])

        response = client.get(self.url(event))

        assert self.versions(response) == [(None, [statement])]
        assert response.context["about"] == [statement]

    def test_an_event_that_nothing_was_said_in_has_a_page(self, client):
        response = client.get(self.url(make_event()))

        assert "No statement made in this event or about it is published." in response.text
        assert "not recorded" in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/events/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client):
        make_event(slug="new")
        Redirect.objects.create(kind="event", old_slug="old", new_slug="new")

        assert client.get("/events/old/")["Location"] == "/events/new/"

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(self.url(make_event())).status_code == 405

    def test_drafts_are_shown_in_neither_part(self, client):
        event = make_event()
        make_statement("Not yet.", event=event, status="draft")
        make_statement("Nor this.", about_events=[event], status="in_review")

        page = client.get(self.url(event)).text

        assert "Not yet." not in page
        assert "Nor this." not in page

    def test_a_long_event_shows_its_beginning_and_says_so(self, client, monkeypatch):
        monkeypatch.setattr("statements.browse.events.N_MADE", 3)
        event = make_event()
        made = [make_statement(event=event, event_order=order) for order in range(5)]

        response = client.get(self.url(event))

        assert self.versions(response) == [(None, made[:3])]
        assert "More was said: all statements made in it" in response.text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        event = make_event(kind="call", countries=["pk", "ir", "tr"])
        for number in (2, 12):
            for _ in range(number):
                official = make_official()
                make_tenure(official)
                EventParty.objects.create(
                    event=event, role="speaker", kind="official", official=official
                )
                make_statement(speaker=official, relayer=make_organization(), event=event)
                make_statement(speaker=official, about_events=[event])
            with django_assert_max_num_queries(15):
                client.get(self.url(event))
