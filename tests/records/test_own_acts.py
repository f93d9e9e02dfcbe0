"""Acts that a workspace describes itself, held to the shipped ones of the same number or date."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.model import Value
from docgen.records.own_acts import contradictions, known_end

MINISTRY = "Министерство просвещения Российской Федерации"
METHOD = "Об утверждении методологии (целевой модели) наставничества обучающихся"
LAW: dict[str, Value] = {
    "имя": "273-ФЗ",
    "вид": "Федеральный закон",
    "дата": dt.date(2012, 12, 29),
    "номер": "273-ФЗ",
    "название": "Об образовании в Российской Федерации",
}
SHIPPED: list[dict[str, Value]] = [
    LAW,
    {
        "имя": "Р-145",
        "вид": "распоряжение",
        "кто": MINISTRY,
        "дата": dt.date(2019, 12, 25),
        "номер": "Р-145",
        "название": METHOD,
    },
    {"имя": "ТК 351.8", "вид": "статья 351.8 Трудового кодекса Российской Федерации"},
    {
        "имя": "Приказ 196",
        "вид": "приказ",
        "кто": MINISTRY,
        "дата": dt.date(2023, 3, 24),
        "номер": "196",
        "название": "Об утверждении Порядка проведения аттестации педагогических работников",
    },
]


def act(name: str, kind: str, day: str = "", number: str = "", **more: str) -> dict[str, Value]:
    made: dict[str, Value] = {"имя": name, "вид": kind, "номер": number, **more}
    return {**made, "дата": dt.date.fromisoformat(day)} if day else made


@pytest.mark.parametrize(
    ("own", "column", "said"),
    [
        (act("Р-145", "постановление", "2019-12-24", "Р-145"), "вид", "дата 25.12.2019, а у вас"),
        (act("р-145", "распоряжение", "2019-12-24", "№ Р-145"), "дата", "24.12.2019"),
        (act("Методология", "распоряжение", "2019-12-25", "145-р"), "номер", "«Р-145», а у вас"),
        (act("Модель", "распоряжение", "2019-12-25", "Р-154"), "номер", "а у вас «Р-154»"),
        (act("ЦМН", "приказ", "2019-12-25", "Р-145", название=METHOD), "вид", "«распоряжение»"),
        (
            act("Метод", "постановление", "2019-12-24", "Р-145", название=METHOD[:26]),
            "вид",
            "«распоряжение», а у вас «постановление»; дата 25.12.2019",
        ),
        (act("Закон", "Федеральный закон", "2012-12-19", "N 273-ФЗ"), "дата", "29.12.2012"),
        (act("ТК 358.1", "статья 358.1 Трудового кодекса РФ"), "вид", "«статья 351.8"),
        (act("Аттестация", "приказ", "2023-03-24", "169", кто=MINISTRY), "номер", "«196»"),
        (act("Приказ 196", "приказ", "2024-01-15", "196", кто="комитет"), "дата", "24.03.2023"),
    ],
)
def test_an_own_act_that_contradicts_a_shipped_one_is_told(
    own: dict[str, Value], column: str, said: str
) -> None:
    (found,) = contradictions(own, SHIPPED)
    assert found[0] == column
    assert said in found[1]


@pytest.mark.parametrize(
    "own",
    [
        act("Р-145", "распоряжение", "2019-12-25", "Р-145", кто=MINISTRY, название=METHOD),
        act("Р-145", "распоряжение", "2019-12-25", "№ N Р-145"),
        act("Закон", "закон", "2012-12-29", "273-ФЗ"),
        act("Другой", "Федеральный закон", "2014-07-21", "273-ФЗ", название="О бюджете"),
        act("145-р", "распоряжение", "2019-12-25", "145-р", кто="Правительство области"),
        act("Приказ 269", "приказ", "2022-01-27", "269", кто="министерство области"),
        act("196", "приказ", "2024-03-24", "196", кто="управление образования"),
        act("196", "приказ", "2024-03-24", "196", название="О конкурсе"),
        act("ТК 351.1", "статья 351.1 Трудового кодекса Российской Федерации"),
        act("ГК 358.1", "статья 358.1 Гражданского кодекса Российской Федерации"),
        act("Протокол педсовета", "протокол", "2019-12-25", "1", кто="педагогический совет"),
    ],
)
def test_an_act_of_one_s_own_says_nothing_about_shipped_ones(own: dict[str, Value]) -> None:
    assert list(contradictions(own, SHIPPED)) == []


def test_an_act_typed_again_ends_when_the_shipped_one_did() -> None:
    ended: dict[str, Value] = {
        **act("Указ 474", "Указ", "2020-07-21", "474", заменён="309"),
        "по": dt.date(2024, 5, 7),
    }
    made_for = act(
        "Указ 204", "Указ", "2018-05-07", "204", название="О целях на период до 2024 года"
    )
    shipped = [*SHIPPED, ended, made_for]
    assert known_end(act("Наш", "Указ", "2020-07-21", "474"), shipped) == {
        "по": dt.date(2024, 5, 7),
        "заменён": "309",
    }
    assert known_end(act("Цели", "Указ", "2018-05-07", "204"), shipped) == {
        "по": dt.date(2024, 12, 31)
    }


def test_an_act_of_another_or_with_an_end_of_its_own_keeps_what_it_says() -> None:
    shipped = [{**LAW, "по": dt.date(2024, 5, 7)}]
    own = act("Закон", "Федеральный закон", "2012-12-29", "273-ФЗ")
    assert known_end({**own, "по": dt.date(2030, 1, 1)}, shipped) == {}
    assert known_end(act("Наш", "приказ", "2020-07-21", "273-ФЗ", кто="школа"), shipped) == {}
    assert known_end(own, SHIPPED) == {}
