"""The catalogue of ready forms says what their entries say, wherever people look for a form."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.catalogue import guide_lines, summaries_of
from docgen.model import DocumentPer, Kind
from tests.support import kind_catalogue
from tests.support.kind_catalogue import COMMAND, summaries
from tests.support.shipped import KINDS, prepared
from tests.support.small_root import run


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_kind_says_when_it_is_made_and_on_what_it_rests(kind: str) -> None:
    (one,) = [one for one in summaries() if one.name == kind]
    wanted = {"when": one.when, "ground": one.ground, "retention": one.retention}
    assert [key for key, text in {**wanted, "signers": one.signers}.items() if not text] == []


def test_the_catalogue_is_what_entries_say() -> None:
    assert kind_catalogue.PAGE.read_text(encoding="utf-8") == kind_catalogue.page(), COMMAND


def test_the_guide_of_clerks_lists_every_form() -> None:
    assert kind_catalogue.GUIDE.read_text(encoding="utf-8") == kind_catalogue.guide(), COMMAND


def test_every_picture_is_of_the_paper_as_it_is() -> None:
    assert sorted(path.stem for path in kind_catalogue.PICTURES.glob("*.png")) == KINDS, COMMAND
    assert kind_catalogue.made_of() == kind_catalogue.fingerprints(), COMMAND


def test_the_guide_of_a_new_workbook_names_every_form(tmp_path: Path) -> None:
    assert run("init", tmp_path / "школа") == 0
    sheet = load_workbook(tmp_path / "школа" / "Наставничество.xlsx")["Справка"]
    lines = {(row[0], row[1]) for row in sheet.iter_rows(values_only=True)}
    assert set(guide_lines(summaries())) <= lines


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("приказ", "приказ"),
        ("приложение_текст", "приложение"),
        ("согласие_на_наставничество", "наставника и наставляемого пары (взрослые); у группы одна"),
        (
            "согласие_на_обработку_данных",
            "наставника и наставляемого (работники) и строку листа «Цели обработки»",
        ),
        ("бумага_текст", "бумагу"),
    ],
)
def test_one_per_what_is_said_in_words(kind: str, wanted: str) -> None:
    (one,) = [one for one in summaries() if one.name == kind]
    assert one.one_per == wanted


def test_a_kind_of_ones_own_is_summed_up_too(tmp_path: Path) -> None:
    schemas = prepared("school").schemas
    own = Kind("список", "Список", tmp_path, "", "пары", "Список", per=DocumentPer.REGISTER)
    (one,) = summaries_of({"список": own}, schemas)
    assert (one.one_per, one.heading, one.signers) == ("весь лист «Пары»", "Другие бумаги", "")
    assert guide_lines([one]) == [("Список", "одна на весь лист «Пары»")]
