"""Which known name a mistyped one may have meant, and how messages propose it."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.suggestions import (
    FAIRLY_NEAR,
    NEAR,
    NEAREST_OF_ALL,
    likeness_of,
    nearest,
    suggestion,
    suggestion_or_choices,
    suggestion_sentence,
)

REGISTERS = ("сотрудники", "дети", "приказы")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("сотрудник", "сотрудники"),
        ("Приказы", "приказы"),
        ("ПРИКАЗ", "приказы"),
        ("пары", None),
        ("", None),
    ],
)
def test_the_name_most_like_what_was_typed_is_proposed_if_it_is_near(
    typed: str, name: str | None
) -> None:
    assert nearest(typed, REGISTERS) == name


def test_case_does_not_count_unless_the_caller_says_so() -> None:
    assert nearest("ДЕТИ", REGISTERS) == "дети"
    assert nearest("ДЕТИ", REGISTERS, fold=str) is None


def test_of_two_names_that_fold_to_one_the_later_is_proposed() -> None:
    assert nearest("директор", ["Директор", "ДИРЕКТОР"]) == "ДИРЕКТОР"


def test_freely_worded_titles_are_proposed_from_further_off() -> None:
    assert likeness_of("план", "план на год") == pytest.approx(8 / 15)
    assert nearest("план", ["план на год"]) is None
    assert nearest("план", ["план на год"], likeness=FAIRLY_NEAR) == "план на год"


def test_the_most_alike_of_all_is_proposed_however_unlike_it_is() -> None:
    assert nearest("Книга", ["xyz"], likeness=NEAREST_OF_ALL) == "xyz"
    assert nearest("Книга", [], likeness=NEAREST_OF_ALL) is None


def test_a_suggestion_ends_a_message_or_stands_as_a_sentence() -> None:
    assert suggestion("приказ", REGISTERS) == "; возможно, вы имели в виду «приказы»"
    assert suggestion("пары", REGISTERS) == ""
    assert suggestion_sentence("приказ", REGISTERS) == " Возможно, вы имели в виду «приказы»."
    assert suggestion_sentence("пары", REGISTERS) == ""


def test_when_nothing_is_near_the_choices_are_listed() -> None:
    assert suggestion_or_choices("приказ", REGISTERS) == "; возможно, вы имели в виду «приказы»"
    assert suggestion_or_choices("пары", ["", *REGISTERS]) == "; можно: сотрудники, дети, приказы"
    assert suggestion_or_choices("пары", []) == ""


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=5))
def test_what_is_proposed_is_known_and_no_other_name_is_nearer(
    typed: str, known: list[str]
) -> None:
    found = nearest(typed, known, fold=str)
    ratios = [difflib.SequenceMatcher(None, name, typed).ratio() for name in known]
    assert (found is None) == (max(ratios, default=0) < NEAR)
    assert found is None or likeness_of(found, typed) == max(ratios)
