"""The mail server's settings are read strictly."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive import mail
from archive.mail import Server

HOSTS = ["archive.example.org", ".example.net"]


def site(value, *, is_https=True):
    return mail.site("SITE_URL", value, HOSTS, is_needed=True, is_https=is_https)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 587, is_starttls=True)),
        (
            "smtp://me%40example.org:p%2Fw@mail.example.org:2525",
            Server("mail.example.org", 2525, "me@example.org", "p/w", is_starttls=True),
        ),
        (
            "smtps://me:pw@mail.example.org",
            Server("mail.example.org", 465, "me", "pw", False, True),
        ),
        ("smtp://localhost:25?tls=off", Server("localhost", 25)),
    ],
    ids=range(4),
)
def test_a_server_is_read(value, expected):
    assert mail.server("EMAIL_URL", value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org:25",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org:x",
        "smtp://mail.example.org/folder",
        "smtp://mail.example.org?tls=on",
        "smtp://mail.example.org?starttls=1",
        "smtps://mail.example.org?tls=off",
        "smtp://me@mail.example.org",
        "smtp://me:pw@mail.example.org?tls=off",
    ],
)
def test_what_names_no_server_safely_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="^EMAIL_URL ") as refusal:
        mail.server("EMAIL_URL", value)
    assert "pw" not in str(refusal.value)


@pytest.mark.parametrize("value", ["archive@example.org", "Demarche <archive@example.org>"])
def test_a_sender_is_read(value):
    assert mail.sender("EMAIL_FROM", value, is_needed=True) == value


@pytest.mark.parametrize(
    "value",
    ["", "archive", "a@example.org, b@example.org", "Demarche archive@example.org",
     "De\nmarche <archive@example.org>", "Demarche <archive>"],
    ids=range(6),
)  # fmt: skip
def test_what_is_no_sender_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="^EMAIL_FROM is"):
        mail.sender("EMAIL_FROM", value, is_needed=True)


@pytest.mark.parametrize(
    "value", ["https://archive.example.org", "https://any.example.net:8443", "https://example.net"]
)
def test_a_site_is_read(value):
    assert site(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "archive.example.org", "https://archive.example.org/", "https://*.example.net",
     "https://archive.example.org,https://a.example.net", "http://archive.example.org",
     "https://elsewhere.example.org"],
    ids=range(7),
)  # fmt: skip
def test_what_is_no_site_of_ours_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="^SITE_URL "):
        site(value)


def test_a_site_without_https_is_for_an_archive_without_it():
    assert site("http://archive.example.org", is_https=False)


def test_without_a_server_nothing_is_needed():
    assert mail.sender("EMAIL_FROM", "", is_needed=False) == ""
    assert mail.site("SITE_URL", "", HOSTS, is_needed=False, is_https=True) == ""
