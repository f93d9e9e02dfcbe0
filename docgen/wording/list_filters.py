"""Filters of lists: people and rows in the order of the Russian alphabet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from docgen.wording.value_views import WordingError, named


def by_alphabet(value: object, column: str = "") -> list[object]:
    """Return people by their names, or rows by what a column of theirs prints, ё as е.

    Raises:
        WordingError: for anything but a list, or a column that its rows do not have.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise WordingError(f"{named(value)} — не список; по алфавиту ставят людей или строки")
    items = list(cast("Iterable[object]", value))
    return sorted(items, key=lambda one: _key_of(_at(one, column)))


def _at(item: object, column: str) -> object:
    found: Any = item
    for step in filter(None, column.split(".")):
        found = getattr(found, step, None)
        if found is None:
            raise WordingError(f"«{column}» – такого столбца у строк списка нет; назовите другой")
    return found


def _key_of(item: object) -> str:
    return str(getattr(item, "фио", item)).casefold().replace("ё", "е")


LIST_FILTERS: Final[dict[str, Callable[..., object]]] = {"по_алфавиту": by_alphabet}
"""Every filter of lists, by its name in templates."""
