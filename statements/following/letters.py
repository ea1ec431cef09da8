"""Writing the mails: plain text and HTML of one content, in the follower's language."""

from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Following, Mail, Statement
from statements.models.following import DAYS, Interval, MailKind, MailState, on_one_line

from .asking import CONFIRMED_WITHIN, N_SEARCHES
from .links import absolute, confirm_url, end_url, mine_url
from .searches import title_of, title_without_words, told_statements

N_TITLE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a mail tells it, and its full address."""

    statement: Statement
    url: str


def letter(mail: Mail) -> EmailMultiAlternatives | None:
    """A mail as it is handed over; None when it has nothing to say any more.

    Statements that were withdrawn since are left out.
    """
    with translation.override(_known(mail.follower.language)):
        context = _context(mail)
        if context is None:
            return None
        name = f"mail/{mail.kind}"
        message = EmailMultiAlternatives(
            subject=_subject(mail, context),
            body=render_to_string(f"{name}.txt", context).strip() + "\n",
            to=[mail.follower.address],
            headers=_headers(mail),
        )
        message.attach_alternative(render_to_string(f"{name}.html", context).strip(), "text/html")
        return message


def _known(language: str) -> str:
    """The language, or the archive's own where it is not spoken any more."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _context(mail: Mail) -> dict[str, Any] | None:
    """What the templates say; None where nothing is left to tell."""
    context: dict[str, Any] = {
        "mine_url": mine_url(mail.follower.code),
        "site_url": absolute(reverse("home")),
        "about_url": f"{absolute(reverse('about'))}#following",
        "n_searches": N_SEARCHES,
    }
    following = mail.following
    if following is None:
        return context
    context |= _search(following)
    if mail.kind == MailKind.CONFIRMATION:
        return None if following.confirmed_at else context | _confirmation(following)
    if mail.kind == MailKind.NEWS:
        news = _news(mail, context["search_url"])
        return context | news if news["told"] else None
    return context


def _search(following: Following) -> dict[str, Any]:
    path = reverse("statements")
    return {
        "title": title_of(following.query),
        "search_url": absolute(f"{path}?{following.query}" if following.query else path),
        "note": following.note,
        "interval": following.interval,
        "n_days": DAYS[Interval.of(following.interval)],
        "end_url": end_url(following.code),
    }


def _confirmation(following: Following) -> dict[str, Any]:
    """What an address is told that may not have asked: no words but the archive's own.

    Else anybody could have any words sent to anybody.
    """
    return {
        "title": title_without_words(following.query),
        "has_words": "q" in QueryDict(following.query),
        "note": "",
        "confirm_url": confirm_url(following.code),
        "n_days_to_confirm": CONFIRMED_WITHIN.days,
    }


def _news(mail: Mail, search_url: str) -> dict[str, Any]:
    told = [Told(row, absolute(row.get_absolute_url())) for row in told_statements(mail.statements)]
    # Of what was found, less what was withdrawn since.
    n = max(mail.n_found - len(mail.statements), 0) + len(told)
    joint = "&" if "?" in search_url else "?"
    return {
        "told": told,
        "n": n,
        "n_more": n - len(told),
        "added_url": f"{search_url}{joint}sort=added",
        "lost": _perhaps_lost(mail),
    }


def _perhaps_lost(mail: Mail) -> Mail | None:
    """The mail before this one, where it may not have arrived."""
    before = Mail.objects.filter(
        following=mail.following, kind=MailKind.NEWS, pk__lt=mail.pk
    ).order_by("-pk")
    last = before.first()
    return last if last and last.state == MailState.UNSURE else None


def _subject(mail: Mail, context: dict[str, Any]) -> str:
    """One printable line, in which a search that somebody typed cannot begin another header."""
    if mail.kind == MailKind.CONFIRMATION:
        told = _("Do you want to follow statements in Demarche?")
    elif mail.kind == MailKind.KNOWN:
        told = _("You follow this search in Demarche already")
    elif mail.kind == MailKind.FULL:
        told = _("You follow as many searches in Demarche as one can")
    elif mail.kind == MailKind.LOST:
        told = _("A search that you follow means nothing any more")
    else:
        told = ngettext("%(n)d new: %(title)s", "%(n)d new: %(title)s", context["n"]) % {
            "n": context["n"],
            "title": context["title"],
        }
    return Truncator(" ".join(on_one_line(told).split())).chars(N_TITLE_CHARACTERS)


def _headers(mail: Mail) -> dict[str, str]:
    """RFC 3834 (sent by a program), RFC 2919 (of which list) and RFC 8058 (ended by one click)."""
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<{mail.message_id}@{host}>",
        "Date": format_datetime(mail.made_at),
        "Auto-Submitted": "auto-generated",
    }
    if mail.following is None or mail.kind not in (MailKind.NEWS, MailKind.LOST):
        return headers
    headers["List-Id"] = f"<followed-{mail.following_id}.{host}>"
    headers["List-Unsubscribe"] = f"<{end_url(mail.following.code)}>"
    if settings.SITE_URL.startswith("https://"):  # mail programs click at nothing else
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
