"""Dates, letters, points and grounds with faults, put one by one into the year of a school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import pytest
from openpyxl import load_workbook

from tests.support.book_changes import Change, act, again, at, both, put, row
from tests.support.typed_books import TypedBook
from tests.support.year_school import (
    CURATOR,
    INSPECTION,
    INTRODUCTION,
    REPLACEMENT,
    SIGNATURES,
    day,
)
from tests.year.conftest import PutIn

Fault: TypeAlias = tuple[str, Change, Sequence[str]]

ORDERS, PEOPLE, CHILDREN = "Приказы", "Сотрудники", "Дети и родители"
ROWS, POINTS, MAP = "Пары", "Пункты", "Дорожная карта"
TASK = "Что сделать"
MINISTRY: Final = "Министерство просвещения Российской Федерации"


CONSENT = "Согласие на наставничество"


def signed(column: str, value: dt.date | str) -> Change:
    """Type into the row of the first consent among the signatures."""

    def change(book: TypedBook) -> None:
        path = book.workspace / SIGNATURES
        signatures = load_workbook(path)
        sheet = signatures.worksheets[0]
        headers = [cell.value for cell in sheet[1]]
        papers = [str(row[0]) for row in sheet.values]
        first = next(n for n, one in enumerate(papers, 1) if one.startswith(CONSENT))
        sheet.cell(first, headers.index(column) + 1).value = value
        signatures.save(path)

    return change


def in_general_format(book: TypedBook) -> None:
    """Leave the number of a day where its format was cleared."""
    book.put(ORDERS, "Дата", 4, 46266)
    book.cell(ORDERS, "Дата", 4).number_format = "General"


NO_DATE, LOOSE = ["ошибка bad-date Приказы: Дата 4"], ["напоминание loose-date Приказы: Дата 4"]
DATES: Mapping[str, Fault] = {
    f"an order of {text}": ("согласия", put(ORDERS, ("Дата", 4, text)), remarks)
    for remarks, texts in (
        (
            [],
            (
                *("01.09.2026", "1.09.2026", "1 сентября 2026 г.", "1 Сентября 2026 г"),
                *("01.09.2026г.", "2026-09-01", "«01» сентября 2026 г."),
            ),
        ),
        (
            LOOSE,
            (
                *("01.09.2026 0:00:00", "01/09/2026", "01.09.26", "1.9.26", "01-09-2026"),
                *("2026-09-01 00:00:00", "1 сент. 2026", "01.09.2026.", "от 01.09.2026", "46266"),
            ),
        ),
        (
            NO_DATE,
            ("сентябрь 2026", "31.09.2026", "09/31/2026", "01.О9.2026", "01.09.206", "вторник"),
        ),
    )
    for text in texts
}
DAYS: Mapping[str, Fault] = {
    "a number without its format": ("согласия", in_general_format, LOOSE),
    "a day that moves": (
        "согласия",
        put(ORDERS, ("Дата", 4, "=TODAY()")),
        ["ошибка moving-date Приказы: Дата 4"],
    ),
    "an hour that moves": (
        "согласия",
        put(ORDERS, ("Дата", 4, "=NOW()")),
        ["ошибка moving-date Приказы: Дата 4"],
    ),
    "a pair of a day that moves": (
        "пары",
        put(ROWS, ("С", 2, "=TODAY()+2")),
        ["ошибка moving-date Пары: С 2", "предупреждение start-hurried Приказы: Дата 4"],
    ),
    "a draft of a day that moves": (
        "согласия",
        put(ORDERS, ("Дата", 4, "=TODAY()"), ("Состояние", 4, "проект")),
        [],
    ),
    "sixty days ahead": ("август", put(ORDERS, ("Дата", 3, day("26.10.2026"))), []),
    "sixty-one days ahead": (
        "август",
        put(ORDERS, ("Дата", 3, day("27.10.2026"))),
        ["предупреждение far-date Приказы: Дата 3"],
    ),
    **{
        f"a consent of {value:%d.%m.%Y}": (
            "согласия",
            signed("Подписано", value),
            [
                "предупреждение doubtful-date Согласия и подписи: Подписано 35",
                "предупреждение consent-missing Пары: Наставник 2",
            ],
        )
        for value in (dt.date(2062, 9, 10), dt.date(2026, 9, 2), dt.date(2006, 8, 31))
    },
    "a consent signed in words": ("согласия", signed("Подписано", "31 августа 2026 г."), []),
    "a deadline that no calendar has": (
        "декабрь",
        put(POINTS, ("Срок", 2, "до 31 ноября 2026 г.")),
        ["ошибка bad-date Пункты: Срок 2"],
    ),
    "born in two digits": (
        "октябрь",
        put(CHILDREN, ("Дата рождения", 3, "15.01.13")),
        ["напоминание loose-date Дети и родители: Дата рождения 3"],
    ),
}
LETTERS: Mapping[str, Fault] = {
    **{
        f"{text} in {sheet}": (
            month,
            put(sheet, (header, number, text)),
            [f"предупреждение lookalike {sheet}: {header} {number}"],
        )
        for month, sheet, header, number, text in (
            ("август", PEOPLE, "Должность", 6, "учитель мaтематики"),
            ("август", ORDERS, "Номер", 3, "143-oд"),
            ("август", ORDERS, "Заголовок", 3, "O назначении куратора наставничества"),
            ("август", "Приложения", "Заголовок", 3, "Дорожная кaрта наставничества"),
            ("август", PEOPLE, "Телефон или эл. почта", 6, "drоzdova@school.example"),
            ("декабрь", POINTS, TASK, 2, "Провести провeрку"),
        )
    },
    "a short name that its order does not find then": (
        "август",
        put("Акты", ("Краткое имя", 2, "Прoтокол педсовета")),
        [
            "предупреждение lookalike Акты: Краткое имя 2",
            "предупреждение unknown-ref Приказы: Основание 2",
        ],
    ),
    "a cell of a table": (
        "август",
        at(MAP, "B5", "Назначение курaтора"),
        ["предупреждение lookalike Дорожная карта B5"],
    ),
    "a person under another key": (
        "пары",
        put(PEOPLE, ("Фамилия Имя Отчество", 6, "Дрoздова Нина Егоровна")),
        [
            "предупреждение lookalike Сотрудники: Фамилия Имя Отчество 6",
            "ошибка unknown-ref Пары: Наставник 2",
        ],
    ),
    "Roman numerals": ("август", at(MAP, "C5", "II квартал 2027 г., IV четверть"), []),
    "an address": (
        "август",
        put(PEOPLE, ("Телефон или эл. почта", 6, "drozdova@school.example")),
        [],
    ),
    "letters of classes": ("октябрь", put(CHILDREN, ("Класс на 1 сентября", 2, "10 «A»")), []),
}
WORDS: Mapping[str, Fault] = {
    "a draft without number and day": (
        "согласия",
        put(ORDERS, ("Номер", 4, None), ("Дата", 4, None), ("Состояние", 4, "проект")),
        [],
    ),
    "no number and no day": (
        "согласия",
        put(ORDERS, ("Номер", 4, None), ("Дата", 4, None)),
        ["предупреждение no-number Приказы: Номер 4"],
    ),
    "a line for a number": (
        "согласия",
        put(ORDERS, ("Номер", 4, "№ ____")),
        ["предупреждение no-number Приказы: Номер 4"],
    ),
    "a number that is taken": (
        "согласия",
        put(ORDERS, ("Номер", 4, "№ 143-ОД")),
        ["ошибка duplicate-number Приказы: Номер 4"],
    ),
    "an order twice": (
        "согласия",
        again(ORDERS, 4),
        ["ошибка duplicate-key Приказы: Краткое имя 5"],
    ),
    "a task of nobody": (
        "август",
        at(MAP, "D5", ""),
        ["предупреждение no-responsible Дорожная карта D5"],
    ),
    "a task of somebody unknown": (
        "август",
        at(MAP, "D5", "Сергеева П.П."),
        ["предупреждение unknown-name Дорожная карта D5"],
    ),
    "a gap in points": (
        "декабрь",
        put(POINTS, ("№", 4, "4")),
        ["предупреждение skipped-number Пункты: № 4"],
    ),
    "points changed about": (
        "декабрь",
        put(POINTS, ("№", 3, "3"), ("№", 4, "2")),
        ["предупреждение skipped-number Пункты: № 3"],
    ),
    "a point twice": ("декабрь", again(POINTS, 2), ["ошибка duplicate-key Пункты: № 5"]),
    "a number that Excel took for a day": (
        "декабрь",
        put(POINTS, ("№", 2, day("01.02.2026"))),
        ["ошибка bad-number Пункты: № 2"],
    ),
    "points with stops": ("декабрь", put(POINTS, ("№", 2, "1."), ("№", 3, 2.0)), []),
    "a brace left open": (
        "декабрь",
        put(POINTS, (TASK, 2, "Провести проверку {срок до конца ноября")),
        ["ошибка undefined-variable Пункты: Что сделать 2"],
    ),
    "a brace in a heading": (
        "согласия",
        put(ORDERS, ("Заголовок", 4, "О закреплении {пар")),
        ["ошибка undefined-variable Приказы: Заголовок 4"],
    ),
    "a brace in a table": (
        "август",
        at(MAP, "B5", "Назначение {куратора"),
        ["предупреждение unpaired-mark Дорожная карта B5"],
    ),
    "a word that nobody knows": (
        "декабрь",
        put(POINTS, (TASK, 2, "Провести проверку {ково}")),
        ["предупреждение undefined-variable Пункты: Что сделать 2"],
    ),
    "a mark of an empty cell": (
        "декабрь",
        put(POINTS, ("Лицо", 3, None)),
        ["ошибка missing-value Пункты: Лицо 3"],
    ),
    "a mark twice": ("август", again("Грифы", 2), ["предупреждение said-twice Грифы: Приказ 3"]),
}
GROUNDS: Mapping[str, Fault] = {
    "an order as its own ground": (
        "август",
        put(ORDERS, ("Основание", 2, INTRODUCTION)),
        ["ошибка own-ground Приказы: Основание 2"],
    ),
    "a later order as ground": (
        "август",
        put(ORDERS, ("Основание", 2, CURATOR)),
        ["предупреждение own-ground Приказы: Основание 2"],
    ),
    "a void order as ground": (
        "пары",
        put(ORDERS, ("Основание", 4, CURATOR), ("Состояние", 3, "аннулирован")),
        ["предупреждение own-ground Приказы: Основание 4"],
    ),
    "two orders as grounds": (
        "согласия",
        put(ORDERS, ("Основание", 4, f"{INTRODUCTION}; {CURATOR}")),
        [],
    ),
    "a ground with a slip": (
        "согласия",
        put(ORDERS, ("Основание", 4, "О внедрени")),
        ["предупреждение unknown-ref Приказы: Основание 4"],
    ),
    "a ground in own words": (
        "согласия",
        put(ORDERS, ("Основание", 4, "заявления педагогических работников")),
        [],
    ),
    "a preamble that names its order": (
        "декабрь",
        put("Преамбула", ("Акт", 2, INSPECTION)),
        ["ошибка own-ground Преамбула: Акт 2"],
    ),
    "an order that changes itself": (
        "ноябрь",
        put(ORDERS, ("Изменяет / отменяет", 6, REPLACEMENT)),
        ["ошибка own-ground Приказы: Изменяет / отменяет 6"],
    ),
    "an order that changes nothing known": (
        "ноябрь",
        put(ORDERS, ("Изменяет / отменяет", 6, "О порах")),
        ["ошибка unknown-ref Приказы: Изменяет / отменяет 6"],
    ),
    "a recommendation called a decree": (
        "август",
        act("Р-145", "постановление", MINISTRY, "24.12.2019", "Р-145"),
        ["предупреждение act-mismatch Акты: Вид 3"],
    ),
    "a number turned round": (
        "август",
        act("145-р", "распоряжение", MINISTRY, "25.12.2019", "145-р"),
        ["предупреждение act-mismatch Акты: Номер 3"],
    ),
    "an article turned round": (
        "август",
        row(
            "Акты",
            Краткое_имя="ТК 358.1",
            Вид="статья 358.1 Трудового кодекса Российской Федерации",
        ),
        ["предупреждение act-mismatch Акты: Вид 3"],
    ),
    "a law of another year": (
        "август",
        act("273-ФЗ", "Федеральный закон", "", "29.12.2021", "273-ФЗ"),
        ["предупреждение act-mismatch Акты: Дата 3"],
    ),
    "a title in its own quotes": (
        "август",
        act("Программа", "приказ", "управление образования", "20.08.2026", "N 15", "«О школе»"),
        [],
    ),
    "an act that is to come": (
        "август",
        both(
            act("План", "приказ", "управление образования", "15.10.2026", "15"),
            put(ORDERS, ("Основание", 2, "План")),
        ),
        ["предупреждение act-not-in-force Приказы: Основание 2"],
    ),
}
FAULTS: Final = {**DATES, **DAYS, **LETTERS, **WORDS, **GROUNDS}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_words_is_said_at_its_cell(put_in: PutIn, name: str) -> None:
    month, change, remarks = FAULTS[name]
    assert put_in(month, change) == sorted(remarks)
