"""Everything that docgen writes is PDF/A-2b, by the verdict of veraPDF, and says so truly."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image, ImageCms

from docgen.pages import PdfPart, normalise, pick
from docgen.pages.pdfa import PROFILE
from tests.conftest import WORKSPACES
from tests.support.example_builds import manifest_of, samples_of
from tests.support.joined_pdfs import join, overlay
from tests.support.small_pdfs import small_pdf
from tests.support.small_root import make_root, make_school, run
from tests.support.verapdf import verapdf


def metadata_of(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.Metadata.read_bytes()


def as_made_by(producer: str, pdf: bytes) -> bytes:
    """Return a PDF that another program claims to have made."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Producer"] = producer
        stream = io.BytesIO()
        document.save(stream)
    return stream.getvalue()


def test_the_profile_of_colours_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(PROFILE))
    known = ImageCms.createProfile("sRGB")
    colours = Image.frombytes("RGB", (4096, 1), bytes(number * 37 % 256 for number in range(12288)))
    shown = ImageCms.profileToProfile(colours, ours, known)
    assert isinstance(shown, Image.Image)
    pairs = zip(colours.tobytes(), shown.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 1
    assert len(PROFILE) < 700


def test_title_and_producer_stand_in_both_places_and_nothing_else_does() -> None:
    title = "Приказ «О <парах> & кураторах»\x0b № 1"
    pdf = normalise(as_made_by("LibreOffice 7.4", small_pdf(["one"])), title).data
    with pikepdf.open(io.BytesIO(pdf)) as document:
        information = {key: str(value) for key, value in document.docinfo.items()}
        metadata = document.open_metadata()
        assert information == {"/Title": title.replace("\x0b", " "), "/Producer": "docgen"}
        assert metadata["dc:title"] == information["/Title"]
        assert metadata["pdf:Producer"] == "docgen"
        assert metadata.pdfa_status == "2B"
        assert str(document.Root.Lang) == "ru-RU"
    assert b"Date" not in pdf


def test_the_identifier_tells_files_apart_and_nothing_else() -> None:
    first, same, other = (
        pikepdf.open(io.BytesIO(normalise(small_pdf([text]), "").data)).trailer.ID[0]
        for text in ("one", "one", "two")
    )
    assert bytes(first) == bytes(same) != bytes(other)


def test_pages_of_unknown_programs_are_never_called_pdfa() -> None:
    ours = normalise(as_made_by("LibreOffice 7.4", small_pdf(["one"])), "").data
    strange = normalise(small_pdf(["two"]), "").data
    assert b"pdfaid:part" in metadata_of(ours)
    assert b"pdfaid:part" in metadata_of(join([PdfPart(ours)], title=""))
    for pdf in (
        strange,
        join([PdfPart(ours), PdfPart(strange)], title=""),
        join([PdfPart(join([PdfPart(strange)], title="")), PdfPart(ours)], title=""),
        overlay(ours, strange),
        pick([ours, strange], [(0, 1)]),
    ):
        assert b"pdfaid:part" not in metadata_of(pdf)


# --- veraPDF ---------------------------------------------------------------------------------


def picture(mode: str) -> io.BytesIO:
    """Return a PNG that fades from left to right, as an emblem without a background does."""
    colours = Image.linear_gradient("L").rotate(90)
    image = Image.merge("RGBA", (colours, colours.rotate(90), colours.rotate(180), colours))
    stream = io.BytesIO()
    if mode == "P":
        image.quantize(16).save(stream, "PNG", transparency=0)
    else:
        image.convert(mode).save(stream, "PNG")
    stream.seek(0)
    return stream


def illustrate(docx: Path, *modes: str) -> None:
    """Put pictures above the first paragraph of a template."""
    document = Document(str(docx))
    for mode in modes:
        above = document.paragraphs[0].insert_paragraph_before()
        above.add_run().add_picture(picture(mode), width=Mm(20))
    document.save(str(docx))


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every PDF of a school with pictures on its orders and covers."""
    root = make_root(tmp_path_factory.mktemp("pdfa"))
    illustrate(root / "templates_docx" / "приказ.docx", "RGBA", "P", "LA")
    illustrate(root / "templates_docx" / "packets" / "обложка.docx", "RGBA")
    assert run("build", "--fields", make_school(root)) == 0
    return sorted(root.rglob("*.pdf"))


def left_in(examples: Path) -> list[Path]:
    """Return the PDFs of the workspaces with all packets, and of each kind of paper a few."""
    found = []
    for name in WORKSPACES:
        folder = examples / name
        for one in samples_of(manifest_of(folder)["documents"]):
            found.append(folder / one["pdf"])
            found += [folder / one["original"]["pdf"]] if one["original"] else []
        found += sorted((folder / "packets").rglob("*.pdf"))
    return found


@pytest.mark.office
def test_everything_that_a_build_leaves_passes(examples: Path, illustrated: list[Path]) -> None:
    left = [*left_in(examples), *illustrated]
    originals = [one for one in left if "электронные подлинники" in one.parts]
    transparent = [one for one in left if b"/SMask" in one.read_bytes()]
    assert len(left) > 100
    assert len(originals) > 20
    assert {one.parent.name for one in transparent} >= {"О внедрении", "packets"}
    assert any(one in transparent for one in originals)
    assert any(one.name.startswith("Копии.") for one in transparent)
    failures = {pdf.name: why for pdf, why in zip(left, verapdf(left), strict=True) if why}
    assert not failures


@pytest.mark.office
def test_no_reader_finds_fault(examples: Path, illustrated: list[Path]) -> None:
    """What ``qpdf --check`` does, PDFium and poppler, which draws every page, have no complaint."""
    poppler = shutil.which("pdftoppm")
    assert poppler is not None, "apt-get install poppler-utils"
    for pdf in (*left_in(examples), *illustrated):
        with pikepdf.open(pdf) as document:
            assert document.check_pdf_syntax() == []
        opened = pypdfium2.PdfDocument(pdf)
        assert len(opened) > 0
        opened.close()
        command = [poppler, "-r", "8", "-gray", str(pdf)]
        drawn = subprocess.run(command, capture_output=True, check=False, timeout=60)
        assert (drawn.returncode, drawn.stderr) == (0, b""), pdf.name


@pytest.mark.office
def test_what_is_not_archival_does_not_pass(illustrated: list[Path]) -> None:
    data = illustrated[0].read_bytes()
    broken = {
        "6.2.4.3": data.replace(b"/OutputIntents", b"/OutputInterns"),
        "6.6.2.1": data.replace(b"/Metadata 4 0 R", b"/Metatada 4 0 R"),
        "6.6.4": data.replace(b"<pdfaid:part>2<", b"<pdfaid:part>3<"),
        "6.1.3": data.replace(b"/ID [", b"/IX ["),
        "6.2.11": data.replace(b"/FontFile2 ", b"/FontFile9 "),
    }
    for clause, verdict in zip(broken, verapdf(list(broken.values())), strict=True):
        assert clause in verdict
