"""Whose names a letter may hold: those who let its receiver have their data, on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from docgen.wording.receiver_consents import assigned_pairs, pairs_to_pass, people_not_to_pass
from docgen.wording.record_views import Scope
from docgen.wording.value_views import WordingError
from tests.support.builders import Cell, linked, order, pair, person, plain, school

ANNA, DENIS = "Орлова Вера Ивановна", "Ткач Илья Сергеевич"
CENTRE, OTHER = "МБУ «Центр»", "МБУ «Институт»"
DAY = dt.date(2026, 10, 20)
SIGNED = dt.date(2026, 9, 9)


def consent(who: str, **more: Cell) -> dict[str, Cell]:
    key = f"согласие_на_обработку_данных|{who}|Банк"
    return {"бумага": "Согласие", "ключ_бумаги": key, "подписано": SIGNED, **more}


def scope_with(
    *consents: dict[str, Cell],
    receiver: str = CENTRE,
    day: dt.date = DAY,
    of_pair: Mapping[str, Cell] = MappingProxyType({}),
) -> Scope:
    purpose: dict[str, Cell] = {
        "имя": "Банк",
        "для_кого": "работники",
        "цель": "ведение банка",
        "данные": "должность",
        "действия": "передача",
        "срок": dt.date(2027, 8, 31),
        "получатель": receiver,
    }
    rows = school(
        {
            "приказы": [order()],
            "пары": [pair(ANNA, DENIS, **{"приказ": "О внедрении", **of_pair})],
            "организации": [{"краткое": CENTRE}, {"краткое": OTHER}],
            "цели": [purpose],
            "подписи": list(consents),
        },
        staff=[person(ANNA, "методист"), person(DENIS, "учитель")],
    )
    made, problems = linked(rows)
    assert problems == []
    return Scope(made, day)


def centre_of(scope: Scope) -> Any:
    return scope.view(scope.workspace.records["организации"][0])


def silent_of(scope: Scope) -> list[str]:
    found = people_not_to_pass(scope, assigned_pairs(scope), centre_of(scope))
    return [plain(one) for one in found]


def test_a_pair_is_named_when_both_have_consented_to_this_receiver() -> None:
    scope = scope_with(consent(ANNA), consent(DENIS))

    assert silent_of(scope) == []
    assert len(pairs_to_pass(scope, assigned_pairs(scope), centre_of(scope))) == 1


def test_a_consent_for_another_receiver_allows_nothing() -> None:
    scope = scope_with(consent(ANNA), consent(DENIS), receiver=OTHER)

    assert silent_of(scope) == ["Орлова В.И.", "Ткач И.С."]
    assert pairs_to_pass(scope, assigned_pairs(scope), centre_of(scope)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"подписано": ""},
        {"подписано": dt.date(2026, 10, 21)},
        {"отказ": "да"},
        {"отозвано": dt.date(2026, 10, 1)},
        {"отозвано": dt.date(2026, 11, 1)},
        {"до": dt.date(2026, 10, 19)},
    ],
)
def test_a_consent_that_is_not_in_force_leaves_the_name_out(more: dict[str, Cell]) -> None:
    scope = scope_with(consent(ANNA), consent(DENIS, **more))

    assert silent_of(scope) == ["Ткач И.С."]


def test_of_a_consent_that_two_sign_both_signatures_count() -> None:
    scope = scope_with(consent(ANNA), consent(DENIS), consent(DENIS, подписано=""))

    assert silent_of(scope) == ["Ткач И.С."]


@pytest.mark.parametrize(
    "of_pair",
    [
        {"прекращена": dt.date(2026, 10, 1), "причина": "перевод"},
        {"по": dt.date(2026, 10, 19)},
        {"приказ": ""},
    ],
)
def test_pairs_that_are_over_or_that_no_order_has_assigned_are_not_told(
    of_pair: dict[str, Cell],
) -> None:
    assert assigned_pairs(scope_with(of_pair=of_pair)) == []


def test_pairs_assigned_after_the_day_of_the_letter_are_not_told() -> None:
    assert assigned_pairs(scope_with(day=dt.date(2026, 8, 1))) == []


def test_consents_are_asked_for_pairs_and_a_body_alone() -> None:
    scope = scope_with()
    with pytest.raises(WordingError):
        pairs_to_pass(scope, ["Орлова"], centre_of(scope))
    with pytest.raises(WordingError):
        people_not_to_pass(scope, assigned_pairs(scope), CENTRE)
