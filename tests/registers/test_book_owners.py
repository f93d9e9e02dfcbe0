"""Whose a workbook is: openpyxl writes new ones and docgen's own, never a person's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

REGISTERS: Final = Path(__file__).resolve().parents[2] / "docgen" / "registers"
SAVES: Final = {"book_writer"}
"""Of a workbook it has made just now."""
PACKS: Final = {
    "book_writer": "a new workspace",
    "first_signature_book": "the first register of signatures",
    "forms_book": "the sign-off sheet, which docgen renews",
    "marked_books": "a copy with remarks, in a folder of its own",
    "paper_books": "tables of a paper, beside it in the output",
    "remarks_book": "the sheet of remarks, which docgen renews",
    "sheet_drafts": "new sheets, taken apart for the package of a person's book",
}
"""Modules that make the bytes of a workbook, and of which."""
LOADS: Final = {"marked_books", "renewed_sheets"}
"""Modules that open a workbook with openpyxl's writer: one that docgen renews whole, or copies."""
WRITES: Final = {*PACKS, "book_copies"} - {"marked_books", "paper_books", "sheet_drafts"}
"""Modules that put files in place; a person's workbook goes through the copies alone."""


def _calls(name: str) -> Iterator[str]:
    """Yield the names of what a module calls, those of methods too."""
    for node in ast.walk(ast.parse((REGISTERS / f"{name}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr
            elif isinstance(called, ast.Name):
                yield called.id


def _callers(*names: str) -> set[str]:
    modules = [path.stem for path in REGISTERS.glob("*.py")]
    return {module for module in modules if set(names) & set(_calls(module))}


def test_a_persons_workbook_is_never_saved_by_openpyxl() -> None:
    assert _callers("save") == SAVES
    assert _callers("to_bytes") | {"book_writer"} == PACKS.keys()
    assert _callers("load_workbook") == LOADS


def test_a_workbook_is_put_in_place_by_few_modules() -> None:
    writing = ("atomic_write", "put_in_place", "write_draft", "write_bytes", "write_text")
    assert _callers(*writing) == WRITES
    assert _callers("replace_book") == {"added_sheets", "own_cells"}


def test_only_what_renews_sheets_of_docgens_own_reads_them_by_openpyxl() -> None:
    assert _callers("read_typed_rows") == {"forms_book", "remarks_book"}
