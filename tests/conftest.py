"""Keeps the tests' own PostgreSQL up while pytest runs, in every process of pytest-xdist too."""

import os

import pytest
from django.conf import settings
from django.test import TransactionTestCase

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
def migrated(request, monkeypatch):
    """Leaves, after a test that commits, what the migrations had brought, and no more."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        kept = request.getfixturevalue("kept")
        # Django's own way takes a second a test: it truncates, and has everyone told of it.
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: kept.put_back())
        request.getfixturevalue("transactional_db")
