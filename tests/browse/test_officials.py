"""Pages of officials."""

import base64
import json

import pytest
from django.urls import reverse

from statements.models import Alias, Redirect
from tests.factories import (
    make_country,
    make_event,
    make_official,
    make_organization,
    make_party,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db

LIST = "/officials/"


@pytest.fixture
def jilani():
    return make_official("Jalil Abbas Jilani", slug="jalil-abbas-jilani", sort_name="Jilani")


def cursor_of(*told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


def labels(tallies):
    return [(tally.label, tally.n) for tally in tallies]


class TestList:
    def test_it_works(self, client, jilani):
        make_tenure(jilani, make_post("Foreign Minister"))
        make_official("Hakan Fidan", sort_name="Fidan", country="tr")
        make_statement(speaker=jilani)

        response = client.get(LIST)

        names = [entry.label for entry in response.context["entries"]]
        assert names == ["Hakan Fidan", "Jalil Abbas Jilani"]
        last = response.context["entries"][1]
        assert (last.detail, last.count) == ("Foreign Minister, Pakistan", "1 statement")
        assert 'href="/officials/jalil-abbas-jilani/"' in response.text

    def test_an_empty_archive_says_so(self, client):
        response = client.get(LIST)

        assert "Nothing is recorded here yet." in response.text

    def test_the_post_shown_is_the_one_begun_last(self, client, jilani):
        make_tenure(jilani, make_post("Ambassador"), started_on="2012", ended_on="2013")
        make_tenure(jilani, make_post("Foreign Minister"), started_on="2023-08-17")
        make_tenure(jilani, make_post("Third Secretary"), started_on=None)

        [entry] = client.get(LIST).context["entries"]

        assert entry.detail == "Foreign Minister, Pakistan"

    def test_drafts_are_not_counted(self, client, jilani):
        make_statement(speaker=jilani, status="draft")

        [entry] = client.get(LIST).context["entries"]

        assert entry.count == ""

    @pytest.mark.parametrize("words", ["jilani", "JIL abb", "جیلانی", "Jaleel", "jílani"])
    def test_a_name_is_found_by_its_words_and_aliases(self, client, jilani, words):
        Alias.objects.create(official=jilani, name="جلیل عباس جیلانی", language="ur")
        Alias.objects.create(official=jilani, name="Jaleel Abbas Jeelani")
        make_official("Hakan Fidan")

        response = client.get(LIST, {"q": words})

        assert [entry.label for entry in response.context["entries"]] == ["Jalil Abbas Jilani"]

    @pytest.mark.parametrize("words", ["mousavi", "'", "\\", "':*", "a' & !'b", "½ ①", "!!"])
    def test_words_that_name_nobody_are_answered(self, client, jilani, words):
        response = client.get(LIST, {"q": words})

        assert response.status_code == 200
        assert response.context["entries"] == []
        assert "Nothing here answers to these choices." in response.text

    def test_a_country_narrows_the_list(self, client, jilani):
        make_official("Hakan Fidan", country="tr")

        response = client.get(LIST, {"country": "PK"})

        assert [entry.label for entry in response.context["entries"]] == ["Jalil Abbas Jilani"]

    def test_an_old_code_of_a_country_is_followed(self, client, jilani):
        Redirect.objects.create(kind="country", old_slug="x-pak", new_slug="pk")

        assert len(client.get(LIST, {"country": "x-pak"}).context["entries"]) == 1

    def test_an_unknown_country_leaves_no_rows_and_a_message(self, client, jilani):
        response = client.get(LIST, {"country": "zz"})

        assert response.status_code == 200
        assert response.context["entries"] == []
        assert "There is no “zz” in the archive." in response.text
        assert 'aria-invalid="true"' in response.text

    def test_a_letter_narrows_the_list_whatever_its_accent(self, client, jilani):
        make_official("Ahmet Özal", sort_name="Özal")

        response = client.get(LIST, {"letter": "O"})

        assert [entry.label for entry in response.context["entries"]] == ["Ahmet Özal"]

    def test_letters_without_officials_lead_nowhere(self, client, jilani):
        letters = client.get(LIST).context["letters"]

        assert [letter for letter, url, _ in letters if url] == ["J"]

    def test_an_unknown_letter_leaves_no_rows_and_a_message(self, client, jilani):
        response = client.get(LIST, {"letter": "Ж"})

        assert response.context["entries"] == []
        assert "“Ж” is not a letter from A to Z." in response.text

    def test_pages_lead_on_and_back(self, client):
        for number in range(120):
            make_official(f"Official {number:03}", sort_name=f"{number:03}")

        seen, url = [], LIST
        while url:
            page = client.get(url).context["page"]
            seen.append([official.sort_name for official in page.rows])
            url = page.next_url and LIST + page.next_url

        assert [len(rows) for rows in seen] == [50, 50, 20]
        assert [name for rows in seen for name in rows] == [f"{n:03}" for n in range(120)]
        back = client.get(LIST + page.previous_url).context["page"]
        assert [official.sort_name for official in back.rows] == seen[1]
        assert back.previous_url

    def test_a_page_keeps_what_the_list_is_narrowed_by(self, client):
        for number in range(51):
            make_official(f"Official {number:03}", sort_name=f"{number:03}")

        page = client.get(LIST, {"country": "pk"}).context["page"]

        assert "country=pk" in page.next_url

    @pytest.mark.parametrize(
        "cursor",
        ["x", "WzFd", "9" * 3000, cursor_of("sort_name", False, 1, 2, 3),
         cursor_of("sort_name", False, "\0", "a", "b"), cursor_of("day", False, "", 1)],
    )  # fmt: skip
    def test_a_cursor_that_was_not_made_here_leads_to_the_beginning(self, client, jilani, cursor):
        assert len(client.get(LIST, {"cursor": cursor}).context["entries"]) == 1

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                official = make_official()
                make_tenure(official)
                make_statement(speaker=official)
            with django_assert_max_num_queries(5):
                client.get(LIST)


class TestOfficial:
    def url(self, official, **query):
        return reverse("official", args=[official.slug], query=query or None)

    def test_it_works(self, client, jilani):
        fidan = make_official("Hakan Fidan", slug="hakan-fidan", country="tr")
        make_tenure(jilani, make_post(), started_on="2023-08-17", ended_on="2024-03")
        statement = make_statement("Restraint is needed.", speaker=jilani, addressee=fidan)

        response = client.get(self.url(jilani))

        assert response.text.count("<h1>") == 1
        assert "17 August 2023 – March 2024" in response.text
        assert labels(response.context["addressees"].officials) == [("Hakan Fidan", 1)]
        assert 'href="/statements/?speaker=jalil-abbas-jilani&amp;addressee=hakan-fidan"' in (
            response.text
        )
        assert response.context["statements"].page.rows == [statement]
        assert 'href="/statements/?official=jalil-abbas-jilani"' in response.text
        assert '<link rel="canonical" href="http://testserver/officials/jalil-abbas-jilani/">' in (
            response.text
        )
        assert 'type="application/json" href="/officials/jalil-abbas-jilani.json"' in response.text

    def test_an_official_of_whom_nothing_is_known_has_a_page(self, client):
        response = client.get(self.url(make_official("Seyed Rasoul Mousavi", country=None)))

        assert "No post is recorded." in response.text
        assert "No statements." in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/officials/nobody/").status_code == 404

    def test_an_old_slug_leads_on_for_ever(self, client, jilani):
        Redirect.objects.create(kind="official", old_slug="jilani", new_slug=jilani.slug)

        response = client.get("/officials/jilani/?role=speaker")

        assert response.status_code == 301
        assert "max-age=0" in response["Cache-Control"]  # a merge can be undone
        assert response["Location"] == "/officials/jalil-abbas-jilani/?role=speaker"

    def test_it_cannot_be_posted_to(self, client, jilani):
        assert client.post(self.url(jilani)).status_code == 405

    def test_names_carry_their_language(self, client, jilani):
        Alias.objects.create(official=jilani, name="جلیل عباس جیلانی", language="ur")

        assert '<bdi lang="ur">جلیل عباس جیلانی</bdi>' in client.get(self.url(jilani)).text

    def test_identifiers_are_links_where_their_authority_is_known(self, client):
        official = make_official(identifiers={"wikidata": "Q17991320", "own": "7"})

        page = client.get(self.url(official)).text

        assert 'href="https://www.wikidata.org/wiki/Q17991320"' in page
        assert "<dt>own</dt><dd>7</dd>" in page

    @pytest.mark.parametrize("identifiers", [[], "Q1", {"wikidata": {"a": 1}}, {"viaf": None}])
    def test_identifiers_of_any_shape_are_answered(self, client, identifiers):
        assert client.get(self.url(make_official(identifiers=identifiers))).status_code == 200

    def test_an_identifier_cannot_leave_its_address(self, client):
        official = make_official(identifiers={"wikidata": '"><script>x'})

        assert "<script>x" not in client.get(self.url(official)).text

    def test_an_acting_tenure_is_marked(self, client, jilani):
        make_tenure(jilani, acting=True)

        assert '<span class="badge">acting</span>' in client.get(self.url(jilani)).text

    def test_drafts_are_seen_nowhere(self, client, jilani):
        fidan = make_official("Hakan Fidan", country="tr")
        make_statement("Not yet.", speaker=jilani, addressee=fidan, status="draft")

        response = client.get(self.url(jilani))

        assert "Not yet." not in response.text
        assert not response.context["addressees"]
        assert response.context["statements"].tabs == []

    def test_counterparts_are_counted_by_statement_and_without_oneself(self, client, jilani):
        fidan = make_official("Hakan Fidan", country="tr")
        both = [jilani, fidan]
        make_statement(speaker=both, addressee=both)
        make_statement(speaker=jilani, addressee=fidan)

        context = client.get(self.url(jilani)).context

        assert labels(context["addressees"].officials) == [("Hakan Fidan", 2)]
        assert labels(context["addressers"].officials) == [("Hakan Fidan", 1)]
        assert labels(context["addressees"].countries) == [("Turkey", 2)]

    def test_statements_to_the_public_are_counted(self, client, jilani):
        make_party(make_statement(speaker=jilani), "addressee", kind="public")

        response = client.get(self.url(jilani))

        assert "1 statement to the public" in response.text

    def test_each_number_is_that_of_the_list_it_leads_to(self, client, jilani):
        fidan = make_official("Hakan Fidan", country="tr")
        army = make_organization("Army", country="ir")
        make_statement(speaker=[jilani, fidan], addressee=[jilani, fidan], channel="letter")
        make_statement(speaker=jilani, addressee=[fidan, army], channel="letter")
        make_statement(speaker=army, addressee=jilani)

        context = client.get(self.url(jilani)).context

        told = [context["addressees"], context["addressers"]]
        tallies = [t for c in told for t in (*c.officials, *c.countries, *c.organizations)]
        tallies += context["channels"]
        assert len(tallies) == 9
        for tally in tallies:
            assert client.get(tally.url).context["search"].count.n == tally.n, tally
        everything = client.get(context["all_url"]).context["search"].count.n
        assert everything == len(context["statements"].page.rows) == 3

    def test_counts_over_a_part_say_so(self, client, jilani, monkeypatch):
        monkeypatch.setattr("statements.browse.tallies.N_COUNTED", 1)
        for _ in range(3):
            make_statement(speaker=jilani, addressee=make_official())

        response = client.get(self.url(jilani))

        assert "Counted over the last 1 statements recorded, each way." in response.text
        assert [tally.n for tally in response.context["addressees"].officials] == [1]

    def test_channels_are_counted(self, client, jilani):
        make_statement(speaker=jilani, channel="letter")
        make_statement(speaker=jilani, channel="phone_call")
        make_statement(speaker=jilani, channel="phone_call")

        context = client.get(self.url(jilani)).context

        assert labels(context["channels"]) == [("Telephone call", 2), ("Letter", 1)]

    def test_roles_part_the_statements(self, client, jilani):
        said = make_statement(speaker=jilani)
        heard = make_statement(addressee=jilani)
        passed_on = make_statement(relayer=jilani)
        spoken_of = make_statement()
        make_party(spoken_of, "subject", jilani)

        shown = {
            role: client.get(self.url(jilani, role=role)).context["statements"].page.rows
            for role in ("speaker", "addressee", "relayer", "subject")
        }

        assert shown == {
            "speaker": [said],
            "addressee": [heard],
            "relayer": [passed_on],
            "subject": [spoken_of],
        }
        everything = client.get(self.url(jilani)).context["statements"].page.rows
        assert everything == [spoken_of, passed_on, heard, said]

    def test_an_unknown_role_is_said_to_be_unknown(self, client, jilani):
        make_statement(speaker=jilani)

        response = client.get(self.url(jilani, role="listener"))

        assert response.context["statements"].page.rows == []
        assert "There is no such role." in response.text

    def test_statements_lead_on_page_by_page(self, client, jilani):
        for day in range(1, 29):
            make_statement(speaker=jilani, said_on=f"2024-01-{day:02}")

        first = client.get(self.url(jilani, role="speaker")).context["statements"].page
        second = client.get(self.url(jilani) + first.next_url).context["statements"].page

        assert (len(first.rows), len(second.rows)) == (20, 8)
        assert "role=speaker" in first.next_url
        assert second.rows[-1].said_on.day == 1

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        official, event = make_official(), make_event()
        for number in (2, 12):
            for _ in range(number):
                make_tenure(official, make_post(organization=make_organization()))
                make_statement(
                    speaker=official,
                    addressee=[make_official(), make_organization(), make_country("ir")],
                    relayer=make_organization(),
                    event=event,
                )
            with django_assert_max_num_queries(16):
                client.get(self.url(official))
