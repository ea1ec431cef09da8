"""The demonstration archive, asked as programs ask."""

import pytest
from django.conf import settings
from django.core.management import call_command

DEMONSTRATION = settings.BASE_DIR / "statements" / "archives" / "demonstration.jsonl"


@pytest.fixture
def demonstration(db):
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)


@pytest.fixture
def get(client):
    """Asks for an address under /api/v1/, or for a full one; gives the status and the JSON."""

    def answer(path, **headers):
        response = client.get(path_of(path), headers=headers)
        return response.status_code, response.json()

    return answer


def path_of(address):
    address = address.removeprefix("http://testserver")
    return address if address.startswith("/") else f"/api/v1/{address}"
