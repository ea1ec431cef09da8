import pytest
from django.db import transaction

from tests.search.world import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A small archive, made once for the tests of a module and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
