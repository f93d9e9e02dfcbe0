"""Letters and classes: to whom a letter goes, what entries have to say about dates and hours."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.plan import Plan, plan_documents
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    order,
    school,
    shipped_kinds,
    workspace,
)

CENTRE, WORKS = "МБУ «Центр»", "АО «Завод»"
THURSDAY, SUNDAY = dt.date(2026, 10, 8), dt.date(2026, 10, 11)


def plan_of(rows: dict[str, list[Row]]) -> Plan:
    made = workspace(school({"приказы": [order(имя="О школе")], **rows}))
    return plan_documents(made, shipped_kinds())


def letter(template: str, receivers: str, **more: Cell) -> Plan:
    row: Row = {
        "имя": "О сведениях",
        "шаблон": template,
        "вид": "письмо",
        "дата": THURSDAY,
        "заголовок": "О наставничестве",
        "получатели": receivers,
        **more,
    }
    bodies: list[Row] = [{"краткое": CENTRE}, {"краткое": WORKS}]
    text: Row = {"приказ": "О сведениях", "как": "абзац", "текст": "Сообщаем."}
    return plan_of({"бумаги": [row], "организации": bodies, "тексты": [text]})


def lesson(**more: Cell) -> Plan:
    row: Row = {"приказ": "О школе", "тема": "Разбор урока", "лекция": 2, "дата": THURSDAY, **more}
    pupil: Row = {"приказ": "О школе", "сотрудник": ANNA, "сертификат": "да"}
    return plan_of({"занятия": [row], "слушатели": [pupil]})


def said(plan: Plan, words: str) -> list[str]:
    return [one.message for one in plan.problems if words in one.message]


def test_a_letter_is_made_for_each_receiver_with_one_list() -> None:
    plan = letter("информационное письмо", f"{CENTRE}; {WORKS}")
    made = [one.kind.name for one in plan.documents if one.kind.register == "бумаги"]

    assert sorted(made) == ["информационное_письмо", "информационное_письмо", "список_рассылки"]


@pytest.mark.parametrize("template", ["письмо со сведениями", "обращение к партнёру"])
def test_a_letter_to_nobody_is_an_error(template: str) -> None:
    plan = letter(template, "")

    assert said(plan, "впишите, кому она")
    assert not said(letter(template, CENTRE), "впишите, кому она")


def test_an_answer_is_not_asked_for_before_the_letter() -> None:
    before = letter("обращение к партнёру", WORKS, ответить_до=dt.date(2026, 10, 1))

    assert said(before, "раньше даты самого письма")
    assert not said(letter("обращение к партнёру", WORKS, ответить_до=SUNDAY), "раньше даты")


def test_one_typed_addressee_of_several_copies_is_told() -> None:
    several = letter("информационное письмо", f"{CENTRE}; {WORKS}", кому="Директору")

    assert said(several, "один и тот же адресат")
    assert not said(letter("информационное письмо", CENTRE, кому="Директору"), "один и тот же")


def test_a_letter_with_data_says_what_it_goes_without() -> None:
    undated = letter("письмо со сведениями", CENTRE, дата=None)

    assert said(undated, "письмо без даты выходит без имён")
    assert said(letter("письмо со сведениями", CENTRE), "нет ни одной закреплённой пары")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"дата": SUNDAY}, "выходной или праздник"),
        ({"дата": dt.date(2026, 11, 4)}, "выходной или праздник"),
        ({"дата": dt.date(2026, 8, 3)}, "раньше приказа"),
        ({"лекция": None}, "у занятия нет часов"),
        ({"практика": 1, "всего": 4}, "всего 4 ч, а лекций и практики 3 ч"),
        ({"присутствовали": DENIS}, "не в списке слушателей"),
        ({}, "ни на одном занятии явка не отмечена"),
    ],
)
def test_a_class_that_cannot_be_as_typed_is_told(more: dict[str, Cell], words: str) -> None:
    assert said(lesson(**more), words)


def test_a_class_as_it_should_be_is_not_told() -> None:
    plan = lesson(практика=2, всего=4, присутствовали=ANNA)

    assert [one.message for one in plan.problems if one.code == "paper-doubtful"] == []
    made = [
        one.kind.name for one in plan.documents if one.kind.register in {"занятия", "слушатели"}
    ]
    assert sorted(made) == ["сертификат_участника", "явочный_лист"]
