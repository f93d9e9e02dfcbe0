"""People who have left: named in an order of a later day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    checked,
    order,
    person,
    point,
    school,
    spot,
)

LAST = dt.date(2026, 8, 31)
GONE = "Уходящая Анна Ивановна"


def found(**more: Cell) -> list[tuple[str, str]]:
    staff = [person(GONE, "методист", по=LAST)]
    rows = school(
        {"приказы": [order(**more)], "пункты": [point("1", "Утвердить план")]}, staff=staff
    )
    return [(one.code, spot(one)) for one in checked(rows) if one.code == "person-left"]


@pytest.mark.parametrize("column", ["подписывает", "контроль", "исполнитель", "ознакомить"])
def test_who_has_left_is_named_in_no_new_order(column: str) -> None:
    assert found(**{column: GONE}) == [("person-left", f"{column} 2")]
    of_the_last_day: Row = {column: GONE, "дата": LAST}
    assert found(**of_the_last_day) == []
    assert found(**{column: GONE, "состояние": "подписан"}) == []
    assert found(**{column: ANNA}) == []


@pytest.mark.parametrize("column", ["кому", "ответственный"])
def test_who_has_left_gets_no_task(column: str) -> None:
    staff = [person(GONE, "методист", по=LAST)]
    rows = school(
        {"приказы": [order()], "пункты": [point("1", "Провести учёбу", **{column: GONE})]},
        staff=staff,
    )
    remarks = [one for one in checked(rows) if one.code == "person-left"]
    assert [spot(one) for one in remarks] == [f"{column} 2"]


@pytest.mark.parametrize(("acting", "has_remark"), [((), True), (({"исполняющий": DENIS},), False)])
def test_a_head_who_has_left_signs_nothing(acting: tuple[Row, ...], *, has_remark: bool) -> None:
    rows = school({"приказы": [order()], "пункты": [point("1", "Утвердить план")]})
    head = [{"руководитель": GONE, "с": "01.09.2020"}, *acting]
    card = [one for one in rows["организация"] if "руководитель" not in one] + head
    rows = {**rows, "организация": card}
    rows["сотрудники"] = [*rows["сотрудники"], person(GONE, "директор", по=LAST)]
    remarks = [one.code for one in checked(rows) if one.code == "person-left"]
    assert remarks == (["person-left"] if has_remark else [])
