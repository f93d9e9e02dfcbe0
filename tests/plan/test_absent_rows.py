"""Orders without the rows that they are about, and rows that their order does not take."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.plan import plan_documents
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    order,
    pair,
    point,
    school,
    shipped_kinds,
    workspace,
)

PUPIL = "Смирнов Илья Андреевич"
CHILD: Row = {
    "фио": PUPIL,
    "рождён": "15.04.2012",
    "класс": "9 «А»",
    "представитель": "Смирнова Ольга Николаевна",
    "кем_приходится": "мать",
}


def problems_of(*pairs: Row, **more: Cell) -> list[tuple[str, bool, str]]:
    """Return code, severity and sentence of what the plan of one order says."""
    made = workspace(
        school({"приказы": [order(**more)], "дети": [CHILD], "пары": pairs, "пункты": []})
    )
    found = plan_documents(made, shipped_kinds()).problems
    return [(one.code, one.is_error, one.message) for one in found]


@pytest.mark.parametrize("about", ["закрепление пар педагогов", "закрепление пар обучающихся"])
def test_an_order_about_pairs_without_any_is_an_error(about: str) -> None:
    ((code, is_error, message),) = problems_of(о_чём=about)
    assert (code, is_error) == ("order-empty", True)
    assert f"приказ № 1-од «О внедрении»: бумага не собрана: форма — «{about}»" in message


@pytest.mark.parametrize("state", ["подписан", "подписан без docgen", "аннулирован"])
def test_an_order_that_is_not_to_be_signed_is_left_alone(state: str) -> None:
    assert problems_of(о_чём="закрепление пар педагогов", состояние=state) == []


def test_a_pair_that_names_an_order_of_another_form_is_an_error_at_both() -> None:
    found = problems_of(
        pair(ANNA, DENIS, приказ="О внедрении"), о_чём="закрепление пар обучающихся"
    )
    assert [(code, is_error) for code, is_error, _ in found] == [("order-empty", True)] * 2
    assert "а там «педагог – педагог»" in found[0][2]
    assert "в этот приказ она не попадёт" in found[1][2]


def test_a_pair_that_names_an_order_of_its_own_text_is_nothing_to_speak_of() -> None:
    made = workspace(
        school(
            {
                "приказы": [order()],
                "пункты": [point("1", "Утвердить план")],
                "пары": [pair(ANNA, DENIS, приказ="О внедрении")],
            }
        )
    )
    assert plan_documents(made, shipped_kinds()).problems == []


@pytest.mark.parametrize(("state", "is_error"), [("на подписи", True), ("проект", False)])
def test_an_order_of_its_own_text_needs_points(state: str, *, is_error: bool) -> None:
    ((code, is_left_out, message),) = problems_of(состояние=state)
    assert (code, is_left_out) == ("order-empty", is_error)
    assert "на листе «Пункты»" in message


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        (
            [pair(ANNA, DENIS, с=dt.date(2027, 9, 14), по=dt.date(2028, 5, 28))],
            "учебный год 2027/2028, а у приказа 2026/2027 (1)",
        ),
        (
            [pair(ANNA, DENIS, прекращена="20.08.2026", причина="увольнение")],
            "«Прекращена с» 20.08.2026 (1)",
        ),
        (
            [
                pair(ANNA, DENIS, приказ="О втором"),
                pair(DENIS, ANNA, с=dt.date(2027, 9, 14), по=dt.date(2028, 5, 28)),
            ],
            "закреплены приказом «О втором» (1), учебный год 2027/2028, а у приказа 2026/2027 (1)",
        ),
    ],
)
def test_an_order_without_pairs_says_why_those_there_are_not_its_own(
    pairs: list[Row], why: str
) -> None:
    second = order(имя="О втором", номер="2-од", о_чём="свой текст", состояние="аннулирован")
    first = order(о_чём="закрепление пар педагогов")
    made = workspace(school({"приказы": [first, second], "пары": pairs}))
    found = plan_documents(made, shipped_kinds()).problems
    (message,) = [one.message for one in found if one.code == "order-empty"]
    assert message.endswith(f"подходящие строки листа «Пары» не для него: {why}; сверьте их")


def test_pairs_that_the_first_order_of_a_form_prints_are_told_of_in_the_second() -> None:
    about = "закрепление пар педагогов"
    orders = [order(о_чём=about), order(имя="О втором", номер="2-од", о_чём=about)]
    made = workspace(school({"приказы": orders, "пары": [pair(ANNA, DENIS)]}))
    (problem,) = plan_documents(made, shipped_kinds()).problems
    assert problem.message.endswith(
        "не для него: печатаются в другом приказе этой формы (1); сверьте их"
    )
