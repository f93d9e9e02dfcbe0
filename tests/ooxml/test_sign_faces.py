"""Signs that the face of a text cannot draw stand in runs of their own, which name their face."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import ooxml
from docgen.ooxml.font_names import LETTERS, SIGNS
from docgen.ooxml.word_xml import NAMESPACES, R, paragraph_text, parse, to_xml
from docgen.ooxml.zip_parts import read_parts
from tests.support.small_docx import write_style

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in NAMESPACES.items())
ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "sz", "vertAlign")
"""The order of properties that Word's schema asks for."""


def choose(text: str, family: str) -> list[tuple[int, int, str]]:
    """Give small boxes and Kazakh letters away, unless their own face asks."""
    faces = {"☐": SIGNS.family, "қ": LETTERS.family, "Қ": LETTERS.family}
    return [
        (index, index + 1, faces[one])
        for index, one in enumerate(text)
        if faces.get(one, family) != family
    ]


@pytest.fixture(scope="module")
def finisher(tmp_path_factory: pytest.TempPathFactory) -> ooxml.Finisher:
    path = write_style(tmp_path_factory.mktemp("house") / "стиль.docx")
    return ooxml.Finisher(ooxml.HouseStyle(path), str, choose)


def finished(finisher: ooxml.Finisher, inside: str) -> list[tuple[str, str]]:
    """Return the runs of a finished paragraph: its face of signs, if any, and its text."""
    xml = f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"
    root = parse(finisher.finish(xml, (), is_landscape=False).document)
    faces = (SIGNS.family, LETTERS.family)
    runs = []
    for run in root.iter(R):
        marks = to_xml(run)
        text = "".join(one.text or "" for one in run.iter("{*}t"))
        runs.append((next((one for one in faces if f'w:eastAsia="{one}"' in marks), ""), text))
        names = [str(one.tag).rpartition("}")[2] for one in run.iterfind("{*}rPr/*")]
        assert names == sorted(names, key=ORDER.index)
    return runs


def said(text: str, look: str = "") -> str:
    rules = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{rules}<w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inside", "runs"),
    [
        (said("Обычный текст"), [("", "Обычный текст")]),
        (said("☐ согласен"), [(SIGNS.family, "☐"), ("", " согласен")]),
        (
            said("да ☐ нет", '<w:b/><w:i/><w:caps/><w:sz w:val="28"/>'),
            [("", "да "), (SIGNS.family, "☐"), ("", " нет")],
        ),
        (said("Қасқа"), [(LETTERS.family, "Қ"), ("", "ас"), (LETTERS.family, "қ"), ("", "а")]),
        (said("☐") + said("қ"), [(SIGNS.family, "☐"), (LETTERS.family, "қ")]),
        (
            said("☐", '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:vertAlign w:val="sub"/>'),
            [(SIGNS.family, "☐")],
        ),
        (
            "<w:r><w:t>☐</w:t><w:tab/><w:t>да</w:t></w:r>",
            [(SIGNS.family, "☐"), ("", "да")],
        ),
        (
            '<w:bookmarkStart w:id="1" w:name="SIG"/>' + said("☐ да") + '<w:bookmarkEnd w:id="1"/>',
            [(SIGNS.family, "☐"), ("", " да")],
        ),
        (said("первая\n☐ вторая"), [("", "первая"), (SIGNS.family, "☐"), ("", " вторая")]),
    ],
)
def test_signs_alone_change_their_face(
    finisher: ooxml.Finisher, inside: str, runs: list[tuple[str, str]]
) -> None:
    assert finished(finisher, f"<w:p>{inside}</w:p>") == runs
    assert finished(finisher, f"<w:p>{inside}</w:p>") == runs


def test_words_are_the_same_in_any_faces(finisher: ooxml.Finisher) -> None:
    xml = f"<w:document {SPACES}><w:body><w:p>{said('Қ, ☐ и қ')}</w:p></w:body></w:document>"
    body = finisher.finish(xml, (), is_landscape=False)
    assert body.texts == body.printed == ("Қ, ☐ и қ",)
    root = parse(body.document)
    assert paragraph_text(root) == "Қ, ☐ и қ"


def test_signs_are_upright_and_letters_lean_with_their_text(finisher: ooxml.Finisher) -> None:
    inside = f"<w:p>{said('☐ қ', '<w:i/>')}</w:p>"
    xml = f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"
    document = finisher.finish(xml, (), is_landscape=False).document.decode()
    sign, letter = (document.split(f'w:eastAsia="{one.family}"')[1] for one in (SIGNS, LETTERS))
    assert sign.startswith('/><w:i w:val="0"/><w:iCs w:val="0"/>')
    assert letter.startswith("/><w:i/>")


def test_headers_are_set_alike(finisher: ooxml.Finisher) -> None:
    header = f"<w:hdr {SPACES}><w:p>{said('Қ')}</w:p></w:hdr>"
    part = ooxml.house_style.StylePart("word/header-default.xml", "", "", header.encode())
    one = ooxml.HeaderFooter("header", "default", "header-default", part)
    assert LETTERS.family.encode() in finisher.fixed_header_footer(one).part.data


def test_the_font_table_says_what_word_shows_in_place_of_a_face(tmp_path: Path) -> None:
    house = ooxml.HouseStyle(write_style(tmp_path / "стиль.docx"))
    assert ooxml.sign_font_parts(house, b"<w:t>", ()) == {}
    document = f'<w:rFonts w:eastAsia="{SIGNS.family}"/>'.encode()
    parts = ooxml.sign_font_parts(house, document, ())
    shared = ooxml.make_shared_parts(house, (), (), ())
    docx = shared.to_docx(b"<w:document/>", "Согласие", parts)
    table = read_parts(docx)["word/fontTable.xml"].decode()
    assert f'w:name="{SIGNS.family}"><w:altName w:val="{SIGNS.stand_in}"/>' in table
    assert LETTERS.family not in table
