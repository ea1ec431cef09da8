"""A synthetic world: who holds which post, who quarrels with whom and when, and what they say."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from statements.vocabulary import Act, Channel, Form

from .words import OTHERS, Vocabulary, ZipfPicker

FIRST_DAY = date(1990, 1, 1)
N_DAYS = 12_783  # to the end of 2024
DAYS = [FIRST_DAY + timedelta(days=n) for n in range(N_DAYS)]
N_CRISES = 20_001  # at most, and none
GIVEN = """Amina Andrei Anna Bilal Carlos Chen Daniel Elena Farid Fatima Goran Hana Hassan Ibrahim
Igor Ines Ivan Jamal Jana Javier Johan Karim Katrin Laila Lars Leila Li Luis Maja Marco Maria Marta
Mehmet Mohamed Nadia Nikolai Noor Olga Omar Paolo Pedro Priya Rafael Rania Ravi Rosa Salim Samir
Sara Sergei Sofia Stefan Suresh Tariq Tomas Vera Viktor Yasmin Yusuf Zainab""".split()
ONSETS = """Ab Al Am Ar Ba Be Bo Cha Da De Do El Fa Fe Ga Go Ha Ho Ib Is Ja Ka Ke Ko La Le Lo Ma
Me Mi Mo Na Ne No Ob Pa Pe Qa Ra Re Ro Sa Se Sha So Ta Te To Ul Va Ve Wa Ya Za""".split()
CODAS = """bakov bari dani dar dell dez din dov fari gari gov hadi hari jani kari khan kov lani lev
lin mann mara med mov nadi nani nez nov pour quez rani rez ric rov sen shi sson tani tari tov vani
vez vic zadeh zani""".split()
INNER = ["", "ba", "da", "di", "ga", "ha", "ka", "la", "li", "ma", "mi", "na", "ni", "ra", "ri",
         "sa", "shi", "ta", "va", "za"]  # fmt: skip
TITLES = ["Foreign Minister", "President", "Prime Minister", "Ambassador to the United Nations",
          "Spokesperson of the Foreign Ministry", "Defence Minister", "National Security Adviser",
          "Deputy Foreign Minister"]  # fmt: skip
CHANNELS = [
    (Channel.PRESS_STATEMENT, 24), (Channel.SPEECH, 14), (Channel.PRESS_CONFERENCE, 12),
    (Channel.PHONE_CALL, 10), (Channel.MEETING_BILATERAL, 10), (Channel.SOCIAL_POST, 8),
    (Channel.UN_STATEMENT, 6), (Channel.INTERVIEW, 5), (Channel.LETTER, 4), (Channel.READOUT, 3),
    (Channel.NOTE_VERBALE, 2), (Channel.UNKNOWN, 2),
]  # fmt: skip
FORMS = [(Form.DIRECT, 45), (Form.INDIRECT, 30), (Form.MIXED, 17), (Form.ACT_REPORT, 6),
         (Form.CONTACT_REPORT, 2)]  # fmt: skip
CHANNEL_LIST, FORM_LIST = [c.value for c, _ in CHANNELS], [f.value for f, _ in FORMS]
CHANNEL_WEIGHTS = list(accumulate(n for _, n in CHANNELS))
FORM_WEIGHTS = list(accumulate(n for _, n in FORMS))
N_TOPICS, N_OUTLETS = 120, 80
NOTE = "Synthetic: made by make_sample, said by nobody."


@dataclass(slots=True)
class Speaker:
    """An official of the synthetic world, who holds one post."""

    name: str
    sort_name: str
    slug: str
    country: int
    title: str
    started_on: str
    aliases: list[str]
    pk: int = 0


@dataclass(slots=True)
class Crisis:
    """A time in which two countries have much to say to each other."""

    pair: tuple[int, int]
    day: int
    length: float
    topics: tuple[int, int]
    name: str


@dataclass(slots=True)
class Said:
    """One synthetic statement, its parties as numbers of speakers and countries."""

    number: int
    key: str
    day: date
    words: list[str]
    form: str
    channel: str
    acts: list[str]
    topics: list[int]
    speakers: list[Speaker]
    addressees: list[Speaker]
    is_relayed: bool
    outlet: int
    original: tuple[str, list[str]] = ("", [])
    crisis: int | None = None


class World:
    """Everything that the statements of one seed draw from; the same for the same seed."""

    def __init__(self, seed: int, n_statements: int, n_countries: int) -> None:
        self.seed, self.n_statements, self.n_countries = seed, n_statements, n_countries
        self.random = Random(seed)  # noqa: S311 - a sample, not a secret
        self._vocabulary = Vocabulary(self.random)
        self._countries = ZipfPicker(self.n_countries, 1.0, self.random)
        n_speakers = max(self.n_countries * 2, min(30_000, self.n_statements // 50))
        self.speakers = [self._speaker(number) for number in range(n_speakers)]
        self.by_country: list[list[Speaker]] = [[] for _ in range(self.n_countries)]
        for speaker in self.speakers:
            self.by_country[speaker.country].append(speaker)
        self._pickers = [ZipfPicker(len(s), 1.1, self.random) for s in self.by_country]
        self.crises = [
            self._crisis(n) for n in range(max(3, min(N_CRISES - 1, self.n_statements // 90)))
        ]
        self._when = ZipfPicker(len(self.crises), 0.7, self.random)

    # People and quarrels

    def _speaker(self, number: int) -> Speaker:
        given = self.random.choice(GIVEN)
        surname = "".join(map(self.random.choice, (ONSETS, INNER, CODAS)))
        country = (
            number % self.n_countries if number < self.n_countries * 2 else self._countries.pick()
        )
        slug = f"sample-{self.seed}-{given}-{surname}-{number}".lower()
        aliases = [f"{surname}, {given}"] + ([f"{given[0]}. {surname}"] if number % 3 else [])
        year = FIRST_DAY.year + self.random.randrange(30)
        title = self.random.choice(TITLES)
        return Speaker(f"{given} {surname}", surname, slug, country, title, str(year), aliases)

    def _crisis(self, number: int) -> Crisis:
        first, second = self._countries.pick(), self._countries.pick()
        second = second if second != first else (first + 1) % self.n_countries
        topics = (self.random.randrange(N_TOPICS), self.random.randrange(N_TOPICS))
        day = int(N_DAYS * self.random.random() ** 0.6)
        name = " ".join(self._vocabulary.draw(3)).capitalize()
        return Crisis((first, second), day, self.random.expovariate(1 / 25) + 2, topics, name)

    # What is said

    def statements(self) -> Iterator[Said]:
        """Yields the statements one by one in order of day, as an archive grows.

        Only what they are about is held for all of them, in sixteen bytes or so each.
        """
        occasions = sorted(self._occasion() for _ in range(self.n_statements))
        for number, occasion in enumerate(occasions):
            day, crisis = divmod(occasion, N_CRISES)
            yield self._said(number, day, crisis - 1)

    def _occasion(self) -> int:
        """A day, and one more than the number of a crisis or none, in one number."""
        random = self.random.random
        if random() >= 0.7:
            return int(N_DAYS * random() ** 0.6) * N_CRISES
        number = self._when.pick()
        crisis = self.crises[number]
        after = int(self.random.expovariate(1 / crisis.length))
        return min(crisis.day + after, N_DAYS - 1) * N_CRISES + number + 1

    def _said(self, number: int, day: int, crisis_number: int) -> Said:
        random = self.random
        crisis = self.crises[crisis_number] if crisis_number >= 0 else None
        if crisis:
            pair = crisis.pair if random.random() < 0.5 else crisis.pair[::-1]
        else:
            pair = (self._countries.pick(), self._countries.pick())
        speaker = self._someone(pair[0])
        when = DAYS[day]
        return Said(
            number=number,
            key=f"{when}-{speaker.sort_name.lower()}-s{self.seed}-{number}",
            day=when,
            words=self._text(),
            form=FORM_LIST[bisect(FORM_WEIGHTS, random.random() * FORM_WEIGHTS[-1])],
            channel=CHANNEL_LIST[bisect(CHANNEL_WEIGHTS, random.random() * CHANNEL_WEIGHTS[-1])],
            acts=[random.choice(ACTS)] if random.random() < 0.6 else [],
            topics=list({crisis.topics[0] if crisis else 0, random.randrange(N_TOPICS)}),
            speakers=[speaker],
            addressees=self._addressees(pair[1], speaker),
            is_relayed=random.random() < 0.25,
            outlet=int(N_OUTLETS * random.random() ** 2),
            original=self._original() if random.random() < 0.1 else ("", []),
            crisis=crisis_number if crisis else None,
        )

    def _someone(self, country: int) -> Speaker:
        return self.by_country[country][self._pickers[country].pick()]

    def _addressees(self, country: int, speaker: Speaker) -> list[Speaker]:
        draw = self.random.random()
        if draw < 0.15:
            return []
        n = 1 if draw < 0.85 else 2 if draw < 0.96 else 4
        found = {person.slug: person for person in (self._someone(country) for _ in range(n))}
        return [person for person in found.values() if person is not speaker]

    def _text(self) -> list[str]:
        return self._vocabulary.draw(10 + int(self.random.expovariate(1 / 14)) % 80)

    def _original(self) -> tuple[str, list[str]]:
        language = self.random.choice(LANGUAGES)
        return language, self.random.choices(OTHERS[language], k=14)

    @property
    def vocabulary(self) -> list[str]:
        return self._vocabulary.words


ACTS = Act.codes()
LANGUAGES = list(OTHERS)
