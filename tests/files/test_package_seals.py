"""The seal of a copy: known as docgen's until somebody saves it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from docgen.files import SEALED_PART, seal, sealed_source

SOURCE = "registers/«А & Б» <1>/Книга.xlsx"


def sealed_book(path: Path) -> Path:
    stream = io.BytesIO()
    Workbook().save(stream)
    path.write_bytes(seal(stream.getvalue(), SOURCE))
    return path


def test_a_sealed_copy_says_of_what_it_is_and_opens(tmp_path: Path) -> None:
    copy = sealed_book(tmp_path / "копия.xlsx")
    assert sealed_source(copy) == SOURCE
    assert load_workbook(copy).properties.creator == "docgen"


def test_the_same_copy_has_the_same_bytes(tmp_path: Path) -> None:
    data = sealed_book(tmp_path / "копия.xlsx").read_bytes()
    assert seal(data, SOURCE) == seal(data, SOURCE) == data


def test_a_copy_that_somebody_saved_is_sealed_no_more(tmp_path: Path) -> None:
    copy = sealed_book(tmp_path / "копия.xlsx")
    book = load_workbook(copy)
    book.worksheets[0]["A1"] = "исправлено"
    book.save(copy)
    assert sealed_source(copy) is None


def test_a_changed_part_breaks_the_seal_even_if_the_properties_stay(tmp_path: Path) -> None:
    copy = sealed_book(tmp_path / "копия.xlsx")
    with zipfile.ZipFile(copy) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] += b" "
    with zipfile.ZipFile(copy, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert sealed_source(copy) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>"])
def test_what_is_no_package_has_no_seal(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "чужое.xlsx").write_bytes(data)
    assert sealed_source(tmp_path / "чужое.xlsx") is None
    assert sealed_source(tmp_path / "нет.xlsx") is None
    assert sealed_source(tmp_path) is None


def test_properties_of_an_absurd_size_are_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "бомба.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(SEALED_PART, b" " * (1 << 20))
    assert sealed_source(tmp_path / "бомба.xlsx") is None
