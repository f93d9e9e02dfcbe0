"""What a reader can see on a page: blocks of text in the order of painting."""

from __future__ import annotations

import io

import pikepdf
import pytest

from docgen.pages.font_alphabets import UNKNOWN, FontAlphabet, page_alphabets
from docgen.pages.objects_read import open_plain
from docgen.pages.page_commands import PaintedBlock
from docgen.pages.painted_blocks import painted_blocks
from docgen.pages.syntax import BrokenPdfError
from tests.support.painted_pdfs import painted_pdf

SIGNS = "Абв 1"


def drawn(commands: str, *, form: str = "", box: str = "[0 0 595 842]") -> list[PaintedBlock]:
    """Return what a page paints whose font has the codes 1 to 5 for the signs in sorted order."""
    with pikepdf.open(io.BytesIO(painted_pdf([[SIGNS]]))) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(commands.encode())
        page.MediaBox = pikepdf.Array(pikepdf.Object.parse(box.encode()))
        clear = pikepdf.Dictionary({"/ca": 0.05})
        page.Resources.ExtGState = pikepdf.Dictionary({"/GS1": clear})
        if form:
            one = pdf.make_stream(form.encode())
            one.Type, one.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            one.BBox = pikepdf.Array([0, 0, 300, 300])
            one.Matrix = pikepdf.Array([1, 0, 0, 1, 0, 100])
            image = pdf.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            page.Resources.XObject = pikepdf.Dictionary({"/Fm1": one, "/Im1": image})
        stream = io.BytesIO()
        pdf.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    file = open_plain(stream.getvalue())
    return painted_blocks(file, file.pages[0], page_alphabets(file, file.pages[0]))


def text(x: float = 50, y: float = 700, size: float = 12) -> str:
    return f"BT {x} {y} Td /F1 {size} Tf <000300040005> Tj ET\n"


WIDE = sum(one.right - one.x for one in drawn(text()))
"""How wide that text is: a shading of words alone ends where they do."""
SAID = "".join(sorted(SIGNS)[2:])


@pytest.mark.parametrize(
    ("commands", "is_seen"),
    [
        (text(), True),
        (text(x=-80), False),
        (text(x=590), False),
        (text(y=-20), False),
        (text(y=845), False),
        (f"q 0 0 300 600 re W n {text()} Q", False),
        (f"q 0 0 300 600 re W* n {text(y=500)} Q", True),
        (f"q 0 0 300 600 re W n Q {text()}", True),
        (f"q 55 0 8 842 re W n {text()} Q", False),
        (f"1 1 1 rg {text()}", False),
        (f"0 0 0 rg 50 690 {WIDE} 30 re f 1 1 1 rg {text()}", True),
        (f"0 0 0 rg 50 690 {WIDE * 3 / 4} 30 re f 1 1 1 rg {text()}", False),
        (f"0 0 0 rg 0 690 50 30 re f {50 + WIDE} 690 50 30 re f {text()}", True),
        (f"0 0 0 rg 50 690 {WIDE} 30 re f {text()}", False),
        (f"0.95 g {text()}", False),
        (f"0 0 0.1 0 k {text()}", False),
        (f"0.5 g {text()}", True),
        (f"0 0 0 1 k {text()}", True),
        (f"0 g 0 600 595 200 re f 1 g {text()}", True),
        (f"0 g 0 600 595 200 re f {text()}", False),
        (f"0.9 g 0 600 595 200 re f 0 g {text()}", True),
        (f"{text()} 1 g 0 600 595 200 re f", False),
        (f"{text()} 1 g 0 0 595 200 re f", True),
        (f"{text()} 1 g 60 690 m 60 720 l 66 720 l 66 690 l h f", False),
        (f"{text()} 0 600 595 200 re S", True),
        (f"{text()} q 400 0 0 400 0 500 cm /Im1 Do Q", False),
        (f"q /GS1 gs {text()} Q", False),
        (f"{text()} q /GS1 gs 1 g 0 600 595 200 re f Q", True),
        ("BT 3 Tr 50 700 Td /F1 12 Tf <000300040005> Tj ET", False),
        ("BT 2 Tr 50 700 Td /F1 12 Tf <000300040005> Tj ET", True),
        ("BT /F1 12 Tf 1 0 0 1 50 700 Tm [<0003>-20<0004> 5 <0005>]TJ ET", True),
        ("BT /F1 12 Tf 14 TL 50 714 Td T* (\\000\\003\\000\\004\\000\\005) Tj ET", True),
        ("BT /F1 12 Tf 14 TL 50 714 Td (\\000\\003\\000\\004\\000\\005) ' ET", True),
        ("q 1 0 0 1 50 700 cm BT /F1 12 Tf <000300040005> Tj ET Q", True),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI " + text(), True),
        ("/Span <</ActualText <FEFF0041>>> BDC " + text() + "EMC", True),
        ("q /Fm1 Do Q", True),
    ],
)
def test_text_is_seen_where_a_reader_sees_it(commands: str, is_seen: bool) -> None:
    said = [block.text for block in drawn(commands, form=text(y=100))]
    assert said == ([SAID] if is_seen else [])


def test_places_are_those_of_the_page() -> None:
    (block,) = drawn("q 2 0 0 2 10 20 cm " + text(x=50, y=100) + " Q")
    assert (block.x, block.y, block.size) == (110, 220, 24)
    (turned,) = drawn("BT /F1 12 Tf 0 1 -1 0 300 300 Tm <000300040005> Tj ET")
    assert turned.is_turned


@pytest.mark.parametrize(
    ("letters", "codes", "said"),
    [
        ("а\u0301", b"\1\2\3", "а\u0301м"),
        ("а\u0301", b"\1\3", "а\u0301м"),
        ("а\u0301", b"\1\2\2\3", f"а\u0301{UNKNOWN}м"),
        ("ffi", b"\1\2\3", f"ffi{UNKNOWN}м"),
        ("ffi", b"\2\3", f"{UNKNOWN}м"),
    ],
)
def test_a_mark_above_a_letter_may_have_its_meaning_in_that_of_the_letter(
    letters: str, codes: bytes, said: str
) -> None:
    signs = f"{UNKNOWN}\ue000{UNKNOWN}м"
    alphabet = FontAlphabet(signs, {"\ue000": letters}, b"", None, {})
    assert alphabet.read(codes) == said


@pytest.mark.parametrize("gap", [0, 500, -250, 12.5])
def test_signs_that_are_pressed_together_or_spread_end_where_they_are_painted(gap: float) -> None:
    spread = f"50 700 Td /F1 12 Tf[<0003>{gap}<00040005>]TJ\nET\nQ\n"
    (plain,) = drawn(f"0.1 w\nq 0 0 595 842 re\nW* n\nq 0 0 0 rg\nBT\n{spread}")
    (followed,) = drawn(f"BT {spread}")
    (even,) = drawn(text())
    assert plain == followed
    assert plain.right == pytest.approx(even.right - gap * 12 / 1000)


@pytest.mark.parametrize("commands", ["BT /F9 12 Tf <0003> Tj ET", "1 0 cm", "BT 1 Td ET"])
def test_commands_that_lack_what_they_need_are_refused(commands: str) -> None:
    with pytest.raises(BrokenPdfError):
        drawn(commands)


def test_a_form_that_draws_itself_is_refused() -> None:
    with pytest.raises(BrokenPdfError):
        drawn("/Fm1 Do", form="/Fm1 Do")
