"""The picture of a statement, read by a library of pictures."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from tests.factories import make_citation, make_official, make_statement

pytestmark = pytest.mark.django_db

FA = "رهبران هر دو کشور می‌دانند که تنها دشمنان سود می‌برند."
WORDS = (80, 142, 1120, 450)  # where the words stand


def picture(client, key="calm"):
    response = client.get(f"/statements/{key}/preview.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    drawn = Image.open(BytesIO(response.content))
    drawn.load()
    return drawn.convert("RGB")


def inked(drawn, part=WORDS):
    """The box around what is drawn in a part of the picture; None when that is blank."""
    cut = drawn.crop(part)
    return ImageChops.difference(cut, Image.new("RGB", cut.size, cut.getpixel((0, 0)))).getbbox()


def test_it_works(client):
    make_statement("We want calm.", key="calm")
    drawn = picture(client)
    assert drawn.size == (1200, 630)
    left, top, right, bottom = inked(drawn)
    assert left < 20
    assert right > 300
    assert top > 20
    assert bottom < 290


def test_other_words_make_another_picture(client):
    make_statement("We want calm.", key="calm")
    make_statement("We want peace.", key="peace")
    assert ImageChops.difference(picture(client), picture(client, "peace")).getbbox()


def test_the_same_words_make_the_same_picture(client):
    make_statement("We want calm.", key="calm")
    assert not ImageChops.difference(picture(client), picture(client)).getbbox()


def test_a_text_from_the_right_begins_at_the_right(client):
    make_statement(FA, key="calm", language="fa")
    left, _top, right, _bottom = inked(picture(client))
    assert right > 1030
    assert left > 20


@pytest.mark.parametrize(
    "text",
    ["word " * 15_000, "x" * 5_000, "नमस्ते " * 300, "中" * 3_000, "e" + "\u0301" * 2_000],
    ids=["words", "one word", "devanagari", "ideographs", "marks"],
)
def test_long_texts_stay_within_their_place(client, text):
    make_statement(text, key="calm")
    drawn = picture(client)
    assert inked(drawn)
    assert not inked(drawn, (0, 20, 78, 630))
    assert not inked(drawn, (1136, 20, 1200, 630))


def test_long_names_stay_within_their_place(client):
    make_statement(
        key="calm",
        speaker=[make_official(f"Abcdefghijklmnop qrstuvwxyz {n}") for n in range(8)],
        addressee=make_official("x" * 290),
    )
    drawn = picture(client)
    assert not inked(drawn, (1136, 20, 1200, 630))


@pytest.mark.parametrize(
    "text",
    ['</text><image href="file:///etc/passwd"/>', "&lt;&amp;&#0;", "a\ufffeb\uffff", "\u202e evil"],
)
def test_any_text_can_be_drawn(client, text):
    statement = make_statement(text, key="calm", speaker=make_official(text), cited=False)
    make_citation(statement)
    assert inked(picture(client))


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_of_what_is_not_public_there_is_no_picture(client, status):
    make_statement(key="calm", status=status)
    assert client.get("/statements/calm/preview.png").status_code == 404


def test_of_nothing_there_is_no_picture(client):
    assert client.get("/statements/nothing/preview.png").status_code == 404


def test_an_unchanged_picture_is_not_drawn_again(client, django_assert_num_queries):
    make_statement(key="calm")
    known = client.get("/statements/calm/preview.png")
    with django_assert_num_queries(1):
        response = client.get(
            "/statements/calm/preview.png", headers={"If-None-Match": known["ETag"]}
        )
    assert response.status_code == 304


@pytest.mark.parametrize("n", [1, 6])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    addressees = [make_official(f"Official {i}") for i in range(n)]
    statement = make_statement(key="many", addressee=addressees, cited=False)
    for _ in range(n):
        make_citation(statement)
    with django_assert_max_num_queries(9):
        client.get("/statements/many/preview.png")
