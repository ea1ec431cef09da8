"""What is told to whom: what became public since, once."""

import pytest
from django.db import OperationalError, connection, connections, transaction

from statements.curation import publish as curate
from statements.curation import withdraw
from statements.following import looking
from statements.following.looking import look_through
from statements.following.searches import N_IN_A_MAIL
from statements.models import Edition, Mail, Publication, Statement
from statements.models.following import Interval, MailKind
from statements.vocabulary import Status
from tests.factories import make_country, make_official, make_statement, make_topic
from tests.following.conftest import a_day_passes, end_of_transaction, follow, publish
from tests.interchange.test_at_once import at_once

committing = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("transactions")]


@pytest.mark.django_db
class TestPlain:
    def test_it_works(self):
        following = follow("from=pk")
        new = publish()
        publish(speaker=make_official(country="ir"))
        a_day_passes()
        told = look_through()
        assert (told.n, told.n_mails, told.n_failed) == (1, 1, 0)
        mail = Mail.objects.get()
        assert (mail.kind, mail.following, mail.n_found) == (MailKind.NEWS, following, 1)
        assert mail.statements == [new.pk]

    def test_what_was_public_before_is_not_told(self):
        publish()
        follow()
        a_day_passes()
        assert look_through().n_mails == 0

    def test_twice_in_a_row_tells_nothing_the_second_time(self):
        follow()
        publish()
        a_day_passes()
        assert [look_through().n_mails for _n in range(2)] == [1, 0]
        a_day_passes()
        assert look_through().n_mails == 0

    def test_nobody_is_told_twice_on_one_day(self):
        follow()
        publish()
        assert look_through().n == 0
        a_day_passes()
        look_through()
        publish()
        assert look_through().n == 0

    def test_a_week_is_waited_for(self):
        follow(interval=Interval.WEEKLY)
        publish()
        a_day_passes(6)
        assert look_through().n == 0
        a_day_passes(1)
        assert look_through().n_mails == 1

    def test_a_day_on_which_nothing_ran_loses_nothing(self):
        follow()
        publish()
        a_day_passes(9)
        assert look_through().n_mails == 1

    def test_an_import_that_says_when_it_was_published_is_new_all_the_same(self):
        follow()
        publish(published_at="2001-01-01T00:00:00Z")
        a_day_passes()
        assert look_through().n_mails == 1

    def test_a_draft_is_told_when_it_is_published(self):
        follow()
        draft = publish(status=Status.DRAFT)
        a_day_passes()
        assert look_through().n_mails == 0
        curate(statement=draft, by=None)
        end_of_transaction()
        a_day_passes()
        look_through()
        assert Mail.objects.get().statements == [draft.pk]

    def test_what_is_withdrawn_is_not_told(self):
        follow()
        withdraw(statement=publish(), reason="The report was withdrawn.", by=None)
        end_of_transaction()
        a_day_passes()
        assert look_through().n_mails == 0

    def test_what_is_published_again_is_no_news(self):
        statement = publish()
        withdraw(statement=statement, reason="The report was withdrawn.", by=None)
        end_of_transaction()
        follow()
        curate(statement=statement, by=None)
        end_of_transaction()
        a_day_passes()
        assert look_through().n_mails == 0

    def test_a_change_of_what_is_public_is_no_news(self):
        statement = publish()
        follow("topic=security")
        statement.topics.add(make_topic(slug="security"))
        end_of_transaction()
        a_day_passes()
        assert look_through().n_mails == 0

    def test_many_are_counted_and_the_newest_kept(self):
        follow()
        for _n in range(N_IN_A_MAIL + 2):
            make_statement(said_on="2024-01-01")
        newest = publish(said_on="2024-02-01")
        a_day_passes()
        look_through()
        mail = Mail.objects.get()
        assert mail.n_found == N_IN_A_MAIL + 3
        assert len(mail.statements) == N_IN_A_MAIL
        assert mail.statements[0] == newest.pk

    def test_a_search_that_lost_its_meaning_is_told_once(self):
        topic = make_topic(slug="security")
        follow("topic=security")
        topic.delete()
        for _n in range(3):
            a_day_passes()
            look_through()
        assert [mail.kind for mail in Mail.objects.all()] == [MailKind.LOST]

    def test_it_ends_where_the_database_is_gone(self, monkeypatch):
        asked = []

        def is_gone(day, last):
            assert not asked, "asked again and again"
            asked.append(last)
            raise OperationalError("the server closed the connection")

        monkeypatch.setattr(looking, "_next_due", is_gone)
        with pytest.raises(OperationalError):
            look_through()

    def test_the_number_of_queries_for_a_search_is_fixed(self, django_assert_max_num_queries):
        follow("from=pk")
        for _n in range(5):
            publish()
        a_day_passes()
        with django_assert_max_num_queries(14):
            look_through()


@pytest.mark.django_db
class TestPublications:
    def test_each_transaction_is_an_edition(self):
        one, two = publish(), publish()
        first, second = (Publication.objects.get(pk=row.pk).edition for row in (one, two))
        assert first.revision < second.revision

    def test_what_comes_together_is_one_edition(self):
        before = Edition.objects.count()
        make_statement()
        make_statement()
        end_of_transaction()
        assert Edition.objects.count() == before + 1

    def test_a_change_that_publishes_nothing_makes_none(self):
        statement = publish()
        before = Edition.objects.count()
        Statement.objects.filter(pk=statement.pk).update(note="Seen.")
        make_country("pk").save()
        end_of_transaction()
        assert Edition.objects.count() == before

    def test_what_a_block_took_back_is_not_noted(self):
        with transaction.atomic():
            sid = transaction.savepoint()
            make_statement()
            transaction.savepoint_rollback(sid)
            kept = make_statement()
        end_of_transaction()
        assert list(Publication.objects.values_list("pk", flat=True)) == [kept.pk]
        assert Publication.objects.get().edition.revision


class TestAtOnce:
    pytestmark = committing

    def test_two_at_once_tell_each_thing_once(self):
        for n in range(6):
            follow(address=f"reader{n}@example.org")
        publish()
        a_day_passes()
        found = at_once(look_through, look_through)
        assert sum(told.n_mails for told in found) == 6
        assert Mail.objects.values("following").distinct().count() == 6
        assert Mail.objects.count() == 6

    def test_what_is_committed_late_is_told_next_time(self):
        """A transaction that began first and ends last."""
        follow()
        connection.ensure_connection()
        late = connections["default"].copy(alias="late")
        try:
            with late.cursor() as cursor:
                late.set_autocommit(False)
                statement = make_statement(status=Status.DRAFT)
                cursor.execute(
                    "UPDATE statements_statement SET status = 'published', published_at = now()"
                    " WHERE id = %s",
                    [statement.pk],
                )
                publish("Meanwhile.")
                a_day_passes()
                assert look_through().n_mails == 1
                late.commit()
        finally:
            late.close()
        a_day_passes()
        look_through()
        assert Mail.objects.order_by("-pk").first().statements == [statement.pk]
        assert Mail.objects.count() == 2
