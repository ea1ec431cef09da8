"""How well names of people are matched: python -m bench.names [FILE].

The file has the columns person_id, preferred and variant: two names of one person a line. Each
of the two is looked up among all other names of the file, whoever bears them; an answer counts
when it is the unique best. Beside it stands what plain keys do, and the table's answers for
either half of the people, which should differ little: nothing is fitted to single people.
"""

import argparse
import csv
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from statements.naming import NameTable, PersonName, fold

ALIASES = (
    Path(__file__).resolve().parents[2] / "shared" / "data" / "officials" / "name_aliases_dev.csv"
)

Named = tuple[str, str]  # a person's id and one of their names
Answer = Callable[[Named], str | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """How many names were looked up, how many answered, how many rightly, in how long."""

    n_lookups: int
    n_answers: int
    n_correct: int
    seconds: float

    @property
    def recall(self) -> float:
        return self.n_correct / max(1, self.n_lookups)

    @property
    def precision(self) -> float:
        return self.n_correct / max(1, self.n_answers)


def read_names(path: Path) -> list[Named]:
    """Returns both names of each line; a name that stands in many lines comes as often."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            (row["person_id"], row[column])
            for row in csv.DictReader(lines)
            for column in ("preferred", "variant")
        ]


def measure(lookups: Iterable[Named], answer: Answer) -> Measured:
    """Asks for every name, and counts the answers that are the person who bears it."""
    started = time.perf_counter()
    answers = [(answer(named), named[0]) for named in lookups]
    seconds = time.perf_counter() - started
    n_answers = sum(found is not None for found, _ in answers)
    n_correct = sum(found == person for found, person in answers)
    return Measured(len(answers), n_answers, n_correct, seconds)


def by_table(names: Iterable[Named]) -> Answer:
    """Answers with the unique best of a NameTable."""
    table = NameTable(names)

    def answer(named: Named) -> str | None:
        match = table.best(named[1], apart_from=named)
        return match.id if match else None

    return answer


def by_key(names: Iterable[Named], key: Callable[[str], str]) -> Answer:
    """Answers with the only other person whose name has the same key."""
    bearers: defaultdict[str, set[Named]] = defaultdict(set)
    for named in names:
        bearers[key(named[1])].add(named)

    def answer(named: Named) -> str | None:
        people = {person for person, _ in bearers[key(named[1])] - {named}}
        return people.pop() if len(people) == 1 else None

    return answer


def plain_key(text: str) -> str:
    """Returns surname and first initial as they come to mind first: titles are in the way."""
    surname, comma, given = text.partition(",")
    if not comma:
        given, _, surname = text.rpartition(" ")
    return f"{fold(surname)} {fold(given)[:1]}"


def parsed_key(text: str) -> str:
    """Returns surname and first initial, titles set aside."""
    name = PersonName.parse(text)
    return f"{name.surname} {name.initials[:1]}"


def halves(names: Iterable[Named]) -> tuple[list[Named], list[Named]]:
    """Parts the names by person, every other person to either half."""
    lookups = list(names)
    first = set(sorted({person for person, _ in lookups})[::2])
    return [n for n in lookups if n[0] in first], [n for n in lookups if n[0] not in first]


def _line(label: str, measured: Measured) -> str:
    each = 1000 * measured.seconds / max(1, measured.n_lookups)
    return (
        f"{label:<24}{measured.n_lookups:>8,}{measured.n_answers:>9,}{measured.n_correct:>9,}"
        f"{measured.recall:>9.4f}{measured.precision:>11.4f}{each:>9.3f}"
    )


def _report(lookups: list[Named]) -> None:
    started = time.perf_counter()
    answer = by_table(lookups)
    seconds = time.perf_counter() - started
    n_people = len({person for person, _ in lookups})
    print(f"{len(set(lookups)):,} names of {n_people:,} people; table built in {seconds:.2f} s")
    print(f"{'':<24} lookups  answers  correct   recall  precision       ms")
    print(_line("surname and initial", measure(lookups, by_key(lookups, plain_key))))
    print(_line("the same without titles", measure(lookups, by_key(lookups, parsed_key))))
    first, second = (measure(half, answer) for half in halves(lookups))
    print(_line("NameTable, one half", first))
    print(_line("NameTable, the other", second))
    print(_line("NameTable", measure(lookups, answer)))


def main() -> None:
    """Measures the file that is named, or the one in the shared folder beside the checkout."""
    parser = argparse.ArgumentParser(prog="python -m bench.names", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ALIASES, metavar="FILE")
    path = parser.parse_args().file
    if path.is_file():
        _report(read_names(path))
    else:
        print(f"No names at {path}: nothing is measured.")


if __name__ == "__main__":
    main()
