"""Reading cards: sheets with one fact in a row, such as «Организация» and «Настройки»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.errors import Problem, warning
from docgen.model import RawCell, RawRow, RawSheet, Schema, sameness
from docgen.registers.books import Grid
from docgen.registers.cells import looks_warnings, raw_cell
from docgen.registers.hidden_rows import HiddenRows
from docgen.suggestions import FAIRLY_NEAR, suggestion

LABEL_HEADER = "Что"
VALUE_HEADER = "Значение"

_HEADER_SEARCH_ROWS = 30
_LABEL_HEADERS = ("что", "настройка", "параметр", "показатель", "факт", "сведения", "поле")
_BEGINS = ("действует с", "с", "начало", "дата начала")
_ENDS = ("действует по", "по", "до", "окончание", "дата окончания")


@dataclass(frozen=True, slots=True)
class _CardLayout:
    """Which sheet columns hold label, value and period, and where facts begin."""

    first_row: int
    label: int
    value: int
    periods: Mapping[str, int]


def read_card(
    grid: Grid, schema: Schema, problems: list[Problem], *, passes_hidden: bool = False
) -> RawSheet:
    """Return a row for each fact that has a value, with its period as ``begins`` and ``ends``."""
    labels = _labels(schema)
    layout = _layout(grid, schema)
    rows: list[RawRow] = []
    hidden: list[int] = []
    for number in sorted(grid.cells):
        if number < layout.first_row or not raw_cell(grid, number, layout.value).text:
            continue
        if number in grid.hidden_rows:
            hidden.append(number)
            if passes_hidden:
                continue
        label = raw_cell(grid, number, layout.label)
        fact = labels.get(_key(label.text))
        if fact is None:
            problems.append(_unknown_fact(label, schema))
            continue
        cells = {fact: raw_cell(grid, number, layout.value, problems)}
        for name, column in layout.periods.items():
            cells[name] = raw_cell(grid, number, column, problems)
        rows.append(RawRow(number, cells))
    unseen = HiddenRows(grid, tuple(hidden), passes_hidden)
    problems += unseen.problems()
    problems += looks_warnings(grid, ((row.number, layout.value) for row in rows))
    return RawSheet(schema.name, grid.where, tuple(rows), hidden=unseen.hidden_by_hand)


def named_facts(grid: Grid, schema: Schema) -> tuple[int, int]:
    """Return how many rows of a sheet bear the label of a fact of a card, and how many another."""
    labels, layout = _labels(schema), _layout(grid, schema)
    texts = [
        raw_cell(grid, row, layout.label).text for row in grid.cells if row >= layout.first_row
    ]
    known = sum(_key(text) in labels for text in texts)
    return known, sum(bool(text) for text in texts) - known


def _key(text: str) -> str:
    return sameness(text).rstrip(" .:").replace(".", "").replace("-", " ")


def _labels(schema: Schema) -> dict[str, str]:
    """Return the fact by label: header, synonym, or its name in templates."""
    labels: dict[str, str] = {}
    for fact in schema.columns:
        labels.setdefault(_key(fact.header), fact.name)
    for fact in schema.columns:
        for other in (*fact.synonyms, fact.name.replace("_", " ")):
            labels.setdefault(_key(other), fact.name)
    return labels


def _layout(grid: Grid, schema: Schema) -> _CardLayout:
    """Return where the columns of a card are; without headers label and value are in A and B."""
    for row in sorted(grid.cells):
        if row > _HEADER_SEARCH_ROWS:
            break
        headers = {_key(raw_cell(grid, row, c).text): c for c in sorted(grid.cells[row])}
        value = headers.get(_key(VALUE_HEADER))
        label = next((headers[name] for name in _LABEL_HEADERS if name in headers), None)
        if value is None:
            continue
        named = (("begins", (schema.begins, *_BEGINS)), ("ends", (schema.ends, *_ENDS)))
        periods = {
            name: next(headers[_key(h)] for h in spellings if _key(h) in headers)
            for name, spellings in named
            if schema.begins and any(_key(h) in headers for h in spellings)
        }
        return _CardLayout(row + 1, label or max(1, value - 1), value, periods)
    return _CardLayout(1, 1, 2, {})


def _unknown_fact(label: RawCell, schema: Schema) -> Problem:
    """Return the warning about a value whose label no fact has."""
    if not label.text:
        message = "у значения нет названия в первом столбце, оно не читается; впишите название"
        return warning("unknown-column", label.where, message)
    known = [text for fact in schema.columns for text in (*fact.synonyms, fact.header)]
    hint = suggestion(label.text, known, fold=_key, likeness=FAIRLY_NEAR)
    message = f"неизвестная строка «{label.text}» не читается{hint}; исправьте название"
    return warning("unknown-column", label.where, message)
