"""«Вместо пары» names a pair of the register, is held to its term, and may still be words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from docgen.errors import Problem
from docgen.model import Phrase, Reference, Value
from tests.support.builders import (
    Cell,
    Row,
    RowsByRegister,
    checked,
    linked,
    order,
    pair,
    person,
    school,
    spot,
)

SHAPIRO, BELYKH = "Шапиро Анна Львовна", "Белых Иван Петрович"
VODKINA, TRAVINA = "Петрова-Водкина Ольга Ильинична", "Травина Вера Павловна"
STAFF = [person(one, "учитель") for one in (SHAPIRO, BELYKH, VODKINA, TRAVINA)]
JANUARY = dt.date(2027, 1, 11)


def rows_of(pairs: Sequence[Row], orders: Sequence[Row] = ()) -> RowsByRegister:
    return school({"пары": pairs, "приказы": orders}, staff=STAFF)


def replaced(text: str, *more: Row, **former: Cell) -> list[Row]:
    """Return a pair that has ended, and one from January that names what was before it so."""
    ended: Row = {"прекращена": JANUARY, "причина": "перевод", **former}
    return [
        pair(SHAPIRO, BELYKH, **ended),
        pair(TRAVINA, BELYKH, с=JANUARY, вместо=text),
        *more,
    ]


def said(pairs: Sequence[Row]) -> list[Problem]:
    return [one for one in checked(rows_of(pairs)) if one.code in {"former-pair", "unknown-ref"}]


def pointed(pairs: Sequence[Row], row: int = 1) -> Value:
    return linked(rows_of(pairs))[0].records["пары"][row].values["вместо"]


@pytest.mark.parametrize(
    "text",
    [
        "Шапиро – Белых",
        "Шапиро - Белых",
        "Шапиро-Белых",
        "шапиро—белых",
        "Шапиро А.Л. – Белых И.П.",
        "Шапиро А. Л. - Белых И. П.",
        "А.Л. Шапиро – И.П. Белых",
        "Шапиро Анна – Белых",
        f"{SHAPIRO} – {BELYKH}",
        "Шапиро – Белых (14.09.2026)",
        "Шапиро А.Л. – Белых И.П. (14.09.2026)",
        SHAPIRO,
    ],
)
def test_a_former_pair_is_known_by_each_of_its_names(text: str) -> None:
    pairs = replaced(text)
    value = pointed(pairs)
    assert isinstance(value, Reference)
    assert value.identity.startswith(SHAPIRO)
    assert said(pairs) == []


@pytest.mark.parametrize("text", ["Петрова-Водкина – Белых", "Петрова-Водкина-Белых"])
def test_a_surname_with_a_dash_is_half_of_a_pair(text: str) -> None:
    pairs = [
        pair(VODKINA, BELYKH, прекращена=JANUARY, причина="перевод"),
        pair(TRAVINA, BELYKH, с=JANUARY, вместо=text),
    ]
    assert isinstance(pointed(pairs), Reference)
    assert said(pairs) == []


@pytest.mark.parametrize(
    "text", ["Шапиро – Белыхх", "Шапира - Белых", "Шапиро А.Л. – Белыхх И.П.", "шапиро – белыхх"]
)
def test_a_mistyped_pair_is_an_error_that_offers_the_nearest(text: str) -> None:
    (problem,) = said(replaced(text))
    assert problem.is_error
    assert "возможно, вы имели в виду «Шапиро – Белых (14.09.2026)»" in problem.message
    assert spot(problem) == "вместо 3"


def test_other_initials_are_another_pair() -> None:
    (problem,) = said(replaced("Шапиро О.М. – Белых И.П."))
    assert (problem.code, problem.is_error) == ("unknown-ref", True)


@pytest.mark.parametrize("text", ["Травина – Белых", "Травина В.П. – Белых И.П."])
def test_a_pair_never_follows_itself(text: str) -> None:
    (problem,) = said(replaced(text))
    assert (problem.code, problem.is_error, spot(problem)) == ("former-pair", True, "вместо 3")
    assert "стоит она сама" in problem.message


def test_a_pair_may_follow_an_earlier_one_of_the_same_people() -> None:
    pairs = [
        pair(SHAPIRO, BELYKH, прекращена=dt.date(2026, 10, 1), причина="болезнь"),
        pair(SHAPIRO, BELYKH, с=JANUARY, вместо="Шапиро – Белых"),
    ]
    assert isinstance(pointed(pairs), Reference)
    assert said(pairs) == []


@pytest.mark.parametrize(
    ("former", "words"),
    [
        ({"прекращена": None, "причина": None}, "«Прекращена с» (L2) пусто"),
        ({"прекращена": dt.date(2027, 1, 12)}, "прекращена она позже, с 12.01.2027 (L2)"),
        ({"прекращена": dt.date(2027, 3, 1)}, "прекращена она позже, с 01.03.2027 (L2)"),
    ],
)
def test_a_former_pair_that_goes_on_is_told_with_both_cells(former: Row, words: str) -> None:
    (problem,) = said(replaced("Шапиро – Белых", **former))
    assert not problem.is_error
    assert spot(problem) == "прекращена 2"
    assert problem.message.startswith(
        "пара Шапиро – Белых: с 11.01.2027 вместо неё Травина – Белых (F3)"
    )
    assert words in problem.message


@pytest.mark.parametrize(
    "former",
    [
        {"прекращена": JANUARY},
        {"прекращена": dt.date(2026, 12, 31)},
        {"прекращена": None, "причина": None, "по": dt.date(2026, 12, 25)},
        {"прекращена": dt.date(2026, 9, 1), "причина": "отмена"},
    ],
)
def test_a_former_pair_that_has_ended_says_nothing(former: Row) -> None:
    assert said(replaced("Шапиро – Белых", **former)) == []


def test_a_pair_is_followed_once() -> None:
    pairs = replaced("Шапиро – Белых", pair(VODKINA, BELYKH, с=JANUARY, вместо="Шапиро – Белых"))
    (problem,) = said(pairs)
    assert (problem.is_error, spot(problem)) == (False, "вместо 4")
    assert "уже стоит Травина – Белых (N3)" in problem.message


def test_pairs_may_follow_each_other_in_turn() -> None:
    pairs = replaced(
        "Шапиро – Белых",
        pair(VODKINA, BELYKH, с=dt.date(2027, 3, 1), вместо="Травина – Белых"),
    )
    pairs[1] = {**pairs[1], "прекращена": dt.date(2027, 3, 1), "причина": "болезнь"}
    assert said(pairs) == []


@pytest.mark.parametrize(
    "text",
    [
        "взамен Шапиро А.Л.",
        "Шапиро А.Л.",
        "вместо А. Л. Шапиро, уволенной",
        "прежний наставник – Шапиро Анна",
    ],
)
def test_words_that_name_a_former_mentor_are_kept_and_offered_the_pair(text: str) -> None:
    pairs = replaced(text)
    assert pointed(pairs) == Phrase(text)
    (problem,) = said(pairs)
    assert (problem.is_error, spot(problem)) == (False, "вместо 3")
    assert "впишите «Шапиро – Белых»" in problem.message


def test_words_in_another_case_name_the_mentor() -> None:
    pairs = [
        pair(TRAVINA, BELYKH, прекращена=JANUARY, причина="перевод"),
        pair(SHAPIRO, BELYKH, с=JANUARY, вместо="взамен Травиной В.П."),
    ]
    (problem,) = said(pairs)
    assert "впишите «Травина – Белых»" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "взамен Ивановой И.И.",
        "Иванова Мария Петровна",
        "Шапиро О.М.",
        "Шапошников А.Л.",
        "в связи с увольнением прежнего наставника",
        "Петрова-Водкина",
        "взамен прежней – с января",
    ],
)
def test_words_that_name_no_pair_stay_words(text: str) -> None:
    pairs = replaced(text)
    assert pointed(pairs) == Phrase(text)
    assert said(pairs) == []


def test_a_mentor_who_guides_others_is_not_taken_for_a_former_one() -> None:
    pairs = [
        pair(SHAPIRO, VODKINA),
        pair(TRAVINA, BELYKH, с=JANUARY, вместо=SHAPIRO),
    ]
    assert pointed(pairs) == Phrase(SHAPIRO)
    assert said(pairs) == []


def test_a_signed_order_is_not_remarked() -> None:
    signed = order(имя="О парах", номер="5-од", о_чём="пары педагогов", состояние="подписан")
    pairs = [
        {**one, "приказ": "О парах"}
        for one in replaced("Шапиро – Белых", прекращена=None, причина=None)
    ]
    problems = checked(rows_of(pairs, [signed]))
    assert [one for one in problems if one.code == "former-pair"] == []


@pytest.mark.parametrize("text", ["1", "№ 2", "да", "Да.", "нет"])
def test_a_number_or_an_answer_names_no_pair_and_is_not_printed(text: str) -> None:
    (one,) = said(replaced(text))
    assert (one.code, one.is_error) == ("unknown-ref", True)
    assert f"«{text}»" in one.message


def test_a_pair_typed_the_wrong_way_round_is_offered() -> None:
    (one,) = said(replaced("Белых – Шапиро"))
    assert "возможно, вы имели в виду «Шапиро – Белых (14.09.2026)»" in one.message


def test_a_pair_of_two_others_is_told() -> None:
    ended: Row = {"прекращена": JANUARY, "причина": "перевод"}
    pairs = [
        pair(SHAPIRO, BELYKH, **ended),
        pair(TRAVINA, VODKINA, с=JANUARY, вместо="Шапиро – Белых"),
    ]
    (one,) = said(pairs)
    assert (one.code, one.is_error) == ("former-pair", False)
    assert "людей у них общих нет" in one.message
