"""Who may take part, and in which role."""

import pytest

from statements.vocabulary import Channel, Form, PartyKind

from .lines import party, read, refusal


class TestParties:
    @pytest.mark.parametrize(
        ("fields", "kind"),
        [
            ({"official": "jilani"}, PartyKind.OFFICIAL),
            ({"official": "jilani", "post": "p", "organization": "o"}, PartyKind.OFFICIAL),
            ({"organization": "o", "post": "p"}, PartyKind.ORGANIZATION),
            ({"post": "p", "country": "pk"}, PartyKind.POST),
            ({"country": "pk"}, PartyKind.COUNTRY),
            ({"name_as_printed": "a senior official"}, PartyKind.UNNAMED),
            ({"name_as_printed": "Tehran", "country": "ir"}, PartyKind.COUNTRY),
        ],
    )
    def test_the_kind_follows_from_the_first_that_is_named(self, fields, kind):
        assert party(**fields).kind is kind

    def test_a_country_may_have_the_words_printed(self):
        found = party(kind="country", country="ir", name_as_printed="Tehran")
        assert found.kind is PartyKind.COUNTRY

    def test_the_public_is_said_by_its_kind(self):
        assert party(kind="public").kind is PartyKind.PUBLIC

    def test_someone_unnamed_may_have_a_side_a_post_and_an_organization(self):
        found = party(
            kind="unnamed", name_as_printed="an envoy", organization="o", post="p", country="ir"
        )
        assert found.kind is PartyKind.UNNAMED

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({}, "kind"),
            ({"kind": "unnamed"}, "name_as_printed"),
            ({"kind": "organization", "official": "jilani"}, "kind"),
            ({"kind": "official", "organization": "o"}, "kind"),
            ({"kind": "public", "official": "jilani"}, "kind"),
            ({"kind": "unnamed", "official": "jilani", "name_as_printed": "he"}, "kind"),
            ({"kind": "public", "post": "p"}, "kind"),
            ({"kind": "public", "organization": "o"}, "kind"),
            ({"kind": "country"}, "kind"),
        ],
    )
    def test_a_party_whose_actor_is_not_clear_is_refused(self, fields, field):
        assert refusal("statement", parties=[{"role": "speaker", **fields}])[0] == (
            f"parties[0].{field}"
        )

    @pytest.mark.parametrize("role", ["speaker", "addressee", "subject"])
    @pytest.mark.parametrize(
        ("field", "value"), [("form", "direct"), ("channel", "letter"), ("article", "ndtv-1")]
    )
    def test_only_a_relayer_has_what_is_a_relayers(self, role, field, value):
        parties = [
            {"role": "speaker", "country": "pk"},
            {"role": role, "official": "jilani", field: value},
        ]
        assert refusal("statement", parties=parties)[0] == f"parties[1].{field}"

    def test_a_relayer_has_its_own_form_and_channel(self):
        parties = [
            {"role": "speaker", "official": "jilani"},
            {"role": "relayer", "organization": "o", "form": "direct", "channel": "readout"},
        ]
        found = read("statement", parties=parties).parties[1]
        assert (found.form, found.channel) == (Form.DIRECT, Channel.READOUT)

    @pytest.mark.parametrize("parties", [[], [{"role": "addressee", "official": "jilani"}]])
    def test_somebody_speaks(self, parties):
        assert refusal("statement", parties=parties)[0] == "parties"

    def test_one_official_may_be_in_two_roles(self):
        parties = [{"role": role, "official": "jilani"} for role in ("speaker", "addressee")]
        assert len(read("statement", parties=parties).parties) == 2

    def test_but_not_twice_in_one(self):
        parties = [{"role": "speaker", "official": "jilani"}] * 2
        assert refusal("statement", parties=parties)[0] == "parties[1].official"

    def test_a_relayer_may_stand_once_for_each_article(self):
        relayers = [
            {"role": "relayer", "official": "baloch", "article": article}
            for article in ("a", "b", None)
        ]
        parties = [{"role": "speaker", "official": "jilani"}, *relayers]
        assert len(read("statement", parties=parties).parties) == 4

    def test_a_party_to_an_event_belongs_to_no_article(self):
        parties = [{"role": "relayer", "organization": "o", "article": "a"}]
        assert refusal("event", parties=parties)[0] == "parties[0].article"
