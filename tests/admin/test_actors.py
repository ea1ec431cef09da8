"""Officials, organizations, posts and countries at the desk."""

import json

import pytest

from statements.models import Country, Official, Organization, Post, Redirect, Tenure
from tests.admin.forms import errors_of, fill

ADD = "/admin/statements/official/add/"
JILANI = "Jalil Abbas Jilani, Foreign Minister, Pakistan"
AMIR = "Hossein Amir-Abdollahian, Foreign Minister, Iran"
NEW = {"name": "Mumtaz Zahra Baloch", "slug": ""}


def change(row):
    return f"/admin/statements/{row._meta.model_name}/{row.pk}/change/"


def test_it_works(curator, story):
    post = Tenure.objects.first().post
    fields = NEW | {
        "country": story["pakistan"].pk,
        "identifiers": '{"wikidata": "Q1"}',
        "tenures-0-post": post.pk,
        "tenures-0-started_on": "2022-11-11",
        "tenures-0-ended_on": "2025-01",
        "aliases-0-name": "ممتاز زہرا بلوچ",
        "aliases-0-language": "ur",
    }
    assert fill(curator, ADD, **fields).status_code == 302
    official = Official.objects.get(slug="mumtaz-zahra-baloch")
    tenure = official.tenures.get()
    assert (str(tenure.started_on), str(tenure.ended_on)) == ("2022-11-11", "2025-01")
    assert official.aliases.get().name == "ممتاز زہرا بلوچ"
    assert official.identifiers == {"wikidata": "Q1"}


def test_a_slug_that_is_taken(curator, story):
    said = errors_of(fill(curator, ADD, name="Another", slug="jalil-abbas-jilani"))
    assert "“jalil-abbas-jilani” already exists" in said
    assert "“Jalil Abbas Jilani”" in said


def post_slugs(curator, *places, **changes):
    url = "/admin/statements/post/add/"
    for place in places:
        fields = {"title": "Minister of Foreign Affairs", "slug": "", **place, **changes}
        answer = fill(curator, url, **fields)
        assert answer.status_code == 302, errors_of(answer)
    posts = Post.objects.filter(title="Minister of Foreign Affairs").order_by("pk")
    return list(posts.values_list("slug", flat=True))


def test_posts_of_one_title_get_slugs_of_their_places(curator, story):
    iran, office = {"country": story["iran"].pk}, {"organization": story["office"].pk}
    assert post_slugs(curator, iran, iran, office, {}) == [
        "minister-of-foreign-affairs-iran",
        "minister-of-foreign-affairs-iran-2",
        "minister-of-foreign-affairs-foreign-office-pakistan",
        "minister-of-foreign-affairs",
    ]


def test_the_slug_of_a_post_is_not_filled_in_from_its_title_alone(curator, db):
    page = curator.get("/admin/statements/post/add/")
    assert page.context["adminform"].prepopulated_fields == []


def test_a_post_keeps_its_slug_when_it_is_saved_again(curator, story):
    post = Post.objects.first()
    slug = post.slug
    fill(curator, change(post), title="Minister")
    post.refresh_from_db()
    assert (post.slug, post.title) == (slug, "Minister")


def test_a_slug_that_was_given_up(curator, story):
    fill(curator, change(story["jilani"]), slug="jilani")
    assert Redirect.objects.get().new_slug == "jilani"
    said = errors_of(fill(curator, ADD, name="Another", slug="jalil-abbas-jilani"))
    assert "was given up for “jilani”" in said


def test_a_slug_given_up_can_be_taken_back_by_its_own(curator, story):
    fill(curator, change(story["jilani"]), slug="jilani")
    fill(curator, change(story["jilani"]), slug="jalil-abbas-jilani")
    story["jilani"].refresh_from_db()
    assert story["jilani"].slug == "jalil-abbas-jilani"


def test_a_name_without_latin_letters_asks_for_a_slug(curator):
    assert "Latin letters" in errors_of(fill(curator, ADD, name="ممتاز", slug=""))


def test_a_slug_taken_behind_the_forms_back_is_a_page_and_no_error(curator, story, monkeypatch):
    fill(curator, change(story["jilani"]), slug="jilani")
    monkeypatch.setattr("statements.admin.forms.SluggedForm._successor", lambda form, slug: None)
    answer = fill(curator, ADD, name="Another", slug="jalil-abbas-jilani")
    assert answer.status_code == 409
    assert "Go back in the browser" in answer.content.decode()
    assert not Official.objects.filter(name="Another").exists()


def test_what_would_turn_a_name_round_is_taken_out(curator):
    fill(curator, ADD, name="Mumtaz\u202e Zahra\u2066 Baloch", slug="baloch")
    assert Official.objects.get().name == "Mumtaz Zahra Baloch"


def test_a_name_is_composed_and_kept_to_one_line(curator):
    fill(curator, ADD, name="Jose\u0301  Marti\u0301", slug="marti")
    assert Official.objects.get().name == "Jos\xe9 Mart\xed"


@pytest.mark.parametrize(
    "identifiers",
    [
        '["Q1"]',
        "7",
        '"Q1"',
        "{",
        '{"wikidata": "\\u0000"}',
        '{"wikidata": "\\ud800"}',
        '{"wiki\\u0000data": "Q1"}',
        '{"wikidata": 7}',
        '{"wikidata": {"a": "b"}}',
        "[" * 50_000,
    ],
)
def test_identifiers_that_are_none(curator, identifiers):
    assert errors_of(fill(curator, ADD, **NEW, identifiers=identifiers))


def test_a_tenure_that_ends_before_it_starts(curator, story):
    tenure = {"tenures-0-post": Tenure.objects.first().post_id}
    tenure |= {"tenures-0-started_on": "2024", "tenures-0-ended_on": "2023-12"}
    assert "ends before it starts" in errors_of(fill(curator, ADD, **NEW, **tenure))


def test_the_same_tenure_twice(curator, story):
    post = Tenure.objects.first().post_id
    twice = {"tenures-TOTAL_FORMS": 2, "tenures-0-post": post, "tenures-1-post": post}
    assert "told twice" in errors_of(fill(curator, ADD, **NEW, **twice))


def test_a_tenure_that_is_there_already(curator, story):
    tenure = story["jilani"].tenures.get()
    again = {
        "tenures-TOTAL_FORMS": 2,
        "tenures-1-post": tenure.post_id,
        "tenures-1-started_on": "2021",
        "tenures-1-ended_on": "2024-05",
    }
    assert "told twice" in errors_of(fill(curator, change(story["jilani"]), **again))


def test_an_address_that_runs_a_script(curator):
    said = errors_of(
        fill(
            curator,
            "/admin/statements/organization/add/",
            name="Ministry",
            website="javascript:alert(1)",
        )
    )
    assert "valid URL" in said


def test_an_address_with_a_password(curator):
    url = "/admin/statements/organization/add/"
    said = errors_of(fill(curator, url, name="Ministry", website="https://me:secret@example.org/"))
    assert "must not carry a user name" in said


def test_what_another_saved_meanwhile_is_not_overwritten(curator, story):
    late = fill(curator, change(story["jilani"]), name="Late", version="something-older")
    assert "saved this while you were editing" in errors_of(late)


def test_a_new_alias_counts_as_a_change(curator, story):
    from tests.admin.forms import fields_of

    opened = fields_of(curator.get(change(story["office"])).content.decode())
    fill(curator, change(story["office"]), **{"aliases-0-name": "Ministry of Foreign Affairs"})
    late = curator.post(change(story["office"]), {**opened, "name": "Late", "_save": "1"})
    assert "saved this while you were editing" in errors_of(late)


def test_an_official_in_use_cannot_be_deleted_and_what_uses_it_is_named(curator, story):
    from statements.models import Party, Statement

    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    Party.objects.create(statement=statement, role="speaker", official=story["jilani"])
    url = f"/admin/statements/official/{story['jilani'].pk}/delete/"
    assert "Party: a-key" in curator.get(url).content.decode()
    curator.post(url, {"post": "yes"})
    assert Official.objects.filter(pk=story["jilani"].pk).exists()


def test_a_topic_in_use_is_not_taken_from_its_statements(curator, story):
    from statements.models import Statement

    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    statement.topics.add(story["topic"])
    url = f"/admin/statements/topic/{story['topic'].pk}/delete/"
    assert "a-key" in curator.get(url).content.decode()
    curator.post(url, {"post": "yes"})
    assert statement.topics.count() == 1


def test_an_official_that_nothing_uses_can_be_deleted(curator, story):
    url = f"/admin/statements/official/{story['jilani'].pk}/delete/"
    assert curator.post(url, {"post": "yes"}).status_code == 302
    assert not Official.objects.filter(pk=story["jilani"].pk).exists()


def suggest(curator, term, field="official", model="party"):
    url = "/admin/autocomplete/"
    asked = {"app_label": "statements", "model_name": model, "field_name": field, "term": term}
    answer = curator.get(url, asked)
    assert answer.status_code == 200
    return [result["text"] for result in json.loads(answer.content)["results"]]


def test_an_official_is_found_by_the_beginning_of_any_word(curator, story):
    assert suggest(curator, "jil") == [JILANI]
    assert suggest(curator, "abdoll hoss") == [AMIR]
    assert suggest(curator, "Amir-Abd") == [AMIR]
    assert suggest(curator, "ilani") == []


def test_an_official_is_found_by_an_alias_in_another_script(curator, story):
    story["amir"].aliases.create(name="حسین امیرعبداللهیان", language="fa")
    assert suggest(curator, "امیرعبد") == [AMIR]


def test_an_official_without_a_post_is_known_by_the_country(curator, story):
    for country in (story["iran"], story["pakistan"]):
        Official.objects.create(slug=f"khan-{country.code}", name="Khan", country=country)
    assert set(suggest(curator, "khan")) == {"Khan, Iran", "Khan, Pakistan"}


def test_a_statement_is_suggested_with_its_first_words(curator, db):
    from statements.models import Statement

    Statement.objects.create(key="2024-a-key", text="a" * 59 + "bc", form="direct")
    assert suggest(curator, "2024-a", "target", "link") == ["2024-a-key: " + "a" * 59 + "b"]


def test_accents_and_case_do_not_matter(curator):
    Official.objects.create(slug="marti", name="José Martí")
    assert suggest(curator, "JOSE mart") == ["José Martí"]


def test_organizations_and_countries_are_found_by_alias(curator, story):
    story["office"].aliases.create(name="MoFA")
    assert suggest(curator, "mofa", "organization") == ["Foreign Office (Pakistan)"]
    Country.objects.get(code="ir").aliases.create(name="Tehran")
    assert suggest(curator, "tehr", "country") == ["Iran"]
    assert "Iran" in suggest(curator, "iranian", "country")
    assert suggest(curator, "pk", "country") == ["Pakistan"]


def test_a_post_is_found_by_title_and_country(curator, story):
    assert suggest(curator, "foreign pakis", "post") == ["Foreign Minister, Pakistan"]


@pytest.mark.parametrize("term", ["'", "a:*", "((", "!", "&|", "\\", "’", "½", "ŉ", "_", "%"])
def test_nothing_that_is_typed_is_an_error(curator, story, term):
    for field in ("official", "organization", "country", "post", "article"):
        suggest(curator, term, field)
    suggest(curator, term, "target", "link")
    suggest(curator, term, "topics", "statement")


def test_an_organization_keeps_its_old_address(curator, story):
    fill(curator, change(story["office"]), slug="mofa-pakistan")
    assert Organization.objects.get().slug == "mofa-pakistan"
    assert curator.get("/organizations/foreign-office-pakistan/").status_code == 301


def test_redirects_are_only_read(curator, story):
    fill(curator, change(story["office"]), slug="mofa-pakistan")
    redirect = Redirect.objects.get()
    assert curator.get("/admin/statements/redirect/").status_code == 200
    page = curator.get(f"/admin/statements/redirect/{redirect.pk}/change/").content.decode()
    assert 'name="_save"' not in page
    assert curator.get("/admin/statements/redirect/add/").status_code == 403
    assert curator.post(f"/admin/statements/redirect/{redirect.pk}/delete/").status_code == 403
