"""Papers that quote signed orders are planned beside them; appeals are held to their terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from docgen.catalogue import read_packets
from docgen.model import Purpose
from docgen.plan import Plan, plan_documents, plan_packets
from tests.support.builders import (
    ANNA,
    DENIS,
    ROOT,
    Cell,
    Row,
    pair,
    school,
    shipped_kinds,
    workspace,
)
from tests.support.signed_orders import NAME, blocks_of, signed_workspace, table_of

TABLE = table_of(("1", f"{ANNA}, учитель", f"{DENIS}, учитель", "педагог – педагог"))
PURPOSE: Row = {
    "имя": "Банк",
    "для_кого": "работники",
    "цель": "ведение банка",
    "данные": "фамилия, имя, отчество",
    "действия": "хранение",
    "срок": dt.date(2027, 8, 31),
}


def extracts(*people: str) -> Plan:
    rows: list[Row] = [
        {"приказ": NAME, "лицо": one, "дата": dt.date(2026, 9, 15)} for one in people
    ]
    pairs = [pair(ANNA, DENIS, приказ=NAME)]
    made = signed_workspace(blocks_of("1. Закрепить:", TABLE), {"выписки": rows, "пары": pairs})
    return plan_documents(made, shipped_kinds())


def remarks(plan: Plan, kind: str) -> list[str]:
    title = {"выписка_из_приказа": "Выписка из приказа", "обращение": "Контрольный лист"}[kind]
    return [
        one.message
        for one in plan.problems
        if one.code == "paper-doubtful" and one.message.startswith(title)
    ]


def test_an_extract_is_a_paper_of_its_own_that_nothing_freezes() -> None:
    plan = extracts(ANNA, DENIS)

    made = [one for one in plan.documents if one.kind.name == "выписка_из_приказа"]
    assert [one.order for one in made] == [None, None]
    assert all(len(one.tables) == 1 and one.kind.is_private for one in made)
    assert remarks(plan, "выписка_из_приказа") == []


def test_a_pair_of_adults_has_two_extracts() -> None:
    (message,) = remarks(extracts(ANNA), "выписка_из_приказа")

    assert "второй нет: Кузнецов Д.О." in message


def test_the_version_for_the_site_waits_for_nobodys_signature() -> None:
    page: Row = {
        "имя": "Сайт",
        "для_кого": "работники",
        "адрес": "https://school1.example/index.html",
        "цель": "информирование",
        "данные": "фамилия, имя, отчество",
        "срок": dt.date(2027, 8, 31),
    }
    row: Row = {"приказ": NAME, "ресурс": "Сайт", "дата": dt.date(2026, 9, 15)}
    made = signed_workspace(blocks_of("1. Утвердить план."), {"версии": [row], "ресурсы": [page]})
    plan = plan_documents(made, shipped_kinds())
    (paper,) = [one for one in plan.documents if one.kind.name == "приказ_для_сайта"]
    packets = plan_packets(plan.documents, read_packets([ROOT / "templates_docx/packets"]), made)

    assert [one.kind.purpose for one in packets if paper.key in one.documents] == [Purpose.PRINT]
    assert not paper.signers


def appeal(**more: Cell) -> list[str]:
    row: Row = {
        "номер": "15",
        "поступило": dt.date(2026, 11, 2),
        "вид": "отзыв согласия",
        "заявитель": DENIS,
        "цель": "Банк",
        **more,
    }
    made = workspace(school({"обращения": [row], "цели": [PURPOSE]}))
    return remarks(plan_documents(made, shipped_kinds()), "обращение")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"прекращено": dt.date(2026, 12, 2)}, []),
        ({"прекращено": dt.date(2026, 12, 3)}, ["позже срока: 02.12.2026"]),
        ({"прекращено": dt.date(2026, 11, 1)}, ["раньше, чем поступило"]),
        ({"цель": None}, ["выберите «Цель согласия»"]),
        ({"ответ": dt.date(2026, 11, 5)}, ["когда прекращено, не сказано"]),
        ({"продлено": "Ждём"}, ["уберите причину"]),
    ],
)
def test_a_withdrawal_is_held_to_thirty_days(more: dict[str, Cell], words: Sequence[str]) -> None:
    found = appeal(**more)

    assert len(found) == len(words)
    assert all(one in message for one, message in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("kind", "extended", "last"),
    [
        ("требование прекратить обработку", None, dt.date(2026, 11, 17)),
        ("требование прекратить обработку", "Ждём получателя", dt.date(2026, 11, 24)),
        ("требование прекратить распространение", None, dt.date(2026, 11, 6)),
    ],
)
def test_a_demand_is_held_to_working_days(kind: str, extended: str | None, last: dt.date) -> None:
    more: dict[str, Cell] = {"вид": kind, "продлено": extended}
    late = appeal(прекращено=last + dt.timedelta(days=1), **more)

    assert not any("позже срока" in one for one in appeal(прекращено=last, **more))
    assert any(f"позже срока: {last:%d.%m.%Y}" in one for one in late)
