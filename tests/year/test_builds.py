"""What a build makes of a school's year with a fault in it: no wrong paper in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.problem_codes import ExitCode
from tests.support.small_root import files_below
from tests.support.typed_books import TypedBook
from tests.support.year_months import MONTHS
from tests.support.year_school import Clerk
from tests.year import test_row_faults, test_sheet_faults, test_text_faults

FAULTS = {
    **test_row_faults.FAULTS,
    **test_sheet_faults.FAULTS,
    **test_text_faults.FAULTS,
}
STOPPED = (
    "Пары called Пары 2026",
    "Должность of Сотрудники is now None",
    "end before begin",
    "acting head without days",
    "a day that moves",
    "a brace left open",
)


def papers(clerk: Clerk) -> dict[str, str]:
    """Return the hashes of the orders in the output."""
    found = files_below(clerk.folder / "output")
    return {name: sha for name, sha in found.items() if "/Приказ" in name}


@pytest.mark.parametrize("name", STOPPED)
def test_a_build_says_the_error_and_leaves_the_papers_that_were_right(
    year: dict[str, Path], tmp_path: Path, name: str
) -> None:
    month, change, _ = FAULTS[name]
    clerk = Clerk(Path(shutil.copytree(year[month], tmp_path / "год")))
    before = papers(clerk)
    book = TypedBook(clerk.workspace)
    change(book)
    book.save()
    code = clerk.build(MONTHS[month].on)
    assert code != ExitCode.DONE
    after = papers(clerk)
    changed = sorted(path for path, sha in after.items() if before.get(path) != sha)
    assert changed == []
