"""Mails are handed over once, to a real server, whatever happens meanwhile."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from statements.curation import withdraw
from statements.following import outbox
from statements.following.looking import look_through
from statements.models import Follower, Mail
from statements.models.following import MailState
from tests.following.conftest import a_day_passes, end_of_transaction, follow, free_port, publish
from tests.interchange.test_at_once import at_once

pytestmark = pytest.mark.django_db


def make_news(n=1):
    """As many followers with a mail that is ready."""
    for number in range(n):
        follow(address=f"reader{number}@example.org")
    statement = publish()
    a_day_passes()
    look_through()
    return statement


def an_hour_passes():
    Mail.objects.update(attempt_at=timezone.now() - timedelta(seconds=1))


def test_it_works(post):
    make_news()
    told = outbox.hand_over()
    assert (told.n_sent, told.is_all_well) == (1, True)
    [mail] = post.mails
    assert mail["To"] == "reader0@example.org"
    assert Mail.objects.get().state == MailState.SENT


def test_twice_in_a_row_sends_nothing_the_second_time(post):
    make_news()
    assert [outbox.hand_over().n_sent for _n in range(2)] == [1, 0]
    assert len(post.mails) == 1


def test_who_is_refused_for_now_stops_nobody_and_is_tried_again_under_the_same_name(post):
    make_news(3)
    post.answers["reader1@example.org"] = "451 Try again later"
    told = outbox.hand_over()
    assert (told.n_sent, told.n_waiting, told.n_refused) == (2, 1, 0)
    assert outbox.hand_over().n_sent == 0
    waiting = Mail.objects.get(state=MailState.READY)
    assert "Try again later" in waiting.failure
    post.answers.clear()
    an_hour_passes()
    assert outbox.hand_over().n_sent == 1
    assert post.mails[-1]["To"] == "reader1@example.org"
    assert post.mails[-1]["Message-ID"] == f"<{waiting.message_id}@archive.example.org>"
    assert len(post.mails) == 3


def test_who_is_refused_for_good_is_not_tried_again(post):
    make_news()
    post.answers["reader0@example.org"] = "550 No such person"
    assert outbox.hand_over().n_refused == 1
    an_hour_passes()
    assert outbox.hand_over().n_refused == 0
    assert Follower.objects.get().n_refused == 1


def test_who_is_refused_for_good_again_and_again_is_forgotten(post):
    make_news()
    post.answers["reader0@example.org"] = "550 No such person"
    for _n in range(outbox.N_REFUSED):
        outbox.hand_over()
        publish()
        a_day_passes()
        look_through()
    assert not Follower.objects.exists()
    assert not Mail.objects.exists()


def test_a_mail_that_is_taken_makes_refusals_good(post):
    make_news()
    Follower.objects.update(n_refused=2)
    outbox.hand_over()
    assert Follower.objects.get().n_refused == 0


def test_a_mail_that_is_tried_for_days_is_given_up(post):
    make_news()
    post.answers["reader0@example.org"] = "451 Try again later"
    Mail.objects.update(made_at=timezone.now() - timedelta(days=5))
    assert outbox.hand_over().n_refused == 1
    assert Follower.objects.get().n_refused == 1


def test_words_that_are_refused_do_not_count_against_the_address(post):
    make_news()
    post.answers["words"] = "554 Looks like spam"
    assert outbox.hand_over().n_refused == 1
    assert Follower.objects.get().n_refused == 0


def test_what_may_have_been_taken_is_not_sent_again(post):
    make_news()
    post.breaks_after_words = True
    assert outbox.hand_over().n_unsure == 1
    post.breaks_after_words = False
    an_hour_passes()
    assert outbox.hand_over().n_sent == 0
    assert len(post.mails) == 1
    assert Mail.objects.get().state == MailState.UNSURE


def test_after_a_connection_that_broke_the_next_mail_goes(post):
    make_news(2)
    post.breaks_after_words = True
    post.on_words = lambda: setattr(post, "breaks_after_words", len(post.mails) == 1)
    told = outbox.hand_over()
    assert (told.n_unsure, told.n_sent) == (1, 1)


def test_a_server_that_is_away_leaves_all_ready(post, settings):
    make_news(2)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    told = outbox.hand_over()
    assert (told.is_unreachable, told.is_all_well) == (True, False)
    assert set(Mail.objects.values_list("state", "n_attempts")) == {(MailState.READY, 0)}
    settings.EMAIL_PORT = port
    assert outbox.hand_over().n_sent == 2


def test_what_is_withdrawn_before_it_is_sent_is_not_told(post):
    withdraw(statement=make_news(), reason="The report was withdrawn.", by=None)
    end_of_transaction()
    outbox.hand_over()
    assert post.mails == []
    assert not Mail.objects.exists()


def test_who_was_stopped_in_between_is_reported_and_not_sent_again(post):
    make_news()
    Mail.objects.update(state=MailState.HANDING_OVER)
    assert outbox.report_left() == []  # it may be at work
    Mail.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    assert len(outbox.report_left()) == 1
    assert outbox.hand_over().n_sent == 0
    assert post.mails == []
    assert outbox.report_left() == []


def test_who_ends_it_meanwhile_leaves_no_trace(post):
    make_news()
    post.on_words = lambda: None
    Follower.objects.all().delete()
    assert outbox.hand_over().n_sent == 0
    assert not Mail.objects.exists()


def test_old_mails_are_forgotten(post):
    make_news(2)
    outbox.hand_over()
    old = Mail.objects.first()
    Mail.objects.filter(pk=old.pk).update(moved_at=timezone.now() - timedelta(days=90))
    assert outbox.forget_sent() == 1
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("transactions")
def test_two_at_once_send_each_mail_once(post):
    make_news(6)
    found = at_once(outbox.hand_over, outbox.hand_over)
    assert sum(told.n_sent for told in found) == 6
    assert sorted(post.receivers) == [f"reader{n}@example.org" for n in range(6)]


def test_the_date_is_that_of_the_mail(post):
    make_news()
    outbox.hand_over()
    made_at = Mail.objects.get().made_at
    assert parsedate_to_datetime(post.mails[0]["Date"]) == made_at.replace(microsecond=0)
