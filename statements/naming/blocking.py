"""Which names are worth comparing with one that is asked for.

Blocking, as in Christen, Data Matching, 2012, ch. 4: by the words run together, by the surname,
its sound, its near spellings and what scripts without vowels leave of it, and by rarer words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from .folding import consonants, sound
from .parsing import PersonName, Reading
from .postings import Digests, Postings

# How many words of near spelling are looked at, and how alike they have to be.
N_NEAR = 40
LEAST_NEAR_SURNAME, LEAST_NEAR_WORD = 0.83, 0.88
# A word in more names than these leads nowhere by itself: such names are found by surname.
N_RARE = 300

# What is before a key tells what it is of a name: all words run together, the same as Mandarin has
# them, the sound of a surname that is usual or unusual, its consonants, in a script of them alone.
WHOLE, MANDARIN, USUAL, UNUSUAL, CONSONANTS, UNVOWELLED = "w~usca"


class Vocabulary:
    """Every word of the names, with the numbers of the names that have it."""

    def __init__(self) -> None:
        self._postings = Postings()

    def add(self, number: int, name: PersonName) -> None:
        self._postings.add(number, _words(name))

    def settle(self) -> None:
        """Ends the adding."""
        self._postings.settle()

    def rare(self, word: str) -> Sequence[int]:
        """Returns the names that have a word, unless too many have."""
        numbers = self._postings.numbers(word) if len(word) > 1 else ()
        return numbers if len(numbers) <= N_RARE else ()

    def beginning(self, letters: str) -> set[int]:
        """Returns the names with a word that begins so."""
        return set(self._postings.numbers_from(letters))

    def near(self, word: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Yields the words spelled nearly so, with the same first letter, nearest first."""
        for found in _near(word, self._postings.words_from(word[:1]), LEAST_NEAR_WORD):
            yield found, self._postings.numbers(found)


class Blocks:
    """The numbers of names by what they share with another name."""

    def __init__(self) -> None:
        self._keys, self._usual = Digests(), Postings()
        self._by_first_sound: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, number: int, name: PersonName) -> None:
        self._keys.add(number, _keys(name))
        usual = {reading.surname for reading in name.readings if reading.is_usual}
        self._usual.add(number, usual)

    def settle(self) -> None:
        """Ends the adding."""
        self._keys.settle()
        self._usual.settle()
        for surname in self._usual.words:
            self._by_first_sound[_first_sound(surname)].append(surname)

    def candidates(self, asked: PersonName) -> set[int]:
        """Returns the names that could be the one asked for; most are not."""
        found: set[int] = set()
        for whole in asked.wholes:
            found.update(self._keys.numbers(WHOLE + whole), self._usual.numbers(whole))
        for mandarin in asked.mandarin:
            found.update(self._keys.numbers(MANDARIN + mandarin))
        for reading in asked.readings:
            bare = consonants(reading.surname)
            found.update(
                self._keys.numbers(WHOLE + reading.surname),
                self._keys.numbers(UNVOWELLED + bare),
                self._keys.numbers(CONSONANTS + bare) if asked.is_unvowelled else (),
                *self._alike(reading),
            )
        return found

    def _alike(self, asked: Reading) -> Iterator[Sequence[int]]:
        """Yields the names of like surname.

        Two names that are both read in the unusual order meet in the usual one.
        """
        heard = sound(asked.surname)
        yield self._keys.numbers(USUAL + heard)
        if asked.is_usual:
            yield self._keys.numbers(UNUSUAL + heard)
            surnames = self._by_first_sound.get(heard[:1], [])
            for surname in _near(asked.surname, surnames, LEAST_NEAR_SURNAME):
                yield self._usual.numbers(surname)


def _keys(name: PersonName) -> Iterator[str]:
    yield from (WHOLE + whole for whole in name.wholes)
    yield from (MANDARIN + mandarin for mandarin in name.mandarin)
    for reading in name.readings:
        yield (USUAL if reading.is_usual else UNUSUAL) + sound(reading.surname)
        bare = consonants(reading.surname)
        yield CONSONANTS + bare
        if name.is_unvowelled:
            yield UNVOWELLED + bare


def _words(name: PersonName) -> set[str]:
    own = {*name.words, *name.nicknames}
    for reading in name.readings:
        own.update(reading.surname_words, reading.givens)
    return own


def _first_sound(word: str) -> str:
    return sound(word)[:1]


def _near(word: str, words: list[str], least: float) -> list[str]:
    near = process.extract(
        word, words, scorer=JaroWinkler.similarity, score_cutoff=least, limit=N_NEAR
    )
    return [found for found, _, _ in near]
