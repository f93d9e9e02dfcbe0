"""A name that no row has is told with the one thing to do about it."""

from __future__ import annotations

import pytest

from docgen.errors import Location
from docgen.records.unknown_names import remedy_of_unknown

ANNA = "Петрова Анна Сергеевна"
DENIS = "Кузнецов Денис Олегович (таб. 112)"
CELL = Location("школа/Наставничество.xlsx", sheet="Пары", cell="C2")
CHILDREN = "Дети и родители"


def remedy(item: str, *absent: str, known: tuple[str, ...] = (ANNA, DENIS)) -> str:
    return remedy_of_unknown(item, known, "", absent, CELL)


@pytest.mark.parametrize(
    ("item", "meant"),
    [
        ("Петрова А.С.", ANNA),
        ("петрова а. с.", ANNA),
        ("А.С. Петрова", ANNA),
        ("Петрова А.", ANNA),
        ("Кузнецов Д.О.", DENIS),
        ("Петрова Анна Сергевна", ANNA),
    ],
)
def test_whoever_initials_may_mean_is_offered(item: str, meant: str) -> None:
    said = f"; возможно, вы имели в виду «{meant}»; "
    assert remedy(item) == f"{said}выберите из списка или добавьте запись"
    assert remedy(item, CHILDREN) == f"{said}выберите из списка"


@pytest.mark.parametrize("item", ["Петрова И.С.", "Сидоров А.С.", "А.С."])
def test_initials_of_nobody_offer_nobody(item: str) -> None:
    assert "имели в виду" not in remedy(item)


def test_initials_of_two_offer_neither() -> None:
    assert "имели в виду" not in remedy("Петрова А.С.", known=(ANNA, "Петрова Алла Семёновна"))


def test_a_latin_letter_is_all_that_is_to_be_mended() -> None:
    said = "; здесь в слове «Пeтрова» буква «e» латинская, наберите его по-русски"
    assert remedy("Пeтрова Анна Сергеевна", CHILDREN) == said


def test_an_absent_sheet_is_offered_where_nothing_is_alike() -> None:
    said = remedy("Ъ", CHILDREN)
    assert said.startswith("; листа «Дети и родители» в книге нет, его добавит docgen add ")
    assert said.endswith(" школа; или выберите из списка")
