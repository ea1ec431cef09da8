"""No page weighs more than 100 KB as it is sent: its markup, its style sheets and its scripts."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

DEMONSTRATION = settings.BASE_DIR / "statements" / "archives" / "demonstration.jsonl"
KEY = "2024-01-19-jilani-amir-abdollahian"
N_BYTES = 100_000
PAGES = (
    "/",
    "/statements/",
    f"/statements/{KEY}/",
    "/officials/",
    "/officials/jalil-abbas-jilani/",
    "/countries/",
    "/countries/pk/",
    "/organizations/foreign-office-pakistan/",
    "/posts/foreign-minister-of-pakistan/",
    "/events/jilani-amir-abdollahian-call-2024-01/",
    "/articles/reconstruction-pakistan-and-iran-after-the-strikes/",
    "/topics/de-escalation/",
    "/between/pk/ir/",
    "/network/",
    "/map/",
    "/calendar/2024/",
    "/calendar/2024-01/",
    "/countries/pk/2024/",
    "/follow/?from=pk",
    "/search/?q=pakistan",
    "/about/",
    "/about/data/",
    "/api/v1/docs/",
)
SENT_WITH_IT = re.compile(
    r'<link rel="stylesheet" href="/static/([^"]+)"|<script src="/static/([^"]+)"'
)

pytestmark = pytest.mark.django_db


@cache
def packed(path):
    """How many bytes of a static file go over the line."""
    return len(gzip.compress(Path(finders.find(path)).read_bytes()))


def weight(client, path):
    """The bytes of a page, of its style sheets and of its scripts, packed where sent so."""
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200, path
    is_packed = response.get("Content-Encoding") == "gzip"
    html = (gzip.decompress(response.content) if is_packed else response.content).decode()
    files = {style or script for style, script in SENT_WITH_IT.findall(html)}
    assert len(files) > 2, path
    return len(response.content) + sum(map(packed, files))


def test_no_page_is_too_heavy(client):
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)
    call_command("make_sample", "--statements", "120")
    weights = {path: weight(client, path) for path in PAGES}
    assert {path: n for path, n in weights.items() if n > N_BYTES} == {}


def test_weight_counts_markup_style_sheets_and_scripts(client):
    response = client.get("/about/", headers={"Accept-Encoding": "gzip"})
    parts = packed("css/site.css") + packed("js/suggest.js")
    assert weight(client, "/about/") > len(response.content) + parts
