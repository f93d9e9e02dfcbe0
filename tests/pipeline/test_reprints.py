"""What depends on paper itself: letterheads printed beforehand, both sides of a sheet, copies."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm

from docgen import pages
from docgen.pipeline.answers import reprints
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.small_root import Sheets, made, make_root, make_school, put, run

OFFSET = "Отступ готового бланка, мм"
PAIRS = "Приказ № 163-од от 11.09.2026"
HEAD = "ШКОЛА № 1 ПРИКАЗ"


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


def on_letterhead(root: Path) -> bytes:
    """Return the order about pairs as it goes onto paper with a printed head."""
    ready = prepare(root / "registers/школа", root)
    assert isinstance(ready, Ready)
    plan = make_plan(ready, Wish())
    (order,) = [one for one in plan.documents if one.kind.name == "приказ_о_парах"]
    outcome = render(order, ready, is_on_letterhead=True)
    assert isinstance(outcome, Rendered)
    return outcome.docx


@pytest.mark.parametrize(("offset", "room"), [(100, 80), (None, 60), (10, 1)])
def test_on_a_printed_letterhead_an_order_has_room_in_its_place(
    offset: int | None, room: int, root: Path
) -> None:
    settings = [("Бланк", "готовый"), ("Отступ готового бланка, мм", offset)]
    whole = orders(root, *settings)
    assert {"ПРИКАЗ", "ШКОЛА №\u00a01"} <= {one.text for one in Document(str(whole)).paragraphs}
    document = Document(io.BytesIO(on_letterhead(root)))
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
    (pdf,) = (output_of(school) / "на бланке").rglob(f"{PAIRS}.pdf")
    with pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0]
        tops = [page.get_textpage().get_charbox(0)[3]]
        height = page.get_height()
    below = (height - max(tops)) / 72 * 25.4
    assert 90 <= below < 100


def test_without_a_printed_letterhead_an_order_prints_its_own(root: Path) -> None:
    texts = [one.text for one in Document(str(orders(root))).paragraphs]
    assert texts[0] == "ШКОЛА №\u00a01"


def first_pages(school: Path) -> dict[str, list[str]]:
    """Return the words of each page of all PDFs of the output that hold the order about pairs."""
    output = output_of(school)
    return {
        path.relative_to(output).as_posix(): [" ".join(one.split()) for one in pages.text_of(path)]
        for path in sorted(output.rglob("*.pdf"))
        if "контрольный" not in path.name
    }


@pytest.mark.office
def test_the_head_is_left_out_on_the_sheets_for_the_printer_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, _on_printed_paper)
    assert run("build", school, "--fields", "--pdfa", "1a") == 0
    bare = {
        name.split("/")[0] if PAIRS in name and "packets" not in name else name.split("/")[-1]
        for name, texts in first_pages(school).items()
        if any("163-од" in one or "наставнических пар" in one for one in texts)
        and not any(HEAD in one for one in texts)
        and "огласие" not in name
    }
    assert {name.partition(".")[0] for name in bare} == {"на бланке", "На подпись", "Печать"}
    whole = {
        name.partition("/")[0]
        for name, texts in first_pages(school).items()
        if PAIRS in name and any(HEAD in one for one in texts)
    }
    assert whole == {
        "pdf",
        "packets",
        "электронные подлинники",
        "электронные кадровые документы",
    }
    assert run("verify", output_of(school)) == 0
    capsys.readouterr()
    (packet,) = (output_of(school) / "packets").glob("На подпись*163-од от 11.09.2026.pdf")
    assert run("explain", packet) == 0
    assert "изменений нет" in capsys.readouterr().out
    _see_signed_order(school)


def _on_printed_paper(sheets: Sheets) -> None:
    sheets["Настройки"] += [["Бланк", "готовый"], [OFFSET, 90]]


def _see_signed_order(school: Path) -> None:
    """The archive keeps the whole order; sheets that were printed stay, and others go."""
    before = {name: text for name, text in first_pages(school).items() if "на бланке" in name}
    put(school, "Приказы", "G3", "подписан")
    assert run("build", school) == 0
    (kept,) = [
        path
        for path in (school / "архив").rglob("бумага.pdf")
        if "163-од" in pages.text_of(path)[0]
    ]
    assert HEAD in " ".join(pages.text_of(kept)[0].split())
    found = first_pages(school)
    assert {name: text for name, text in found.items() if "на бланке" in name} == before
    put(school, "Настройки", "B3", "печатать")
    assert run("build", school) == 0
    left = [name for name in first_pages(school) if "на бланке" in name]
    assert [PAIRS in name for name in left] == [True]


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
    assert said(capsys, "printed", school)[0] == "школа: отмечено напечатанным, документов: 6"
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
