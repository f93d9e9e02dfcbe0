"""Signed orders keep their sheets of acquaintance, or their lines, whatever is set now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.support.small_root import (
    SHIPPED,
    Sheets,
    made,
    make_root,
    make_school,
    run,
    sign_orders,
    text_of,
)

LINES = "С приказом ознакомлены:"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_root(tmp_path)
    for suffix in (".docx", ".toml"):
        shutil.copy(
            SHIPPED / "templates_docx" / f"лист_ознакомления{suffix}", root / "templates_docx"
        )
    return root


def acquainting(how: str, *, is_signed: bool = False) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        sheets["Приказы"][0].append("Ознакомить")
        sheets["Приказы"][1].append("Кузнецов Денис Олегович; Петрова Анна Сергеевна")
        if how:
            sheets["Настройки"].append(["Ознакомление", how])
        if is_signed:
            sign_orders(sheets)

    return change


def papers(root: Path, how: str, *, is_signed: bool = False) -> list[str]:
    """Build the school and return the names of the papers of its order."""
    school = make_school(root, acquainting(how, is_signed=is_signed))
    assert run("build", school, "--no-pdf") == 0
    return [one.stem.split(" № ")[0] for one in made(root / "output") if "внедрении" in str(one)]


def waiting(root: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Return the papers of the order that somebody has yet to sign."""
    capsys.readouterr()
    run("unsigned", root / "registers" / "школа")
    lines = capsys.readouterr().out.splitlines()
    return {line.split(": ", 1)[1] for line in lines if "147-од" in line}


ON_SHEET, IN_ORDER = ["Лист ознакомления", "Приказ", "Приложение"], ["Приказ", "Приложение"]


@pytest.mark.parametrize(
    ("before", "after", "names", "title"),
    [
        ("", "в приказе", ON_SHEET, "Лист ознакомления. Приказ № 147-од от 01.09.2026"),
        ("", "нет", ON_SHEET, "Лист ознакомления. Приказ № 147-од от 01.09.2026"),
        ("в приказе", "", IN_ORDER, "Приказ № 147-од от 01.09.2026. О внедрении наставничества"),
        ("в приказе", "нет", IN_ORDER, "Приказ № 147-од от 01.09.2026. О внедрении наставничества"),
    ],
)
def test_a_setting_that_changes_later_changes_nothing_that_is_signed(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    before: str,
    after: str,
    names: list[str],
    title: str,
) -> None:
    assert papers(root, before) == names
    assert papers(root, before, is_signed=True) == names
    assert papers(root, after, is_signed=True) == names
    assert waiting(root, capsys) == {title}
    (order,) = [one for one in made(root / "output") if one.stem.startswith("Приказ № 147")]
    assert (LINES in text_of(order)) is (names is IN_ORDER)


def test_an_order_that_is_not_signed_follows_the_settings(root: Path) -> None:
    assert papers(root, "") == ON_SHEET
    assert papers(root, "в приказе") == IN_ORDER
    assert papers(root, "нет") == IN_ORDER


def test_a_signature_without_lines_is_refused_lines(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document()
    document.add_paragraph("{{ подписант.должность }} {{ подписант.имя }}")
    document.save(str(root / "templates_docx" / "blocks" / "подпись.docx"))
    assert papers(root, "") == ON_SHEET
    school = make_school(root, acquainting("в приказе"))
    assert run("build", school, "--no-pdf") != 0
    said = capsys.readouterr().err
    assert "нет строк ознакомления (закладка «sign_0»)" in said
