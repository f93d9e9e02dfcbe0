"""What a written cell makes stale is not printed: results go, and Excel is told to count."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from docgen.errors import Problem
from docgen.registers.books import grid_of, open_book
from docgen.registers.cells import raw_cell
from docgen.registers.own_cells import OwnCell, write_cells
from docgen.registers.xlsx_reader import read_workbook

OTHER = "Другой лист"


def counted(
    path: Path,
    formulas: dict[str, str],
    others: dict[str, str] | None = None,
    settings: str = '<calcPr calcId="1"/>',
) -> Path:
    """Write a book with formulas that have results, as a program that counts leaves it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Лист"
    sheet.append(["Номер", "Дата", "Итог"])
    sheet["A2"] = "1-од"
    for place, formula in formulas.items():
        sheet[place] = formula
    other = book.create_sheet(OTHER)
    other["A1"] = "x"
    for place, formula in (others or {}).items():
        other[place] = formula
    book.defined_names["Номера"] = DefinedName("Номера", attr_text="'Лист'!$A$2:$A$9")
    book.save(path)
    with_results(path, settings)
    return path


def with_results(path: Path, settings: str) -> None:
    """Give each formula the result «было», and the book such settings of counting."""
    with zipfile.ZipFile(path) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/"):
            text = re.sub(r'<c r="(\w+)"([^>]*)><f', r'<c r="\1"\2 t="str"><f', data.decode())
            parts[name] = re.sub("</f><v ?/>|</f><v></v>", "</f><v>было</v>", text).encode()
    book = re.sub(r"<calcPr[^>]*/>", settings, parts["xl/workbook.xml"].decode())
    parts["xl/workbook.xml"] = book.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def results(path: Path) -> dict[str, object]:
    """Return the values of all cells with formulas or words, by sheet and place."""
    contents = read_workbook(path.read_bytes())
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in contents.sheets
        for cells in sheet.cells.values()
        for cell in cells.values()
    }


def settings_of(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        text = package.read("xl/workbook.xml").decode()
    return "".join(re.findall(r"<calcPr[^>]*/>", text))


@pytest.mark.parametrize(
    "formula",
    [
        '=A2&" от "&B2',
        "=$A$2",
        "=SUM(A1:B3)",
        "=COUNTA(A:A)",
        "=COUNTA($A:$B)",
        "=COUNTA(2:2)",
        "=COUNTA('Лист'!A2)",
        "=COUNTA(Номера)",
        '=INDIRECT("A"&2)',
        "=OFFSET(B1,1,-1)",
        "=COUNTA(Таблица1[Номер])",
    ],
)
def test_a_result_that_follows_a_written_cell_is_taken_out(tmp_path: Path, formula: str) -> None:
    path = counted(tmp_path / "к.xlsx", {"C2": formula})
    assert results(path)["Лист!C2"] == "было"
    write_cells(path, "Лист", [OwnCell(2, 1, "2-од", "1-од")])
    assert results(path) == {**results(path), "Лист!A2": "2-од", "Лист!C2": None}
    problems: list[Problem] = []
    book = open_book(path, shown="к.xlsx", problems=problems)
    assert book is not None
    cell = raw_cell(grid_of(book, "Лист", problems), 2, 3, problems)
    assert cell.is_unreadable
    assert "формула не посчитана" in str(problems[0])
    assert 'fullCalcOnLoad="1"' in settings_of(path)


@pytest.mark.parametrize(
    "formula",
    ["=B2", "=A3", "=SUM(B1:B9)", "=COUNTA(B:B)", "=COUNTA(3:4)", '="A2"', "=AA2", "=TA2"],
)
def test_other_results_stay(tmp_path: Path, formula: str) -> None:
    path = counted(tmp_path / "к.xlsx", {"C2": formula})
    write_cells(path, "Лист", [OwnCell(2, 1, "2-од", "1-од")])
    assert results(path)["Лист!C2"] == "было"
    assert "fullCalcOnLoad" not in settings_of(path)


def test_what_follows_a_follower_goes_too_on_every_sheet(tmp_path: Path) -> None:
    path = counted(
        tmp_path / "к.xlsx",
        {"C2": "=A2", "D2": "=C2", "E2": "=B2"},
        {"B1": "='Лист'!D2", "C1": "=A1"},
    )
    write_cells(path, "Лист", [OwnCell(2, 1, "2-од", "1-од")])
    found = results(path)
    assert [found[one] for one in ("Лист!C2", "Лист!D2", "Лист!E2")] == [None, None, "было"]
    assert [found[f"{OTHER}!{one}"] for one in ("B1", "C1")] == [None, "было"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="5"/>', '<calcPr fullCalcOnLoad="1" calcId="5"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="5"/>', '<calcPr fullCalcOnLoad="1" calcId="5"/>'),
        ('<calcPr calcId="5" fullCalcOnLoad="1"/>', '<calcPr calcId="5" fullCalcOnLoad="1"/>'),
        (
            '<calcPr calcMode="manual" fullCalcOnLoad="false"/>',
            '<calcPr fullCalcOnLoad="1" calcMode="manual"/>',
        ),
    ],
)
def test_programs_are_told_to_count(tmp_path: Path, before: str, after: str) -> None:
    path = counted(tmp_path / "к.xlsx", {"C2": "=A2"}, settings=before)
    write_cells(path, "Лист", [OwnCell(2, 1, "2-од", "1-од")])
    assert settings_of(path) == after
    with zipfile.ZipFile(path) as package:
        text = package.read("xl/workbook.xml").decode()
    assert text.index("</definedNames>") < text.index("<calcPr"), "the order that Excel wants"


def test_a_book_whose_formulas_read_other_cells_keeps_every_other_part(tmp_path: Path) -> None:
    path = counted(tmp_path / "к.xlsx", {"C2": "=B2"})
    with zipfile.ZipFile(path) as package:
        before = package.read("xl/workbook.xml")
    write_cells(path, "Лист", [OwnCell(2, 1, "2-од", "1-од")])
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/workbook.xml") == before
