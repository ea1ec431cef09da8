"""Schemathesis asks whatever the schema allows, and what it does not."""

from collections import Counter
from http import HTTPStatus

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from statements.api.answers import json_answer

pytestmark = pytest.mark.django_db

SIGNALS = (request_started, request_finished)
CONFIG = {
    "workers": 1,
    "seed": 1,
    "continue-on-failure": True,
    "phases": {"stateful": {"enabled": False}},  # nothing can be made, and nothing deleted
    "checks": {
        # Any text may be a slug, and one that names nothing is refused: see the contract.
        "positive_data_acceptance": {"enabled": False},
        # A query may be too long before it is wrong.
        "negative_data_rejection": {"expected-statuses": [400, 404, 405, 414]},
    },
}


@pytest.fixture
def described(demonstration, settings, request):
    """The schema and the application, asked from another thread within the test's transaction."""
    settings.API_REQUESTS_PER_MINUTE = 0
    application, shared = get_wsgi_application(), connections[connection.alias]

    def answer(environ, start_response):
        connections[connection.alias] = shared
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # the client of WSGI applications unpacks nothing
        return application(environ, start_response)

    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    shared.inc_thread_sharing()
    generation = {"max-examples": getattr(request, "param", 10), "database": "none"}
    config = SchemathesisConfig.from_dict(CONFIG | {"generation": generation})
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", answer, config=config)
    shared.dec_thread_sharing()
    for signal in SIGNALS:
        signal.connect(close_old_connections)


def is_allowed(check, query):
    """An empty value is, as the schema says of every parameter; the check does not read that."""
    values = [
        one for told in query.values() for one in (told if isinstance(told, list) else [told])
    ]
    return check == "negative_data_rejection" and "" in values


def run(described):
    """What it found, and how many answers it had of each status."""
    found, statuses = [], Counter()
    for event in from_schema(described).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            recorder = event.recorder
            answers = [told.response for told in recorder.interactions.values() if told.response]
            statuses.update(answer.status_code for answer in answers)
            found += [
                f"{recorder.cases[case].value.as_curl_command()}: {check.name}"
                for case, checks in recorder.checks.items()
                for check in checks
                if check.status != Status.SUCCESS
                and not is_allowed(check.name, recorder.cases[case].value.query or {})
            ]
    return found, statuses


@pytest.mark.parametrize(
    "described", [10, pytest.param(300, marks=pytest.mark.slow)], indirect=True, ids=str
)
def test_it_finds_nothing(described):
    found, statuses = run(described)
    assert found == []
    assert statuses[HTTPStatus.OK] > 100
    assert statuses[HTTPStatus.BAD_REQUEST] > 200
    assert {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED} <= statuses.keys()


@pytest.mark.parametrize("told", ["not a page", {"count": "many"}])
def test_it_would_find_a_fault(described, monkeypatch, told):
    """The control: one address that does not keep to the schema."""
    monkeypatch.setattr("statements.api.lists.list_answer", lambda *asked: json_answer(told))
    [name] = [path for path in described.raw_schema["paths"] if path.endswith("/topics/")]
    found, _statuses = run(described.include(path=name))
    assert found
