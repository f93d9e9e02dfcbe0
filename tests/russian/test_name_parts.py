"""Names of people are distinguished from titles, and cut into their parts."""

from __future__ import annotations

import pytest

from docgen.russian import gender_of, looks_like_name, split_name, usual_capitals
from docgen.russian.name_parts import NamePiece, is_patronymic, name_pieces


@pytest.mark.parametrize(
    "text",
    [
        "Иванова Мария Петровна",
        "Мария Иванова",
        "Иванова М.П.",
        "И.И. Иванов",
        "Садыков Али оглы",
        "Нгуен Ван Минь Петрович",
        "Иванова",
        "Мария",
    ],
)
def test_a_patronymic_initials_or_a_known_name_make_a_name(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "иванова мария",
        "Руководитель центра",
        "Главный Бухгалтер",
        "Мельник",
        "Орёл",
        "Анна Мария Ирина Ольга Вера Нина",
    ],
)
def test_titles_and_common_nouns_are_no_names(text: str) -> None:
    assert not looks_like_name(text)


def test_a_korean_surname_of_one_letter_is_no_initial() -> None:
    assert split_name("О Михаил Петрович") == ("О", "Михаил", "Петрович")


def test_given_names_of_two_foreign_syllables_are_one_piece() -> None:
    assert name_pieces("Нгуен Ван Хынг") == (
        NamePiece("Нгуен", 0, 5, "surname"),
        NamePiece("Ван Хынг", 6, 14, "first"),
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Мария Петровна", ("", "Мария", "Петровна")),
        ("Мария Петровна Иванова", ("Иванова", "Мария", "Петровна")),
        ("Иванова Мария", ("Иванова", "Мария", "")),
        ("Петровна", ("", "", "Петровна")),
        ("Абрамович", ("Абрамович", "", "")),
        ("Иванова Мария П.", ("Иванова", "Мария", "П.")),
        ("фон Штольц Андрей Иванович", ("фон Штольц", "Андрей", "Иванович")),
        ("Гёте Иоганн Вольфганг", ("Гёте", "Иоганн", "Вольфганг")),
    ],
)
def test_each_word_is_given_its_part_of_the_name(text: str, parts: tuple[str, str, str]) -> None:
    assert split_name(text) == parts


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Садыков Али Вагиф оглы", "м"),
        ("Садыкова Лейла Вагиф кызы", "ж"),
        ("Иванова Мария Петровна", "ж"),
        ("Иванов Пётр Ильич", "м"),
        ("Гёте Иоганн Вольфганг", ""),
        ("Присекарь И.А.", ""),
    ],
)
def test_the_patronymic_alone_shows_the_gender(name: str, gender: str) -> None:
    assert gender_of(name) == gender


def test_turkic_patronymics_count_wherever_they_are_joined() -> None:
    assert is_patronymic("Вагиф оглы")
    assert is_patronymic("Вагиф-кызы")
    assert not is_patronymic("Вагиф")


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("ДРОЗДОВА НИНА ЕГОРОВНА", "Дроздова Нина Егоровна"),
        ("дроздова нина егоровна", "Дроздова Нина Егоровна"),
        ("ДРОЗДОВА Нина Егоровна", "Дроздова Нина Егоровна"),
        ("РИМСКАЯ-КОРСАКОВА ЕЛЕНА", "Римская-Корсакова Елена"),
        ("МАМЕДОВ РАШИД АЛИ ОГЛЫ", "Мамедов Рашид Али оглы"),
        ("ФОН БРАУН АННА", "фон Браун Анна"),
        ("ИВАНОВА И.И.", "Иванова И.И."),
        ("МакГрегор Иван", "МакГрегор Иван"),
        ("О'Нил Анна", "О'Нил Анна"),
        ("Ли Вэй", "Ли Вэй"),
    ],
)
def test_a_name_has_the_capitals_of_names(typed: str, usual: str) -> None:
    assert usual_capitals(typed) == usual
