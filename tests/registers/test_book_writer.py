"""New workbooks: what a secretary finds in them, and that they read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from docgen import catalogue, registers
from docgen.errors import Location, UsageError
from docgen.model import Column, ColumnKind, Schema, Table
from tests.support.small_schemas import CARD, PEOPLE

ROOT = Path(__file__).resolve().parents[2]


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row.cells] for row in table.rows]


# --- new workspaces --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> dict[str, Schema]:
    return catalogue.read_schemas([ROOT / "registers" / "schema"])


def test_an_example_workspace_reads_back_without_a_word(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    registers.write_example(tmp_path, shipped, year="2027/2028")
    books = registers.open_books(tmp_path, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, shipped)
    assert not problems
    assert set(sheets) == {name for name, one in shipped.items() if not one.is_kept}
    orders = sheets["приказы"].rows
    assert [one.cells["дата"].value for one in orders] == [dt.date(2027, 9, 1)] * 2
    settings = [row.cells.get("учебный_год") for row in sheets["настройки"].rows]
    assert settings[0] is not None
    assert settings[0].text == "2027/2028"
    (appendix,) = sheets["приложения"].rows
    tables, problems = registers.read_tables(books, {appendix.cells["лист"].text: Location()})
    assert not problems
    (table,) = tables.values()
    assert table.header_rows == 2


def test_examples_refer_only_to_what_is_there(tmp_path: Path, shipped: dict[str, Schema]) -> None:
    registers.write_example(tmp_path, shipped, year="2026/2027")
    books = registers.open_books(tmp_path, shown="registers/дом")
    sheets, _ = registers.read_sheets(books, shipped)
    known = {
        name: {row.cells[shipped[name].key[0]].text for row in sheet.rows}
        for name, sheet in sheets.items()
        if shipped[name].key
    }
    known["пары"] = {
        " – ".join(row.cells[one].text.split()[0] for one in ("наставник", "наставляемый"))
        for row in sheets["пары"].rows
    }
    for register, sheet in sheets.items():
        for column in shipped[register].columns:
            strict = (
                column.kind == ColumnKind.REFERENCE
                and not column.is_free
                and "акты" not in column.to
            )
            for row in sheet.rows if strict else ():
                cell = row.cells.get(column.name)
                for name in cell.text.split("; ") if cell and cell.text else ():
                    assert any(name in known[target] for target in column.to), cell


def test_a_new_workbook_is_laid_out_for_a_secretary(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    (path,) = registers.write_example(tmp_path, shipped, year="2026/2027")
    book = load_workbook(path)
    assert book.sheetnames[:3] == ["Справка", "Организация", "Сотрудники"]
    assert book["Списки"].sheet_state == "hidden"
    sheet = book["Пары"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet["A1"].font.b
    assert sheet["B2"].number_format == "@"
    assert sheet["F2"].number_format == "DD.MM.YYYY"
    assert "Обязательно" in sheet["B1"].comment.text
    offered = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert "Списки" in offered["B2:B5001"]
    assert "доп. соглашение" in offered["H2:H5001"]
    guide = [row[0] for row in book["Справка"].iter_rows(values_only=True)]
    assert guide[0] == "Как начать"
    assert {one.sheet for one in shipped.values() if not one.is_kept} <= {*guide}


def test_a_dropdown_of_people_tells_namesakes_apart(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    (path,) = registers.write_example(tmp_path, shipped, year="2026/2027")
    lists = load_workbook(path)["Списки"]
    assert lists["A1"].value == "Сотрудники"
    assert "(таб. " in lists["A2"].value


def test_dropdowns_follow_the_headers_of_their_sheets(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    (path,) = registers.write_example(tmp_path, shipped, year="2026/2027")
    lists = load_workbook(path)["Списки"]
    titles = [str(cell.value) for cell in lists[1]]

    def formula(title: str, row: int) -> str:
        return str(lists.cell(row, titles.index(title) + 1).value)

    places = [formula("Сотрудники: столбцы", row) for row in range(2, 9)]
    assert places[0].startswith("=IF(")
    for header in ("Фамилия Имя Отчество", "ФИО", "Физическое лицо"):
        assert f"MATCH(\"{header}\",'Сотрудники'!$A$1:$AZ$1,0)" in places[1]
    assert 'MATCH("Таб. №"' in places[2]
    assert 'MATCH("фамилия"' in places[4]
    for title in ("Сотрудники: имена", "Приказы", "Дети и родители: имена"):
        assert "INDEX(" in formula(title, 2)
        assert "ISTEXT(" in formula(title, 2), "a total is no person"


def test_a_dropdown_of_pairs_shows_their_short_names(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    texts_of = shipped["тексты"]
    about = Column("пара", "Пара", ColumnKind.REFERENCE, to=("пары",))
    own = {**shipped, "тексты": replace(texts_of, columns=(*texts_of.columns, about))}
    (path,) = registers.write_example(tmp_path, own, year="2026/2027")
    book = load_workbook(path)
    lists = book["Списки"]
    letters = {str(one.value): get_column_letter(at) for at, one in enumerate(lists[1], 1)}
    shown, names = (letters[title] for title in ("Пары", "Пары: имена"))
    places = letters["Пары: столбцы"]
    wanted = (
        f"IF(Списки!${places}$2>500,OFFSET(Списки!${names}$2,0,0,MIN(2000,Списки!${places}$2),1),"
        f"OFFSET(Списки!${shown}$2,0,0,MAX(1,Списки!${places}$2),1))"
    )
    own_letter = get_column_letter(len(texts_of.columns) + 1)
    for sheet, cells in (
        ("Пары", "N2:N5001"),
        ("Тексты приложений", f"{own_letter}2:{own_letter}5001"),
    ):
        offered = {str(one.sqref): one for one in book[sheet].data_validations.dataValidation}
        assert offered[cells].formula1 == wanted
        assert not offered[cells].showErrorMessage, "words and other forms of the name may stand"
    headers = [str(lists[f"{places}{row}"].value) for row in (3, 4, 5)]
    for header, formula in zip(("Наставник", "Наставляемый", "С"), headers, strict=True):
        assert f"MATCH(\"{header}\",'Пары'!$A$1:$AZ$1,0)" in formula
    name = str(lists[f"{names}2"].value)
    assert '&" – "&' in name
    assert f"'Пары'!$A$1:$AZ$9999,2,Списки!${places}$3" in name
    assert f"COUNTIF(${names}$2:${names}$501,${names}2)>1" in str(lists[f"{shown}2"].value)
    assert lists[f"{names}2001"].value
    assert lists[f"{shown}502"].value is None


def test_dropdowns_are_of_any_length(tmp_path: Path, shipped: dict[str, Schema]) -> None:
    (path,) = registers.write_example(tmp_path, shipped, year="2026/2027")
    book = load_workbook(path)
    offered = {
        f"{sheet.title}!{one.sqref}": one.formula1
        for sheet in book.worksheets
        for one in sheet.data_validations.dataValidation
    }
    assert all(len(formula) <= 255 for formula in offered.values()), "Excel's limit"
    # Beyond the listed rows the column itself is offered.
    assert "OFFSET('Приказы'!$A$1," in offered["Пункты!A2:A5001"]
    titles = [one.value for one in book["Списки"][1]]
    last = book["Списки"].cell(1001, titles.index("Сотрудники + Организации") + 1)
    assert "Сотрудники'!$A$1:$AZ$9999" in str(last.value)


def test_a_workbook_that_is_there_is_never_overwritten(
    tmp_path: Path, shipped: dict[str, Schema]
) -> None:
    (path,) = registers.write_example(tmp_path, shipped, year="2026/2027")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="уже есть, она не изменена"):
        registers.write_example(tmp_path, shipped, year="2027/2028")
    assert path.read_bytes() == before


def test_the_same_workspace_has_the_same_bytes(tmp_path: Path, shipped: dict[str, Schema]) -> None:
    (one,) = registers.write_example(tmp_path / "a", shipped, year="2026/2027")
    (two,) = registers.write_example(tmp_path / "b", shipped, year="2026/2027")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("typed", ["=1+1", "#N/A", "+7 900", "-", "'так", "007", "1.10", "А & <Б>"])
def test_typed_text_is_written_as_text(tmp_path: Path, typed: str) -> None:
    row: dict[str, str | dt.date] = {"фио": "Орлов", "таб": typed, "с": dt.date(2026, 9, 1)}
    registers.write_workspace(tmp_path, {"люди": PEOPLE}, {"люди": [row]}, [])
    books = registers.open_books(tmp_path, shown="x")
    sheets, problems = registers.read_sheets(books, {"люди": PEOPLE})
    assert not problems
    cells = sheets["люди"].rows[0].cells
    assert cells["таб"].text == typed
    assert cells["с"].value == dt.date(2026, 9, 1)


def test_a_written_card_reads_back_with_its_periods(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, str | dt.date]]] = {
        "карточка": [
            {"руководитель": "Орлов", "ends": dt.date(2026, 8, 31)},
            {"руководитель": "Котов", "begins": dt.date(2026, 9, 1)},
        ]
    }
    registers.write_workspace(tmp_path, {"карточка": CARD}, rows, [])
    books = registers.open_books(tmp_path, shown="x")
    sheets, problems = registers.read_sheets(books, {"карточка": CARD})
    assert not problems
    old, new = sheets["карточка"].rows
    assert old.cells["ends"].value == dt.date(2026, 8, 31)
    assert new.cells["begins"].value == dt.date(2026, 9, 1)
    assert new.cells["руководитель"].text == "Котов"


def test_a_written_table_reads_back_the_same(tmp_path: Path) -> None:
    plain = registers.plain_table("План", [["№", "Дело"], ["1", "2"], ["Раздел"], ["1.", "сбор"]])
    registers.write_workspace(tmp_path, {"люди": PEOPLE}, {}, [plain])
    books = registers.open_books(tmp_path, shown="x")
    tables, problems = registers.read_tables(books, {"План": Location()})
    assert not problems
    read_back = tables["План"]
    assert texts(read_back) == texts(plain)
    assert read_back.header_rows == plain.header_rows
    assert read_back.widths == pytest.approx(plain.widths, abs=0.01)
    assert [[c.columns for c in row.cells if c] for row in read_back.rows] == [
        [c.columns for c in row.cells if c] for row in plain.rows
    ]
