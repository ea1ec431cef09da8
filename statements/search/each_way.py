"""What passed each way between two sides, counted over the newest that a search finds."""

from collections import defaultdict
from dataclasses import dataclass, field

from statements.models import Renamed
from statements.tone import mean_score

from .histogram import Bar, bars
from .matches import N_MATCHES, Matches
from .pairs import PairSearch, Way

N_AMONG = 1_000  # of the newest, those of whom it is counted who spoke to whom
N_PEOPLE = 8
COLUMNS = ("id", "sort_on", "facets", "channel", "acts", "said_on")

# One way has all of its tokens; who has not those of the one way is of the other.
EACH_WAY = """
WITH found AS MATERIALIZED ({{found}}),
told AS MATERIALIZED (
    SELECT id, sort_on, channel, acts, said_on IS NOT NULL AS is_dated,
        CASE WHEN NOT facets @> {back} THEN 'forth' WHEN NOT facets @> {forth} THEN 'back'
            ELSE 'both' END AS way,
        CASE WHEN said_on IS NULL THEN '' ELSE to_char(sort_on::timestamp, 'YYYY-MM') END AS month
    FROM found ORDER BY sort_on DESC, id DESC LIMIT {n_matches}
), newest AS (
    SELECT id FROM told ORDER BY sort_on DESC, id DESC LIMIT {n_among}
)
SELECT 'n', '', '', count(*) FROM found
UNION ALL SELECT 'month', month, way, count(*) FROM told GROUP BY month, way
UNION ALL SELECT 'act', month || ' ' || act, way, count(*)
    FROM told, unnest(acts) AS act GROUP BY month, act, way
UNION ALL SELECT 'channel', channel, way, count(*) FROM told GROUP BY channel, way
UNION ALL (SELECT 'first', '', '', id FROM told WHERE is_dated ORDER BY sort_on, id LIMIT 1)
UNION ALL (SELECT 'last', '', '', id FROM told WHERE is_dated
    ORDER BY sort_on DESC, id DESC LIMIT 1)
"""
# Who of the two countries' officials spoke to whom of the other's.
PEOPLE = """
UNION ALL (
    SELECT 'people', s.official_id || ' ' || a.official_id, '', count(DISTINCT newest.id)
    FROM newest
    JOIN statements_party s ON s.statement_id = newest.id AND s.role = 'speaker'
    JOIN statements_party a ON a.statement_id = newest.id AND a.role = 'addressee'
    WHERE s.official_id IS NOT NULL AND a.official_id IS NOT NULL
    AND (s.country_id, a.country_id) IN (({one}, {other}), ({other}, {one}))
    GROUP BY s.official_id, a.official_id
    ORDER BY 4 DESC, s.official_id, a.official_id LIMIT {n_people}
)
"""

Ways = dict[str, int]


@dataclass(slots=True)
class EachWay:
    """Counts by way, by month, by month and act, and by channel; and who spoke to whom.

    `first` and `last` are the ids of the dated statements at either end. `n` is counted no farther
    than one over `N_MATCHES`; all else is of the newest that many.
    """

    n: int = 0
    months: dict[str, Ways] = field(default_factory=lambda: defaultdict(dict))
    acts: dict[str, dict[str, Ways]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    channels: dict[str, Ways] = field(default_factory=lambda: defaultdict(dict))
    people: dict[tuple[int, int], int] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None

    @property
    def is_partial(self) -> bool:
        return self.n > N_MATCHES

    def total(self, way: Way) -> int:
        """The statements of a way; those of each to the other count both ways."""
        return sum(n_of(ways, way) for ways in self.months.values())

    @property
    def n_both(self) -> int:
        """The statements of each to the other."""
        return sum(ways.get(Way.BOTH, 0) for ways in self.months.values())


def n_of(ways: Ways, way: Way) -> int:
    return ways.get(way, 0) + ways.get(Way.BOTH, 0)


def each_way(search: PairSearch, *, without: str = "") -> EachWay:
    """Counts what a search finds; `without` leaves one facet's choice aside."""
    matches = search.matches(without)
    told = _read(matches.newest_told(f"each-way-{search.pair.column}", _sql(search), *COLUMNS))
    if told.is_partial and not without:
        told.first = _first(matches)
    return told


def _sql(search: PairSearch) -> str:
    pair = search.pair
    sql = EACH_WAY + (PEOPLE if pair.kind == Renamed.COUNTRY else "")
    forth, back = (_array(pair.tokens(way)) for way in (Way.FORTH, Way.BACK))
    return sql.format(
        forth=forth,
        back=back,
        one=pair.one.pk,
        other=pair.other.pk,
        n_matches=N_MATCHES,
        n_among=N_AMONG,
        n_people=N_PEOPLE,
    )


def _array(tokens: tuple[str, ...]) -> str:
    """Tokens, which are letters and numbers, as an array of PostgreSQL."""
    return "ARRAY[" + ", ".join(f"'{token}'" for token in tokens) + "]::varchar[]"


def _first(matches: Matches) -> int | None:
    """The oldest of all matches; they are so many that one of them has a day."""
    return next(iter(matches.oldest_first(1)), None)


def _read(rows: list[tuple[str, str, str, int]]) -> EachWay:
    told = EachWay()
    for kind, name, way, n in rows:
        if kind == "n":
            told.n = n
        elif kind == "month":
            told.months[name][way] = n
        elif kind == "act":
            month, _space, act = name.partition(" ")
            told.acts[month][act][way] = n
        elif kind == "channel":
            told.channels[name][way] = n
        elif kind == "people":
            speaker, addressee = map(int, name.split())
            told.people[speaker, addressee] = n
        else:
            setattr(told, kind, n)
    return told


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month or year of both ways; `url` narrows the search to it, or widens it again.

    `forth` and `back` are the mean scores of the acts, of so many rated ones, or None.
    """

    label: str
    n_forth: int
    n_back: int
    url: str
    is_selected: bool
    forth: float | None = None
    back: float | None = None
    n_rated_forth: int = 0
    n_rated_back: int = 0


def stretches(search: PairSearch, told: EachWay) -> list[Stretch]:
    """Both ways by month when three years hold them all, else by year."""
    counted = {month: sum(ways.values()) for month, ways in told.months.items() if month}
    since, until = search.form.cleaned_data.get("since"), search.form.cleaned_data.get("until")
    return [_stretch(bar, told) for bar in bars(counted, since, until, search.address)]


def _stretch(bar: Bar, told: EachWay) -> Stretch:
    months = [month for month in told.months if month.startswith(bar.label)]
    forth, n_rated_forth = _tone(months, told, Way.FORTH)
    back, n_rated_back = _tone(months, told, Way.BACK)
    return Stretch(
        label=bar.label,
        n_forth=sum(n_of(told.months[month], Way.FORTH) for month in months),
        n_back=sum(n_of(told.months[month], Way.BACK) for month in months),
        url=bar.url,
        is_selected=bar.is_selected,
        forth=forth,
        back=back,
        n_rated_forth=n_rated_forth,
        n_rated_back=n_rated_back,
    )


def _tone(months: list[str], told: EachWay, way: Way) -> tuple[float | None, int]:
    acts = (
        (act, n_of(ways, way)) for month in months for act, ways in told.acts.get(month, {}).items()
    )
    return mean_score(acts) or (None, 0)
