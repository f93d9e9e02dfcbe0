"""What is said of minutes that cannot stand, and of an order of the year's end without results."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from docgen.plan import plan_documents
from tests.support.builders import Cell
from tests.support.shipped import ROOT, ready_at
from tests.support.small_root import BOOK

Changes = Mapping[tuple[str, str, str], Cell]
"""New cells by sheet, by what their row holds, and by header."""


def remarks(folder: Path, changes: Changes) -> list[str]:
    """Return what is said of the school's papers when these cells are typed."""
    shutil.copytree(ROOT / "registers" / "school", folder)
    book = load_workbook(folder / BOOK)
    for (title, held, header), value in changes.items():
        sheet: Any = book[title]
        headers = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
        (number,) = [n for n, row in enumerate(sheet.values, 1) if held in row][:1]
        column = headers.setdefault(header, max(headers.values()) + 1)
        sheet.cell(1, column, header)
        sheet.cell(number, column).value = value
    book.save(folder / BOOK)
    ready = ready_at(folder)
    found = plan_documents(ready.workspace, ready.kinds).problems
    return [one.message for one in found if one.code == "paper-doubtful"]


def test_minutes_without_a_quorum_a_decision_or_with_too_many_votes_are_told(
    tmp_path: Path,
) -> None:
    meeting, agenda = "Заседания органов", "Повестка заседаний"
    question = "О кандидатурах наставников на 2026/2027 учебный год"

    said = remarks(
        tmp_path / "school",
        {
            (meeting, "Протокол педсовета", "Всего членов"): 60,
            (agenda, question, "Решение"): None,
            (agenda, question, "За"): 40,
        },
    )

    assert any("присутствовали 24 из 60, а решать можно от 30" in one for one in said)
    assert any(f"по вопросу «{question}» не сказано, что решили" in one for one in said)
    assert any("голосов 40, а присутствовали 24" in one for one in said)


def test_an_order_of_the_end_asks_for_results_and_its_ground_once_it_is_dated(
    tmp_path: Path,
) -> None:
    said = remarks(
        tmp_path / "school",
        {
            ("Приказы", "О завершении", "Дата"): dt.datetime(2027, 5, 20),  # noqa: DTZ001
            ("Приказы", "О завершении", "Основание"): None,
        },
    )

    assert sum("впишите «Итог программы»" in one for one in said) == 12
    assert any("работает по 28.05.2027, а приказ о завершении от 20.05.2027" in one for one in said)
    assert any("не сказано, чем подтверждены итоги" in one for one in said)
