"""The example of a new workspace with the sheets of every kind, not of the first day alone."""

from __future__ import annotations

from pathlib import Path

from docgen import registers
from tests.support.builders import shipped_schemas


def write_full_example(folder: Path, *, year: str = "2026/2027") -> Path:
    """Write the workbook of a new workspace with every sheet and its examples; return its path."""
    (path,) = registers.write_example(folder, shipped_schemas(), year=year)
    return path
