"""The rows of any register that a template asks for by their values: «строки('вопросы', …)»."""

from __future__ import annotations

from docgen.model import Record, sameness
from docgen.wording.record_views import BrokenRecordError, RecordView, Scope
from docgen.wording.value_views import WordingError, text_of


def rows_of(scope: Scope, register: str, **wanted: object) -> list[RecordView]:
    """Return the rows of a register that hold on the paper's day and have all values wanted.

    Raises:
        WordingError: when there is no such register or column.
        BrokenRecordError: when a row did not pass the checks: the list may lack it.
    """
    schema = scope.workspace.schemas.get(register)
    if schema is None:
        raise WordingError(f"нет реестра «{register}»")
    known = {column.name for column in schema.columns}
    if unknown := wanted.keys() - known:
        raise WordingError(f"в реестре «{register}» нет столбца «{min(unknown)}»")
    asked = {name: sameness(str(value)) for name, value in wanted.items()}
    held = scope.workspace.records.get(register, ())
    if any(row.is_broken for row in held):
        raise BrokenRecordError([])
    rows = [row for row in held if row.holds_on(scope.day) and _has_all(row, asked)]
    scope.note_rows(f"{register}/{sorted(asked.items())}", rows)
    return [scope.view(row) for row in rows]


def _has_all(row: Record, asked: dict[str, str]) -> bool:
    return all(sameness(text_of(row.values.get(name))) == value for name, value in asked.items())
