"""Settings read from the environment, strictly: a bad value is an error that names the variable."""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BOOLEANS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)
# libpq's own names (PostgreSQL 18 documentation, section 32.1.2) that a URL may carry.
CONNECTION_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "host",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "port",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


def text(name: str, default: str = "") -> str:
    """Returns the variable; one that is set to nothing counts as unset."""
    return os.environ.get(name, "").strip() or default


def required(name: str, accepted: str) -> str:
    """Returns the variable, or raises ImproperlyConfigured saying what it should hold."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Beside DATABASE_URL it is required: {accepted}."
        )
    return value


def boolean(name: str, *, default: bool) -> bool:
    """Returns the variable as a truth value: 1/0, true/false, yes/no or on/off."""
    value = text(name)
    if not value:
        return default
    try:
        return BOOLEANS[value.lower()]
    except KeyError:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Accepted: 1 or 0, true or false, yes or no, on or off."
        ) from None


def integer(name: str, *, default: int, least: int, most: int) -> int:
    """Returns the variable as a whole number within its bounds."""
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Accepted: a whole number from {least} to {most}."
        )
    return int(value)


def names(name: str, value: str, pattern: re.Pattern[str], accepted: str) -> list[str]:
    """Splits a comma-separated value, each part of which fits the pattern."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    for part in parts:
        if not pattern.fullmatch(part):
            raise ImproperlyConfigured(f"{name} holds {part!r}. Accepted: {accepted}.")
    return parts


def hosts(name: str, default: str) -> list[str]:
    """Returns the host names that the archive answers to; a leading dot takes in subdomains."""
    accepted = "host names without scheme or port, comma-separated, such as archive.example.org"
    return names(name, text(name, default) or required(name, accepted), HOST, accepted)


def origins(name: str) -> list[str]:
    """Returns the origins that forms may be sent from, beside the archive's own."""
    accepted = "origins, comma-separated, such as https://archive.example.org"
    return names(name, text(name), ORIGIN, accepted)


def secret(name: str) -> str:
    """Returns a key that signs sessions: long and varied enough not to be guessed."""
    accepted = "50 random characters or more, as `openssl rand -base64 48` prints them"
    value = required(name, accepted)
    if len(value) < 50 or len(set(value)) < 5:
        raise ImproperlyConfigured(f"{name} is too short or too plain. Accepted: {accepted}.")
    return value


def database(name: str, value: str) -> dict[str, Any]:
    """Reads a PostgreSQL URL into Django's form.

    Accepted are `postgresql://user:password@host:port/name?sslmode=require` and, for a socket,
    `postgresql:///name?host=/folder`. Parts may be percent-encoded.
    """
    try:
        url = urlsplit(value)
        query = dict(parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query)))
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL: {error}.") from None
    if url.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{name} does not begin with postgresql:// or postgres://.")
    database_name = unquote(url.path.removeprefix("/"))
    if not database_name or "/" in database_name:
        raise ImproperlyConfigured(f"{name} names no database after the host.")
    if unknown := sorted(query.keys() - CONNECTION_OPTIONS):
        raise ImproperlyConfigured(f"{name} has an unknown option: {', '.join(unknown)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", "") or unquote(url.hostname or ""),
        "PORT": query.pop("port", "") or str(port or ""),
        "OPTIONS": query,
    }


def kept_secret(path: Path) -> str:
    """Returns the secret in the file, which is made, for its owner alone, when it is not there."""
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(64))
    kept = path.read_text(encoding="ascii").strip()
    if len(kept) < 50:
        raise ImproperlyConfigured(f"SECRET_KEY: {path} is damaged. Remove it to have a new one.")
    return kept


def _write_once(path: Path, content: str) -> None:
    """Writes a whole file that is not there yet; of two writers at once the first wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def with_options(options: Mapping[str, Any], addition: str) -> dict[str, Any]:
    """Adds run-time parameters of PostgreSQL to what `options` already sets."""
    return {**options, "options": f"{options.get('options', '')} {addition}".strip()}
