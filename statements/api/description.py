"""The schema of the API in OpenAPI 3.1, generated from its operations."""

import json
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from .interface import api

LIMITS = {
    "RateLimit-Policy": _("How many requests an address may make in how many seconds."),
    "RateLimit": _("How many are left (r), and the seconds until all are there again (t)."),
}
VALIDATORS = {
    "ETag": _("Changes when anything public does; send it as If-None-Match."),
    "Last-Modified": _("When anything public last changed; send it as If-Modified-Since."),
}
HEADERS = {
    "200": LIMITS | VALIDATORS,
    "304": LIMITS | VALIDATORS,
    "429": LIMITS | {"Retry-After": _("The seconds until a request is answered again.")},
}
# What a status means here, where HTTP's own words for it say too little.
MEANINGS = {
    "200": _("What was asked for."),
    "301": _("It goes by another name, or is written in lower case: see Location."),
    "304": _("Nothing public has changed since."),
    "400": _("Parameters that mean nothing; fields says which, and why."),
    "404": _("There is nothing public at this address."),
    "410": _("It was withdrawn; the message says why."),
    "414": _("The query is longer than 8192 bytes."),
    "429": _("Too many requests from this address."),
    "503": _("The archive is away for a moment, or the question is too wide (too_wide)."),
}


@cache
def openapi() -> dict[str, Any]:
    """The schema as JSON has it."""
    generated = api.get_openapi_schema(path_prefix=reverse("api-v1:api-root"))
    told: dict[str, Any] = json.loads(json.dumps(generated))
    del told["servers"]
    for methods in told["paths"].values():
        for status, response in methods["get"]["responses"].items():
            response["description"] = MEANINGS[status]
            if names := HEADERS.get(status):
                response["headers"] = {name: _header(text) for name, text in names.items()}
    return told


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}
