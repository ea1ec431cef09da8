"""A statement as a bibliography cites it: who said it to whom, how, who told of it, and where.

The parts are told in the order of the attribution chain. Words come from one place, so that a
reference says the same in BibTeX, RIS, CSL and print.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from statements.dates import PartialDate, Qualifier, printed
from statements.vocabulary import Channel, Form, Standing, Term, TextStatus

Translate = Callable[[str], str]

N_SOURCES_TOLD = 3


def _(text: str) -> str:
    """Marks a text for gettext; whoever asks for the words translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Named:
    """Someone of a reference, with the capacity of that day.

    `sort_name` is what a person is filed under, "" for all who have no personal name. `told` is
    the name within a sentence where that is another: `Pakistan's Foreign Office`. A relayer alone
    has a form and a channel.
    """

    name: str
    sort_name: str = ""
    capacity: str = ""
    form: str = ""
    channel: str = ""
    told: str = ""

    @property
    def in_full(self) -> str:
        if not self.capacity or self.capacity == self.name:
            return self.told or self.name
        return f"{self.name} ({self.capacity})"

    @property
    def family_and_given(self) -> tuple[str, str] | None:
        """The parts of a personal name, whichever stands first; None where they are not known."""
        given = self.name.removesuffix(f" {self.sort_name}")
        if given == self.name:
            given = self.name.removeprefix(f"{self.sort_name} ")
        if not self.sort_name or given == self.name or "," in self.name:
            return None
        return self.sort_name, given


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports the statement; `place` says where in an archive or on which page."""

    title: str
    outlet: str
    published_on: PartialDate | None = None
    place: str = ""
    url: str = ""
    archived_url: str = ""
    based_on: "Source | None" = None


@dataclass(frozen=True, slots=True)
class Reference:
    """All that a citation of a statement may say. `archive` is who keeps it, at `url`."""

    key: str
    url: str
    archive: str
    words: str
    language: str
    form: str
    channel: str
    speakers: tuple[Named, ...]
    addressees: tuple[Named, ...] = ()
    relayers: tuple[Named, ...] = ()
    sources: tuple[Source, ...] = ()
    platform: str = ""
    text_status: str = TextStatus.UNKNOWN
    said_on: PartialDate | None = None
    said_on_qualifier: str = Qualifier.ON
    said_on_until: PartialDate | None = None
    is_day_inferred: bool = False
    standing: str = Standing.UNDISPUTED
    accessed_on: date | None = None

    @property
    def is_mutual(self) -> bool:
        """Whether those who spoke and those spoken to are the same people."""
        return len(self.speakers) > 1 and {n.in_full for n in self.speakers} == {
            n.in_full for n in self.addressees
        }


def title(reference: Reference, translate: Translate = str) -> str:
    """The whole of a reference but author, archive and days, for formats that print only a title.

    `A (capacity) to B (capacity): telephone call, paraphrase, relayed by C, reported in “D”`.
    """
    parts = [how(reference, translate), *how_known(reference, translate)]
    comma = translate(_(", "))
    return translate(_("%(who)s: %(how)s")) % {
        "who": who_to_whom(reference, translate),
        "how": comma.join(parts),
    }


def who_to_whom(reference: Reference, translate: Translate = str) -> str:
    """Who spoke to whom, each in the capacity of that day."""
    speakers = joined((named.in_full for named in reference.speakers), translate)
    if reference.is_mutual:
        return translate(_("%(speakers)s, to each other")) % {"speakers": speakers}
    if not reference.addressees:
        return speakers
    return translate(_("%(speakers)s to %(addressees)s")) % {
        "speakers": speakers,
        "addressees": joined((named.in_full for named in reference.addressees), translate),
    }


def how(reference: Reference, translate: Translate = str) -> str:
    """Through what it was said, in what form and state the words reach us.

    `telephone call, paraphrase`; `social media post (X), direct quotation, translated`.
    """
    channel = _lowered(Channel.of(reference.channel), translate)
    if reference.channel == Channel.UNKNOWN:
        channel = translate(_("statement"))
    if reference.platform:
        channel = f"{channel} ({reference.platform})"
    told = [channel, _lowered(Form.of(reference.form), translate)]
    if reference.text_status not in (TextStatus.UNKNOWN, TextStatus.VERBATIM):
        told.append(_lowered(TextStatus.of(reference.text_status), translate))
    return translate(_(", ")).join(told)


def how_known(reference: Reference, translate: Translate = str) -> list[str]:
    """Who relayed it, where it is reported, and what is held against day and attribution."""
    told = []
    if reference.relayers:
        relayers = joined((_relayed(named, translate) for named in reference.relayers), translate)
        told.append(translate(_("relayed by %(relayers)s")) % {"relayers": relayers})
    if reference.sources:
        sources = reported_in(reference, translate)
        told.append(translate(_("reported in %(sources)s")) % {"sources": sources})
    if reference.is_day_inferred:
        told.append(translate(_("the day inferred")))
    if reference.standing != Standing.UNDISPUTED:
        standing = _lowered(Standing.of(reference.standing), translate)
        told.append(translate(_("attribution %(standing)s")) % {"standing": standing})
    return told


def reported_in(reference: Reference, translate: Translate = str) -> str:
    """The articles that report it, the first few by name."""
    told = [_source(source, translate) for source in reference.sources[:N_SOURCES_TOLD]]
    if len(reference.sources) > N_SOURCES_TOLD:
        told.append(translate(_("others")))
    return joined(told, translate)


def notes(reference: Reference, translate: Translate = str) -> list[str]:
    """The addresses of the articles and of their copies, which no style prints."""
    told = []
    for source in reference.sources:
        addresses = [address for address in (source.url, source.archived_url) if address]
        if addresses:
            told.append(": ".join([_source(source, translate), " ".join(addresses)]))
    return told


def said(reference: Reference, translate: Translate = str) -> str:
    """The day in words."""
    return printed(
        reference.said_on,
        reference.said_on_qualifier,
        reference.said_on_until,
        translate=translate,
    )


def one_line(text: str) -> str:
    """The text in one line, for formats in which a line end is markup."""
    return " ".join(text.split())


def joined(names: Iterable[str], translate: Translate = str) -> str:
    """Joins names as a sentence does: `A`, `A and B`, `A, B and C`."""
    told = list(names)
    if len(told) < 2:
        return "".join(told)
    return translate(_("%(names)s and %(last_name)s")) % {
        "names": translate(_(", ")).join(told[:-1]),
        "last_name": told[-1],
    }


def _lowered(term: Term, translate: Translate) -> str:
    """A label within a sentence; a capital that is a name's stays."""
    label = translate(term.label)
    return label[:1].lower() + label[1:]


def _relayed(named: Named, translate: Translate) -> str:
    if named.channel in ("", Channel.UNKNOWN):
        return named.told or named.name
    return f"{named.told or named.name} ({_lowered(Channel.of(named.channel), translate)})"


def _source(source: Source, translate: Translate) -> str:
    """`“Title” (outlet, day, place)`, and the report that it retells."""
    day = printed(source.published_on, translate=translate) if source.published_on else ""
    within = translate(_(", ")).join(part for part in (source.outlet, day, source.place) if part)
    told = translate(_("“%(title)s” (%(within)s)")) % {"title": source.title, "within": within}
    if source.based_on is None:
        return told
    return translate(_("%(source)s, after %(based_on)s")) % {
        "source": told,
        "based_on": _source(source.based_on, translate),
    }
