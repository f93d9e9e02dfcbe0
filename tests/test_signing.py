"""Where a paper is signed is read from its pages, whatever form the name stands in."""

from __future__ import annotations

import pytest

from docgen.build.signing import absent_signers, is_named, placed
from docgen.model import Signer

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
    signers = [("директор", NAME), ("секретарь", "Сухих Галина Павловна"), ("представитель", "")]

    assert absent_signers(signers, "Е.Д. Римская-Корсакова") == ["Сухих Галина Павловна"]


def test_a_signature_is_on_the_last_page_that_bears_the_name() -> None:
    texts = ["по приказу Римской-Корсаковой", "Е.Д. Римская-Корсакова", "Лист третий"]

    assert placed([("директор", NAME), ("субъект", "")], texts) == (
        Signer("директор", NAME, 2),
        Signer("субъект", "", 3),
    )
