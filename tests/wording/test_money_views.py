"""Sums of money print in rubles and kopecks, and so does what is counted with them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.environment import make_environment
from docgen.wording.money_views import MoneyView


def filled(text: str, **variables: Any) -> str:
    return make_environment().from_string(text).render(variables).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("3500.5", "3_500,50"),
        ("21000", "21_000"),
        ("21000.00", "21_000"),
        ("999.9", "999,90"),
        ("1000000.01", "1_000_000,01"),
        ("0", "0"),
        ("0.005", "0,01"),
        ("-1234.5", "-1_234,50"),
        ("123456789012345.67", "123_456_789_012_345,67"),
    ],
)
def test_a_sum_prints_with_parted_thousands_and_a_comma(value: str, printed: str) -> None:
    assert filled("{{ x }}", x=MoneyView(value)) == printed
    assert filled("{{ x ~ '' }}", x=MoneyView(value)) == printed
    assert filled("{{ x }}", x=Decimal(value)) == printed


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ x * 3 }}", "10_501,50"),
        ("{{ 3 * x }}", "10_501,50"),
        ("{{ x * 0.15 }}", "525,08"),
        ("{{ x / 3 }}", "1_166,83"),
        ("{{ x + 0.5 }}", "3_501"),
        ("{{ x - 500 }}", "3_000,50"),
        ("{{ 5000 - x }}", "1_499,50"),
        ("{{ -x }}", "-3_500,50"),
        ("{{ [x, x, x]|sum }}", "10_501,50"),
        ("{{ x|round(0) }}", "3_500"),
        ("{% if x > 3000 %}много{% endif %}", "много"),
        ("{{ x|кол('рубль') }}", "3_500,50_рубля"),
        ("{{ (x + 0.5)|кол('рубль') }}", "3_501_рубль"),
        ("{{ x|сумма }}", "3_500 (три тысячи пятьсот) рублей 50 копеек"),
        ("{{ x|сумма('род') }}", "3_500 (трёх тысяч пятисот) рублей 50 копеек"),
        ("{{ ''|сумма }}{{ ''|прописью('род') }}", ""),
        ("{{ 0|сумма }}", "0 (ноль) рублей 00 копеек"),
        ("{{ (-x)|сумма }}", "-3_500 (минус три тысячи пятьсот) рублей 50 копеек"),
    ],
)
def test_what_is_counted_with_a_sum_prints_as_a_sum(tag: str, printed: str) -> None:
    assert filled(tag, x=MoneyView("3500.50")) == printed


def test_a_sum_takes_no_words() -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        MoneyView(5) + "5"


@given(st.decimals(0, 10**12, places=2))
def test_a_printed_sum_reads_as_the_sum(value: Decimal) -> None:
    shown = str(MoneyView(value)).replace("\u00a0", "").replace(",", ".")
    assert Decimal(shown) == value
