"""The command: what is due, whatever happens while it works."""

import os
import re
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from statements.following import asking, soon
from statements.models import Following, Mail
from statements.models.following import Interval, MailState
from tests.following.conftest import a_day_passes, follow, free_port, publish


def send():
    told = StringIO()
    call_command("send_followed", stdout=told, stderr=StringIO())
    return dict(re.findall(r"^(.+): (\d+)$", told.getvalue(), re.M))


@pytest.mark.django_db
class TestCommand:
    def test_it_works(self, post):
        follow("from=pk", "one@example.org")
        follow("from=ir", "two@example.org")
        publish()
        a_day_passes()
        counts = send()
        assert (counts["searches looked through"], counts["sent"]) == ("2", "1")
        assert post.receivers == ["one@example.org"]

    def test_twice_in_a_row_sends_nothing_the_second_time(self, post):
        follow()
        publish()
        a_day_passes()
        assert [send()["sent"] for _n in range(2)] == ["1", "0"]
        a_day_passes()
        assert send()["sent"] == "0"

    def test_without_a_mail_server_it_says_so(self, settings):
        settings.HAS_MAIL = False
        with pytest.raises(CommandError, match="EMAIL_URL is not set"):
            send()

    def test_a_server_that_is_away_is_told_and_loses_nothing(self, post, settings):
        follow()
        publish()
        a_day_passes()
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
        with pytest.raises(CommandError, match="cannot be reached"):
            send()
        settings.EMAIL_PORT = port
        assert send()["sent"] == "1"

    def test_what_failed_makes_the_code_of_the_end(self, post):
        follow()
        publish()
        a_day_passes()
        post.answers["reader@example.org"] = "451 Try again later"
        with pytest.raises(CommandError, match="Not all went well"):
            send()

    def test_one_who_was_stopped_is_reported_once(self, post):
        following = follow()
        Mail.objects.create(
            follower=following.follower,
            following=following,
            kind="news",
            state=MailState.HANDING_OVER,
            moved_at=timezone.now() - timedelta(hours=1),
        )
        with pytest.raises(CommandError, match="Not all went well"):
            send()
        assert send()["perhaps sent"] == "0"
        assert post.mails == []

    def test_what_nobody_confirmed_is_forgotten(self, post):
        asking.ask(
            address="reader@example.org", query="", interval=Interval.DAILY, note="", language="en"
        )
        send()  # the mail to confirm, which nobody handed over before
        assert post.receivers == ["reader@example.org"]
        Following.objects.update(created_at=timezone.now() - timedelta(days=4))
        assert send()["unconfirmed, forgotten"] == "1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("transactions")
class TestForReal:
    def command(self, port):
        """The command in a process of its own."""
        program = (
            "import sys, django\n"
            "from django.conf import settings\n"
            "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
            "settings.HAS_MAIL, settings.SITE_URL = True, 'https://archive.example.org'\n"
            "settings.DEFAULT_FROM_EMAIL = 'archive@example.org'\n"
            "settings.EMAIL_HOST, settings.EMAIL_PORT = '127.0.0.1', int(sys.argv[2])\n"
            "django.setup()\n"
            "from django.core.management import call_command\n"
            "call_command('send_followed')"
        )
        name = str(connection.settings_dict["NAME"])
        return subprocess.Popen(
            [sys.executable, "-c", program, name, str(port)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def test_killed_while_the_server_has_the_words_nothing_is_sent_twice(self, post, settings):
        for n in range(3):
            follow(address=f"reader{n}@example.org")
        publish()
        a_day_passes()
        process = self.command(settings.EMAIL_PORT)
        is_there = threading.Event()

        def kill():
            os.kill(process.pid, signal.SIGKILL)
            post.on_words = lambda: None
            is_there.set()

        post.on_words = kill
        assert is_there.wait(60)
        process.wait()
        assert send()["sent"] == "2"
        Mail.objects.update(moved_at=timezone.now() - timedelta(hours=1))
        with pytest.raises(CommandError, match="Not all went well"):
            send()
        assert sorted(post.receivers) == [f"reader{n}@example.org" for n in range(3)]
        states = Mail.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == [MailState.SENT, MailState.SENT, MailState.UNSURE]

    def test_a_mail_that_somebody_waits_for_goes_at_once(self, post, client):
        sent = {"address": "reader@example.org", "interval": "daily", "note": ""}
        assert client.post("/follow/", sent).status_code == 302
        soon._thread().submit(lambda: None).result(30)
        [mail] = post.mails
        [path] = re.findall(r"https://archive\.example\.org(/follow/confirm/\S+)",
                            mail.get_body(("plain",)).get_content())  # fmt: skip
        assert client.post(path).status_code == 302
        assert Following.objects.confirmed().count() == 1
