"""Columns that name pictures: read from the workspace, printed, noticed when they change."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.support.pictures import picture, turned_photo
from tests.support.small_docx import insert_xml, write_docx
from tests.support.small_root import Sheets, files_below, make_root, make_school, run
from tests.support.verapdf import verapdf

COLUMN = """
[[columns]]
name = "подпись"
header = "Подпись (файл)"
type = "file"
{}
"""
KIND = """
title = "Карточка"
register = "сотрудники"
per = "row"
output = "Карточки/{{ сотрудник.фио }}"
where = { "подпись" = "*" }
"""
SITE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def with_site(document: Any) -> None:
    """Put a link with a tag in its address behind the first paragraph."""
    identity = document.part.relate_to("https://{{ организация.сайт }}", SITE, is_external=True)
    words = f"<w:hyperlink r:id='{identity}'><w:r><w:t>сайт</w:t></w:r></w:hyperlink>"
    insert_xml(document.paragraphs[0], words)


def make(folder: Path, name: str = "подпись.png", *, column: str = "", tag: str = "") -> Path:
    """Return a workspace whose head has a signature in a file, and a kind that prints it."""

    def change(sheets: Sheets) -> None:
        sheets["Сотрудники"][0].append("Подпись (файл)")
        sheets["Сотрудники"][1].append(name)
        sheets["Организация"].append(["Сайт", "school5.ru"])

    root = make_root(folder)
    school = make_school(root, change)
    schema = (root / "registers" / "schema" / "сотрудники.toml").read_text("utf-8")
    (school / "schema").mkdir()
    place = schema.index("[[examples]]")
    own = schema[:place] + COLUMN.format(column) + schema[place:]
    (school / "schema" / "сотрудники.toml").write_text(own, "utf-8")
    (school / "templates").mkdir()
    template = school / "templates" / "карточка"
    write_docx(
        template.with_suffix(".docx"),
        "см. ",
        tag or "{{ сотрудник.подпись }}",
        "конец",
        prepare=with_site,
        styles=False,
    )
    template.with_suffix(".toml").write_text(KIND, "utf-8")
    return school


def card(output: Path) -> Path:
    (found,) = output.rglob("Карточки/*.docx")
    return found


def test_a_changed_picture_makes_its_document_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make(tmp_path)
    (school / "подпись.png").write_bytes(picture())
    out = tmp_path / "готовое"
    assert run("build", school, "--out", out, "--no-pdf") == 0
    first = card(out).read_bytes()
    assert run("build", school, "--out", out, "--no-pdf") == 0
    assert "изменений нет" in capsys.readouterr().out
    (school / "подпись.png").write_bytes(picture((9, 9)))
    assert run("explain", card(out), "--root", tmp_path / "корень", "--out", out) == 0
    explained = capsys.readouterr().out
    assert "устарел" in explained
    assert explained.rstrip().endswith("ячейка E2")
    assert run("build", school, "--out", out, "--no-pdf") == 0
    assert "собрано 1" in capsys.readouterr().out
    assert card(out).read_bytes() != first


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("подпсь.png", "возможно, вы имели в виду «подпись.png»"),
        ("нет/такой.jpg", "нет файла «нет/такой.jpg»"),
        ("../чужое.png", "вне рабочей папки"),
        ("/etc/а.png", "вне рабочей папки"),
        ("C:\\Users\\а.png", "вне рабочей папки"),
        ("ссылка.png", "вне рабочей папки"),
        ("слова.png", "не картинка"),
        ("фото.gif", "GIF"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_an_error_at_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    school = make(tmp_path, name)
    (school / "подпись.png").write_bytes(picture())
    (school / "слова.png").write_text("слова", "utf-8")
    (school / "фото.gif").write_bytes(picture(kind="GIF"))
    (school.parent / "чужое.png").write_bytes(picture())
    (school / "ссылка.png").symlink_to(school.parent / "чужое.png")
    assert run("check", school) == 3
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "bad-picture" in one]
    assert sentence in line
    assert "ячейка E2" in line


@pytest.mark.parametrize("name", ["подписи/а.jpeg", "подписи\\а.jpeg", "скан.pdf"])
def test_pictures_lie_anywhere_inside_and_other_files_are_names(tmp_path: Path, name: str) -> None:
    school = make(tmp_path, name)
    (school / "подписи").mkdir()
    (school / "подписи" / "а.jpeg").write_bytes(turned_photo())
    assert run("check", school) == 0


@pytest.mark.parametrize(
    ("column", "tag", "size"),
    [
        ("width_mm = 20", "", b'cx="720000" cy="360000"'),
        ("height_mm = 5", "", b'cx="360000" cy="180000"'),
        ("width_mm = 20", "{{ сотрудник.подпись|картинка(30) }}", b'cx="1080000" cy="540000"'),
        ("", "{{ сотрудник.подпись|картинка(высота=10) }}", b'cx="720000" cy="360000"'),
        ("", "{{ сотрудник.подпись|картинка(40, 5) }}", b'cx="360000" cy="180000"'),
    ],
)
def test_the_schema_or_the_tag_gives_the_size(
    tmp_path: Path, column: str, tag: str, size: bytes
) -> None:
    school = make(tmp_path, column=column, tag=tag)
    (school / "подпись.png").write_bytes(picture())
    out = tmp_path / "готовое"
    assert run("build", school, "--out", out, "--no-pdf") == 0
    with zipfile.ZipFile(card(out)) as package:
        assert size in package.read("word/document.xml")


def test_a_facsimile_marked_as_personal_needs_its_name_in_the_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make(tmp_path, column="personal = true")
    (school / "подпись.png").write_bytes(picture())
    assert run("check", school) == 4
    assert "personal-column" in capsys.readouterr().out
    entry = school / "templates" / "карточка.toml"
    entry.write_text(KIND + 'personal = ["сотрудники.подпись"]\n', "utf-8")
    out = tmp_path / "готовое"
    assert run("build", school, "--out", out, "--no-pdf") == 0
    assert stat.S_IMODE(card(out).stat().st_mode) == 0o600


@pytest.mark.parametrize("key", ["width_mm = 20", "height_mm = 1"])
def test_a_size_is_of_pictures_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    school = make(tmp_path)
    schema = school / "schema" / "сотрудники.toml"
    schema.write_text(schema.read_text("utf-8").replace('type = "file"', key), "utf-8")
    assert run("check", school) == 4
    assert "width_mm" in capsys.readouterr().out


@pytest.mark.office
def test_pictures_and_links_live_in_every_pdf(tmp_path: Path) -> None:
    school = make(tmp_path)
    (school / "подпись.png").write_bytes(picture(mode="RGBA"))
    out = tmp_path / "готовое" / "школа"
    assert run("build", school, "--out", out.parent, "--pdfa", "1a") == 0
    before = files_below(out)
    found = [pdf for pdf in sorted(out.rglob("*.pdf")) if addresses(pdf)]
    assert {pdf.relative_to(out).parts[0] for pdf in found} == {
        "pdf",
        "packets",
        "электронные кадровые документы",
    }
    assert {one for pdf in found for one in addresses(pdf)} == {"https://school5.ru/"}
    (plain,) = (out / "pdf" / "Карточки").glob("*.pdf")
    (tagged,) = (out / "электронные кадровые документы" / "Карточки").glob("*.pdf")
    assert pictures_in(plain) == 1
    assert verapdf([plain]) == [""]
    assert verapdf([tagged], "1a") == [""]
    shutil.rmtree(out)
    assert run("build", school, "--out", out.parent, "--pdfa", "1a") == 0
    after = files_below(out)
    pdfs = [name for name in before if name.endswith((".pdf", ".docx"))]
    assert [name for name in pdfs if before[name] != after[name]] == []


def addresses(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def pictures_in(pdf: Path) -> int:
    with pikepdf.open(pdf) as file:
        return sum(len(page.get_images()) for page in file.pages)
