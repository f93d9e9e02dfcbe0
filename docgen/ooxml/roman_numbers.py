"""Roman numbers, as fields and page numbers of Word print them."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman_number(number: int, *, is_small: bool = False) -> str:
    """Return a number of at least 1 in Roman figures, in capitals unless it ``is_small``."""
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * count
    return made.lower() if is_small else made
