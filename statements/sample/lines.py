"""Synthetic statements -> lines of COPY, with what the database would derive for them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from .world import NOTE, Said, World

N_AT_ONCE = 5_000
N_ARTICLES_SHARED = 2  # statements that one article reports
# The places of words in a vector: those of the text, and after them those of the original.
PLACES_A, PLACES_B = [[f":{place}{weight}" for place in range(1, 200)] for weight in "AB"]

# In an order in which each refers to what is there already.
COLUMNS = {
    "article": ("id", "slug", "outlet_id", "title", "url", "archived_url", "published_on",
                "language", "kind", "agency", "byline", "body", "repository", "collection", "box",
                "folder", "document_number"),
    "statement": ("id", "key", "text", "language", "form", "text_status", "original_text",
                  "original_language", "translator", "said_on", "said_on_qualifier",
                  "said_on_basis", "undated_reason", "said_at_offset", "channel", "channel_basis",
                  "platform", "basis_note", "acts", "event_id", "standing", "standing_note", "note",
                  "status", "withdrawal_reason", "published_at", "updated_at", "account", "basis",
                  "facets", "search_vector"),
    "party": ("statement_id", "position", "role", "kind", "official_id", "organization_id",
              "country_id", "name_as_printed", "chosen_capacity", "basis", "form", "channel"),
    "citation": ("statement_id", "article_id", "position", "locator", "form", "text_status",
                 "quote", "prefix", "suffix", "check_result"),
    "statement_topics": ("statement_id", "topic_id"),
}  # fmt: skip


@dataclass
class Cast:
    """The rows that statements refer to, and what their words are in the index."""

    countries: list[int]
    topics: list[int] = field(default_factory=list)
    outlets: list[int] = field(default_factory=list)
    ministries: dict[int, int] = field(default_factory=dict)
    events: dict[int, int] = field(default_factory=dict)
    lexemes: dict[str, dict[str, str]] = field(default_factory=dict)  # by language and word
    first_statement: int = 0
    first_article: int = 0


def lines_of(world: World, cast: Cast) -> Iterator[dict[str, bytes]]:
    """Yields what is to be copied into each table, some thousands of statements at a time."""
    writer = _Writer(world, cast)
    for said in world.statements():
        writer.add(said)
        if (said.number + 1) % N_AT_ONCE == 0 or said.number + 1 == world.n_statements:
            yield {table: "".join(lines).encode() for table, lines in writer.lines.items()}
            writer.lines = defaultdict(list)


class _Writer:
    """Turns what was said into lines of COPY."""

    def __init__(self, world: World, cast: Cast) -> None:
        self.world, self.cast = world, cast
        self.lines: dict[str, list[str]] = defaultdict(list)

    def add(self, said: Said) -> None:
        lines = self.lines
        pk = self.cast.first_statement + said.number
        article = self.cast.first_article + said.number // N_ARTICLES_SHARED
        outlet = self.cast.outlets[said.outlet]
        if said.number % N_ARTICLES_SHARED == 0:
            self.outlet = outlet
            lines["article"].append(
                f"{article}\tsample-{self.world.seed}-article-{article}\t{outlet}\t"
                f"{' '.join(said.words[:7]).capitalize()}\t\t\t{said.day}\ten\tnews_report"
                "\t\t\t\t\t\t\t\t\n"
            )
        tokens = _Tokens(said, self.cast, self.outlet)
        lines["party"] += tokens.party_lines(pk)
        text = " ".join(said.words).capitalize() + "."
        quote = text if said.form == "direct" else ""
        lines["citation"].append(f"{pk}\t{article}\t0\t\t\t\t{quote}\t\t\tno_text\n")
        topics = [self.cast.topics[topic] for topic in said.topics]
        lines["statement_topics"] += [f"{pk}\t{topic}\n" for topic in topics]
        lines["statement"].append(self._statement_line(pk, said, text, tokens, topics))

    def _statement_line(
        self, pk: int, said: Said, text: str, tokens: "_Tokens", topics: list[int]
    ) -> str:
        language, words = said.original
        published = f"{said.day + timedelta(days=2)}T{said.number % 24:02}:00:00Z"
        event = self.cast.events[said.crisis] if said.crisis is not None else None
        facets = tokens.facets(language or "en", topics)
        vector = tokens.vector(facets, event, self.cast.lexemes, language)
        status = "translated" if language else "unknown"
        return (
            f"{pk}\t{said.key}\t{text}\ten\t{said.form}\t{status}\t{' '.join(words)}\t{language}"
            f"\t\t{said.day}\ton\tstated\t\t0\t{said.channel}\tstated\t"
            f"{'X' if said.channel == 'social_post' else ''}\t\t{{{','.join(said.acts)}}}\t"
            f"{event or chr(92) + 'N'}\tundisputed\t\t{NOTE}\tpublished\t\t{published}\t{published}"
            f"\t{tokens.account}\tstated\t{{{','.join(facets)}}}\t{vector}\n"
        )


class _Tokens:
    """What the database would derive for a statement: see `derive_tokens` in the migrations."""

    def __init__(self, said: Said, cast: Cast, outlet: int) -> None:
        self.said, self.outlet = said, outlet
        speaker = said.speakers[0]
        self.side = cast.countries[speaker.country]
        self.speaker = speaker.pk
        self.addressees = [(a.pk, cast.countries[a.country]) for a in said.addressees]
        self.ministry = cast.ministries[self.side] if said.is_relayed else None
        reports = ("contact_report", "act_report")
        private = ("phone_call", "meeting_bilateral", "unknown")
        is_alone = said.form == reports[0] or (said.form == reports[1] and said.channel in private)
        self.account = "own_side" if said.is_relayed else "outlet_only" if is_alone else "own"

    def party_lines(self, pk: int) -> list[str]:
        lines = [f"{pk}\t0\tspeaker\tofficial\t{self.speaker}\t\\N\t{self.side}\t\t\tstated\t\t\n"]
        lines += [
            f"{pk}\t{place}\taddressee\tofficial\t{official}\t\\N\t{country}\t\t\tstated\t\t\n"
            for place, (official, country) in enumerate(self.addressees, 1)
        ]
        if not self.addressees:
            lines.append(f"{pk}\t1\taddressee\tpublic\t\\N\t\\N\t\\N\t\t\tstated\t\t\n")
        if self.ministry:
            lines.append(
                f"{pk}\t9\trelayer\torganization\t\\N\t{self.ministry}\t{self.side}"
                "\t\t\tstated\tindirect\tpress_statement\n"
            )
        return lines

    def facets(self, language: str, topics: list[int]) -> list[str]:
        said = self.said
        sides = sorted({f"@t{country}" for _pk, country in self.addressees})
        people = sorted({f"@a{official}" for official, _country in self.addressees})
        return [
            f"@f{self.side}",
            *sides,
            *people,
            f"@s{self.speaker}",
            *sorted({f"@z{self.side}-{country}" for _pk, country in self.addressees}),
            f"@h{said.channel}",
            f"@m{said.form}",
            f"@w{self.account}",
            "@bstated",
            "@dundisputed",
            f"@l{language}",
            f"@y{said.day.year:04}",
            *(f"@k{act}" for act in said.acts),
            *(f"@q{topic}" for topic in topics),
            f"@u{self.outlet}",
        ]

    def vector(
        self,
        facets: list[str],
        event: int | None,
        lexemes: dict[str, dict[str, str]],
        language: str,
    ) -> str:
        # PostgreSQL sorts the words, and puts the places of one word together.
        words, original = self.said.words, self.said.original[1]
        known = list(map(lexemes["en"].__getitem__, words))
        told = [lexeme + place for lexeme, place in zip(known, PLACES_A, strict=False) if lexeme]
        if original:
            n_taken = max((n for n, lexeme in enumerate(known, 1) if lexeme), default=0)
            stems = map(lexemes[language].__getitem__, original)
            places = PLACES_B[n_taken:]
            told += [stem + place for stem, place in zip(stems, places, strict=False) if stem]
        told += facets
        for pk in (self.speaker, *(pk for pk, _country in self.addressees)):
            told += (f"@o{pk}", f"@n{pk}")
        if self.ministry:
            told += (f"@g{self.ministry}", f"@R{self.ministry}")
        if event:
            told.append(f"@e{event}")
        return " ".join(told)
