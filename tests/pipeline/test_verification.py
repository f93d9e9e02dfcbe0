"""Verify reads what other programs left in the output: signed, edited, locked, damaged PDFs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from docgen.files import file_digest
from docgen.pages import Bookmark, BrokenPdfError, PdfPart, SignatureField, add_signature_fields
from docgen.pipeline import verify_output
from docgen.pipeline.output.ledger import Ledger, write_ledger
from tests.support.joined_pdfs import join
from tests.support.painted_pdfs import painted_pdf
from tests.support.signers import signed
from tests.support.small_docx import write_docx
from tests.support.small_pdfs import small_pdf
from tests.support.small_root import run

PDF, DOCX, ORIGINAL, PACKET = (
    "pdf/Приказ.pdf",
    "documents/Приказ.docx",
    "электронные подлинники/Приказ.pdf",
    "packets/Дело.pdf",
)
CONTENTS = [("Приказ", 1), ("План", 3)]


def bookmarked() -> bytes:
    marks = [Bookmark(title, page) for title, page in CONTENTS]
    return join([PdfPart(small_pdf(["one", "two", "three"]))], title="Дело", bookmarks=marks)


def to_sign() -> bytes:
    """Return a file of two pages with an empty field of signature."""
    field = SignatureField("руководитель", "директор", 2, (50.0, 50.0, 150.0, 80.0))
    return add_signature_fields(small_pdf(["one", "two"]), [field])


def leave(output: Path) -> None:
    """Leave a document of two pages, its original and a packet, and the manifest of a build.

    The second page of the document is blank.
    """
    pdfs = {PDF: painted_pdf([["one"], [" "]]), ORIGINAL: to_sign(), PACKET: bookmarked()}
    for name, data in pdfs.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(data)
    (output / DOCX).parent.mkdir(exist_ok=True)
    write_docx(output / DOCX, "one")
    sums = {name: file_digest(output / name) for name in (*pdfs, DOCX)}
    document = {
        "docx": DOCX,
        "pdf": PDF,
        "pages": 2,
        "sha256": {"docx": sums[DOCX], "pdf": sums[PDF]},
        "original": {"pdf": ORIGINAL, "sha256": sums[ORIGINAL]},
        "frozen": True,
    }
    packet = {
        "pdf": PACKET,
        "pages": 3,
        "sha256": sums[PACKET],
        "contents": [{"title": title, "page": page} for title, page in CONTENTS],
        "frozen": True,
    }
    manifest = {"versions": {}, "documents": [document], "packets": [packet]}
    (output / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def note(output: Path, *, pages: int) -> None:
    """Note in the manifest the document's PDF as it lies there now, with this many pages."""
    path = output / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["documents"][0]["pages"] = pages
    manifest["documents"][0]["sha256"]["pdf"] = file_digest(output / PDF)
    path.write_text(json.dumps(manifest), "utf-8")


def said_of(output: Path, name: str) -> list[str]:
    """Return what verify says, all of it of one file and none of it of fonts."""
    problems = [one for one in verify_output(output) if "шрифт" not in one.message]
    assert {one.code for one in problems} <= {"verify-failed"}
    assert {one.where.file for one in problems} <= {str(output / name)}
    return [one.message for one in problems]


def change(path: Path, by: Callable[[pikepdf.Pdf], None], **options: Any) -> None:
    """Save a PDF as another program would after a person's change."""
    stream = io.BytesIO()
    with pikepdf.open(path) as document:
        by(document)
        document.save(stream, **options)
    path.write_bytes(stream.getvalue())


def sign(output: Path) -> None:
    path = output / ORIGINAL
    path.write_bytes(signed(path.read_bytes(), "руководитель", "Иванова Мария Петровна"))


CHANGED = "файл изменён после сборки; верните его или соберите заново"
LOCKED = "PDF открывается только с паролем; снимите пароль, "


def test_a_signed_original_is_in_order(tmp_path: Path) -> None:
    leave(tmp_path)
    assert said_of(tmp_path, ORIGINAL) == []
    sign(tmp_path)
    assert said_of(tmp_path, ORIGINAL) == []


def test_a_signed_original_of_another_length_than_the_document_is_told(tmp_path: Path) -> None:
    leave(tmp_path)
    sign(tmp_path)
    (tmp_path / PDF).write_bytes(painted_pdf([["one"], [" "], [" "]]))
    note(tmp_path, pages=3)
    (message,) = said_of(tmp_path, ORIGINAL)
    assert message.startswith("в файле страниц 2, а в документе теперь 3; ")


def test_pages_that_were_added_before_signing_are_told(tmp_path: Path) -> None:
    leave(tmp_path)
    writer = PdfWriter(io.BytesIO((tmp_path / ORIGINAL).read_bytes()), incremental=True)
    writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    (tmp_path / ORIGINAL).write_bytes(stream.getvalue())
    sign(tmp_path)
    (message,) = said_of(tmp_path, ORIGINAL)
    assert message.startswith("в файле страниц 3, а в документе теперь 2; ")


def test_a_pdf_that_another_program_saved_again_is_told_once(tmp_path: Path) -> None:
    leave(tmp_path)
    mode = pikepdf.ObjectStreamMode.generate
    change(tmp_path / PDF, lambda _: None, object_stream_mode=mode)
    assert said_of(tmp_path, PDF) == [CHANGED]
    leave(tmp_path)
    writer = PdfWriter(clone_from=PdfReader(tmp_path / PACKET))
    writer.write(tmp_path / PACKET)
    assert said_of(tmp_path, PACKET) == [CHANGED]


def test_an_edited_pdf_that_lost_a_page_is_told(tmp_path: Path) -> None:
    def lose_a_page(document: pikepdf.Pdf) -> None:
        del document.pages[0]

    leave(tmp_path)
    change(tmp_path / PDF, lose_a_page)
    assert said_of(tmp_path, PDF) == [CHANGED, "страниц 1, а должно быть 2"]


def test_an_edited_packet_whose_bookmarks_or_page_numbers_are_others_is_told(
    tmp_path: Path,
) -> None:
    def renumber(document: pikepdf.Pdf) -> None:
        label = pikepdf.Dictionary(S=pikepdf.Name.r)
        document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))

    def lose_bookmarks(document: pikepdf.Pdf) -> None:
        del document.Root.Outlines

    leave(tmp_path)
    change(tmp_path / PACKET, renumber)
    changed, misnumbered = said_of(tmp_path, PACKET)
    assert changed == CHANGED
    assert misnumbered.startswith("страница 1 показана в программе просмотра как «i», а опись")
    leave(tmp_path)
    change(tmp_path / PACKET, lose_bookmarks)
    assert said_of(tmp_path, PACKET) == [
        CHANGED,
        "закладки не совпадают с описью; соберите заново: docgen build",
    ]


def test_an_edited_pdf_that_a_build_kept_is_read_as_what_it_is(tmp_path: Path) -> None:
    def lose_a_page(document: pikepdf.Pdf) -> None:
        del document.pages[1]

    leave(tmp_path)
    change(tmp_path / PDF, lose_a_page)
    note(tmp_path, pages=2)
    write_ledger(tmp_path, Ledger(key="k", edited=frozenset({PDF})))
    assert said_of(tmp_path, PDF) == ["страниц 1, а должно быть 2"]


def test_a_pdf_that_cannot_be_held_to_its_document_is_told(tmp_path: Path) -> None:
    leave(tmp_path)
    # Its font does not say which letters its codes are.
    (tmp_path / PDF).write_bytes(small_pdf(["one", ""]))
    note(tmp_path, pages=2)
    assert said_of(tmp_path, PDF) == [
        "PDF открывается, но сверить его с документом не удалось; соберите заново: "
        'docgen build --redo "Приказ"'
    ]


def test_a_packet_that_cannot_be_held_to_its_documents_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise BrokenPdfError("a drawing that cannot be followed")

    leave(tmp_path)
    monkeypatch.setattr("docgen.pages.page_prints", fail)
    assert said_of(tmp_path, PACKET) == [
        "пакет открывается, но сверить его страницы с документами не удалось; соберите заново: "
        'docgen build --redo "Дело"'
    ]


@pytest.mark.parametrize("name", [PDF, ORIGINAL, PACKET])
def test_a_pdf_with_a_password_is_told_by_one_sentence(tmp_path: Path, name: str) -> None:
    leave(tmp_path)
    secret = pikepdf.Encryption(owner="a", user="b")
    change(tmp_path / name, lambda _: None, encryption=secret)
    (message,) = said_of(tmp_path, name)
    assert message.startswith(LOCKED)


@pytest.mark.parametrize("damage", [b"", b"nothing", b"%PDF-1.7\n" + bytes(300)])
@pytest.mark.parametrize("name", [PDF, ORIGINAL, PACKET])
def test_a_damaged_pdf_is_told_by_one_sentence(
    tmp_path: Path, name: str, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    leave(tmp_path)
    (tmp_path / name).write_bytes(damage)
    (message,) = said_of(tmp_path, name)
    assert message.startswith("PDF не открывается; ")
    assert run("verify", tmp_path) == 6
    shown = capsys.readouterr()
    assert f"«{Path(name).name}»: PDF не открывается; " in shown.out
    assert f" ({tmp_path / name}) [" in shown.out
    assert shown.err == ""
