"""Registers as people leave them: filtered, renamed, copied, pasted; none of it passes unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.small_root import BOOK, make_root, make_school, put, run

Findings = list[tuple[str, str, str]]
Check = Callable[[Path], Findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return make_school(root)


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return code, place and sentence of each problem of a workspace."""

    def run_check(workspace: Path) -> Findings:
        capsys.readouterr()
        run("check", "--json", workspace)
        problems = json.loads(capsys.readouterr().out)
        return [
            (one["code"], " ".join(filter(None, (one["sheet"], one["cell"]))), one["message"])
            for one in problems
        ]

    return run_check


def change(workspace: Path, touch: Callable[[Workbook], object]) -> None:
    """Change the workbook of a workspace as a person would."""
    book = load_workbook(workspace / BOOK)
    touch(book)
    book.save(workspace / BOOK)


def codes(found: Findings) -> list[str]:
    return [code for code, _, _ in found]


# --- hidden rows -----------------------------------------------------------------------------


def test_a_row_hidden_by_hand_is_named_once_a_new_paper_prints_it(
    school: Path, check: Check
) -> None:
    def hide(book: Workbook) -> None:
        book["Сотрудники"].row_dimensions[4].hidden = True

    change(school, hide)
    ((code, place, message),) = check(school)
    assert (code, place) == ("hidden-rows", "Сотрудники")
    assert "Приказ № 163-од" in message
    assert "попала строка 4" in message


def test_a_hidden_row_that_no_new_paper_prints_is_nothing_to_speak_of(
    school: Path, check: Check
) -> None:
    def hide(book: Workbook) -> None:
        book["Сотрудники"].row_dimensions[5].hidden = True

    put(school, "Сотрудники", "A5", "Лишний Иван Петрович")
    before = check(school)
    change(school, hide)
    assert check(school) == before


def test_a_filter_left_on_hides_no_pair_from_its_order(school: Path, check: Check) -> None:
    def filter_pairs(book: Workbook) -> None:
        sheet = book["Пары"]
        sheet.auto_filter.ref = "A1:H2"
        sheet.auto_filter.add_filter_column(0, ["ученик – ученик"])
        sheet.row_dimensions[2].hidden = True

    change(school, filter_pairs)
    ((code, place, message),) = check(school)
    assert (code, place) == ("filtered-rows", "Пары")
    assert "строки 2;" in message
