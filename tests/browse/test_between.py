"""Pages of what two sides said to each other."""

import base64
import json
from datetime import date

import pytest

from statements.browse.between import since_contact
from statements.models import Redirect, Statement
from statements.search.pairs import Way, find_pair, pairs_of
from tests.factories import (
    make_event,
    make_official,
    make_organization,
    make_statement,
)

pytestmark = pytest.mark.django_db

PAGE = "/between/pk/ir/"
PEOPLE = "/between/officials/jilani/amir/"


@pytest.fixture
def jilani():
    return make_official("Jalil Abbas Jilani", slug="jilani")


@pytest.fixture
def amir():
    return make_official("Hossein Amir-Abdollahian", country="ir", slug="amir")


def make_exchange(jilani, amir, **fields):
    """One to the other, back, and each to the other."""
    forth = make_statement("Let us work together.", speaker=jilani, addressee=amir, **fields)
    back = make_statement("We agree.", speaker=amir, addressee=jilani, **fields)
    both = make_statement(
        "They spoke.", speaker=[jilani, amir], addressee=[jilani, amir],
        form="contact_report", **fields,
    )  # fmt: skip
    return forth, back, both


def told(response):
    """The moments of a page: the title of an event, or the statements with their ways."""
    return [
        moment.event.title if moment.event else [(s.statement, s.way) for s in moment.said]
        for moment in response.context["moments"]
    ]


class TestCountries:
    def test_it_works(self, client, jilani, amir):
        forth, back, both = make_exchange(jilani, amir)
        make_statement("To another.", speaker=jilani, addressee=make_official(country="tr"))

        response = client.get(PAGE)

        [said] = told(response)
        assert dict(said) == {forth: Way.FORTH, back: Way.BACK, both: Way.BOTH}
        page = response.text
        assert page.count("<h1>") == 1
        assert "To another." not in page
        for words in ("Pakistan to Iran", "Iran to Pakistan", "Each to the other"):
            assert f'<p class="side__way">{words}</p>' in page
        assert [way.count for way in response.context["passed"]] == ["2", "2"]
        assert response.context["n_both"] == "1"
        assert 'type="application/json" href="/between/pk/ir.json"' in page
        assert 'type="application/atom+xml" href="/between/pk/ir.atom"' in page
        assert '<link rel="canonical" href="http://testserver/between/pk/ir/">' in page
        assert "BreadcrumbList" in page

    def test_the_first_named_stands_at_the_start(self, client, jilani, amir):
        forth, _back, _both = make_exchange(jilani, amir)

        [said] = told(client.get("/between/ir/pk/"))

        assert dict(said)[forth] == Way.BACK

    def test_the_sides_can_be_exchanged_with_all_else_as_it_was(self, client, jilani, amir):
        make_exchange(jilani, amir, channel="letter")

        context = client.get(PAGE, {"channel": "letter", "cursor": ""}).context

        assert context["turned_url"] == "/between/ir/pk/?channel=letter"
        assert client.get(PAGE).context["turned_url"] == "/between/ir/pk/"

    def test_each_number_is_that_of_the_list_it_leads_to(self, client, jilani, amir):
        make_exchange(jilani, amir)
        make_statement(speaker=jilani, addressee=amir)

        for way in client.get(PAGE).context["passed"]:
            assert str(client.get(way.url).context["search"].count) == way.count

    def test_a_number_that_filters_narrow_is_that_of_its_list_too(self, client, jilani, amir):
        make_exchange(jilani, amir, channel="phone_call")
        make_statement(speaker=jilani, addressee=amir, channel="letter")

        for way in client.get(PAGE, {"channel": "letter", "tone": "plover"}).context["passed"]:
            context = client.get(way.url).context
            assert str(context["search"].count) == way.count
            assert "tone" not in way.url

    def test_each_way_can_be_taken_away_as_a_table(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir)

        tables = [way.csv_url for way in client.get(PAGE).context["passed"]]

        assert tables == ["/statements.csv?from=pk&to=ir", "/statements.csv?from=ir&to=pk"]
        n_rows = [client.get(url).getvalue().count(b"\n") - 1 for url in tables]
        assert n_rows == [1, 0]

    def test_a_country_that_speaks_and_its_officials_are_one_side(self, client, amir):
        made = make_statement(speaker=make_organization("Foreign Office"), addressee=amir)

        assert told(client.get(PAGE)) == [[(made, Way.FORTH)]]

    def test_who_speaks_to_whom_is_counted(self, client, jilani, amir):
        for _ in range(2):
            make_statement(speaker=jilani, addressee=amir)
        make_statement(speaker=amir, addressee=jilani)

        people = client.get(PAGE).context["people"]

        assert [(tally.label, tally.n, tally.url) for tally in people] == [
            ("Jalil Abbas Jilani to Hossein Amir-Abdollahian", 2, PEOPLE),
            (
                "Hossein Amir-Abdollahian to Jalil Abbas Jilani", 1,
                "/between/officials/amir/jilani/",
            ),
        ]  # fmt: skip

    def test_channels_are_counted_and_narrow_the_page(self, client, jilani, amir):
        make_exchange(jilani, amir, channel="phone_call")
        make_statement(speaker=jilani, addressee=amir, channel="letter")

        [calls, letters] = client.get(PAGE).context["channels"]

        assert (calls.n, letters.n) == (3, 1)
        assert client.get(PAGE + letters.url).context["search"].count.n == 1

    def test_days_are_in_order_and_those_alike_come_together(self, client, jilani, amir):
        days = ["2024-01-18", "2024-01-19", "2024-01-18", "2024-01", None]
        made = [make_statement(speaker=jilani, addressee=amir, said_on=day) for day in days]
        after = make_statement(
            speaker=jilani, addressee=amir, said_on="2024-01-18", said_on_qualifier="not_after"
        )

        newest, oldest = (told(client.get(PAGE + query)) for query in ("", "?sort=oldest"))

        def keys(moments):
            return [[statement.pk for statement, _way in said] for said in moments]

        assert keys(newest) == [
            [made[1].pk], [after.pk], [made[2].pk, made[0].pk], [made[3].pk], [made[4].pk],
        ]  # fmt: skip
        assert keys(oldest) == [
            [made[3].pk], [made[0].pk, made[2].pk], [after.pk], [made[1].pk], [made[4].pk],
        ]  # fmt: skip

    def test_contacts_are_told_with_their_days(self, client, jilani, amir):
        make_statement(speaker=amir, addressee=jilani, said_on="1979", key="revolution")
        make_statement(speaker=jilani, addressee=amir, said_on="2024-01-19", key="call")
        make_statement(speaker=jilani, addressee=amir, said_on=None)

        context = client.get(PAGE).context

        assert context["first_contact"].key == "revolution"
        assert context["last_contact"].key == "call"
        assert int(context["since_contact"].replace(",", "")) > 800

    def test_filters_narrow_all_that_is_told(self, client, jilani, amir):
        make_exchange(jilani, amir, channel="phone_call", said_on="2024-01-19")
        make_statement(speaker=jilani, addressee=amir, channel="letter", said_on="2023-05")

        response = client.get(PAGE, {"channel": "letter"})

        assert [way.count for way in response.context["passed"]] == ["1", "0"]
        assert [chip.value for chip in response.context["search"].chips] == ["Letter"]
        assert "First of these" in response.text
        assert 'name="channel" value="letter"' in response.text

    def test_words_are_searched_within_the_pair(self, client, jilani, amir):
        made = make_statement("A ceasefire.", speaker=jilani, addressee=amir)
        make_statement("A treaty.", speaker=jilani, addressee=amir)
        make_statement("A ceasefire elsewhere.", speaker=jilani)

        response = client.get(PAGE, {"q": "ceasefire"})

        assert told(response) == [[(made, Way.FORTH)]]
        assert "<mark>ceasefire</mark>" in response.text

    def test_the_ways_are_no_facets(self, client, jilani, amir):
        make_exchange(jilani, amir)

        names = {facet.name for facet in client.get(PAGE).context["facets"]}

        assert "channel" in names
        assert not names & {"from", "to"}

    def test_what_cannot_be_asked_is_said_in_words(self, client, jilani, amir):
        make_exchange(jilani, amir)

        response = client.get(PAGE, {"act": "dance", "since": "yesterday"})

        assert response.status_code == 200
        assert "“dance” is not known here." in response.text
        assert "“yesterday” is not a day." in response.text
        assert "Let us work together." not in response.text

    def test_drafts_are_seen_nowhere(self, client, jilani, amir):
        make_statement("Not yet.", speaker=jilani, addressee=amir, status="draft")

        response = client.get(PAGE)

        assert "Not yet." not in response.text
        assert "No statement from Pakistan to Iran, or back, is published." in response.text

    def test_where_nothing_passed_the_page_says_with_whom_they_speak(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir)

        response = client.get("/between/pk/tr/")

        assert response.status_code == 200
        assert 'content="noindex"' in response.text
        assert 'href="/between/pk/ir/"' in response.text

    def test_where_nothing_matches_all_of_it_is_offered(self, client, jilani, amir):
        make_exchange(jilani, amir)

        response = client.get(PAGE, {"q": "nowhere"})

        assert "No statement between them matches all of this." in response.text
        assert f'href="{PAGE}">All that passed between them</a>' in response.text

    @pytest.mark.parametrize("sort", ["newest", "oldest"])
    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-01-19"])
    @pytest.mark.parametrize("is_back", [True, False])
    def test_a_place_that_nobody_was_led_to_is_no_fault(
        self, client, jilani, amir, sort, day, is_back
    ):
        make_exchange(jilani, amir)
        place = [False, day, 1] if sort == "oldest" else [day, 1]
        told = json.dumps([sort, is_back, *place]).encode()
        cursor = base64.urlsafe_b64encode(told).decode()

        response = client.get(PAGE, {"sort": sort, "cursor": cursor})

        assert response.status_code == 200
        assert "Search the statements" in response.text

    @pytest.mark.parametrize("path", ["/between/pk/zz/", "/between/zz/pk/", "/between/pk/jilani/"])
    def test_an_unknown_country_is_not_found(self, client, jilani, path):
        assert client.get(path).status_code == 404

    def test_a_country_and_itself_are_refused_in_words(self, client):
        response = client.get("/between/pk/pk/")

        assert response.status_code == 404
        assert "Both sides are Pakistan" in response.text
        assert 'href="/countries/pk/"' in response.text

    def test_capitals_and_old_codes_lead_on(self, client):
        Redirect.objects.create(kind="country", old_slug="x-persia", new_slug="ir")

        for path in ("/between/PK/ir/", "/between/pk/x-persia/"):
            response = client.get(f"{path}?since=2024")
            assert response.status_code == 301
            assert response["Location"] == f"{PAGE}?since=2024"

    def test_two_that_were_merged_are_one(self, client):
        Redirect.objects.create(kind="country", old_slug="x-persia", new_slug="ir")

        assert client.get("/between/x-persia/ir/").status_code == 404

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(PAGE).status_code == 405

    def test_its_queries_do_not_grow_with_its_rows(
        self, client, jilani, amir, django_assert_max_num_queries
    ):
        for n in (1, 15):
            for _ in range(n):
                event = make_event(countries=["pk", "ir"], started_on="2024-01")
                make_exchange(jilani, make_official(country="ir"), event=event, acts=["agree"])
            with django_assert_max_num_queries(26):
                client.get(PAGE, {"tone": "plover"})


class TestTone:
    def test_it_is_off_until_asked_for(self, client, jilani, amir):
        make_exchange(jilani, amir, acts=["agree"], said_on="2024-01")
        make_exchange(jilani, amir, acts=["threaten"], said_on="2024-03")

        page = client.get(PAGE).text

        assert 'class="histogram tone"' not in page
        assert "?tone=plover" in page

    def test_it_tells_means_and_whose_they_are(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir, acts=["agree", "reject"], said_on="2024-01")
        make_statement(speaker=amir, addressee=jilani, acts=["threaten"], said_on="2024-03")

        response = client.get(PAGE, {"tone": "plover"})

        columns = response.context["tone"].columns
        assert [(c.label, c.forth, c.back) for c in columns] == [
            ("2024-01", 0.0, None), ("2024-02", None, None), ("2024-03", None, -5.1),
        ]  # fmt: skip
        assert "PLOVER</a> publishes (CC BY-SA 4.0)" in response.text
        assert "They rate acts, not people" in response.text

    def test_it_stays_on_where_links_lead(self, client, jilani, amir):
        make_exchange(jilani, amir, acts=["agree"], channel="letter")

        search = client.get(PAGE, {"tone": "plover"}).context["search"]

        assert "tone=plover" in search.facets[0].choices[0].url
        assert search.chips == []

    def test_another_scale_is_refused(self, client, jilani, amir):
        make_exchange(jilani, amir, acts=["agree"])

        assert "Select a valid choice" in client.get(PAGE, {"tone": "gut"}).text


class TestChart:
    def test_it_tells_each_way_by_month(self, client, jilani, amir):
        make_exchange(jilani, amir, said_on="2024-01-19")
        make_statement(speaker=jilani, addressee=amir, said_on="2024-03")

        response = client.get(PAGE)

        pairs = response.context["mirror"].pairs
        assert [(pair.label, pair.n_forth, pair.n_back) for pair in pairs] == [
            ("2024-01", 2, 2), ("2024-02", 0, 0), ("2024-03", 1, 0),
        ]  # fmt: skip
        assert '<td class="figure">2</td><td class="figure">2</td>' in response.text

    def test_a_month_that_is_chosen_stands_among_the_others(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir, said_on="2024-01-19")
        make_statement(speaker=jilani, addressee=amir, said_on="2024-03")

        mirror = client.get(PAGE + "?since=2024-03&until=2024-03").context["mirror"]

        assert [pair.is_selected for pair in mirror.pairs] == [False, False, True]

    def test_one_month_alone_is_not_drawn(self, client, jilani, amir):
        make_exchange(jilani, amir)

        assert client.get(PAGE).context["mirror"] is None


class TestOfficials:
    def test_it_works(self, client, jilani, amir):
        forth, back, both = make_exchange(jilani, amir)
        make_statement(speaker=jilani, addressee=make_official("Another", country="ir"))

        response = client.get(PEOPLE)

        [said] = told(response)
        assert dict(said) == {forth: Way.FORTH, back: Way.BACK, both: Way.BOTH}
        assert response.context["people"] == []
        assert "Between two officials" in response.text
        for way in response.context["passed"]:
            assert str(client.get(way.url).context["search"].count) == way.count

    def test_events_of_both_officials_are_told(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir)
        event = make_event("A call", started_on="2024-01-19")
        for official in (jilani, amir):
            event.parties.create(role="speaker", kind="official", official=official)

        assert told(client.get(PEOPLE))[0] == "A call"

    def test_an_old_slug_leads_on(self, client, jilani, amir):
        Redirect.objects.create(kind="official", old_slug="old", new_slug="jilani")

        response = client.get("/between/officials/old/amir/")

        assert (response.status_code, response["Location"]) == (301, PEOPLE)

    def test_nobody_is_not_found(self, client, jilani):
        assert client.get("/between/officials/jilani/nobody/").status_code == 404

    def test_an_official_and_himself_are_refused_in_words(self, client, jilani):
        response = client.get("/between/officials/jilani/jilani/")

        assert response.status_code == 404
        assert "Both sides are Jalil Abbas Jilani" in response.text


class TestWaysHere:
    def test_home_leads_to_its_busiest_pairs(self, client, jilani, amir):
        make_statement(speaker=jilani, addressee=amir)

        assert f'href="{PAGE}"' in client.get("/").text

    @pytest.mark.parametrize(
        ("path", "link"), [("/countries/pk/", PAGE), ("/officials/jilani/", PEOPLE)]
    )
    def test_those_whom_one_addresses_lead_to_both_ways(self, client, jilani, amir, path, link):
        make_statement(speaker=jilani, addressee=amir)

        assert f'href="{link}">both ways' in client.get(path).text

    def test_a_statement_leads_to_what_else_passed(self, client, jilani, amir):
        made = make_statement(speaker=jilani, addressee=amir)

        page = client.get(made.get_absolute_url()).text

        assert f'<a href="{PAGE}"><bdi>Pakistan and Iran</bdi></a>' in page
        assert f'href="{PEOPLE}"' in page

    def test_of_each_to_the_other_the_pair_is_told_once(self, jilani, amir):
        _forth, _back, both = make_exchange(jilani, amir)

        found = pairs_of(Statement.objects.with_parties().get(pk=both.pk))

        assert [pair.keys for pair in found] == [("pk", "ir"), ("jilani", "amir")]


@pytest.mark.parametrize(
    ("said_on", "qualifier", "expected"),
    [
        ("2024-01-19", "on", "12"),
        ("2024-01-19", "about", "about 12"),
        ("2024-01", "on", "about 0"),
        ("2024-02-19", "on", ""),
        ("2024-01-31", "on", "0"),
    ],
)
def test_days_since_are_told_as_exactly_as_they_are_known(said_on, qualifier, expected):
    last = make_statement(said_on=said_on, said_on_qualifier=qualifier)
    assert since_contact(last, date(2024, 1, 31)) == expected


def test_a_pair_asks_for_each_of_its_ways(jilani, amir):
    pair = find_pair("official", "JILANI", "amir")
    assert pair.tsquery == (
        f"('@s{jilani.pk}' & '@a{amir.pk}') | ('@s{amir.pk}' & '@a{jilani.pk}')"
    )


def test_in_persian_who_spoke_stands_before_who_was_addressed(client):
    make_statement(speaker=make_official(), addressee=make_official(country="ir"))
    html = client.get("/fa/between/pk/ir/").text
    assert "<bdi>\N{RIGHT-TO-LEFT MARK}Pakistan به Iran</bdi>" in html
    assert "<bdi>Pakistan to Iran</bdi>" in client.get("/between/pk/ir/").text
