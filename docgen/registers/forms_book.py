"""The sign-off sheet: declined forms in use, doubtful ones first; what people typed stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from docgen import files
from docgen.model import Schema
from docgen.model.columns import ACCEPTED, OBLIQUE_CASES, PLACE, PROPOSED, REASON, TEXT, WHAT
from docgen.registers.book_writer import to_bytes
from docgen.registers.renewed_sheets import TypedRow, read_typed_rows, to_renewed_workbook
from docgen.registers.shared_books import is_typed, refuse_open

STALE = "этого текста больше нет в реестре; строку можно удалить"


@dataclass(frozen=True, slots=True)
class FormsRow:
    """The forms proposed for a name or phrase by case, why to check them, where it stands.

    ``typed`` are forms that the registers give in place of what docgen proposes.
    """

    what: str
    text: str
    forms: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    place: str = ""


def write_signoff(path: Path, schema: Schema, rows: Sequence[FormsRow]) -> Path:
    """Write or renew the sign-off sheet, keeping what people typed; return its path.

    A cell that still says what docgen proposed gets the new proposal; any other cell, any column
    that docgen does not know, and rows of texts that are gone stay as they are.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read or written.
    """
    refuse_open(path)
    kept, foreign = _read(path, schema)
    merged = [_merged(row, kept.pop((row.what, row.text), TypedRow())) for row in rows]
    for stale in kept.values():
        stale.cells[REASON] = STALE
        merged.append(stale)
    merged.sort(key=_sort_key)
    files.atomic_write(path, to_bytes(_workbook(schema, merged, foreign)), mode=0o600)
    return path


def _read(path: Path, schema: Schema) -> tuple[dict[tuple[str, str], TypedRow], list[str]]:
    rows, foreign = read_typed_rows(path, schema)
    kept = {(row.cells.get(WHAT, ""), row.cells[TEXT]): row for row in rows if row.cells.get(TEXT)}
    return kept, foreign


def _merged(row: FormsRow, kept: TypedRow) -> TypedRow:
    cells = {**kept.cells, WHAT: row.what, TEXT: row.text}
    cells |= {REASON: row.reason, PLACE: row.place}
    for case in OBLIQUE_CASES:
        proposed, now = kept.cells.get(PROPOSED + case, ""), kept.cells.get(case, "")
        wanted = row.forms.get(case, "")
        is_accepted = bool(kept.cells.get(ACCEPTED)) and bool(now)
        if not is_typed(now, proposed) and not is_accepted:
            cells[case] = row.typed.get(case) or wanted
        cells[PROPOSED + case] = wanted
    return TypedRow(cells, kept.foreign)


def _sort_key(row: TypedRow) -> tuple[int, str, str]:
    """Return the sort key of a row: doubtful and not accepted first, stale last."""
    reason = row.cells.get(REASON, "")
    rank = 2 if reason == STALE else (0 if reason and not row.cells.get(ACCEPTED) else 1)
    return rank, row.cells.get(WHAT, ""), row.cells.get(TEXT, "")


def _workbook(schema: Schema, rows: Sequence[TypedRow], foreign: Sequence[str]) -> Workbook:
    hidden = {one.name for one in schema.columns if one.name.startswith(PROPOSED)}
    return to_renewed_workbook(
        schema, rows, foreign, hidden=hidden, is_open=lambda row: _sort_key(row)[0] == 0
    )
