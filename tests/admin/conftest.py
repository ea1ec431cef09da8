import pytest

from statements.models import (
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Tenure,
    Topic,
)

BODY = (
    "Foreign Minister Jalil Abbas Jilani spoke with his Iranian counterpart and expressed "
    'readiness to work on "all issues based on the spirit of mutual trust and cooperation".\n\n'
    '"He (Jilani) underscored the need for closer cooperation on security issues," the statement '
    "said. The strikes hit what it called terrorist hideouts; terrorist hideouts, it said again."
)


@pytest.fixture
def curator(client, django_user_model):
    user = django_user_model.objects.create_superuser("curator", password="a-long-secret-1")
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def story(db):
    """The rows that the founding story's first statement names."""
    pakistan, iran = Country.objects.get(code="pk"), Country.objects.get(code="ir")
    people = {}
    for slug, name, surname, country in (
        ("jalil-abbas-jilani", "Jalil Abbas Jilani", "Jilani", pakistan),
        ("hossein-amir-abdollahian", "Hossein Amir-Abdollahian", "Amir-Abdollahian", iran),
    ):
        post = Post.objects.create(
            slug=f"foreign-minister-{country.code}", title="Foreign Minister", country=country
        )
        official = Official.objects.create(slug=slug, name=name, sort_name=surname)
        Tenure.objects.create(official=official, post=post, started_on="2021", ended_on="2024-05")
        people[country.code] = official
    office = Organization.objects.create(
        slug="foreign-office-pakistan", name="Foreign Office", country=pakistan
    )
    outlet = Outlet.objects.create(slug="ndtv", name="NDTV")
    article = Article.objects.create(slug="pak-expresses", outlet=outlet, title="Pak", body=BODY)
    return {
        "jilani": people["pk"],
        "amir": people["ir"],
        "office": office,
        "article": article,
        "event": Event.objects.create(slug="the-call", title="The call", kind="call"),
        "topic": Topic.objects.create(slug="security", name="Security"),
        "pakistan": pakistan,
        "iran": iran,
    }


@pytest.fixture
def first_statement(story):
    """What a curator fills in for the first statement of the founding story."""
    return {
        "text": "Readiness to work with Iran on “all issues”.",
        "form": "indirect",
        "language": "en",
        "said_on": "2024-01-19",
        "said_on_basis": "inferred",
        "basis_note": "The story says “on Friday”.",
        "channel": "phone_call",
        "acts": ["offer", "reassure"],
        "topics": [story["topic"].pk],
        "event": story["event"].pk,
        "event_order": 1,
        "parties-0-official": story["jilani"].pk,
        "parties-0-name_as_printed": "Jalil Abbas Jilani",
        "parties-1-official": story["amir"].pk,
        "parties-2-organization": story["office"].pk,
        "parties-2-form": "mixed",
        "parties-2-channel": "press_statement",
        "citations-0-article": story["article"].pk,
        "citations-0-quote": "all issues based on the spirit of mutual trust and cooperation",
    }
