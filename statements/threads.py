"""What answers what, as trees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")


def threads(keys: Sequence[Key], replies: Mapping[Key, Key]) -> list[tuple[Key, int]]:
    """Each key with how deep it lies: what begins a thread, and after it all that answers it.

    `replies` names what each answers. Threads and answers are in the order of the keys; a circle
    begins at its first. Costs no recursion, however deep they are.
    """
    known = set(keys)
    answers: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        if (target := replies.get(key)) in known and target is not None:
            answers[target].append(key)
    begun = [key for key in keys if replies.get(key) not in known]
    told: dict[Key, int] = {}
    for root in (*begun, *keys):
        waiting = [(root, 0)]
        while waiting:
            key, depth = waiting.pop()
            if key not in told:
                told[key] = depth
                waiting += [(answer, depth + 1) for answer in reversed(answers[key])]
    return list(told.items())
