"""Orders of change hold to signed words; those that end others name all, and who rests on them."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.plan import Plan, SignedOrders, plan_documents
from docgen.wording import Scope
from tests.support.builders import Cell, Row, order, point, school, shipped_kinds, workspace

OLD, CHANGING = "О работе", "Об изменениях"
SIGNED = (
    "1. Утвердить план „Школа наставника“.\n2. Куратору в срок до 1 октября:\n2.1. собрать отчёты."
)


def old(state: str = "подписан", **more: Cell) -> Row:
    return order(имя=OLD, номер="2-од", состояние=state, **more)


def changing(**more: Cell) -> Row:
    row: Row = {
        "имя": CHANGING,
        "номер": "8-од",
        "дата": dt.date(2026, 12, 1),
        "о_чём": "внесение изменений",
        "заголовок": "О внесении изменений в приказ",
        "изменяет": OLD,
    }
    return order(**{**row, **more})


def change(where: str, how: str, was: str = "", becomes: str = "", by: str = CHANGING) -> Row:
    return {"приказ": by, "где": where, "вид": how, "было": was, "стало": becomes}


def plan_of(orders: list[Row], *changes: Row, text: str | None = SIGNED) -> Plan:
    made = workspace(school({"приказы": orders, "изменения": changes}))
    return plan_documents(
        made, shipped_kinds(), signed=SignedOrders(texts={} if text is None else {OLD: text})
    )


def findings(plan: Plan) -> list[tuple[bool, str]]:
    found = [one for one in plan.problems if one.code == "change-not-found"]
    return [(one.is_error, one.message) for one in found]


def is_made(plan: Plan) -> bool:
    return any(one.kind.name == "приказ_о_внесении_изменений" for one in plan.documents)


@pytest.mark.parametrize(
    "row",
    [
        change("пункт 2", "заменить слова", "до 1 октября", "до 15 октября"),
        change("пункт 1", "заменить слова", "план «Школа наставника»", "план работы"),
        change("подпункт 2.1", "изложить", "", "2.1. собрать справки."),
        change("пункт 2", "исключить"),
        change("пункт 2.1", "утратил силу"),
        change("пункт 3", "дополнить", "", "3. Контроль оставляю за собой."),
        change("приложение № 1", "новая редакция приложения"),
    ],
)
def test_what_was_signed_may_be_changed(row: Row) -> None:
    found = plan_of([old(), changing()], row)

    assert findings(found) == []
    assert is_made(found)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (change("пункт 2", "заменить слова", "до 2 октября", "до 15 октября"), "до 2 октября"),
        (change("пункт 2", "заменить слова", "", "до 15 октября"), "какие слова заменить"),
        (change("пункт 2", "изложить"), "нет нового текста"),
        (change("пункт 5", "изложить", "", "5. Новый."), "пункта 5 в подписанном тексте нет"),
        (change("подпункт 2.2", "утратил силу"), "пункта 2.2 в подписанном тексте нет"),
    ],
)
def test_what_was_never_signed_is_not_changed(row: Row, words: str) -> None:
    found = plan_of([old(), changing()], row)

    ((is_error, message),) = findings(found)
    assert is_error
    assert words in message
    assert not is_made(found)


def test_a_point_that_is_there_is_not_added_unseen() -> None:
    found = plan_of([old(), changing()], change("пункт 2.1", "дополнить", "", "2.1. Провести."))

    ((is_error, message),) = findings(found)
    assert not is_error
    assert "уже есть" in message


def test_words_that_an_earlier_order_has_put_in_may_be_changed() -> None:
    first = changing(имя="Первый", номер="7-од", состояние="подписан")
    found = plan_of(
        [old(), first, changing()],
        change("пункт 2", "заменить слова", "до 1 октября", "до 15 октября", by="Первый"),
        change("пункт 2", "заменить слова", "до 15 октября", "до 1 ноября"),
    )

    assert findings(found) == []


@pytest.mark.parametrize(
    ("state", "is_error", "words"),
    [
        ("на подписи", True, "не подписан, и изменять нечего"),
        ("подписан", True, "нет в архиве"),
        ("подписан без docgen", False, "сверьте их с бумагой сами"),
    ],
)
def test_a_text_that_nobody_can_read_is_told_once(state: str, is_error: bool, words: str) -> None:
    rows = [
        change("пункт 1", "утратил силу"),
        change("пункт 2", "заменить слова", "а", "б"),
    ]
    found = plan_of([old(state), changing()], *rows, text=None)

    assert [one for one, message in findings(found) if words in message] == [is_error]
    assert is_made(found) is not is_error


def test_a_changed_order_whose_state_is_old_is_told() -> None:
    found = plan_of(
        [old(), changing(состояние="подписан")], change("пункт 1", "исключить"), text=None
    )

    (problem,) = [one for one in found.problems if one.code == "state-behind"]
    assert "впишите «изменён»" in problem.message
    assert problem.where.cell.endswith("2")


def ending(**more: Cell) -> Row:
    row: Row = {
        "имя": "Об утрате силы",
        "номер": "9-од",
        "дата": dt.date(2026, 12, 7),
        "о_чём": "признание утратившим силу",
        "изменяет": OLD,
    }
    return order(**{**row, **more})


def test_an_order_is_repealed_with_all_that_have_changed_it() -> None:
    rows = [
        changing(имя="Второй", номер="7-од", дата=dt.date(2026, 11, 2), состояние="подписан"),
        changing(имя="Первый", номер="6-од", дата=dt.date(2026, 10, 1), состояние="подписан"),
        changing(имя="Проект", номер="8-од", состояние="проект"),
        changing(имя="Прежний", номер="5-од", состояние="утратил силу"),
        old(),
        ending(),
    ]
    made = workspace(school({"приказы": rows}))
    view = Scope(made, dt.date(2026, 12, 7)).view(made.records["приказы"][-1])

    assert [str(one.имя) for one in view.отменяемые] == [OLD, "Первый", "Второй"]
    assert str(view.отменяемые[0].ссылкой.in_case("вин")).startswith("приказ от 1\u00a0сентября")


def test_who_rests_on_what_is_repealed_is_told() -> None:
    rows = [
        old(),
        order(имя="О мониторинге", номер="3-од", основание=OLD),
        order(имя="О плане", номер="4-од", состояние="утратил силу", основание=OLD),
        ending(),
    ]
    made = workspace(school({"приказы": rows, "пункты": [point("1", "а", приказ="О мониторинге")]}))
    found = plan_documents(made, shipped_kinds())

    (message,) = [
        one.message for one in found.problems if "ссылаются действующие документы" in one.message
    ]
    assert "О мониторинге" in message
    assert "О плане" not in message


@pytest.mark.parametrize("about", ["признание утратившим силу", "отмена приказа"])
@pytest.mark.parametrize(
    ("state", "named"), [("на подписи", OLD), ("проект", OLD), ("подписан", None)]
)
def test_only_a_signed_order_can_be_ended(about: str, state: str, named: str | None) -> None:
    made = workspace(school({"приказы": [old(state), ending(о_чём=about, изменяет=named)]}))
    found = plan_documents(made, shipped_kinds())

    assert any(one.is_error for one in found.problems if one.code == "paper-doubtful")
    assert not any(one.order and one.order.identity == "Об утрате силы" for one in found.documents)
