"""Every parameter of the list of statements: what it finds, and what it does not."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from statements.models import Official, Statement
from statements.search.filters import StatementFilters
from statements.search.results import CopySearch
from statements.vocabulary import Account, Act, Basis, Channel, Form, Standing
from tests.factories import (
    make_country,
    make_official,
    make_party,
    make_statement,
    make_tenure,
)
from tests.search.world import ALL, found, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "design" / "CONTRACT.md"
CASES = [
    ("speaker=jilani", {"readiness", "aims"}),
    ("speaker=amir", set()),
    ("addressee=amir", {"readiness"}),
    ("addressee=jilani", set()),
    ("relayer=baloch", {"aims"}),
    ("relayer=jilani", set()),
    ("official=amir", {"readiness", "restraint"}),
    ("official=baloch", {"aims"}),
    ("from=pk", {"readiness", "aims", "undated"}),
    ("from=tr", set()),
    ("to=ir", {"readiness", "restraint"}),
    ("to=tr", {"aims"}),
    ("country=tr", {"aims"}),
    ("country=ir", {"readiness", "enemies", "restraint"}),
    ("speaker_organization=security-council", {"condemned"}),
    ("speaker_organization=foreign-office", set()),
    ("addressee_organization=foreign-office", {"undated"}),
    ("relayer_organization=foreign-office", {"readiness"}),
    ("organization=foreign-office", {"readiness", "undated"}),
    ("post=fm-pakistan", {"readiness", "aims", "undated"}),
    ("post=fm-iran", {"readiness"}),
    ("outlet=ndtv", {"readiness"}),
    ("outlet=dawn", ALL),
    ("event=call", {"readiness"}),
    ("event=strikes", set()),
    ("about_event=strikes", {"readiness"}),
    ("about_event=call", set()),
    ("topic=security", {"readiness"}),
    ("topic=restraint", {"restraint"}),
    ("channel=phone_call", {"readiness"}),
    ("channel=unknown", {"aims"}),
    ("form=indirect", {"readiness", "aims"}),
    ("form=contact_report", set()),
    ("act=appeal", {"readiness", "restraint"}),
    ("act=offer", {"readiness"}),
    ("account=own_side", {"readiness", "aims"}),
    ("account=own", {"enemies", "restraint", "condemned", "undated"}),
    ("basis=inferred", {"aims"}),
    ("basis=stated", ALL - {"aims"}),
    ("language=fa", {"enemies"}),
    ("language=ru", {"restraint"}),
    ("language=en", {"readiness", "aims", "condemned", "undated"}),
    ("standing=disputed", {"condemned"}),
    ("standing=undisputed", ALL - {"condemned"}),
    ("q=restraint", {"restraint"}),
    ("q=nowhere", set()),
    ("since=2024-01-20", {"enemies", "restraint"}),
    ("until=2019", {"condemned", "aims"}),
    ("since=2019-02-21&until=2019-02-21", {"condemned", "aims"}),
    ("limit=1", {"aims"}),
    ("sort=oldest&limit=1", {"condemned"}),
    ("", ALL),
]


@pytest.mark.parametrize(("address", "expected"), CASES)
def test_a_parameter_finds(address, expected):
    assert found(address) == expected


def test_every_parameter_is_tried_here_or_below():
    tried = {pair.split("=")[0] for address, _ in CASES for pair in address.split("&") if pair}
    assert tried | {"added_since", "updated_since", "cursor"} == set(StatementFilters.base_filters)


@pytest.mark.shared
@pytest.mark.skipif(not CONTRACT.exists(), reason="needs the shared folder beside the checkout")
def test_the_parameters_are_those_of_the_contract():
    text = CONTRACT.read_text(encoding="utf-8")
    table = text.split("## Parameters of /statements/")[1].split("The same name twice")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == set(StatementFilters.base_filters)


def test_drafts_and_what_was_withdrawn_are_never_found():
    assert not {"draft", "withdrawn"} & found("speaker=jilani&limit=200")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("from=pk&from=ru", {"readiness", "aims", "undated", "restraint"}),
        ("channel=letter&channel=phone_call", {"undated", "readiness"}),
        ("topic=security&topic=restraint", {"readiness", "restraint"}),
        ("act=condemn&act=justify", {"condemned", "aims"}),
        ("language=fa&language=ru", {"enemies", "restraint"}),
        ("speaker=jilani&speaker=jilani", {"readiness", "aims"}),
    ],
)
def test_the_same_name_twice_means_either(address, expected):
    assert found(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("from=pk&to=ir", {"readiness"}),
        ("from=pk&to=ru", set()),
        ("speaker=jilani&basis=inferred", {"aims"}),
        ("q=minister&from=pk&channel=phone_call", {"readiness"}),
        ("from=pk&from=ru&to=ir", {"readiness", "restraint"}),
    ],
)
def test_different_names_mean_both(address, expected):
    assert found(address) == expected


@pytest.mark.parametrize(
    "address",
    ["from=PK&to=Ir", "speaker=Jilani&to=ir", "channel=PHONE_CALL", "topic=Security&form=Indirect",
     "act=OFFER", "from=%20pk%20&to=ir"],
)  # fmt: skip
def test_codes_are_taken_in_any_case(address):
    assert found(address) == {"readiness"}


@pytest.mark.parametrize("address", ["utm_source=x", "page=7", "colour=red&colour=blue", "=", "&&"])
def test_an_unknown_parameter_is_passed_over(address):
    assert found(address) == ALL


@pytest.mark.parametrize("address", ["from=", "q=", "since=&until=", "speaker=&speaker=jilani"])
def test_an_empty_value_asks_nothing(address):
    assert found(address) in (ALL, {"readiness", "aims"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[
            (name, "nobody")
            for name in (
                "speaker", "addressee", "relayer", "official", "from", "to", "country",
                "speaker_organization", "addressee_organization", "relayer_organization",
                "organization", "post", "outlet", "event", "about_event", "topic", "channel",
                "form", "act", "account", "basis", "standing", "sort", "limit", "cursor",
            )
        ],
        ("language", "English"), ("language", "e"), ("language", "en_GB"),
        ("from", "pk,ir"), ("from", "zz"), ("from", "pakistan"), ("speaker", "jilani;--"),
        ("since", "9999-99-99"), ("since", "0000-00-00"), ("since", "2023-02-29"),
        ("until", "10000"), ("until", "-44"), ("since", "yesterday"),
        ("added_since", "2024"), ("updated_since", "2024-01-19T99:00"),
        ("limit", "0"), ("limit", "-1"), ("limit", "201"), ("limit", "1e3"), ("limit", "9" * 30),
        ("sort", "newest'--"), ("channel", "phone call"), ("speaker", "\x00"), ("since", "\x00"),
        ("speaker", "x" * 5_000), ("official", "ѕeyed"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_an_error_beside_its_field_and_no_rows(name, value):
    result = search(**{name: value, "q": "minister"})
    assert list(result.errors) == [name]
    assert all(result.errors[name])
    assert (result.rows, result.count.n, result.facets, result.chips) == ([], 0, [], [])
    assert result.next_url is None
    assert result.previous_url is None
    assert result.histogram == []


def test_one_unknown_value_among_known_ones_is_named():
    result = search("from=pk&from=zz&from=ir")
    assert "zz" in result.errors["from"][0]
    assert result.rows == []


def test_since_after_until_is_told_beside_until():
    result = search("since=2024-02&until=2024-01")
    assert list(result.errors) == ["until"]
    assert result.rows == []
    assert search("since=2024-01-19&until=2024-01").errors == {}
    assert search("since=2024&until=2024-01-19").errors == {}


def test_fifty_values_of_one_name_are_taken_and_more_are_not():
    assert search(language=[f"a{number:02}" for number in range(50)]).errors == {}
    assert list(search(language=[f"a{number:02}" for number in range(51)]).errors) == ["language"]


class TestRenamed:
    def test_an_old_slug_is_followed(self, world):
        Official.objects.filter(pk=world.amir.pk).update(slug="amir-abdollahian")
        assert found("addressee=amir") == found("addressee=amir-abdollahian") == {"readiness"}

    def test_two_names_of_one_are_one(self, world):
        Official.objects.filter(pk=world.amir.pk).update(slug="amir-abdollahian")
        result = search("official=amir&official=amir-abdollahian")
        assert [chip.value for chip in result.chips] == ["Hossein Amir-Abdollahian"]

    def test_its_chip_can_be_taken_off(self, world):
        Official.objects.filter(pk=world.amir.pk).update(slug="amir-abdollahian")
        result = search("official=amir&official=fidan")
        without = {chip.value: chip.url for chip in result.chips}
        assert without["Hossein Amir-Abdollahian"] == "?official=fidan"
        assert without["Hakan Fıdan"] == "?official=amir-abdollahian"

    def test_its_facet_is_chosen(self, world):
        Official.objects.filter(pk=world.amir.pk).update(slug="amir-abdollahian")
        [facet] = [f for f in search("addressee=amir").facets if f.name == "addressee"]
        assert [c.value for c in facet.choices if c.is_selected] == ["amir-abdollahian"]


class TestClosedLists:
    @pytest.mark.parametrize(
        ("name", "terms"),
        [
            ("channel", Channel), ("form", Form), ("act", Act), ("account", Account),
            ("basis", Basis), ("standing", Standing),
        ],
    )  # fmt: skip
    def test_every_code_is_taken(self, name, terms):
        for code in terms.codes():
            assert search(**{name: code}).errors == {}


class TestLanguage:
    def test_a_tag_with_a_region_is_found_in_any_case(self):
        make_statement(key="brazilian", original_language="pt-BR", original_text="Paz.")
        make_statement(key="british", language="en-GB")
        assert found("language=pt-BR") == found("language=pt-br") == {"brazilian"}
        assert found("language=en-GB") == {"british"}

    def test_its_facet_leads_to_it(self):
        make_statement(key="brazilian", original_language="pt-BR", original_text="Paz.")
        [facet] = [facet for facet in search().facets if facet.name == "language"]
        [choice] = [choice for choice in facet.choices if choice.value == "pt-br"]
        assert found(choice.url.lstrip("?")) == {"brazilian"}


class TestDays:
    """Day ranges overlap; an open end reaches to the end of the calendar."""

    @pytest.fixture
    def official(self):
        return make_official(slug="of-days")

    def dated(self, official, said_on, qualifier="on", until=None):
        make_statement(
            key="dated", speaker=official, said_on=said_on, said_on_qualifier=qualifier,
            said_on_until=until,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("said_on", "qualifier", "until", "inside", "outside"),
        [
            ("2024-01-19", "on", None,
             ["since=2024-01-19", "until=2024-01-19", "since=2024-01&until=2024-01", "since=2024"],
             ["since=2024-01-20", "until=2024-01-18", "since=2025", "until=2023"]),
            ("2024-01", "on", None,
             ["since=2024-01-31", "until=2024-01-01", "since=2024-01-10&until=2024-01-12"],
             ["since=2024-02-01", "until=2023-12-31"]),
            ("2024", "on", None,
             ["since=2024-12-31", "until=2024-01-01"],
             ["since=2025-01-01", "until=2023"]),
            ("2024-01-19", "about", None,
             ["since=2024-01-19&until=2024-01-19"],
             ["since=2024-01-20", "until=2024-01-18"]),
            ("2024-01-19", "not_before", None,
             ["since=2024-01-19", "since=9999-12-31", "until=2024-01-19"],
             ["until=2024-01-18"]),
            ("2024-01-19", "not_after", None,
             ["until=2024-01-19", "until=0001-01-01", "since=2024-01-19", "since=1990&until=1999"],
             ["since=2024-01-20"]),
            ("2024-01-16", "between", "2024-01-18",
             ["since=2024-01-17&until=2024-01-17", "since=2024-01-18", "until=2024-01-16"],
             ["since=2024-01-19", "until=2024-01-15"]),
        ],
    )  # fmt: skip
    def test_a_range_is_found_where_it_overlaps(
        self, official, said_on, qualifier, until, inside, outside
    ):
        self.dated(official, said_on, qualifier, until)
        for days in inside:
            assert found(f"speaker=of-days&{days}") == {"dated"}, days
        for days in outside:
            assert found(f"speaker=of-days&{days}") == set(), days

    def test_the_undated_are_found_by_no_day(self, official):
        self.dated(official, None)
        assert found("speaker=of-days") == {"dated"}
        assert found("speaker=of-days&since=0001") == set()
        assert found("speaker=of-days&until=9999") == set()

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_the_ends_of_the_calendar(self, official, day):
        self.dated(official, day)
        assert found(f"speaker=of-days&since={day}&until={day}") == {"dated"}
        result = search("speaker=of-days")
        assert result.histogram
        assert result.facets
        assert result.title


class TestPosts:
    def test_the_holder_of_another_day_is_not_meant(self, world):
        later = make_official(slug="later")
        make_tenure(later, world.minister, "2024-03-11", None)
        make_statement(key="too-early", speaker=later, said_on="2024-01-19")
        make_statement(key="in-time", speaker=later, said_on="2024-04-01")
        assert {"in-time"} == found("post=fm-pakistan") - {"readiness", "aims", "undated"}

    def test_a_post_that_was_chosen_counts_and_hides_the_one_held(self, world):
        statement = make_statement(key="as-envoy", speaker="someone")
        make_party(statement, "addressee", world.amir, post=world.minister)
        assert "as-envoy" in found("post=fm-pakistan")
        assert "as-envoy" not in found("post=fm-iran")


class TestSides:
    def test_the_side_counts_and_not_where_one_is_from(self):
        statement = make_statement(key="envoy", speaker="someone")
        make_party(statement, "addressee", make_official(country="pk"), country=make_country("us"))
        assert "envoy" in found("to=us")
        assert "envoy" not in found("to=pk")

    def test_of_whom_one_speaks_is_neither_from_nor_to(self):
        statement = make_statement(key="about-japan", speaker="someone")
        make_party(statement, "subject", make_country("jp"))
        assert found("country=jp") == set()


class TestInstants:
    def test_added_since(self):
        at = timezone.now() + timedelta(days=1)
        Statement.objects.filter(key="aims").update(published_at=at)
        assert found(added_since=at.isoformat()) == {"aims"}
        assert found(added_since=(at + timedelta(microseconds=1)).isoformat()) == set()
        assert found(added_since="2000-01-01T00:00:00Z") == ALL

    def test_updated_since(self):
        at = timezone.now() + timedelta(days=1)
        Statement.objects.filter(key="enemies").update(updated_at=at)
        assert found(updated_since=at.isoformat()) == {"enemies"}

    def test_a_plus_that_came_as_a_space_is_a_plus(self):
        at = timezone.now() + timedelta(days=1)
        Statement.objects.filter(key="aims").update(updated_at=at)
        assert found("updated_since=2000-01-01T00:00:00+05:00") == ALL

    @pytest.mark.parametrize("value", ["2000-01-01", "2000-01-01T00:00", "2000-01-01T00:00:00Z"])
    def test_without_a_zone_it_is_utc(self, value):
        assert found(updated_since=value) == ALL

    def test_who_keeps_a_copy_is_told_of_what_was_withdrawn(self):
        copied = CopySearch(search("updated_since=2000-01-01&speaker=jilani").parameters)
        assert {row.key for row in copied.rows} == {"readiness", "aims", "withdrawn"}
        assert copied.count.n == 3

    def test_but_nobody_else_is(self):
        assert "withdrawn" not in found("updated_since=2000-01-01")
        without = CopySearch(search("speaker=jilani").parameters)
        assert {row.key for row in without.rows} == {"readiness", "aims"}

    def test_a_draft_is_never_told_of(self):
        copied = CopySearch(search("updated_since=2000-01-01").parameters)
        assert "draft" not in {row.key for row in copied.rows}
