"""Several tables of one appendix: where words stand between them, how each of them looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docgen.model import sameness, sheet_names
from docgen.model.choices import TableLook

_BESIDE: Final = re.compile(r"(перед|до|после)\s+таблиц\w*\s*(?:№\s*)?(.*)", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"между\s+таблиц\w*(?:\s*(?:№\s*)?(\d+)\s*и\s*(?:№\s*)?(\d+))?", re.IGNORECASE
)
_LOOKS: Final = {sameness(look): look for look in TableLook}


def place_of_words(typed: str, sheets: Sequence[str]) -> int | None:
    """Return how many of an appendix's tables stand above its words; nothing if «Где» is unclear.

    «перед таблицей» is before the first one and «после таблицы» behind the last, unless a number
    or the name of a sheet follows: «перед таблицей 2», «после таблицы «Показатели»».
    """
    text, count = " ".join(typed.split()), max(len(sheets), 1)
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        upper, lower = (int(one) if one else None for one in between.groups())
        if upper is None or lower is None:
            return 1 if count == 2 else None
        return upper if lower == upper + 1 and 1 <= upper < count else None
    found = _BESIDE.fullmatch(text)
    if found is None:
        return None
    is_behind = found[1].casefold() == "после"
    if not found[2]:
        return count if is_behind else 0
    number = _number_of(found[2], sheets)
    if number is None or not 1 <= number <= count:
        return None
    return number if is_behind else number - 1


def place_of_table(typed: str, sheets: Sequence[str]) -> int | None:
    """Return which table a row «таблица» stands for, counted from 0: by its sheet or its number."""
    number = _number_of(" ".join(typed.split()), sheets)
    if number is None:
        return 0 if len(sheets) == 1 and not typed.strip() else None
    return number - 1 if 1 <= number <= len(sheets) else None


def _number_of(which: str, sheets: Sequence[str]) -> int | None:
    folded = [sameness(one) for one in sheets]
    if sameness(which) in folded:
        return folded.index(sameness(which)) + 1
    return int(which) if which.isdigit() else None


def looks_of_tables(typed: str, count: int) -> tuple[TableLook, ...] | None:
    """Return how each of several tables looks: all alike, or as «без шапки; с шапкой» says.

    Nothing when a look is unknown, or when there are more or fewer of them than tables.
    """
    looks = [_LOOKS.get(sameness(one)) for one in sheet_names(typed)] or [TableLook.HEADED]
    if len(looks) == 1:
        looks *= count
    known = tuple(look for look in looks if look is not None)
    return known if len(known) == len(looks) == count else None
