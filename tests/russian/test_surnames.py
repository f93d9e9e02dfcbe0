"""Surnames decline by their class: by ending, by the common noun that they are, by exception."""

from __future__ import annotations

import pytest

from docgen.russian import decline_name


@pytest.mark.parametrize(
    ("surname", "gender", "genitive", "instrumental"),
    [
        ("Заец", "м", "Зайца", "Зайцем"),
        ("Лебяжий", "м", "Лебяжьего", "Лебяжьим"),
        ("Чужой", "м", "Чужого", "Чужим"),
        ("Лозовой", "м", "Лозового", "Лозовым"),
        ("Кулич", "м", "Кулича", "Куличом"),
        ("Гудзий", "м", "Гудзия", "Гудзием"),
        ("Рева", "м", "Ревы", "Ревой"),
        ("Рева", "ж", "Ревы", "Ревой"),
        ("Лисья", "ж", "Лисьей", "Лисьей"),
        ("Чужая", "ж", "Чужой", "Чужой"),
        ("Гучая", "ж", "Гучей", "Гучей"),
        ("Дюма", "м", "Дюма", "Дюма"),
        ("Гогуа", "ж", "Гогуа", "Гогуа"),
        ("Заря", "м", "Зари", "Зарёй"),
        ("Долгих", "м", "Долгих", "Долгих"),
        ("Миних", "м", "Миних", "Миних"),
    ],
)
def test_a_surname_declines_as_its_class_does(
    surname: str, gender: str, genitive: str, instrumental: str
) -> None:
    forms = [decline_name(surname, case, gender, "фамилия").text for case in ("род", "твор")]
    assert forms == [genitive, instrumental]
