"""What a check says when the school's registers part from the law, or its papers from each other.

Each case changes a few cells of the school and names the codes and cells of what is said then.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from docgen import pipeline
from tests.support.changed_school import Changes, changed_school
from tests.support.shipped import ROOT

PAIRS, ORDERS, PLAN, PURPOSES = "Пары", "Приказы", "Дорожная карта", "Цели обработки"
OF_TEACHERS, OF_PUPILS = "О парах педагогов", "О парах обучающихся"
LEVCHENKO, SUKHIKH = "Левченко Ирина Юрьевна", "Сухих Галина Павловна"


def said(folder: Path, changes: Changes) -> list[tuple[str, str]]:
    """Return code and sheet of each remark on the school with some cells changed."""
    school = changed_school(folder, changes)
    checked = pipeline.check_workspace(pipeline.Site(school, ROOT, folder / "out"))
    assert [one for one in checked.problems if one.is_error] == []
    return [(one.code, one.where.sheet) for one in checked.problems]


def on(day: int) -> dt.date:
    return dt.date(2026, 9, day)


HURRIED = [("start-hurried", ORDERS)]
SUPPLEMENTS = "Заключение дополнительных"


@pytest.mark.parametrize(
    ("start", "arranged", "codes"),
    [
        (on(14), "доп. соглашение", HURRIED),
        (on(11), "доп. соглашение", HURRIED),
        (on(15), "доп. соглашение", []),
        (on(14), "пункт договора", []),
    ],
)
def test_a_working_day_is_left_between_an_order_and_work_by_supplements(
    tmp_path: Path, start: dt.date, arranged: str, codes: list[tuple[str, str]]
) -> None:
    changes: dict[tuple[str, str, str], Any] = {
        (PAIRS, "педагог", "С"): start,
        (PAIRS, "педагог", "Как оформлено"): arranged,
    }
    # The plan's day for supplements follows, so that it says nothing of its own.
    changes[PLAN, SUPPLEMENTS, "Срок"] = "сентябрь 2026 г."
    found = [one for one in said(tmp_path, changes) if one[0] == "start-hurried"]
    assert found == codes


@pytest.mark.parametrize(
    ("order", "copies", "codes"),
    [
        (OF_TEACHERS, "В дело; Управление образования – 2", ["receiver-unnamed"]),
        (OF_TEACHERS, "Департамент образования", ["receiver-unnamed"]),
        (OF_TEACHERS, "Комитет по образованию; отдел кадров", ["receiver-unnamed"]),
        (OF_TEACHERS, "МБУ «Информационно-методический центр» – 2; Рудаков С.И.", []),
        (OF_TEACHERS, "В дело; бухгалтерия; секретарь; Рудаков С.И.; библиотека", []),
        (OF_TEACHERS, "", []),
        (OF_PUPILS, "МБУ «Информационно-методический центр»", ["receiver-unnamed"]),
        ("О кураторе", "Управление образования", []),
    ],
)
def test_a_copy_with_names_goes_only_to_a_body_that_a_consent_names(
    tmp_path: Path, order: str, copies: str, codes: list[str]
) -> None:
    found = said(tmp_path, {(ORDERS, order, "Рассылка"): copies or None})
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    ("order", "column", "people", "codes"),
    [
        # The plan names a psychologist and a teacher of informatics, the points a clerk.
        ("О внедрении", "Ознакомить", f"{LEVCHENKO}; {SUKHIKH}", ["not-acquainted"]),
        # Who has drawn up the order knows it.
        ("О кураторе", "Ознакомить", LEVCHENKO, []),
        (
            "О кураторе",
            "Ознакомить",
            f"{LEVCHENKO}; {SUKHIKH}; Заяц Виктор Степанович",
            ["acquainted-extra"],
        ),
        (
            OF_TEACHERS,
            "Ознакомить позже",
            "Рудаков Сергей Иванович; Дорохина Вера Степановна",
            ["said-twice"],
        ),
        # Everybody may read what binds everybody.
        (
            "О внедрении",
            "Ознакомить",
            f"{LEVCHENKO}; {SUKHIKH}; Дорохина Вера Степановна; Римская-Корсакова Елена Дмитриевна;"
            " Цой Валентин Денисович; Заяц Виктор Степанович",
            [],
        ),
    ],
)
def test_who_is_named_is_acquainted_and_nobody_else(
    tmp_path: Path, order: str, column: str, people: str, codes: list[str]
) -> None:
    found = said(tmp_path, {(ORDERS, order, column): people})
    assert found == [(code, ORDERS) for code in codes]


SITE, CONSENTS = "Размещение положения", "Получение согласий на обработку"


@pytest.mark.parametrize(
    ("row", "column", "text", "codes"),
    [
        (SITE, "Срок", "до 10 сентября 2026 г.", ["task-differs"]),
        (SITE, "Срок", "10.09.2026", ["task-differs"]),
        (SITE, "Срок", "сентябрь 2026 г.", []),
        (SITE, "Ответственный", "Цой В.Д., учитель информатики", ["task-differs"]),
        (SITE, "Ответственный", "И.Ю. Левченко", []),
        (SITE, "Ответственный", "куратор", []),
        (SITE, "Ответственный", "Левченко И.Ю., куратор\nЦой В.Д., учитель информатики", []),
        (CONSENTS, "Ответственный", "Левченко И.Ю., куратор", ["task-differs"]),
        (SUPPLEMENTS, "Срок", "до 18 сентября 2026 г.", ["task-differs"]),
        ("Утверждение персонализированных", "Срок", "до 1 октября 2026 г.", ["task-differs"]),
    ],
)
def test_one_task_has_one_day_and_one_person_in_orders_and_in_the_plan(
    tmp_path: Path, row: str, column: str, text: str, codes: list[str]
) -> None:
    found = said(tmp_path, {(PLAN, row, column): text})
    assert found == [(code, PLAN) for code in codes]


@pytest.mark.parametrize(
    ("purpose", "codes"),
    [
        ("формирования и ведения муниципального банка наставников", ["oblique-form"]),
        ("ведение муниципального банка наставников", []),
    ],
)
def test_a_purpose_is_typed_in_the_nominative(
    tmp_path: Path, purpose: str, codes: list[str]
) -> None:
    found = said(tmp_path, {(PURPOSES, "Муниципальный банк", "Цель"): purpose})
    assert [code for code, _ in found] == codes
