"""What a line's end must not part, and one stop for two."""

from __future__ import annotations

import functools
import re
from itertools import chain, zip_longest
from typing import Final

from docgen.russian.letters import CAPITAL, SMALL
from docgen.russian.ties import DASHES, LOOSE_TIES, Tie, hold_hyphens, names_several, tie

NBSP = "\u00a0"
_SURNAME = f"[{CAPITAL}][{CAPITAL}{SMALL}]+"
_SHORTENED = rf"[{CAPITAL}][{SMALL}]{{1,3}}\."
_GAP = r"[ \u00a0]"
_LINES: Final = re.compile("([\n\t]+)")

# Blanks between initials, before a surname (but one letter before «Ул.»), and after a surname.
_INITIALS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<=[{CAPITAL}]\.) (?=[{CAPITAL}]\.|(?!{_SHORTENED}){_SURNAME})",
        rf"(?<=[{CAPITAL}]\.[{CAPITAL}]\.) (?={_SURNAME})",
        rf"(?<=[{CAPITAL}{SMALL}]) (?=[{CAPITAL}]\.{_GAP}?[{CAPITAL}]\.(?!{_GAP}?{_SURNAME}))",
        rf"(?<=[{SMALL}]) (?=[{CAPITAL}]\.(?=[ \u00a0][{SMALL}]|[,;)]|$))",
    )
)
_INITIAL: Final = re.compile(rf"[{CAPITAL}]\.")
_DAY_IN_QUOTES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[«\"]) (?=\d{1,2}[ \u00a0][»\"])",
        r"(?<=[«\"]\u00a0\d\d) (?=[»\"])",
        r"(?<=[«\"]\u00a0\d) (?=[»\"])",
    )
)
_OPEN_QUOTE: Final = re.compile('[«"][ \u00a0]')

_SURPLUS: Final = re.compile(
    r"(?<=[^\s.…!?/\\])\.\.(?![.\w/\\])|(?<=[?!…])\.(?![.\w/\\])|(?<=[^\s.])\.{4}(?!\.)"
)


@functools.lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Return the text with U+00A0 and U+2011 for blanks and hyphens where no line may end.

    Held together are № and § with their numbers, names with initials, dates, «ст.», «ул.», «статья»
    and the like with what they name, numbers with what they count, and numbers such as «273-ФЗ». No
    line begins with a dash. The length of the text stays, and so does a text typeset once.
    """
    return _typeset(text, frozenset())


@functools.lru_cache(maxsize=4096)
def typeset_closely(text: str) -> str:
    """Return the text typeset without the ties that make long pieces.

    For measuring the columns of a table: what is only held loosely may part in a narrow one.
    """
    return _typeset(text, LOOSE_TIES)


def _typeset(text: str, ignored: frozenset[Tie]) -> str:
    if "\n" in text or "\t" in text:
        return "".join([_typeset_line(one, ignored) for one in _LINES.split(text)])
    return _typeset_line(text, ignored)


def _typeset_line(text: str, ignored: frozenset[Tie]) -> str:
    words = text.replace(NBSP, " ").split(" ")
    if "-" in text:
        words = [hold_hyphens(word) if "-" in word else word for word in words]
    if len(words) == 1:
        return words[0]
    gaps = [" "] * (len(words) - 1)
    if NBSP in text:
        gaps = [one for one in text if one in " \u00a0"]
    _tie_words(words, gaps, ignored)
    text = "".join(chain.from_iterable(zip_longest(words, gaps, fillvalue="")))
    if _INITIAL.search(text):
        for pattern in _INITIALS:
            text = pattern.sub(NBSP, text)
    if _OPEN_QUOTE.search(text):
        for pattern in _DAY_IN_QUOTES:
            text = pattern.sub(NBSP, text)
    return text


def _tie_words(words: list[str], gaps: list[str], ignored: frozenset[Tie]) -> None:
    """Put a non-breaking blank into each gap between words that hold together."""
    before = None
    for index, kind in enumerate(map(tie, words, words[1:])):
        if kind is not None and _is_idle(kind, before, words, index):
            before = None
        else:
            if kind is not None and kind not in ignored:
                gaps[index] = NBSP
            before = kind
    if words[0] in DASHES:
        gaps[0] = NBSP


def _is_idle(kind: Tie, before: Tie | None, words: list[str], index: int) -> bool:
    """Return whether a tie after the word at the index holds nothing, for what stands before."""
    if kind is Tie.COUNTED:
        return before is Tie.LABEL
    if kind is Tie.LINKED:
        return before is not Tie.COUNTED and before is not Tie.LINKED
    if kind is Tie.LISTED:
        return before is not Tie.LABEL or not names_several(words[index - 1])
    # «2026 г. Белгород»: the year's, not the town's.
    is_after_year = words[index] == "г." and index > 0 and words[index - 1][-1:].isdigit()
    return kind is Tie.LABEL and is_after_year


def surplus_stops(text: str) -> tuple[int, ...]:
    """Return the places of stops that a sentence has too many, as after «и т.д.».

    One stop ends a sentence, also after an abbreviation, «?», «!» and «…». Three typed stops stay,
    and so do paths such as «../папка».
    """
    if ".." not in text and "?." not in text and "!." not in text and "…." not in text:
        return ()
    return tuple([found.end() - 1 for found in _SURPLUS.finditer(text)])
