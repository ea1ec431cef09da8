"""Choosing two countries."""

import pytest
from django.db import connection

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db

PAGE = "/between/"


def test_it_works(client):
    make_statement(speaker=make_official(), addressee=make_official(country="ir"))

    response = client.get(PAGE)

    assert '<option value="pk">Pakistan</option>' in response.text
    assert 'href="/between/pk/ir/"' in response.text
    assert response.text.count("<h1>") == 1


def test_an_empty_archive_says_so(client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_anew()")

    assert "No statement from one country to another" in client.get(PAGE).text


def test_two_that_are_chosen_lead_to_their_page(client):
    response = client.get(PAGE, {"one": "PK", "other": "ir"})

    assert (response.status_code, response["Location"]) == (302, "/between/pk/ir/")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"one": "pk", "other": "pk"}, "Both sides are the same: choose another."),
        ({"one": "pk", "other": "zz"}, "There is no “zz” in the archive."),
        ({"one": "pk"}, "This field is required."),
    ],
)
def test_what_is_no_pair_is_said_beside_the_field(client, asked, message):
    response = client.get(PAGE, asked)

    assert response.status_code == 200
    assert message in response.text


def test_home_leads_here(client):
    make_statement(speaker=make_official(), addressee=make_official(country="ir"))

    assert f'href="{PAGE}"' in client.get("/").text


def test_its_queries_are_few(client, django_assert_max_num_queries):
    for code in ("ir", "tr", "fr"):
        make_statement(speaker=make_official(), addressee=make_official(country=code))
    with django_assert_max_num_queries(10):
        client.get(PAGE)
