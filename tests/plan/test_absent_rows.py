"""Orders without the rows that they are about, and rows that their order does not take."""

from __future__ import annotations

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
    assert f"Приказ № 1-од «О внедрении»: бумага не собрана: форма — «{about}»" in message


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
