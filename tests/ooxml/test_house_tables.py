"""Tables of registers as they stand on pages of the house style."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from docgen.ooxml import HouseStyle, read_picture
from docgen.ooxml.house_tables import table_markup
from tests.support.builders import table
from tests.support.pictures import picture
from tests.support.shipped import ROOT

PHOTO = read_picture(picture((400, 1600)), "фото.png")
LINE_MM = 4.86
"""The height of a line of twelve points."""


@pytest.fixture(scope="module")
def house() -> HouseStyle:
    return HouseStyle(ROOT / "templates_docx" / "стиль.docx")


def heights_mm(
    house: HouseStyle, heading: str, *, height_mm: float, is_landscape: bool
) -> list[float]:
    made = table(("№", heading), ("1", ""))
    rows = list(made.rows)
    number, cell = rows[1].cells
    assert cell is not None
    photo = replace(PHOTO, height_mm=height_mm)
    rows[1] = replace(rows[1], cells=(number, replace(cell, pictures=(photo,))))
    xml = str(table_markup(replace(made, rows=tuple(rows), is_landscape=is_landscape), house, str))
    return [int(one) / 36_000 for one in re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', xml)]


@pytest.mark.parametrize("is_landscape", [False, True])
@pytest.mark.parametrize("lines", [1, 5, 9])
def test_a_picture_is_no_higher_than_headings_leave_of_a_page(
    house: HouseStyle, lines: int, *, is_landscape: bool
) -> None:
    heading = "\n".join(["Фото"] * lines)
    (height,) = heights_mm(house, heading, height_mm=300, is_landscape=is_landscape)
    page = house.text_height(is_landscape=is_landscape) * 25.4 / 1440
    left = page - lines * LINE_MM
    assert height == pytest.approx(min(left - 6, 200), abs=2)


def test_headings_that_are_not_repeated_leave_all_of_a_page(house: HouseStyle) -> None:
    heading = "\n".join(["Фото"] * 20)
    (height,) = heights_mm(house, heading, height_mm=300, is_landscape=True)
    assert height > house.text_height(is_landscape=True) * 25.4 / 1440 - 8


def test_a_low_picture_keeps_its_size(house: HouseStyle) -> None:
    assert heights_mm(house, "Фото", height_mm=40, is_landscape=True) == [pytest.approx(40)]
