"""What curation says when it will not do a thing."""

from collections.abc import Iterable


class RefusedError(Exception):
    """A change that the archive's rules do not allow, with reasons that a curator can read."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(str(reason) for reason in reasons)
        super().__init__(" ".join(self.reasons))


class NotAllowedError(RefusedError):
    """A change that this account may not make, whatever it would make of the archive."""
