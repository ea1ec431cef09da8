"""What mails say, as a mail program reads them."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from statements.following import asking, links, outbox
from statements.following.letters import letter
from statements.following.looking import look_through
from statements.models import Follower, Following, Mail
from statements.models.following import Interval, MailKind, MailState
from tests.factories import (
    make_article,
    make_official,
    make_outlet,
    make_relayed_call,
    make_statement,
)
from tests.following.conftest import a_day_passes, end_of_transaction, follow

pytestmark = pytest.mark.django_db
HOSTILE = "q=calm%0D%0ABcc:+victim@example.org"


def sent(post):
    outbox.hand_over()
    return post.mails[-1]


def plain(mail):
    return mail.get_body(("plain",)).get_content()


def marked(mail):
    return mail.get_body(("html",)).get_content()


def make_news(query="", **fields):
    following = follow(query, **fields)
    make_relayed_call(
        "Pakistan wants closer cooperation.", make_article(outlet=make_outlet("NDTV"))
    )
    end_of_transaction()
    a_day_passes()
    look_through()
    return following


def test_it_works(post):
    following = make_news("from=pk", note="For the Monday meeting")
    mail = sent(post)
    assert mail["Subject"] == "1 new: Statements from Pakistan"
    assert mail["From"] == "Demarche <archive@example.org>"
    for text in (plain(mail), marked(mail)):
        assert "Statements from Pakistan" in text
        assert "Pakistan wants closer cooperation." in text
        assert "Jalil Abbas Jilani (Foreign Minister" in text
        assert "to Hossein Amir-Abdollahian" in text
        assert "19 January 2024" in text
        assert "Telephone call" in text
        assert "Paraphrase" in text
        assert "relayed by Foreign Office" in text
        assert "reported by NDTV" in text
        assert "For the Monday meeting" in text
        assert "https://archive.example.org/statements/calm/" in text
        assert links.end_url(following.code) in text
        assert links.mine_url(following.follower.code) in text


def test_a_paraphrase_stands_in_no_marks_and_a_quotation_does(post):
    follow()
    make_statement("We want calm.")
    make_statement("Calm is wanted.", form="indirect")
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert "“We want calm.”" in plain(mail)
    assert "“Calm is wanted.”" not in plain(mail)
    assert marked(mail).count("<blockquote") == 1


def test_what_is_inferred_is_said_to_be(post):
    follow()
    make_statement(said_on_basis="inferred")
    make_statement(channel_basis="inferred", said_on="2024-01-01", said_on_qualifier="not_after")
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    for text in (plain(mail), marked(mail)):
        assert "19 January 2024 (inferred)" in text
        assert "Not after 1 January 2024" in text
        assert text.count("in part inferred by the curator") == 2


def test_what_is_written_from_the_right_says_so(post):
    follow()
    make_statement("ما آرامش می‌خواهیم.", language="fa")
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert '<blockquote lang="fa" dir="rtl">«ما آرامش می‌خواهیم.»</blockquote>' in marked(mail)
    assert "«ما آرامش می‌خواهیم.»" in plain(mail)


def test_the_headers_are_those_of_a_list_that_one_click_ends(post):
    following = make_news()
    mail = sent(post)
    assert mail["List-Unsubscribe"].strip() == f"<{links.end_url(following.code)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == f"<followed-{following.pk}.archive.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@archive.example.org>")


def test_without_https_no_click_is_offered_that_no_program_would_send(post, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    make_news()
    mail = sent(post)
    assert mail["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/follow/end/")
    assert mail["List-Unsubscribe-Post"] is None


def test_more_than_a_mail_holds_is_counted_and_linked(post):
    follow("from=pk")
    jilani = make_official()
    for _n in range(28):
        make_statement(speaker=jilani, cited=False)
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert mail["Subject"].startswith("28 new:")
    address = "https://archive.example.org/statements/?from=pk&sort=added"
    assert f"And 3 more: {address}" in plain(mail)


def test_after_a_mail_that_may_be_lost_the_next_says_so(post):
    following = make_news("from=pk")
    Mail.objects.update(state=MailState.UNSURE)
    make_statement()
    end_of_transaction()
    a_day_passes()
    look_through()
    for text in (plain(sent(post)), marked(post.mails[-1])):
        assert "with 1 statement may not have reached you" in text
        assert "/statements/?from=pk&" in text
    make_statement()
    end_of_transaction()
    a_day_passes()
    look_through()
    assert "may not have reached you" not in plain(sent(post))
    assert following.mails.count() == 3


def test_a_search_cannot_begin_another_header(post):
    make_news(HOSTILE)
    Mail.objects.update(statements=list(Mail.objects.none()), n_found=0)
    make_statement("calm Bcc: victim@example.org")
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert mail["Bcc"] is None
    assert "Bcc" in mail["Subject"]
    assert post.receivers == ["reader@example.org"]


def test_markup_in_what_is_told_stays_text(post):
    follow(note="<b>mine</b>")
    make_statement("<script>alert(1)</script>", speaker=make_official("<i>Jilani</i>"))
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert all(tag not in marked(mail) for tag in ("<script>", "<b>", "<i>"))
    assert "<script>alert(1)</script>" in plain(mail)


def test_a_confirmation_holds_no_words_but_the_archives_own(post):
    """Else anybody could have anything sent to anybody."""
    asking.ask(
        address="reader@example.org",
        query="from=pk&language=ab-buy-cheap-rugs&language=pt-br&q=buy+at+example.com",
        interval=Interval.DAILY,
        note="Buy this",
        language="en",
    )
    mail = sent(post)
    following = Following.objects.get()
    for text in (plain(mail), marked(mail)):
        assert "Statements from Pakistan in the language pt-br" in text
        assert "rugs" not in text
        assert "example.com" not in text
        assert "Buy this" not in text
        assert links.confirm_url(following.code) in text
    assert mail["List-Unsubscribe"] is None


def test_a_confirmation_that_came_too_late_is_not_sent(post):
    following = follow()
    Mail.objects.create(
        follower=following.follower, following=following, kind=MailKind.CONFIRMATION
    )
    outbox.hand_over()
    assert post.mails == []


@pytest.mark.parametrize("kind", [MailKind.KNOWN, MailKind.LOST])
def test_other_mails_lead_to_what_is_followed(post, kind):
    following = follow("from=pk")
    Mail.objects.create(follower=following.follower, following=following, kind=kind)
    mail = sent(post)
    for text in (plain(mail), marked(mail)):
        assert links.mine_url(following.follower.code) in text


def test_one_who_follows_all_that_one_may_is_told(post):
    following = follow()
    Mail.objects.create(follower=following.follower, kind=MailKind.FULL)
    assert links.mine_url(following.follower.code) in plain(sent(post))


def test_a_subject_in_persian_keeps_its_joiners(has_mail):
    following = follow()
    mail = Mail(follower=following.follower, following=following, kind=MailKind.FULL)
    mail.follower.language = "fa"
    assert "\u200c" in letter(mail).subject


def test_a_language_that_is_not_spoken_any_more_is_no_fault(has_mail):
    following = follow()
    Follower.objects.update(language="xx")
    mail = Mail(follower=following.follower, following=following, kind=MailKind.KNOWN)
    mail.follower.language = "xx"
    assert "already" in letter(mail).subject


def test_a_mail_of_the_demonstration_is_small(post, settings):
    follow()
    call_command("import_archive", settings.BASE_DIR / "statements/archives/demonstration.jsonl")
    end_of_transaction()
    a_day_passes()
    look_through()
    mail = sent(post)
    assert mail["Subject"] == "16 new: Statements"
    assert len(mail.as_bytes()) < 60_000
    assert Mail.objects.get().moved_at <= timezone.now()
