"""Inputs of tests, built in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
Touch = Callable[[Workbook], object]


def write_book(path: Path, sheets: Mapping[str, Rows], touch: Touch | None = None) -> Path:
    """Write a workbook from rows by sheet; ``touch`` may merge, format or hide before saving."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if touch is not None:
        touch(workbook)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a file such as a .toml entry, its folder included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
