"""Copies repeat what was signed: a scan, a signed file, a page of the archive; nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from docgen import pages
from docgen.archive import SCAN, ArchivedPaper, KeptFile, PaperRecord
from docgen.model import Family, Kind, PlannedDocument
from docgen.packet import CopySource
from docgen.pipeline.output.document_archive import ArchivedDocument, document_of
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.ledger import Ledger
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.products.copied_files import copied_files
from tests.support.builders import SEPTEMBER, order, workspace
from tests.support.builders import school as small_school
from tests.support.small_pdfs import A4_LANDSCAPE, write_small_pdf
from tests.support.small_root import SHIPPED, Sheets, make_root, make_school, put, run, sign_orders

SIGNED_MARK = "Подлинник подписан"
TRUE = "Верно."
DRAFT = "ПРОЕКТ"


def acquaint(sheets: Sheets) -> None:
    """Let both orders have a sheet of acquaintance, and a cell for a scan."""
    head, *rows = sheets["Приказы"]
    head += ["Ознакомить", "Скан"]
    for row in rows:
        row += ["Петрова Анна Сергеевна", None]


def signed_with_scan(sheets: Sheets) -> None:
    acquaint(sheets)
    sign_orders(sheets)
    sheets["Приказы"][1][-1] = "сканы/147.pdf"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_root(tmp_path)
    for suffix in (".docx", ".toml"):
        shutil.copy(SHIPPED / f"templates_docx/лист_ознакомления{suffix}", made / "templates_docx")
    return made


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def packet(school: Path, start: str) -> dict[str, Any]:
    """Return the entry of the packet whose name begins so."""
    manifest = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))
    (found,) = [one for one in manifest["packets"] if one["name"].startswith(start)]
    return dict(found)


def text_of(school: Path, start: str) -> list[str]:
    """Return the pages of a packet, each as one line."""
    found = pages.text_of(output_of(school) / packet(school, start)["pdf"])
    return [" ".join(text.split()) for text in found]


def control_of(school: Path, start: str) -> str:
    pdf = packet(school, start)["pdf"].removesuffix(".pdf")
    return " ".join(pages.text_of(output_of(school) / f"{pdf} — контрольный лист.pdf")[0].split())


FIRST, SECOND = "Копии. Приказ № 147-од", "Копии. Приказ № 163-од"
YEAR = "Копии. Наставничество"


@pytest.mark.office
def test_nothing_certifies_what_is_not_signed_and_the_frame_is_there_for_photocopies(
    root: Path,
) -> None:
    school = make_school(root, acquaint)
    assert run("build", school) == 0
    for name in (FIRST, SECOND, YEAR):
        cover, inventory, *papers, closing = text_of(school, name)
        sheets = packet(school, name)["sheets"]
        assert not [text for text in (cover, inventory, *papers, closing) if TRUE in text]
        assert all(
            text.endswith(f"{DRAFT}. Лист {n} из {sheets}") for n, text in enumerate(papers, 3)
        )
        assert cover.endswith(f"Лист 1 из {sheets}")
        assert closing.endswith(f"Лист {sheets} из {sheets}")
        assert f"печатью {sheets} (" not in closing
        assert "лист ничего не заверяет" in closing
        assert "Лист ознакомления. Приказ № 1" in inventory
        assert "в деле – –" in inventory
        assert "Сверьте с подлинником до подписи «Верно»" in control_of(school, name)
        assert "не подписан, проект" in control_of(school, name)
    assert run("verify", output_of(school)) == 0


@pytest.fixture
def signed(root: Path) -> Path:
    """Return a school with two signed orders; of the first there is a scan."""
    assert run("build", make_school(root, acquaint)) == 0
    school = make_school(root, signed_with_scan)
    write_small_pdf(school / "сканы/147.pdf", ["scan one", "scan two"], A4_LANDSCAPE)
    return school


@pytest.mark.office
def test_copies_of_signed_orders_follow_the_order_of_sources(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("build", signed) == 0
    said = capsys.readouterr().err
    assert said.count("[no-scan]") == 1
    assert "у подписанных приказов нет скана: № 163-од; в копии идёт лист из архива" in said
    _see_scan_alone(signed)
    _see_page_of_the_archive(signed)
    sources = [one.get("source") for one in packet(signed, YEAR)["contents"]]
    assert sources == [None, "scan", None]
    assert run("verify", output_of(signed)) == 0
    capsys.readouterr()
    assert run("explain", output_of(signed) / packet(signed, FIRST)["pdf"]) == 0
    assert "изменений нет" in capsys.readouterr().out
    assert run("plan", "--json", signed) == 0
    planned = json.loads(capsys.readouterr().out)["packets"]
    (first,) = [one for one in planned if one["name"].startswith(FIRST)]
    assert len(first["contents"]) == 1
    _change_what_lies_there(signed, capsys)


def _see_scan_alone(school: Path) -> None:
    _, inventory, *papers, closing = text_of(school, FIRST)
    assert [text.split(" Лист")[0] for text in papers] == ["scan one", "scan two"]
    assert [TRUE in text for text in papers] == [False, True]
    assert not [text for text in papers if SIGNED_MARK in text]
    assert "Приложение" not in inventory
    assert "Лист ознакомления" not in inventory
    assert "печатью 5 (пять) листов" in closing
    assert "скан подписанного" in control_of(school, FIRST)


def _see_page_of_the_archive(school: Path) -> None:
    _, inventory, *papers, closing = text_of(school, SECOND)
    assert SIGNED_MARK in papers[-1]
    assert TRUE in papers[-1]
    assert "в деле – –" in inventory
    assert f"печатью {packet(school, SECOND)['sheets']} (" in closing
    assert "лист из архива, подлинник подписан" in control_of(school, SECOND)


def _change_what_lies_there(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A better scan renews the copies that hold it; a file that is signed stands before a page."""
    write_small_pdf(school / "сканы/147.pdf", ["better"])
    before = packet(school, YEAR)["sha256"]
    paper = next((output_of(school) / "pdf/О парах").glob("*163*.pdf"))
    original = output_of(school) / "электронные подлинники/О парах" / paper.name
    original.parent.mkdir(parents=True)
    shutil.copy(paper, original)
    original.with_name(f"{original.name}.sig").write_bytes(b"signature")
    capsys.readouterr()
    assert run("build", school) == 0
    assert "[no-scan]" not in capsys.readouterr().err
    assert text_of(school, FIRST)[2].startswith("better")
    assert packet(school, YEAR)["sha256"] != before
    assert SIGNED_MARK not in " ".join(text_of(school, SECOND))
    assert TRUE in text_of(school, SECOND)[-2]
    assert "файл с электронной подписью" in control_of(school, SECOND)


@pytest.mark.office
def test_what_somebody_has_changed_among_the_pdfs_is_not_copied(signed: Path) -> None:
    assert run("build", signed) == 0
    before = text_of(signed, SECOND)
    paper = next((output_of(signed) / "pdf/О парах").glob("*163*.pdf"))
    write_small_pdf(paper, ["forged"])
    put(signed, "Настройки", "A1", "Что ")
    assert run("build", signed) == 0
    assert text_of(signed, SECOND) == before


@pytest.mark.office
def test_an_entry_may_say_where_the_original_is_kept(root: Path) -> None:
    entry = root / "templates_docx/packets/комплект_приказа.toml"
    entry.write_text(f"{entry.read_text('utf-8')}original_place = true\n", "utf-8")
    assert run("build", make_school(root, acquaint)) == 0
    school = make_school(root, signed_with_scan)
    assert run("build", school) == 0
    last = text_of(school, SECOND)[-2]
    where = "Подлинник документа находится в МБОУ «Школа № 1» в деле № ______ за ______ год."
    assert f"{SIGNED_MARK}. {where} {TRUE}" in last.replace("\u00a0", " ")
    assert where not in " ".join(text_of(school, YEAR))


# --- what is decided, without pages ----------------------------------------------------------


def job_of(name: str, family: Family, state: str, *, is_secret: bool = False) -> DocumentJob:
    """Return the job of a paper of one order."""
    made = workspace(small_school({"приказы": [order(имя="О парах")]}))
    (row,) = made.records["приказы"]
    kind = Kind(name, "", Path(), "", "приказы", "", family=family, is_confidential=is_secret)
    planned = PlannedDocument(kind, name, name, name, SEPTEMBER, {}, state, order=row)
    return DocumentJob(planned, f"documents/{name}.docx", f"pdf/{name}.pdf")


def archived_as(job: DocumentJob, tmp_path: Path, *, has_scan: bool) -> ArchivedDocument:
    """Return the paper of a job as the archive has it."""
    files = {"бумага.pdf": KeptFile("a" * 64, 10, 2)}
    files |= {SCAN: KeptFile("b" * 64, 10, 3)} if has_scan else {}
    signed = ("", "", "подписан", job.key)
    record = PaperRecord("0" * 16, job.key, "приказ", job.key, *signed, {}, (), files)
    sources = {name: tmp_path / name for name in files}
    return document_of(ArchivedPaper(record, tmp_path, sources))


@pytest.mark.parametrize("has_scan", [False, True])
@pytest.mark.parametrize("state", ["проект", "на подписи", "подписан", "изменён", "утратил силу"])
def test_what_stands_for_each_paper_follows_state_and_scan(
    state: str, has_scan: bool, tmp_path: Path
) -> None:
    main = job_of("приказ", Family.ORDER, state)
    list_ = job_of("список", Family.APPENDIX, state, is_secret=True)
    sheet = job_of("лист", Family.SHEET, state)
    kept = {
        "приказ": archived_as(main, tmp_path, has_scan=has_scan),
        "список": archived_as(list_, tmp_path, has_scan=False),
    }
    found = copied_files([main, list_, sheet], kept, OutputStore(tmp_path, Ledger()))
    is_signed = state not in {"проект", "на подписи"}
    if is_signed and has_scan:
        assert found.covered == {"список", "лист"}
        assert found.private == {"приказ"}
        assert found.of("приказ").source is CopySource.SCAN
        assert found.of("приказ").pages == 3
    else:
        paper = CopySource.ARCHIVED if is_signed else CopySource.DRAFT
        sources = [found.of(key).source for key in ("приказ", "список", "лист")]
        assert sources == [paper, paper, CopySource.IN_FILE]
        assert not found.covered
        assert not found.private
    assert found.of("нет такого").source is CopySource.DRAFT
