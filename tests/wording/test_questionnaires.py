"""Answers to questionnaires: their means, what is wrong with them; events by months."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import fill_line
from docgen.wording.programmes import Programme, ProgrammeRow
from docgen.wording.value_views import WordingError
from tests.support.house import House
from tests.support.shipped import ready_at

DAY = dt.date(2027, 1, 22)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["5", "4", "4"], "4,3"),
        ([5, 4], "4,5"),
        ([], ""),
        (["5", ""], "5,0"),
        ([1, 1, 1, 2], "1,3"),
    ],
)
def test_a_mean_has_one_digit_and_a_comma(values: list[object], said: str) -> None:
    assert fill_line("{{ баллы|среднее }}", {"баллы": values}) == said


def test_a_mean_of_words_is_refused() -> None:
    with pytest.raises(WordingError, match="не целое число"):
        fill_line("{{ баллы|среднее }}", {"баллы": ["5", "да"]})


def test_events_of_one_month_stand_together_and_months_in_their_order() -> None:
    row: Any = object()
    terms = (
        "октябрь 2026 г.",
        "ежемесячно",
        "15 мая 2027 г.",
        "сентябрь 2026 г.",
        "октябрь 2026 г.",
    )
    events = [ProgrammeRow(row, term) for term in terms]

    months = Programme([], [], [], events, []).по_месяцам

    assert [(one.месяц, len(one.мероприятия)) for one in months] == [
        ("сентябрь 2026 г.", 1),
        ("октябрь 2026 г.", 2),
        ("15 мая 2027 г.", 1),
        ("ежемесячно", 1),
    ]


def test_own_questions_stand_for_all_shipped_ones_of_their_form(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.sheets["Вопросы анкет"] = [
        {
            "Бланк": "обратная связь",
            "№ вопроса": 1,
            "Вопрос или утверждение": "Всё ли удалось",
            "Как отвечают": "шкала 1–5",
        }
    ]

    rows = ready_at(house.write()).workspace.records["вопросы"]

    forms = [row.values["бланк"] for row in rows]
    assert forms.count("обратная связь") == 1
    assert forms.count("запрос наставляемого") == 12


def said_of(folder: Path, *rows: dict[str, object]) -> list[str]:
    """Return what is said of answers, each as its cell and the words after the paper's name."""
    house = House(folder)
    usual: dict[str, object] = {
        "Опрос": "Январь",
        "Бланк": "обратная связь",
        "Дата опроса": DAY,
        "№ вопроса": 1,
        "Ответы": "5; 4",
    }
    house.sheets["Ответы анкет"] = [{**usual, **row} for row in rows]
    problems = make_plan(ready_at(house.write()), Wish()).problems
    found = [one for one in problems if one.code == "paper-doubtful"]
    return [f"{one.where.cell}: {one.message.partition(': ')[2]}" for one in found]


def test_answers_on_the_scale_of_their_questions_are_not_remarked(tmp_path: Path) -> None:
    option = {"№ вопроса": 11, "Ответы": "хочу продолжить; хочу завершить", "Листов": 2}

    assert said_of(tmp_path, {}, option) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"Ответы": "5; 6; 4"}, "E3: ответ «6» вне шкалы 1–5"),
        ({"№ вопроса": 17}, "D3: вопроса № 17 в бланке «обратная связь» нет"),
        (
            {"№ вопроса": 11, "Ответы": "уйти", "Листов": 1},
            "E3: варианта «уйти» в вопросе № 11 нет",
        ),
        ({"№ вопроса": 11, "Ответы": "хочу завершить"}, "D3: у вопроса № 11 варианты"),
        ({"Бланк": "запрос наставляемого"}, "B3: в одном опросе названы бланки"),
        (
            {"Опрос": "Сентябрь", "Бланк": "запрос наставляемого", "Ответы": "11; 10"},
            "E3: ответ «11» вне шкалы 1–10",
        ),
    ],
)
def test_a_wrong_answer_is_said_with_its_cell(
    tmp_path: Path, row: dict[str, object], said: str
) -> None:
    (found,) = said_of(tmp_path, {"№ вопроса": 2}, row)

    assert found.startswith(said)
