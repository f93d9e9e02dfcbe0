"""How the sentences of official papers are joined and which mark ends them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_END_MARKS = (".", ":", ";", "!", "?", ",")
_ABBREVIATION = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_]|гг|др|пр|руб|коп|тыс|млн|обл|ул|им|см)\.$", re.IGNORECASE
)


def joined(items: Sequence[str]) -> str:
    """Return the items as an enumeration: «а», «а и б» or «а, б и в»."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} и {items[-1]}"


def without_end(text: str) -> tuple[str, str]:
    """Return the text without its end mark, and that mark; an abbreviation's dot is none.

    «2026 г.» and «И.И.» end in such a dot.
    """
    if text.endswith((";", ":")) or (text.endswith(".") and not _ABBREVIATION.search(text)):
        return text[:-1], text[-1]
    return text, ""


def ended(text: str, mark: str = ".") -> str:
    """Return the text ended by the mark, unless it ends with one already; never with two dots."""
    if not text or (text.endswith(_END_MARKS) and (mark == "." or without_end(text)[1])):
        return text
    return text + mark


def add_words(text: str, words: str) -> str:
    """Return the text with words added before its end mark."""
    if not words:
        return text
    body, end = without_end(text)
    text = f"{body} {words}".strip()
    return ended(text, end) if end else text
