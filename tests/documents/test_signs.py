"""Every sign that papers of schools hold is printed by the face that was named for it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from docgen.documents import TemplateLibrary
from docgen.errors import TemplateError
from docgen.ooxml.font_names import SIGN_FACES
from docgen.pipeline.workspace.printed_faces import choose_face
from docgen.wording.environment import make_environment
from tests.support.printing import converted
from tests.support.small_docx import opened, with_part
from tests.support.small_root import SHIPPED

LETTERS = {
    "татарский": "ӘӨҮҖҢҺ",
    "башкирский": "ҒҘҠҪҢӨҮҺӘ",
    "казахский": "ӘҒҚҢӨҰҮҺІ",
    "чувашский": "ӐӖҪӲ",
    "якутский": "ҔҤӨҺҮ",
    "бурятский": "ӨҮҺ",
    "осетинский": "Ӕ",
    "коми": "ІӦ",
    "удмуртский": "ӜӞӤӦӴ",
    "марийский": "ҤӦӰӒӸ",
    "калмыцкий": "ӘҺҖҢӨҮ",
    "чеченский": "Ӏ",
    "хакасский": "ҒӋҶӦӰҢІ",
    "ненецкий и хантыйский": "ӇӃӚӪӬ",
    "украинский и белорусский": "ҐЄІЇЎ",
}
SIGNS = (
    "☐☑☒✓✔✕✖✗✘₽→←↑↓↔⇒≤≥≠≈−•■□▪▫●○◆◇★☆№§½¼¾⅓⅔¹²³°×÷±…‰€©®™µ∞√∑Δαβγ"
    "➢➤❖❑❒◻◼☎✉✂☞✎†‡′″℃₂₃⁰⁴‣◦⁃▶►◄▲▼①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
)
FACES = {"": "", "bold": "<w:b/>", "italic": "<w:i/>", "both": "<w:b/><w:i/>"}
SDT = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts '
    'w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"/></w:rPr>'
    "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def said(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def made(folder: Path, inside: str, **variables: object) -> bytes:
    """Return a document of a template with these paragraphs, filled."""
    template = folder / "вид.docx"
    template.write_bytes((SHIPPED / "templates_docx" / "стиль.docx").read_bytes())
    body = f'<w:document xmlns:w="{SPACE}"><w:body>{inside}<w:sectPr/></w:body></w:document>'
    with_part(template, "word/document.xml", body.encode())
    library = TemplateLibrary(
        {"вид": template},
        {},
        SHIPPED / "templates_docx" / "стиль.docx",
        make_environment(),
        choose_face=choose_face,
    )
    return library.render("вид", variables, title="Проба").docx


def text_of(docx: bytes) -> str:
    return "\n".join(one.text for one in opened(docx).paragraphs)


def faces_of(pdf: Path) -> Iterator[tuple[str, str]]:
    """Yield every sign of a PDF with the font that paints it."""
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFText_GetFontInfo(text.raw, index, name, 200, ctypes.c_int())
            sign = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
            yield sign, name.value.decode().rpartition("+")[2]


@pytest.mark.office
def test_every_sign_is_painted_by_the_face_that_draws_it(tmp_path: Path) -> None:
    signs = "".join(dict.fromkeys(SIGNS + "".join(LETTERS.values())))
    signs += "".join(one for one in map(str.lower, signs) if one not in signs)
    families = {"Times New Roman": "LiberationSerif"} | {
        one.family: one.family.replace(" ", "") for one in SIGN_FACES
    }
    wanted = {}
    for sign in signs:
        span = choose_face(sign, "Times New Roman")
        wanted[sign] = families[span[0][2] if span else "Times New Roman"]
    inside = "".join(f"<w:p>{said(f'Знаки: {signs}', look)}</w:p>" for look in FACES.values())
    paper = tmp_path / "знаки.docx"
    paper.write_bytes(made(tmp_path, inside))
    pdf = converted([paper], tmp_path / "pdf")[paper]
    assert isinstance(pdf, Path)
    found = [(sign, face) for sign, face in faces_of(pdf) if sign in wanted]
    assert len(signs) > 190
    assert {sign for sign, _ in found} == set(signs)
    assert [one for one in found if not one[1].startswith(wanted[one[0]])] == []
    styles = {face.partition("-")[2] for sign, face in found if sign == "ә"}
    assert len(styles) == len(FACES)
    assert {face for sign, face in found if sign == "☐"} == {"DejaVuSans", "DejaVuSans-Bold"}


def test_a_check_box_of_word_is_a_box_beside_its_words(tmp_path: Path) -> None:
    docx = made(tmp_path, f"<w:p>{SDT}{said(' согласен с {{ кем }}')}</w:p>", кем="сыном")
    assert text_of(docx) == "☐ согласен с сыном"
    xml = opened(docx).element.xml
    assert "MS Gothic" not in xml
    assert 'w:eastAsia="DejaVu Sans"' in xml


@pytest.mark.parametrize(("yes", "shown"), [(True, "☑ да ☐ нет"), (False, "☐ да ☑ нет")])
def test_boxes_are_ticked_by_a_condition_or_a_filter(tmp_path: Path, yes: bool, shown: str) -> None:
    asked = "{% if да %}☑{% else %}☐{% endif %} да {{ (not да)|флажок }} нет"
    assert text_of(made(tmp_path, f"<w:p>{said(asked)}</w:p>", да=yes)) == shown


def test_a_sign_of_wingdings_leaves_the_words_after_it_alone(tmp_path: Path) -> None:
    sign = '<w:r><w:rPr><w:b/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    docx = made(tmp_path, f"<w:p>{sign}{said(' согласен')}</w:p>")
    assert text_of(docx) == "☑ согласен"
    *_, last = opened(docx).paragraphs[0].runs
    assert (last.text, last.font.name) == (" согласен", None)


def test_a_sign_that_no_font_has_is_named_with_its_paragraph(tmp_path: Path) -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>'
    with pytest.raises(TemplateError) as caught:
        made(tmp_path, f"<w:p>{said('Раз')}</w:p><w:p>{sign}{said(' два')}</w:p>")
    (problem,) = caught.value.problems
    assert problem.where.paragraph == 2
    assert "«Wingdings» с кодом F0FF" in problem.message
