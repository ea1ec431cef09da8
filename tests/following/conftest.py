"""A mail server of the tests' own, which takes, refuses or breaks off as it is told."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from statements.following import asking
from statements.models import Following
from statements.models.following import Interval
from tests.factories import make_statement


class Postmaster:
    """Takes mails in; `answers` says to which address it answers what instead."""

    def __init__(self):
        self.mails = []
        self.answers = {}
        self.breaks_after_words = False
        self.on_words = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.answers.get(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        self.on_words()
        if self.breaks_after_words:
            server.transport.abort()
        return self.answers.get("words", "250 OK")

    @property
    def receivers(self):
        return [mail["To"] for mail in self.mails]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def has_mail(settings):
    settings.HAS_MAIL = True
    settings.SITE_URL = "https://archive.example.org"
    settings.DEFAULT_FROM_EMAIL = "Demarche <archive@example.org>"
    return settings


@pytest.fixture
def post(has_mail):
    """The mail server, up."""
    postmaster = Postmaster()
    controller = Controller(postmaster, hostname="127.0.0.1", port=free_port())
    controller.start()
    has_mail.EMAIL_BACKEND = "statements.following.smtp.Backend"
    has_mail.EMAIL_HOST, has_mail.EMAIL_PORT = "127.0.0.1", controller.port
    has_mail.EMAIL_USE_TLS = has_mail.EMAIL_USE_SSL = False
    has_mail.EMAIL_HOST_USER = has_mail.EMAIL_HOST_PASSWORD = ""
    has_mail.EMAIL_TIMEOUT = 10
    yield postmaster
    controller.stop()


def end_of_transaction():
    """Has the revision moved, as the end of a transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def publish(text="We want calm.", **fields):
    """A statement that became public in a transaction of its own."""
    statement = make_statement(text, **fields)
    end_of_transaction()
    return statement


def follow(query="", address="reader@example.org", *, interval=Interval.DAILY, note=""):
    """Somebody who follows a search from now on, and is due tomorrow."""
    end_of_transaction()
    mail = asking.ask(address=address, query=query, interval=interval, note=note, language="en")
    assert asking.confirm(following=mail.following)
    mail.delete()
    return Following.objects.get(pk=mail.following_id)


def a_day_passes(n_days=1):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_following SET looked_on = looked_on - %s", [n_days])
