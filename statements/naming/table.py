"""A table of names in memory: who is meant by what is typed or printed."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Generic, TypeVar

from .blocking import Blocks, Vocabulary
from .comparison import likeness, spelled
from .packing import PackedNames
from .parsing import PersonName

Id = TypeVar("Id", bound=Hashable)

# An answer must be this good, and better than the next person by more than one further given
# name: who asks for "John Smith" where there are John A. and John B. gets neither.
LEAST_SCORE, LEAST_MARGIN = 0.75, 0.025
# What is only the beginning of words of a name, from none to all of its letters; what is not
# even as good as the least is no find.
BEGINNING, COVERAGE = 0.72, 0.2
LEAST_FOUND = 0.5


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """Someone found: by which of their names, and how well it answers, from 0 to 1."""

    id: Id
    name: str
    score: float


# The best score so far and the number of the name that has it, by person.
_Best = dict[Id, tuple[float, int]]


class NameTable(Generic[Id]):
    """Names with the ids of those who bear them; one id may have many names.

    It does not change once built, so that threads may share it. Thirty thousand names take a
    second or two to build and some 10 MB to keep; a question takes a few milliseconds.
    """

    def __init__(self, names: Iterable[tuple[Id, str]]) -> None:
        pairs = dict.fromkeys(names)
        self._ids = [id_ for id_, _ in pairs]
        self._names = PackedNames()
        self._blocks, self._vocabulary = Blocks(), Vocabulary()
        for number, (_, text) in enumerate(pairs):
            name = PersonName.parse(text)
            self._names.append(name)
            self._blocks.add(number, name)
            self._vocabulary.add(number, name)
        self._blocks.settle()
        self._vocabulary.settle()

    def __len__(self) -> int:
        """Returns how many names there are; a name that two people bear counts twice."""
        return len(self._names)

    def find(self, text: str, limit: int = 10) -> list[Match[Id]]:
        """Returns the people whose name this may be, best first, each by their best name.

        Any part of a name will do, and the beginnings of its words. The score is that of
        `similarity`, or for beginnings how much of the name they are.
        """
        asked = PersonName.parse(text)
        found = self._alike(asked, None)
        for number, score in self._beginning(asked):
            self._keep(found, number, score)
        if not found and len(asked.words) == 1:
            for number, score in self._misspelled(*asked.words):
                self._keep(found, number, score)
        return [match for match in self._ranked(found, limit) if match.score >= LEAST_FOUND]

    def best(self, text: str, *, apart_from: tuple[Id, str] | None = None) -> Match[Id] | None:
        """Returns the one person whose name this can be, None when there are two or none.

        `apart_from` is an id and a name that is passed over as if it were not in the table.
        """
        found = self._alike(PersonName.parse(text), apart_from)
        ranked = list(self._ranked(found, 2))
        if not ranked or ranked[0].score < LEAST_SCORE:
            return None
        if len(ranked) > 1 and ranked[0].score - ranked[1].score <= LEAST_MARGIN:
            return None
        return ranked[0]

    def _ranked(self, found: _Best[Id], limit: int) -> Iterator[Match[Id]]:
        ranked = nlargest(limit, found.items(), key=lambda item: (item[1][0], -item[1][1]))
        for id_, (score, number) in ranked:
            yield Match(id_, self._names[number].text, score)

    def _alike(self, asked: PersonName, apart_from: tuple[Id, str] | None) -> _Best[Id]:
        numbers = self._blocks.candidates(asked).union(*map(self._vocabulary.rare, asked.words))
        found: _Best[Id] = {}
        for number in numbers:
            name = self._names[number]
            if (self._ids[number], name.text) != apart_from:
                self._keep(found, number, likeness(asked, name))
        return found

    def _beginning(self, asked: PersonName) -> Iterator[tuple[int, float]]:
        """Yields the names in which every word asked for begins a word."""
        if not asked.words:
            return
        numbers = set.intersection(*map(self._vocabulary.beginning, asked.words))
        numbers.update(*map(self._vocabulary.beginning, asked.wholes))
        n_letters = sum(map(len, asked.words))
        for number in numbers:
            share = min(1.0, n_letters / len(self._names[number].folded))
            yield number, BEGINNING + COVERAGE * share

    def _misspelled(self, word: str) -> Iterator[tuple[int, float]]:
        for near, numbers in self._vocabulary.near(word):
            score = BEGINNING * spelled(*sorted((word, near)))
            yield from ((number, score) for number in numbers)

    def _keep(self, found: _Best[Id], number: int, score: float) -> None:
        """Keeps the better name of a person; of equals, the one that came first."""
        id_ = self._ids[number]
        kept = found.get(id_)
        if kept is None or score > kept[0] or (score == kept[0] and number < kept[1]):
            found[id_] = score, number
