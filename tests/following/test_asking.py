"""What followers decide, and what nobody else can."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from statements.following import asking, links
from statements.following.searches import canonical, faults, search_of, title_of
from statements.models import Follower, Following, Mail
from statements.models.following import Interval, MailKind
from tests.factories import make_official, make_topic
from tests.following.conftest import follow

pytestmark = pytest.mark.django_db


def ask(address="reader@example.org", query="from=pk", *, note="", interval=Interval.DAILY):
    return asking.ask(address=address, query=query, interval=interval, note=note, language="en")


def test_it_works():
    mail = ask()
    assert mail.kind == MailKind.CONFIRMATION
    assert mail.following.confirmed_at is None
    assert asking.confirm(following=mail.following)
    assert Following.objects.get().looked_on == asking.today()


def test_an_address_in_other_letters_is_the_same():
    ask("Reader@Example.org")
    ask("reader@example.org", "from=ir")
    assert Follower.objects.get().address == "Reader@example.org"
    assert Following.objects.count() == 2


def test_a_host_in_letters_that_mail_servers_take_for_others_is_the_same():
    ask("reader@exämple.org")
    ask("reader@ＥＸÄＭＰＬＥ.org", "from=ir")
    ask("reader@xn--exmple-cua.org", "to=ir")
    assert Follower.objects.get().address == "reader@xn--exmple-cua.org"


def test_asked_again_before_it_is_confirmed_the_last_wish_counts():
    ask(note="one")
    ask(note="two", interval=Interval.WEEKLY)
    following = Following.objects.get()
    assert (following.note, following.interval) == ("two", Interval.WEEKLY)


def test_asked_again_after_that_nothing_changes():
    follow("from=pk", note="mine")
    mail = ask(note="not mine", interval=Interval.WEEKLY)
    assert mail.kind == MailKind.KNOWN
    assert Following.objects.get().note == "mine"


def test_an_address_follows_so_many_searches_and_no_more():
    for n in range(asking.N_SEARCHES):
        ask(query=f"q={n}")
    assert ask(query="q=more").kind == MailKind.FULL
    assert Following.objects.count() == asking.N_SEARCHES


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "reader@",
        "reader@localhost",
        "reader@[127.0.0.1]",
        "a@example.org,b@example.org",
        "a b@example.org",
        '"a b"@example.org',
        "reader@example.org\r\nBcc: victim@example.org",
        "reader@example.org\n",
        "Reader <reader@example.org>",
        "x" * 250 + "@example.org",
        "\u017fally@example.org",
        "\u212aim@example.org",
        "reader@" + ".".join(["ä" * 20] * 11) + ".org",
    ],
    ids=range(15),
)
def test_what_is_no_plain_address_is_refused(address):
    with pytest.raises(ValidationError):
        ask(address)
    assert not Follower.objects.exists()


def test_what_is_confirmed_too_late_is_not_followed():
    mail = ask()
    Following.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert not asking.confirm(following=mail.following)


def test_what_nobody_confirmed_is_forgotten_with_its_address():
    ask()
    follow("from=ir", "other@example.org")
    ask("other@example.org")
    Following.objects.filter(confirmed_at=None).update(
        created_at=timezone.now() - timedelta(days=4)
    )
    assert asking.forget_unconfirmed() == 2
    assert [row.address for row in Follower.objects.all()] == ["other@example.org"]
    assert not Mail.objects.exclude(follower__address="other@example.org").exists()


def test_with_the_last_search_the_address_goes():
    one, two = follow("from=pk"), follow("from=ir")
    asking.end(following=one)
    assert Follower.objects.exists()
    asking.end(following=two)
    assert not Follower.objects.exists()


def test_the_wish_can_be_changed():
    changed = asking.change(following=follow(), interval=Interval.WEEKLY, note="later")
    assert Following.objects.get().interval == changed.interval == Interval.WEEKLY


class TestLinks:
    def test_a_link_is_good_for_its_purpose_alone(self):
        told = links.token(links.END, "code")
        assert links.code_of(links.END, told) == "code"
        assert links.code_of(links.MINE, told) is None

    def test_a_changed_link_is_good_for_nothing(self):
        assert links.code_of(links.END, links.token(links.END, "code") + "x") is None

    def test_codes_are_not_guessed(self):
        codes = {follow(f"q={n}").code for n in range(3)}
        assert len(codes) == 3
        assert min(map(len, codes)) >= 22


class TestSearches:
    @pytest.mark.parametrize(
        ("asked", "kept"),
        [
            ("", ""),
            ("to=IR&from=pk", "from=pk&to=ir"),
            ("from=tr&from=pk&from=pk", "from=pk&from=tr"),
            ("from=pk&sort=oldest&limit=5&cursor=x&unknown=1&speaker=", "from=pk"),
            ("since=2024-01", "since=2024-01"),
            ("added_since=2024-01-19T12:00:00Z", "added_since=2024-01-19T12%3A00%3A00%2B00%3A00"),
            ("q=+calm%20down ", "q=calm+down"),
        ],
    )
    def test_two_addresses_that_ask_the_same_are_one(self, asked, kept):
        search = search_of(asked)
        assert faults(search) == []
        assert canonical(search) == kept
        assert canonical(search_of(kept)) == kept

    def test_a_renamed_slug_is_kept_as_it_is_now(self):
        make_official(slug="jilani")
        assert canonical(search_of("speaker=Jilani")) == "speaker=jilani"

    @pytest.mark.parametrize(
        "asked",
        ["from=zz", "topic=none", "since=soon", "since=2024&until=2023", "q=speaker:nobody",
         "q=" + "x" * 2100],
        ids=range(6),
    )  # fmt: skip
    def test_what_means_nothing_or_is_too_long_is_refused(self, asked):
        assert faults(search_of(asked))

    def test_it_is_said_in_words(self):
        make_topic("Security", slug="security")
        assert title_of("from=pk&topic=security") == "Statements from Pakistan on Security"
