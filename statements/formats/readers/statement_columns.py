"""The columns of a table of statements, declared once: reader, template and page follow them."""

import re
from dataclasses import dataclass

from statements.dates import Qualifier
from statements.vocabulary import (
    Act,
    Basis,
    Channel,
    Form,
    LinkKind,
    Role,
    Standing,
    Status,
    Term,
    TextStatus,
)

SEPARATOR = ";"
NOTHING = "-"
N_CITATIONS = 3
N_ALIKE = 0.6


def _(text: str) -> str:
    """Marks a text for gettext; whoever shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what a cell of it says, and from which closed list where there is one.

    `also` is another heading that is read as this one.
    """

    name: str
    about: str
    terms: type[Term] | type[Qualifier] | None = None
    is_list: bool = False
    example: str = ""
    also: str = ""

    @property
    def is_text(self) -> bool:
        """Whether a cell holds running text."""
        return self.name in ("text", "original_text", "note", "basis_note") or (
            self.name.startswith("quote")
        )


def _party_columns(role: Role) -> tuple[Column, ...]:
    name, examples = role.value, _EXAMPLES.get(role, {})
    told = [
        Column(
            name,
            _(
                "Who: a slug, a code of a country, or a name that only one has. “the public”; "
                "or “unnamed: a senior official”. Several: separated by ;"
            ),
            is_list=True,
        ),
        Column(
            f"{name}_post", _("The post held, where it is not the one of that day."), None, True
        ),
        Column(f"{name}_organization", _("The organization spoken for."), None, True),
        Column(
            f"{name}_country", _("Code of the side, where it is not the actor's own."), None, True
        ),
        Column(f"{name}_capacity", _("The capacity, in other words than the post's."), None, True),
        Column(f"{name}_name_as_printed", _("The name as the source prints it."), None, True),
        Column(f"{name}_basis", _("Stated by the source, or inferred."), Basis, True),
    ]
    if role == Role.RELAYER:
        told += [
            Column(
                "relayer_form", _("Form in which the relayer's own words reach us."), Form, True
            ),
            Column("relayer_channel", _("Channel of the relayer."), Channel, True),
        ]
    return tuple(Column(c.name, c.about, c.terms, True, examples.get(c.name, "")) for c in told)


_EXAMPLES: dict[Role, dict[str, str]] = {
    Role.SPEAKER: {"speaker": "jalil-abbas-jilani", "speaker_name_as_printed": "Jilani"},
    Role.ADDRESSEE: {"addressee": "Hossein Amir-Abdollahian"},
    Role.RELAYER: {
        "relayer": "organization: foreign-office-pakistan",
        "relayer_form": "direct",
        "relayer_channel": "press_statement",
    },
}


def _citation_columns(number: int) -> tuple[Column, ...]:
    end = f"_{number}" if number > 1 else ""
    about_article = _("Slug of the article that reports it. Or its address, or outlet and title:")
    if number > 1:
        about_article = _("Another article that reports it, with columns of its own.")
    return (
        Column(f"article{end}", about_article, example="" if end else "ndtv-pakistan-iran"),
        Column(f"article_url{end}", _("Address of an article that is in the archive.")),
        Column(f"outlet{end}", _("Slug or name of its outlet.")),
        Column(f"article_title{end}", _("Its title, to the letter.")),
        Column(
            f"quote{end}",
            _("The exact words in that article."),
            example="" if end else "closer cooperation on security issues",
        ),
        Column(f"locator{end}", _("Where in it: page, paragraph, minute.")),
    )


COLUMNS: tuple[Column, ...] = (
    Column("key", _("Name of the statement. Empty: made of the day and the first parties.")),
    Column(
        "text",
        _("What was said. Required."),
        example="He underscored the need for closer cooperation on security issues.",
    ),
    Column("form", _("Form of the speaker's words. Required."), Form, example="indirect"),
    Column("text_status", _("State of the text."), TextStatus),
    Column("language", _("Language of the text: en unless told."), example="en"),
    Column("original_text", _("The same in the language it was said in.")),
    Column("original_language", _("Language of the original: fa, ur, pt-BR.")),
    Column("translator", _("Who translated it.")),
    Column("said_on", _("Day, month or year: 2024-01-19, 2024-01, 2024."), example="2024-01-19"),
    Column("said_on_qualifier", _("How exact the day is."), Qualifier, also="qualifier"),
    Column("said_on_until", _("The second day, with “between”.")),
    Column("said_on_basis", _("Stated by the source, or inferred."), Basis, example="inferred"),
    Column("said_at", _("Instant with its zone: 2024-01-19T14:30:00+05:00.")),
    Column("undated_reason", _("Why there is no day.")),
    Column("channel", _("Channel: unknown unless told."), Channel, example="phone_call"),
    Column("channel_basis", _("Stated by the source, or inferred."), Basis),
    Column("platform", _("Platform of a social media post.")),
    *_party_columns(Role.SPEAKER),
    *_party_columns(Role.ADDRESSEE),
    *_party_columns(Role.RELAYER),
    *_party_columns(Role.SUBJECT),
    Column("acts", _("What the statement does. Several: separated by ;"), Act, True, "appeal"),
    Column("topics", _("Slugs or names of topics. Several: separated by ;"), None, True),
    Column("event", _("Slug of the event it was made in.")),
    Column("event_order", _("Its place in the event: 0, 1, 2.")),
    Column("about_events", _("Slugs of events it is about. Several: separated by ;"), None, True),
    *(column for number in range(1, N_CITATIONS + 1) for column in _citation_columns(number)),
    Column(
        "links",
        _("Links to other statements, as “replies_to: key”. Several: separated by ;"),
        LinkKind,
        True,
    ),
    Column("standing", _("Standing of the attribution."), Standing),
    Column("standing_note", _("Who disputes it, since when, on what ground.")),
    Column("status", _("Draft unless told."), Status, example="draft"),
    Column("withdrawal_reason", _("Why it is withdrawn, for the public.")),
    Column("basis_note", _("Why what is inferred is inferred.")),
    Column("note", _("A public note.")),
)
BY_NAME = {column.name: column for column in COLUMNS}
ALSO = {column.also: column for column in COLUMNS if column.also}
_FIELDS_OF_PARTIES = re.compile(r"parties\[(\d+)\](?:\.(\w+))?")
_FIELDS_OF_CITATIONS = re.compile(r"citations\[(\d+)\](?:\.(\w+))?")


def column_of(heading: str) -> Column | None:
    """The column that a heading names, however it is spelled: `Said on` is `said_on`."""
    name = re.sub(r"[\s_-]+", "_", heading.strip().casefold())
    return BY_NAME.get(name) or ALSO.get(name)


def column_of_field(field: str, roles: tuple[Role, ...]) -> str:
    """The column that fills in a field of the archive format: `parties[0].post` is `speaker_post`.

    `roles` are those of the row's parties in their order.
    """
    if party := _FIELDS_OF_PARTIES.match(field):
        number, part = int(party[1]), party[2]
        role = roles[number].value if number < len(roles) else Role.SPEAKER.value
        column = f"{role}_{part}"
        return column if column in BY_NAME else role
    if citation := _FIELDS_OF_CITATIONS.match(field):
        end = f"_{int(citation[1]) + 1}" if int(citation[1]) else ""
        column = f"{citation[2]}{end}"
        return column if column in BY_NAME else f"article{end}"
    name = re.split(r"[.\[]", field)[0]
    return {"parties": "speaker", "citations": "article"}.get(name, name)
