"""How much of a workbook is read: beyond these figures a cell, a sheet or a book is refused.

What is counted is work and room (tags, cells, signs, bytes), never time, so that one file gets one
answer on every machine. A district of 4,500 papers needs a tenth of the least of these figures.
"""

from __future__ import annotations

from typing import Final

LIMIT_FILE_BYTES: Final = 64 << 20
LIMIT_UNPACKED_BYTES: Final = 128 << 20
LIMIT_PARTS: Final = 10_000
"""Files in the package of a book: a picture, a sheet, a comment each."""
LIMIT_RATIO: Final = 200
"""How many times smaller a part may be packed; sheets get some 20 times smaller."""
RATIO_FROM_BYTES: Final = 4 << 20
"""Small parts may be packed as they like."""

LIMIT_TREE_BYTES: Final = 32 << 20
LIMIT_TREE_TAGS: Final = 400_000
"""Tags of a part that becomes a tree in memory: 64,000 styles, which is all that Excel allows."""
LIMIT_DEPTH: Final = 256
LIMIT_TOKEN_BYTES: Final = 4 << 20
"""One tag with its attributes, or one comment."""

LIMIT_SHEETS: Final = 500
LIMIT_ROWS: Final = 200_000
LIMIT_COLUMNS: Final = 200
LIMIT_SHEET_TAGS: Final = 8_000_000
"""Tags of a sheet: two million cells with values, or four times as many empty ones."""
LIMIT_FILLED_CELLS: Final = 500_000
"""Cells with a value, on one sheet and in all books of a folder together."""
LIMIT_SIGNS: Final = 100_000
"""Signs of one cell; Excel keeps 32,767, but some are written as seven letters of a file."""
LIMIT_STRINGS: Final = 500_000
LIMIT_STRING_EVENTS: Final = 20_000
"""Tags inside one text: some thousand changes of typeface."""
LIMIT_RICH_EVENTS: Final = 1_000_000
"""The same of all texts of a book together."""
LIMIT_MERGES: Final = 20_000
LIMIT_MERGED_CELLS: Final = 400_000
LIMIT_LINKS: Final = 20_000
LIMIT_LINKED_CELLS: Final = 50_000
LIMIT_COLUMN_RUNS: Final = 16_384
LIMIT_CROSSED: Final = 100_000
LIMIT_TABLE_CELLS: Final = 60_000
"""Rows times columns of a sheet that is printed as a table."""


def spaced(number: int) -> str:
    """Return a number with its thousands parted."""
    return f"{number:_}".replace("_", "\u00a0")
