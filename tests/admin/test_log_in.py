"""Logging in and out: what is refused, slowed and kept."""

import pytest
from django.contrib.auth.models import User

from statements.accounts.throttling import PAIR
from statements.models import LogIn
from tests.factories import make_account

LOG_IN = "/admin/login/"
PASSWORD = "a-long-secret-1"


@pytest.fixture
def curator(db):
    return make_account("curator", password=PASSWORD, is_superuser=True)


def try_to(client, username="curator", password=PASSWORD, **sent):
    return client.post(LOG_IN, {"username": username, "password": password, **sent})


def results():
    return list(LogIn.objects.order_by("pk").values_list("result", flat=True))


def test_it_works(client, curator):
    answer = try_to(client, next="/admin/statements/statement/")
    assert answer.headers["Location"] == "/admin/statements/statement/"
    assert client.get(answer.headers["Location"]).status_code == 200
    row = LogIn.objects.get()
    assert (row.result, row.username, row.address) == ("accepted", "curator", "127.0.0.1")


def test_a_wrong_password(client, curator):
    answer = try_to(client, password="wrong")
    assert answer.status_code == 200
    assert "Please enter the correct username and password" in answer.content.decode()
    assert results() == ["refused"]


def test_an_account_that_is_no_staff(client, db):
    make_account("reader", password=PASSWORD, is_staff=False)
    assert try_to(client, "reader").status_code == 200
    assert results() == ["refused"]


def test_too_many_wrong_passwords_slow_even_the_right_one(client, curator):
    for _n in range(PAIR.n):
        assert try_to(client, password="wrong").status_code == 200
    answer = try_to(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= PAIR.per / PAIR.n
    assert "Too many attempts. Try again in 3 minutes." in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert results() == ["refused"] * PAIR.n + ["slowed"]


def test_a_colleague_at_the_same_address_is_not_slowed(client, curator):
    make_account("colleague", password=PASSWORD)
    for _n in range(PAIR.n + 1):
        try_to(client, password="wrong")
    assert try_to(client, "colleague").status_code == 302


def test_a_right_password_gives_all_attempts_back(client, curator):
    for _n in range(2):
        for _m in range(PAIR.n - 1):
            try_to(client, password="wrong")
        assert try_to(client).status_code == 302


def test_a_name_over_its_length_is_an_error_of_the_form(client, db):
    answer = try_to(client, username="a" * 151)
    assert answer.status_code == 200
    assert "at most 150 characters" in answer.content.decode()
    assert results() == []


@pytest.mark.parametrize("n", [256, 5000])
def test_a_name_of_any_length_is_no_fault_of_ours(client, db, n):
    assert try_to(client, username="a" * n).status_code == 200


@pytest.mark.parametrize("sent", [{"username": "a\x00"}, {"password": "\x00"}, {"next": "/\x00"}])
def test_a_nul_character(client, db, sent):
    assert try_to(client, **sent).status_code == 400


@pytest.mark.parametrize("sent", [{"username": ""}, {"password": ""}])
def test_a_form_that_is_half_empty_costs_no_attempt(client, curator, sent):
    for _n in range(PAIR.n + 1):
        assert try_to(client, **sent).status_code == 200
    assert try_to(client).status_code == 302


@pytest.mark.parametrize("to", ["https://evil.example.org", "//evil.example.org", "javascript:x"])
def test_nobody_is_led_elsewhere(client, curator, to):
    assert try_to(client, next=to).headers["Location"] == "/admin/"


def test_a_session_gets_a_key_of_its_own(client, curator):
    client.get(LOG_IN)
    session = client.session
    session["marked"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    try_to(client)
    assert client.session.session_key != session.session_key


def test_logging_out(client, curator):
    try_to(client)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/").status_code == 302
    assert results() == ["accepted", "logged_out"]


def test_no_link_logs_anybody_out(client, curator):
    try_to(client)
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "password", ["short-one-9", "password1234", "839271640275", "curator12345"]
)
def test_a_password_that_is_too_easy(client, curator, password):
    try_to(client)
    sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", sent).status_code == 200
    assert User.objects.get().check_password(PASSWORD)


# --- What superusers see -------------------------------------------------------------------------


def test_log_ins_are_listed_for_superusers(client, curator):
    try_to(client, password="<b>wrong</b>", username="<b>nobody</b>")
    try_to(client)
    page = client.get("/admin/statements/login/").content.decode()
    assert "Password accepted" in page
    assert "&lt;b&gt;nobody&lt;/b&gt;" in page
    assert client.get("/admin/statements/login/?q=curator").content.decode().count("accepted") >= 1


def test_log_ins_are_nobody_elses_business(client, db):
    client.force_login(make_account("publisher", role="Publisher"))
    assert client.get("/admin/statements/login/").status_code == 403
    assert "Log-ins" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["add/", "1/delete/"])
def test_log_ins_are_not_written_by_hand(client, curator, path):
    LogIn.objects.create(pk=1, username="curator", result="accepted")
    client.force_login(curator)
    assert client.post(f"/admin/statements/login/{path}", {"post": "yes"}).status_code == 403
    assert LogIn.objects.count() == 1
