"""The school's registers with a few cells changed, as a clerk would change them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import PlannedDocument
from docgen.ooxml.docx_text import text_of
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.shipped import ROOT, ready_at

BOOK = "Наставничество.xlsx"
Changes = Mapping[tuple[str, str, str], Any]
"""New values by sheet, the beginning of any text in the row, and the header of the column.

A fact of a card has the header «Значение»; one that is not there is added.
"""
_UNTIED = str.maketrans({"\u00a0": " ", "\u2011": "-"})


def changed_school(folder: Path, changes: Changes) -> Path:
    """Return a copy of the school's folder with these cells changed."""
    school = folder / "school"
    shutil.copytree(ROOT / "registers" / "school", school)
    book = load_workbook(school / BOOK)
    for (name, row, header), value in changes.items():
        sheet = book[name]
        sheet.cell(_row_of(sheet, row), _column_of(sheet, header)).value = value
    book.save(school / BOOK)
    return school


def texts(school: Path, kind: str) -> dict[str, str]:
    """Return the words of each filled paper of a kind by its title."""
    ready = ready_at(school)
    assert [one for one in ready.problems if one.is_error] == []
    found = {}
    for plan in papers(school, kind):
        made = render(plan, ready)
        assert isinstance(made, Rendered), made
        found[plan.title] = " ".join(" ".join(text_of(made.docx)).translate(_UNTIED).split())
    return found


def papers(school: Path, kind: str) -> list[PlannedDocument]:
    """Return the planned papers of a kind, blank forms apart."""
    plan = make_plan(ready_at(school), Wish())
    return [one for one in plan.documents if one.kind.name == kind and not one.is_blank_form]


def _column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == header and cell.column)


def _row_of(sheet: Worksheet, text: str) -> int:
    """Return the first row that has a cell which begins so; a new fact of a card gets its row."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(text) and cell.row:
                return cell.row
    last: int = 1 + max(cell.row for cell in sheet["A"] if cell.value is not None and cell.row)
    sheet.cell(last, 1).value = text
    return last
