"""Numbers with nouns, ordinals, ages and classes, in every case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen import russian

NBSP = "\u00a0"
COUNTED = (
    (3, "рабочий день", "3 рабочих дня|3 рабочих дней|3 рабочим дням|3 рабочих дня|"
     "3 рабочими днями|3 рабочих днях"),
    (5, "наставник", "5 наставников|5 наставников|5 наставникам|5 наставников|5 наставниками|"
     "5 наставниках"),
    (2, "наставник", "2 наставника|2 наставников|2 наставникам|2 наставников|2 наставниками|"
     "2 наставниках"),
    (22, "наставник", "22 наставника|22 наставников|22 наставникам|22 наставника|22 наставниками|"
     "22 наставниках"),
    (21, "пара", "21 пара|21 пары|21 паре|21 пару|21 парой|21 паре"),
    (14, "год", "14 лет|14 лет|14 годам|14 лет|14 годами|14 годах"),
    (21, "год", "21 год|21 года|21 году|21 год|21 годом|21 годе"),
    (12, "человек", "12 человек|12 человек|12 человекам|12 человек|12 человеками|12 человеках"),
    (4, "педагог-психолог", "4 педагога-психолога|4 педагогов-психологов|4 педагогам-психологам|"
     "4 педагогов-психологов|4 педагогами-психологами|4 педагогах-психологах"),
    (3, "ребёнок", "3 ребёнка|3 детей|3 детям|3 детей|3 детьми|3 детях"),
    (3, "сутки", "3 суток|3 суток|3 суткам|3 суток|3 сутками|3 сутках"),
    (2, "обучающийся", "2 обучающихся|2 обучающихся|2 обучающимся|2 обучающихся|2 обучающимися|"
     "2 обучающихся"),
    (1000, "рубль", "1000 рублей|1000 рублей|1000 рублей|1000 рублей|1000 рублей|1000 рублей"),
)  # fmt: skip


@pytest.mark.parametrize(("number", "noun", "forms"), COUNTED)
def test_a_number_and_its_noun_decline_together(number: int, noun: str, forms: str) -> None:
    made = [russian.counted(number, noun, case).replace(NBSP, " ") for case in russian.CASES]
    assert made == forms.split("|")


@pytest.mark.parametrize("number", [*range(120), 200, 1000, 10_000, 1_000_001])
@pytest.mark.parametrize("noun", ["пара", "рабочий день", "место"])
def test_the_nominative_is_that_of_counting_as_before(number: int, noun: str) -> None:
    assert russian.counted(number, noun) == russian.count_noun(number, noun)


def test_numbers_are_written_in_words_beside_their_digits() -> None:
    assert russian.counted(3, "рабочий день", "род", "обоими") == "3 (трёх) рабочих дней"
    assert russian.counted(21, "пара", "твор", "словами") == "двадцатью одной парой"
    assert russian.counted(2, "наставник", "вин", "словами") == "двух наставников"
    assert russian.counted(101, "ученик", "вин", "словами") == "сто одного ученика"
    # Nouns that have no singular.
    assert russian.counted(1, "сутки", "род", "словами") == "одних суток"
    assert russian.counted(21, "сутки", "им", "словами") == "двадцать одни сутки"
    assert russian.counted(3, "рабочие сутки", "вин", "обоими") == "3 (трое) рабочих суток"
    assert russian.counted(2, "каникулы", "твор", "словами") == "двумя каникулами"
    with pytest.raises(russian.WrongArgumentError, match="дробь"):
        russian.counted(Decimal("1.5"), "час", "род", "словами")
    with pytest.raises(russian.WrongArgumentError, match="обоими"):
        russian.counted(3, "час", "род", "прописью")


@pytest.mark.parametrize(
    ("number", "noun", "case", "style", "form"),
    [
        (3, "м", "род", "цифрами", "3-го"),
        (5, "ж", "вин", "цифрами", "5-ю"),
        (2, "мн", "твор", "цифрами", "2-ми"),
        (3, "этап", "пред", "словами", "третьем этапе"),
        (2, "младшая группа", "род", "словами", "второй младшей группы"),
        (5, "ученик", "вин", "цифрами", "5-го ученика"),
        (5, "этап", "вин", "цифрами", "5-й этап"),
        (3, "мн", "род", "словами", "третьих"),
        (22, "мн", "им", "словами", "двадцать вторые"),
    ],
)
def test_an_ordinal_agrees_with_its_noun(
    number: int, noun: str, case: str, style: str, form: str
) -> None:
    assert russian.ordinal(number, noun, case, style).replace(NBSP, " ") == form


def test_ages_agree_with_the_person() -> None:
    assert russian.aged(14, "м", "дат") == "14-летнему"
    assert russian.aged(10, "ж", "вин") == "10-летнюю"
    assert russian.aged(15, "подростки", "вин").replace(NBSP, " ") == "15-летних подростков"
    assert russian.having_reached(14, "ж", "твор").replace(NBSP, " ") == "достигшей 14 лет"
    assert russian.having_reached(21, "м", "род").replace(NBSP, " ") == "достигшего 21 года"
    assert russian.having_reached(14, "", "дат").replace(NBSP, " ") == "достигшему(-ей) 14 лет"
    assert russian.having_reached(14, "с", "вин").replace(NBSP, " ") == "достигшее 14 лет"
    assert russian.having_reached(18, "мн", "вин").replace(NBSP, " ") == "достигших 18 лет"


def test_classes_and_school_years_stand_in_a_case() -> None:
    assert russian.school_class("5 «А»", "пред").replace(NBSP, " ") == "5 «А» классе"
    assert russian.school_class("5-й «А» класс", "род") == "5-го «А» класса"
    assert russian.school_class("10-й «В»", "твор") == "10-м «В» классом"
    assert russian.school_class("1–4", "дат").replace(NBSP, " ") == "1–4 классам"
    assert russian.school_class("подготовительная группа", "род") == "подготовительной группы"
    assert russian.school_year_in("2026/2027", "пред").replace(NBSP, " ") == (
        "2026/2027 учебном году"
    )


@pytest.mark.parametrize(
    ("text", "case", "form"),
    [
        ("два заместителя директора", "вин", "двух заместителей директора"),
        ("две младшие группы", "твор", "двумя младшими группами"),
        ("оба наставника", "дат", "обоим наставникам"),
        ("трое обучающихся", "твор", "троими обучающимися"),
        ("несколько педагогов", "пред", "нескольких педагогах"),
        ("3 рабочих дня", "род", "3 рабочих дней"),
        ("14 лет", "дат", "14 годам"),
        ("2 сентября", "дат", "2 сентября"),
        ("5 «А» класс", "пред", "5 «А» классе"),
    ],
)
def test_a_phrase_that_begins_with_a_number_declines_whole(text: str, case: str, form: str) -> None:
    assert russian.decline_phrase(text, case).text == form
