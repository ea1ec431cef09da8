"""Which names are worth comparing with one that is asked for.

Blocking, as in Christen, Data Matching, 2012, ch. 4: by the words run together, by the surname,
its sound, its near spellings and what scripts without vowels leave of it, and by rarer words.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from .folding import consonants, sound
from .parsing import PersonName, Reading

# How many words of near spelling are looked at, and how alike they have to be.
N_NEAR = 40
LEAST_NEAR_SURNAME, LEAST_NEAR_WORD = 0.83, 0.88
# A word in more names than these leads nowhere by itself: such names are found by surname.
N_RARE = 300

Numbers = defaultdict[str, list[int]]


class Vocabulary:
    """Every word of the names, with the numbers of the names that have it."""

    def __init__(self, names: Iterable[PersonName]) -> None:
        self._numbers: Numbers = defaultdict(list)
        for number, name in enumerate(names):
            for word in _words(name):
                self._numbers[word].append(number)
        self._words = sorted(self._numbers)

    def rare(self, word: str) -> list[int]:
        """Returns the names that have a word, unless too many have."""
        numbers = self._numbers.get(word, [])
        return numbers if len(word) > 1 and len(numbers) <= N_RARE else []

    def beginning(self, letters: str) -> set[int]:
        """Returns the names with a word that begins so."""
        found: set[int] = set()
        for word in self._words_from(letters):
            found.update(self._numbers[word])
        return found

    def near(self, word: str) -> Iterator[tuple[str, list[int]]]:
        """Yields the words spelled nearly so, with the same first letter, nearest first."""
        for found in _near(word, self._words_from(word[:1]), LEAST_NEAR_WORD):
            yield found, self._numbers[found]

    def _words_from(self, letters: str) -> list[str]:
        first = bisect_left(self._words, letters)
        return self._words[first : bisect_left(self._words, letters + "\x7f", first)]


class Blocks:
    """The numbers of names by what they share with another name."""

    def __init__(self, names: Iterable[PersonName]) -> None:
        self._wholes: Numbers = defaultdict(list)
        self._usual: Numbers = defaultdict(list)
        self._unusual: Numbers = defaultdict(list)
        self._unvowelled: Numbers = defaultdict(list)
        for number, name in enumerate(names):
            self._add(number, name)
        surnames = self._usual.keys() | self._unusual.keys()
        self._by_sound = _grouped(surnames, sound)
        self._by_consonants = _grouped(surnames, consonants)
        self._by_first_sound = _grouped(self._usual, _first_sound)

    def _add(self, number: int, name: PersonName) -> None:
        for whole in (*name.wholes, *map(_marked, name.mandarin)):
            self._wholes[whole].append(number)
        for reading in name.readings:
            numbers = self._usual if reading.is_usual else self._unusual
            numbers[reading.surname].append(number)
            if name.is_unvowelled:
                self._unvowelled[consonants(reading.surname)].append(number)

    def candidates(self, asked: PersonName) -> set[int]:
        """Returns the names that could be the one asked for; most are not."""
        found: set[int] = set()
        for whole in (*asked.wholes, *map(_marked, asked.mandarin)):
            found.update(self._wholes.get(whole, ()), self._usual.get(whole, ()))
        for reading in asked.readings:
            found.update(self._wholes.get(reading.surname, ()), *self._alike(reading))
            bare = consonants(reading.surname)
            found.update(self._unvowelled.get(bare, ()))
            if asked.is_unvowelled:
                for surname in self._by_consonants.get(bare, ()):
                    found.update(self._usual.get(surname, ()), self._unusual.get(surname, ()))
        return found

    def _alike(self, asked: Reading) -> Iterator[list[int]]:
        """Yields the names of like surname.

        Two names that are both read in the unusual order meet in the usual one.
        """
        for surname in self._by_sound.get(sound(asked.surname), ()):
            yield self._usual.get(surname, [])
            if asked.is_usual:
                yield self._unusual.get(surname, [])
        if asked.is_usual:
            surnames = self._by_first_sound.get(_first_sound(asked.surname), [])
            for surname in _near(asked.surname, surnames, LEAST_NEAR_SURNAME):
                yield self._usual[surname]


def _words(name: PersonName) -> set[str]:
    own = {*name.words, *name.nicknames}
    for reading in name.readings:
        own.update(reading.surname_words, reading.givens)
    return own


def _marked(mandarin: str) -> str:
    """Keeps what Mandarin makes of a name apart from names that are spelled so."""
    return f"~{mandarin}"


def _first_sound(word: str) -> str:
    return sound(word)[:1]


def _grouped(words: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[key(word)].append(word)
    return dict(groups)


def _near(word: str, words: list[str], least: float) -> list[str]:
    near = process.extract(
        word, words, scorer=JaroWinkler.similarity, score_cutoff=least, limit=N_NEAR
    )
    return [found for found, _, _ in near]
