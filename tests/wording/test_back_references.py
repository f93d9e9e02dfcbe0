"""What refers to an order is known from the order: its pairs, the orders that change it."""

from __future__ import annotations

import datetime as dt

from docgen.wording import Scope
from tests.support.builders import linked, order, pair, person, school

ANNA, DENIS = "Орлова Вера Ивановна", "Ткач Илья Сергеевич"


def test_an_order_knows_its_pairs_and_the_orders_that_change_it() -> None:
    rows = school(
        {
            "приказы": [
                order(),
                order(имя="Об изменении", номер="9-од", дата="01.10.2026", изменяет="О внедрении"),
            ],
            "пары": [pair(ANNA, DENIS, приказ="О внедрении")],
        },
        staff=[person(ANNA, "методист"), person(DENIS, "учитель")],
    )
    made, problems = linked(rows)
    assert problems == []
    first, _ = made.records["приказы"]
    view = Scope(made, dt.date(2026, 10, 1)).view(first)
    assert [str(one.наставник.фио) for one in view.закреплённые_пары] == [ANNA]
    assert [one.номер for one in view.изменяющие] == ["9-од"]
