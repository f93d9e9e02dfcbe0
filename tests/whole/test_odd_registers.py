"""Registers as people leave them: filtered, renamed, copied, pasted; none of it passes unsaid."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.small_root import (
    BOOK,
    files_below,
    made,
    make_root,
    make_school,
    put,
    run,
    text_of,
)

Findings = list[tuple[str, str, str]]
Check = Callable[[Path], Findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return make_school(root)


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return code, place and sentence of each problem of a workspace."""

    def run_check(workspace: Path) -> Findings:
        capsys.readouterr()
        run("check", "--json", workspace)
        problems = json.loads(capsys.readouterr().out)
        return [
            (one["code"], " ".join(filter(None, (one["sheet"], one["cell"]))), one["message"])
            for one in problems
        ]

    return run_check


def change(workspace: Path, touch: Callable[[Workbook], object]) -> None:
    """Change the workbook of a workspace as a person would."""
    book = load_workbook(workspace / BOOK)
    touch(book)
    book.save(workspace / BOOK)


def put_below(sheet: Worksheet, header: str, value: str) -> None:
    """Write a value into the first row under a header."""
    (cell,) = [cell for cell in sheet[1] if cell.value == header]
    sheet.cell(2, cell.column).value = value


def codes(found: Findings) -> list[str]:
    return [code for code, _, _ in found]


# --- hidden rows -----------------------------------------------------------------------------


def test_a_row_hidden_by_hand_is_named_once_a_new_paper_prints_it(
    school: Path, check: Check
) -> None:
    def hide(book: Workbook) -> None:
        book["Сотрудники"].row_dimensions[4].hidden = True

    change(school, hide)
    ((code, place, message),) = check(school)
    assert (code, place) == ("hidden-rows", "Сотрудники")
    assert "Приказ № 163-од" in message
    assert "попала строка 4" in message


def test_a_hidden_row_that_no_new_paper_prints_is_nothing_to_speak_of(
    school: Path, check: Check
) -> None:
    def hide(book: Workbook) -> None:
        book["Сотрудники"].row_dimensions[5].hidden = True

    put(school, "Сотрудники", "A5", "Лишний Иван Петрович")
    before = check(school)
    change(school, hide)
    assert check(school) == before


def test_a_filter_left_on_hides_no_pair_from_its_order(school: Path, check: Check) -> None:
    def filter_pairs(book: Workbook) -> None:
        sheet = book["Пары"]
        sheet.auto_filter.ref = "A1:H2"
        sheet.auto_filter.add_filter_column(0, ["ученик – ученик"])
        sheet.row_dimensions[2].hidden = True

    change(school, filter_pairs)
    ((code, place, message),) = check(school)
    assert (code, place) == ("filtered-rows", "Пары")
    assert "строки 2;" in message


# --- sheets and columns that are gone --------------------------------------------------------


@pytest.mark.parametrize("title", ["Пары 2026", "Пары_2026", "Наставнические пары", "Лист1"])
def test_a_renamed_register_is_known_by_its_columns(school: Path, check: Check, title: str) -> None:
    def rename(book: Workbook) -> None:
        book["Пары"].title = title

    change(school, rename)
    found = check(school)
    assert codes(found) == ["missing-sheet"]
    assert found[0][1] == title
    assert f"похож лист «{title}»" in found[0][2]


@pytest.mark.parametrize("register", ["Пары", "Пункты", "Приложения"])
def test_each_register_is_missed_under_its_new_name(
    school: Path, check: Check, register: str
) -> None:
    def rename(book: Workbook) -> None:
        book[register].title = f"{register} (старые)"

    change(school, rename)
    assert any(
        code == "missing-sheet" and f"нет листа «{register}»" in message
        for code, _, message in check(school)
    )


def test_last_years_sheet_beside_this_years_is_no_renamed_one(school: Path, check: Check) -> None:
    def keep(book: Workbook) -> None:
        book.copy_worksheet(book["Пары"]).title = "Пары 2025"

    change(school, keep)
    assert check(school) == []


def test_an_empty_register_under_another_title_is_nothing_to_speak_of(
    school: Path, check: Check
) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Грифы (пусто)").append(["Приказ", "№ приложения", "Гриф", "Кто", "Дата"])

    change(school, add)
    assert check(school) == []


def test_a_printed_table_with_the_columns_of_a_register_is_no_renamed_one(
    school: Path, check: Check
) -> None:
    def print_marks(book: Workbook) -> None:
        sheet = book["Карта"]
        for column, text in enumerate(["Приказ", "Гриф", "Кто", "Дата"], 1):
            sheet.cell(1, column, text)

    change(school, print_marks)
    assert "missing-sheet" not in codes(check(school))


def test_an_order_about_pairs_without_a_pair_is_an_error(school: Path, check: Check) -> None:
    change(school, lambda book: book.remove(book["Пары"]))
    ((code, place, message),) = check(school)
    assert (code, place) == ("order-empty", "Приказы D3")
    assert 'листа «Пары» в книге нет, добавьте его: docgen add "приказ о парах"' in message
    assert run("build", school, "--no-pdf") == 7


def test_an_order_about_pairs_of_another_form_is_an_error(school: Path, check: Check) -> None:
    put(school, "Пары", "A2", "ученик – ученик")
    ((_, place, message),) = [one for one in check(school) if one[0] == "order-empty"]
    assert place == "Приказы D3"
    assert "а там «ученик – ученик»" in message


def test_an_order_of_ones_own_text_without_points_is_an_error(school: Path, check: Check) -> None:
    for row in "23":
        put(school, "Пункты", f"A{row}", "О парах")
    found = [one for one in check(school) if one[0] == "order-empty"]
    assert "на листе «Пункты» для него нет ни одной строки" in found[0][2]
    change(school, lambda book: book.remove(book["Пункты"]))
    found = check(school)
    assert codes(found) == ["order-empty"]
    assert "листа «Пункты», а его в книге нет; добавьте его: docgen add приказ" in found[0][2]
    put(school, "Приказы", "G2", "проект")
    assert codes(check(school)) == ["order-empty"]
    assert run("build", school, "--no-pdf") == 0


def test_points_of_an_order_of_a_ready_form_are_told(school: Path, check: Check) -> None:
    put(school, "Пункты", "A3", "О парах")
    ((_, place, message),) = [one for one in check(school) if one[0] == "not-printed"]
    assert place == "Пункты A3"
    assert "форма готовая, «закрепление пар педагогов»" in message


def drop(sheet: str, header: str, renamed: str = "") -> Callable[[Workbook], None]:
    """Delete the column of a header, or give it another one."""

    def touch(book: Workbook) -> None:
        cells = {cell.value: cell for cell in book[sheet][1]}
        if renamed:
            cells[header].value = renamed
        else:
            book[sheet].delete_cols([*cells].index(header) + 1)

    return touch


@pytest.mark.parametrize(
    ("sheet", "header", "renamed", "hint"),
    [
        ("Сотрудники", "Должность", "", ""),
        ("Сотрудники", "Должность", "Должность по графику", "«Должность по графику»"),
        ("Сотрудники", "Должность", "Долженость", "«Долженость»"),
        ("Приказы", "Контроль", "", ""),
        ("Приказы", "Контроль", "Контроль (кто)", "«Контроль (кто)»"),
        ("Пункты", "Приложение", "Что приложено", ""),
        ("Пары", "Приказ", "Каким приказом", ""),
    ],
)
def test_a_column_that_was_filled_at_the_last_build_and_is_gone_is_an_error(
    school: Path, check: Check, sheet: str, header: str, renamed: str, hint: str
) -> None:
    assert run("build", school, "--no-pdf") == 0
    built = files_below(school.parents[1] / "output")
    change(school, drop(sheet, header, renamed))
    lost = [one for one in check(school) if one[0] == "lost-column"]
    assert len(lost) == 1
    assert f"столбца «{header}» больше нет" in lost[0][2]
    assert hint in lost[0][2]
    assert run("build", school, "--no-pdf") == 3
    assert files_below(school.parents[1] / "output") == built


def test_an_empty_column_that_goes_is_nothing_to_speak_of(school: Path, check: Check) -> None:
    assert run("build", school, "--no-pdf") == 0
    change(school, drop("Сотрудники", "Таб. №"))
    assert check(school) == []


def test_a_column_left_empty_on_purpose_may_go_at_the_next_build(
    school: Path, check: Check
) -> None:
    assert run("build", school, "--no-pdf") == 0

    def empty(book: Workbook) -> None:
        for row in range(2, 4):
            book["Приказы"].cell(row, 6).value = None

    change(school, empty)
    assert run("build", school, "--no-pdf") == 0
    change(school, drop("Приказы", "Контроль"))
    assert "lost-column" not in codes(check(school))


def test_posts_that_were_never_there_are_a_note(school: Path, check: Check) -> None:
    change(school, drop("Сотрудники", "Должность"))
    found = check(school)
    assert ("absent-column", "Сотрудники") in [(code, place) for code, place, _ in found]
    assert all(code != "lost-column" for code in codes(found))


@pytest.mark.parametrize(
    "header",
    ["Должность по штатному расписанию", "ДОЛЖНОСТЬ (профессия)", "Занимаемая  должность"],
)
def test_headers_of_other_programs_are_read(school: Path, check: Check, header: str) -> None:
    change(school, drop("Сотрудники", "Должность", header))
    assert check(school) == []


# --- letters, totals, points -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "letter"),
    [
        ("Сотрудники", "C4", "учитель мaтематики", "«a» (2-я) латинская"),
        ("Приказы", "E2", "О внедрeнии наставничества", "«e» (6-я) латинская"),
        ("Пункты", "C2", "Утвердить c 1 сентября дорожную карту", "«c», которая стоит отдельно"),
        ("Карта", "B2", "Издание прикaза", "«a» (5-я) латинская"),
        ("Организация", "B4", "ШКОЛA № 1", "«A» (5-я) латинская"),
    ],
)
def test_a_letter_of_the_wrong_alphabet_is_named_in_every_sheet(
    school: Path, check: Check, sheet: str, cell: str, text: str, letter: str
) -> None:
    put(school, sheet, cell, text)
    found = [one for one in check(school) if one[0] == "lookalike"]
    assert [place for _, place, _ in found] == [f"{sheet} {cell}"]
    assert letter in found[0][2]


@pytest.mark.parametrize(
    ("sheet", "header", "text", "letter"),
    [("Приказы", "Состояние", "проeкт", "e"), ("Пары", "Форма", "педaгог – педагог", "a")],
)
def test_a_letter_that_makes_a_choice_none_is_named_with_it(
    school: Path, check: Check, sheet: str, header: str, text: str, letter: str
) -> None:
    change(school, lambda book: put_below(book[sheet], header, text))
    found = [one for one in check(school) if one[0] in ("bad-choice", "lookalike")]
    assert codes(found) == ["bad-choice"]
    assert f"буква «{letter}» латинская, наберите его по-русски" in found[0][2]


def test_a_letter_that_leads_a_name_nowhere_is_one_remark(school: Path, check: Check) -> None:
    put(school, "Пары", "B2", "Пeтрова Анна Сергеевна")
    found = check(school)
    assert codes(found) == ["unknown-ref"]
    assert "буква «e» латинская, наберите его по-русски" in found[0][2]


def test_a_word_of_two_alphabets_is_not_asked_to_be_declined(school: Path, check: Check) -> None:
    put(school, "Сотрудники", "C4", "учитель мaтематики")
    assert codes(check(school)) == ["lookalike"]


def test_posts_with_a_capital_are_small_within_a_sentence_and_great_in_a_signature(
    school: Path, root: Path
) -> None:
    def as_lists_give_them(book: Workbook) -> None:
        for row in range(2, 6):
            cell = book["Сотрудники"].cell(row, 3)
            post = str(cell.value)
            cell.value = f"{post[:1].upper()}{post[1:]}"

    assert run("build", school, "--no-pdf") == 0
    papers = {path.name: text_of(path) for path in made(root / "output")}
    change(school, as_lists_give_them)
    assert run("build", school, "--no-pdf") == 0
    assert {path.name: text_of(path) for path in made(root / "output")} == papers
    assert any("учителя русского языка Петрову" in text for text in papers.values())
    assert any("\nДиректор" in text for text in papers.values())


def test_a_book_of_signatures_without_its_column_of_days_stops_the_build(
    school: Path, check: Check
) -> None:
    assert run("build", school, "--no-pdf") == 0
    assert run("signatures", school) == 0
    path = school / "Согласия и подписи.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("Подписано") + 1).value = dt.date(2026, 9, 14)
    book.save(path)
    assert run("build", school, "--no-pdf") == 0
    sheet.delete_cols(headers.index("Подписано") + 1)
    book.save(path)
    ((code, place, message),) = [one for one in check(school) if one[0] == "lost-column"]
    assert (code, place) == ("lost-column", "Согласия и подписи")
    assert "столбца «Подписано» больше нет" in message
    assert run("build", school, "--no-pdf") == 3
