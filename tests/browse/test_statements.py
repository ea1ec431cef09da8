import pytest

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


def get(client, query=""):
    response = client.get(f"/statements/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(client):
    make_statement("We want calm.", speaker=make_official("Jalil Abbas Jilani"))
    page = get(client)
    assert "We want calm." in page
    assert "1 statement<" in page


def test_facets_narrow_and_say_what_is_on(client):
    make_statement(speaker=make_official(country="pk"), channel="letter")
    make_statement("By telephone.", speaker=make_official(country="ir"), channel="phone_call")
    page = get(client, "?channel=letter")
    assert "By telephone." not in page
    assert 'aria-current="true"><span class="facet__value"><bdi>Letter</bdi>' in page
    assert '<a class="chip"' in page


def test_the_title_says_the_search_in_words(client):
    make_statement(speaker=make_official(country="pk"))
    assert "<h1><bdi>Statements from Pakistan</bdi></h1>" in get(client, "?from=pk")


def test_the_form_keeps_the_other_filters(client):
    make_statement()
    page = get(client, "?channel=letter&channel=speech&since=2024&cursor=x")
    assert '<input type="hidden" name="channel" value="letter">' in page
    assert '<input type="hidden" name="channel" value="speech">' in page
    assert 'name="cursor"' not in page
    assert 'name="since" value="2024"' in page


def test_the_same_rows_as_json_are_announced(client):
    make_statement()
    page = get(client, "?from=pk&cursor=x")
    assert '<link rel="alternate" type="application/json" href="/statements.json?from=pk"' in page


def test_an_impossible_day_is_told_beside_its_field_and_shows_nothing(client):
    make_statement("Not asked for.")
    page = get(client, "?since=2023-02-29")
    assert 'aria-describedby="finder-days finder-since-error" aria-invalid="true"' in page
    assert 'id="finder-since-error"' in page
    assert "Not asked for." not in page


def test_an_unknown_value_is_told_and_shows_nothing(client):
    make_statement("Not asked for.")
    page = get(client, "?channel=fax")
    assert 'role="alert"' in page
    assert "Not asked for." not in page


def test_a_damaged_cursor_is_told(client):
    make_statement("Not asked for.")
    page = get(client, "?cursor=garbage")
    assert 'role="alert"' in page
    assert "Not asked for." not in page


def test_a_note_on_the_words_is_told_and_the_rest_answered(client):
    make_statement("Still shown.")
    page = get(client, "?q=channel:fax shown".replace(" ", "+"))
    assert 'class="finder__message" role="status"' in page
    assert "Still <mark>shown</mark>." in page


def test_nothing_found_advises(client):
    make_statement()
    assert "No statement matches all of this." in get(client, "?q=zzzz")


def test_markup_in_parameters_stays_text(client):
    make_statement()
    hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for name in ("q", "since", "channel", "x"):
        assert "<script>alert" not in get(client, f"?{name}={hostile}")


def test_a_long_text_is_cut_in_the_list(client):
    make_statement("word " * 5000)
    assert get(client).count("word") < 200


def test_only_published_statements_are_listed(client):
    make_statement("Draft words.", status="draft")
    make_statement("Withdrawn words.", status="withdrawn")
    page = get(client)
    assert "Draft words." not in page
    assert "Withdrawn words." not in page


def test_two_who_told_each_other_are_set_as_such(client):
    ministers = [make_official("Jalil Abbas Jilani"), make_official("Hakan Fidan", country="tr")]
    make_statement(speaker=ministers, addressee=ministers, form="contact_report")
    assert "each other" in get(client)


def test_it_is_not_written_to(client):
    assert client.post("/statements/").status_code == 405


@pytest.mark.parametrize("n", [2, 12])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement(addressee=make_official("Seyed Rasoul Mousavi", country="ir"))
    with django_assert_max_num_queries(34):  # two for each of the facets at most
        client.get("/statements/?from=pk")
