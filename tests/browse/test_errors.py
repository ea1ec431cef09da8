import pytest
from django.db import DataError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from psycopg import errors as pg

from statements.browse import errors
from statements.models import Redirect, Renamed
from tests.factories import make_official

ROUND_TRIPS = RequestFactory()


@pytest.fixture
def database_away(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.mark.django_db
def test_it_works(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing at this address." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere.json", "/api/v1/nowhere/"])
def test_programs_are_answered_in_json(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/statements/", "/statements.json", "/search/?q=trust"])
def test_what_is_for_reading_is_not_written_to(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("path", ["/?q=%00", "/statements/?from=pk%00"])
def test_nul_is_refused(path):
    response = Client().get(path)
    assert response.status_code == 400
    assert "cannot be understood" in response.content.decode()


def test_nul_in_the_path_is_refused():
    assert Client().get("/statements/%00/").status_code == 400


def test_too_long_a_query_is_refused():
    response = Client().get("/statements/?q=" + "x" * 8191)
    assert response.status_code == 414


@pytest.mark.django_db
def test_a_query_of_eight_kilobytes_is_answered(client):
    assert client.get("/statements/?q=" + "x" * (8192 - 2)).status_code == 200


def test_a_database_that_is_away_is_said_to_be_away_for_a_moment(database_away):
    response = Client(raise_request_exception=False).get("/statements/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "away for a moment" in response.content.decode()


def test_health_needs_no_database(database_away):
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
def test_it_is_ready_while_the_database_answers(client):
    assert client.get("/readyz").status_code == 200


def caused_by(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "is_passing"),
    [
        (InterfaceError("connection already closed"), True),
        (OperationalError("connection refused"), True),
        (caused_by(OperationalError(), pg.QueryCanceled()), True),
        (caused_by(InternalError(), pg.ReadOnlySqlTransaction()), True),
        (caused_by(OperationalError(), pg.DiskFull()), True),
        (caused_by(DataError(), pg.NumericValueOutOfRange()), False),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_only_what_passes_by_itself_is_called_passing(error, is_passing):
    assert errors.is_passing(error) is is_passing


def test_a_fault_of_ours_is_a_plain_page():
    try:
        raise ValueError("a secret of the code")
    except ValueError:
        response = errors.server_error(ROUND_TRIPS.get("/"))
    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_form_without_its_token_is_refused_with_advice():
    response = errors.csrf_failure(ROUND_TRIPS.post("/admin/"))
    assert response.status_code == 403
    assert "send the form once more" in response.content.decode()


@pytest.mark.parametrize(
    "handler", [errors.bad_request, errors.forbidden, errors.not_found, errors.too_long]
)
def test_error_pages_need_no_database(handler, database_away):
    assert b"</html>" in handler(ROUND_TRIPS.get("/")).content


@pytest.mark.django_db
def test_a_renamed_official_is_led_on_to(client):
    official = make_official(slug="jilani")
    Redirect.objects.create(kind=Renamed.OFFICIAL, old_slug="old", new_slug="older")
    Redirect.objects.create(kind=Renamed.OFFICIAL, old_slug="older", new_slug="jilani")
    response = client.get("/officials/old/?page=2")
    assert response.status_code == 301
    assert response["Location"] == f"{official.get_absolute_url()}?page=2"


@pytest.mark.django_db
def test_a_circle_of_redirects_ends(client):
    Redirect.objects.create(kind=Renamed.OFFICIAL, old_slug="a", new_slug="b")
    Redirect.objects.create(kind=Renamed.OFFICIAL, old_slug="b", new_slug="a")
    assert client.get("/officials/a/").status_code == 404


@pytest.mark.django_db
def test_a_code_in_capitals_leads_to_small_letters(client):
    response = client.get("/countries/PK/")
    assert (response.status_code, response["Location"]) == (301, "/countries/pk/")
