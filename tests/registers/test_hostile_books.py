"""Workbooks made to hang, to exhaust memory or to lose something in silence.

The table is held both ways: a trap that is passed over in silence fails, too. `make trust` reads
each in a process of its own, whose time and memory are measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.book_surgery import BOOK, MARKS, read_book, small_book
from tests.support.builders import ROOT
from tests.support.hostile_books import NOTHING, TRAPS, trap
from tests.support.trust_sizes import LEVEL, Level

IS_FULL: Final = LEVEL > Level.SAMPLE
SLOW: Final = {"nine million empty cells"}
MOST_SECONDS: Final = 60
MOST_KB: Final = 1 << 20


@pytest.mark.trust("R1", tries=1)
@pytest.mark.parametrize("name", [name for name in TRAPS if IS_FULL or name not in SLOW])
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


@pytest.mark.trust("R1", tries=1)
@pytest.mark.parametrize("name", TRAPS)
@pytest.mark.skipif(not IS_FULL, reason="takes minutes: make trust")
def test_a_hostile_book_takes_neither_time_nor_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(trap(name, tmp_path))
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.book_probe", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=True,
    )
    answer = json.loads(ended.stdout)
    assert answer["kb"] < MOST_KB, answer
