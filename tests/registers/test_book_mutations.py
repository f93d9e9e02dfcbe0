"""Workbooks damaged at random: what is read is the same as before, or something is said.

`make trust` tries more of them, in processes whose time and memory are measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from docgen import registers
from docgen.errors import Problem
from tests.support.book_mutations import mutated
from tests.support.book_probe import peak_kb
from tests.support.book_surgery import Records, read_book, small_book, with_shared_strings
from tests.support.builders import ROOT, shipped_schemas
from tests.support.trust_sizes import LEVEL, Level, size

IS_FULL: Final = LEVEL > Level.SAMPLE
SEEDS: Final = size(52, 500, 1000)
BATCH: Final = 50
MOST_SECONDS: Final = 60
MOST_KB: Final = 1 << 20
SHIPPED: Final = ROOT / "registers" / "school" / "Наставничество.xlsx"


def touch(workbook: Workbook) -> None:
    """Merge some cells of the person's own sheet and put a link on one."""
    sheet = workbook["Заметки"]
    sheet.merge_cells("D1:E2")
    sheet["F1"].hyperlink = "https://example.org/a"


def read_shipped(folder: Path, data: bytes) -> tuple[Records, list[Problem]]:
    """Return the same of a shipped workbook."""
    schemas = {
        name: schema
        for name, schema in shipped_schemas().items()
        if schema.workbook == SHIPPED.name
    }
    (folder / SHIPPED.name).write_bytes(data)
    books = registers.open_books(folder, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, schemas)
    return {
        name: tuple(tuple(cell.text for cell in row.cells.values()) for row in sheet.rows)
        for name, sheet in sheets.items()
    }, problems


def small(folder: Path) -> bytes:
    return small_book(folder, touch)


def shipped(_: Path) -> bytes:
    return with_shared_strings(SHIPPED.read_bytes())


BOOKS: Final = {"small": (small, read_book), "shipped": (shipped, read_shipped)}


def silent_changes(book: str, seeds: range, folder: Path) -> list[str]:
    """Return the mutations after which a workbook says something else and nobody is told."""
    make, read = BOOKS[book]
    data = make(folder)
    for path in folder.iterdir():
        path.unlink()
    whole, before = read(folder, data)
    assert before == []
    found = []
    for seed in seeds:
        name, bad = mutated(data, seed)
        records, problems = read(folder, bad)
        if records != whole and not problems:
            found.append(f"{book} {seed}: {name}")
    return found


@pytest.mark.trust("R1", tries=SEEDS)
@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.skipif(IS_FULL, reason="make trust tries them in processes of their own")
def test_a_damaged_book_reads_the_same_or_something_is_said(book: str, tmp_path: Path) -> None:
    # The school's own book is read twenty times as long; every change is tried on the small one.
    seeds = range(0, SEEDS, 4 if book == "shipped" else 1)
    assert silent_changes(book, seeds, tmp_path) == []


@pytest.mark.trust("R1", tries=BATCH)
@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.skipif(not IS_FULL, reason="takes minutes: make trust")
def test_damaged_books_take_neither_time_nor_memory(book: str, first: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.registers.test_book_mutations", book, str(first)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS * 2,
        check=True,
    )
    answer = json.loads(ended.stdout)
    assert answer["silent"] == []
    assert answer["kb"] < MOST_KB


if __name__ == "__main__":
    asked = range(int(sys.argv[2]), int(sys.argv[2]) + BATCH)
    with tempfile.TemporaryDirectory() as made:
        silent = silent_changes(sys.argv[1], asked, Path(made))
    sys.stdout.write(json.dumps({"silent": silent, "kb": peak_kb()}))
