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
