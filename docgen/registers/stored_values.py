"""What the stored text of a cell that holds no words stands for: a number, a day, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from openpyxl.utils.datetime import MAC_EPOCH, from_excel, from_ISO8601

from docgen.registers.book_styles import BookStyles
from docgen.registers.cells_read import BEYOND_CALENDAR, ERROR, MISWRITTEN, CellStyle, CellValue

_WHOLE: Final = re.compile(r"\s*[+-]?[0-9]{1,309}\s*")
_FRACTION: Final = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,5})?\s*")
_PLAIN_DIGITS: Final = 16
_BEYOND_NUMBERS: Final = 1e308
"""Excel's numbers end a little below; those of Python a little above, and go on as «inf»."""
_FLAGS: Final = {"0": False, "1": True, "false": False, "true": True}
_from_iso8601: Callable[[str], CellValue] = from_ISO8601


def value_of(
    stored: str, data_type: str, style: CellStyle, styles: BookStyles
) -> tuple[CellValue, str]:
    """Return the value of a stored text, and the type that openpyxl gives it.

    What no program writes there is an error of the cell: a number that Python alone could read,
    or a type that nobody knows, would be printed as something that nobody has seen in Excel.
    """
    if data_type == "n":
        value = _number(stored)
        if value is None:
            return MISWRITTEN, ERROR
        return _day(value, style, styles) if style.is_day else (value, data_type)
    if data_type == "b":
        flag = _FLAGS.get(stored.strip())
        return (MISWRITTEN, ERROR) if flag is None else (flag, data_type)
    if data_type == "d":
        try:
            return _from_iso8601(stored), data_type
        except ValueError:
            return MISWRITTEN, ERROR
    return (stored, data_type) if data_type == ERROR else (MISWRITTEN, ERROR)


def _number(stored: str) -> int | float | None:
    if len(stored) < _PLAIN_DIGITS and stored.isascii() and stored.isdigit():
        return int(stored)
    value: int | float
    if _WHOLE.fullmatch(stored):
        value = int(stored)
    elif _FRACTION.fullmatch(stored):
        value = float(stored)
    else:
        return None
    return value if -_BEYOND_NUMBERS < value < _BEYOND_NUMBERS else None


def _day(number: float, style: CellStyle, styles: BookStyles) -> tuple[CellValue, str]:
    if number < 0 and not (style.is_span and styles.epoch == MAC_EPOCH):
        # The calendar from 1904, which old books of Apple have, knows spans below zero.
        return BEYOND_CALENDAR, ERROR
    try:
        return from_excel(number, styles.epoch, timedelta=style.is_span), "d"
    except (OverflowError, ValueError):
        return BEYOND_CALENDAR, ERROR
