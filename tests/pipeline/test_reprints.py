"""What depends on paper itself: letterheads printed beforehand, both sides of a sheet, copies."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm

from docgen import pages
from docgen.pipeline.answers import reprints
from tests.support.small_root import Sheets, made, make_root, make_school, put, run

OFFSET = "Отступ готового бланка, мм"
PAIRS = "Приказ № 163-од от 11.09.2026"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def orders(root: Path, *settings: tuple[str, object]) -> Path:
    """Return the order about pairs, made by a house with these settings."""

    def change(sheets: Sheets) -> None:
        sheets["Настройки"] += [[*one] for one in settings]

    school = make_school(root, change)
    assert run("build", school, "--no-pdf") == 0
    (order,) = [path for path in made(output_of(school)) if path.stem == PAIRS]
    return order


@pytest.mark.parametrize(("offset", "room"), [(100, 80), (None, 60), (10, 1)])
def test_on_a_printed_letterhead_an_order_has_room_in_its_place(
    offset: int | None, room: int, root: Path
) -> None:
    settings = [("Бланк", "готовый"), ("Отступ готового бланка, мм", offset)]
    document = Document(str(orders(root, *settings)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert not [text for text in texts if "ШКОЛА" in text or text.strip() == "ПРИКАЗ"]
    assert [*map(bool, texts)].index(True) == room
    heights = [one.paragraph_format.line_spacing for one in document.paragraphs[:room]]
    assert all(abs(Mm(1) - int(height or 0)) < Mm(0.01) for height in heights)


@pytest.mark.office
@pytest.mark.parametrize("margin", [12, 35])
def test_the_room_ends_where_it_was_asked_for_whatever_the_margins_of_the_style(
    margin: int, root: Path
) -> None:
    for style in (root / "templates_docx").glob("стиль*.docx"):
        document = Document(str(style))
        document.sections[0].top_margin = Mm(margin)
        document.save(str(style))
    school = make_school(
        root, lambda sheets: sheets["Настройки"].extend([["Бланк", "готовый"], [OFFSET, 90]])
    )
    assert run("build", school, "--only", "приказ_о_парах") == 0
    (pdf,) = (output_of(school) / "pdf").rglob(f"{PAIRS}.pdf")
    with pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0]
        tops = [page.get_textpage().get_charbox(0)[3]]
        height = page.get_height()
    below = (height - max(tops)) / 72 * 25.4
    assert 90 <= below < 100


def test_without_a_printed_letterhead_an_order_prints_its_own(root: Path) -> None:
    texts = [one.text for one in Document(str(orders(root))).paragraphs]
    assert texts[0] == "ШКОЛА №\u00a01"


@pytest.mark.office
def test_both_sides_and_copies_are_told_to_printer_and_clerk(root: Path) -> None:
    def change(sheets: Sheets) -> None:
        sheets["Настройки"].append(["Печать с двух сторон", "да"])
        sheets["Приказы"][0].append("Рассылка")
        sheets["Приказы"][1].append("В дело; Управление образования – 2")

    school = make_school(root, change)
    assert run("build", school) == 0
    folder = output_of(school) / "packets"
    (control,) = folder.glob("На подпись*147-од*контрольный лист.pdf")
    words = " ".join(" ".join(pages.text_of(control)).split())
    assert "Копии по рассылке, всего 3: № Кому Экз. Отправлено 1 В дело 1" in words
    assert "2 Управление образования 2" in words
    (copies,) = folder.glob("Копии*147-од*2026.pdf")
    assert b"/NumCopies 3" in copies.read_bytes()
    packets = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))["packets"]
    for one in packets:
        assert one["sheets"] == (one["pages"] + 1) // 2
        assert all(mark["page"] % 2 for mark in one["contents"])
        assert b"/DuplexFlipLongEdge" in (output_of(school) / one["pdf"]).read_bytes()


# --- after printing --------------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    capsys.readouterr()
    assert run(*arguments) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.office
@pytest.mark.parametrize("is_duplex", [False, True])
def test_only_sheets_that_changed_after_printing_are_to_be_printed_again(
    is_duplex: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Провести мероприятия по наставничеству и подготовить отчёты о них в срок. " * 12

    def change(sheets: Sheets) -> None:
        sheets["Настройки"].append(["Печать с двух сторон", "да" if is_duplex else None])
        sheets["Пункты"] += [["О внедрении", str(number), words] for number in range(3, 15)]

    school = make_school(root, change)
    assert run("build", school) == 0
    assert said(capsys, "printed", school) == ["школа: отмечено напечатанным, документов: 6"]
    assert said(capsys, "reprint", school) == ["всё напечатанное годится"]
    put(school, "Пункты", "C14", words.replace("отчёты", "отзывы"))
    put(school, "Пары", "D2", "иная цель")
    assert "покажет docgen reprint" in said(capsys, "build", school)[-1]
    found = said(capsys, "reprint", school)
    (order,) = [one for one in found if "147-од" in one]
    assert order.endswith("остальные годятся")
    sheets = order.partition("перепечатать ")[2].partition(";")[0]
    assert sheets in ({"лист 2", "листы 2"} if is_duplex else {"лист 3", "лист 4", "листы 3, 4"})
    assert [one for one in found if "163-од" in one and "перепечатать" in one]
    assert found[-1] == "остальные документы годятся"
    said(capsys, "printed", school)
    assert said(capsys, "reprint", school) == ["всё напечатанное годится"]


def test_nothing_printed_and_nothing_built_are_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    for command in ("printed", "reprint"):
        assert run(command, school) == 2
        assert "ещё нет готовых PDF" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sides", "wanted", "useless"),
    [
        ("abc", "abc", 1, (), ()),
        ("abc", "axc", 1, (2,), ()),
        ("abcd", "abcx", 2, (2,), ()),
        ("abc", "ab", 1, (), (3,)),
        ("abcd", "abc", 2, (2,), ()),
        ("abcde", "ab", 2, (), (2, 3)),
        ("ab", "abc", 2, (2,), ()),
        ("ab", "abc", 1, (3,), ()),
    ],
)
def test_a_sheet_is_as_good_as_both_of_its_sides(
    old: str, new: str, sides: int, wanted: tuple[int, ...], useless: tuple[int, ...]
) -> None:
    before, now = ({"x": {"title": "Приказ", "pages": [*one]}} for one in (old, new))
    (found,) = reprints._changed(before, now, sides)
    assert (found.wanted, found.useless) == (wanted, useless)
