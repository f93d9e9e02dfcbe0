"""Scans of signed orders: named by a cell, taken into the archive, kept as evidence."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from docgen.archive import SCAN, read_archive
from docgen.archive.journal import EventKind
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import Sheets, make_root, make_school, put, run, sign_orders

NO_PDF = "--no-pdf"
FIRST = "H2"
"""The cell of «Скан» of the first order."""


def with_scan(*names: str | None) -> Callable[[Sheets], None]:
    """Return a change that calls all orders signed and fills «Скан» of each."""

    def change(sheets: Sheets) -> None:
        sign_orders(sheets)
        add_scans(sheets, *names)

    return change


def add_scans(sheets: Sheets, *names: str | None) -> None:
    head, *rows = sheets["Приказы"]
    head.append("Скан")
    for row, name in zip(rows, [*names, *[None] * len(rows)], strict=False):
        row.append(name)


def scans_of(school: Path) -> dict[str, bytes]:
    """Return the scans in the archive by the numbers of their orders."""
    return {
        paper.record.number: paper.sources[SCAN].read_bytes()
        for paper in read_archive(school).papers
        if SCAN in paper.record.files
    }


def events_of(school: Path) -> list[str]:
    places = sorted((school / "архив/журнал").glob("*.json"))
    return [json.loads(path.read_text("utf-8"))["what"] for path in places]


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """Return a school with two signed orders, the first of which has a scan."""
    root = make_root(tmp_path)
    assert run("build", make_school(root), NO_PDF) == 0
    school = make_school(root, with_scan("сканы/147-од.pdf"))
    write_small_pdf(school / "сканы/147-од.pdf", ["scan 1", "scan 2"])
    assert run("build", school, NO_PDF) == 0
    return school


def test_a_scan_is_taken_into_the_archive_with_a_second_copy_and_an_event(signed: Path) -> None:
    data = (signed / "сканы/147-од.pdf").read_bytes()
    assert scans_of(signed) == {"147-од": data}
    (paper,) = [one for one in read_archive(signed).papers if SCAN in one.record.files]
    kept = paper.record.files[SCAN]
    assert (kept.size, kept.pages) == (len(data), 2)
    assert (signed / "архив/.хранилище" / kept.sha256).read_bytes() == data
    assert (paper.folder / SCAN).read_bytes() == data
    assert (paper.folder / SCAN).stat().st_mode & 0o777 == 0o600
    assert events_of(signed).count(EventKind.SCAN) == 1
    assert paper.record.kind == "приказ"
    (paper.folder / SCAN).unlink()
    assert run("build", signed, NO_PDF) == 0
    assert (paper.folder / SCAN).read_bytes() == data


def test_a_scan_stands_against_taking_the_signature_back(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("unsign", "О внедрении", "--reason", "по ошибке", signed) != 0
    assert f"в архиве лежит «{SCAN}»" in capsys.readouterr().err
    assert run("unsign", "О парах", "--reason", "по ошибке", signed) == 0


def test_a_scan_that_changes_is_taken_in_anew_and_an_equal_one_is_not(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = signed / "сканы/147-од.pdf"
    capsys.readouterr()
    assert run("build", signed, NO_PDF) == 0
    assert "изменений нет" in capsys.readouterr().out
    os.utime(scan, ns=(1, 1))
    assert run("build", signed, NO_PDF) == 0
    assert events_of(signed).count(EventKind.SCAN) == 1
    write_small_pdf(scan, ["better scan"])
    assert run("build", signed, NO_PDF) == 0
    assert scans_of(signed) == {"147-од": scan.read_bytes()}
    assert events_of(signed).count(EventKind.SCAN) == 2


def test_a_scan_that_is_gone_stays_in_the_archive(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = scans_of(signed)
    (signed / "сканы/147-од.pdf").unlink()
    capsys.readouterr()
    assert run("build", signed, NO_PDF) == 0
    said = capsys.readouterr().err
    assert "[bad-scan]" in said
    assert "остаётся там и идёт в копии" in said
    put(signed, "Приказы", FIRST, None)
    assert run("build", signed, NO_PDF) == 0
    assert scans_of(signed) == before


@pytest.mark.parametrize("word", ["нет", "Нет"])
def test_a_scan_named_by_mistake_is_let_go_by_a_word(signed: Path, word: str) -> None:
    put(signed, "Приказы", FIRST, word)
    assert run("build", signed, NO_PDF) == 0
    assert scans_of(signed) == {}
    assert not list((signed / "архив").rglob(SCAN))
    assert run("unsign", "О внедрении", "--reason", "по ошибке", signed) == 0


def test_a_scan_that_comes_later_is_seen(tmp_path: Path) -> None:
    root = make_root(tmp_path)
    assert run("build", make_school(root), NO_PDF) == 0
    school = make_school(root, with_scan("147.pdf"))
    assert run("build", school, NO_PDF) == 0
    assert scans_of(school) == {}
    write_small_pdf(school / "147.pdf", ["scan"])
    assert run("build", school, NO_PDF) == 0
    assert [*scans_of(school)] == ["147-од"]


def _locked(path: Path) -> None:
    write_small_pdf(path, ["scan"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))


def _text(path: Path) -> None:
    path.write_text("не PDF", "utf-8")


def _whole(path: Path) -> None:
    write_small_pdf(path, ["scan"])


@pytest.mark.parametrize(
    ("typed", "make", "said"),
    [
        ("нет такого.pdf", None, "нет файла «нет такого.pdf»"),
        ("скн.pdf", _whole, "возможно, вы имели в виду «скан.pdf»"),
        ("../скан.pdf", None, "лежит вне рабочей папки"),
        ("/etc/passwd", None, "лежит вне рабочей папки"),
        (r"C:\сканы\1.pdf", None, "лежит вне рабочей папки"),
        (".", None, "лежит вне рабочей папки"),
        ("я" * 300 + ".pdf", None, "нет файла"),
        ("скан.pdf", _text, "это не PDF, или он повреждён"),
        ("скан.pdf", _locked, "закрыт паролем"),
        ("скан.jpg", _whole, "отсканируйте приказ в PDF"),
    ],
)
def test_a_cell_that_names_no_scan_is_a_warning_and_the_order_is_made(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    make: Callable[[Path], Any] | None,
    said: str,
) -> None:
    school = make_school(make_root(tmp_path), lambda sheets: add_scans(sheets, typed))
    if make is not None:
        make(school / ("скан.jpg" if typed.endswith("jpg") else "скан.pdf"))
    capsys.readouterr()
    assert run("check", school) == 0
    out = capsys.readouterr().out
    assert said in out
    assert "лист «Приказы», ячейка H2" in out
    assert "[bad-scan]" in out


def test_a_scan_of_an_unsigned_order_asks_for_the_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(make_root(tmp_path), lambda sheets: add_scans(sheets, "скан.pdf"))
    write_small_pdf(school / "скан.pdf", ["scan"])
    assert run("build", school, NO_PDF) == 0
    said = capsys.readouterr().err
    assert "если подписан, впишите «подписан»" in said
    assert "ячейка G2" in said
    assert not (school / "архив").exists()


def test_a_scan_put_into_a_papers_folder_is_offered_once_and_not_taken(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder,) = [
        one.folder
        for one in read_archive(signed).papers
        if one.record.number == "163-од" and one.record.kind == "приказ_о_парах"
    ]
    write_small_pdf(folder / "IMG_0001.pdf", ["scan"])
    (folder / "IMG_0002.jpg").write_bytes(b"jpg")
    (folder / "~$IMG.pdf").write_bytes(b"")
    (folder / "Thumbs.db").write_bytes(b"")
    for command in (["check", signed], ["build", signed, NO_PDF]):
        capsys.readouterr()
        assert run(*command) == 0
        said = "".join(capsys.readouterr())
        assert said.count("[scan-found]") == 1
        assert "лежит «IMG_0001.pdf» и ещё 1: принять как скан?" in said
    capsys.readouterr()
    assert run("build", signed, NO_PDF) == 0
    assert "[scan-found]" not in capsys.readouterr().err
    assert [*scans_of(signed)] == ["147-од"]
    (folder / "IMG_0002.jpg").unlink()
    put(signed, "Приказы", "H3", f"архив/{folder.name}/IMG_0001.pdf")
    capsys.readouterr()
    assert run("build", signed, NO_PDF) == 0
    assert "[scan-found]" not in capsys.readouterr().err
    assert {*scans_of(signed)} == {"147-од", "163-од"}
    assert run("check", signed) == 0
    assert "[scan-found]" not in capsys.readouterr().out
