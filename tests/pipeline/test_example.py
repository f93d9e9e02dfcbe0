"""The example of a new workspace: in which school year it plays, and that nothing is said of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.model import Workspace
from docgen.pipeline.answers.example import make_example
from docgen.pipeline.answers.findings import check_workspace, look_at_workspace
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.prepare import prepare_registers
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import year_in_settings
from tests.support.builders import ROOT
from tests.support.full_example import write_full_example


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (dt.date(2026, 6, 1), "2025/2026"),
        (dt.date(2026, 7, 2), "2025/2026"),
        (dt.date(2026, 7, 3), "2026/2027"),
        (dt.date(2026, 8, 31), "2026/2027"),
        (dt.date(2027, 2, 1), "2026/2027"),
    ],
)
@pytest.mark.parametrize("is_full", [False, True])
def test_the_example_plays_in_the_year_that_is_prepared_and_has_no_fault(
    tmp_path: Path, today: dt.date, year: str, *, is_full: bool
) -> None:
    if is_full:
        write_full_example(tmp_path / "школа", year=year)
    else:
        make_example(tmp_path / "школа", ROOT, today)
    made = prepare_registers(tmp_path / "школа", ROOT)
    assert isinstance(made, Workspace)
    assert year_in_settings(made) == year
    site = Site(tmp_path / "школа", ROOT, tmp_path / "output")
    problems = check_workspace(site, today).problems
    # Its order is never signed, which is said once its date has passed.
    assert [str(one) for one in problems if one.code != "overdue"] == []


def test_a_new_workspace_has_six_sheets_and_a_hidden_one_of_lists(tmp_path: Path) -> None:
    (path,) = make_example(tmp_path / "школа", ROOT, dt.date(2026, 8, 20))
    book = load_workbook(path)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["Справка", "Организация", "Сотрудники", "Пары", "Приказы", "Настройки"]
    assert [sheet.title for sheet in book.worksheets if sheet.title not in shown] == ["Списки"]
    guide = [str(row[0]) for row in book["Справка"].iter_rows(values_only=True)]
    later = guide.index("Листы, которые добавит docgen add, когда понадобятся")
    assert guide.index("Пары") < later < guide.index("Пункты") < guide.index("Акты")


def test_the_order_of_a_new_workspace_is_made_whole_of_its_six_sheets(tmp_path: Path) -> None:
    make_example(tmp_path / "школа", ROOT, dt.date(2026, 8, 20))
    ready = look_at_workspace(Site(tmp_path / "школа", ROOT, tmp_path / "output"))
    assert isinstance(ready, Ready)
    kinds = {one.kind.name for one in make_plan(ready, Wish()).documents}
    assert kinds == {
        "приказ_о_парах",
        "лист_ознакомления",
        "согласие_на_наставничество",
        "дополнительное_соглашение",
        "банк_наставников",
        "банк_наставляемых",
        "запрос_наставляемого",
        "анкета_наставника",
        "обратная_связь",
    }
