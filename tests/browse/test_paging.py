"""Lists in order of day read as much of an index as they show."""

import pytest
from django.db import connection

from statements.models import Article, Event
from statements.search.lists import LATEST, dated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rows", "column", "index"),
    [
        (Article.objects.all(), "published_on", "article_latest"),
        (Article.objects.filter(outlet=1), "published_on", "article_of_outlet"),
        (Event.objects.all(), "started_on", "event_latest"),
    ],
)
def test_it_works(rows, column, index):
    page = dated(rows, column).order_by(*LATEST._order_by(is_back=False))[:50]
    with connection.cursor() as cursor:
        for way in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
            cursor.execute(f"SET LOCAL {way} = off")
    assert index in page.explain()
