"""Check the numbers of points, and the words in braces of every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.errors import Location, Problem, warning
from docgen.model import Record, Workspace
from docgen.model.columns import NUMBER, POINTS, PREAMBLE, TEXT, TEXTS
from docgen.wording import marker_columns, text_of, unknown_markers

_POINT_NUMBER = re.compile(r"^\d+(\.\d+)*$")
_MAX_LEVELS = 4
"""How deep points may be numbered, as in «1.2.3.4» (ГОСТ Р 7.0.97-2016)."""


def check_points(workspace: Workspace) -> Iterator[Problem]:
    """Yield the problems of numbers of points and of words in braces."""
    seen: dict[tuple[str, str], Location] = {}
    for point in workspace.records.get(POINTS, ()):
        order = workspace.order_of(point)
        if order is not None and not point.is_broken:
            yield from _check_number(point, order, seen)
    for register in (POINTS, PREAMBLE, TEXTS):
        for row in workspace.records.get(register, ()):
            if not row.is_broken:
                yield from _check_markers(row, workspace)


def _check_number(
    point: Record, order: Record, seen: dict[tuple[str, str], Location]
) -> Iterator[Problem]:
    number = text_of(point.values.get(NUMBER)).rstrip(".")
    if not _POINT_NUMBER.match(number):
        return
    if number.count(".") >= _MAX_LEVELS:
        yield Problem(
            "bad-number",
            point.cells[NUMBER],
            f"у пункта «{number}» больше четырёх уровней; сократите (ГОСТ Р 7.0.97)",
        )
    earlier = seen.setdefault((order.identity, number), point.cells[NUMBER])
    if earlier != point.cells[NUMBER]:
        yield Problem(
            "duplicate-key",
            point.cells[NUMBER],
            f"пункт «{number}» этого приказа уже есть: {earlier}; исправьте номер",
        )


def _check_markers(row: Record, workspace: Workspace) -> Iterator[Problem]:
    text, columns = text_of(row.values.get(TEXT)), frozenset(row.values)
    for mark in unknown_markers(text, columns):
        yield warning(
            "undefined-variable",
            row.cells[TEXT],
            f"в тексте стоит {mark}, такого знака нет и он напечатается как есть; бывают {{кого}}, "
            "{кому}, {кем}, {о ком}, {акт род}, {срок}, {приложение}",
        )
    for name in marker_columns(text, columns):
        if not row.values.get(name):
            header = workspace.schemas[row.register].column(name).header
            yield Problem(
                "missing-value",
                row.cells[name],
                f"текст «{text}» берёт слова из столбца «{header}», а он пуст; впишите значение "
                "или уберите знак в фигурных скобках",
            )
