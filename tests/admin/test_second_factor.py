"""The pages of the second factor, and what is out of reach before it."""

import re

import pytest

from statements.accounts import second_factor
from statements.accounts.throttling import CODE
from statements.models import LogIn
from tests.accounts.codes import code_at
from tests.factories import make_account, make_statement

PASSWORD = "a-long-secret-1"
KEY = "3132333435363738393031323334353637383930"
SHOW = "/admin/second-factor/"
SET_UP = f"{SHOW}set-up/"
MINE = f"{SHOW}mine/"
STAFF_PAGES = (
    "/admin/",
    "/admin/statements/statement/",
    "/admin/statements/statement/add/",
    "/admin/password_change/",
    "/admin/autocomplete/?app_label=statements&model_name=party&field_name=official",
    "/admin/auth/user/",
    MINE,
)


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_TWO_FACTOR = True


@pytest.fixture
def curator(client, db):
    """Someone who has shown the password."""
    account = make_account("curator", password=PASSWORD, is_superuser=True)
    client.post("/admin/login/", {"username": "curator", "password": PASSWORD})
    return account


@pytest.fixture
def enrolled(curator):
    """The same, with a device from before; the codes are those of recovery."""
    return second_factor.enrol(account=curator, key=KEY, code=code_at(KEY))


def key_of(client):
    return client.session["second_factor_key"]


def show(client, code, **sent):
    return client.post(SHOW, {"code": code, **sent})


def results():
    return list(LogIn.objects.order_by("pk").values_list("result", flat=True))[1:]


def test_it_works(client, enrolled):
    answer = client.get("/admin/statements/statement/?q=a", follow=True)
    assert answer.redirect_chain == [(f"{SHOW}?next=/admin/statements/statement/%3Fq%3Da", 302)]
    assert 'autocomplete="one-time-code"' in answer.content.decode()
    answer = show(client, code_at(KEY, 30), next="/admin/statements/statement/?q=a")
    assert answer.headers["Location"] == "/admin/statements/statement/?q=a"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert results() == ["code_accepted"]


@pytest.mark.parametrize("page", STAFF_PAGES)
@pytest.mark.parametrize("has_device", [True, False])
def test_no_page_of_staff_is_reached_before_it(client, curator, page, has_device):
    if has_device:
        second_factor.enrol(account=curator, key=KEY, code=code_at(KEY))
    for ask in (client.get, client.post):
        answer = ask(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(SHOW)


def test_elsewhere_such_a_session_is_nobodys(client, curator):
    draft = make_statement(status="draft")
    assert client.get("/").status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_who_has_shown_no_password_is_asked_for_that_first(client, db):
    for page in (SHOW, SET_UP, MINE):
        assert client.get(page).headers["Location"].startswith("/admin/login/")


def test_logging_out_is_open_before_it(client, enrolled):
    assert client.post("/admin/logout/").status_code == 200
    assert "_auth_user_id" not in client.session


# --- Setting it up -------------------------------------------------------------------------------


def test_who_has_none_sets_one_up(client, curator):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SET_UP)
    page = answer.content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "otpauth://totp/Demarche%3Acurator" in page
    assert "style=" not in page
    page = client.post(SET_UP, {"code": code_at(key_of(client))}).content.decode()
    assert len(re.findall(r"<code>[a-z0-9]{4}(?:-[a-z0-9]{4}){3}</code>", page)) == 10
    assert client.get("/admin/").status_code == 200
    assert results() == ["enrolled"]


def test_a_wrong_code_sets_nothing_up(client, curator):
    client.get(SET_UP)
    key = key_of(client)
    page = client.post(SET_UP, {"code": "nonsense"}).content.decode()
    assert "This code is not right." in page
    assert key_of(client) == key
    assert not second_factor.has_one(curator)
    assert results() == ["code_refused"]


def test_nobody_replaces_a_device_that_they_have_not_shown(client, enrolled):
    assert client.get(SET_UP).headers["Location"] == SHOW
    assert client.post(SET_UP, {"code": "123456"}).headers["Location"] == SHOW


def test_replacing_a_device_that_was_shown(client, curator, enrolled):
    show(client, code_at(KEY, 30))
    assert "is void once you finish this" in client.get(SET_UP).content.decode()
    client.post(SET_UP, {"code": code_at(key_of(client))})
    assert second_factor.device_of(curator).key != KEY
    assert client.get("/admin/").status_code == 200


# --- Showing it ----------------------------------------------------------------------------------


def test_a_wrong_code(client, enrolled):
    answer = show(client, "000000")
    assert "This code is not right" in answer.content.decode()
    assert results() == ["code_refused"]


@pytest.mark.parametrize("code", ["", "\x00", "a" * 41, "🙂"])
def test_what_is_no_code(client, enrolled, code):
    assert show(client, code).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_a_code_that_was_used(client, enrolled):
    show(client, code_at(KEY, 30))
    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": "curator", "password": PASSWORD})
    assert "was used before" in show(client, code_at(KEY, 30)).content.decode()


def test_guessing_is_slowed(client, enrolled):
    for _n in range(CODE.n):
        assert show(client, "000000").status_code == 200
    answer = show(client, enrolled[0])
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/admin/").status_code == 302


def test_a_recovery_code(client, enrolled):
    show(client, enrolled[0])
    assert "9 are left" in client.get("/admin/").content.decode()
    assert results() == ["recovered"]


def test_a_recovery_code_twice(client, enrolled):
    show(client, enrolled[0])
    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": "curator", "password": PASSWORD})
    assert show(client, enrolled[0]).status_code == 200


@pytest.mark.parametrize("to", ["https://evil.example.org", "//evil.example.org", "/\\evil"])
def test_nobody_is_led_elsewhere(client, enrolled, to):
    assert show(client, code_at(KEY, 30), next=to).headers["Location"] == "/admin/"


def test_the_session_gets_a_new_key(client, enrolled):
    before = client.session.session_key
    show(client, code_at(KEY, 30))
    assert client.session.session_key != before


# --- One's own -----------------------------------------------------------------------------------


def test_new_recovery_codes(client, enrolled):
    show(client, code_at(KEY, 30))
    page = client.post(f"{SHOW}recovery-codes/").content.decode()
    assert page.count("<code>") == 10
    assert enrolled[0] not in page


def test_where_it_is_required_nobody_removes_it(client, curator, enrolled):
    show(client, code_at(KEY, 30))
    assert "Remove the second factor" not in client.get(MINE).content.decode()
    page = client.post(f"{SHOW}remove/", follow=True).content.decode()
    assert "A second factor is required here." in page
    assert second_factor.has_one(curator)


@pytest.mark.parametrize("path", ["recovery-codes/", "remove/"])
def test_no_link_changes_anything(client, enrolled, path):
    show(client, code_at(KEY, 30))
    assert client.get(f"{SHOW}{path}").status_code == 405


# --- Where none is required ----------------------------------------------------------------------


class TestWithoutBeingAskedTo:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.REQUIRE_TWO_FACTOR = False

    def test_a_password_is_enough(self, client, curator):
        assert client.get("/admin/").status_code == 200
        assert "with a password alone" in client.get(MINE).content.decode()

    def test_who_has_set_one_up_is_asked_for_it(self, client, enrolled):
        assert client.get("/admin/").headers["Location"].startswith(SHOW)
        show(client, code_at(KEY, 30))
        assert client.get("/admin/").status_code == 200

    def test_it_is_removed_again(self, client, curator, enrolled):
        show(client, code_at(KEY, 30))
        page = client.post(f"{SHOW}remove/", follow=True).content.decode()
        assert "The second factor is removed." in page
        assert not second_factor.has_one(curator)
        assert results() == ["code_accepted", "removed"]

    def test_recovery_codes_are_for_who_has_one(self, client, curator):
        assert client.post(f"{SHOW}recovery-codes/").headers["Location"] == MINE
        assert second_factor.n_recovery_codes(curator) == 0


# --- For somebody else ---------------------------------------------------------------------------


def forget(client, account):
    chosen = {"action": "forget_second_factor", "_selected_action": [account.pk], "index": "0"}
    return client.post("/admin/auth/user/", chosen, follow=True).content.decode()


def test_a_superuser_removes_that_of_another(client, enrolled):
    show(client, code_at(KEY, 30))
    other = make_account("other")
    second_factor.enrol(account=other, key=KEY, code=code_at(KEY))
    assert "1 second factor removed." in forget(client, other)
    assert not second_factor.has_one(other)
    assert LogIn.objects.filter(result="removed", username="other").exists()


def test_nobody_else_does(client, settings, db):
    from django.contrib.auth.models import Permission

    settings.REQUIRE_TWO_FACTOR = False
    clerk = make_account("clerk")
    clerk.user_permissions.add(*Permission.objects.filter(content_type__model="user"))
    other = make_account("other")
    second_factor.enrol(account=other, key=KEY, code=code_at(KEY))
    client.force_login(clerk)
    forget(client, other)
    assert second_factor.has_one(other)


@pytest.mark.parametrize("path", ["otp_totp/totpdevice/", "otp_static/staticdevice/"])
def test_no_page_shows_the_secrets(client, enrolled, path):
    show(client, code_at(KEY, 30))
    assert client.get(f"/admin/{path}").status_code == 404
