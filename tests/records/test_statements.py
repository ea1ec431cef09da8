"""What a statement has to be as a whole."""

import pytest

from .lines import LEAST, citation, party, read, refusal


class TestDerived:
    def test_what_the_archive_derives_is_passed_over(self):
        found = read("statement", account="third_party")
        assert found.account is None

    @pytest.mark.parametrize("account", ["nonsense", 3, ["own"], None])
    def test_whatever_it_says(self, account):
        assert read("statement", account=account).account is None

    def test_a_name_and_what_an_article_says_are_passed_over(self):
        assert party(official="jilani", name="Somebody Else").official == "jilani"
        told = {"outlet": "x", "title": "t", "article_url": "u", "published_on": "never"}
        assert citation(**told).article == "ndtv-1"


class TestWholes:
    def test_a_claim_without_a_source_is_refused(self):
        assert refusal("statement", citations=[])[0] == "citations"

    def test_an_order_needs_its_event(self):
        assert refusal("statement", event_order=1)[0] == "event_order"

    @pytest.mark.parametrize("standing", ["disputed", "misattributed", "retracted"])
    def test_a_standing_needs_its_evidence(self, standing):
        assert refusal("statement", standing=standing)[0] == "standing_note"

    def test_a_withdrawal_needs_its_reason(self):
        assert refusal("statement", status="withdrawn")[0] == "withdrawal_reason"

    def test_a_statement_answers_another(self):
        links = [{"kind": "replies_to", "statement": LEAST["statement"]["key"]}]
        assert refusal("statement", links=links)[0] == "links"

    def test_a_reconstruction_names_its_report(self):
        assert refusal("article", kind="reconstruction")[0] == "based_on"

    def test_an_article_is_based_on_another(self):
        assert refusal("article", based_on=LEAST["article"]["slug"])[0] == "based_on"

    def test_a_redirect_leads_on(self):
        assert refusal("redirect", to="j-jilani")[0] == "to"

    def test_a_redirect_is_of_something_that_has_an_address(self):
        assert refusal("redirect", kind="statement")[0] == "kind"
