"""A conversation by the accounts of its two sides: what both tell, what one alone, in what words.

And who answered whom in an exchange of letters or posts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statements.likeness import likeness, words_of
from statements.models import Country, Event, Link, Party, Statement
from statements.renderings import Span, compare
from statements.search.snippets import Excerpt, Snippet
from statements.threads import threads
from statements.vocabulary import Account, LinkKind

# How alike the words of two accounts of the same speaker are at least, to be taken for one thing.
ALIKE = 0.5
WITHIN = (LinkKind.REPLIES_TO, LinkKind.REPEATS)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in one side's account, with the words marked that the other's does not have."""

    statement: Statement
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The same thing by the accounts of either side, or what is in one alone.

    What one record tells by both accounts stands in `together`.
    """

    one: Told | None = None
    other: Told | None = None
    together: Statement | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A statement in a thread, how deep it lies, and what it answers."""

    statement: Statement
    depth: int
    answered: Statement | None


@dataclass(frozen=True, slots=True)
class Links:
    """What the statements of an event do to each other: (what it does, to what)."""

    replies: dict[int, int]
    repeats: frozenset[tuple[int, int]]

    def are_one(self, one: Statement, other: Statement) -> bool:
        """Whether a curator says that either repeats the other."""
        return not self.repeats.isdisjoint({(one.pk, other.pk), (other.pk, one.pk)})


def links_within(statements: Iterable[Statement]) -> Links:
    """The replies and repetitions among these statements; of several replies the first."""
    pks = [statement.pk for statement in statements]
    if len(pks) < 2:
        return Links({}, frozenset())
    links = Link.objects.filter(statement__in=pks, target__in=pks, kind__in=WITHIN)
    replies: dict[int, int] = {}
    repeats = set()
    for link in links.order_by("position", "id"):
        if link.kind == LinkKind.REPLIES_TO:
            replies.setdefault(link.statement_id, link.target_id)
        else:
            repeats.add((link.statement_id, link.target_id))
    return Links(replies, frozenset(repeats))


def tellers(statement: Statement) -> list[Country]:
    """The countries whose account it is: of whoever heard it in each article, or the speaker's."""
    heard: dict[int | None, Party] = {party.article_id: party for party in statement.relayers}
    countries = [party.country for party in heard.values()]
    if not heard and statement.account == Account.OWN and statement.speakers:
        countries = [statement.speakers[0].country]
    return list(dict.fromkeys(country for country in countries if country))


def told_by_one(event: Event, statements: Iterable[Statement]) -> tuple[Country, list[Country]]:
    """The one side of an event that tells of it, and the others; raises LookupError if not one."""
    sides = list(event.countries.all())
    told = {country for statement in statements for country in tellers(statement)}
    telling = [country for country in sides if country in told]
    if len(telling) != 1 or len(sides) < 2:
        raise LookupError(event.slug)
    return telling[0], [country for country in sides if country not in told]


def lines(
    one: list[Statement], other: list[Statement], sides: set[Country], links: Links
) -> list[Line]:
    """Two accounts beside each other, each in its order, what they have in common on one line.

    Where the orders cross, that of the first account holds.
    """
    pairs = dict(_counterparts(one, other, links))
    partners = {statement.pk: statement for statement in other}
    matched = set(pairs.values())
    told: list[Line] = []
    waiting = list(other)
    for statement in one:
        partner = partners.get(pairs.get(statement.pk, 0))
        if partner is None:
            told.append(_alone(statement, sides, is_first=True))
            continue
        before = waiting[: waiting.index(partner)]
        told += [_alone(s, sides, is_first=False) for s in before if s.pk not in matched]
        told.append(_beside(statement, partner))
        # What is matched and stands before waits for its own line.
        waiting = [s for s in before if s.pk in matched] + waiting[len(before) + 1 :]
    return [*told, *(_alone(statement, sides, is_first=False) for statement in waiting)]


def _alone(statement: Statement, sides: set[Country], *, is_first: bool) -> Line:
    if sides <= set(tellers(statement)):
        return Line(together=statement)
    return Line(one=Told(statement)) if is_first else Line(other=Told(statement))


def _beside(one: Statement, other: Statement) -> Line:
    """Both on one line; words of one language are compared."""
    compared = compare(one.text, other.text) if one.language == other.language else None
    if compared is None or not compared.is_legible:
        return Line(Told(one), Told(other))
    return Line(_marked(one, compared.one_only), _marked(other, compared.other_only))


def _marked(statement: Statement, spans: list[Span]) -> Told:
    return Told(statement, Snippet(Excerpt(statement.text, [], spans), None))


def _counterparts(
    one: list[Statement], other: list[Statement], links: Links
) -> Iterator[tuple[int, int]]:
    """Which statements of two accounts are one thing: as a curator says, else the most alike.

    Those of the same parties, each matched once.
    """
    words = {statement.pk: words_of(statement.text) for statement in (*one, *other)}
    likely = []
    for a in one:
        for b in other:
            score = 2.0 if links.are_one(a, b) else 0.0
            if not score and _parties(a) == _parties(b):
                score = likeness(words[a.pk], words[b.pk])
            if score >= ALIKE:
                likely.append((-score, a.pk, b.pk))
    matched: set[int] = set()
    for _score, a_pk, b_pk in sorted(likely):
        if matched.isdisjoint((a_pk, b_pk)):
            matched |= {a_pk, b_pk}
            yield a_pk, b_pk


def _parties(statement: Statement) -> tuple[frozenset[object], frozenset[object]]:
    """Who spoke to whom."""
    spoke, heard = (
        frozenset(party.actor or party.name_as_printed for party in parties)
        for parties in (statement.speakers, statement.addressees)
    )
    return spoke, heard


def replies(statements: Iterable[Statement], links: Links) -> list[Reply]:
    """Statements as threads, each after what it answers; none where nothing answers another."""
    if not links.replies:
        return []
    rows = {statement.pk: statement for statement in statements}
    return [
        Reply(rows[pk], depth, rows.get(links.replies.get(pk, 0)) if depth else None)
        for pk, depth in threads(list(rows), links.replies)
    ]
