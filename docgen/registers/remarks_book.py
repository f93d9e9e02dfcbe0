"""The sheet of remarks: what checks say, cell by cell, and what people have accepted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from docgen import files
from docgen.model import Schema
from docgen.model.columns import ACCEPTED, CODE, COLUMN, FINGERPRINT, ROW, SHEET, TEXT
from docgen.registers.book_writer import to_bytes
from docgen.registers.renewed_sheets import TypedRow, read_typed_rows, to_renewed_workbook
from docgen.registers.shared_books import refuse_open

NOT_ACCEPTABLE: Final = "нельзя"
"""What stands in «Принято» of what nobody can accept away."""
_UNMARKED: Final = "\0"
_GONE: Final = "этого замечания больше нет; строку можно удалить"


class RemarkKey(NamedTuple):
    """What tells remarks apart: ``fingerprint`` is of the value, and of others that are named."""

    code: str
    sheet: str
    row: str
    column: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark of a check; errors and what runs by law are not ``is_acceptable``."""

    key: RemarkKey
    text: str
    is_acceptable: bool


def write_remarks(path: Path, schema: Schema, rows: Sequence[RemarkRow]) -> Path:
    """Write or renew the sheet of remarks, keeping what was accepted; return its path.

    A remark whose value has changed is a new one. An accepted one that is not made any more stays
    at the end, since its reason was somebody's thought.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read or written.
    """
    refuse_open(path)
    typed, foreign = read_typed_rows(path, schema)
    kept = {_kept_key(row.cells): row for row in typed}
    unmarked = _without_marks(kept)
    made = []
    for remark in dict.fromkeys(rows):
        words = (remark.key.sheet, remark.key.row, remark.key.column, remark.text)
        key = remark.key if remark.key in kept else unmarked.pop(words, remark.key)
        made.append(_made(remark, kept.pop(key, TypedRow())))
    for row in kept.values():
        if is_accepted(row.cells.get(ACCEPTED, "")) or row.foreign:
            row.cells[TEXT] = _GONE
            made.append(row)
    workbook = to_renewed_workbook(
        schema, made, foreign, hidden={FINGERPRINT}, is_open=lambda row: not row.cells[ACCEPTED]
    )
    files.atomic_write(path, to_bytes(workbook), mode=files.PRIVATE_FILE)
    return path


def _without_marks(kept: Mapping[RemarkKey, TypedRow]) -> dict[tuple[str, ...], RemarkKey]:
    """Return the keys of rows that have lost their code or mark, by place and words.

    The columns that only docgen needs look useless, and get deleted.
    """
    return {
        (key.sheet, key.row, key.column, row.cells.get(TEXT, "")): key
        for key, row in kept.items()
        if key.fingerprint.startswith(_UNMARKED)
    }


def _kept_key(cells: dict[str, str]) -> RemarkKey:
    """Return the key of a row; its words tell it from others when its code or mark is lost."""
    key = accepted_key(cells)
    if key.code and key.fingerprint:
        return key
    return key._replace(fingerprint=f"{_UNMARKED}{cells.get(TEXT, '')}")


def accepted_key(cells: dict[str, str]) -> RemarkKey:
    """Return the key of a remark by its cells."""
    return RemarkKey(*(cells.get(name, "") for name in (CODE, SHEET, ROW, COLUMN, FINGERPRINT)))


def is_accepted(typed: str) -> bool:
    """Return whether a person has ticked a remark, or said why it does not matter."""
    return typed.strip().casefold() not in {"", "нет", "-", "–", "—", NOT_ACCEPTABLE}


def _made(row: RemarkRow, kept: TypedRow) -> TypedRow:
    names = (CODE, SHEET, ROW, COLUMN, FINGERPRINT)
    cells = dict(zip(names, row.key, strict=True)) | {TEXT: row.text}
    before = kept.cells.get(ACCEPTED, "")
    cells[ACCEPTED] = (
        (before if before != NOT_ACCEPTABLE else "") if row.is_acceptable else NOT_ACCEPTABLE
    )
    return TypedRow(cells, kept.foreign)
