"""Whom a sheet for all teachers lists: own workers of the day, by the post or by the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from docgen.wording.record_views import Scope
from docgen.wording.teachers import teachers_of
from tests.support.builders import person, workspace

DAY = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cells", "is_listed"),
    [
        ({"должность": "учитель математики"}, True),
        ({"должность": "Старший воспитатель"}, True),
        ({"должность": "педагог-библиотекарь"}, True),
        ({"должность": "инструктор по физической культуре"}, True),
        ({"должность": "инструктор по охране труда"}, False),
        ({"должность": "директор"}, False),
        ({"должность": "директор", "педагог": "да"}, True),
        ({"должность": "учитель химии", "педагог": "нет"}, False),
        ({"должность": "учитель химии", "организация": "МБОУ «Школа № 2»"}, False),
        ({"должность": "учитель химии", "по": dt.date(2026, 8, 31)}, False),
        ({"должность": "учитель химии", "с": dt.date(2026, 9, 2)}, False),
    ],
)
def test_a_sheet_for_teachers_lists_those_of_the_house(
    cells: dict[str, Any], *, is_listed: bool
) -> None:
    made = workspace({"сотрудники": [{**person("Орлова Полина Сергеевна"), **cells}]})
    listed = teachers_of(Scope(made, DAY))

    assert bool(listed) == is_listed
