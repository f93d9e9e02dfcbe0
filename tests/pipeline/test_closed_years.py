"""What stays of a school year once the settings name a later one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from docgen.pipeline.output.ledger import read_ledger, stamp_output, write_ledger
from tests.support.small_pdfs import blank_pdf
from tests.support.small_root import (
    Sheets,
    build_signed,
    files_below,
    make_root,
    make_school,
    run,
    sign_orders,
)

NO_PDF = "--no-pdf"


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def made(school: Path, folder: str = "documents") -> dict[str, str]:
    return {
        name: data
        for name, data in files_below(output_of(school)).items()
        if name.startswith(f"{folder}/")
    }


def next_year(sheets: Sheets) -> None:
    """Sign the orders of the year, and begin the next one with a pair and an order."""
    sign_orders(sheets)
    sheets["Настройки"][1][1] = "2027/2028"
    order, pair = [*sheets["Приказы"][2]], [*sheets["Пары"][1]]
    order[0], order[1], order[2], order[6] = (
        "О парах 2027",
        "163-од",
        dt.date(2027, 9, 10),
        "на подписи",
    )
    pair[4], pair[5], pair[6] = dt.date(2027, 9, 13), dt.date(2028, 5, 26), "О парах 2027"
    sheets["Приказы"].append(order)
    sheets["Пары"].append(pair)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def test_a_closed_year_stays_as_it_is_and_nothing_is_said_of_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    before = made(school)
    make_school(root, next_year)
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    said = capsys.readouterr().err
    assert "frozen-differs" not in said
    assert "больше нет" not in said
    after = made(school)
    assert before.items() <= after.items()
    assert len(after) > len(before)
    manifest = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))
    assert {one["year"] for one in manifest["documents"]} == {"2026/2027", "2027/2028"}
    assert len(manifest["documents"]) == len(after)
    assert run("verify", output_of(school)) == 0
    assert run("build", school, NO_PDF) == 0
    assert made(school) == after


def test_a_paper_of_a_new_year_does_not_take_the_place_of_an_older_one(root: Path) -> None:
    school = build_signed(root, NO_PDF)
    before = made(school)

    def same_names(sheets: Sheets) -> None:
        next_year(sheets)
        del sheets["Приказы"][2]
        del sheets["Пары"][1]
        sheets["Приказы"][2][0] = sheets["Пары"][1][6] = "О парах"

    make_school(root, same_names)
    run("build", school, NO_PDF)
    after = made(school)
    assert before.items() <= after.items()
    added = [Path(name).name for name in after.keys() - before.keys()]
    assert added
    assert all("(2027-2028)" in name for name in added if "163-од" in name)


def test_an_unsigned_paper_of_the_closed_year_is_still_planned(root: Path) -> None:
    school = make_school(root)
    assert run("build", school, NO_PDF) == 0
    before = set(made(school))

    def later(sheets: Sheets) -> None:
        sheets["Настройки"][1][1] = "2027/2028"

    make_school(root, later)
    assert run("build", school, NO_PDF) == 0
    assert before <= set(made(school))


@pytest.mark.office
def test_packets_of_a_closed_year_stay_too(root: Path) -> None:
    school = build_signed(root)
    before = made(school, "packets") | made(school, "pdf")
    assert before
    make_school(root, next_year)
    assert run("build", school) == 0
    after = made(school, "packets") | made(school, "pdf")
    assert before.items() <= after.items()
    assert len(after) > len(before)
    assert run("verify", output_of(school)) == 0
    assert run("build", school) == 0
    assert made(school, "packets") | made(school, "pdf") == after


def test_unsigned_orders_of_the_closed_year_are_one_remark(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def later(sheets: Sheets) -> None:
        sheets["Настройки"][1][1] = "2027/2028"

    school = make_school(root, later)
    assert run("check", school) == 0
    assert capsys.readouterr().out.count("year-open") == 1

    def long_ago(sheets: Sheets) -> None:
        later(sheets)
        for row in sheets["Приказы"][1:]:
            row[sheets["Приказы"][0].index("Дата")] = dt.date(1926, 9, 1)

    # A slip of its own, said as such.
    make_school(root, long_ago)
    assert run("check", school) == 3
    assert "year-open" not in capsys.readouterr().out
    make_school(root)
    assert run("check", school) == 0
    assert "year-open" not in capsys.readouterr().out


def test_verify_holds_the_archive_to_the_last_byte(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = build_signed(root, NO_PDF)
    assert run("verify", school) == 0
    assert run("verify", output_of(school), "--workspace", school) == 0
    docx = next((school / "архив").glob("*/бумага.docx"))
    for copy in (school / "архив" / ".хранилище").iterdir():
        if copy.read_bytes() == docx.read_bytes():
            copy.unlink()
    docx.write_bytes(b"x" * docx.stat().st_size)
    capsys.readouterr()
    assert run("verify", school) == 6
    assert "archive-lost" in capsys.readouterr().out


def test_a_run_without_libreoffice_takes_no_pdf_of_a_closed_year_away(root: Path) -> None:
    school = build_signed(root, NO_PDF)
    (output_of(school) / "pdf" / "О парах").mkdir(parents=True)
    docx = next(name for name in made(school) if "163-од" in name)
    pdf = output_of(school) / f"pdf/{docx.removeprefix('documents/').removesuffix('.docx')}.pdf"
    pdf.write_bytes(blank_pdf())
    ledger = read_ledger(output_of(school))
    ledger.outputs[f"pdf/{pdf.parent.name}/{pdf.name}"] = stamp_output(pdf)
    write_ledger(output_of(school), ledger)
    make_school(root, next_year)
    assert run("build", school, NO_PDF) == 0
    assert pdf.is_file()
