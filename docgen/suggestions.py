"""Which of the known names a mistyped one may have meant: "did you mean" in messages.

The rule: one name is proposed, the most alike. Likeness is difflib's ratio, from 0 for nothing in
common to 1 for the same letters in the same order, taken after both names are folded (by case, or
as the caller says). A name below ``NEAR`` is not proposed; titles of sheets and labels of cards,
which people word freely, are proposed from ``FAIRLY_NEAR`` on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, TypeVar

_K = TypeVar("_K")

NEAR: Final = 0.6
"""The likeness of a name with one slip in a short word, two or three in a long one."""

FAIRLY_NEAR: Final = 0.5
"""The likeness of a title that says the same in half the words."""

NEAREST_OF_ALL: Final = 0.0
"""The most alike is proposed, however unlike it is."""


def nearest(
    typed: str,
    known: Iterable[str],
    *,
    fold: Callable[[str], str] = str.casefold,
    likeness: float = NEAR,
) -> str | None:
    """Return the known name that is most like what was typed, or nothing when none is near.

    Args:
        typed: The name as found.
        known: The names that would have done; of two that fold to one the later is proposed.
        fold: What takes off the differences that do not count, such as case.
        likeness: The least likeness, from 0 to 1.
    """
    by_folded = {fold(name): name for name in known}
    found = difflib.get_close_matches(fold(typed), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


def question(name: str, what: str = "") -> str:
    """Return ``возможно, вы имели в виду «…»``, with ``what`` the name is of before it."""
    return f"возможно, вы имели в виду {what}{' ' if what else ''}«{name}»"


def nearest_key(
    typed: Mapping[_K, str], wanted: Collection[str], *, likeness: float = NEAR
) -> _K | None:
    """Return the key of what was typed that is most like one of the wanted spellings.

    Args:
        typed: What was found, folded, by the places where it was found.
        wanted: The spellings that would have done, folded alike.
        likeness: The least likeness, from 0 to 1; of equal ones the last is taken.
    """
    best, most_alike = None, likeness
    for key, text in typed.items():
        for spelling in wanted:
            alike = likeness_of(text, spelling)
            if alike >= most_alike:
                best, most_alike = key, alike
    return best


def suggestion(
    typed: str,
    known: Iterable[str],
    *,
    fold: Callable[[str], str] = str.casefold,
    likeness: float = NEAR,
) -> str:
    """Return ``; возможно, вы имели в виду «…»`` to end a message with, or an empty text."""
    name = nearest(typed, known, fold=fold, likeness=likeness)
    return "" if name is None else f"; {question(name)}"


def suggestion_sentence(
    typed: str,
    known: Iterable[str],
    *,
    fold: Callable[[str], str] = str.casefold,
    likeness: float = NEAR,
) -> str:
    """Return `` Возможно, вы имели в виду «…».`` to follow a full stop, or an empty text."""
    name = nearest(typed, known, fold=fold, likeness=likeness)
    return "" if name is None else f" Возможно, вы имели в виду «{name}»."


def suggestion_or_choices(typed: str, known: Iterable[str]) -> str:
    """Return the suggestion, or ``; можно: …`` with all the names when none is near."""
    names = [name for name in known if name]
    choices = f"; можно: {', '.join(names)}" if names else ""
    return suggestion(typed, names) or choices


def likeness_of(found: str, wanted: str) -> float:
    """Return how alike two names are, from 0 to 1."""
    return difflib.SequenceMatcher(None, found, wanted).ratio()
