"""The parts of a personal name as it is printed."""

import re
from typing import NamedTuple, Self

from .folding import (
    COMMA,
    N_CHARACTERS,
    closed,
    fold,
    is_ideographic,
    is_unvowelled,
    joined,
    mandarin,
    marked_words,
    unvowelled,
)
from .words import GENERATIONS, PARTICLES, REIGNS, SERVANT, TITLES, TRAILING

# A reading that is not the usual one of such a name counts a little less.
UNUSUAL = 0.95

# In brackets or double quotation marks, whether closed or not.
_OPENING = re.compile('[(\\[\u201c\u201d\u201e\xab"]')
_ASIDE = re.compile(
    r"\(([^()]*)\)?|\[([^\[\]]*)\]?"
    '|[\u201c\u201d\u201e\xab"]([^\u201c\u201d\xbb"]*)[\u201d\xbb"]?'
)
_WIFE_OF = re.compile(r"\s*mrs\b", re.IGNORECASE)

_NO_NAME = TITLES.union(GENERATIONS)

# Two to five syllables that could be Mandarin, in pinyin or in Wade-Giles.
_SYLLABLES = re.compile("(?:[b-df-hj-np-tw-z]{0,2}[aeiou]{1,4}(?:ng?|h|r)?){2,5}")

Words = tuple[str, ...]


class Reading(NamedTuple):
    """One way to tell surname from given names; `weight` is below 1 for an unusual one.

    The surname is one word without particles, `surname_words` what it is made of; a given name
    of one letter is an initial.
    """

    surname: str
    surname_words: Words
    givens: Words
    weight: float = 1.0

    @property
    def is_usual(self) -> bool:
        return self.weight == 1

    def unvowelled(self) -> Self:
        """Returns the reading in a script without vowels; the surname may become empty."""
        pieces = tuple(filter(None, map(unvowelled, self.surname_words)))
        givens = tuple(filter(None, map(unvowelled, self.givens)))
        return type(self)(unvowelled(self.surname), pieces, givens, self.weight)


class PersonName(NamedTuple):
    """A name in its parts, folded, with titles, nicknames and suffix set aside.

    `readings` begin with the usual one; there are more where the order is open or another
    spelling stands in brackets. `wholes` are all words run together, in either order;
    `mandarin` the same as Chinese would have them. In a script that leaves out vowels readings
    have none.
    """

    text: str
    folded: str
    readings: tuple[Reading, ...] = ()
    wholes: Words = ()
    mandarin: Words = ()
    words: frozenset[str] = frozenset()
    nicknames: Words = ()
    titles: Words = ()
    suffix: str = ""
    is_unvowelled: bool = False

    @property
    def surname(self) -> str:
        return self.readings[0].surname if self.readings else ""

    @property
    def givens(self) -> Words:
        return self.readings[0].givens if self.readings else ()

    @property
    def initials(self) -> str:
        return "".join(given[0] for given in self.givens)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads a name in the order "Surname, Given" or "Given Surname"; never raises.

        Without a comma, a name without initials is also read surname first, as in East Asia
        and Hungary; one that ends with an initial is read only so ("Lavrov S. V."). A
        text without letters gives a name without readings.
        """
        head = text[:N_CHARACTERS]
        asides = _asides(head) if _OPENING.search(head) else _Asides(head)
        marked = marked_words(asides.plain)
        folded = fold(text) if asides.inner else joined(marked)
        parts = _parts(marked) or _parts(marked_words(" ".join(asides.inner)))
        if parts is None:
            return cls(text, folded)
        family, givens = _own(parts.family), _own(parts.givens)
        readings = _readings(family, givens, is_surname_first=is_ideographic(asides.plain))
        readings += [_reading((word,), givens or family[1:]) for word in asides.surnames]
        is_bare = is_unvowelled(asides.plain)
        if is_bare:
            readings = _without_vowels([*readings, *_compound(family, givens)])
        for other in asides.others:
            readings += cls.parse(other).readings
        own = tuple(map(closed, family + givens))
        wholes = _wholes(closed("".join(family)), closed("".join(givens)))
        return cls(
            text=text,
            folded=folded,
            readings=tuple(dict.fromkeys(readings)),
            wholes=wholes,
            mandarin=_as_mandarin(wholes, own),
            words=frozenset(own),
            nicknames=asides.nicknames,
            titles=parts.titles,
            suffix=parts.suffix,
            is_unvowelled=is_bare,
        )


class _Asides(NamedTuple):
    """A text without what stood in brackets or quotation marks, and what that was."""

    plain: str
    inner: tuple[str, ...] = ()
    nicknames: Words = ()
    surnames: Words = ()
    others: tuple[str, ...] = ()


def _asides(text: str) -> _Asides:
    """Parts a text from what stands in brackets or quotation marks.

    A single word is a nickname, or another spelling of the surname when it follows the first
    word of all; several are another name.
    """
    inner: list[str] = []
    nicknames: list[str] = []
    surnames: list[str] = []
    others: list[str] = []
    for found in _ASIDE.finditer(text):
        aside = found[1] or found[2] or found[3] or ""
        inner.append(aside)
        own = [word for word in fold(aside).split() if word not in _NO_NAME]
        if len(own) == 1:
            nicknames.append(own[0])
            if len(text[: found.start()].split()) == 1 and "," not in text[: found.start()]:
                surnames.append(own[0])
        elif own and not _WIFE_OF.match(aside):
            others += aside.split(",") if aside.count(",") > 1 else [aside]
    plain = _ASIDE.sub(" ", text)
    return _Asides(plain, tuple(inner), tuple(nicknames), tuple(surnames), tuple(others))


class _Parts(NamedTuple):
    """What stands before and after the comma (nothing, when it parts no given names off)."""

    family: Words
    givens: Words
    titles: Words
    suffix: str


def _parts(marked: list[str]) -> _Parts | None:
    segments = _segments(marked)
    if not segments:
        return None
    family, suffix = _without_generation(segments[0])
    givens: Words = ()
    titles: Words = ()
    for segment in segments[1:]:
        if len(segment) == 1 and segment[0] in GENERATIONS:
            suffix = GENERATIONS[segment[0]]
            continue
        segment, own_suffix = _without_generation(segment)
        segment, own_titles = _without_titles(segment)
        givens, titles, suffix = givens + segment, titles + own_titles, own_suffix or suffix
    if not givens:
        own, own_titles = _without_titles(family)
        family, reign = _without_reign(own or family[-1:])
        titles, suffix = titles + own_titles, suffix or reign
    return _Parts(family, givens, titles, suffix)


def _segments(marked: list[str]) -> list[Words]:
    """Parts words at the commas; numbers, such as years of birth, are left out."""
    segments: list[list[str]] = [[]]
    for word in marked:
        if word == COMMA:
            segments.append([])
        elif not word.replace("-", "").isdigit():
            segments[-1].append(word)
    return [tuple(segment) for segment in segments if segment]


def _without_generation(segment: Words) -> tuple[Words, str]:
    if len(segment) > 1 and segment[-1] in GENERATIONS:
        return segment[:-1], GENERATIONS[segment[-1]]
    return segment, ""


def _without_reign(family: Words) -> tuple[Words, str]:
    """Takes off a ruler's numeral, as in "Mohammed V"; beside initials it is an initial."""
    if 1 < len(family) <= 3 and family[-1] in REIGNS and all(len(w) > 1 for w in family[:-1]):
        return family[:-1], REIGNS[family[-1]]
    return family, ""


def _without_titles(segment: Words) -> tuple[Words, Words]:
    first, last = 0, len(segment)
    while first < last and _is_title(segment[first]):
        first += 1
    while last > first and segment[last - 1] in TRAILING:
        last -= 1
    return segment[first:last], segment[:first] + segment[last:]


def _is_title(word: str) -> bool:
    return word in TITLES or ("-" in word and all(part in TITLES for part in word.split("-")))


def _own(segment: Words) -> Words:
    """Drops the particles and joins "Abdul" to what it serves; keeps all when all are particles."""
    own: list[str] = []
    is_servant = False
    for word in segment:
        if word in PARTICLES and (len(word) > 1 or word == "y"):
            continue
        if is_servant:
            own[-1] += closed(word)
        else:
            own.append("abdul" if word in SERVANT else word)
        is_servant = word in SERVANT
    return tuple(own) or segment


def _readings(family: Words, givens: Words, *, is_surname_first: bool) -> list[Reading]:
    if givens or len(family) == 1:
        return [_reading(family, givens)]
    if len(family[-1]) == 1 < len(family[0]):
        return [_reading(family[:1], family[1:])]
    if any(len(word) == 1 for word in family):
        return [_reading(family[-1:], family[:-1])]
    if is_surname_first:
        usual, unusual = (family[:1], family[1:]), (family[-1:], family[:-1])
    else:
        usual, unusual = (family[-1:], family[:-1]), (family[:1], family[1:])
    return [_reading(*usual), _reading(*unusual, UNUSUAL)]


def _compound(family: Words, givens: Words) -> list[Reading]:
    """Joins the last two words: in Persian and Urdu the space within a compound is loose."""
    if givens or len(family) < 2:
        return []
    return [_reading(("".join(family[-2:]),), family[:-2], UNUSUAL)]


def _without_vowels(readings: list[Reading]) -> list[Reading]:
    return [bare for reading in readings if (bare := reading.unvowelled()).surname]


def _reading(family: Words, givens: Words, weight: float = 1.0) -> Reading:
    surname = "".join(family)
    if "-" in surname:
        family = tuple(piece for word in family for piece in word.split("-"))
    return Reading(closed(surname), family, tuple(map(closed, givens)), weight)


def _wholes(surname: str, given: str) -> Words:
    return (given + surname, surname + given) if given else (surname,)


def _as_mandarin(wholes: Words, own: Words) -> Words:
    if len(own) < 2 or min(map(len, own)) == 1:
        return ()
    return tuple(mandarin(whole) for whole in wholes if _SYLLABLES.fullmatch(whole))
