"""Faults in rows, put one by one into the year of a school: each is said, at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import pytest

from tests.support.book_changes import Change, again, at, both, fact, of_last_fact, put, row
from tests.support.year_school import (
    CURATOR,
    DEPUTY,
    DROZDOVA,
    FOMIN,
    METHODIST,
    SOKOLOV,
    ZIMIN,
    day,
)
from tests.year.conftest import PutIn

Fault: TypeAlias = tuple[str, Change, Sequence[str]]

ORDERS, PEOPLE, CHILDREN = "Приказы", "Сотрудники", "Дети и родители"
ROWS = "Пары"
NAME, CHILD = "Фамилия Имя Отчество", "Ребёнок (ФИО)"


YEAR_OF_ORDER: Final = "предупреждение year-differs Приказы: Учебный год"
DOUBTFUL: Final = "предупреждение pair-doubtful Пары:"
NOBODY: Final = "предупреждение not-a-person Сотрудники: Фамилия Имя Отчество 17"

YEARS: Mapping[str, Fault] = {
    "own cell of last year": (
        "пары",
        put(ORDERS, ("Учебный год", 3, "2025/2026")),
        [f"{YEAR_OF_ORDER} 3"],
    ),
    "own cell of last year, with pairs": (
        "пары",
        put(ORDERS, ("Учебный год", 4, "2025/2026")),
        [f"{YEAR_OF_ORDER} 4"],
    ),
    "heading of last year": (
        "октябрь",
        put(ORDERS, ("Заголовок", 5, "О парах обучающихся на 2025/2026 учебный год")),
        [f"{YEAR_OF_ORDER} 5"],
    ),
    "heading of last year in other words": (
        "август",
        put(ORDERS, ("Заголовок", 2, "О внедрении наставничества в 2025 – 2026 учебном году")),
        [f"{YEAR_OF_ORDER} 2"],
    ),
    "heading of an appendix": (
        "август",
        put("Приложения", ("Заголовок", 3, "Дорожная карта на 2025/2026 учебный год")),
        [f"{YEAR_OF_ORDER} 2"],
    ),
    "pair of next year": (
        "пары",
        put(ROWS, ("С", 2, day("06.09.2027")), ("По", 2, day("26.05.2028"))),
        [f"{YEAR_OF_ORDER} 4"],
    ),
    "order dated a year later": (
        "пары",
        put(ORDERS, ("Дата", 4, day("01.09.2027"))),
        [f"{YEAR_OF_ORDER} 4", "предупреждение far-date Приказы: Дата 4"],
    ),
    "settings of last year decide nothing": ("август", at("Настройки", "B2", "2025/2026"), []),
    "settings in two digits": (
        "август",
        at("Настройки", "B2", "26/27"),
        ["ошибка bad-date Настройки B2"],
    ),
}
PEOPLE_OF_PAIRS: Mapping[str, Fault] = {
    "end before begin": (
        "пары",
        put(ROWS, ("По", 2, day("28.05.2026"))),
        ["напоминание overdue Пары: По 2", "ошибка bad-period Пары: По 2"],
    ),
    "begin after end": (
        "пары",
        put(ROWS, ("С", 2, day("31.05.2027"))),
        ["ошибка bad-period Пары: По 2"],
    ),
    "year 2062": ("пары", put(ROWS, ("По", 2, day("28.05.2062"))), [f"{DOUBTFUL} По 2"]),
    "year 2126": (
        "пары",
        put(ROWS, ("По", 2, day("28.05.2126"))),
        ["ошибка bad-date Пары: По 2"],
    ),
    "five years": ("пары", put(ROWS, ("По", 2, day("28.05.2031"))), [f"{DOUBTFUL} По 2"]),
    "three years are usual": ("пары", put(ROWS, ("По", 2, day("31.08.2029"))), []),
    "end on a Sunday is usual": ("пары", put(ROWS, ("По", 2, day("30.05.2027"))), []),
    "one person twice": (
        "пары",
        put(ROWS, ("Наставляемый", 2, DROZDOVA)),
        ["ошибка pair-people Пары: Наставляемый 2"],
    ),
    "pupil as mentor of a teacher": (
        "пары",
        put(ROWS, ("Наставник", 2, SOKOLOV)),
        ["ошибка pair-people Пары: Наставник 2"],
    ),
    "pupil as mentee of teachers": (
        "пары",
        put(ROWS, ("Наставляемый", 2, ZIMIN)),
        ["ошибка pair-people Пары: Наставляемый 2"],
    ),
    "teacher among pupils": (
        "октябрь",
        put(ROWS, ("Наставник", 8, DROZDOVA)),
        ["ошибка pair-people Пары: Наставник 8"],
    ),
    "teacher as mentee of a pupil": (
        "октябрь",
        put(ROWS, ("Наставляемый", 8, FOMIN)),
        ["ошибка pair-people Пары: Наставляемый 8"],
    ),
    "mentor has left": (
        "пары",
        put(PEOPLE, ("Работает по", 6, day("27.08.2026"))),
        [f"{DOUBTFUL} Наставник 2"],
    ),
    "mentee leaves in winter": (
        "пары",
        put(PEOPLE, ("Работает по", 11, day("31.12.2026"))),
        [f"{DOUBTFUL} Наставляемый 2"],
    ),
    "pupil leaves in winter": (
        "октябрь",
        put(CHILDREN, ("Учится по", 2, day("31.12.2026"))),
        [f"{DOUBTFUL} Наставник 8"],
    ),
    "mentor comes in October": (
        "пары",
        put(PEOPLE, ("Работает с", 6, day("01.10.2026"))),
        [f"{DOUBTFUL} Наставник 2"],
    ),
    "pair before its order": ("пары", put(ROWS, ("С", 2, day("31.08.2026"))), [f"{DOUBTFUL} С 2"]),
    "pair on the day of its order": (
        "пары",
        put(ROWS, ("С", 2, day("01.09.2026"))),
        ["предупреждение start-hurried Приказы: Дата 4"],
    ),
    "order after all its pairs": (
        "пары",
        put(ORDERS, ("Дата", 4, day("15.10.2026"))),
        ["предупреждение pair-doubtful Приказы: Дата 4"],
    ),
    "unknown form": (
        "пары",
        put(ROWS, ("Форма", 2, "учитель-учитель")),
        ["ошибка bad-choice Пары: Форма 2"],
    ),
    "form of other people": (
        "пары",
        put(ROWS, ("Форма", 2, "учитель – ученик")),
        ["ошибка bad-choice Пары: Форма 2"],
    ),
    "form with a slip": (
        "пары",
        put(ROWS, ("Форма", 2, "педагог – педогог")),
        ["ошибка bad-choice Пары: Форма 2"],
    ),
    "form with a hyphen is known": ("пары", put(ROWS, ("Форма", 2, "Педагог-педагог")), []),
    "called off before it begins": (
        "пары",
        put(ROWS, ("Прекращена с", 2, day("01.09.2025"))),
        [f"{DOUBTFUL} Прекращена с 2"],
    ),
    "reason without an end": (
        "пары",
        put(ROWS, ("Причина", 2, "отмена")),
        [f"{DOUBTFUL} Прекращена с 2"],
    ),
    "order of another form": (
        "пары",
        put(ROWS, ("Закреплена приказом", 2, CURATOR)),
        [f"{DOUBTFUL} Закреплена приказом 2"],
    ),
    "mentor with a slip": (
        "пары",
        put(ROWS, ("Наставник", 2, "Дроздова Нина Егоровн")),
        ["ошибка unknown-ref Пары: Наставник 2"],
    ),
    "nobody": (
        "пары",
        put(ROWS, ("Наставляемый", 2, None)),
        ["ошибка missing-value Пары: Наставляемый 2"],
    ),
    "row twice": ("пары", again(ROWS, 2), ["ошибка duplicate-key Пары: Наставник 8"]),
}
HEADS: Mapping[str, Fault] = {
    "acting head without days": (
        "декабрь",
        of_last_fact(C=None, D=None),
        ["ошибка acting-head Организация B13"],
    ),
    "acting head without a first day": (
        "декабрь",
        of_last_fact(C=None),
        ["ошибка acting-head Организация B13"],
    ),
    "acting head without a last day": (
        "декабрь",
        of_last_fact(D=None),
        ["предупреждение acting-head Организация B13"],
    ),
    "acting head of days turned round": (
        "декабрь",
        of_last_fact(D=day("25.12.2025")),
        ["ошибка bad-period Организация B13"],
    ),
    "two acting heads": (
        "декабрь",
        fact("И.о. руководителя", METHODIST, day("14.12.2026"), day("25.12.2026")),
        ["ошибка duplicate-key Организация B14"],
    ),
    "two heads": (
        "август",
        fact("Руководитель", DEPUTY),
        ["ошибка duplicate-key Организация B13"],
    ),
    "new head from a day on": (
        "август",
        fact("Руководитель", DEPUTY, day("01.02.2027")),
        [],
    ),
    "head who has left": (
        "август",
        put(PEOPLE, ("Работает по", 2, day("28.08.2026"))),
        ["предупреждение person-left Организация B9"],
    ),
    "control by who has left": (
        "август",
        both(
            put(ORDERS, ("Контроль", 2, DEPUTY)),
            put(PEOPLE, ("Работает по", 3, day("26.08.2026"))),
        ),
        [
            "предупреждение person-left Приказы: Контроль 2",
            "предупреждение not-acquainted Приказы: Ознакомить 2",
        ],
    ),
}
NAMES: Mapping[str, Fault] = {
    **{
        words: ("август", row(PEOPLE, Фамилия_Имя_Отчество=words), [NOBODY])
        for words in ("Итого: 40 чел.", "Всего", "Итого по школе: 12", "15", "—", "Вакансия")
    },
    "bare number": ("август", row(PEOPLE, Фамилия_Имя_Отчество=40), [NOBODY]),
    "heading": ("август", row(PEOPLE, Фамилия_Имя_Отчество="Администрация"), [NOBODY]),
    "state of a day": (
        "август",
        row(PEOPLE, Фамилия_Имя_Отчество="По состоянию на 01.09.2026"),
        [NOBODY],
    ),
    "total of children": (
        "октябрь",
        lambda book: book.add(CHILDREN, **{CHILD: "Всего детей: 5"}),
        [f"предупреждение not-a-person Дети и родители: {CHILD} 7"],
    ),
    "posts with a capital": ("согласия", put(PEOPLE, ("Должность", 6, "Учитель математики")), []),
    "posts in capitals": ("согласия", put(PEOPLE, ("Должность", 6, "УЧИТЕЛЬ МАТЕМАТИКИ")), []),
    "names in capitals": ("согласия", put(PEOPLE, (NAME, 6, "ДРОЗДОВА НИНА ЕГОРОВНА")), []),
    "surname in capitals": ("согласия", put(PEOPLE, (NAME, 6, "ДРОЗДОВА Нина Егоровна")), []),
    "post that is an abbreviation": ("август", put(PEOPLE, ("Должность", 6, "ПДО")), []),
    "post that is shortened": (
        "август",
        put(PEOPLE, ("Должность", 6, "зам. директора по УВР")),
        [],
    ),
    "total of pairs": (
        "пары",
        row(ROWS, Форма="Всего пар", Наставник="6"),
        ["предупреждение not-a-person Пары: Форма 8"],
    ),
    "total of orders": (
        "август",
        row(ORDERS, Краткое_имя="Итого: 2"),
        ["предупреждение not-a-person Приказы: Краткое имя 4"],
    ),
    "person twice": ("август", again(PEOPLE, 6), [f"ошибка duplicate-key Сотрудники: {NAME} 17"]),
}
CHILDHOOD: Mapping[str, Fault] = {
    "adult without a representative": (
        "октябрь",
        put(CHILDREN, ("Дата рождения", 4, day("01.02.2008")), ("Представитель (ФИО)", 4, None)),
        ["предупреждение consent-missing Пары: Наставник 9"],
    ),
    "minor without a representative": (
        "октябрь",
        put(CHILDREN, ("Представитель (ФИО)", 4, None)),
        ["ошибка missing-value Дети и родители: Представитель (ФИО) 4"],
    ),
    "of age two days after the pair begins": (
        "октябрь",
        put(CHILDREN, ("Дата рождения", 4, day("14.10.2008"))),
        ["напоминание age-reached Пары: Наставник 9"],
    ),
    "guardian of a child of fifteen": (
        "октябрь",
        put(CHILDREN, ("Дата рождения", 3, day("15.01.2011"))),
        [
            "напоминание guardian-age Дети и родители: Кем приходится 3",
            "предупреждение consent-missing Пары: Наставляемый 8",
        ],
    ),
    "trustee of a child of thirteen": (
        "октябрь",
        put(CHILDREN, ("Кем приходится", 3, "попечитель")),
        ["напоминание guardian-age Дети и родители: Кем приходится 3"],
    ),
    **{
        f"born in {born[-4:]}": (
            "октябрь",
            put(CHILDREN, ("Дата рождения", 2, day(born))),
            [
                "предупреждение doubtful-date Дети и родители: Дата рождения 2",
                *(["предупреждение consent-missing Пары: Наставник 8"] if born < "15" else []),
            ],
        )
        for born in ("15.02.2110", "15.02.2026")
    },
}


def all_of(*tables: Mapping[str, Fault]) -> dict[str, Fault]:
    return {name: fault for table in tables for name, fault in table.items()}


FAULTS: Final = all_of(YEARS, PEOPLE_OF_PAIRS, HEADS, NAMES, CHILDHOOD)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_row_is_said_at_its_cell(put_in: PutIn, name: str) -> None:
    month, change, remarks = FAULTS[name]
    assert put_in(month, change) == sorted(remarks)
