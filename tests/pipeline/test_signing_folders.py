"""A paper is signed where its template marks it, else on the page that bears the name."""

from __future__ import annotations

import pytest

from docgen.model import MarkedSigner, Signer
from docgen.pages import Place
from docgen.pipeline.workspace.signature_places import absent_signers, is_named, place_signers

NAME = "Римская-Корсакова Елена Дмитриевна"


@pytest.mark.parametrize(
    "text",
    [
        "Директор Е.Д. Римская-Корсакова",
        "Римская-Корсакова Е. Д., учитель",
        "Я, Римская-Корсакова\nЕлена Дмитриевна, согласна",
        "Е.Д.\u00a0Римская-\nКорсакова",
    ],
)
def test_a_name_is_found_in_full_and_with_initials(text: str) -> None:
    assert is_named(NAME, text)


def test_somebody_else_of_that_surname_is_not_the_signer() -> None:
    assert not is_named(NAME, "А.Д. Римская-Корсакова")


def test_a_planned_signer_without_a_place_is_told() -> None:
    signers = [
        MarkedSigner("директор", NAME),
        MarkedSigner("секретарь", "Сухих Галина Павловна"),
        MarkedSigner("представитель", ""),
    ]

    assert absent_signers(signers, "Е.Д. Римская-Корсакова") == ["Сухих Галина Павловна"]


def test_without_a_mark_a_signature_is_on_the_last_page_that_bears_the_name() -> None:
    texts = ["по приказу Римской-Корсаковой", "Е.Д. Римская-Корсакова", "Лист третий"]
    signers = [MarkedSigner("директор", NAME, "sign_1"), MarkedSigner("субъект", "")]

    assert place_signers(signers, {}, lambda: texts) == (
        Signer("директор", NAME, 2),
        Signer("субъект", "", 3),
    )


# --- marked places ---------------------------------------------------------------------------


def unread() -> list[str]:
    raise AssertionError("the pages need not be read")


def people(mark: str, *names: str) -> list[MarkedSigner]:
    return [MarkedSigner("ознакомлен", name, mark) for name in names]


def test_each_signer_has_the_place_of_his_own_mark() -> None:
    signers = [*people("sign_1", "Мать"), *people("sign_2", "Сын")]
    places = {"sign_2": Place(1, 5.0, 90.0, 81.0), "Sign_1": Place(2, 7.0, 50.0, 41.0)}

    assert place_signers(signers, places, unread) == (
        Signer("ознакомлен", "Мать", 2, 7.0, 41.0),
        Signer("ознакомлен", "Сын", 1, 5.0, 81.0),
    )


def test_copies_of_a_mark_in_a_loop_belong_to_the_people_in_their_order() -> None:
    names = [f"Человек {number}" for number in range(1, 13)]
    places = {f"sign_1_{number}": Place(1, 0.0, 900.0 - number) for number in range(2, 13)}
    signers = place_signers(
        people("sign_1", *names), {**places, "sign_1": Place(1, 0.0, 899.0)}, unread
    )

    assert [one.y for one in signers] == [899.0 - number - 12 for number in range(12)]


def test_a_mark_on_each_line_of_a_position_is_signed_at_the_last() -> None:
    places = {"sign_1_2": Place(1, 9.0, 80.0, 70.0), "sign_1": Place(1, 5.0, 99.0, 90.0)}

    assert place_signers(people("sign_1", NAME), places, unread)[0].y == 70.0


@pytest.mark.parametrize("marks", [["sign_1"], ["sign_1", "sign_1_2", "sign_1_3"]])
def test_marks_that_do_not_match_the_people_tell_nothing(marks: list[str]) -> None:
    places = {mark: Place(1, 5.0, 90.0, 80.0) for mark in marks}
    signers = place_signers(people("sign_1", "Раз Два Три", NAME), places, lambda: ["", NAME])

    assert [(one.page, one.x, one.y) for one in signers] == [(2, None, None)] * 2


def test_another_mark_that_begins_alike_is_no_copy() -> None:
    places = {name: Place(1, 5.0, 90.0, 80.0) for name in ("sign_10", "sign_1x", "sign_1_")}

    assert place_signers(people("sign_1", NAME), places, list)[0].x is None
