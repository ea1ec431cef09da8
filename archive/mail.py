"""Where mails are handed over, read from the environment as strictly as all else."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import environment

SECONDS_TO_WAIT = 20
PORTS = {"smtp": 587, "smtps": 465}
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
NAMED = re.compile(r"(?P<name>[^<>\"@,;:\\\x00-\x1f\x7f]+?)\s*<(?P<mailbox>[^<>]+)>")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, and how it is spoken to."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    is_starttls: bool = False
    is_ssl: bool = False


def server(name: str, value: str) -> Server:
    """Reads `smtp://user:password@host:587` or `smtps://...`.

    `smtp` begins plain and goes on encrypted (STARTTLS), or not at all; only `?tls=off` leaves it
    plain, and then no password is sent. `smtps` is encrypted from the first byte.
    """
    try:
        url = urlsplit(value)
        options = dict(parse_qsl(url.query, strict_parsing=bool(url.query)))
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL: {error}.") from None
    if url.scheme not in PORTS:
        raise ImproperlyConfigured(f"{name} does not begin with smtp:// or smtps://.")
    if not url.hostname or url.path.strip("/") or url.fragment:
        raise ImproperlyConfigured(f"{name} has to name a host, and no path after it.")
    if options and (options.keys() != {"tls"} or options["tls"] != "off" or url.scheme == "smtps"):
        raise ImproperlyConfigured(f"{name} takes one option, with smtp:// alone: tls=off.")
    is_plain = bool(options)
    if is_plain and url.password:
        raise ImproperlyConfigured(f"{name} would send a password in the clear: leave out tls=off.")
    if bool(url.username) != bool(url.password):
        raise ImproperlyConfigured(f"{name} needs both a user name and a password, or neither.")
    return Server(
        unquote(url.hostname),
        port or PORTS[url.scheme],
        unquote(url.username or ""),
        unquote(url.password or ""),
        is_starttls=url.scheme == "smtp" and not is_plain,
        is_ssl=url.scheme == "smtps",
    )


def sender(name: str, value: str, *, is_needed: bool) -> str:
    """Reads the address that mails come from, perhaps with a name before it."""
    if not value and not is_needed:
        return ""
    named = NAMED.fullmatch(value)
    if not MAILBOX.fullmatch(named["mailbox"] if named else value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Accepted: archive@example.org or Demarche <archive@example.org>."
        )
    return value


def site(name: str, value: str, hosts: list[str], *, is_needed: bool, is_https: bool) -> str:
    """Reads the address of the archive itself, to which links in mails lead."""
    if not value and not is_needed:
        return ""
    accepted = "an address without a path, such as https://archive.example.org"
    origins = environment.names(name, value, environment.ORIGIN, accepted)
    origin = origins[0] if len(origins) == 1 else ""
    host = urlsplit(origin).hostname or ""
    if not host or "*" in host:
        raise ImproperlyConfigured(f"{name} is {value!r}. Accepted: {accepted}.")
    if not any(_is_of(host, allowed) for allowed in hosts):
        raise ImproperlyConfigured(f"{name} has the host {host}, which ALLOWED_HOSTS does not.")
    if is_https and not origin.startswith("https://"):
        raise ImproperlyConfigured(f"{name} has to begin with https://, as BEHIND_HTTPS is on.")
    return origin


def _is_of(host: str, allowed: str) -> bool:
    if allowed.startswith("."):
        return host == allowed[1:] or host.endswith(allowed)
    return host.lower() == allowed.lower()
