"""Letters are taken into account, not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import pipeline
from tests.support.house import House
from tests.support.shipped import ROOT


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([("В соответствии с", "АЗ-1128/08")], ["C2"]),
        ([("В соответствии с", "273-ФЗ"), ("", "АЗ-1128/08")], ["C3"]),
        ([("На основании", "МР-42/02")], ["C2"]),
        ([("Во исполнение", "АЗ-1128/08")], ["C2"]),
        ([("В соответствии с", "273-ФЗ"), ("с учётом", "АЗ-1128/08")], []),
        ([("Учитывая", "АЗ-1128/08")], []),
        ([("В соответствии с", "Р-145")], []),
    ],
)
def test_a_letter_is_taken_into_account(
    tmp_path: Path, rows: list[tuple[str, str]], cells: list[str]
) -> None:
    house = House(tmp_path)
    house.points((1, "Утвердить план"))
    house.add("Преамбула", *({"Оборот": opener, "Акт": act} for opener, act in rows))
    checked = pipeline.check_workspace(pipeline.Site(house.write(), ROOT, tmp_path / "out"))
    found = [one.where.cell for one in checked.problems if one.code == "advice-followed"]
    assert found == cells
