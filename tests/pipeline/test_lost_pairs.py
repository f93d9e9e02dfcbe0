"""Pairs of a signed order that the book has lost are one line, which asks for no other order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from docgen.model import Phrase, Reference
from docgen.pipeline.output.archive_changes import is_same_value
from docgen.pipeline.output.ledger import hash_read
from tests.support.signed_school import ask
from tests.support.small_root import Sheets, make_root, make_school, run, sign_orders

Change = Callable[[Sheets], object]


def two_pairs(sheets: Sheets) -> None:
    second = deepcopy(sheets["Пары"][1])
    second[2] = "Сидоров Иван Петрович"
    sheets["Пары"].append(second)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_root(tmp_path_factory.mktemp("пары"))

    def signed(sheets: Sheets) -> None:
        two_pairs(sheets)
        sign_orders(sheets)

    assert run("build", make_school(made, two_pairs), "--no-pdf") == 0
    assert run("build", make_school(made, signed), "--no-pdf") == 0
    return made


def said(root: Path, change: Change, capsys: pytest.CaptureFixture[str]) -> list[str]:
    def all_of(sheets: Sheets) -> None:
        two_pairs(sheets)
        sign_orders(sheets)
        change(sheets)

    answer = ask(capsys, "check", make_school(root, all_of))
    assert answer.code == 0
    return [line for line in answer.text.splitlines() if "[frozen-differs]" in line]


def lose(*rows: int) -> Change:
    def change(sheets: Sheets) -> None:
        for row in sorted(rows, reverse=True):
            del sheets["Пары"][row]

    return change


def end(sheets: Sheets) -> None:
    sheets["Пары"][1][7] = dt.date(2027, 1, 11)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((2,), "его пары в книге больше нет: Петрова – Сидоров. Верните"),
        ((1,), "его пары в книге больше нет: Петрова – Кузнецов. Верните"),
        ((1, 2), "его пар в книге больше нет: Петрова – Кузнецов, Петрова – Сидоров. Верните"),
    ],
)
def test_lost_pairs_are_one_line_and_need_no_order(
    root: Path, capsys: pytest.CaptureFixture[str], rows: tuple[int, ...], words: str
) -> None:
    (line,) = said(root, lose(*rows), capsys)
    assert "приказ № 163-од «О парах» подписан и остаётся прежним" in line
    assert words in line
    assert "ей ставят «Прекращена с» и причину" in line
    assert "нужен приказ" not in line


def test_pairs_that_are_there_say_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(root, lose(), capsys) == []


def test_a_pair_that_ends_early_still_needs_an_order(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = said(root, end, capsys)
    assert "изменился столбец «Прекращена с»; нужен" in line


def test_a_pair_that_moved_to_another_order_is_not_lost(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def move(sheets: Sheets) -> None:
        order = [*sheets["Приказы"][2]]
        order[0], order[1], order[6] = "О парах 2", "170-од", "проект"
        sheets["Приказы"].append(order)
        sheets["Пары"][2][6] = "О парах 2"

    lines = said(root, move, capsys)
    assert lines
    assert all("в книге больше нет" not in line for line in lines)


@pytest.mark.parametrize(
    ("value", "is_same"),
    [
        (Phrase("Петрова А.С."), True),
        (Reference("пары", "Петрова | Ткач | 2026-09-14", "Петрова А.С."), True),
        ("Петрова А.С.", True),
        (Phrase("Петрова А.М."), False),
        (Reference("пары", "text='Петрова А.С.'", "Петрова – Ткач"), False),
        (None, False),
    ],
)
def test_words_of_a_text_that_is_a_reference_now_are_the_same(
    value: object, *, is_same: bool
) -> None:
    assert is_same_value(repr("Петрова А.С."), repr(value)) is is_same
    hashed = f"blake2b:ключ:{hash_read(repr('Петрова А.С.'), 'ключ')}"
    assert is_same_value(hashed, repr(value)) is is_same


def test_one_order_of_a_column_that_holds_several_now_is_the_one_that_was_signed() -> None:
    kept = Reference("приказы", "О парах (второй)", "О парах (второй)")
    other = Reference("приказы", "О плане", "О плане")

    assert is_same_value(repr(kept), repr((kept,)))
    assert not is_same_value(repr(kept), repr((other,)))
    assert not is_same_value(repr(kept), repr((kept, other)))
