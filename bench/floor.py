"""The floor: the SQL that a page sends, sent once more through psycopg and nothing else."""

import json
import subprocess
import sys
import time

import psycopg

from .archives import ROOT, Archive

# Run inside Django, on the archive's own settings: which SQL does each page send?
LISTEN = """
import json, sys
import django
django.setup()
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(HTTP_HOST="localhost")
client.get("/about/")
told = []
for path in json.load(sys.stdin):
    cache.clear()  # what was kept sends nothing
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    sent = [query["sql"].lstrip() for query in queries]
    told.append([sql for sql in sent if sql.startswith(("SELECT", "WITH"))])
json.dump(told, sys.stdout)
"""


def dsn(archive: Archive) -> str:
    """How psycopg reaches the archive's embedded database."""
    told = subprocess.run(
        [sys.executable, "-c", "from archive.settings import DATABASES; d = DATABASES['default'];"
         "print(f\"host={d['HOST']} user={d['USER']} dbname={d['NAME']}\")"],
        cwd=ROOT, env=archive.environment, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    return told.strip()


def measure(archive: Archive, paths: list[str]) -> list[float]:
    """Seconds of the SQL of each page, all of its queries one after the other, the second time."""
    environment = {**archive.environment, "DJANGO_SETTINGS_MODULE": "archive.settings"}
    listened = subprocess.run(
        [sys.executable, "-c", LISTEN],
        cwd=ROOT, env=environment, check=True, input=json.dumps(paths), stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    with psycopg.connect(dsn(archive), autocommit=True) as connection:
        return [_seconds(connection, queries) for queries in json.loads(listened.stdout)]


def _seconds(connection: psycopg.Connection, queries: list[str]) -> float:
    for _warm in range(2):
        started = time.perf_counter()
        for query in queries:
            connection.execute(query).fetchall()
    return time.perf_counter() - started
