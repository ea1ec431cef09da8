"""Runs the project's own commands as an operator does: as processes, in a scratch folder."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = re.compile(
    r"^(ADMIN_PASSWORD|ALLOWED_HOSTS|BEHIND_HTTPS|CSRF_TRUSTED_ORIGINS|DATABASE_URL|"
    r"DEBUG|DJANGO_.*|HOST|PG.*|PORT|SECRET_KEY|TRUST_PROXY|VAR_DIR|WEB_CONCURRENCY)$"
)
USE = """
import sys
from archive import embedded
with embedded.running():
    print("up", flush=True)
    sys.stdin.read()
"""


def environment(home, **variables):
    """Returns the environment without anything that says how this archive is to run."""
    kept = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    return {**kept, "VAR_DIR": str(home), "PYTHONPATH": str(ROOT), **variables}


def manage(home, *arguments, timeout=120, **variables):
    """Runs a command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )


def copy(kept, home):
    """Returns a new folder that keeps what another does, whose archive is stopped."""
    subprocess.run(["cp", "-a", "--reflink=auto", kept, home], check=True)
    return home


def postmaster(home):
    """Returns the number of the server's process, None when there is none that lives."""
    try:
        pid = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return None
    return pid


def wait_until(condition, *, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


class User:
    """A process that uses the embedded database until it is told to leave."""

    def __init__(self, home, code=USE):
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment(home, DJANGO_SETTINGS_MODULE="archive.settings"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_up(self):
        line = self.process.stdout.readline()
        assert line == "up\n", self.process.stderr.read()
        return self

    def leave(self):
        _, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, errors

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=60)


class Server:
    """`manage.py serve` in a scratch folder, on a port of its own."""

    def __init__(self, home, **variables):
        self.output, self.errors = [], []
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve"],
            env=environment(home, **{"PORT": "0", "WEB_CONCURRENCY": "1", **variables}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.readers = [
            threading.Thread(target=lines.extend, args=[stream], daemon=True)
            for lines, stream in (
                (self.output, self.process.stdout),
                (self.errors, self.process.stderr),
            )
        ]
        for reader in self.readers:
            reader.start()

    def wait_until_up(self):
        wait_until(lambda: self._address or self.process.poll() is not None, seconds=120)
        assert self._address, "".join(self.errors)
        return self

    @property
    def _address(self):
        return re.search(r"http://\S+/(?=,)", "".join(self.output))

    @property
    def url(self):
        return self._address[0]

    @property
    def text(self):
        return "".join(self.output)

    def open(self, path, **headers):
        """Returns the answer to a request, a redirect as it is and not what it leads to."""
        address = urlsplit(self.url)
        asker = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        try:
            asker.request("GET", path, headers=headers)
            answer = asker.getresponse()
            answer.text = answer.read().decode()
        finally:
            asker.close()
        return answer

    def stop(self, number=signal.SIGTERM):
        """Ends the server by a signal and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        for reader in self.readers:
            reader.join(timeout=10)
        return code

    def stop_by_itself(self):
        """Waits for the server to end unasked and returns its exit code."""
        self.process.wait(timeout=60)
        return self.stop()
