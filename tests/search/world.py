"""A small archive to search: few statements, each unlike the others in what is asked for."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.http import QueryDict

from statements.search.results import StatementSearch
from tests.factories import (
    make_article,
    make_citation,
    make_country,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

# Paragraphs of our own, on what the demonstration archive is about.
READINESS = (
    "Pakistan's foreign minister told his Iranian counterpart by telephone that Islamabad was "
    "ready to work with Tehran on every issue, and that mutual trust and cooperation had to be "
    "the ground on which both of them stood. He underscored that closer cooperation on security "
    "was needed."
)
STRIKES = (
    "The strikes of Thursday had been aimed at the hideouts of terrorists inside Iran, the "
    "minister explained to his Turkish colleague; Pakistan had neither an interest in escalation "
    "nor a desire for it."
)
PERSIAN = (
    "رهبران و مقامات ارشد هر دو کشور می‌دانند که تنش‌های اخیر تنها به سود "
    "تروریست‌ها و دشمنان دو ملت است."
)
PERSIAN_IN_ENGLISH = (
    "The leaders and high officials of both countries know that the recent tensions benefit "
    "nobody but the terrorists and the enemies of both nations."
)
RUSSIAN = "Россия призывает обе стороны к сдержанности и к мирным переговорам."
RUSSIAN_IN_ENGLISH = "Russia calls on both sides to show restraint and to negotiate peacefully."
CONDEMNATION = (
    "The Security Council condemned the attack on the village in the strongest terms and called "
    "for those who ordered it to be brought to justice."
)


def search(address="", **parameters):
    """The search of an address's query string, or of parameters by name."""
    query = QueryDict(address, mutable=True)
    for name, value in parameters.items():
        values = value if isinstance(value, list) else [value]
        query.setlist(name.rstrip("_"), [str(one) for one in values])
    return StatementSearch(query)


def found(address="", **parameters):
    """The keys that a search finds, and that it was understood."""
    result = search(address, **parameters)
    assert result.errors == {}
    return {row.key for row in result.rows}


@dataclass
class Page:
    """What one page of a walk through a list holds."""

    keys: list
    next: str
    previous: str


def page(address):
    result = search(address)
    assert result.errors == {}
    return Page(
        [row.key for row in result.rows],
        (result.next_url or "").lstrip("?"),
        (result.previous_url or "").lstrip("?"),
    )


def make_world():
    """Officials of four states, an organization of none, and what they said in 2024 and before."""
    world = SimpleNamespace()
    world.office = make_organization("Foreign Office", country="pk", slug="foreign-office")
    world.council = make_organization(
        "Security Council", country=None, slug="security-council", aliases=["UNSC", "مجلس الأمن"]
    )
    world.minister = make_post("Foreign Minister", country="pk", slug="fm-pakistan")
    world.iranian_minister = make_post("Foreign Minister", country="ir", slug="fm-iran")
    world.jilani = make_official(
        "Jalil Abbas Jilani", country="pk", slug="jilani", aliases=["جلیل عباس جیلانی"]
    )
    make_tenure(world.jilani, world.minister, "2023-08-17", "2024-03-11")
    world.amir = make_official(
        "Hossein Amir-Abdollahian", country="ir", slug="amir", sort_name="Amir-Abdollahian",
        aliases=["حسین امیرعبداللهیان"],
    )  # fmt: skip
    make_tenure(world.amir, world.iranian_minister, "2021", "2024-05")
    world.fidan = make_official("Hakan Fıdan", country="tr", slug="fidan")
    world.mousavi = make_official("Seyed Rasoul Mousavi", country="ir", slug="mousavi")
    world.baloch = make_official("Mumtaz Zahra Baloch", country="pk", slug="baloch")
    world.lavrov = make_official(
        "Sergey Lavrov", country="ru", slug="lavrov", aliases=["Сергей Лавров"]
    )
    world.security = make_topic("Security cooperation", slug="security")
    world.restraint = make_topic("Restraint", slug="restraint")
    world.call = make_event("The call", slug="call")
    world.strikes = make_event("The strikes", slug="strikes", kind="incident")
    world.ndtv = make_outlet("NDTV", slug="ndtv")
    world.dawn = make_outlet("Dawn", slug="dawn", country="pk")
    world.report = make_article("Ministers speak", outlet=world.ndtv, slug="ndtv-report")
    world.retold = make_article(
        "Ministers speak, retold", outlet=world.dawn, slug="retold", kind="reconstruction",
        based_on=world.report,
    )  # fmt: skip
    world.other_report = make_article("Other words", outlet=world.dawn, slug="dawn-report")

    def add(key, text, article=world.other_report, **fields):
        statement = make_statement(text, key=key, cited=False, **fields)
        make_citation(statement, article)
        setattr(world, key.replace("-", "_"), statement)
        return statement

    add(
        "readiness", READINESS, world.retold, speaker=world.jilani, addressee=world.amir,
        relayer=world.office, form="indirect", channel="phone_call", said_on="2024-01-19",
        acts=["offer", "appeal"], topics=[world.security], event=world.call, event_order=1,
        about_events=[world.strikes],
    )  # fmt: skip
    add(
        "aims", STRIKES, speaker=world.jilani, addressee=world.fidan, relayer=world.baloch,
        form="indirect", said_on="2024-01-19", said_on_qualifier="not_after", acts=["justify"],
        said_on_basis="inferred",
    )  # fmt: skip
    add(
        "enemies", PERSIAN_IN_ENGLISH, speaker=world.mousavi, addressee="a dear brother",
        form="direct", channel="social_post", platform="X", said_on="2024-01",
        original_text=PERSIAN, original_language="fa", text_status="translated",
    )  # fmt: skip
    restraint = add(
        "restraint", RUSSIAN_IN_ENGLISH, speaker=world.lavrov, addressee=[
            make_country("pk"), make_country("ir")], form="direct", channel="press_statement",
        said_on="2024", original_text=RUSSIAN, original_language="ru", topics=[world.restraint],
        acts=["appeal"],
    )  # fmt: skip
    make_party(restraint, "subject", world.amir, name_as_printed="the Iranian minister")
    add(
        "condemned", CONDEMNATION, speaker=world.council, form="direct", channel="un_statement",
        said_on="2019-02-21", standing="disputed", standing_note="A member says otherwise.",
        acts=["condemn"],
    )  # fmt: skip
    add(
        "undated", "No one shall come between our two nations.", speaker=world.minister,
        addressee=world.office, form="act_report", channel="letter", said_on=None,
        undated_reason="The letter bears no date.",
    )  # fmt: skip
    add("draft", READINESS, speaker=world.jilani, status="draft")
    add("withdrawn", READINESS, speaker=world.jilani, status="withdrawn")
    return world


ALL = {"readiness", "aims", "enemies", "restraint", "condemned", "undated"}
