"""What has not changed is not made again: conditional answers, and pages kept for all readers."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import get_language

from statements.models import Revision, current_revision
from statements.models.permalinks import without_language

# Curation is for one person's eyes, static files and dumps have their own headers, whoever asks for
# health wants to know now, dumps are made without a change of the archive, and what somebody
# follows is told to nobody else.
NOT_SHARED = (
    "/admin/",
    "/static/",
    "/healthz",
    "/readyz",
    "/about/data/",
    "/about/design/",
    "/follow/",
)
MAX_KEPT = 1_000_000  # bytes of a page
Answer = Callable[[HttpRequest], HttpResponse]


def answer_if_changed(get_response: Answer) -> Answer:
    """Answers 304 where the reader has the page of this revision, before anything is looked up.

    The entity tag is of the archive's revision, the release, the language and the day (pages say
    what happened on this day); Last-Modified is when one of these last changed. Whoever is signed
    in is always answered in full. A page that somebody asked for since the archive last changed is
    taken from where it was kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not _is_shared(request):
            return _asked_anew(get_response(request))
        revision = current_revision()
        etag, changed_at = _etag(revision), _changed_at(revision)
        state = f"{revision.era} {etag}"
        _ignore_other_instants(request, changed_at)
        unchanged = get_conditional_response(request, etag=etag, last_modified=changed_at)
        known = unchanged or _kept(request, state)
        response = get_response(request) if known is None else known
        is_private = "no-store" in response.get("Cache-Control", "")
        if response.status_code in (200, 304) and not response.cookies and not is_private:
            _tell_state(response, etag, changed_at)
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
            if known is None and response.status_code == 200:
                _keep(request, state, response)
        return _asked_anew(response)

    return answer


def _asked_anew(response: HttpResponse) -> HttpResponse:
    """Has a permanent redirect checked each time: browsers keep it for good, a merge is undone."""
    if response.status_code == 301:
        patch_cache_control(response, max_age=0, must_revalidate=True)
    return response


def _is_shared(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not without_language(request.path).startswith(NOT_SHARED)
    )


def _etag(revision: Revision) -> str:
    day = datetime.now(UTC).date()
    return f'W/"{revision.number}-{settings.RELEASE}-{get_language()}-{day}"'


def _changed_at(revision: Revision) -> int | None:
    """The second at which the archive, the release or the day last changed, in seconds since 1970.

    None until it is over, since the archive may change again within it.
    """
    now = datetime.now(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    moved_at = revision.moved_at.timestamp() if revision.moved_at else 0.0
    changed_at = ceil(max(moved_at, settings.RELEASED_AT, midnight))
    return changed_at if changed_at <= now.timestamp() else None


def _ignore_other_instants(request: HttpRequest, changed_at: int | None) -> None:
    """Has only the very instant that was told answered as unchanged.

    An archive that was restored from a backup last changed before instants that it told already.
    """
    told = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    if told is None or told != changed_at:
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)


def _tell_state(response: HttpResponse, etag: str, changed_at: int | None) -> None:
    """Says which state of the archive an answer is of, unless it was kept together with that."""
    if "ETag" in response:
        return
    response["ETag"] = etag
    if changed_at:
        response["Last-Modified"] = http_date(changed_at)


def _kept(request: HttpRequest, state: str) -> HttpResponse | None:
    """The page as it was made for somebody else, in the same state of the archive."""
    if not _may_keep(request):
        return None
    found = caches["pages"].get(_key(request, state))
    return None if found is None else HttpResponse(found[0], headers=found[1])


def _keep(request: HttpRequest, state: str, response: HttpResponse) -> None:
    if _may_keep(request) and not response.streaming and len(response.content) <= MAX_KEPT:
        kept = (response.content, dict(response.headers))
        caches["pages"].set(_key(request, state), kept)


def _may_keep(request: HttpRequest) -> bool:
    """Whether a page depends on nothing but its address: not on a message meant for one reader."""
    is_nobody = request.COOKIES.keys() <= {settings.CSRF_COOKIE_NAME}
    return request.method == "GET" and is_nobody and not settings.DEBUG


def _key(request: HttpRequest, state: str) -> str:
    """Of the address as it was sent: to write it anew would make one of two."""
    query = request.META.get("QUERY_STRING", "")
    is_packed = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    told = repr((state, request.scheme, request.get_host(), request.path, query, is_packed))
    return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()
