"""Every kind and service page looks as approved: margins, fonts, lines, tables at their places.

The approved pictures lie in ``tests/data/pages/``, in a folder for each LibreOffice with its fonts:
layout is theirs. With others only page sizes and words are compared, and the test is skipped with
a sentence that says so. ``--update-golden`` approves what is made now; look at the PNGs first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from docgen import ooxml, packet, pages, signed
from docgen.fonts import fonts_fingerprint
from docgen.ooxml.zip_parts import read_parts
from docgen.pdf import find_office, open_press
from docgen.pipeline.products.packet_files import service_drafts
from docgen.pipeline.products.service_pages import ServicePrinter
from docgen.pipeline.products.signature_mark import write_visible_copy
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Ready
from tests.support.page_pictures import MOST_STRANGE, Picture, draw, from_png, strangeness, to_png
from tests.support.printing import converted
from tests.support.shipped import KINDS, ROOT, changed, one_of, rendered
from tests.support.small_pdfs import A4, A4_LANDSCAPE, write_small_pdf

APPROVED = ROOT / "tests" / "data" / "pages"
LYING = "приложение_таблица, лёжа"
PAPERS = [*KINDS, LYING]
_PARTED = re.compile(r"[\s\u00a0-]+")
BOTH = "pictures, page sizes and words"


def docx_of(paper: str) -> bytes:
    """Return a document of the kind, as the golden texts have it, or a table that lies."""
    if paper == LYING:
        lying = (
            one
            for one in rendered("kameshkovo").values()
            if one.plan.tables and b'w:orient="landscape"' in body_of(one.docx)
        )
        return next(lying).docx
    return one_of(paper)[1].docx


def body_of(docx: bytes) -> bytes:
    return read_parts(docx)["word/document.xml"]


def key() -> str:
    """Return the name of what lays pages out: LibreOffice and the fonts of the styles."""
    styles = (ROOT / "templates_docx").glob("стиль*.docx")
    families = sorted({name for style in styles for name in ooxml.used_fonts(style)})
    return f"{find_office().version.replace(' ', '-')}-{fonts_fingerprint(families)[:8]}"


def print_all(folder: Path, papers: Mapping[str, bytes]) -> dict[str, Path]:
    """Return the PDF of each document, all made together."""
    sources = {name: folder / f"{name}.docx" for name in papers}
    for name, path in sources.items():
        path.write_bytes(papers[name])
    made = converted([*sources.values()], folder / "pdf", composes=True)
    pdfs = {name: made[path] for name, path in sources.items()}
    return {name: pdf for name, pdf in pdfs.items() if isinstance(pdf, Path)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    papers = {paper: docx_of(paper) for paper in PAPERS}
    made = print_all(tmp_path_factory.mktemp("printed"), papers)
    assert [*made] == PAPERS
    return made


def compare(pdf: Path, docx: bytes, paper: str, approved: Path, version: str) -> str:
    """Fail where a document is not as approved; return what was compared.

    ``approved`` has a folder of pictures for each version; without one for this version there are
    only the page sizes of another.
    """
    missing = missing_words(pdf, docx)
    assert not missing, f"{paper}: words of the .docx are not on the page: {missing}"
    return compare_pictures(draw(pdf), paper, approved, version)


def compare_pictures(now: list[Picture], paper: str, approved: Path, version: str) -> str:
    own = approved / version / f"{paper}.png"
    known = own if own.is_file() else next(iter(sorted(approved.glob(f"*/{paper}.png"))), None)
    assert known is not None, f"{paper}: nothing approved yet; run pytest --update-golden"
    wanted = from_png(known.read_bytes())
    assert sizes(now) == sizes(wanted), f"{paper}: other pages than approved"
    if known != own:
        return f"page sizes and words only: no pictures are approved for {version}"
    for number, (one, other) in enumerate(zip(now, wanted, strict=True), start=1):
        share = strangeness(one, other)
        assert share <= MOST_STRANGE, f"{paper}: page {number} looks otherwise ({share:.2%} of it)"
    return BOTH


def sizes(pictures: list[Picture]) -> list[tuple[int, int]]:
    return [(one.width, len(one.rows)) for one in pictures]


def missing_words(pdf: Path, docx: bytes) -> list[str]:
    def plain(text: str) -> str:
        return re.sub(r"[\s\u00a0\u00ad\u2011-]+", "", text)

    page_text = plain("".join(pages.text_of(pdf)))
    words = [word for line in ooxml.body_text_of(docx) for word in _PARTED.split(line)]
    return [word for word in words if plain(word) not in page_text]


# --- the pictures themselves -----------------------------------------------------------------


def test_a_picture_comes_back_from_its_file() -> None:
    drawn = [Picture(3, (b"\x00\x0f\x07", b"\x01\x02\x03")), Picture(2, (b"\x05\x06",))]
    assert from_png(to_png(drawn)) == drawn


def test_pages_of_other_sizes_have_nothing_in_common() -> None:
    assert strangeness(Picture(1, (b"\x0f",)), Picture(1, (b"\x0f", b"\x0f"))) == 1


# --- with LibreOffice ------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("paper", PAPERS)
def test_a_document_of_each_kind_looks_as_approved(
    paper: str, printed: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        approve(draw(printed[paper]), paper)
    compared = compare(printed[paper], docx_of(paper), paper, APPROVED, key())
    if compared != BOTH:
        pytest.skip(compared)


@pytest.mark.office
def test_another_libreoffice_is_told_and_sizes_and_words_are_compared_all_the_same(
    printed: dict[str, Path],
) -> None:
    paper = "лист_ознакомления"
    docx = docx_of(paper)
    compared = compare(printed[paper], docx, paper, APPROVED, "LibreOffice-99.1")
    assert compared == "page sizes and words only: no pictures are approved for LibreOffice-99.1"
    longer = changed(docx, "word/document.xml", lambda xml: xml.replace("</w:t>", "нетакого</w:t>"))
    with pytest.raises(AssertionError, match=r"words of the \.docx are not on the page"):
        compare(printed[paper], longer, paper, APPROVED, "LibreOffice-99.1")
    with pytest.raises(AssertionError, match="other pages than approved"):
        compare(printed[LYING], docx_of(LYING), paper, APPROVED, "LibreOffice-99.1")


def approve(now: list[Picture], paper: str) -> None:
    """Take pictures as they are made now for the approved ones."""
    path = APPROVED / key() / f"{paper}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_png(now))


# --- service pages ---------------------------------------------------------------------------

ORDER = "Приказ № 163-од от 11.09.2026"
SERVICE_PAGES: Mapping[str, tuple[str, slice]] = {
    "обложка": (f"Копии. {ORDER}", slice(0, 1)),
    "опись": (f"Копии. {ORDER}", slice(1, 2)),
    "штамп на проекте": (f"Копии. {ORDER}", slice(4, 5)),
    "контрольный лист копий": (f"Копии. {ORDER} — контрольный лист", slice(None)),
    "заверительный лист": (f"Копии. {ORDER}", slice(-1, None)),
    "контрольный лист": (f"На подпись. {ORDER} — контрольный лист", slice(None)),
    "контрольный лист человека": (
        "На подпись по людям/На подпись. Наставник Заяц В.С — контрольный лист",
        slice(None),
    ),
}


@pytest.fixture
def packets(examples: Path) -> Path:
    """The folder with all packets of the school."""
    return examples / "school" / "packets"


@pytest.mark.office
@pytest.mark.parametrize("page", SERVICE_PAGES)
def test_a_service_page_looks_as_approved(
    page: str, packets: Path, request: pytest.FixtureRequest
) -> None:
    name, pages_of_it = SERVICE_PAGES[page]
    now = draw(packets / f"{name}.pdf")[pages_of_it]
    if request.config.getoption("--update-golden"):
        approve(now, page)
    compared = compare_pictures(now, page, APPROVED, key())
    if compared != BOTH:
        pytest.skip(compared)


def _stamp(page: int, *, is_across: bool = False, **marks: bool) -> packet.MarginStamp:
    size = A4_LANDSCAPE if is_across else A4
    return packet.MarginStamp(page, page, 27, *size, is_certified=True, **marks)


@pytest.mark.office
def test_the_marks_of_true_copies_look_as_approved(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    ready = prepare(ROOT / "registers" / "school", ROOT)
    assert isinstance(ready, Ready)
    stamps = (
        _stamp(3),
        _stamp(4, says_signed=True),
        _stamp(5, says_signed=True, says_where=True),
        _stamp(6, is_across=True, says_signed=True, says_where=True),
    )
    with open_press(find_office(), 1, composes=False) as press:
        printer = ServicePrinter(service_drafts(ready), press.convert, tmp_path)
        (marks,) = printer([packet.StampPages("К", stamps)])
    now = draw(marks)
    if request.config.getoption("--update-golden"):
        approve(now, "штампы и «Верно» на копиях")
    compared = compare_pictures(now, "штампы и «Верно» на копиях", APPROVED, key())
    if compared != BOTH:
        pytest.skip(compared)


@pytest.mark.office
def test_the_mark_of_a_signature_looks_as_approved(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    day = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    owner = signed.ElectronicSignature(
        owner="Римская-Корсакова Елена Дмитриевна",
        serial="00F1 2D3C",
        begins=day,
        ends=day.replace(year=2027),
        time=day,
        state=signed.Integrity.INTACT,
    )
    plain = write_small_pdf(tmp_path / "Приказ.pdf", ["order"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signed, "signatures_of", lambda _: [owner])
        now = draw(write_visible_copy(plain, ROOT))
    if request.config.getoption("--update-golden"):
        approve(now, "отметка об электронной подписи")
    compared = compare_pictures(now, "отметка об электронной подписи", APPROVED, key())
    if compared != BOTH:
        pytest.skip(compared)


# --- pages that changed ----------------------------------------------------------------------


def _shifted(pattern: str, by: int) -> Callable[[str], str]:
    """Return an edit that adds ``by`` twips to every length that the pattern finds."""
    return lambda xml: re.sub(pattern, lambda found: f"{found[1]}{int(found[2]) + by}", xml)


def _without_last_line(xml: str) -> str:
    *_, last = (
        one for one in re.finditer(r"<w:p[ >].*?</w:p>", xml, re.DOTALL) if "<w:t" in one[0]
    )
    return xml[: last.start()] + xml[last.end() :]


A_MILLIMETRE = 57
DEFECTS: Mapping[str, tuple[str, str, Callable[[str], str]]] = {
    "margin": (
        "приказ_о_кураторе",
        "word/document.xml",
        _shifted(r'(<w:pgMar[^>]* w:left=")(\d+)', A_MILLIMETRE),
    ),
    "line lower": (
        "приказ_о_кураторе",
        "word/document.xml",
        _shifted(r'(<w:pgMar[^>]* w:top=")(\d+)', A_MILLIMETRE),
    ),
    "font": (
        "согласие_на_наставничество",
        "word/styles.xml",
        lambda xml: xml.replace("Times New Roman", "Arial"),
    ),
    "lost line": (
        "согласие_на_наставничество",
        "word/document.xml",
        _without_last_line,
    ),
    "moved table": (
        "лист_ознакомления",
        "word/document.xml",
        lambda xml: (
            xml.replace("<w:tblPr>", '<w:tblPr><w:jc w:val="right"/>', 1)
            if "<w:jc" not in xml.split("</w:tblPr>", 1)[0].split("<w:tblPr>")[-1]
            else xml
        ),
    ),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, bytes]]:
    """Documents each of which is wrong in one way; all their words are on their pages."""
    papers = {
        name: changed(docx_of(paper), part, change)
        for name, (paper, part, change) in DEFECTS.items()
    }
    made = print_all(tmp_path_factory.mktemp("spoilt"), papers)
    return {name: (made[name], papers[name]) for name in papers}


@pytest.mark.office
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_page_that_changed_is_not_as_approved(
    defect: str, spoilt: dict[str, tuple[Path, bytes]]
) -> None:
    paper = DEFECTS[defect][0]
    if not (APPROVED / key()).is_dir():
        pytest.skip(f"no pictures are approved for {key()}")
    with pytest.raises(AssertionError, match=r"page 1 looks otherwise"):
        compare(*spoilt[defect], paper, APPROVED, key())


def test_the_pictures_are_small_enough_to_be_kept() -> None:
    files = [*APPROVED.rglob("*.png")]
    assert files
    assert sum(path.stat().st_size for path in files) < 14_000 * len(files)
