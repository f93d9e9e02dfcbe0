"""Widths of columns: words are not broken, tables are short, a person's widths stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen import russian
from docgen.errors import RegisterError
from docgen.model import Table
from docgen.ooxml.cell_lines import CELL_SLACK, Face, measured, pieces
from docgen.ooxml.column_widths import column_widths, demand_of, type_size
from docgen.ooxml.letter_widths import text_width
from docgen.ooxml.word_tables import table_xml
from tests.support.builders import table
from tests.support.shipped import prepared
from tests.support.table_shapes import table_shapes

UPRIGHT, LYING = 9354, 14570
PLAN = (
    ("№", "Мероприятие", "Срок", "Ответственный"),
    ("1", "Подготовка приказа и положения о наставничестве педагогов " * 4, "сентябрь", "Директор"),
    ("2", "Сбор сведений о наставниках и наставляемых " * 4, "октябрь", "Иванова А.П."),
)
URL = "https://school5.verhneozersk.example/upload/iblock/8f2/mentoring?section=plan&year=2026-2027"
"""An address as people paste it into a cell; with more of it, 115 letters and over."""


def height(made: Table, widths: list[int], size: int = 240) -> int:
    """Return the lines of a table, as LibreOffice breaks them or a few more."""
    lines = 0
    for number, row in enumerate(made.rows):
        column = most = 0
        for cell in row.cells:
            if cell is not None and cell.rows == 1:
                face = Face(is_bold=cell.is_bold or number < made.header_rows, size=size)
                room = sum(widths[column : column + cell.columns]) - CELL_SLACK
                most = max(most, measured(russian.typeset_closely(cell.text), face).lines(room))
            column += cell.columns if cell else 1
        lines += most
    return lines


def widths_of(made: Table, width: int = UPRIGHT) -> list[int]:
    size = type_size(made, width, russian.typeset_closely)
    assert size is not None
    widths = column_widths(made, width, russian.typeset_closely, size)
    assert sum(widths) == width
    return widths


def breaks_words(made: Table, widths: list[int], size: int) -> list[str]:
    """Return the words that are wider than their columns."""
    return [
        piece
        for number, row in enumerate(made.rows)
        for cell, width in zip(row.cells, widths, strict=False)
        if cell is not None and len(row.cells) == len(widths)
        for piece in pieces(russian.typeset_closely(cell.text))
        if Face(is_bold=cell.is_bold or number < made.header_rows, size=size).width(piece)
        > width - CELL_SLACK
    ]


def test_equal_columns_of_a_sheet_get_what_their_texts_need() -> None:
    made = table(*PLAN)
    number, deed, term, person = widths_of(made)
    assert number < 700
    assert deed > UPRIGHT / 2
    assert height(made, [number, deed, term, person]) < height(made, [UPRIGHT // 4] * 4) * 0.6


def test_widths_that_a_person_set_stay() -> None:
    made = replace(table(*PLAN), widths=(0.1, 0.3, 0.3, 0.3), set_widths=(True,) * 4)
    assert widths_of(made) == pytest.approx([935, 2806, 2806, 2806], abs=2)


def test_one_width_that_a_person_set_stays_and_the_others_share_the_rest() -> None:
    made = replace(
        table(*PLAN), widths=(0.1, 0.2, 0.4, 0.3), set_widths=(False, False, True, False)
    )
    number, deed, term, person = widths_of(made)
    assert term == pytest.approx(0.4 * UPRIGHT, abs=2)
    assert deed > person > number


def test_a_width_that_a_person_set_too_narrow_grows_to_its_longest_word() -> None:
    made = replace(table(*PLAN), widths=(0.05, 0.85, 0.05, 0.05), set_widths=(True,) * 4)
    widths = widths_of(made)
    assert breaks_words(made, widths, 240) == []


@pytest.mark.parametrize("share", [1.0, 3.0])
@pytest.mark.parametrize("url", [URL, URL * 2, "a" * 115, "mentoring-school@verhneozersk.example"])
def test_a_long_address_leaves_the_other_columns_their_words(url: str, share: float) -> None:
    made = table(*PLAN, ("3", "Сайт", "сентябрь", url))
    for kept in ((), (True,) * 4):
        shares = tuple(one / (3 + share) for one in (1, 1, 1, share))
        widths = widths_of(replace(made, widths=shares, set_widths=kept))
        assert breaks_words(table(*PLAN), widths, 240) == []


def test_a_column_to_fill_in_by_hand_keeps_room_to_write() -> None:
    rows = [(*row, "") for row in PLAN]
    rows[0] = (*PLAN[0], "✓")
    assert widths_of(table(*rows))[-1] >= 1701


def test_a_table_crowded_by_its_words_gets_smaller_type() -> None:
    words = ("профессионального", "образовательной", "информированности", "ответственный", "срок")
    crowded = table(words, words)
    assert type_size(table(*PLAN), UPRIGHT, str) == 240
    assert type_size(crowded, UPRIGHT, str) in {200, 220}
    assert type_size(crowded, LYING, str) == 240


@pytest.mark.parametrize("columns", [18, 19, 25])
def test_many_columns_of_numbers_stand_upright(columns: int) -> None:
    made = table(
        ("№", *(str(one) for one in range(1, columns))), ("7", *("10" for _ in range(1, columns)))
    )
    widths = widths_of(made)
    assert breaks_words(made, widths, 200) == []
    assert max(widths) < 3 * min(widths)


@pytest.mark.parametrize("columns", [19, 24])
def test_a_table_that_fits_no_page_is_refused_by_name(columns: int) -> None:
    made = table(*[["7", *["наставничество"] * columns]] * 2)
    assert type_size(made, LYING, str) is None
    with pytest.raises(RegisterError) as caught:
        table_xml(made, width=LYING, header_style="", text_style="")
    (problem,) = caught.value.problems
    assert problem.code == "wide-table"
    assert problem.where.sheet == "План"
    assert f"столбцов {columns + 1}" in problem.message
    assert "«наставничество»" in problem.message


def test_no_word_of_a_shape_is_broken_where_words_fit() -> None:
    for made in table_shapes(300):
        width = LYING if made.is_landscape else UPRIGHT
        size = type_size(made, width, str)
        if size is not None:
            words = demand_of(made, str, size).words
            widths = column_widths(made, width, str, size)
            assert all(one >= least for one, least in zip(widths, words, strict=True)), made.name


@pytest.mark.parametrize("is_bold", [False, True])
def test_digits_do_not_change_what_is_measured(*, is_bold: bool) -> None:
    face = Face(is_bold=is_bold)
    assert measured("с 1 по 28 мая 2027 г.", face) == measured("с 3 по 19 мая 2031 г.", face)


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("сентябрь-октябрь", "сентябрь-"),
        ("№\u00a0п/п", "№\u00a0п/п"),
        ("Р-145", "Р-145"),
        ("15.03.2026", "15.03.2026"),
        ("материалы/опыт", "материалы/"),
        ("два слова", "слова"),
    ],
)
def test_a_piece_ends_where_a_reader_expects_it(text: str, longest: str) -> None:
    assert measured(text).longest == -(-text_width(longest) * 240 // 1000)


BEFORE = {
    ("kameshkovo", "Дорожная карта"): ([912, 3069, 1631, 1972, 2054], 0.8),
    ("kameshkovo", "Форма дорожной карты"): ([1253, 1894, 4867, 3351, 1165, 2040], 0.95),
    ("belgorod", "План мероприятий"): ([886, 2677, 1768, 1949, 2358], 0.8),
}
"""The widths at which sheets were printed in proportion to what the workbook had, and how high the
tables may be now beside that."""


def test_tables_of_the_shipped_workspaces_are_short() -> None:
    for (name, sheet), (before, share) in BEFORE.items():
        ready = prepared(name)
        made = ready.workspace.tables[sheet]
        width = ready.library.house.text_width(is_landscape=made.is_landscape)
        assert width == sum(before)
        size = type_size(made, width, russian.typeset_closely)
        assert size is not None
        now = column_widths(made, width, russian.typeset_closely, size)
        assert height(made, now, size) * size <= share * height(made, before) * 240, sheet
