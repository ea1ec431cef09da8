"""A statement: the words, the act of saying them, and the reports that both are known from."""

from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext

from statements.attribution import attribution
from statements.dates import Qualifier, printed
from statements.models import Article, Citation, Event, Statement, Topic
from statements.models.permalinks import for_programs
from statements.texts import QUOTED, without_outer_marks
from statements.vocabulary import Basis, Form, Standing

from .nodes import Absolute, Node, article_ref, node
from .parties import agent, agents

N_CHARACTERS = 5_000  # of words; longer ones stand on the page


@for_programs
def statement_nodes(statement: Statement, absolute: Absolute) -> list[Node]:
    """Describes a published statement, loaded with_links()."""
    page = absolute(statement.get_absolute_url())
    nodes = [_page(statement, page), _words(statement, page, absolute)]
    return [*nodes, _act(statement, page, absolute)] if _is_attributed(statement) else nodes


def _is_attributed(statement: Statement) -> bool:
    """Whether the speaker may be named as one to programs, which read no warning beside it."""
    return statement.standing != Standing.MISATTRIBUTED


def _page(statement: Statement, page: str) -> Node:
    return node(
        "WebPage",
        id_=page,
        url=page,
        mainEntity={"@id": f"{page}#words"},
        datePublished=statement.published_at.isoformat() if statement.published_at else "",
        dateModified=statement.updated_at.isoformat(),
        primaryImageOfPage={"@type": "ImageObject", "url": f"{page}preview.png"},
    )


def _words(statement: Statement, page: str, absolute: Absolute) -> Node:
    is_direct = statement.form == Form.DIRECT
    named = _is_attributed(statement)
    return node(
        "Quotation" if is_direct else "CreativeWork",
        id_=f"{page}#words",
        url=page,
        identifier=statement.key,
        **_text(statement),
        inLanguage=statement.language,
        genre=gettext(Form.of(statement.form).label),
        creditText=_chain(statement),
        creator=agents(statement.speakers, absolute) if is_direct and named else None,
        **_day(statement),
        **_standing(statement),
        **_original(statement),
        isBasedOn=list(_sources(statement, absolute)),
        citation=list(_quotations(statement, absolute)),
        hasPart=list(_own_words(statement, absolute)) if named else None,
        about=[*_topics(statement, absolute), *_events(statement, absolute)],
        mentions=agents(statement.subjects, absolute),
    )


def _text(statement: Statement) -> Node:
    is_direct = statement.form == Form.DIRECT
    text = without_outer_marks(statement.text) if is_direct else statement.text
    if len(text) > N_CHARACTERS:
        return {"abstract": f"{text[:N_CHARACTERS]}…"}
    return {"text": text}


def _chain(statement: Statement) -> str:
    """Through whom the words reached the first report, in the sentence of the page."""
    first = next(iter(statement.citations.all()), None)
    return unescape(strip_tags(attribution(statement, first))) if first else ""


def _day(statement: Statement) -> Node:
    """The day, as a date only if it is stated and exact."""
    day, qualifier = statement.said_on, statement.said_on_qualifier
    if day is None:
        return {}
    if qualifier == Qualifier.ON and statement.said_on_basis == Basis.STATED:
        return {"dateCreated": str(day)}
    told = printed(day, qualifier, statement.said_on_until, translate=gettext)
    inferred = gettext("(inferred)") if statement.said_on_basis == Basis.INFERRED else ""
    return {"temporal": f"{told} {inferred}".strip()}


def _standing(statement: Statement) -> Node:
    if statement.standing == Standing.UNDISPUTED:
        return {}
    return {
        "creativeWorkStatus": gettext(Standing.of(statement.standing).label),
        "correction": statement.standing_note,
    }


def _original(statement: Statement) -> Node:
    """The words as they were said, where the text is a translation of them."""
    text, language = statement.original_text, statement.original_language
    told: Node = {}
    if text and len(text) <= N_CHARACTERS:
        kind = "Quotation" if statement.form == Form.DIRECT else "CreativeWork"
        told["translationOfWork"] = node(kind, text=text, inLanguage=language)
    elif language and language != statement.language:
        told["translationOfWork"] = node("CreativeWork", inLanguage=language)
    if statement.translator:
        told["translator"] = node("Person", name=statement.translator)
    return told


def _articles(statement: Statement) -> Iterator[Article]:
    yield from {cited.article_id: cited.article for cited in statement.citations.all()}.values()


def _sources(statement: Statement, absolute: Absolute) -> Iterator[Node]:
    """The reports, each with what it retells itself."""
    for article in _articles(statement):
        source = article_ref(article, absolute)
        if article.based_on:
            source["isBasedOn"] = article_ref(article.based_on, absolute)
        yield source


def _quotations(statement: Statement, absolute: Absolute) -> Iterator[Node]:
    """The exact words of each report, which are seldom the speaker's."""
    for citation in statement.citations.all():
        if 0 < len(citation.quote) <= N_CHARACTERS:
            page = absolute(citation.article.get_absolute_url())
            yield node(
                "Quotation",
                text=citation.quote,
                inLanguage=citation.article.language,
                creator=_whose(citation, statement, absolute),
                isPartOf={"@id": f"{page}#article"},
            )


def _whose(citation: Citation, statement: Statement, absolute: Absolute) -> Node | None:
    """Who is quoted in an article: the first relayer or the speaker, if quoted directly."""
    relayers = [p for p in statement.relayers if p.article_id in (None, citation.article_id)]
    if relayers:
        first = relayers[0]
        return agent(first, absolute) if first.form == Form.DIRECT else None
    form = citation.form or statement.form
    is_told = form == Form.DIRECT and _is_attributed(statement)
    return agent(statement.speakers[0], absolute) if is_told and statement.speakers else None


def _own_words(statement: Statement, absolute: Absolute) -> Iterator[Node]:
    """The speaker's own words within what another tells of them."""
    if statement.form != Form.MIXED or len(statement.text) > N_CHARACTERS:
        return
    for part in QUOTED.findall(statement.text):
        yield node(
            "Quotation",
            text=without_outer_marks(part),
            inLanguage=statement.language,
            creator=agents(statement.speakers, absolute),
        )


def _act(statement: Statement, page: str, absolute: Absolute) -> Node:
    """That it was said: by whom, to whom, in which language and on what."""
    return node(
        "CommunicateAction",
        id_=f"{page}#act",
        agent=agents(statement.speakers, absolute),
        recipient=agents(statement.addressees, absolute),
        startTime=_day(statement).get("dateCreated"),
        inLanguage=statement.original_language or statement.language,
        object={"@id": f"{page}#words"},
        about=[*_topics(statement, absolute), *_events(statement, absolute)],
    )


def _topics(statement: Statement, absolute: Absolute) -> Iterator[Node]:
    for topic in statement.topics.all():
        yield topic_ref(topic, absolute)


def _events(statement: Statement, absolute: Absolute) -> Iterator[Node]:
    for event in statement.about_events.all():
        yield event_ref(event, absolute)


def topic_ref(topic: Topic, absolute: Absolute) -> Node:
    url = absolute(topic.get_absolute_url())
    return node("DefinedTerm", id_=f"{url}#topic", name=topic.name, url=url)


def event_ref(event: Event, absolute: Absolute) -> Node:
    url = absolute(event.get_absolute_url())
    return node("Event", id_=f"{url}#event", name=event.title, url=url)
