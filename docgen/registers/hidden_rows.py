"""Hidden rows: what is said of those that are read all the same, and of those left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.registers.books import Grid

PASSED_OVER: Final = "пропускать"
"""What the setting «Скрытые строки» says where hidden rows are to be left out."""

_MOST_SPANS = 50


@dataclass(frozen=True, slots=True)
class HiddenRows:
    """The hidden rows of a register's sheet that are filled, and whether they are left out."""

    grid: Grid
    rows: tuple[int, ...]
    are_passed_over: bool

    @property
    def hidden_by_hand(self) -> frozenset[int]:
        """The rows that are read though a person hid them."""
        if self.are_passed_over:
            return frozenset()
        return frozenset(self.rows) - self.grid.filtered_rows

    def problems(self) -> list[Problem]:
        """Return what to say of them; of rows hidden by hand papers tell, once they print them."""
        if self.are_passed_over:
            return hidden_warning(self.grid, self.rows)
        filtered = [row for row in self.rows if row in self.grid.filtered_rows]
        if not filtered:
            return []
        message = (
            f"фильтр скрывает строки {ranges_of(filtered)}; они прочитаны наравне с видимыми, "
            "снимать фильтр не нужно"
        )
        return [warning("filtered-rows", self.grid.where, message)]


def hidden_warning(grid: Grid, rows: Sequence[int]) -> list[Problem]:
    """Return one warning that names the hidden rows, or no warning when there are none."""
    if not rows:
        return []
    message = (
        f"скрытые строки пропущены: {ranges_of(rows)}; "
        "если они нужны, покажите их (снимите фильтр), если нет — ничего не делайте"
    )
    return [warning("hidden-rows", grid.where, message)]


def printed_warning(where: Location, rows: Sequence[int], papers: Sequence[str]) -> Problem:
    """Return the warning about rows hidden by hand that new papers print."""
    first, more = papers[0], len(papers) - 1
    others = f" и ещё {more}" if more else ""
    one = len(rows) == 1
    message = (
        f"«{first}»{others}: {'сюда попала строка' if one else 'сюда попали строки'} "
        f"{ranges_of(rows)}, {'скрытая' if one else 'скрытые'} на листе; если так и надо, ничего "
        f"не делайте, если нет — удалите {'её' if one else 'их'} или впишите в «Настройки» "
        f"«Скрытые строки: {PASSED_OVER}»"
    )
    return warning("hidden-rows", where, message)


def ranges_of(numbers: Iterable[int]) -> str:
    """Return row numbers as ranges, e.g. ``3, 5-7``."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    more = len(spans) - _MOST_SPANS
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans[:_MOST_SPANS])
    return named + (f" и ещё {more} мест" if more > 0 else "")
