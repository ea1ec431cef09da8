import pytest

from statements.models import Article, Citation, Country, Official, Outlet, Party, Statement
from tests.factories import make_account, make_official


@pytest.fixture
def contributor(db):
    return make_account("contributor", role="Contributor")


@pytest.fixture
def editor(db):
    return make_account("editor", role="Editor")


@pytest.fixture
def publisher(db):
    return make_account("publisher", role="Publisher")


@pytest.fixture
def novice(db, django_user_model):
    """One who may do nothing yet."""
    return django_user_model.objects.create_user("novice", is_staff=True)


@pytest.fixture
def chief(db, django_user_model):
    """One who may do everything."""
    return django_user_model.objects.create_superuser("chief")


@pytest.fixture
def jilani(db):
    pakistan = Country.objects.get(code="pk")
    return Official.objects.create(
        slug="jilani", name="Jalil Abbas Jilani", sort_name="Jilani", country=pakistan
    )


@pytest.fixture
def article(db):
    outlet = Outlet.objects.create(slug="ndtv", name="NDTV")
    return Article.objects.create(
        slug="report", outlet=outlet, title="Report", body="One two three. One two four."
    )


@pytest.fixture
def statement(jilani, article):
    """A draft that lacks nothing."""
    draft = Statement.objects.create(
        key="2024-jilani", text="Words.", form="direct", said_on="2024"
    )
    Party.objects.create(statement=draft, role="speaker", official=jilani)
    Citation.objects.create(statement=draft, article=article, quote="One two")
    return draft


@pytest.fixture
def double(db):
    """Jilani once more, by another name."""
    return make_official("J. A. Jilani", slug="j-a-jilani", country="pk", aliases=["Gilani"])
