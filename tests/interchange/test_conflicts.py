"""What becomes of an object that is there already: refused, passed over, or changed."""

import pytest

from statements.models import Alias, Citation, Link, Official, Party, Statement, Tenure
from tests.factories import make_account
from tests.interchange.files import (
    ALL,
    AMIR,
    ARTICLE,
    EVENT,
    JILANI,
    STATEMENT,
    TOPIC,
    held,
    load,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

UPDATE = ["--on-conflict=update"]
SKIP = ["--on-conflict=skip"]
KEY = STATEMENT["key"]


@pytest.fixture(autouse=True)
def archive(tmp_path):
    load(tmp_path, *ALL)


def update(tmp_path, *objects):
    outcome = load(tmp_path, *objects, options=UPDATE)
    assert outcome.code == 0, outcome.out
    return outcome.counts


UPDATED = "created 0, updated 1, unchanged 0, refused 0"
UNCHANGED = "created 0, updated 0, unchanged 1, refused 0"


class TestFail:
    def test_a_difference_is_refused_by_its_field(self, tmp_path):
        before = held()
        outcome = load(tmp_path, TOPIC | {"name": "Safety", "description": "New."})
        assert outcome.code == 1
        assert outcome.refusals == [
            (1, "name", "differs from what the archive holds"),
            (1, "description", "differs from what the archive holds"),
        ]
        assert held() == before

    def test_what_is_not_told_does_not_differ(self, tmp_path):
        load(tmp_path, TOPIC | {"description": "Of states."}, options=UPDATE)
        assert load(tmp_path, TOPIC).counts == UNCHANGED

    def test_null_differs_from_something(self, tmp_path):
        [(_, field, _)] = load(tmp_path, AMIR | {"country": None}).refusals
        assert field == "country"

    def test_other_order_of_topics_and_countries_is_no_difference(self, tmp_path):
        assert load(tmp_path, EVENT | {"countries": ["pk", "ir"]}).counts == UNCHANGED

    def test_other_order_of_parties_is(self, tmp_path):
        [(_, field, _)] = load(
            tmp_path, STATEMENT | {"parties": STATEMENT["parties"][::-1]}
        ).refusals
        assert field == "parties"

    def test_a_side_that_follows_anyway_is_no_difference(self, tmp_path):
        parties = [STATEMENT["parties"][0] | {"country": "pk"}, *STATEMENT["parties"][1:]]
        assert load(tmp_path, STATEMENT | {"parties": parties}).counts == UNCHANGED

    def test_another_side_is(self, tmp_path):
        parties = [STATEMENT["parties"][0] | {"country": "ir"}, *STATEMENT["parties"][1:]]
        assert load(tmp_path, STATEMENT | {"parties": parties}).code == 1

    def test_texts_are_compared_as_they_would_be_kept(self, tmp_path):
        assert load(tmp_path, TOPIC | {"name": "  Security\n"}).counts == UNCHANGED

    def test_instants_are_compared_as_instants(self, tmp_path):
        at = {"updated_at": "2024-01-20T12:00:00+05:00"}
        load(tmp_path, STATEMENT | at, options=UPDATE)
        assert load(tmp_path, STATEMENT | {"updated_at": "2024-01-20T07:00:00Z"}).counts == (
            UNCHANGED
        )

    def test_one_conflict_refuses_the_whole_run(self, tmp_path):
        outcome = load(tmp_path, TOPIC | {"slug": "trade"}, TOPIC | {"name": "Safety"})
        assert outcome.code == 1
        assert told("topic", "trade") is None


class TestSkip:
    def test_what_is_there_stays(self, tmp_path):
        before = held()
        assert load(tmp_path, TOPIC | {"name": "Safety"}, options=SKIP).counts == UNCHANGED
        assert held() == before

    def test_what_is_new_comes(self, tmp_path):
        outcome = load(
            tmp_path, TOPIC | {"name": "Safety"}, TOPIC | {"slug": "trade"}, options=SKIP
        )
        assert outcome.counts == "created 1, updated 0, unchanged 1, refused 0"

    def test_what_is_malformed_is_refused_all_the_same(self, tmp_path):
        assert load(tmp_path, TOPIC | {"colour": "red"}, options=SKIP).code == 1


class TestUpdate:
    def test_what_is_told_is_changed_and_what_is_absent_stays(self, tmp_path):
        update(tmp_path, AMIR | {"note": "Died in office."})
        assert update(tmp_path, {"type": "official", "slug": "amir", "name": "H. A."}) == UPDATED
        kept = told("official", "amir")
        assert (kept["name"], kept["note"], kept["country"]) == ("H. A.", "Died in office.", "ir")

    @pytest.mark.parametrize(
        ("item", "field", "empty"),
        [
            (AMIR, "country", None),
            (JILANI, "tenures", []),
            (EVENT, "countries", []),
            (ARTICLE, "body", None),
            (STATEMENT, "said_on", None),
            (STATEMENT, "topics", []),
            (STATEMENT, "event", None),
        ],
    )
    def test_null_clears(self, tmp_path, item, field, empty):
        assert update(tmp_path, item | {field: None}) == UPDATED
        assert told(item["type"], item.get("slug") or item["key"])[field] == empty

    def test_null_clears_to_the_default_where_something_must_stand(self, tmp_path):
        assert update(tmp_path, STATEMENT | {"channel": None}) == UPDATED
        assert told("statement", KEY)["channel"] == "unknown"

    def test_several_of_a_kind_are_changed_in_one_go(self, tmp_path):
        others = [STATEMENT | {"key": f"statement-{number}"} for number in range(3)]
        update(tmp_path, *others)
        changed = [item | {"text": "Pakistan is ready."} for item in others]
        assert update(tmp_path, *changed) == "created 0, updated 3, unchanged 0, refused 0"
        assert Statement.objects.filter(text="Pakistan is ready.").count() == 3

    def test_nothing_new_is_unchanged(self, tmp_path):
        before = held()
        assert update(tmp_path, *ALL) == "created 0, updated 0, unchanged 9, refused 0"
        assert held() == before

    def test_only_what_changed_is_given_a_new_instant(self, tmp_path):
        instants = dict(Statement.objects.values_list("key", "updated_at"))
        update(tmp_path, STATEMENT)
        assert dict(Statement.objects.values_list("key", "updated_at")) == instants
        update(tmp_path, STATEMENT | {"text": "Pakistan is ready."})
        assert Statement.objects.get().updated_at > instants[KEY]

    def test_the_instant_of_publication_stays(self, tmp_path):
        at = Statement.objects.get().published_at
        update(tmp_path, STATEMENT | {"text": "Pakistan is ready."})
        assert Statement.objects.get().published_at == at

    def test_parties_are_replaced_and_the_account_follows(self, tmp_path):
        update(tmp_path, STATEMENT | {"parties": STATEMENT["parties"][:2]})
        assert Party.objects.count() == 2
        assert Statement.objects.get().account == "own"

    def test_citations_are_replaced(self, tmp_path):
        citations = [{"article": "report", "quote": "it was reported"}, {"article": "report"}]
        update(tmp_path, STATEMENT | {"citations": citations})
        assert list(Citation.objects.values_list("quote", "check_result")) == [
            ("it was reported", "verified"), ("", "no_text"),
        ]  # fmt: skip

    def test_aliases_and_tenures_are_replaced(self, tmp_path):
        update(tmp_path, JILANI | {"aliases": ["Jilani", {"name": "جیلانی", "language": "ur"}]})
        tenures = [{"post": "foreign-minister", "acting": True}]
        update(tmp_path, JILANI | {"aliases": ["J. A. Jilani"], "tenures": tenures})
        assert list(Alias.objects.filter(official__slug="jilani").values_list("name")) == [
            ("J. A. Jilani",)
        ]
        assert Tenure.objects.get().acting is True

    def test_links_are_replaced(self, tmp_path):
        other = STATEMENT | {"key": "other"}
        third = STATEMENT | {"key": "third"}
        update(tmp_path, other, STATEMENT | {"links": [{"kind": "denies", "statement": "other"}]})
        update(tmp_path, third, STATEMENT | {"links": [{"kind": "repeats", "statement": "third"}]})
        assert list(Link.objects.values_list("kind", "target__key")) == [("repeats", "third")]
        update(tmp_path, STATEMENT | {"links": None})
        assert not Link.objects.exists()

    def test_a_change_elsewhere_leaves_the_links(self, tmp_path):
        links = [{"kind": "denies", "statement": "other"}]
        update(tmp_path, STATEMENT | {"key": "other"}, STATEMENT | {"links": links})
        update(tmp_path, STATEMENT | {"text": "Pakistan is ready."})
        assert list(Link.objects.values_list("kind", "target__key")) == [("denies", "other")]

    def test_a_new_stored_text_is_checked_against(self, tmp_path):
        update(tmp_path, ARTICLE | {"body": "Something else was said."})
        assert Citation.objects.get().check_result == "missing"
        update(tmp_path, ARTICLE)
        assert Citation.objects.get().check_result == "verified"

    def test_a_new_name_of_an_official_changes_no_statement(self, tmp_path):
        before = told("statement", KEY)
        update(tmp_path, JILANI | {"name": "Jalil Jilani"})
        assert told("statement", KEY) == before

    def test_what_is_new_may_be_named_by_what_is_changed(self, tmp_path):
        trade = TOPIC | {"slug": "trade"}
        assert update(tmp_path, STATEMENT | {"topics": ["trade"]}, trade) == (
            "created 1, updated 1, unchanged 0, refused 0"
        )
        assert told("statement", KEY)["topics"] == ["trade"]

    def test_what_was_approved_is_no_longer(self, tmp_path):
        Statement.objects.filter(key=KEY).update(
            status="in_review", reviewed_by=make_account("editor")
        )
        update(tmp_path, STATEMENT | {"status": "in_review", "text": "Other words."})
        assert Statement.objects.get(key=KEY).reviewed_by is None

    def test_what_was_published_as_approved_comes_to_review_unapproved(self, tmp_path):
        Statement.objects.filter(key=KEY).update(reviewed_by=make_account("editor"))
        update(tmp_path, STATEMENT | {"status": "in_review"})
        assert Statement.objects.get(key=KEY).reviewed_by is None

    def test_a_statement_is_withdrawn_with_its_reason(self, tmp_path):
        update(tmp_path, STATEMENT | {"status": "withdrawn", "withdrawal_reason": "A mistake."})
        assert Statement.objects.get().status == "withdrawn"

    def test_what_together_breaks_a_rule_is_refused(self, tmp_path):
        update(tmp_path, STATEMENT | {"said_on_qualifier": "about"})
        outcome = load(tmp_path, STATEMENT | {"said_on": None}, options=UPDATE)
        assert outcome.code == 1
        assert told("statement", KEY)["said_on"] == "2024-01-19"

    def test_a_country_may_be_corrected(self, tmp_path):
        pakistan = {"type": "country", "code": "pk", "name": "Pakistan", "demonym": "of Pakistan"}
        assert update(tmp_path, pakistan) == UPDATED
        kept = told("country", "pk")
        assert kept["demonym"] == "of Pakistan"
        assert "Islamabad" in kept["aliases"]

    def test_a_redirect_may_lead_elsewhere(self, tmp_path):
        redirect = {"type": "redirect", "kind": "official", "from": "j", "to": "jilani"}
        update(tmp_path, redirect)
        assert update(tmp_path, redirect | {"to": "amir"}) == UPDATED
        assert told("redirect", "j")["to"] == "amir"

    def test_a_new_tenure_is_looked_at_when_a_capacity_is_compared(self, tmp_path):
        tenures = [{"post": "foreign-minister", "started_on": "2020"}]
        parties = [
            {"role": "speaker", "official": "amir",
             "capacity": "Foreign Minister, Foreign Office, Pakistan"}
        ]  # fmt: skip
        update(tmp_path, AMIR | {"tenures": tenures}, STATEMENT | {"parties": parties})
        assert Party.objects.get().chosen_capacity == ""

    def test_a_slug_is_no_field_to_update(self, tmp_path):
        assert load(tmp_path, AMIR | {"slug": "someone-else"}).counts.startswith("created 1,")
        assert Official.objects.count() == 3
