"""Means of answers, and events of a programme by months."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.wording import fill_line
from docgen.wording.programmes import Programme, ProgrammeRow
from docgen.wording.value_views import WordingError
from tests.support.house import House
from tests.support.shipped import ready_at


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
