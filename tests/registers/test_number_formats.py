"""Numbers, days and texts as Russian Excel shows them under a format.

The right values are Excel's: those of its documentation (ECMA-376 part 1, 18.8.30 and 18.8.31), and
what people see in their books; two libraries that others test against Excel agree on the numbers.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from docgen import registers
from docgen.errors import Location
from docgen.registers.number_formats import parse_format
from docgen.registers.shown_numbers import decimal_of
from docgen.registers.shown_text import number_of, shown_number
from tests.registers.test_table_sheets import BOOK, codes, read_table, texts
from tests.registers.test_xlsx_reader import with_part

SEPTEMBER = dt.datetime(2026, 9, 1)  # noqa: DTZ001 - Excel knows no zones
MORNING = dt.datetime(2026, 9, 1, 9, 5, 7)  # noqa: DTZ001
ACCOUNTS = r'_-* #,##0.00\ _₽_-;\-* #,##0.00\ _₽_-;_-* "-"??\ _₽_-;_-@_-'
ROUBLES = r'_-* #,##0.00\ "₽"_-;\-* #,##0.00\ "₽"_-;_-* "-"??\ "₽"_-;_-@_-'

NUMBERS: Sequence[tuple[float, str, str]] = (
    # whole numbers and fractions
    (7, "0000", "0007"),
    (1.5, "0", "2"),
    (2.5, "0", "3"),
    (-1.5, "0", "-2"),
    (-0.4, "0", "0"),
    (-0.6, "0", "-1"),
    (1.005, "0.00", "1,01"),
    (-2.345, "0.00", "-2,35"),
    (2.1, "0.00", "2,10"),
    (1e-7, "0.00", "0,00"),
    (1e20, "0", "100000000000000000000"),
    (12345678901, "0", "12345678901"),
    (3, "0.##", "3,"),
    (3.1, "0.##", "3,1"),
    (3, "0.0?", "3,0"),
    (3.25, "0.0?", "3,25"),
    (0, "#", ""),
    (5, "#", "5"),
    (0.5, "#.00", ",50"),
    (12.5, ".00", "12,50"),
    (1.25, "#,##0.0##", "1,25"),
    (5, '??0" шт."', "5 шт."),
    (1.5, '0.??" кг"', "1,5 кг"),
    # thousands, scale, parts of a hundred
    (3500.5, "#,##0.00", "3 500,50"),
    (21000, "#,##0", "21 000"),
    (1234567.5, "#,##0.00", "1 234 567,50"),
    (-1234567, "#,##0", "-1 234 567"),
    (5, "0,000", "0 005"),
    (15000, "#,##0,", "15"),
    (1500, "#,##0,", "2"),
    (12345678, "#,##0.0,", "12 345,7"),
    (5000000, '0.0,,"\u00a0млн"', "5,0 млн"),
    (5000000, '0.0,," млн"', "5,0 млн"),
    (2500, '0.0," тыс. руб."', "2,5 тыс. руб."),
    (0.255, "0%", "26%"),
    (0.255, "0.0%", "25,5%"),
    (0.12345, "0.00 %", "12,35 %"),
    (-0.5, "0%", "-50%"),
    (5, r"0\%", "5%"),
    # sections and conditions
    (-5, "#,##0.00;[Red](#,##0.00)", "(5,00)"),
    (-5, "0_);(0)", "(5)"),
    (5, "0_);(0)", "5"),
    (5, "+0;-0;0", "+5"),
    (1, '"Да";;"Нет"', "Да"),
    (0, '"Да";;"Нет"', "Нет"),
    (-1, '"Да";;"Нет"', ""),
    (-1, '"Да";"Да";"Нет"', "Да"),
    (1, '"☑";;"☐"', "☑"),
    (0, "0;-0;;@", ""),
    (0, "0;;", ""),
    (0, '0;-0;"–"', "–"),
    (0, '0;-0;"нет"', "нет"),
    (5, '[>=5]"да";"нет"', "да"),
    (3, '[>=5]"да";"нет"', "нет"),
    (1500, '[>=1000]0.0," тыс.";0', "1,5 тыс."),
    (500, '[>=1000]0.0," тыс.";0', "500"),
    (-5, '[>=1000]0.0," тыс.";0', "-5"),
    (5e6, '[>=1000000]0.0,," млн";[>=1000]0.0," тыс.";0', "5,0 млн"),
    (2500, '[>=1000000]0.0,," млн";[>=1000]0.0," тыс.";0', "2,5 тыс."),
    (12, '[>=1000000]0.0,," млн";[>=1000]0.0," тыс.";0', "12"),
    (-7, '[>=1000000]0.0,," млн";[>=1000]0.0," тыс.";0', "-7"),
    (1, '[=1]0" год";[<5]0" года";0" лет"', "1 год"),
    (3, '[=1]0" год";[<5]0" года";0" лет"', "3 года"),
    (7, '[=1]0" год";[<5]0" года";0" лет"', "7 лет"),
    (-5, '[<0]"минус "0;0', "минус 5"),
    (5, "[Красный][<10]0.0;[Синий]0", "5,0"),
    (1234567, "[<=9999999]###-####;(###) ###-####", "123-4567"),
    (89161234567, "[<=9999999]###-####;(###) ###-####", "(8916) 123-4567"),
    # masks and words
    (1234567, "000-00-00", "123-45-67"),
    (12, "000-00-00", "000-00-12"),
    (12345678900, r"000\-000\-000\ 00", "123-456-789 00"),
    (89161234567, r"0\-000\-000\-00\-00", "8-916-123-45-67"),
    (3, '0" чел."', "3 чел."),
    (-3, '0" чел."', "-3 чел."),
    (7, '"№ "0', "№ 7"),
    (1, r"\№0", "№1"),
    (5, '0"-е"', "5-е"),
    (2026, '0"/2027"', "2026/2027"),
    (12, '0" дн."', "12 дн."),
    (3, '0" d"', "3 d"),
    (3, r"0\ \d", "3 d"),
    (5, '#" час."', "5 час."),
    (5, "0г.", "5г."),
    (3, "0 чел.", "3 чел."),
    (5, 'General" шт."', "5 шт."),
    (1.5, 'General" шт."', "1,5 шт."),
    (5, '"гр. "@', "гр. 5"),
    (5, "@", "5"),
    # money
    (1234.5, ACCOUNTS, "1 234,50"),
    (-1234.5, ACCOUNTS, "-1 234,50"),
    (0, ACCOUNTS, "-"),
    (1234.5, ROUBLES, "1 234,50 ₽"),
    (-7, ROUBLES, "-7,00 ₽"),
    (0, ROUBLES, "- ₽"),
    (1234.5, r"#,##0.00\ [$₽-419]", "1 234,50 ₽"),
    (1000, r"#,##0\ [$руб.-419]", "1 000 руб."),
    (1500, '#,##0.00"р."', "1 500,00р."),
    (-1, r'#,##0.00\ "₽";[Red]\-#,##0.00\ "₽"', "-1,00 ₽"),
    (5000, '"₽"* #,##0', "₽ 5 000"),
    (5, "[$$-409]#,##0.00", "$5,00"),
    (5, '"Итого"*.0', "Итого 5"),
    (5, "0*-", "5"),
    (1.5, "Основной", "1,5"),
    (5.25, 'Основной" ч."', "5,25 ч."),
    (1234.5, '"$"#,##0.00_);("$"#,##0.00)', "1 234,50 ₽"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "-1 234,50"),
    # vulgar fractions
    (0.5, "# ?/?", "1/2"),
    (1.25, "# ?/?", "1 1/4"),
    (-1.5, "# ?/?", "-1 1/2"),
    (2, "# ?/?", "2"),
    (0, "# ?/?", "0"),
    (0.3, "# ?/?", "2/7"),
    (0.99, "# ?/?", "1"),
    (1.25, "?/?", "5/4"),
    (0, "?/?", "0/1"),
    (0.5, "0 ?/?", "0 1/2"),
    (3.14159, "# ??/??", "3 1/7"),
    (0.23, "# ??/??", "3/13"),
    (3.14159265, "# ???/???", "3 16/113"),
    (0.5, "# ??/100", "50/100"),
    (1.25, "# ??/100", "1 25/100"),
    (1.3, "# ?/10", "1 3/10"),
    (0.3, "# ?/8", "2/8"),
    (2.5, "# ?/2", "2 1/2"),
    (1.5, '# ?/?" ст."', "1 1/2 ст."),
    (2, '# ?/?" ст."', "2 ст."),
    # exponents
    (1234567, "0.00E+00", "1,23E+06"),
    (0, "0.00E+00", "0,00E+00"),
    (0.00012345, "0.00E+00", "1,23E-04"),
    (-1234567, "0.00E+00", "-1,23E+06"),
    (999900, "0.00E+00", "1,00E+06"),
    (12345, "##0.0E+0", "12,3E+3"),
    (999999, "##0.0E+0", "1,0E+6"),
    (0.0012345, "##0.0E+0", "1,2E-3"),
    (12345, "0.0E-0", "1,2E4"),
    (1e100, "0.00E+00", "1,00E+100"),
    # no format
    (0.3, "General", "0,3"),
    (0.1 + 0.2, "General", "0,3"),
    (1 / 3, "General", "0,333333333"),
    (-2 / 3, "General", "-0,666666667"),
    (1234.56789012, "General", "1234,56789"),
    (123456.123456789, "General", "123456,1235"),
    (1234567890.5, "General", "1234567891"),
    (12345678901, "General", "12345678901"),
    (770123456789, "General", "770123456789"),
    (5.0, "General", "5"),
    (0.00001, "General", "0,00001"),
    (0.000012345678, "General", "1,23457E-05"),
    (1e-10, "General", "1E-10"),
    (99999999999.7, "General", "1E+11"),
    (1e20, "General", "1E+20"),
    (1.5, "", "1,5"),
)

DAYS: Sequence[tuple[Any, str, str]] = (
    (SEPTEMBER, "mmmm yyyy", "сентябрь 2026"),
    (SEPTEMBER, "[$-419]mmmm yyyy;@", "Сентябрь 2026"),
    (SEPTEMBER, "[$-ru-RU]mmmm yyyy", "Сентябрь 2026"),
    (SEPTEMBER, "[$-F419]yyyy, mmmm;@", "2026, сентябрь"),
    (SEPTEMBER, "[$-FC19]dd mmmm yyyy г.;@", "01 сентября 2026 г."),
    (SEPTEMBER, "[$-FC19]yyyy, dd mmmm;@", "2026, 01 сентября"),
    (SEPTEMBER, r"[$-FC19]dd\ mmmm\ yyyy\ \г\.;@", "01 сентября 2026 г."),
    (SEPTEMBER, "[$-ru-RU-x-genlower]d mmmm", "1 сентября"),
    (SEPTEMBER, "d mmmm", "1 сентября"),
    (SEPTEMBER, 'd mmmm yyyy" года"', "1 сентября 2026 года"),
    (SEPTEMBER, '"до "d mmmm', "до 1 сентября"),
    (SEPTEMBER, "mmmm", "сентябрь"),
    (SEPTEMBER, 'mmmm yyyy" г."', "сентябрь 2026 г."),
    (SEPTEMBER, "mmmmm", "с"),
    (SEPTEMBER, "[$-419]mmmmm;@", "С"),
    (SEPTEMBER, "mmm-yy", "сен.26"),
    (SEPTEMBER, r"mmm\-yy", "сен-26"),
    (SEPTEMBER, "d-mmm-yy", "01.сен.26"),
    (SEPTEMBER, "d-mmm", "01.сен"),
    (SEPTEMBER, "dd mmm", "01 сен"),
    (SEPTEMBER, "[$-419]d mmm yyyy", "1 сен 2026"),
    (SEPTEMBER, "yyyy", "2026"),
    (SEPTEMBER, "yy", "26"),
    (SEPTEMBER, 'yyyy"/2027"', "2026/2027"),
    (SEPTEMBER, 'yyyy" год"', "2026 год"),
    (SEPTEMBER, "dddd", "вторник"),
    (SEPTEMBER, "ddd", "Вт"),
    (SEPTEMBER, "dddd, d mmmm", "вторник, 1 сентября"),
    (SEPTEMBER, "dd.mm", "01.09"),
    (SEPTEMBER, "mm.yyyy", "09.2026"),
    (SEPTEMBER, "d.m.yy", "1.9.26"),
    (SEPTEMBER, "dd.mm.yy", "01.09.26"),
    (SEPTEMBER, "DD.MM.YYYY", "01.09.2026"),
    (SEPTEMBER, "mm-dd-yy", "01.09.2026"),
    (SEPTEMBER, "m/d/yy h:mm", "01.09.2026 0:00"),
    (SEPTEMBER, "dd/mm/yyyy", "01.09.2026"),
    (SEPTEMBER, r"dd\/mm\/yyyy", "01/09/2026"),
    (SEPTEMBER, "dd-mm-yyyy", "01-09-2026"),
    (SEPTEMBER, "yyyy-mm-dd", "2026-09-01"),
    (SEPTEMBER, '"до "dd.mm.yyyy', "до 01.09.2026"),
    (SEPTEMBER, '"до "dd.mm.yyyy" г."', "до 01.09.2026 г."),
    (SEPTEMBER, 'dd.mm.yyyy" г."', "01.09.2026 г."),
    (SEPTEMBER, "с dd.mm.yyyy", "с 01.09.2026"),
    (SEPTEMBER, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "1 сентября 2026 г."),
    (SEPTEMBER, r"[$-x-sysdate]dddd\,\ mmmm\ dd\,\ yyyy", "1 сентября 2026 г."),
    (SEPTEMBER, "[$-409]mmmm d, yyyy", "September 1, 2026"),
    (SEPTEMBER, "[$-409]d-mmm-yy;@", "1-Sep-26"),
    (SEPTEMBER, "[Red]dd.mm.yyyy;@", "01.09.2026"),
    (SEPTEMBER, "_(dd.mm.yyyy_)", "01.09.2026"),
    (SEPTEMBER, "* dd.mm.yyyy", "01.09.2026"),
    (SEPTEMBER, '[<46000]"поздно";dd.mm.yyyy', "01.09.2026"),
    (dt.datetime(2026, 5, 1), "dd mmm", "01 май"),  # noqa: DTZ001
    (dt.datetime(2026, 5, 1), "d mmmm", "1 мая"),  # noqa: DTZ001
    (MORNING, "dd.mm.yyyy h:mm", "01.09.2026 9:05"),
    (MORNING, "hh:mm:ss", "09:05:07"),
    (MORNING, "h:mm", "9:05"),
    (MORNING, "mm:ss", "05:07"),
    (MORNING, "mmss.0", "05:07,0"),
    (MORNING, "h:mm AM/PM", "9:05 AM"),
    (MORNING, '"к "h" ч. "mm" мин."', "к 9 ч. 05 мин."),
    (MORNING, "[$-F400]h:mm:ss\\ AM/PM", "9:05:07"),
    (MORNING, "[$-x-systime]h:mm:ss\\ AM/PM", "9:05:07"),
    (dt.time(18, 0), "h:mm", "18:00"),
    (dt.time(18, 0), "h:mm AM/PM", "6:00 PM"),
    (dt.time(0, 30), "h:mm A/P", "12:30 A"),
    (dt.timedelta(days=1, hours=12), "[h]:mm", "36:00"),
    (dt.timedelta(hours=26, minutes=3), '[h]" ч "mm" мин"', "26 ч 03 мин"),
    (dt.timedelta(minutes=90, seconds=5), "[mm]:ss", "90:05"),
    (dt.timedelta(seconds=75), "[ss]", "75"),
    (dt.timedelta(hours=26), "[h]:mm:ss", "26:00:00"),
    (0, "dd.mm.yyyy", "00.01.1900"),
    (0, "dd.mm.yyyy;;", ""),
    (60, "dd.mm.yyyy", "29.02.1900"),
    (1.999999999, "h:mm", "0:00"),
)


def number_in(value: Any) -> Decimal:
    found = number_of(value)
    assert found is not None
    return found


@pytest.mark.parametrize(("value", "code", "shown"), [*NUMBERS, *DAYS])
def test_a_number_shows_as_in_russian_excel(value: Any, code: str, shown: str) -> None:
    found = shown_number(number_in(value), code)
    assert found.replace("\u00a0", " ") == shown.replace("\u00a0", " ")
    assert not re.search(r"\d \d{3}(?!\d)", found) or "/" in found or "-" in found


def test_thousands_are_parted_by_a_blank_that_no_line_ends_at() -> None:
    assert shown_number(Decimal(1234567), "#,##0") == "1\u00a0234\u00a0567"


# --- whatever the format ---------------------------------------------------------------------

WORDS = ("до ", " г.", " чел.", "№ ", "да", "нет", " млн", "д", "м", "Y", "0", "#", "%", "/", ";")
PIECES = st.sampled_from(
    [
        *[f'"{word}"' for word in WORDS],
        *[rf"\{word[0]}" for word in WORDS],
        *["0", "#", "?", "0.00", "#,##0", ",", ".", "%", "E+00", "E-0", "/", "?/?", "/8", "@"],
        *["General", "d", "dd", "dddd", "m", "mm", "mmmm", "yyyy", "yy", "h", "mm", "ss", ".0"],
        *["[h]", "[mm]", "AM/PM", "[Red]", "[>5]", "[<=-1]", "[$-419]", "[$-FC19]", "[$₽-419]"],
        *["_-", "* ", " ", "-", "(", ")", ":", ";", "г.", "q"],
    ]
)
CODES = st.lists(PIECES, max_size=9).map("".join)
VALUES = st.one_of(
    st.integers(-(10**9), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-1000, 60000, places=3).map(float),
)


@given(VALUES, CODES)
@example(1e308, "0.00E+00")
@example(5e-324, "General")
@example(-1e308, "# ?/?")
@example(3.3, "[h]:mm;@")
@example(1e308, f"0.{'0' * 240}")
@example(1e308, f"{'#,##' * 60}0.{'?' * 9}%%%")
def test_any_number_shows_under_any_format(value: float, code: str) -> None:
    shown = shown_number(decimal_of(value), code)
    assert shown == shown.strip()
    assert not re.search("[\ue000-\uf8ff]", shown)


@given(VALUES, st.text(max_size=12))
def test_any_text_is_a_format(value: float, code: str) -> None:
    shown_number(decimal_of(value), code)


@given(
    st.integers(0, 60000),
    st.lists(st.sampled_from([f'"{word}"' for word in ("до ", "год", "№", "а;б")]), max_size=3),
    st.sampled_from(["0", "#,##0.00", "0%", "dd.mm.yyyy", "mmmm yyyy", "h:mm", "# ?/?", "0.0E+0"]),
    st.lists(st.sampled_from([f'"{word}"' for word in (" г.", " шт", "%", "-е")]), max_size=3),
)
def test_no_word_of_a_format_is_lost(
    value: int, before: list[str], marks: str, after: list[str]
) -> None:
    shown = shown_number(Decimal(value), "".join([*before, marks, *after]))
    words = [word.strip('"') for word in (*before, *after)]
    at = 0
    for word in words:
        at = shown.find(word.strip(), at)
        assert at >= 0, (word, shown)
        at += len(word.strip())


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_shown_is_the_number_rounded(value: Decimal) -> None:
    shown = shown_number(value, "#,##0.00").replace("\u00a0", "").replace(",", ".")
    assert abs(Decimal(shown) - value) <= Decimal("0.005")


@given(st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)))
def test_every_day_shows_as_itself(day: dt.date) -> None:
    assert shown_number(number_in(day), "dd.mm.yyyy") == f"{day:%d.%m.%Y}"


def test_a_format_is_taken_apart_once() -> None:
    assert parse_format('0" шт."') is parse_format('0" шт."')


# --- cells of a sheet ------------------------------------------------------------------------


def styled(*cells: tuple[Any, str]) -> tuple[list[list[object]], Any]:
    """Return the rows of a sheet, a value in each, and what gives them their formats."""

    def set_formats(workbook: Workbook) -> None:
        for row, (_, code) in enumerate(cells, start=2):
            workbook["План"].cell(row, 2).number_format = code

    rows = [["№", "Срок"], *([number, value] for number, (value, _) in enumerate(cells, start=1))]
    return rows, set_formats


def shown_on_sheet(folder: Path, *cells: tuple[Any, str]) -> list[str | None]:
    table, problems = read_table(folder, *styled(*cells))
    assert not problems
    return [row[1] for row in texts(table)[1:]]


def test_a_sheet_that_is_printed_shows_its_cells_as_excel_does(tmp_path: Path) -> None:
    values = [(value, code) for value, code, _ in (*NUMBERS, *DAYS) if code and value != 60]
    shown = shown_on_sheet(tmp_path, *values, ("конец", "@"))
    wanted = [text for value, code, text in (*NUMBERS, *DAYS) if code and value != 60]
    plain = [(text or "").replace("\u00a0", " ") for text in shown]
    assert plain == [*[text.replace("\u00a0", " ") for text in wanted], "конец"]


def test_a_text_has_the_words_of_its_format(tmp_path: Path) -> None:
    cells = [
        ("5 «А»", '"класс "@'),
        ("иванов", "0;-0;;@"),
        ("слово", "dd.mm.yyyy;@"),
        ("слово", "0.00"),
        ("слово", '0;0;0;"нет"'),
    ]
    assert shown_on_sheet(tmp_path, *cells) == [
        "класс 5 «А»",
        "иванов",
        "слово",
        "слово",
        "нет",
    ]


def test_a_truth_is_no_number_whatever_its_format(tmp_path: Path) -> None:
    assert shown_on_sheet(tmp_path, (True, "0.00"), (False, "General")) == ["ИСТИНА", "ЛОЖЬ"]


def test_a_number_beyond_all_numbers_is_said_and_not_printed(tmp_path: Path) -> None:
    shown = shown_on_sheet(tmp_path, ("1E999", "@"), (7, "0.00"))
    path = tmp_path / BOOK
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    endless = sheet.replace("<v>7</v>", "<v>1E999</v>").encode()
    path.write_bytes(with_part(path.read_bytes(), "xl/worksheets/sheet1.xml", endless))
    books = registers.open_books(tmp_path, shown="registers/дом")
    tables, problems = registers.read_tables(books, {"План": Location()})
    assert (shown, texts(tables["План"])[2][1]) == (["1E999", "7,00"], "")
    assert [(one.code, one.where.cell) for one in problems] == [("cell-error", "B3")]


def test_a_book_that_counts_from_1904_shows_the_same_days(tmp_path: Path) -> None:
    cells = [(SEPTEMBER, "mmmm yyyy"), (dt.timedelta(hours=30), "[h]:mm"), (dt.time(9), "h:mm")]
    rows, set_formats = styled(*cells)

    def count_from_1904(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        set_formats(workbook)

    table, _ = read_table(tmp_path, rows, count_from_1904)
    assert [row[1] for row in texts(table)[1:]] == ["сентябрь 2026", "30:00", "9:00"]


@pytest.mark.parametrize(
    ("value", "code"), [(-1, "dd.mm.yyyy"), (-0.5, "h:mm"), (-1.5, "[h]:mm"), (-7, "mmmm yyyy")]
)
def test_a_day_below_zero_is_told_as_excel_shows_none(
    tmp_path: Path, value: float, code: str
) -> None:
    _, problems = read_table(tmp_path, *styled((value, code)))
    assert codes(problems) == ["cell-error"]
    assert "меньше нуля" in problems[0].message
    assert problems[0].where.cell == "B2"


def test_a_format_with_letters_that_excel_does_not_know_is_told(tmp_path: Path) -> None:
    table, problems = read_table(tmp_path, *styled((46266, 'q" кв."'), (5, "0x")))
    assert [row[1] for row in texts(table)[1:]] == ["46266", "5x"]
    assert codes(problems) == ["unknown-format"]
    assert not problems[0].is_error
    assert "q" in problems[0].message
    assert problems[0].where.cell == "B2"


@pytest.mark.parametrize(
    ("stored", "shown"), [(27, "01.09.2026"), (36, "01.09.2026"), (32, "0:00:00")]
)
def test_dates_that_far_eastern_programs_store_by_number_are_dates(
    tmp_path: Path, stored: int, shown: str
) -> None:
    read_table(tmp_path, *styled((46266, "0.000")))
    path = tmp_path / BOOK
    with zipfile.ZipFile(path) as package:
        styles = package.read("xl/styles.xml").decode()
    changed = re.sub(r'(<xf [^>]*numFmtId=")16\d"', rf'\g<1>{stored}"', styles)
    path.write_bytes(with_part(path.read_bytes(), "xl/styles.xml", changed.encode()))
    books = registers.open_books(tmp_path, shown="registers/дом")
    tables, _ = registers.read_tables(books, {"План": Location()})
    assert texts(tables["План"])[1][1] == shown
