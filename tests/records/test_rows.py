"""Rows to records: every cell typed, every bad one named, none stopping the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.errors import Location, Problem
from docgen.model import Column, ColumnKind, PersonName, Phrase, RawCell, Record, Reference, Value
from docgen.records import table_names
from docgen.records.cell_values import split_list, to_name, to_value
from tests.support.builders import (
    BOOK,
    Cell,
    RowsByRegister,
    appendix,
    checked,
    linked,
    order,
    pair,
    person,
    point,
    raw_cell,
    school,
    spot,
    unreadable,
    workspace,
)


def typed(value: Cell, kind: str, **more: Any) -> Value | Problem:
    """Return what a cell of a column of that type holds."""
    column = Column("столбец", "Столбец", ColumnKind(kind), **more)
    return to_value(raw_cell(value, Location(BOOK, "Лист", "B2")), column)


def code_of(outcome: Value | Problem) -> str:
    assert isinstance(outcome, Problem), outcome
    assert str(outcome.where) == f"{BOOK}, лист «Лист», ячейка B2"
    return outcome.code


def problems_of(rows: RowsByRegister) -> list[str]:
    """Return place and code of every problem of single rows."""
    return [
        f"{problem.where.sheet}, {spot(problem)}: {problem.code}" for problem in linked(rows)[1]
    ]


def message(rows: RowsByRegister) -> str:
    """Return the sentence of the only problem of these rows."""
    (problem,) = linked(rows)[1]
    return problem.message


def values_of(rows: RowsByRegister, register: str, number: int = 0) -> Mapping[str, Value]:
    return workspace(rows).records[register][number].values


# --- one cell --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["1.09.2026", "01.09.2026г.", "1 сентября 2026 г.", "2026-09-01", "«1» сентября 2026"]
)
def test_a_date_may_be_typed_as_text(text: str) -> None:
    assert typed(text, "date") == dt.date(2026, 9, 1)


def test_a_date_of_excel_is_taken_without_its_time() -> None:
    cell = RawCell(dt.datetime(2026, 9, 1, 8, 30), "01.09.2026", Location())  # noqa: DTZ001 - Excel's
    assert to_value(cell, Column("дата", "Дата", ColumnKind.DATE)) == dt.date(2026, 9, 1)


@pytest.mark.parametrize("text", ["31.02.2026", "завтра", "09/13/2026", "09.2026"])
def test_a_day_that_no_calendar_has_is_a_bad_date(text: str) -> None:
    outcome = typed(text, "date")
    assert code_of(outcome) == "bad-date"
    assert text in str(outcome)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("01.10.2026", dt.date(2026, 10, 1)),
        ("до 15 марта", "до 15 марта"),
        ("постоянно", "постоянно"),
        ("сентябрь 2026", "сентябрь 2026"),
        ("2026-2027", "2026-2027"),
    ],
)
def test_a_deadline_is_a_day_or_words(text: str, value: object) -> None:
    assert typed(text, "deadline") == value


def shown(value: Any, text: str) -> RawCell:
    return RawCell(value, text, Location(BOOK, "Лист", "B2"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("сентябрь 2026", "сентябрь 2026"),
        ("Сентябрь 2026", "Сентябрь 2026"),
        ("сен.26", "сен.26"),
        ("09.2026", "09.2026"),
        ("2026", "2026"),
        ("сентябрь", "сентябрь"),
        ("не позднее 01.09.2026", "не позднее 01.09.2026"),
        ("01.09.2026 12:00", "01.09.2026 12:00"),
        *(
            (text, dt.date(2026, 9, 1))
            for text in (
                *("01.09.2026", "1 сентября 2026 г.", "до 01.09.2026", "до 01.09.2026 г.", "01.09"),
                *(
                    "1 сентября",
                    "01.сен",
                    "01.09.26",
                    "2026-09-01",
                    "01.09.2026 0:00",
                    "01-09-2026",
                ),
            )
        ),
    ],
)
def test_a_deadline_that_excel_holds_as_a_day_is_what_its_cell_shows(
    text: str, value: object
) -> None:
    assert typed(shown(dt.date(2026, 9, 1), text), "deadline") == value


def test_a_date_stays_a_day_however_it_is_shown() -> None:
    assert typed(shown(dt.date(2026, 9, 1), "сентябрь 2026"), "date") == dt.date(2026, 9, 1)


@pytest.mark.parametrize("kind", ["text", "phrase"])
@pytest.mark.parametrize(
    "text", ["сентябрь 2026", "2026 год", "до 01.10.2026 г.", "1 сентября", "2026/2027", "вторник"]
)
def test_a_date_in_a_column_of_words_is_what_a_person_had_it_show(kind: str, text: str) -> None:
    assert str(getattr(typed(shown(dt.date(2026, 9, 1), text), kind), "text", text)) == text


@pytest.mark.parametrize(
    "text", ["01.02.2026", "01.фев", "фев.26", "01.02.2026 0:00", "2026-02-01", "01.фев.26"]
)
def test_a_word_that_excel_took_for_a_date_is_told(text: str) -> None:
    assert code_of(typed(shown(dt.date(2026, 2, 1), text), "text")) == "bad-number"


@pytest.mark.parametrize("text", ["31.02.2026", "31.04.2026 г.", "2026-02-30", "31/02/26"])
def test_a_deadline_that_looks_like_a_date_must_be_one(text: str) -> None:
    assert code_of(typed(text, "deadline")) == "bad-date"


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("1 200", 1200), ("1\u00a0200", 1200), ("-3", -3)]
)
def test_a_whole_number_may_have_blanks(text: str, value: int) -> None:
    assert typed(text, "integer") == value


@pytest.mark.parametrize("text", ["12,5", "много", ""])
def test_what_is_no_whole_number_is_told(text: str) -> None:
    assert code_of(typed(text, "integer")) == "bad-number"


@pytest.mark.parametrize(
    ("text", "value"),
    [("5000", "5000"), ("5 000,50 руб.", "5000.50"), ("5\u00a0000 ₽", "5000"), ("1 рубль", "1")],
)
def test_a_sum_may_be_typed_with_its_unit(text: str, value: str) -> None:
    assert typed(text, "money") == Decimal(value)


@pytest.mark.parametrize(
    ("value", "text", "sum_"),
    [
        (3500.5, "3500,5", "3500.50"),
        (3500.5, "3 501", "3500.50"),
        (21000, "21 000", "21000.00"),
        (21000.0, "21,0 тыс.", "21000.00"),
        (1000 / 3, "333,333333333", "333.33"),
        (0, "", "0.00"),
        (1.005, "1,01", "1.01"),
    ],
)
def test_a_sum_is_the_number_in_its_cell_however_it_is_shown(
    value: float, text: str, sum_: str
) -> None:
    assert str(typed(shown(value, text), "money")) == sum_


@pytest.mark.parametrize(("value", "text"), [(-5, "(5)"), (1e18, "1E+18"), (True, "ИСТИНА")])
def test_a_number_that_is_no_sum_is_told(value: float, text: str) -> None:
    assert code_of(typed(shown(value, text), "money")) == "bad-number"


@pytest.mark.parametrize(
    ("value", "text", "number"),
    [
        (5, "5 чел.", 5),
        (2026, "2026/2027", 2026),
        (24.999999999999996, "25", 25),
        (1200, "1,2", 1200),
    ],
)
def test_a_whole_number_is_that_of_its_cell_however_it_is_shown(
    value: float, text: str, number: int
) -> None:
    assert typed(shown(value, text), "integer") == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.255, "26%"), (5.5, "5,5"), (True, "ИСТИНА"), (float("inf"), "inf"), (10**400, "много")],
)
def test_a_fraction_is_no_whole_number(value: float, text: str) -> None:
    assert code_of(typed(shown(value, text), "integer")) == "bad-number"


@pytest.mark.parametrize("text", ["5000,505", "9" * 20, "10 %", "nan", "Infinity", "1_000", "-"])
def test_what_is_no_sum_is_told(text: str) -> None:
    assert code_of(typed(text, "money")) == "bad-number"


@pytest.mark.parametrize("text", ["-5", "−1 000,50 руб.", "-0.01"])
def test_a_sum_below_zero_is_told_as_one(text: str) -> None:
    problem = typed(text, "money")
    assert isinstance(problem, Problem)
    assert f"сумма меньше нуля: «{text}»" in problem.message


@pytest.mark.parametrize(("text", "gender"), [("М", "м"), ("жен.", "ж"), ("Мужской", "м")])
def test_a_gender_may_be_written_out(text: str, gender: str) -> None:
    assert typed(text, "gender") == gender


@pytest.mark.parametrize(("text", "value"), [("Да", True), ("+", True), ("нет", False)])
def test_a_flag_is_yes_or_no(text: str, value: bool) -> None:
    assert typed(text, "flag") is value


@pytest.mark.parametrize("kind", ["gender", "flag"])
def test_neither_a_gender_nor_a_flag_is_guessed(kind: str) -> None:
    assert code_of(typed("возможно", kind)) == "bad-choice"


def test_a_choice_is_found_whatever_its_dashes_and_letters() -> None:
    choices = ("педагог – педагог", "ученик – ученик")
    assert typed("Педагог - педагог", "choice", choices=choices) == "педагог – педагог"


MARKS = ("приложение", "гриф", "приложение и гриф", "нет")


@pytest.mark.parametrize(
    ("text", "choices", "meant"),
    [
        ("точка с запятой", (",", ";"), ";"),
        ("Запятая", (",", ";"), ","),
        ("дефис", ("/", "-", "–"), "-"),
        ("тире", ("/", "-", "–"), "–"),
        ("гриф и приложение", MARKS, "приложение и гриф"),
        ("гриф; приложение", MARKS, "приложение и гриф"),
        ("приложение + гриф", MARKS, "приложение и гриф"),
        ("нет.", MARKS, "нет"),
        ("-", MARKS, "нет"),
        ("—", MARKS, "нет"),
        ("без отметки", MARKS, "нет"),
        ("не печатать", MARKS, "нет"),
        ("без отметки о наставничестве", MARKS, "без отметки о наставничестве"),
        ("к Положению и плану", MARKS, "к Положению и плану"),
        ("-", ("книжная", "альбомная"), "-"),
    ],
)
def test_a_choice_is_known_by_other_words_for_it(
    text: str, choices: tuple[str, ...], meant: str
) -> None:
    column = Column("отметка", "Отметка", ColumnKind.CHOICE, choices=choices, is_open=True)
    assert to_value(raw_cell(text, Location(BOOK, "Лист", "B2")), column) == meant


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("ПРИКАЗ", "приказ"),
        ("Распоряжение", "распоряжение"),
        ("Протокол педагогического совета", "протокол педагогического совета"),
        ("ПРОТОКОЛ", "протокол"),
    ],
)
def test_a_noun_of_a_list_is_small_in_running_text(text: str, noun: str) -> None:
    assert typed(text, "phrase", choices=("приказ", "распоряжение")) == Phrase(noun)
    assert typed(text, "phrase") == Phrase(text)


def test_a_choice_outside_its_list_is_told_with_the_closest_and_all() -> None:
    outcome = typed("подписн", "choice", choices=("проект", "подписан"))
    assert code_of(outcome) == "bad-choice"
    assert "возможно, вы имели в виду «подписан»" in str(outcome)
    assert "«проект», «подписан»" in str(outcome)


def test_an_open_list_takes_other_words() -> None:
    assert typed("своё", "choice", choices=("раз",), is_open=True) == "своё"
    assert typed("своё; раз", "choice", choices=("раз",), is_open=True, is_listed=True) == (
        "своё",
        "раз",
    )


def test_several_choices_are_parted_by_semicolons_lines_or_commas() -> None:
    choices = ("жирный", "по центру", "в кавычках")
    outcome = typed("Жирный, по центру;\nв кавычках", "choice", choices=choices, is_listed=True)
    assert outcome == ("жирный", "по центру", "в кавычках")


def test_one_of_several_choices_outside_the_list_is_told() -> None:
    outcome = typed("жирный; синий", "choice", choices=("жирный",), is_listed=True)
    assert code_of(outcome) == "bad-choice"
    assert "«синий»" in str(outcome)


def test_text_that_excel_turned_into_a_date_is_told_rather_than_printed() -> None:
    assert code_of(typed(dt.date(2026, 2, 1), "text")) == "bad-number"
    assert code_of(typed(dt.date(2026, 1, 2), "reference")) == "bad-number"


def test_a_phrase_and_a_list_of_texts_keep_their_words() -> None:
    assert typed("директор школы", "phrase") == Phrase("директор школы")
    assert typed("фамилия, имя; должность", "text", is_listed=True) == (
        "фамилия, имя",
        "должность",
    )


@given(st.lists(st.text(st.characters(exclude_characters=";\n", exclude_categories=["Cs"]))))
def test_listed_items_come_back_in_their_order(items: list[str]) -> None:
    kept = [item.strip() for item in items if item.strip()]
    assert list(split_list(";".join(items))) == kept
    assert list(split_list("\n".join(items))) == kept


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "м", "ж"]))
@example("Иванова  Мария\u00a0Петровна", "")
def test_any_text_makes_a_name_whose_gender_the_column_decides(text: str, gender: str) -> None:
    name = to_name(raw_cell(text), gender, is_fixed=False)
    assert name.text.casefold() == " ".join(text.split()).casefold()
    assert name.gender == gender or not gender


# --- a row -----------------------------------------------------------------------------------


def test_every_bad_cell_is_named_at_once() -> None:
    rows = school(
        {
            "приказы": [order(дата="31.02.2026", состояние="готов")],
            "пары": [pair("Иванов", "Петрова Анна Сергеевна", с="скоро")],
        }
    )
    assert problems_of(rows) == [
        "Пары, с 2: bad-date",
        "Пары, наставник 2: unknown-ref",
        "Приказы, дата 2: bad-date",
        "Приказы, состояние 2: bad-choice",
    ]


def test_an_empty_required_cell_breaks_its_row_and_no_other() -> None:
    made, problems = linked(school(staff=[person("", "учитель"), person("Сидоров Иван Петрович")]))
    assert [problem.code for problem in problems] == ["missing-value"]
    assert [row.is_broken for row in made.records["сотрудники"][-2:]] == [True, False]


def test_an_empty_required_cell_of_another_type_is_told_too() -> None:
    assert problems_of(school({"приказы": [order(заголовок="")]})) == [
        "Приказы, заголовок 2: missing-value"
    ]


def test_an_empty_cell_takes_the_default_of_its_column() -> None:
    values = values_of(school({"приказы": [order()], "пункты": [point("1")]}), "приказы")
    assert values["вид"] == Phrase("приказ")
    assert values["серия"] == "основная деятельность"
    assert values["вступает_в_силу"] is None


def test_an_unreadable_cell_breaks_its_row_without_a_second_problem() -> None:
    rows = school(
        {"приказы": [order(заголовок=unreadable(), номер=unreadable())]},
        staff=[person("Сидоров Иван Петрович", таб=unreadable())],
    )
    made, problems = linked(rows)
    assert problems == []
    assert made.records["приказы"][0].is_broken
    assert made.records["сотрудники"][-1].is_broken
    assert not made.records["сотрудники"][0].is_broken


def test_an_unreadable_name_or_reference_breaks_its_row_too() -> None:
    rows = school(
        {"пары": [pair("Иванова Мария Петровна", "Петрова Анна Сергеевна", приказ=unreadable())]},
        staff=[{"фио": unreadable()}],
    )
    made, problems = linked(rows)
    assert problems == []
    assert made.records["сотрудники"][-1].is_broken
    assert made.records["пары"][0].is_broken


def test_a_gender_comes_from_its_column_else_from_the_patronymic() -> None:
    staff = [
        person("Ким Саша", "учитель", пол="ж"),
        person("Мамедов Рашид Али оглы"),
        person("Присекарь И.А."),
    ]
    made = workspace(school(staff=staff))
    names = [row.values["фио"] for row in made.records["сотрудники"][-3:]]
    assert [name.gender for name in names if isinstance(name, PersonName)] == ["ж", "м", ""]


def test_the_gender_of_a_representative_is_not_that_of_the_child() -> None:
    child: dict[str, Cell] = {
        "фио": "Смирнов Илья Андреевич",
        "пол": "м",
        "рождён": dt.date(2012, 4, 15),
        "класс": "9 «А»",
        "представитель": "Ли Анна",
        "представитель_пол": "ж",
    }
    values = values_of(school({"дети": [child]}), "дети")
    assert isinstance(values["фио"], PersonName)
    assert isinstance(values["представитель"], PersonName)
    assert (values["фио"].gender, values["представитель"].gender) == ("м", "ж")


def test_a_surname_that_must_not_decline_says_so() -> None:
    values = values_of(
        school(staff=[person("Дюма Иван Петрович", не_склонять="да")]), "сотрудники", 3
    )
    assert isinstance(values["фио"], PersonName)
    assert values["фио"].is_fixed


# --- a card ----------------------------------------------------------------------------------


def test_a_required_fact_that_a_card_does_not_tell_is_missing() -> None:
    rows = {"организация": [{"краткое": "МБОУ «Школа № 1»"}]}
    assert "в карточке нет строки «Полное название»" in message(rows)


def test_a_required_fact_that_cannot_be_read_is_not_missing_as_well() -> None:
    made, problems = linked({"организация": [{"полное": unreadable()}]})
    assert problems == []
    assert made.records["организация"][0].is_broken


def test_a_fact_has_a_period() -> None:
    row: dict[str, Cell] = {
        "руководитель": "Петрова Анна Сергеевна",
        "с": dt.date(2026, 7, 1),
        "по": "31.07.2026",
    }
    made = workspace(school(card=[row])).records["организация"][-1]
    assert (made.begins, made.ends) == (dt.date(2026, 7, 1), dt.date(2026, 7, 31))


@pytest.mark.parametrize(("day", "codes"), [("когда-то", ["bad-date"]), (unreadable(), [])])
def test_a_period_that_cannot_be_read_breaks_its_fact(day: Cell, codes: list[str]) -> None:
    made, problems = linked(school(card=[{"краткое": "Школа", "с": day}]))
    assert [problem.code for problem in problems] == codes
    assert made.records["организация"][-1].is_broken


# --- what several rows make ------------------------------------------------------------------


def test_rows_know_those_that_refer_to_them() -> None:
    made = workspace(school({"приказы": [order()], "пункты": [point("1"), point("2")]}))
    rows = made.children["приказы", "О внедрении", "пункты"]
    assert [row.values["номер"] for row in rows] == ["1", "2"]


def test_a_list_may_lack_a_row_whose_reference_is_broken() -> None:
    rows = school({"приказы": [order()], "пункты": [point("1", приказ="О чём-то")]})
    made, problems = linked(rows)
    assert [problem.code for problem in problems] == ["unknown-ref"]
    assert ("приказы", "пункты") in made.tainted


def test_the_first_appendix_that_names_a_sheet_stands_for_its_table() -> None:
    rows = school(
        {
            "приказы": [order()],
            "приложения": [
                appendix("1", шаблон="таблица", лист="План"),
                appendix("2", шаблон="таблица", лист="План"),
                appendix("3"),
            ],
        }
    )
    made = workspace(rows)
    assert table_names(dict(made.records)) == {"План": made.records["приложения"][0]}


def test_a_register_without_a_sheet_has_no_rows() -> None:
    made = workspace(school())
    assert made.records["пары"] == ()


def test_a_row_without_a_key_is_named_by_its_number() -> None:
    made, problems = linked(school({"приказы": [order(имя="")], "пункты": []}))
    (row,) = made.records["приказы"]
    assert isinstance(row, Record)
    assert row.identity == "строка 2"
    assert len(problems) == 1


def test_a_cell_of_people_holds_references_in_their_order() -> None:
    people = "Петрова Анна Сергеевна; Кузнецов Денис Олегович"
    values = values_of(school({"приказы": [order(ознакомить=people)]}), "приказы")
    assert values["ознакомить"] == (
        Reference("сотрудники", "Петрова Анна Сергеевна", "Петрова Анна Сергеевна"),
        Reference("сотрудники", "Кузнецов Денис Олегович", "Кузнецов Денис Олегович"),
    )


# --- dates of other programs -----------------------------------------------------------------


def notes_of(column: str, text: str) -> tuple[Value, list[str]]:
    """Return what a cell of a person becomes, and what is said of it."""
    made, problems = linked({"сотрудники": [{"фио": "Орлова Анна Петровна", column: text}]})
    (record,) = made.records["сотрудники"]
    return record.values[column], [one.code for one in problems]


@pytest.mark.parametrize(
    "text",
    [
        "01.09.2026 0:00:00",
        "01.09.2026 00:00",
        "01/09/2026",
        "1/9/26",
        "01.09.26",
        "01-09-2026",
        "2026-09-01 00:00:00",
        "2026-09-01T00:00:00",
        "01,09,2026",
        "01. 09. 2026",
        "1 сент. 2026 г.",
    ],
)
def test_dates_of_other_programs_are_read_day_first_with_a_note(text: str) -> None:
    assert notes_of("с", text) == (dt.date(2026, 9, 1), ["loose-date"])


@pytest.mark.parametrize("text", ["01.09.2026", "1 сентября 2026 г.", "2026-09-01"])
def test_usual_dates_are_read_without_a_word(text: str) -> None:
    assert notes_of("с", text) == (dt.date(2026, 9, 1), [])


@pytest.mark.parametrize("text", ["09/13/2026", "32.01.26", "01.09", "осень"])
def test_what_is_no_day_here_is_no_date(text: str) -> None:
    assert notes_of("с", text) == (None, ["bad-date"])


def test_a_year_of_two_digits_is_the_last_century_for_births_alone() -> None:
    assert notes_of("рождён", "12.05.87")[0] == dt.date(1987, 5, 12)
    assert notes_of("рождён", "12.05.12")[0] == dt.date(2012, 5, 12)
    assert notes_of("по", "12.05.31")[0] == dt.date(2031, 5, 12)


@pytest.mark.parametrize("text", ["01.09.2026 14:30", "до 01.09.26", "01.09.26 и далее"])
def test_a_deadline_with_more_than_a_day_stays_as_typed(text: str) -> None:
    assert typed(text, "deadline") == text


# --- gender ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "gender", "is_said"),
    [
        ("Иванова Мария Петровна", "м", True),
        ("Шевченко Олег Игоревич", "женский", True),
        ("Ким Нелли Борисовна", "м", True),
        ("Мамедов Рашид Али оглы", "ж", True),
        ("Иванова Мария Петровна", "ж", False),
        ("Шевченко Олег Игоревич", "м", False),
        ("Шевченко Олег Игоревич", "", False),
        ("Присекарь И.А.", "ж", False),
        ("Ли Вэй", "м", False),
    ],
)
def test_a_gender_that_the_patronymic_denies_is_told_at_its_cell(
    name: str, gender: str, is_said: bool
) -> None:
    found = checked({"сотрудники": [person(name, "учитель", пол=gender)]})
    said = [spot(one) for one in found if one.code == "gender-mismatch"]
    assert said == (["пол 2"] if is_said else [])
