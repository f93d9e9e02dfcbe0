"""Number formats of Excel taken apart: sections, their conditions, their marks and words.

A format has up to four sections, for numbers above zero, below zero, zero, and for texts; a
condition in brackets changes which numbers a section is for (ECMA-376 part 1, 18.8.31).
"""

from __future__ import annotations

import enum
import functools
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

RUSSIAN_FORMATS: Mapping[str, str] = {
    "mm-dd-yy": "dd.mm.yyyy",
    "d-mmm-yy": "dd.mmm.yy",
    "d-mmm": "dd.mmm",
    "mmm-yy": "mmm.yy",
    "m/d/yy h:mm": "dd.mm.yyyy h:mm",
    "mmss.0": "mm:ss.0",
    '"$"#,##0_);("$"#,##0)': r'#,##0\ "₽";\-#,##0\ "₽"',
    '"$"#,##0_);[Red]("$"#,##0)': r'#,##0\ "₽";\-#,##0\ "₽"',
    '"$"#,##0.00_);("$"#,##0.00)': r'#,##0.00\ "₽";\-#,##0.00\ "₽"',
    '"$"#,##0.00_);[Red]("$"#,##0.00)': r'#,##0.00\ "₽";\-#,##0.00\ "₽"',
    "#,##0_);(#,##0)": r"#,##0\ _₽;\-#,##0\ _₽",
    "#,##0_);[Red](#,##0)": r"#,##0\ _₽;\-#,##0\ _₽",
    "#,##0.00_);(#,##0.00)": r"#,##0.00\ _₽;\-#,##0.00\ _₽",
    "#,##0.00_);[Red](#,##0.00)": r"#,##0.00\ _₽;\-#,##0.00\ _₽",
    r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)': r'_-* #,##0\ _₽;\-* #,##0\ _₽;_-* "-"\ _₽;_-@_-',
    r'_("$"* #,##0_)_("$"* \(#,##0\)_("$"* "-"_)_(@_)': (
        r'_-* #,##0\ "₽";\-* #,##0\ "₽";_-* "-"\ "₽";_-@_-'
    ),
    r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)': (
        r'_-* #,##0.00\ _₽;\-* #,##0.00\ _₽;_-* "-"??\ _₽;_-@_-'
    ),
    r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)': (
        r'_-* #,##0.00\ "₽";\-* #,##0.00\ "₽";_-* "-"??\ "₽";_-@_-'
    ),
}
"""What formats that are stored by number alone are in Russian Excel; openpyxl knows the American.

A format of these words that a person typed is stored with its hyphens escaped.
"""

FAR_EASTERN_FORMATS: Mapping[int, str] = {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "mm-dd-yy"),
    **dict.fromkeys((*range(32, 36), 55, 56), "h:mm:ss"),
}
"""Dates and times that Chinese, Japanese and Korean programs store by number alone."""


class Mark(enum.Enum):
    """What a piece of a section stands for."""

    WORD = enum.auto()
    PAD = enum.auto()
    DIGIT = enum.auto()
    POINT = enum.auto()
    COMMA = enum.auto()
    PERCENT = enum.auto()
    SLASH = enum.auto()
    EXPONENT = enum.auto()
    GENERAL = enum.auto()
    TEXT = enum.auto()
    CLOCK = enum.auto()
    ELAPSED = enum.auto()
    NOON = enum.auto()
    LETTER = enum.auto()


class FormatToken(NamedTuple):
    """A mark of a section as typed, or a word that it prints."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """A section of a format; ``language`` is that of its months, as Excel stores it.

    ``limit`` says for which numbers it is: a sign such as ``>=``, and a number.
    """

    tokens: tuple[FormatToken, ...]
    language: str = ""
    limit: tuple[str, Decimal] | None = None

    def has(self, *marks: Mark) -> bool:
        """Whether any of the marks stands in the section."""
        return any(token.mark in marks for token in self.tokens)

    @property
    def is_day(self) -> bool:
        """Whether it shows numbers as days or times."""
        return (
            self.has(Mark.CLOCK, Mark.ELAPSED, Mark.NOON)
            or _SYSTEM.search(self.language) is not None
        )

    @property
    def is_understood(self) -> bool:
        """Whether nothing of the number is lost to a letter whose meaning Excel does not know."""
        return not self.has(Mark.LETTER) or (not self.is_day and self.has(Mark.DIGIT, *_WHOLE))


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format: its sections for numbers, and that for texts when it has one."""

    numbers: tuple[FormatSection, ...]
    text: FormatSection | None

    def section_for(self, value: Decimal) -> tuple[FormatSection, bool] | None:
        """Return the section for a number, and whether it prints the minus of a negative one.

        ``None`` when no section is for it: Excel fills such a cell with ``#``.
        """
        sections = self.numbers
        if len(sections) == 1:
            return (sections[0], True) if _is_within(value, sections[0].limit) else None
        first, second = sections[:2]
        limits = [first.limit, second.limit]
        if first.limit is None:
            has_own_zero = len(sections) > 2 or second.limit is not None
            limits[0] = (">", _ZERO) if has_own_zero else (">=", _ZERO)
        if _is_within(value, limits[0]):
            return first, not _is_below_zero(limits[0])
        if second.limit is None and len(sections) > 2:
            limits[1] = ("<", _ZERO)
        if _is_within(value, limits[1]):
            rest = limits[1] or _REST.get(limits[0] or ("", _ZERO))
            return second, not _is_below_zero(rest)
        return (sections[2], True) if len(sections) > 2 else self._otherwise(first)

    def _otherwise(self, first: FormatSection) -> tuple[FormatSection, bool] | None:
        """Return the section of a number that the limits of both sections leave out."""
        return (first, True) if first.limit is None else None


_ZERO = Decimal(0)
_WHOLE = (Mark.GENERAL, Mark.TEXT)
_SYSTEM = re.compile(r"x-sys|^F[48]00$", re.IGNORECASE)
_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_REST = {(">", _ZERO): ("<=", _ZERO), (">=", _ZERO): ("<", _ZERO)}
"""What is left for the second section by the limit of the first."""

_LIMIT = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)\s*")
_TOKENS = re.compile(
    r"""
    "(?P<quoted>[^"]*)(?:"|$) | \\(?P<escaped>.) | (?P<padded>[_*].)
    | \[(?P<bracket>[^\]]*)\] | (?P<general>General|Основной) | (?P<noon>AM/PM|A/P)
    | (?P<exponent>E[+-]) | (?P<clock>y+|m+|d+|h+|s+) | (?P<digit>[0#?])
    | (?P<sign>[.,%/@]) | (?P<end>;) | (?P<letter>[A-Z]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SIGNS = {
    ".": Mark.POINT,
    ",": Mark.COMMA,
    "%": Mark.PERCENT,
    "/": Mark.SLASH,
    "@": Mark.TEXT,
}
_PLAIN = {
    "quoted": Mark.WORD,
    "escaped": Mark.WORD,
    "other": Mark.WORD,
    "general": Mark.GENERAL,
    "noon": Mark.NOON,
    "exponent": Mark.EXPONENT,
    "clock": Mark.CLOCK,
    "digit": Mark.DIGIT,
    "letter": Mark.LETTER,
}


@functools.lru_cache(maxsize=1024)
def parse_format(code: str) -> NumberFormat:
    """Return a format taken apart; any text is one, since Excel prints what it does not know."""
    sections = [_section(matches) for matches in _split(RUSSIAN_FORMATS.get(code, code))]
    if len(sections) > 3:
        return NumberFormat(tuple(sections[:3]), sections[3])
    if sections[-1].has(Mark.TEXT) and not sections[-1].has(Mark.DIGIT):
        # The last section is for texts alone when it prints one; alone, it is for numbers, too.
        return NumberFormat(tuple(sections[:-1]) or (sections[-1],), sections[-1])
    return NumberFormat(tuple(sections), None)


def _split(code: str) -> list[list[re.Match[str]]]:
    """Return what the sections of a format consist of."""
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKENS.finditer(code or "General"):
        if match["end"]:
            found.append([])
        else:
            found[-1].append(match)
    return found


def _section(matches: Sequence[re.Match[str]]) -> FormatSection:
    tokens: list[FormatToken] = []
    language, limit = "", None
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            tokens.append(_token(match))
        elif bracket.startswith("$"):
            symbol, _, named = bracket[1:].partition("-")
            language = named or language
            tokens += [FormatToken(Mark.WORD, symbol)] if symbol else []
        elif re.fullmatch("h+|m+|s+", bracket, re.IGNORECASE):
            tokens.append(FormatToken(Mark.ELAPSED, bracket.lower()))
        elif found := _LIMIT.fullmatch(bracket):
            limit = (found[1], Decimal(found[2]))
        # Any other word in brackets is a colour, or how digits are drawn.
    return FormatSection(tuple(_with_stop(tokens)), language, limit)


def _with_stop(tokens: Sequence[FormatToken]) -> list[FormatToken]:
    """Return the tokens, a point at the end of a word such as «чел.» as the stop it is meant for.

    Other programs leave it without a backslash; Excel would show it as the decimal comma.
    """
    made = list(tokens)
    at = next((i for i, token in enumerate(made) if token.mark == Mark.POINT), 0)
    rest = made[at + 1 :]
    if at and made[at - 1].mark == Mark.WORD and not any(t.mark == Mark.DIGIT for t in rest):
        made[at] = FormatToken(Mark.WORD, made[at].text)
    return made


def _token(match: re.Match[str]) -> FormatToken:
    kind = match.lastgroup or ""
    text = match[kind]
    if kind == "padded":
        # A blank as wide as the letter, or what fills the cell up between two words.
        return FormatToken(Mark.PAD, " ")
    if kind == "sign":
        return FormatToken(_SIGNS[text], text)
    return FormatToken(_PLAIN[kind], text.lower() if kind == "clock" else text)


def _is_within(value: Decimal, limit: tuple[str, Decimal] | None) -> bool:
    return limit is None or _COMPARISONS[limit[0]](value, limit[1])


def _is_below_zero(limit: tuple[str, Decimal] | None) -> bool:
    """Whether a limit lets no number above zero in: then the words of the section say the sign."""
    if limit is None:
        return False
    sign, number = limit
    return (sign in {"<", "<="} and number <= 0) or (sign == "=" and number < 0)
