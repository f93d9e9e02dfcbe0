"""What refers to an order is known from the order: its pairs, the orders that change it."""

from __future__ import annotations

import datetime as dt

from docgen.wording import RecordView, Scope
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


JANUARY = dt.date(2027, 1, 11)
OTHER = "Сидорова Анна Львовна"


def followed(**later: str) -> tuple[RecordView, RecordView]:
    """Return a pair that has ended and the one from January, as templates see them."""
    ended = pair(ANNA, DENIS, приказ="О внедрении", прекращена=JANUARY, причина="перевод")
    rows = school(
        {
            "приказы": [order()],
            "пары": [ended, {**pair(OTHER, DENIS, с=JANUARY), **later}],
        },
        staff=[person(one, "учитель") for one in (ANNA, DENIS, OTHER)],
    )
    made, problems = linked(rows)
    assert problems == []
    scope = Scope(made, JANUARY)
    before, after = map(scope.view, made.records["пары"])
    return before, after


def test_a_pair_knows_the_pair_before_it_and_the_one_after_it() -> None:
    before, after = followed(вместо="Орлова – Ткач")
    former = after.прежняя_пара
    assert former == before
    assert (str(former.наставник.фио), str(former.наставляемый.фио)) == (ANNA, DENIS)
    assert (former.приказ.номер, f"{former.с}") == ("1-од", "14.09.2026")
    assert [str(one) for one in before.сменившие_пары] == ["Сидорова – Ткач"]
    assert after.сменившие_пары == []
    assert str(after.вместо) == "Орлова – Ткач"
    assert after.вместо_кого.replace("\u00a0", " ") == "Орловой В.И."


def test_words_in_place_of_a_pair_are_printed() -> None:
    _, after = followed(вместо="взамен Орловой В.И.")
    assert after.прежняя_пара is None
    assert str(after.вместо) == "взамен Орловой В.И."
    assert after.вместо_кого.replace("\u00a0", " ") == "Орловой В.И."
    _, after = followed()
    assert (after.прежняя_пара, after.вместо_кого) == (None, "")


def test_a_mentor_who_stays_follows_nobody() -> None:
    _, after = followed(наставник=ANNA, наставляемый=OTHER, вместо="Орлова – Ткач")
    assert after.прежняя_пара is not None
    assert after.вместо_кого == ""
