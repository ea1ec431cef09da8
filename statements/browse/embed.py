"""A statement for other sites: the page in their frame, the code to copy, and oEmbed.

https://oembed.com/
"""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Article, Statement
from statements.models.permalinks import without_language
from statements.vocabulary import Status

from .errors import Fault, answer, not_found
from .reports import reports_of

PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN)
WIDTH, NARROW = 600, 400  # a frame as wide as its place may be on a phone
MIN_HEIGHT, MAX_HEIGHT = 360, 640
# What words take of the frame: so many pixels a line, a letter, and around them all.
LINE, LETTER, AROUND = 29, 10, 330
N_CHARACTERS, N_TITLE = 600, 120
PICTURE_WIDTH, PICTURE_HEIGHT = 1200, 630  # as the template draws it
CACHE_AGE = 3600
SHOWN_AT = ("statement", "statement-embed")


@require_safe
def embed(request: HttpRequest, key: str) -> HttpResponse:
    """Shows one statement in the frame of another site."""
    found = Statement.objects.with_related().filter(key=key, status__in=PUBLIC).order_by().first()
    if found is None:
        return render(request, "browse/embed.html", status=404)
    permalink = request.build_absolute_uri(found.get_absolute_url())
    context = {"statement": found, "permalink": permalink}
    if not found.is_published:
        return render(request, "browse/embed.html", context, status=410)
    return render(request, "browse/embed.html", context | {"reports": reports_of(found)})


def embed_code(
    statement: Statement, permalink: str, *, width: int | None = None, height: int | None = None
) -> str:
    """The HTML to copy: the words in the host page's own text, then the frame.

    The frame is as wide as its place where no width is asked for.
    """
    reports = reports_of(statement)
    context = {
        "statement": statement,
        "permalink": permalink,
        "outlet": outlet_of(reports[0].article) if reports else "",
        "width": width or "100%",
        "height": height or height_of(statement, width or NARROW),
    }
    return render_to_string("components/embed_code.html", context).strip()


def outlet_of(article: Article) -> str:
    """Who reports it: of what retells a report, the outlet of that report."""
    return (article.based_on or article).outlet.name


def height_of(statement: Statement, width: int) -> int:
    """How high a frame holds the statement; what is longer scrolls within it."""
    n_lines = min(len(statement.text), N_CHARACTERS) * LETTER // width + 1
    return max(MIN_HEIGHT, min(MAX_HEIGHT, AROUND + n_lines * LINE))


def oembed_url(request: HttpRequest, permalink: str) -> str:
    """Where a statement's page says that its embed is described."""
    asked = urlencode({"url": permalink, "format": "json"})
    return request.build_absolute_uri(f"{reverse('oembed')}?{asked}")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Describes the embed of the statement whose address is given, as JSON."""
    response = _described(request)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _described(request: HttpRequest) -> HttpResponse:
    if request.GET.get("format", "json") != "json":
        fault = Fault(501, "not_implemented", _("Embeds are described in JSON alone."))
        return answer(request, fault)
    try:
        width, height = _limit(request, "maxwidth"), _limit(request, "maxheight")
    except ValueError:
        fault = Fault(400, "bad_request", _("A greatest width or height is a number of pixels."))
        return answer(request, fault)
    if not request.GET.get("url"):
        return answer(request, Fault(400, "bad_request", _("Say which page: url=…")))
    found = _statement_at(request, request.GET["url"])
    if found is None:
        return not_found(request)
    if not found.is_published:
        return answer(request, Fault(410, "withdrawn", found.withdrawal_reason))
    return JsonResponse(_description(request, found, width, height))


def _limit(request: HttpRequest, name: str) -> int | None:
    """A number of pixels; raises ValueError for what is none."""
    told = request.GET.get(name) or None
    if told is None:
        return None
    if not (told.isascii() and told.isdigit() and 0 < len(told) < 10 and int(told)):
        raise ValueError(name)
    return int(told)


def _statement_at(request: HttpRequest, url: str) -> Statement | None:
    """The public statement that an address of this archive shows."""
    try:
        parts = urlsplit(url)
        shown = resolve(without_language(parts.path))
    except (ValueError, Resolver404):
        return None
    is_ours = parts.scheme in ("http", "https") and parts.netloc.lower() == request.get_host()
    if not is_ours or shown.url_name not in SHOWN_AT:
        return None
    rows = Statement.objects.with_related().filter(key=shown.kwargs["key"], status__in=PUBLIC)
    return rows.order_by().first()


def _description(
    request: HttpRequest, statement: Statement, width: int | None, height: int | None
) -> dict[str, Any]:
    """The fields of oEmbed 1.0, section 2.3.4, for the type `rich`."""
    permalink = request.build_absolute_uri(statement.get_absolute_url())
    thumbnail = _thumbnail(permalink, width, height)
    width = min(width or WIDTH, WIDTH)
    height = min(height_of(statement, width), height or MAX_HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "title": _title(statement),
        "author_name": ", ".join(party.name for party in statement.speakers),
        "provider_name": _("Demarche"),
        "provider_url": request.build_absolute_uri(reverse("home")),
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": embed_code(statement, permalink, width=width, height=height),
        **thumbnail,
    }


def _thumbnail(permalink: str, width: int | None, height: int | None) -> dict[str, Any]:
    """The picture of the statement, where it is no larger than what was asked for."""
    if (width or PICTURE_WIDTH) < PICTURE_WIDTH or (height or PICTURE_HEIGHT) < PICTURE_HEIGHT:
        return {}
    return {
        "thumbnail_url": f"{permalink}preview.png",
        "thumbnail_width": PICTURE_WIDTH,
        "thumbnail_height": PICTURE_HEIGHT,
    }


def _title(statement: Statement) -> str:
    return Truncator(" ".join(statement.text[:N_CHARACTERS].split())).chars(N_TITLE)
