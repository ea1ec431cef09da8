import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from statements.interchange.snapshot import snapshot
from statements.models import Topic
from tests.factories import make_topic


def shown(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
class TestAlone:
    def test_it_reads_one_state(self):
        with snapshot():
            assert shown("transaction_isolation") == "repeatable read"
            assert Topic.objects.count() == 0

    def test_it_writes_nothing(self):
        with pytest.raises(InternalError, match="read-only"), snapshot():
            make_topic()

    def test_its_limits_are_its_own(self):
        before = shown("statement_timeout"), shown("idle_in_transaction_session_timeout")
        with snapshot(work="60s", idle="30s"):
            assert shown("statement_timeout") == "1min"
            assert shown("idle_in_transaction_session_timeout") == "30s"
        assert before == (shown("statement_timeout"), shown("idle_in_transaction_session_timeout"))


@pytest.mark.django_db
def test_within_another_transaction_its_state_is_read():
    with transaction.atomic():
        make_topic()
        with snapshot():
            assert Topic.objects.count() == 1
