"""Calendars of months and years."""

import pytest

from statements.search import daily
from tests.factories import make_country, make_official, make_statement

pytestmark = pytest.mark.django_db

PAGE = "/calendar/2024-01/"


def days(response):
    return {day.day.day: day for day in response.context["days"] if day.n}


class TestEntrance:
    def test_it_leads_to_the_newest_month(self, client):
        make_statement(said_on="2024-01-19")
        make_statement(said_on="1979-01-19")

        assert client.get("/calendar/")["Location"] == PAGE

    def test_filters_are_carried_along(self, client):
        make_statement(said_on="2024-01-19", speaker=make_official(country="pk"))
        make_statement(said_on="2023-05-02", speaker=make_official(country="ir"))

        response = client.get("/calendar/?from=ir&since=2024&sort=oldest")

        assert response["Location"] == "/calendar/2023-05/?from=ir"

    def test_an_empty_archive_has_this_month(self, client):
        page = client.get("/calendar/", follow=True).text

        assert "Nothing is recorded of this month." in page
        assert "No other month holds anything either." in page


class TestMonth:
    def test_it_works(self, client):
        iranian = make_official("Seyed Rasoul Mousavi", country="ir")
        statement = make_statement(said_on="2024-01-19", speaker=iranian)
        make_statement(said_on="2023-12-31")
        make_statement(said_on="2024-03-01")

        response = client.get(PAGE)

        assert response.text.count("<h1>") == 1
        assert "<bdi>January 2024</bdi>" in response.text
        assert "1 statement of this month." in response.text
        assert days(response)[19].first == [statement]
        assert 'href="/statements/?since=2024-01-19&amp;until=2024-01-19"' in response.text
        assert 'rel="prev" href="/calendar/2023-12/"' in response.text
        assert 'rel="next" href="/calendar/2024-03/"' in response.text
        assert "calendar__days--from-1" in response.text  # a Monday
        assert '<link rel="canonical" href="http://testserver/calendar/2024-01/">' in response.text

    def test_filters_are_in_force_and_on_every_link(self, client):
        make_statement(said_on="2024-01-19", speaker=make_official(country="ir"))
        make_statement(said_on="2024-01-19", speaker=make_official(country="pk"))
        make_statement(said_on="2023-12-31", speaker=make_official(country="ir"))

        response = client.get(f"{PAGE}?from=ir")

        assert days(response)[19].n == 1
        assert days(response)[19].url == "/statements/?from=ir&since=2024-01-19&until=2024-01-19"
        assert response.context["previous"].url == "/calendar/2023-12/?from=ir"
        assert 'href="/calendar/2024/?from=ir"' in response.text
        assert "Statements from Iran" in response.text
        assert 'rel="canonical"' not in response.text

    def test_a_day_lists_no_more_than_its_first(self, client):
        rows = [make_statement(said_on="2024-01-19") for _ in range(3)]

        assert days(client.get(PAGE))[19].first == [rows[2], rows[1]]

    def test_what_has_no_one_day_stands_apart(self, client):
        make_statement(said_on="2024-01", speaker=make_official("Of the month"))

        response = client.get(PAGE)

        assert days(response) == {}
        apart = response.text.split('id="inexact"')[1]
        assert "Of the month" in apart

    def test_what_is_not_counted_is_said_not_to_be(self, client, monkeypatch):
        monkeypatch.setattr(daily, "N_MATCHES", 1)
        for day in (10, 12, 12):
            make_statement(said_on=f"2024-01-{day}")

        response = client.get(PAGE)

        assert "earlier days hold more than is shown" in response.text
        assert "not counted" in response.text
        assert days(response)[12].printed == "1+"

    def test_an_empty_month_leads_to_the_nearest(self, client):
        make_statement(said_on="2023-05-02")

        response = client.get(PAGE)

        assert "Nothing is recorded of this month." in response.text
        assert response.context["previous"].url == "/calendar/2023-05/"

    def test_a_filter_that_means_nothing_is_told_in_words(self, client):
        response = client.get(f"{PAGE}?from=zz")

        assert response.status_code == 200
        assert "“zz” is not in the archive." in response.text

    @pytest.mark.parametrize(
        "period",
        [
            "2024-13",
            "2024-00",
            "0000-01",
            "10000-01",
            "2024-01-19",
            "2024-1",
            "january",
            "2024-W01",
        ],
    )
    def test_what_is_no_month_is_not_found(self, client, period):
        assert client.get(f"/calendar/{period}/").status_code == 404

    @pytest.mark.parametrize("period", ["0001-01", "9999-12", "0001", "9999"])
    def test_the_ends_of_the_calendar_have_pages(self, client, period):
        make_statement(said_on="0001-01-02")
        make_statement(said_on="9999-12-31")

        assert client.get(f"/calendar/{period}/").status_code == 200

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(PAGE).status_code == 405

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for n_days in (2, 20):
            for day in range(n_days):
                make_statement(said_on=f"2024-01-{day + 1:02}")
            with django_assert_max_num_queries(14):
                client.get(PAGE)


class TestYear:
    PAGE = "/calendar/2024/"

    def test_it_works(self, client):
        make_statement(said_on="2024-01-19")
        make_statement(said_on="2024-03")
        make_statement(said_on="2024")
        make_statement(said_on="1979-01-19")

        response = client.get(self.PAGE)

        year = response.context["year"]
        assert [column.n for column in year.columns] == [1, 0, 1] + [0] * 9
        assert year.columns[0].url == "/calendar/2024-01/"
        assert "3 statements of this year." in response.text
        assert "The day of 1 is not known exactly: it counts for its month alone." in response.text
        assert "Of 1 the year alone is known: it stands in no month." in response.text
        assert 'aria-label="19 January 2024: 1"' in response.text
        assert 'href="/statements/?since=2024-01-19&amp;until=2024-01-19"' in response.text
        assert response.context["previous"].url == "/calendar/1979/"

    def test_filters_are_carried_along(self, client):
        make_statement(said_on="2024-01-19", speaker=make_official(country="ir"))
        make_statement(said_on="2024-01-20", speaker=make_official(country="pk"))

        response = client.get(f"{self.PAGE}?from=ir")

        assert response.context["year"].n == 1
        assert "/calendar/2024-01/?from=ir" in response.text
        assert "/statements/?from=ir&amp;since=2024-01-19&amp;until=2024-01-19" in response.text

    def test_an_empty_year_says_so(self, client):
        assert "Nothing is recorded of this year." in client.get(self.PAGE).text

    @pytest.mark.parametrize("period", ["0000", "10000", "24", "-2024"])
    def test_what_is_no_year_is_not_found(self, client, period):
        assert client.get(f"/calendar/{period}/").status_code == 404


class TestWays:
    def test_the_list_leads_to_its_calendar(self, client):
        make_statement(said_on="2024-01-19", speaker=make_official(country="ir"))
        make_statement(said_on="2024-03-01", speaker=make_official(country="ir"))

        page = client.get("/statements/?from=ir&sort=oldest").text

        assert 'href="/calendar/?from=ir"' in page

    def test_the_list_of_a_month_leads_to_that_month(self, client):
        for day in ("2024-01-19", "2024-03-01"):
            make_statement(said_on=day, speaker=make_official(country="ir"))

        page = client.get("/statements/?from=ir&since=2024-01&until=2024-01").text

        assert 'href="/calendar/2024-01/?from=ir"' in page


class TestCountryYear:
    PAGE = "/countries/pk/2024/"

    @pytest.fixture(autouse=True)
    def said(self):
        pakistani, iranian = make_official(country="pk"), make_official(country="ir")
        make_statement(said_on="2024-01-19", speaker=pakistani, addressee=iranian)
        make_statement(said_on="2024-02-03", speaker=iranian, addressee=pakistani)
        make_statement(said_on="2023-05-01", speaker=pakistani)
        make_statement(said_on="2022-05-01", speaker=iranian)

    def test_it_works(self, client):
        response = client.get(self.PAGE)

        assert "<bdi>Pakistan in 2024</bdi>" in response.text
        assert response.context["year"].n == 2
        assert 'href="/statements/?country=pk&amp;since=2024-01&amp;until=2024-01"' in response.text
        assert response.context["previous"].url == "/countries/pk/2023/"
        assert response.context["next"] is None

    @pytest.mark.parametrize(("side", "month"), [("from", 0), ("to", 1)])
    def test_one_side_alone_can_be_seen(self, client, side, month):
        response = client.get(f"{self.PAGE}?side={side}")

        counts = [column.n for column in response.context["year"].columns]
        assert (counts[month], sum(counts)) == (1, 1)
        assert f"/statements/?{side}=pk&amp;since=2024" in response.text

    def test_each_number_is_that_of_the_list_it_leads_to(self, client):
        for column in client.get(self.PAGE).context["year"].columns[:3]:
            assert client.get(column.url).context["search"].count.n == column.n

    def test_a_side_that_is_none_is_told(self, client):
        response = client.get(f"{self.PAGE}?side=above")

        assert response.status_code == 200
        assert "There is no such side." in response.text

    def test_an_empty_year_says_so(self, client):
        page = client.get("/countries/pk/1950/").text

        assert "No statement of 1950 is published" in page
        assert "/countries/pk/2023/" in page

    @pytest.mark.parametrize("period", ["0000", "10000", "2024-01", "2024-01-19", "next"])
    def test_what_is_no_year_is_not_found(self, client, period):
        assert client.get(f"/countries/pk/{period}/").status_code == 404

    def test_an_unknown_country_is_not_found(self, client):
        assert client.get("/countries/zz/2024/").status_code == 404

    def test_a_code_in_capitals_leads_to_its_page(self, client):
        assert client.get("/countries/PK/2024/")["Location"] == "/countries/pk/2024/"

    def test_the_country_leads_to_its_years(self, client):
        make_country("pk")
        response = client.get("/countries/pk/")

        assert [(bar.label, bar.n) for bar in response.context["years"]] == [
            ("2023", 1),
            ("2024", 2),
        ]
        assert 'href="/countries/pk/2024/"' in response.text

    def test_its_queries_are_few(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            client.get(self.PAGE)
