"""Several tables of one appendix: errors in each, papers that are signed, templates for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from docgen.ooxml.zip_parts import read_parts
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.house import House
from tests.support.shipped import ready_at
from tests.support.small_root import Sheets, made, make_root, make_school, run, sign_orders, text_of

LIST = [["Показатель", "Значение"], ["Доля охваченных", "70"]]


def with_list(sheets: Sheets, *, named: str = "Карта; Показатели") -> None:
    sheets["Показатели"] = [list(row) for row in LIST]
    sheets["Приложения"][1][5] = named


def build(root: Path, *changes: Callable[[Sheets], object]) -> int:
    def change(sheets: Sheets) -> None:
        for one in changes:
            one(sheets)

    return run("build", make_school(root, change), "--no-pdf")


def appendix(root: Path) -> str:
    (path,) = [one for one in made(root / "output") if one.stem == "Приложение"]
    return text_of(path)


def test_each_table_is_printed_in_the_order_of_its_sheets(tmp_path: Path) -> None:
    root = make_root(tmp_path)
    assert build(root, with_list) == 0
    text = appendix(root)
    assert text.index("Сбор согласий") < text.index("Доля охваченных")
    assert build(root, lambda sheets: with_list(sheets, named="Показатели\nКарта")) == 0
    text = appendix(root)
    assert text.index("Сбор согласий") > text.index("Доля охваченных")


def test_a_sheet_that_is_not_there_is_named_at_the_cell_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    assert build(root, lambda sheets: with_list(sheets, named="Карта; Показатель")) != 0
    said = capsys.readouterr().err
    assert "ячейка F2" in said
    assert "нет листа «Показатель» с таблицей; возможно, вы имели в виду «Показатели»" in said
    assert build(root, lambda sheets: with_list(sheets, named="Карта, Показатели")) != 0
    said = capsys.readouterr().err
    assert "разделяйте точкой с запятой: «Карта; Показатели»" in said


def test_a_change_of_one_of_them_is_told_of_the_signed_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def changed(sheets: Sheets) -> None:
        sheets["Показатели"][1][1] = "80"

    root = make_root(tmp_path)
    assert build(root, with_list) == 0
    assert build(root, with_list, sign_orders) == 0
    assert "frozen-differs" not in capsys.readouterr().err
    build(root, with_list, sign_orders, changed)
    said = [one for one in capsys.readouterr().err.splitlines() if "frozen-differs" in one]
    assert len(said) == 1
    assert "изменилась таблица «Показатели»" in said[0]
    assert "70" in appendix(root)


def test_a_table_that_is_added_to_a_signed_paper_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    assert build(root) == 0
    assert build(root, sign_orders) == 0
    capsys.readouterr()
    build(root, with_list, sign_orders)
    said = [one for one in capsys.readouterr().err.splitlines() if "frozen-differs" in one]
    assert len(said) == 1
    assert "изменилась таблица «Показатели»" in said[0]


def test_a_template_for_one_table_is_refused_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    templates = root / "templates_docx"
    document = Document()
    document.add_paragraph("{{ приложение.заголовок }}")
    document.add_paragraph("{{p таблица }}")
    document.save(str(templates / "приложение_таблица.docx"))
    assert build(root) == 0
    capsys.readouterr()
    assert build(root, with_list) != 0
    said = capsys.readouterr().err
    assert "листов с таблицами названо 2, а шаблон печатает одну таблицу" in said


def test_a_table_that_fits_no_sheet_is_named_and_one_that_lies_lays_all(tmp_path: Path) -> None:
    house = House(tmp_path / "школа")
    house.points((1, "Утвердить план", {"Приложение": "да"}))
    house.tables = {"Узкая": [["№", "Что"], ["1", "Приказ"]]}
    house.tables["Широкая"] = [["а"] * 40, ["б" * 9] * 40]
    row = {"Что это": "план", "Заголовок": "План", "Чем заполняется": "таблица"}
    house.add("Приложения", {**row, "Лист с таблицей": "Узкая; Широкая"})

    def outcome() -> Rendered | list[str]:
        ready = ready_at(house.write())
        (plan,) = [one for one in make_plan(ready, Wish()).documents if one.tables]
        found = render(plan, ready)
        if isinstance(found, Rendered):
            return found
        return [f"{one.code} {one.where.sheet}" for one in found]

    assert outcome() == ["wide-table Широкая"]
    house.tables["Широкая"] = [["а"] * 14, ["б" * 8] * 14]
    found = outcome()
    assert isinstance(found, Rendered)
    assert b'w:orient="landscape"' in _document(found.docx)


def _document(docx: bytes) -> bytes:
    return read_parts(docx)["word/document.xml"]
