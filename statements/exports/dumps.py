"""The files of dumps."""

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
    known = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = known or FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/gzip"
    )
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=AGE, immutable=True)
    return response
