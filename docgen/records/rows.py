"""Turn rows of cells into draft records: type every cell, report every missing one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import (
    Column,
    ColumnKind,
    PersonName,
    Phrase,
    RawCell,
    RawRow,
    RawSheet,
    Schema,
    Value,
    sameness,
)
from docgen.model.columns import ACTS, FIXED, GENDER, NAME, OWN_FORMS
from docgen.records.cell_values import is_read_loosely, to_name, to_value
from docgen.records.own_acts import contradictions, known_end
from docgen.records.typed_forms import to_forms
from docgen.wording import text_of

_SHORT_SURNAME = 4
"""Letters of a surname that may lose its second one in oblique cases: Лев, Льва."""


@dataclass(slots=True)
class Draft:
    """A row on its way to a record; its reference cells hold text until they are linked.

    Filled while rows are read, identified and linked. ``mark`` tells a namesake apart in a
    dropdown: «таб. 112» or a birth date; ``moving`` are the columns whose day changes by itself.
    """

    schema: Schema
    number: int
    where: Location
    values: dict[str, Value]
    cells: dict[str, Location]
    begins: dt.date | None = None
    ends: dt.date | None = None
    identity: str = ""
    mark: str = ""
    is_broken: bool = False
    moving: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def report(self, problem: Problem) -> None:
        """Keep a problem; an error breaks the row."""
        self.problems.append(problem)
        self.is_broken = self.is_broken or problem.is_error


def read_drafts(sheet: RawSheet, schema: Schema) -> list[Draft]:
    """Return the typed rows of a register, each with its problems."""
    if schema.is_card:
        return [_card_draft(row, sheet, schema) for row in sheet.rows]
    drafts = [_draft(row, sheet, schema) for row in sheet.rows]
    for draft in drafts:
        draft.begins = _as_date(draft.values.get(schema.begins))
        draft.ends = _as_date(draft.values.get(schema.ends))
    return _without_replaced(drafts, sheet, schema) if schema.is_shared else drafts


def _without_replaced(drafts: list[Draft], sheet: RawSheet, schema: Schema) -> list[Draft]:
    """Return the rows without those shipped ones that the workspace's own sheet replaces."""
    columns = schema.replaces or schema.key

    def key(draft: Draft) -> tuple[str, ...]:
        return tuple(sameness(text_of(draft.values.get(name))) for name in columns)

    own = [draft for draft in drafts if draft.where.file == sheet.where.file]
    shipped = [draft for draft in drafts if draft.where.file != sheet.where.file]
    if schema.name == ACTS:
        for draft in own:
            acts = [one.values for one in shipped]
            _compare_act(draft, acts)
            draft.values |= known_end(draft.values, acts)
    keys = {key(draft) for draft in own}
    return [
        draft for draft in drafts if draft.where.file == sheet.where.file or key(draft) not in keys
    ]


def _compare_act(draft: Draft, shipped: Iterable[Mapping[str, Value]]) -> None:
    """Say what an own act says otherwise than the shipped one."""
    for column, words in contradictions(draft.values, shipped):
        draft.report(
            warning(
                "act-mismatch",
                draft.cells.get(column, draft.where),
                f"{words}; сверьте с самим актом: если это он, исправьте или удалите свою строку, "
                "если другой акт, дайте ему другое краткое имя",
            )
        )


def missing_facts(sheet: RawSheet, schema: Schema) -> list[Problem]:
    """Return a problem for each required fact that a card lacks."""
    present = {
        name
        for row in sheet.rows
        for name, cell in row.cells.items()
        if cell.text or cell.is_unreadable
    }
    return [
        Problem(
            "missing-value",
            sheet.where,
            f"в карточке нет строки «{column.header}»; добавьте её и впишите значение",
        )
        for column in schema.columns
        if column.is_required and column.name not in present
    ]


def _as_date(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _card_draft(row: RawRow, sheet: RawSheet, schema: Schema) -> Draft:
    """Return the draft of one row of a card: a fact and the period in which it holds."""
    period = {
        name: Column(name, header, ColumnKind.DATE)
        for name, header in (("begins", schema.begins), ("ends", schema.ends))
    }
    draft = Draft(schema, row.number, sheet.where, {}, {})
    for name, cell in row.cells.items():
        if name in period:
            continue
        draft.where = cell.where
        _put(draft, schema.column(name), row)
    for name, column in period.items():
        if name in row.cells:
            setattr(draft, name, _as_date(_typed(draft, row.cells[name], column)))
    return draft


def _draft(row: RawRow, sheet: RawSheet, schema: Schema) -> Draft:
    """Return the draft of a row; names come last, since their gender is in other columns."""
    first = next(iter(row.cells.values()), None)
    draft = Draft(schema, row.number, first.where if first else sheet.where, {}, {})
    for column in schema.columns:
        if column.kind != ColumnKind.NAME:
            _put(draft, column, row)
    for column in schema.columns:
        if column.kind == ColumnKind.NAME:
            _put_name(draft, column, row)
    return draft


def _put(draft: Draft, column: Column, row: RawRow) -> None:
    """Put the typed value of a cell into the draft, or the default of its column."""
    cell = row.cells.get(column.name)
    draft.cells[column.name] = cell.where if cell else draft.where
    if cell is not None and (cell.text or cell.is_unreadable):
        draft.values[column.name] = _typed(draft, cell, column)
        return
    draft.values[column.name] = _default(column)
    if column.is_required and not draft.schema.is_card:
        draft.report(_missing(draft, column))


def _typed(draft: Draft, cell: RawCell, column: Column) -> Value:
    """Return a cell's value; ``None`` breaks the row unless the cell is just empty."""
    if cell.is_unreadable:
        # Its problem was reported when the workbook was read.
        draft.is_broken = True
    if not cell.text:
        return None
    outcome = to_value(cell, column)
    if isinstance(outcome, Problem):
        draft.report(outcome)
        return None
    if cell.is_moving and isinstance(outcome, dt.date):
        draft.moving |= {column.name}
    if is_read_loosely(cell, outcome):
        draft.report(
            warning(
                "loose-date",
                cell.where,
                f"«{cell.text}» прочитано как {outcome:%d.%m.%Y}; день другой — впишите его так",
            )
        )
    return outcome


def _default(column: Column) -> Value:
    if not column.default:
        return None
    value: Value = Phrase(column.default) if column.kind == ColumnKind.PHRASE else column.default
    return (value,) if column.is_listed else value


def _missing(draft: Draft, column: Column) -> Problem:
    return Problem(
        "missing-value",
        draft.cells[column.name],
        f"пустая ячейка в обязательном столбце «{column.header}»; впишите значение",
    )


def _put_name(draft: Draft, column: Column, row: RawRow) -> None:
    """Put the name in a cell into the draft, with its gender and its typed forms."""
    cell = row.cells.get(column.name)
    draft.cells[column.name] = cell.where if cell else draft.where
    draft.values[column.name] = None
    if cell is not None and cell.is_unreadable:
        draft.is_broken = True
        return
    if cell is None or not cell.text:
        if column.is_required:
            draft.report(_missing(draft, column))
        return
    gender_column = _gender_column(draft.values, column)
    gender = draft.values.get(gender_column)
    is_fixed = draft.values.get(FIXED) is True
    name = to_name(cell, str(gender or ""), is_fixed=is_fixed)
    draft.values[column.name] = replace(name, forms=_own_forms(draft, name, column, row))
    shown = russian.gender_of(name.text)
    if gender and shown and gender != shown:
        draft.report(
            warning(
                "gender-mismatch",
                draft.cells[gender_column],
                f"{name.text}: пол «{gender}», а отчество «{name.patronymic}» говорит другое; "
                "исправьте одно из двух, имя склоняется по столбцу",
            )
        )


def _own_forms(
    draft: Draft, name: PersonName, column: Column, row: RawRow
) -> tuple[tuple[str, str], ...]:
    """Return the forms typed beside a person; they belong to the person, not the representative."""
    cell = row.cells.get(OWN_FORMS)
    if cell is None or not cell.text or column.name != NAME:
        return ()
    forms = to_forms(cell)
    if isinstance(forms, Problem):
        draft.report(forms)
        return ()
    # A surname keeps its first letters in every case: other ones are left from a former name.
    kept = 2 if len(name.surname) > _SHORT_SURNAME else 1
    for _, form in forms:
        if form[:kept].casefold() != name.surname[:kept].casefold():
            draft.report(
                warning(
                    "stale-form",
                    cell.where,
                    f"особая форма «{form}» дана не для «{name.text}»; исправьте её или удалите",
                )
            )
    return forms


def _gender_column(values: Mapping[str, Value], column: Column) -> str:
    """Return the column with the gender of a name: ``<name>_пол``, or ``пол`` for ``фио``."""
    own = f"{column.name}_пол"
    return own if own in values else (GENDER if column.name == NAME else "")
