import re

import pytest
from django.core.management import call_command
from django.test import Client

from statements.browse import following as pages
from statements.following import asking, links
from statements.models import Follower, Following, Mail
from statements.models.following import Interval, MailKind
from tests.factories import make_account, make_statement
from tests.following.conftest import follow

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("has_mail"),
]
SENT = {"address": "reader@example.org", "interval": "daily", "note": "mine"}


@pytest.fixture
def has_mail(settings):
    settings.HAS_MAIL = True
    settings.SITE_URL = "https://archive.example.org"
    settings.DEFAULT_FROM_EMAIL = "archive@example.org"


def path_of(url):
    return url.removeprefix("https://archive.example.org")


def confirm_path(mail):
    return path_of(links.confirm_url(mail.following.code))


def end_path(following):
    return path_of(links.end_url(following.code))


def mine_path(following):
    return path_of(links.mine_url(following.follower.code))


class TestAsking:
    def test_it_works(self, client):
        page = client.get("/follow/?from=pk").content.decode()
        assert "Statements from Pakistan" in page
        assert 'href="/statements.atom?from=pk&amp;sort=added"' in page
        response = client.post("/follow/?from=pk", SENT, follow=True)
        assert response.redirect_chain == [("/follow/asked/", 302)]
        assert "Look into your mailbox" in response.content.decode()
        following = Following.objects.get()
        assert (following.query, following.interval, following.note) == ("from=pk", "daily", "mine")
        assert following.confirmed_at is None
        assert Mail.objects.get().kind == MailKind.CONFIRMATION

    def test_the_list_leads_to_it_without_order_and_place(self, client):
        make_statement()
        page = client.get("/statements/?from=pk&sort=oldest&limit=5").content.decode()
        assert 'href="/follow/?from=pk"' in page

    def test_a_search_that_finds_nothing_can_be_followed_too(self, client):
        page = client.get("/statements/?q=zzzz").content.decode()
        assert 'href="/follow/?q=zzzz"' in page

    def test_all_statements_can_be_followed(self, client):
        make_statement()
        assert 'href="/follow/"' in client.get("/statements/").content.decode()
        assert client.get("/follow/").status_code == 200

    def test_without_a_mail_server_only_the_feed_is_offered(self, client, settings):
        settings.HAS_MAIL = False
        page = client.get("/follow/?from=pk").content.decode()
        assert "statements.atom" in page
        assert 'name="address"' not in page
        client.post("/follow/?from=pk", SENT)
        assert not Following.objects.exists()

    def test_what_means_nothing_is_said_and_not_followed(self, client):
        page = client.get("/follow/?from=zz").content.decode()
        assert "From: “zz” is not in the archive." in page
        assert 'name="address"' not in page
        client.post("/follow/?from=zz", SENT)
        assert not Following.objects.exists()

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("address", ""),
            ("address", "reader"),
            ("address", "a@example.org,b@example.org"),
            ("address", "reader@example.org\r\nBcc: x@example.org"),
            ("interval", "hourly"),
            ("note", "x" * 301),
            ("note", "a\nb"),
        ],
    )
    def test_a_fault_is_told_beside_its_field(self, client, name, value):
        response = client.post("/follow/?from=pk", SENT | {name: value})
        assert response.status_code == 200
        page = response.content.decode()
        assert re.search(r'id="id_\w+-error"', page)
        assert not Following.objects.exists()

    def test_a_note_in_persian_keeps_its_joiners(self, client):
        client.post("/follow/", SENT | {"note": "جلسه\u200cی دوشنبه"})
        assert Following.objects.get().note == "جلسه\u200cی دوشنبه"

    @pytest.mark.parametrize("sign", ["\x7f", "\u2028", "\u202e", "\u2066", "\ufeff"], ids=ascii)
    def test_what_begins_a_line_or_turns_it_is_no_note(self, client, sign):
        client.post("/follow/", SENT | {"note": f"a{sign}b"})
        assert not Following.objects.exists()

    def test_the_answer_is_the_same_for_those_who_follow_and_those_who_do_not(self, client):
        follow("from=pk", "known@example.org")
        answers = [
            client.post("/follow/?from=pk", SENT | {"address": f"{name}@example.org"})
            for name in ("known", "new")
        ]
        assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
        assert Mail.objects.count() == 2

    def test_an_address_is_written_to_so_often_and_no_more(self, client):
        for n in range(pages.BY_ADDRESS.n):
            client.post(f"/follow/?q=a{n}", SENT)
        response = client.post("/follow/?q=calm", SENT | {"address": "READER@example.org"})
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "too often" in response.content.decode()
        assert Mail.objects.count() == pages.BY_ADDRESS.n

    def test_a_mailbox_is_one_address_however_its_host_is_spelt(self, client):
        for name in ("example", "\uff45xample", "e\uff58ample", "EXAMPLE", "exa\uff4dple"):
            client.post("/follow/", SENT | {"address": f"reader@{name}.org"})
        response = client.post("/follow/", SENT | {"address": "reader@exam\uff50le.org"})
        assert response.status_code == 429
        assert Follower.objects.get().address == "reader@example.org"

    @pytest.mark.parametrize(
        "address",
        ["\u017fally@example.org", "reader@" + ".".join(["\xe4" * 20] * 11) + ".org"],
        ids=["another letter", "too long when spelt out"],
    )
    def test_what_would_be_another_address_is_refused(self, client, address):
        response = client.post("/follow/", SENT | {"address": address})
        assert 'id="id_address-error"' in response.content.decode()
        assert not Follower.objects.exists()

    def test_one_place_asks_so_often_and_no_more(self, client):
        for n in range(pages.BY_ORIGIN.n + 1):
            response = client.post("/follow/", SENT | {"address": f"reader{n}@example.org"})
        assert response.status_code == 429
        assert Mail.objects.count() == pages.BY_ORIGIN.n

    def test_another_site_cannot_ask_in_a_readers_name(self):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/follow/", SENT).status_code == 403
        token = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get("/follow/").content.decode()
        )[1]
        sent = strict.post("/follow/", SENT | {"csrfmiddlewaretoken": token})
        assert sent.status_code == 302

    def test_it_is_kept_nowhere(self, client):
        response = client.get("/follow/")
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response

    def test_the_list_sets_no_cookie(self, client):
        assert not client.get("/statements/").cookies


class TestConfirming:
    @pytest.fixture
    def mail(self):
        return asking.ask(
            address="reader@example.org",
            query="from=pk",
            interval=Interval.WEEKLY,
            note="mine",
            language="en",
        )

    def test_looking_confirms_nothing_and_the_button_does(self, mail):
        strict = Client(enforce_csrf_checks=True)
        page = strict.get(confirm_path(mail))
        assert "Statements from Pakistan" in page.content.decode()
        assert "mine" in page.content.decode()
        assert not page.cookies
        assert not Following.objects.confirmed().exists()
        response = strict.post(confirm_path(mail))
        assert response["Location"] == f"{mine_path(mail.following)}?done=confirmed"
        assert Following.objects.confirmed().exists()
        shown = strict.get(response["Location"]).content.decode()
        assert "You follow this search now." in shown

    def test_the_link_opened_again_shows_what_is_followed(self, client, mail):
        client.post(confirm_path(mail))
        assert client.get(confirm_path(mail))["Location"] == mine_path(mail.following)
        assert client.post(confirm_path(mail)).status_code == 302

    def test_a_link_too_old_says_so(self, client, mail):
        Following.objects.update(created_at="2020-01-01T00:00:00Z")
        for method in (client.get, client.post):
            response = method(confirm_path(mail))
            assert response.status_code == 404
            assert "too old" in response.content.decode()

    def test_nobody_else_finds_the_page(self, client, mail):
        forged = f"/follow/confirm/{mail.following.code}.x/"
        assert client.get(forged).status_code == 404
        assert client.post(forged).status_code == 404

    def test_a_link_of_another_purpose_does_not_confirm(self, client, mail):
        told = links.token(links.END, mail.following.code)
        assert client.post(f"/follow/confirm/{told}/").status_code == 404


class TestEnding:
    def test_looking_ends_nothing_and_the_button_does(self, client):
        following = follow("from=pk")
        assert "Statements from Pakistan" in client.get(end_path(following)).content.decode()
        assert Following.objects.exists()
        response = client.post(end_path(following))
        assert response.status_code == 200
        assert "deleted" in response.content.decode()
        assert not Follower.objects.exists()

    def test_one_click_of_a_mail_program_ends_it(self):
        """RFC 8058: a form without cookie and token, answered without a redirect."""
        following = follow()
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(
            end_path(following),
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 200
        assert not response.cookies
        assert not Following.objects.exists()

    def test_ending_twice_is_as_good_as_once(self, client):
        following = follow()
        path = end_path(following)
        assert [client.post(path).status_code for _n in range(2)] == [200, 200]
        assert client.get(path).status_code == 200

    def test_others_stay(self, client):
        one, two = follow("from=pk"), follow("from=ir")
        client.post(end_path(one))
        assert list(Following.objects.all()) == [two]

    def test_a_forged_link_ends_nothing(self, client):
        following = follow()
        assert client.post(f"/follow/end/{following.code}.x/").status_code == 404
        assert Following.objects.exists()

    @pytest.mark.parametrize("path_to", [end_path, mine_path])
    def test_the_page_is_kept_nowhere_and_its_address_told_nobody(self, client, path_to):
        response = client.get(path_to(follow()))
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert "ETag" not in response
        assert not response.cookies


class TestMine:
    def test_it_works(self, client):
        following = follow("from=pk", note="mine")
        follow("from=ir")
        page = client.get(mine_path(following)).content.decode()
        assert "Statements from Pakistan" in page
        assert "Statements from Iran" in page
        assert 'value="mine"' in page
        assert "reader@example.org" in page

    def test_the_wish_is_changed(self, client):
        following = follow("from=pk")
        sent = {
            "following": following.code,
            f"{following.code}-interval": "weekly",
            f"{following.code}-note": "<b>later</b>",
            "save": "",
        }
        response = client.post(mine_path(following), sent, follow=True)
        following.refresh_from_db()
        assert (following.interval, following.note) == ("weekly", "<b>later</b>")
        assert "Saved." in response.content.decode()
        assert "<b>" not in response.content.decode()

    def test_a_fault_is_told_beside_its_field(self, client):
        following = follow("from=pk")
        sent = {
            "following": following.code,
            f"{following.code}-interval": "never",
            f"{following.code}-note": "x" * 301,
        }
        page = client.post(mine_path(following), sent).content.decode()
        assert page.count("-error") >= 2

    @pytest.mark.parametrize("code", ["", "another", "a\x00b"], ids=range(3))
    def test_what_names_none_of_them_changes_nothing(self, client, code):
        following = follow("from=pk")
        response = client.post(mine_path(following), {"following": code, "end": ""})
        assert response["Location"] == mine_path(following)
        assert Following.objects.exists()

    def test_one_is_ended(self, client):
        one, two = follow("from=pk"), follow("from=ir")
        response = client.post(mine_path(one), {"following": one.code, "end": ""}, follow=True)
        assert list(Following.objects.all()) == [two]
        assert "Ended." in response.content.decode()

    def test_all_are_ended_and_the_address_deleted(self, client):
        one = follow("from=pk")
        follow("from=ir")
        assert client.post(mine_path(one), {"end_all": ""}).status_code == 200
        assert not Follower.objects.exists()
        assert client.get(mine_path(one)).status_code == 200

    def test_with_the_last_one_the_address_goes(self, client):
        one = follow("from=pk")
        page = client.post(mine_path(one), {"following": one.code, "end": ""}, follow=True)
        assert "You are not written to" in page.content.decode()
        assert not Follower.objects.exists()

    def test_what_another_follows_is_out_of_reach(self, client):
        mine, theirs = follow("from=pk"), follow("from=ir", "other@example.org")
        client.post(mine_path(mine), {"following": theirs.code, "end": ""})
        assert Following.objects.count() == 2
        assert "Iran" not in client.get(mine_path(mine)).content.decode()

    def test_a_forged_link_shows_nothing(self, client):
        following = follow()
        response = client.get(f"/follow/mine/{following.follower.code}.x/")
        assert response.status_code == 404
        assert "reader@example.org" not in response.content.decode()

    @pytest.mark.parametrize("n", [1, 12])
    def test_the_number_of_queries_grows_with_what_is_followed_alone(
        self, client, n, django_assert_max_num_queries
    ):
        for number in range(n):
            following = follow(f"q=a{number}")
        with django_assert_max_num_queries(6):
            client.get(mine_path(following))


class TestDesk:
    def test_a_superuser_sees_who_follows_and_forgets(self, client, django_user_model):
        following = follow("from=pk")
        client.force_login(django_user_model.objects.create_superuser("chief"))
        page = client.get("/admin/statements/following/").content.decode()
        assert "reader@example.org" in page
        assert '<a href="/statements/?from=pk">from=pk</a>' in page
        chosen = {"action": "forget", "_selected_action": [following.pk]}
        client.post("/admin/statements/following/", chosen)
        assert not Follower.objects.exists()

    def test_mails_are_listed(self, client, django_user_model):
        following = follow()
        Mail.objects.create(
            follower=following.follower, following=following, kind=MailKind.KNOWN, failure="Full"
        )
        client.force_login(django_user_model.objects.create_superuser("chief"))
        assert "Full" in client.get("/admin/statements/mail/").content.decode()

    @pytest.mark.parametrize("kind", ["following", "mail"])
    def test_no_curator_sees_an_address(self, client, kind):
        client.force_login(make_account(role="Publisher"))
        assert client.get(f"/admin/statements/{kind}/").status_code == 403


def test_followers_are_no_part_of_an_export(tmp_path):
    follow("from=pk")
    file = tmp_path / "archive.jsonl"
    call_command("export_archive", str(file))
    assert "reader@example.org" not in file.read_text(encoding="utf-8")
