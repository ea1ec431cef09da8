"""What pages are drawn with: the tokens of the style sheets and their contrasts, and the signs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ROOT = re.compile(r"(?:@media\s+(?P<medium>[^{]+?)\s*\{\s*)?:root\s*\{(?P<body>[^}]*)\}")
TOKEN = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>[^;]+);")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")

DARK = "(prefers-color-scheme: dark)"
FIRM = "(prefers-contrast: more)"
# Media that lie over each other as the style sheet has them, by the name of what a reader sees.
SCHEMES = {
    "light": ("",),
    "dark": ("", DARK),
    "light, more contrast": ("", FIRM),
    "dark, more contrast": ("", DARK, FIRM, f"{FIRM} and {DARK}"),
}
# WCAG 2.2: 1.4.3 for words, 1.4.11 for what else has to be seen.
WORDS, MARKS = 4.5, 3.0
STEPS = ("step-1", "step-2", "step-3", "step-4", "step-5")
SIDES = ("side-a", "side-b")
TONES = ("cooperation", "conflict")
GROUNDS = ("paper", "paper-sunk", "accent-wash")
# What stands on what, and the least contrast it may have.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((name, ground, WORDS) for ground in (*GROUNDS, "mark") for name in ("ink", "ink-soft")),
    *((name, ground, WORDS) for ground in GROUNDS for name in ("accent", "accent-firm")),
    ("on-accent", "accent", WORDS),
    ("on-mark", "mark", WORDS),
    ("paper", "ink", WORDS),
    *((name, "paper", WORDS) for name in (*SIDES, *TONES)),
    *((name, f"{name}-wash", WORDS) for name in SIDES),
    *(("ink-soft", f"{name}-wash", WORDS) for name in SIDES),
    ("ink", "step-0", WORDS),
    *((f"on-{step}", step, WORDS) for step in STEPS),
    *((step, "paper", MARKS) for step in STEPS),
    *((name, ground, MARKS) for ground in GROUNDS for name in ("rule-firm", "bar", "focus")),
    ("band", "paper", MARKS),
)

# Those that point along the line of reading turn with it.
TURNED = frozenset(("onward", "back", "reply", "leave"))
ICONS = TURNED | {
    "both-ways",
    "calendar",
    "check",
    "clock",
    "close",
    "copy",
    "document",
    "download",
    "feed",
    "filter",
    "globe",
    "network",
    "note",
    "person",
    "quote",
    "search",
    "unfold",
}


@dataclass(frozen=True)
class Contrast:
    """How well one colour stands out from another, from 1 to 21, and how well it must."""

    name: str
    ground: str
    value: str
    ground_value: str
    ratio: float
    least: float

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.least


def tokens(css: str) -> dict[str, dict[str, str]]:
    """Reads the custom properties of `:root` in a style sheet, by the medium they hold in."""
    found: dict[str, dict[str, str]] = {}
    for block in ROOT.finditer(COMMENT.sub("", css)):
        named = {token["name"]: token["value"] for token in TOKEN.finditer(block["body"])}
        found.setdefault(block["medium"] or "", {}).update(named)
    return found


def in_scheme(by_medium: Mapping[str, Mapping[str, str]], scheme: str) -> dict[str, str]:
    """The tokens as somebody sees them who reads in a scheme: `light`, `dark` and the like."""
    seen: dict[str, str] = {}
    for medium in SCHEMES[scheme]:
        seen.update(by_medium.get(medium, {}))
    return seen


def colours(seen: Mapping[str, str]) -> dict[str, str]:
    """Those of the tokens that are colours."""
    return {name: value for name, value in seen.items() if HEX.fullmatch(value)}


def contrasts(seen: Mapping[str, str]) -> list[Contrast]:
    """Measures each colour on what it stands on."""
    return [
        Contrast(name, on, seen[name], seen[on], contrast(seen[name], seen[on]), least)
        for name, on, least in PAIRS
    ]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as `#8f1d2c`, as WCAG 2.2 reckons it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
