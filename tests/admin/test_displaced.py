"""The list of citations whose words no longer stand where they were cited."""

import re

import pytest
from django.contrib.auth.models import Permission

from statements.models import Article, Citation
from tests.admin.forms import fill

ADD = "/admin/statements/statement/add/"
LIST = "/admin/statements/statement/citations/"


@pytest.fixture
def citation(curator, first_statement):
    """A citation whose article was rewritten in the shell."""
    fill(curator, ADD, **first_statement)
    citation = Citation.objects.get()
    Article.objects.update(body="It was said before. " + citation.article.body)
    return citation


def reanchor(curator, citation, start, **how):
    return curator.post(f"{LIST}{citation.pk}/reanchor/", {"start": start}, follow=True, **how)


def test_it_works(curator, citation):
    page = curator.get(LIST).content.decode()
    assert "not looked at since the text or the words were changed" in page
    assert "As cited" in page
    assert f'name="start" value="{citation.start + 20}"' in page
    answer = reanchor(curator, citation, citation.start + 20).content.decode()
    assert "Anchored anew" in answer
    citation.refresh_from_db()
    assert (citation.start, citation.check_result) == (
        citation.article.body.index("all issues"),
        "verified",
    )
    assert "stands where it was cited" in curator.get(LIST).content.decode()


def test_missing_words_lead_to_the_statement(curator, citation):
    Article.objects.update(body="Nothing.")
    page = curator.get(LIST).content.decode()
    assert "Not found" in page
    assert f"/admin/statements/statement/{citation.statement_id}/change/" in page
    assert "Anchor anew" not in page


def test_after_one_comes_the_next(curator, citation, first_statement):
    first_statement["citations-0-quote"] = "security issues"
    fill(curator, ADD, **first_statement)
    Article.objects.update(body="And again. " + Article.objects.get().body)
    response = curator.post(f"{LIST}{citation.pk}/reanchor/", {"start": citation.start + 31})
    page = curator.get(response["Location"]).content.decode()
    assert page.count('class="displaced-one"') == 1
    assert "security issues" in page
    assert page.index("autofocus") > page.index("displaced-one")


def test_a_long_list_goes_on(curator, citation, monkeypatch):
    monkeypatch.setattr("statements.admin.displaced.N_SHOWN", 1)
    second = Citation.objects.create(
        statement=citation.statement, article=citation.article, quote="else", check_result="missing"
    )
    page = curator.get(LIST).content.decode()
    further = f"?from={citation.article_id}-{second.pk}"
    assert f'href="{further}"' in page
    assert f"citation-{second.pk}" in curator.get(LIST + further).content.decode()


def test_it_costs_the_same_for_one_as_for_many(curator, citation, django_assert_max_num_queries):
    Citation.objects.bulk_create(
        Citation(
            statement=citation.statement, article=citation.article, quote=f"w{n}",
            check_result="missing",
        )
        for n in range(15)
    )  # fmt: skip
    with django_assert_max_num_queries(6):
        curator.get(LIST)


@pytest.mark.parametrize("start", ["", "x", "-1", "9" * 30, "٣"])
def test_a_place_that_is_none_is_refused(curator, citation, start):
    assert "Say at which character" in reanchor(curator, citation, start).content.decode()


def test_a_place_that_changed_is_refused(curator, citation):
    assert "changed meanwhile" in reanchor(curator, citation, 3).content.decode()
    citation.refresh_from_db()
    assert citation.check_result == "moved"


@pytest.mark.parametrize(
    "query", ["from=", "from=x", "from=1-", "from=9999999999999999-1", "from=%00"]
)
def test_no_address_of_the_list_is_an_error(curator, citation, query):
    assert curator.get(f"{LIST}?{query}").status_code in (200, 400)


def test_looking_is_not_anchoring(curator, citation):
    assert curator.get(f"{LIST}{citation.pk}/reanchor/").status_code == 405


def test_whoever_may_only_look_cannot_anchor(curator, citation, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    curator.force_login(reader)
    assert curator.get(LIST).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_statement"))
    assert curator.get(LIST).status_code == 200
    assert reanchor(curator, citation, citation.start + 20).status_code == 403


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get(LIST)["Location"].startswith("/admin/login/")


def test_hostile_words_stay_words(curator, citation):
    Citation.objects.update(quote="<script>x", check_result="missing")
    page = curator.get(LIST).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_no_article_is_passed_over_whatever_its_day(curator, citation, monkeypatch):
    monkeypatch.setattr("statements.admin.displaced.N_SHOWN", 1)
    older = Article.objects.create(
        slug="older", outlet=citation.article.outlet, title="Older", published_on="1999"
    )
    newer = Article.objects.create(
        slug="newer", outlet=citation.article.outlet, title="Newer", published_on="2099"
    )
    for article in (newer, older):
        Citation.objects.create(
            statement=citation.statement, article=article, quote="else", check_result="missing"
        )
    seen, address = [], ""
    for _page in range(3):
        page = curator.get(LIST + address).content.decode()
        seen += re.findall(r'id="citation-(\d+)"', page)
        further = re.search(r'href="(\?from=[\d-]+)"', page)
        address = further[1] if further else ""
    assert not address
    assert sorted(seen) == sorted(str(pk) for pk in Citation.objects.values_list("pk", flat=True))
