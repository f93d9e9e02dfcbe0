"""How acts are cited: one sign before the number, one pair of quotation marks."""

from __future__ import annotations

import pytest

from docgen.wording import order_number
from docgen.wording.acts import quoted, without_quotes


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("№ N Р-145", "Р-145"),
        ("N 273-ФЗ", "273-ФЗ"),
        ("N273-ФЗ", "273-ФЗ"),
        ("№147-од", "147-од"),
        ("No. 7", "7"),
        ("# 5", "5"),
        ("НТ-944/08", "НТ-944/08"),
        ("N-5", "N-5"),
        ("№ ____", ""),
    ],
)
def test_a_number_is_printed_with_one_sign(typed: str, number: str) -> None:
    assert order_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Об утверждении", "«Об утверждении»"),
        ("«Об утверждении»", "«Об утверждении»"),
        ('"Об утверждении"', "«Об утверждении»"),
        ("“Об утверждении”", "«Об утверждении»"),
        ("««Об утверждении»»", "«Об утверждении»"),
        ("Об утверждении «Порядка»", "«Об утверждении «Порядка»"),
        ("«Об утверждении «Порядка»»", "«Об утверждении «Порядка»"),
        ("«Об утверждении «Порядка»", "«Об утверждении «Порядка»"),
        ("«Школа» и «Дом»", "«Школа» и «Дом»"),
        ("«Точка роста»: план работы", "«Точка роста»: план работы»"),
        ('"Точка" и "Квант"', '«"Точка" и "Квант"»'),
    ],
)
def test_a_title_is_printed_in_one_pair_of_quotation_marks(typed: str, printed: str) -> None:
    assert quoted(without_quotes(typed)) == printed
