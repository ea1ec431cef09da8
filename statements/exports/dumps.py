"""The files of dumps."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from statements.interchange.dumps import dump_file

AGE = 365 * 24 * 3600  # a file is never written anew under its name


@require_safe
def dump(request: HttpRequest, name: str) -> HttpResponseBase:
    """Sends a file of a dump, which its checksum names."""
    found = dump_file(name)
    if found is None:
        raise Http404
    path, file = found
    etag = f'"{file.sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _sent(path, name)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=AGE, immutable=True)
    return response


def _sent(path: Path, name: str) -> FileResponse:
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:  # a newer dump took its place a moment ago
        raise Http404 from error
    return FileResponse(opened, as_attachment=True, filename=name, content_type="application/gzip")
