"""What a kind of paper is called and which sheets it needs; that these suffice to make it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook

from docgen.errors import Problem, UsageError
from docgen.model.kind_sheets import needed_registers
from docgen.pipeline.answers.example import make_example
from docgen.pipeline.answers.findings import look_at_workspace
from docgen.pipeline.answers.wanted_sheets import add_kinds, list_kinds
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.builders import ROOT, shipped_kinds, shipped_schemas
from tests.support.kind_rows import ROWS, SIGNED, Row
from tests.support.signed_rows import archive_orders

BOOK: Final = "Наставничество.xlsx"
SIX: Final = ["Справка", "Организация", "Сотрудники", "Пары", "Приказы", "Настройки"]


@pytest.fixture(scope="module")
def new_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("новая") / "школа"
    make_example(folder, ROOT, dt.date(2026, 8, 20))
    return folder


@pytest.fixture
def site(new_school: Path, tmp_path: Path) -> Site:
    shutil.copytree(new_school, tmp_path / "школа")
    return Site(tmp_path / "школа", ROOT)


def titles(site: Site) -> list[str]:
    """Return the titles of the sheets that a clerk sees."""
    book = load_workbook(site.folder / BOOK)
    return [one.title for one in book.worksheets if one.sheet_state == "visible"]


def type_rows(site: Site, rows: Sequence[Row]) -> None:
    """Type rows into a book by headers: at the name of a value, or below the last row."""
    book = load_workbook(site.folder / BOOK)
    for title, cells in rows:
        if title not in book.sheetnames:
            book.create_sheet(title).append([*cells])
        sheet = book[title]
        headers = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
        named = {str(cell.value): cell.row for cell in sheet["A"]}
        row = named.get(str(cells.get("Что")), sheet.max_row + 1)
        for header, value in cells.items():
            sheet.cell(row, headers[header], value)
    book.save(site.folder / BOOK)


def papers_of(site: Site) -> tuple[set[str], list[Problem]]:
    """Return the kinds of which papers are made, and what is said."""
    found = look_at_workspace(site)
    problems = list(found.problems)
    if not isinstance(found, Ready):
        return set(), problems
    documents = make_plan(found, Wish()).documents
    made = (one.kind for one in documents if one.kind.is_only_blank or not one.is_blank_form)
    return {one.name for one in made}, problems


# --- what a kind needs -----------------------------------------------------------------------


@pytest.mark.xfail(reason="some kinds have no rows typed for a new workspace yet", strict=False)
def test_every_shipped_kind_is_tried() -> None:
    assert ROWS.keys() == shipped_kinds().keys()


@pytest.mark.parametrize("kind", ROWS)
def test_a_kind_names_the_sheets_of_which_it_is_made(kind: str, site: Site) -> None:
    add_kinds(site, [kind.replace("_", " ")])
    type_rows(site, ROWS[kind])
    if shipped_kinds()[kind].quotes:
        archive_orders(site.folder, SIGNED, year="2026/2027")
    made, problems = papers_of(site)
    assert kind in made
    assert [str(one) for one in problems if one.is_error or one.code == "missing-sheet"] == []


@pytest.mark.xfail(reason="some kinds have no rows typed for a new workspace yet", strict=False)
@pytest.mark.parametrize(
    ("kind", "register"),
    [
        (name, register)
        for name, kind in shipped_kinds().items()
        for register in needed_registers(kind, shipped_schemas())
        if not shipped_schemas()[register].is_initial
    ],
)
def test_a_kind_is_not_made_whole_without_any_of_its_sheets(
    kind: str, register: str, site: Site
) -> None:
    add_kinds(site, [kind.replace("_", " ")])
    type_rows(site, ROWS[kind])
    book = load_workbook(site.folder / BOOK)
    del book[shipped_schemas()[register].sheet]
    book.save(site.folder / BOOK)
    made, problems = papers_of(site)
    is_said = any("docgen add" in one.message for one in problems)
    assert kind not in made or is_said
    if shipped_kinds()[kind].register == "приказы" and kind in made:
        assert [one.code for one in problems if "docgen add" in one.message]


def test_every_kind_can_be_added_to_one_book_after_the_other(site: Site) -> None:
    names = [one.name for one in list_kinds(site, ROOT).kinds]
    for name in names:
        if any(one.is_changed for one in add_kinds(site, [name])):
            assert [str(one) for one in papers_of(site)[1]] == [], "empty sheets are no remark"
    assert [one.lacking for one in list_kinds(site, ROOT).kinds] == [()] * len(names)
    assert titles(site)[:6] == SIX
    others = [one.sheet for one in shipped_schemas().values() if not one.is_kept]
    rest = {"Акты", "Склонения"}
    assert {*titles(site)} == {*others, "Справка", "Дорожная карта"} - rest
    add_kinds(site, sorted(rest))
    assert {*titles(site)} == {*others, "Справка", "Дорожная карта"}
    assert [str(one) for one in papers_of(site)[1]] == []


@pytest.mark.xfail(reason="several tables are told where one was", strict=False)
def test_a_table_without_a_row_below_its_headings_is_told(site: Site) -> None:
    add_kinds(site, ["приказ о внедрении"])
    *rows, filled = ROWS["приказ_о_внедрении"]
    type_rows(site, rows)
    (problem,) = papers_of(site)[1]
    assert (problem.code, problem.is_error) == ("missing-sheet", False)
    assert problem.where.sheet == "Дорожная карта"
    assert "под шапкой таблицы нет ни одной строки" in problem.message
    type_rows(site, [filled])
    assert papers_of(site)[1] == []


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ("приказ", ["Преамбула", "Пункты"]),
        ("Свой  текст", ["Преамбула", "Пункты"]),
        ("приказ о внедрении", ["Приложения", "Дорожная карта"]),
        ("приказ_о_внедрении", ["Приложения", "Дорожная карта"]),
        ("ВНЕДРЕНИЕ НАСТАВНИЧЕСТВА", ["Приложения", "Дорожная карта"]),
        ("положение о наставничестве", ["Приложения"]),
        ("таблица", ["Приложения"]),
        ("Лист ознакомления", []),
        ("Согласие законного представителя на обработку персональных данных",
         ["Дети и родители", "Цели обработки"]),
        ("пункты", ["Пункты"]),
        ("дорожная карта", ["Дорожная карта"]),
        ("тексты приложений", ["Тексты приложений"]),
        ("Приказы", []),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_name_its_choice_its_title_and_a_sheet_by_its_own(
    typed: str, added: list[str], site: Site
) -> None:
    (one,) = add_kinds(site, [typed])
    assert [*one.added.titles] == added
    assert titles(site) == [*SIX, *added]


def test_several_are_added_at_once_and_what_is_there_is_said(site: Site) -> None:
    (one,) = add_kinds(site, ["приказ", "Пункты", "Акты", "приказ о парах"])
    assert one.added.titles == ("Преамбула", "Пункты", "Акты")
    assert one.present == ("Пары", "Приказы")
    (again,) = add_kinds(site, ["приказ", "Акты"])
    assert not again.is_changed
    assert again.present == ("Приказы", "Преамбула", "Пункты", "Акты")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("приказ о внедренни", "возможно, вы имели в виду «приказ о внедрении»; все виды: docgen"),
        ("внедрение", "возможно, вы имели в виду «внедрение наставничества»"),
        ("Пункт", "возможно, вы имели в виду «Пункты»"),
        ("без текста", 'печатаются только приложения; .* docgen add "приложение таблица"'),
        (
            "согласие на обработку персональных данных",
            "несколько видов бумаг: «согласие на обработку данных», «согласие обучающегося»",
        ),
        ("кукуруза", "нет ни вида бумаги, ни листа «кукуруза»; все виды: docgen add"),
    ],
)
def test_a_name_that_means_nothing_is_answered_and_nothing_is_written(
    typed: str, said: str, site: Site
) -> None:
    before = (site.folder / BOOK).read_bytes()
    with pytest.raises(UsageError, match=said):
        add_kinds(site, ["Акты", typed])
    assert (site.folder / BOOK).read_bytes() == before


# --- a person's own kinds --------------------------------------------------------------------


@pytest.fixture
def own_kind(site: Site) -> Path:
    """Return the entry of a kind of the workspace's own: an order with a choice of its own."""
    folder = site.folder / "templates"
    folder.mkdir()
    shutil.copy(ROOT / "templates_docx" / "приказ.docx", folder / "приказ_о_слёте.docx")
    text = (ROOT / "templates_docx" / "приказ.toml").read_text("utf-8")
    text = text.replace("свой текст", "слёт наставников")
    entry = folder / "приказ_о_слёте.toml"
    entry.write_text(text.replace('["преамбула"]', '["грифы"]'), "utf-8")
    return entry


def test_a_kind_of_ones_own_adds_what_its_entry_says_and_is_offered(
    site: Site, own_kind: Path
) -> None:
    assert own_kind.is_file()
    (one,) = add_kinds(site, ["приказ о слете"])
    assert one.added.titles == ("Пункты", "Грифы")
    assert one.added.lists == (("Приказы", "О чём"),)
    book = load_workbook(site.folder / BOOK)
    sheet = book["Приказы"]
    formulas = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    listed, cells = str(formulas["F2:F5001"]).split("!")
    offered = [one.value for (one,) in book[listed][cells.replace("$", "")]]
    assert offered[-1] == "слёт наставников"
    lines = {one.name: one for one in list_kinds(site, ROOT).kinds}
    assert lines["приказ о слёте"].lacking == ()
    assert lines["приказ о слёте"].chosen_as == ("слёт наставников",)
    assert lines["приказ"].lacking == ("Преамбула",)


def test_a_register_of_ones_own_in_a_book_of_its_own_is_made(site: Site) -> None:
    folder = site.folder / "schema"
    folder.mkdir()
    (folder / "кабинеты.toml").write_text(
        'workbook = "Кабинеты.xlsx"\nsheet = "Кабинеты"\none = "кабинет"\nmany = "кабинеты"\n'
        'optional = true\n[[columns]]\nname = "номер"\nheader = "Номер"\n',
        "utf-8",
    )
    (one,) = add_kinds(site, ["кабинеты"])
    assert one.path == site.folder / "Кабинеты.xlsx"
    assert load_workbook(one.path)["Кабинеты"]["A1"].value == "Номер"
    assert not add_kinds(site, ["кабинеты"])[0].is_changed


def test_a_workspace_without_the_book_of_orders_is_refused(site: Site) -> None:
    (site.folder / BOOK).rename(site.folder / "Другая.xlsx")
    with pytest.raises(UsageError, match=f"нет книги «{BOOK}»; верните её"):
        add_kinds(site, ["Акты"])
