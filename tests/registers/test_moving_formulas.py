"""Cells whose formulas change by themselves, and those that follow them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from docgen.registers.cells_read import Formula, SheetCells
from docgen.registers.moving_formulas import mark_moving


def moving(
    formulas: Mapping[str, str | Formula],
    other: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[str]:
    """Return the cells of two sheets that move, as «A1» and «Дни!A1»."""
    sheets = [SheetCells("Приказы"), SheetCells("Дни")]
    for sheet, texts in zip(sheets, (formulas, other or {}), strict=True):
        for place, one in texts.items():
            sheet.formulas[place] = one if isinstance(one, Formula) else Formula(one)
    mark_moving(sheets, names or {})
    assert not any(sheet.formulas for sheet in sheets)
    return [
        f"{prefix}{chr(64 + column)}{row}"
        for prefix, sheet in zip(("", "Дни!"), sheets, strict=True)
        for row, column in sorted(sheet.moving)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TODAY()",
        "today( )",
        "TODAY()+3",
        "DATE(YEAR(TODAY()),9,1)",
        'IF(B2="",NOW(),B2)',
        "RANDBETWEEN(46000,46100)",
        "RAND()*100",
        "_xlfn.RANDARRAY(1,1)",
        "СЕГОДНЯ()",
        "WORKDAY(TODAY(),5)",
    ],
)
def test_a_formula_of_today_or_of_chance_moves(text: str) -> None:
    assert moving({"E2": text}) == ["E2"]


@pytest.mark.parametrize(
    "text",
    [
        "DATE(2026,9,1)",
        "B2+14",
        'IF(B2="TODAY()",C2,D2)',
        "MYTODAY()",
        "TODAY",
        "WORKDAY(B2,3)",
        "EDATE(B2,12)",
    ],
)
def test_other_formulas_stay(text: str) -> None:
    assert moving({"E2": text}) == []


def test_what_follows_a_moving_cell_moves_through_sheets_and_ranges() -> None:
    formulas = {
        "E2": "$F$2+1",
        "F2": "дни!A1",
        "G2": "MAX('Дни'!A1:B3)",
        "H2": "Дни!C1",
        "I2": "A1",
    }
    assert moving(formulas, {"A1": "TODAY()"}) == ["E2", "F2", "G2", "Дни!A1"]


def test_formulas_of_a_group_are_told_from_the_first_of_it() -> None:
    formulas: dict[str, str | Formula] = {
        "E2": Formula("D2+1", "0"),
        "E3": Formula("", "0"),
        "D3": "TODAY()",
        "F2": Formula("TODAY()", "1"),
        "F3": Formula("", "1"),
    }
    assert moving(formulas) == ["F2", "D3", "E3", "F3"]


def test_a_name_may_stand_for_a_moving_formula() -> None:
    names = {"сегодня": "TODAY()", "начало": "1"}
    assert moving({"E2": "Сегодня+1", "E3": "Начало"}, names=names) == ["E2"]
