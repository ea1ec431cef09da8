"""Keeps the tests' own PostgreSQL up while pytest runs, in every process of pytest-xdist too."""

import os

import pytest
from django.conf import settings

from archive import embedded

# The browser's driver runs an event loop in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    if settings.configured:
        embedded.enter(is_durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    if settings.configured:
        embedded.leave()


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker):
    """A copy of what the migrations bring."""
    from tests import as_migrated  # needs the applications loaded

    with django_db_blocker.unblock():
        as_migrated.keep()
    return as_migrated


@pytest.fixture(autouse=True)
def migrated(request):
    """Puts back, before a test that commits, what others before it swept away."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        kept = request.getfixturevalue("kept")
        request.getfixturevalue("transactional_db")
        kept.put_back()
