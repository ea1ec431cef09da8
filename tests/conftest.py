"""Keeps the tests' own PostgreSQL up while pytest runs, in every process of pytest-xdist too."""

import os

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as examples

from archive import embedded

# The browser's driver runs an event loop in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine takes its time over any example; what must be quick is measured where it says so.
examples.register_profile("unhurried", examples.default, deadline=None)
examples.load_profile("unhurried")

NEED_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """More workers than processors: a third of the time they wait for browsers and servers."""
    n_processors = os.cpu_count() or 1
    return n_processors + (n_processors + 1) // 2


def pytest_configure(config: pytest.Config) -> None:
    if settings.configured:
        embedded.enter(is_durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    if settings.configured:
        embedded.leave()


@pytest.hookimpl(tryfirst=True)  # before a choice is made by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not NEED_DATABASE.isdisjoint(names):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker):
    """Keeps aside what the migrations bring, for tests that commit to leave no more and no less."""
    from tests import as_migrated  # needs the applications loaded

    with django_db_blocker.unblock():
        as_migrated.keep()
    # Django's own way costs a second a test: it truncates, and has everyone told of it.
    TransactionTestCase._fixture_teardown = lambda case: as_migrated.put_back()


@pytest.fixture(autouse=True)
def migrated(request):
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("kept")
