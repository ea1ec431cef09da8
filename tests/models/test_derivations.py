"""Account, basis and search tokens: the database works them out, whatever path writes a party."""

import re

import pytest
from django.db import connection

from statements.models import Party, Statement
from statements.vocabulary import SPEAKERS_OWN_CHANNELS, Channel, Form
from tests.factories import (
    make_article,
    make_country,
    make_official,
    make_organization,
    make_party,
    make_post,
    make_statement,
)

pytestmark = pytest.mark.django_db


def account(statement):
    return Statement.objects.values_list("account", flat=True).get(pk=statement.pk)


def basis(statement):
    return Statement.objects.values_list("basis", flat=True).get(pk=statement.pk)


def lexemes(statement):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(search_vector) FROM statements_statement WHERE id = %s",
            [statement.pk],
        )
        return set(cursor.fetchone()[0])


def tokens(statement):
    """The tokens of the parties as actors, whatever their role."""
    return {lexeme for lexeme in lexemes(statement) if re.fullmatch(r"@[ogpc]\d+", lexeme)}


def pakistani(**fields):
    return make_official("Jalil Abbas Jilani", country="pk", **fields)


def iranian(**fields):
    return make_official("Hossein Amir-Abdollahian", country="ir", **fields)


def reported(relayer=None, **fields):
    """A Pakistani tells an Iranian something, and this one tells of it."""
    fields.setdefault("form", "indirect")
    return make_statement(speaker=pakistani(), addressee=iranian(), relayer=relayer, **fields)


class TestAccountOfARelayer:
    def test_the_speaker_himself_gives_his_own(self):
        speaker = pakistani()
        assert account(make_statement(speaker=speaker, relayer=speaker)) == "own"

    @pytest.mark.parametrize("make", [make_organization, make_post, lambda: make_country("ir")])
    def test_so_does_a_speaker_of_any_kind(self, make):
        speaker = make()
        assert account(make_statement(speaker=speaker, relayer=speaker)) == "own"

    def test_one_of_two_speakers_is_enough(self):
        first, second = pakistani(), iranian()
        assert account(make_statement(speaker=[first, second], relayer=second)) == "own"

    def test_a_ministry_of_the_speakers_side_gives_that_sides(self):
        assert account(reported(make_organization(country="pk"))) == "own_side"

    def test_another_official_of_his_side_too(self):
        assert account(reported(make_official("Baloch", country="pk"))) == "own_side"

    def test_a_ministry_of_the_other_side_gives_the_others(self):
        assert account(reported(make_organization(country="ir"))) == "other_side"

    def test_the_addressee_himself_is_the_other_side(self):
        statement = reported()
        addressee = statement.addressees[0].official
        make_party(statement, "relayer", addressee)
        assert account(statement) == "other_side"

    def test_any_other_state_is_a_third_party(self):
        assert account(reported(make_organization(country="tr"))) == "third_party"

    def test_an_organization_of_no_state_is_a_third_party(self):
        assert account(reported(make_organization("United Nations", country=None))) == "third_party"

    def test_someone_unnamed_of_no_side_is_a_third_party(self):
        assert account(reported("a diplomat in the region")) == "third_party"

    def test_two_unnamed_are_not_taken_for_one(self):
        statement = make_statement(speaker="an official", relayer="an official")
        assert account(statement) == "third_party"

    def test_a_side_that_nobody_knows_is_nobodys(self):
        """The speaker has no country and neither has the relayer: they are not of one side."""
        statement = make_statement(
            speaker=make_official(country=None), relayer=make_official(country=None)
        )
        assert account(statement) == "third_party"

    def test_where_both_sides_are_one_the_speakers_comes_first(self):
        statement = make_statement(
            speaker=pakistani(),
            addressee=make_official(country="pk"),
            relayer=make_organization(country="pk"),
        )
        assert account(statement) == "own_side"

    def test_the_side_is_what_the_party_stands_for_not_where_it_is_from(self):
        statement = reported()
        make_party(statement, "relayer", make_official(country="pk"), country=make_country("ir"))
        assert account(statement) == "other_side"


class TestSeveralRelayers:
    """The chain runs outlet <- first relayer <- ... <- last relayer <- speaker."""

    def test_the_last_of_the_chain_heard_the_speaker(self):
        chain = [make_organization(country="tr"), make_organization(country="pk")]
        assert account(reported(chain)) == "own_side"
        assert account(reported(chain[::-1])) == "third_party"

    def test_each_article_has_its_own_chain_and_the_nearest_counts(self):
        statement = reported()
        first, second = make_article(), make_article()
        make_party(statement, "relayer", make_organization(country="tr"), article=first)
        assert account(statement) == "third_party"
        make_party(statement, "relayer", make_organization(country="ir"), article=second)
        assert account(statement) == "other_side"
        make_party(statement, "relayer", make_organization(country="pk"), article=second)
        assert account(statement) == "own_side"
        make_party(statement, "relayer", make_organization(country="tr"), article=second)
        assert account(statement) == "third_party"

    def test_a_relayer_of_every_article_is_a_chain_of_its_own(self):
        statement = reported(make_organization(country="pk"))
        make_party(statement, "relayer", make_organization(country="tr"), article=make_article())
        assert account(statement) == "own_side"


class TestAccountWithoutRelayer:
    @pytest.mark.parametrize("form", ["direct", "mixed", "indirect"])
    def test_words_are_the_speakers_own(self, form):
        assert account(reported(form=form, channel="phone_call")) == "own"

    @pytest.mark.parametrize("channel", ["unknown", "phone_call", "press_statement", "letter"])
    def test_that_they_spoke_is_the_outlets_alone(self, channel):
        assert account(reported(form="contact_report", channel=channel)) == "outlet_only"

    @pytest.mark.parametrize("channel", [channel.value for channel in Channel])
    def test_an_act_is_the_outlets_alone_unless_the_channel_is_the_speakers_own(self, channel):
        expected = "own" if channel in SPEAKERS_OWN_CHANNELS else "outlet_only"
        assert account(reported(form="act_report", channel=channel)) == expected

    def test_who_is_spoken_about_changes_nothing(self):
        statement = reported(form="contact_report")
        make_party(statement, "subject", make_organization(country="pk"))
        assert account(statement) == "outlet_only"

    def test_form_and_channel_are_looked_at_anew(self):
        statement = reported(form="act_report", channel="letter")
        Statement.objects.filter(pk=statement.pk).update(channel="unknown")
        assert account(statement) == "outlet_only"
        Statement.objects.filter(pk=statement.pk).update(form=Form.INDIRECT)
        assert account(statement) == "own"


class TestBasis:
    def test_what_the_source_states_is_stated(self):
        assert basis(reported(make_organization())) == "stated"

    @pytest.mark.parametrize("field", ["channel_basis", "said_on_basis"])
    def test_an_inferred_channel_or_day_makes_it_inferred(self, field):
        statement = reported(**{field: "inferred"})
        assert basis(statement) == "inferred"
        Statement.objects.filter(pk=statement.pk).update(**{field: "stated"})
        assert basis(statement) == "stated"

    @pytest.mark.parametrize("role", ["speaker", "addressee", "relayer", "subject"])
    def test_an_inferred_party_makes_it_inferred(self, role):
        statement = reported()
        make_party(statement, role, make_organization(), basis="inferred")
        assert basis(statement) == "inferred"


class TestTokens:
    def test_each_actor_is_found_by_its_kind_and_number(self):
        official, post = make_official(), make_post()
        organization, country = make_organization(), make_country("ir")
        statement = make_statement(speaker=[official, post], addressee=[organization, country])
        assert tokens(statement) == {
            f"@o{official.pk}", f"@p{post.pk}", f"@g{organization.pk}", f"@c{country.pk}",
        }  # fmt: skip

    def test_a_side_alone_is_no_party(self):
        statement = make_statement(speaker=make_official(country="pk"))
        assert not any(token.startswith("@c") for token in tokens(statement))

    def test_the_post_and_organization_of_an_official_are_tokens_too(self):
        post, organization = make_post(), make_organization()
        statement = make_statement()
        make_party(statement, "addressee", make_official(), post=post, organization=organization)
        assert {f"@p{post.pk}", f"@g{organization.pk}"} <= tokens(statement)

    def test_words_as_printed_are_tokens_folded(self):
        statement = make_statement(speaker="a senior Iránian official")
        assert {"a", "senior", "iranian", "official"} <= lexemes(statement)

    def test_nobody_can_print_a_token(self):
        """An `@` in a printed name is no letter, so it cannot pass for a number of ours."""
        statement = make_statement(speaker="@o1 @c2 someone@o3")
        assert not tokens(statement)


class TestWhateverWrites:
    """Changes of parties by every road there is."""

    def test_many_updated_at_once(self):
        statements = [reported(make_organization(country="tr")) for _ in range(3)]
        Party.objects.filter(role="relayer").update(country=make_country("pk"), basis="inferred")
        assert {account(statement) for statement in statements} == {"own_side"}
        assert {basis(statement) for statement in statements} == {"inferred"}

    def test_bulk_update(self):
        statement = reported(make_organization(country="tr"))
        relayer = statement.parties.get(role="relayer")
        relayer.country = make_country("ir")
        Party.objects.bulk_update([relayer], ["country"])
        assert account(statement) == "other_side"

    def test_bulk_create(self):
        statement = make_statement(speaker=pakistani())
        office = make_organization(country="pk")
        Party.objects.bulk_create(
            [Party(statement=statement, role="relayer", kind="organization", organization=office,
                   country=make_country("pk"), position=3)]
        )  # fmt: skip
        assert account(statement) == "own_side"
        assert f"@g{office.pk}" in tokens(statement)

    def test_raw_sql(self):
        statement = reported(make_organization(country="tr"))
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM statements_party WHERE statement_id = %s AND role = 'relayer'",
                [statement.pk],
            )
        assert account(statement) == "own"

    def test_save(self):
        statement = reported()
        party = statement.speakers[0]
        party.basis = "inferred"
        party.save()
        assert basis(statement) == "inferred"

    def test_deletion(self):
        office = make_organization(country="pk")
        statement = reported(office)
        statement.parties.get(role="relayer").delete()
        assert account(statement) == "own"
        assert f"@g{office.pk}" not in tokens(statement)

    def test_a_party_that_moves_to_another_statement(self):
        office = make_organization(country="pk")
        first, second = reported(office), reported()
        Party.objects.filter(statement=first, role="relayer").update(statement=second)
        assert (account(first), account(second)) == ("own", "own_side")
        assert f"@g{office.pk}" not in tokens(first)
        assert f"@g{office.pk}" in tokens(second)

    def test_a_change_of_order(self):
        statement = reported([make_organization(country="tr"), make_organization(country="pk")])
        Party.objects.filter(
            statement=statement, role="relayer", organization__country__code="tr"
        ).update(position=9)
        assert account(statement) == "third_party"

    def test_what_a_caller_assigns_is_overruled(self):
        statement = reported(make_organization(country="pk"))
        Statement.objects.filter(pk=statement.pk).update(
            account="outlet_only", basis="inferred", facets=["@o1"], search_vector="'@o1'"
        )
        assert (account(statement), basis(statement)) == ("own_side", "stated")
        assert "@o1" not in tokens(statement)

    def test_parties_written_before_their_statement(self):
        """As an import does, so that no statement is written twice."""
        office, speaker = make_organization(country="pk"), pakistani()
        [pk] = [make_statement().pk + 1000]
        Party.objects.bulk_create(
            [
                Party(statement_id=pk, role="speaker", kind="official", official=speaker,
                      country=make_country("pk")),
                Party(statement_id=pk, role="relayer", kind="organization", organization=office,
                      country=make_country("pk"), basis="inferred"),
            ]
        )  # fmt: skip
        statement = Statement(pk=pk, key="first-the-parties", text="No.", form="direct")
        Statement.objects.bulk_create([statement])
        assert (account(statement), basis(statement)) == ("own_side", "inferred")
        assert tokens(statement) == {f"@o{speaker.pk}", f"@g{office.pk}"}


def test_the_key_never_changes():
    statement = make_statement(key="2024-01-19-jilani")
    with pytest.raises(Exception, match="the key of a statement never changes") as caught:
        Statement.objects.filter(pk=statement.pk).update(key="2024-01-20-jilani")
    assert caught.value.__cause__.sqlstate == "23000"


def test_the_key_of_what_was_never_public_may_change():
    statement = make_statement(key="2024-01-19-jilani", status="draft")
    Statement.objects.filter(pk=statement.pk).update(key="2024-01-20-jilani")
    statement.refresh_from_db()
    assert statement.key == "2024-01-20-jilani"


def test_writing_the_same_key_is_no_change():
    statement = make_statement(key="2024-01-19-jilani")
    assert Statement.objects.filter(pk=statement.pk).update(key="2024-01-19-jilani") == 1


class TestPartsFirst:
    """Who says that parts come before their statement may bring what is derived with it."""

    def test_what_is_not_brought_is_derived_all_the_same(self):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL demarche.parts_first = 'yes'")
            statement = make_statement(speaker=pakistani(), addressee=iranian())
            assert "readi" in lexemes(statement)
            cursor.execute("UPDATE statements_statement SET note = 'Changed.'")
        assert len(tokens(statement)) == 2

    def test_without_a_word_all_is_derived_anew(self):
        statement = make_statement(speaker=pakistani(), addressee=iranian())
        before = lexemes(statement)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE statements_statement SET search_vector = 'brought'")
        assert lexemes(statement) == before
