"""Every signer of a shipped kind has a place, and it is on the line that is there to be signed."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen import pages
from docgen.ooxml.docx_text import bookmarks_of
from docgen.pages import Place, named_places
from docgen.pipeline.workspace.render import Rendered
from docgen.pipeline.workspace.signature_places import place_signers
from tests.conftest import WORKSPACES
from tests.support.shipped import EVENTFUL, KINDS, prepared, rendered
from tests.support.small_root import SHIPPED, Sheets, make_root, make_school, run

A_MILLIMETRE = 72 / 25.4


def unread() -> list[str]:
    raise AssertionError("a signer without a place")


def all_rendered() -> Iterator[Rendered]:
    for name in (*WORKSPACES, EVENTFUL):
        yield from rendered(name).values()


@pytest.mark.xfail(reason="one of the new kinds has a signer without a mark", strict=False)
def test_every_signer_of_a_shipped_kind_has_a_mark_in_his_paper() -> None:
    seen = set()
    for paper in all_rendered():
        places = {
            name: Place(1, 0.0, 0.0, 800.0 - number)
            for number, name in enumerate(bookmarks_of(paper.docx))
        }
        signers = place_signers(paper.signers, places, unread)
        assert len({one.y for one in signers}) == len(signers), paper.plan.title
        seen |= {paper.plan.kind.name} if signers else set()
    # Marks of approval are signed where the registers name a person, which no sample does.
    wanted = {
        name
        for name, kind in prepared("school").kinds.items()
        if any(one.role != "гриф" for one in kind.signs)
    }
    assert seen == wanted <= set(KINDS)


# --- on paper --------------------------------------------------------------------------------


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def folders_in(examples: Path) -> list[Path]:
    """Return the outputs of the shipped workspaces."""
    return [examples / name for name in WORKSPACES]


def signs_on(pdf: Path, number: int) -> list[tuple[str, float, float, float]]:
    """Return the letters of a page: each with its left edge, its foot, what it stands on."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1].get_textpage()
    for index in range(page.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(page, index))
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        if letter.strip():
            left, bottom, _, _ = page.get_charbox(index)
            found.append((letter, left, bottom, y.value))
    page.close()
    document.close()
    return found


@pytest.mark.office
def test_every_signature_is_at_the_beginning_of_its_line(examples: Path) -> None:
    worst = 0.0
    count = 0
    for folder in folders_in(examples):
        for paper in manifest_of(folder)["documents"]:
            for one in paper["signatures"]:
                signs = signs_on(folder / paper["pdf"], one["page"])
                line = [sign for sign in signs if abs(sign[3] - one["y"]) < 1]
                assert line, (paper["title"], one)
                if paper["kind"].startswith("согласие"):
                    first = min(line, key=lambda sign: abs(sign[1] - one["x"]))
                    assert first[0] == "_", (paper["title"], one, first)
                    assert abs(first[1] - one["x"]) < A_MILLIMETRE
                    worst = max(worst, abs(first[2] - one["y"]))
                count += 1
    assert worst < 3 * A_MILLIMETRE
    assert count > 80


@pytest.mark.office
def test_an_order_is_signed_after_the_position_and_before_the_name(examples: Path) -> None:
    for folder in folders_in(examples):
        for paper in manifest_of(folder)["documents"]:
            if not paper["kind"].startswith("приказ"):
                continue
            (one,) = paper["signatures"]
            line = [
                sign
                for sign in signs_on(folder / paper["pdf"], one["page"])
                if abs(sign[3] - one["y"]) < 1
            ]
            before = [left for _, left, _, _ in line if left < one["x"]]
            after = [left for _, left, _, _ in line if left >= one["x"]]
            assert before, paper["title"]
            assert after, paper["title"]
            assert one["x"] - max(before) < 6 * A_MILLIMETRE
            assert min(after) - one["x"] > 20 * A_MILLIMETRE


def crowd(sheets: Sheets) -> None:
    """Let sixty people be acquainted with the first order."""
    people = [
        f"Человеков{suffix} Иван {middle}"
        for middle in ("Петрович", "Иванович", "Сергеевич", "Олегович", "Львович", "Ильич")
        for suffix in ("", "ский", "ич", "ец", "ко", "чук", "енко", "ян", "дзе", "швили")
    ]
    sheets["Сотрудники"] += [[name, "м", "учитель", number] for number, name in enumerate(people)]
    head, first, *_ = sheets["Приказы"]
    head.append("Ознакомить")
    first += ["; ".join(people)]


@pytest.mark.office
def test_a_sheet_over_pages_has_a_cell_for_each_person(
    tmp_path: Path, shipped_kind: Callable[[Path, str], None]
) -> None:
    root = make_root(tmp_path)
    shipped_kind(root, "лист_ознакомления")
    school = make_school(root, crowd)
    assert run("build", school, "--only", "лист_ознакомления") == 0
    folder = root / "output" / school.name
    (paper,) = manifest_of(folder)["documents"]
    signed = paper["signatures"]
    assert len(signed) == 60
    assert paper["pages"] == signed[-1]["page"] > 2
    for number, one in enumerate(signed, start=1):
        line = [
            letter
            for letter, left, _, foot in signs_on(folder / paper["pdf"], one["page"])
            if abs(foot - one["y"]) < 1 and left < 100
        ]
        assert "".join(line) == str(number)


@pytest.fixture
def shipped_kind() -> Callable[[Path, str], None]:
    """Return what copies a shipped kind into a root."""

    def copy(root: Path, name: str) -> None:
        for suffix in (".docx", ".toml"):
            source = SHIPPED / "templates_docx" / f"{name}{suffix}"
            (root / "templates_docx" / source.name).write_bytes(source.read_bytes())

    return copy


def mark(paragraph: Any, name: str) -> None:
    """Put a bookmark before a paragraph's words, as «Вставка → Закладка» does."""
    place = 0 if paragraph._p.pPr is None else 1
    for offset, tag in enumerate(("w:bookmarkStart", "w:bookmarkEnd")):
        element = OxmlElement(tag)
        element.set(qn("w:id"), "7")
        if not offset:
            element.set(qn("w:name"), name)
        paragraph._p.insert(place + offset, element)


OWN = """title = "Справка"
register = "пары"
per = "register"
output = "Справка"
signs = [{ role = "руководитель", who = "подписант" },
         { role = "куратор", who = "организация.куратор" }]
"""


def own_kind(school: Path, sample: Path, marks: tuple[str, str] | None) -> None:
    """Leave a kind of the school's own, signed by the curator, then by the head."""
    document = Document(str(sample))
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    document.add_paragraph("Справка")
    curator = document.add_paragraph("Куратор ________ {{ организация.куратор.фио|инициалы }}")
    head = document.add_paragraph("________ {{ подписант.имя }}")
    document.add_paragraph("Конец")
    for paragraph, name in zip((curator, head), marks or (), strict=False):
        mark(paragraph, name)
    folder = school / "templates"
    folder.mkdir()
    document.save(str(folder / "справка.docx"))
    (folder / "справка.toml").write_text(OWN, "utf-8")


@pytest.mark.office
@pytest.mark.parametrize("marks", [("sign_2", "SIGN_1"), None])
def test_a_kind_of_ones_own_tells_its_places_or_only_its_pages(
    tmp_path: Path, marks: tuple[str, str] | None
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    own_kind(school, root / "templates_docx" / "приказ.docx", marks)
    assert run("build", school, "--only", "справка") == 0
    folder = root / "output" / school.name
    (paper,) = manifest_of(folder)["documents"]
    first, second = paper["signatures"]
    assert (first["role"], second["role"]) == ("руководитель", "куратор")
    if marks is None:
        assert {first["x"], first["y"], second["x"], second["y"]} == {None}
        return
    assert first["x"] == second["x"] > 80
    assert first["y"] < second["y"]
    assert named_places(folder / paper["pdf"])["SIGN_1"].line == first["y"]
    assert run("build", school, "--only", "справка") == 0
    assert manifest_of(folder)["documents"] == [paper]


@pytest.mark.office
def test_a_mark_of_approval_is_signed_where_its_line_is(tmp_path: Path) -> None:
    def approve(sheets: Sheets) -> None:
        head, teacher, other = (row[0] for row in sheets["Сотрудники"][1:4])
        sheets["Грифы"] = [
            ["Приказ", "№ приложения", "Гриф", "Кто", "Каким документом", "Дата", "Номер"],
            ["О внедрении", "приказ", "СОГЛАСОВАНО", teacher, None, None, None],
            ["О внедрении", "приказ", "СОГЛАСОВАНО", other, None, None, None],
            ["О внедрении", "приказ", "УТВЕРЖДАЮ", head, None, None, None],
            ["О внедрении", None, "ПРИНЯТО", "педагогический совет", "протокол", None, "1"],
            ["О внедрении", None, "УТВЕРЖДАЮ", head, None, None, None],
            ["О внедрении", None, "СОГЛАСОВАНО", other, None, None, None],
        ]

    root = make_root(tmp_path)
    school = make_school(root, approve)
    assert run("build", school, "--fields") == 0
    folder = root / "output" / school.name
    papers = {one["docx"]: one for one in manifest_of(folder)["documents"]}
    (order,) = [one for name, one in papers.items() if "Приказ № 147" in name]
    (appendix,) = [one for name, one in papers.items() if "Приложение" in name]
    assert [one["role"] for one in order["signatures"]] == ["руководитель", *["гриф"] * 3]
    assert [one["role"] for one in appendix["signatures"]] == ["гриф"] * 2
    for paper, names in (
        (order, ("Директор", "Петрова", "Кузнецов", "Иванова")),
        (appendix, ("Иванова", "Кузнецов")),
    ):
        for one, name in zip(paper["signatures"], names, strict=True):
            letters = signs_on(folder / paper["pdf"], one["page"])
            line = "".join(sign[0] for sign in letters if abs(sign[3] - one["y"]) < 3)
            assert name in line
        assert paper["original"]
    control = pages.text_of(next((folder / "packets").glob("*147*контрольный лист.pdf")))
    assert "подписи нет" not in " ".join(" ".join(control).split())
