"""The example of a new workspace: in which school year it plays, and that nothing is said of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from docgen.model import Workspace
from docgen.pipeline.answers.example import make_example
from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.prepare import prepare_registers
from docgen.wording import year_in_settings
from tests.support.builders import ROOT


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
def test_the_example_plays_in_the_year_that_is_prepared_and_has_no_fault(
    tmp_path: Path, today: dt.date, year: str
) -> None:
    make_example(tmp_path / "школа", ROOT, today)
    made = prepare_registers(tmp_path / "школа", ROOT)
    assert isinstance(made, Workspace)
    assert year_in_settings(made) == year
    site = Site(tmp_path / "школа", ROOT, tmp_path / "output")
    problems = check_workspace(site, today).problems
    # Its order is never signed, which is said once its date has passed.
    assert [str(one) for one in problems if one.code != "overdue"] == []
