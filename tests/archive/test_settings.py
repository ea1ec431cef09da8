"""The settings: documented whole, strict, and safe on a server."""

import ast
import json
import re
import subprocess
import sys

import pytest

from archive import wsgi
from tests.archive.commands import ROOT, environment, manage

SERVER = {
    "DATABASE_URL": "postgresql://me:secret@db.example.org/archive",
    "SECRET_KEY": "Hl0fGm2jQz7VYx3bTn8cKd5rWe1uPs9aXi4oLv6yBq0hNw2kJt",
    "ALLOWED_HOSTS": "archive.example.org",
}


def look_up(home, *names, **variables):
    """Returns settings as a process of its own has them; None for one that is not set."""
    code = (
        "import json, sys\n"
        "from archive import settings\n"
        "print(json.dumps({n: getattr(settings, n, None) for n in sys.argv[1:]}, default=str))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, *names],
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(finished.stdout)


def names_read():
    """Returns every variable that the code reads through archive.environment."""
    tree = ast.parse((ROOT / "archive" / "settings.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "environment"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def names_documented():
    text = (ROOT / "docs" / "settings.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert len(names_read()) > 8
    assert names_read() == names_documented()


def test_nothing_reads_the_environment_past_the_settings():
    allowed = {"environment.py", "postgres.py", "backups.py", "wsgi.py"}
    for path in [*(ROOT / "archive").glob("*.py"), *(ROOT / "statements").rglob("*.py")]:
        if path.name not in allowed:
            assert not re.search(r"os\.(environ|getenv)", path.read_text()), path


def test_a_server_passes_djangos_own_inspection(home):
    finished = manage(
        home, "check", "--deploy", "--fail-level", "WARNING", **SERVER, TRUST_PROXY="1"
    )
    assert finished.returncode == 0, finished.stderr


def test_the_inspection_speaks_up_where_the_proxy_is_not_believed(home):
    finished = manage(home, "check", "--deploy", "--fail-level", "WARNING", **SERVER)
    assert finished.returncode != 0
    assert "security.W008" in finished.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_server_needs_it(home, name):
    variables = {key: value for key, value in SERVER.items() if key != name}
    finished = manage(home, "check", **variables)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"Error: {name} is not set.")
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "2"),
        ("PORT", "http"),
        ("WEB_CONCURRENCY", "0"),
        ("BEHIND_HTTPS", "maybe"),
        ("TRUST_PROXY", "all"),
        ("DATABASE_URL", "sqlite:///archive.db"),
        ("ALLOWED_HOSTS", "*"),
        ("CSRF_TRUSTED_ORIGINS", "example.org"),
        ("SECRET_KEY", "short"),
        ("VAR_DIR", "/dev/null/var"),
        ("EMAIL_URL", "mail.example.org"),
    ],
)
def test_a_bad_value_is_an_error_that_names_the_variable(home, name, value):
    finished = manage(home, "check", **{name: value})
    assert finished.returncode == 1
    assert re.match(rf"Error: {name}\b", finished.stderr), finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_embedded_archive_answers_this_machine_alone(home):
    found = look_up(home, "ALLOWED_HOSTS", "HOST", "DEBUG", "IS_EMBEDDED", "BEHIND_HTTPS")
    assert found == {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "HOST": "127.0.0.1",
        "DEBUG": False,
        "IS_EMBEDDED": True,
        "BEHIND_HTTPS": False,
    }


def test_the_key_of_an_embedded_archive_is_kept(home):
    first = look_up(home, "SECRET_KEY")
    assert look_up(home, "SECRET_KEY") == first
    assert look_up(home, "SECRET_KEY", SECRET_KEY=SERVER["SECRET_KEY"]) != first


def test_a_server_keeps_cookies_to_https_and_this_host(home):
    found = look_up(
        home,
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_PRELOAD",
        **SERVER,
    )
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_PRELOAD": None,
    }


def test_a_forwarded_scheme_is_believed_only_where_a_proxy_is_trusted(home):
    names = ("SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT")
    assert look_up(home, *names, **SERVER) == {names[0]: None, names[1]: False}
    assert look_up(home, *names, **SERVER, TRUST_PROXY="1") == {
        names[0]: ["HTTP_X_FORWARDED_PROTO", "https"],
        names[1]: True,
    }


def test_web_requests_are_limited_and_the_limits_are_known_to_postgresql(db):
    from django.db import connection

    with connection.cursor() as cursor:
        for limit in re.findall(r"-c (\w+)=(\d+)", wsgi.LIMITS):
            cursor.execute("SELECT set_config(%s, %s, true)", limit)
            assert cursor.fetchone()[0]
