"""How alike two names of people are.

The parts are compared as in record linkage (Fellegi and Sunter 1969; Christen, Data Matching,
2012, ch. 5): words by Jaro-Winkler similarity (Winkler 1990) held down by edit distance
(Damerau 1964, restricted to adjacent swaps), given names against initials and nicknames.
Every difference takes its share off; a contradiction takes most.
"""

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from .folding import N_REMEMBERED, consonants, sound
from .parsing import UNUSUAL, PersonName, Reading, Words
from .words import NICKNAMES

# What a name loses. Set by hand for the order they put answers in, not fitted: halving or doubling
# any one moves recall in bench/names.py by about a hundredth at most, but for NO_GIVENS, which
# decides whether a bare surname can be an answer.
ORDER = 0.01  # the same words, differently ordered or parted
INITIAL = 0.02  # an initial for a given name
MISSING = 0.02  # a further given name on one side only
SHORTENED = 0.05  # a nickname, or a name cut short
PART = 0.06  # all words of one name among those of the other
FIRST_MISSING = 0.06  # the first given name on one side only
NO_GIVENS = 0.15  # nothing but a surname on one side
OTHER_GIVEN = 0.3  # different further given names
OTHER_FIRST = 0.45  # different first given names
OTHER_SUFFIX = 0.3  # Jr. and Sr.
ROMANIZED = 0.06  # pinyin and Wade-Giles
NO_VOWELS = 0.06  # a script without vowels beside one with
SURNAME_PART = 0.08  # one part of a double surname
GIVEN_SPELLING = 0.8  # times what two spellings of a given name differ by
SURNAME_SPELLING = 1.2  # the same of a surname

SOUNDS_ALIKE = 0.96
# Below these, two words are not spellings of one.
LEAST_GIVEN, LEAST_SURNAME = 0.84, 0.8

_VOWELS = frozenset("aeiou")


def similarity(a: str, b: str) -> float:
    """Returns how alike two names are, from 0 to 1; symmetric.

    1 is the same name but for case, accents, punctuation and order; above 0.9 nothing speaks
    against one person; about 0.85 they share a surname and one has no more; below 0.75
    something contradicts. How rare a name is does not count: `NameTable` sees to that.
    """
    return likeness(PersonName.parse(a), PersonName.parse(b))


def likeness(a: PersonName, b: PersonName) -> float:
    """Returns the similarity of two parsed names."""
    if not a.readings or not b.readings:
        return float(a.text == b.text)
    if a.folded == b.folded and a.is_unvowelled == b.is_unvowelled:
        return 1.0
    return max(_whole(a, b), _by_parts(a, b)) * _suffixes(a.suffix, b.suffix)


def _suffixes(a: str, b: str) -> float:
    if a == b:
        return 1.0
    return 1 - (OTHER_SUFFIX if a and b else MISSING)


def _whole(a: PersonName, b: PersonName) -> float:
    """Compares all words without regard to which is the surname."""
    if _meet(a.wholes, b.wholes):
        return 1 - ORDER
    if _sound_alike(a.wholes, b.wholes):
        return (1 - ORDER) * SOUNDS_ALIKE
    few, many = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    if few <= many and sum(len(word) > 1 for word in few) > 1:
        return 1 - PART
    if _meet(a.mandarin, b.mandarin):
        return 1 - ROMANIZED
    if _is_surname_of(a, b) or _is_surname_of(b, a):
        return (1 - NO_GIVENS) * UNUSUAL
    return 0.0


def _meet(a: Words, b: Collection[str]) -> bool:
    """Tells whether a word is in both, of which `a` has two at most."""
    return bool(a) and (a[0] in b or a[-1] in b)


def _sound_alike(a: Words, b: Words) -> bool:
    for one in a:
        for other in b:
            if one[0] == other[0] and -3 < len(one) - len(other) < 3 and sound(one) == sound(other):
                return True
    return False


def _is_surname_of(a: PersonName, b: PersonName) -> bool:
    """Tells whether all words of one are the other's surname, as in "Amir Abdollahian"."""
    return _meet(a.wholes, [reading.surname for reading in b.readings])


def _by_parts(a: PersonName, b: PersonName) -> float:
    mine, theirs, best = a.readings, b.readings, 0.0
    if a.is_unvowelled != b.is_unvowelled:
        mine, theirs = unvowelled(mine), unvowelled(theirs)
    for one in mine:
        for other in theirs:
            alike = _surnames(one, other) * one.weight * other.weight
            if alike > best:
                alike *= 1 - _givens_loss(one.givens, a.nicknames, other.givens, b.nicknames)
                best = max(best, alike)
    return best * (1.0 if a.is_unvowelled == b.is_unvowelled else 1 - NO_VOWELS)


def _surnames(a: Reading, b: Reading) -> float:
    if a.surname == b.surname:
        return 1.0
    alike = 1 - SURNAME_SPELLING * (1 - spelled(*sorted((a.surname, b.surname))))
    few, many = sorted((a.surname_words, b.surname_words), key=len)
    if len(few) < len(many) and set(few) <= set(many):
        return max(alike, 1 - SURNAME_PART)
    return alike if alike >= LEAST_SURNAME else 0.0


def _givens_loss(a: Words, a_nicknames: Words, b: Words, b_nicknames: Words) -> float:
    loss = _aligned_loss(*sorted((a, b), key=_by_length))
    if loss <= INITIAL or not (a_nicknames or b_nicknames):
        return loss
    pairs = [(name, b) for name in a_nicknames if b] + [(name, a) for name in b_nicknames if a]
    by_nickname = (_aligned_loss((nickname,), givens) for nickname, givens in pairs)
    return min(loss, SHORTENED + min(by_nickname, default=1.0))


def _by_length(givens: Words) -> tuple[int, Words]:
    return len(givens), givens


@lru_cache(maxsize=N_REMEMBERED)
def _aligned_loss(few: Words, many: Words) -> float:
    """Finds each given name of the shorter list, in order, in the longer."""
    if few == many:
        return 0.0
    if not few:
        return NO_GIVENS
    few_joined, many_joined = "".join(few), "".join(many)
    if few_joined == many_joined:
        return ORDER
    loss, place, n_found = 0.0, 0, 0
    for given in few:
        found = _find(given, many, place)
        if found is not None:
            word_loss, at = found
            loss += word_loss + (FIRST_MISSING - MISSING if n_found == 0 < at else 0.0)
            place, n_found = at + 1, n_found + 1
    if n_found == 0:
        joined_loss = _word_loss(*sorted((few_joined, many_joined)))
        return OTHER_FIRST if joined_loss is None else joined_loss
    loss += (len(few) - n_found) * OTHER_GIVEN + (len(many) - len(few)) * MISSING
    return min(loss, 1.0)


def _find(given: str, givens: Words, place: int) -> tuple[float, int] | None:
    """Returns what the first match from a place on loses, and where it is.

    Past a first name that is not there, an initial is no match: "Adam" is not "Jacob A.".
    """
    for at in range(place, len(givens)):
        other = givens[at]
        loss = _word_loss(*sorted((given, other)))
        if loss is not None and (at == 0 or place > 0 or min(len(given), len(other)) > 1):
            return loss, at
    return None


@lru_cache(maxsize=N_REMEMBERED)
def _word_loss(a: str, b: str) -> float | None:
    """Returns what two given names differ by, None when they are not one; `a` sorts first."""
    if a == b:
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else None
    if (len(a) > 2 and b.startswith(a)) or frozenset((a, b)) in NICKNAMES:
        return SHORTENED
    alike = spelled(a, b)
    return (1 - alike) * GIVEN_SPELLING if alike >= LEAST_GIVEN else None


@lru_cache(maxsize=N_REMEMBERED)
def spelled(a: str, b: str) -> float:
    """Returns how alike two words are spelled; `a` sorts first, for the measures lean on order."""
    alike = JaroWinkler.similarity(a, b)
    a_sound, b_sound = sound(a), sound(b)
    if a_sound == b_sound and len(a_sound) > 2:
        return max(SOUNDS_ALIKE, alike)
    if _is_less_vowelled(*sorted((a, b), key=len)):
        return max(SOUNDS_ALIKE, alike)
    edits = max(OSA.normalized_similarity(a, b), OSA.normalized_similarity(a_sound, b_sound))
    return min(alike, edits + 0.1)


def _is_less_vowelled(few: str, many: str) -> bool:
    """Tells whether two words without vowels differ only in what may stand for vowels."""
    if not _VOWELS.isdisjoint(few + many) or consonants(few) != consonants(many):
        return False
    letters = iter(many)
    return len(few) > 2 and all(letter in letters for letter in few)


@lru_cache(maxsize=N_REMEMBERED)
def unvowelled(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Returns readings as a script without vowels has them."""
    return tuple(bare for reading in readings if (bare := reading.unvowelled()).surname)
