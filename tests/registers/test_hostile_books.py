"""Workbooks made to hang, to exhaust memory or to lose something in silence.

The table is held both ways: a trap that is passed over in silence fails, too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.book_surgery import MARKS, read_book, small_book
from tests.support.hostile_books import NOTHING, TRAPS, trap


@pytest.mark.parametrize("name", TRAPS)
def test_a_hostile_book_gets_its_sentence_and_the_other_sheets_are_read(
    name: str, tmp_path: Path
) -> None:
    expected = TRAPS[name][1]
    whole, _ = read_book(tmp_path, small_book(tmp_path))
    records, problems = read_book(tmp_path, trap(name, tmp_path))
    found = {(one.code, one.where.sheet, one.where.cell) for one in problems}
    assert found == expected, [str(one) for one in problems]
    assert all(one.where.file and one.message for one in problems)
    if expected == NOTHING:
        assert records == whole
    elif all(sheet == MARKS for _, sheet, _ in expected):
        # The fault of one sheet takes nothing from the others.
        assert records["люди"] == whole["люди"]
