"""How matches divide, counted here once more by hand; chips, histogram and the title in words."""

from collections import Counter

import pytest

from statements.models import Statement
from statements.search import facets as counted
from statements.search import matches, results
from statements.vocabulary import Role
from tests.factories import make_official, make_statement
from tests.search.world import ALL, found, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def facet(name, address=""):
    shown = {facet.name: facet for facet in search(address).facets}
    return shown.get(name)


def tally(name, address=""):
    return {choice.value: choice.n for choice in facet(name, address).choices}


def by_role(role, slug):
    def values(statement):
        return {slug(party) for party in statement.parties.all() if party.role == role} - {None}

    return values


def code(party):
    return party.country and party.country.code


def official(party):
    return party.official and party.official.slug


def outlets(statement):
    articles = [citation.article for citation in statement.citations.all()]
    both = [[article, article.based_on] for article in articles]
    return {article.outlet.slug for pair in both for article in pair if article}


BY_HAND = {
    "from": by_role(Role.SPEAKER, code),
    "to": by_role(Role.ADDRESSEE, code),
    "speaker": by_role(Role.SPEAKER, official),
    "addressee": by_role(Role.ADDRESSEE, official),
    "channel": lambda statement: {statement.channel},
    "form": lambda statement: {statement.form},
    "act": lambda statement: set(statement.acts),
    "topic": lambda statement: {topic.slug for topic in statement.topics.all()},
    "account": lambda statement: {statement.account},
    "basis": lambda statement: {statement.basis},
    "standing": lambda statement: {statement.standing},
    "outlet": outlets,
    "language": lambda statement: {statement.original_language or statement.language},
    "year": lambda statement: {str(statement.said_on.year)} if statement.said_on else set(),
}


def test_every_facet_is_counted_by_hand():
    assert {facet.name for facet in counted.FACETS} == set(BY_HAND)


@pytest.mark.parametrize("address", ["", "from=pk", "q=minister", "act=appeal&channel=phone_call"])
@pytest.mark.parametrize("name", BY_HAND)
def test_the_counts_are_those_of_the_matches(name, address):
    alone = "&".join(pair for pair in address.split("&") if not pair.startswith(f"{name}="))
    keys = found(alone)
    statements = Statement.objects.with_links().filter(key__in=keys)
    expected = Counter(value for statement in statements for value in BY_HAND[name](statement))
    shown = facet(name, address)
    if name == "standing" and len(expected) == 1:
        assert shown is None
        return
    assert ((shown and {choice.value: choice.n for choice in shown.choices}) or {}) == expected


def test_a_facet_passes_over_its_own_choice_and_heeds_the_others():
    assert tally("from", "from=ru&act=appeal") == {"pk": 1, "ru": 1}
    assert tally("act", "from=ru&act=appeal") == {"appeal": 1}


def test_the_year_passes_over_since_and_until():
    assert tally("year", "since=2019&until=2019") == tally("year")


@pytest.mark.parametrize("name", [name for name in BY_HAND if name != "year"])
def test_a_choice_leads_to_as_many_as_it_says(name):
    for choice in facet(name).choices:
        assert len(found(choice.url.lstrip("?"))) == choice.n, choice


def test_choices_come_by_number():
    numbers = [choice.n for choice in facet("from").choices]
    assert numbers == sorted(numbers, reverse=True)


def test_a_choice_adds_to_its_facet_and_is_taken_off_again():
    chosen = {choice.value: choice for choice in facet("from", "from=pk").choices}
    assert chosen["pk"].is_selected
    assert chosen["pk"].url == "?"
    assert not chosen["ru"].is_selected
    assert chosen["ru"].url == "?from=pk&from=ru"


def test_a_year_is_chosen_and_taken_off():
    shown = {choice.value: choice for choice in facet("year", "from=pk").choices}
    assert shown["2024"].url == "?from=pk&since=2024&until=2024"
    chosen = {choice.value: choice for choice in facet("year", "since=2024&until=2024").choices}
    assert chosen["2024"].is_selected
    assert chosen["2024"].url == "?"


def test_what_the_reader_types_is_kept_in_every_address():
    [chip] = search("q=mutual+trust%26more&colour=red").chips
    choices = [
        choice for facet in search("q=minister%26&from=pk&colour=red").facets
        for choice in facet.choices
    ]  # fmt: skip
    assert chip.url == "?"
    assert all("q=minister%26" in choice.url for choice in choices)
    assert not any("colour" in choice.url for choice in choices)


def test_only_so_many_choices_are_shown_and_the_chosen_among_them():
    for number in range(20):
        make_statement(
            key=f"many-{number}",
            speaker=make_official(f"Official {number:02}", slug=f"o-{number:02}"),
        )
    shown = facet("speaker")
    assert len(shown.choices) == counted.N_CHOICES
    assert shown.n_more > 0
    chosen = facet("speaker", "speaker=o-19")
    assert any(choice.is_selected for choice in chosen.choices)


class TestNewest:
    """Beyond a limit counts say so."""

    @pytest.fixture(autouse=True)
    def low_limits(self, monkeypatch):
        monkeypatch.setattr(matches, "N_MATCHES", 4)

    def test_a_count_stops(self):
        count = search().count
        assert (count.n, count.is_exact, str(count)) == (4, False, "4+")

    def test_a_count_at_the_limit_is_exact(self):
        count = search("country=ir&from=pk&from=ru&from=ir").count
        assert (count.n, count.is_exact) == (3, True)

    def test_facets_cover_the_newest_and_say_so(self):
        shown = facet("channel")
        assert shown.is_partial
        assert sum(choice.n for choice in shown.choices) == 4
        assert not facet("channel", "from=ru").is_partial


def test_the_limits_are_ten_thousand():
    assert matches.N_MATCHES == 10_000
    assert search().count == results.Count(6, is_exact=True)
    assert str(results.Count(10_000, is_exact=False)) == "10,000+"


def test_chips_are_what_is_on_one_a_value():
    chips = search("q=trust&from=pk&from=ru&since=2024-01&sort=oldest&limit=7").chips
    assert [(chip.name, chip.value) for chip in chips] == [
        ("q", "trust"), ("from", "Pakistan"), ("from", "Russia"), ("since", "January 2024"),
    ]  # fmt: skip
    assert [chip.url for chip in chips] == [
        "?from=pk&from=ru&since=2024-01&sort=oldest&limit=7",
        "?q=trust&from=ru&since=2024-01&sort=oldest&limit=7",
        "?q=trust&from=pk&since=2024-01&sort=oldest&limit=7",
        "?q=trust&from=pk&from=ru&sort=oldest&limit=7",
    ]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("", "Statements"),
        ("from=pk&to=ir", "Statements from Pakistan to Iran"),
        ("from=pk&from=tr", "Statements from Pakistan or Turkey"),
        (
            "q=trust&speaker=jilani&since=2024-01",
            "Statements with “trust” by Jalil Abbas Jilani since January 2024",
        ),
        ("topic=security&basis=inferred",
         "Statements on Security cooperation basis: Inferred by the curator"),
        ("from=zz", "Statements"),
    ],
)  # fmt: skip
def test_the_title_says_the_search_in_words(address, title):
    assert search(address).title == title


def test_every_parameter_that_narrows_has_its_phrase():
    narrowing = set(search().filters.filters) - {"sort", "limit", "cursor"}
    assert narrowing == set(results.wording._phrases())


class TestHistogram:
    def bars(self, address=""):
        return {bar.label: bar for bar in search(address).histogram}

    def test_by_month_when_three_years_hold_them_all(self):
        bars = self.bars("from=pk")
        assert {label: bar.n for label, bar in bars.items()} == {"2024-01": 2}

    def test_else_by_year_with_the_gaps(self):
        bars = self.bars()
        assert {label: bar.n for label, bar in bars.items()} == {
            "2019": 1, "2020": 0, "2021": 0, "2022": 0, "2023": 0, "2024": 4,
        }  # fmt: skip

    def test_a_bar_is_a_filter_by_days(self):
        bar = self.bars("from=pk")["2024-01"]
        assert bar.url == "?from=pk&since=2024-01&until=2024-01"
        chosen = self.bars("from=pk&since=2024-01&until=2024-01")["2024-01"]
        assert chosen.is_selected
        assert chosen.url == "?from=pk"

    def test_it_shows_the_other_months_while_one_is_chosen(self):
        assert set(self.bars("since=2019&until=2019")) == set(self.bars())

    def test_the_undated_are_no_bar(self):
        assert sum(bar.n for bar in search().histogram) == len(ALL) - 1

    def test_of_nothing_there_is_none(self):
        assert search("q=nowhere").histogram == []


def test_orders_are_offered_and_relevance_with_words_alone():
    assert [choice.value for choice in search().sorts] == ["newest", "oldest", "added", "updated"]
    offered = search("q=trust&sort=added").sorts
    assert [choice.value for choice in offered] == [
        "relevance", "newest", "oldest", "added", "updated",
    ]  # fmt: skip
    assert [choice.value for choice in offered if choice.is_selected] == ["added"]
    assert offered[1].url == "?q=trust&sort=newest"


def test_a_search_can_be_asked_in_any_order():
    """Nothing depends on the rows having been fetched first."""
    for name in (
        "sort",
        "sorts",
        "title",
        "chips",
        "count",
        "facets",
        "histogram",
        "next_url",
        "summary",
        "errors",
        "rows",
        "messages",
    ):
        getattr(search("q=trust&from=pk"), name)
        getattr(search("from=zz&q=trust"), name)
