"""Packets hold what their опись lists, on the pages it lists, and originals stay clean."""

from __future__ import annotations

import dataclasses
import io
import itertools
import random
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen.errors import PacketError
from docgen.model import Family, MadeDocument, PacketKind, PacketPer, Purpose, Signer
from docgen.packet import (
    CheckSheet,
    ClosingSheet,
    ContentsPages,
    ControlRow,
    ControlSheet,
    CopiedFile,
    CopySource,
    CoverPages,
    MarginStamp,
    PacketRequest,
    Role,
    ServiceLengths,
    ServicePages,
    SettledPacket,
    StampPages,
    assembly,
    guess_lengths,
    lay_out,
    service_pages,
    settle_layouts,
    volumes_of,
)
from docgen.pages import Bookmark, PdfPart, outline_of, page_sizes, pick, text_of
from docgen.problem_codes import ExitCode
from tests.support.joined_pdfs import join
from tests.support.printing import converted
from tests.support.small_pdfs import A4, A4_LANDSCAPE, small_pdf, write_small_pdf

COPIES = PacketKind(
    name="комплект_копий",
    title="Комплект копий",
    source="templates_docx/packets/комплект_копий.toml",
    purpose=Purpose.COPIES,
    per=PacketPer.ORDER,
    families=(Family.ORDER,),
    has_cover=True,
    has_contents=True,
    has_stamp=True,
    has_certification=True,
    has_closing_sheet=True,
)
ORIGINALS = PacketKind(
    name="на_подпись",
    title="На подпись",
    source="templates_docx/packets/на_подпись.toml",
    purpose=Purpose.ORIGINALS,
    per=PacketPer.ORDER,
    families=(Family.ORDER,),
)
PRINT = PacketKind(
    name="печать",
    title="Печать",
    source="templates_docx/packets/печать.toml",
    purpose=Purpose.PRINT,
    per=PacketPer.KIND,
    families=(Family.CONSENT,),
    is_duplex=True,
)


def paper(number: int, pages: int, signers: Sequence[Signer] = ()) -> MadeDocument:
    """Return a made paper; ``write_papers`` leaves its PDF."""
    return MadeDocument(
        key=f"paper-{number}",
        kind="приказ",
        family=Family.ORDER,
        title=f"Приказ № {number}",
        docx=f"documents/{number}.docx",
        pdf=f"pdf/{number}.pdf",
        pages=pages,
        signatures=tuple(signers),
    )


def write_papers(root: Path, pages: Sequence[int]) -> tuple[MadeDocument, ...]:
    """Leave the PDFs of papers with these many pages, every third across, and return them."""
    for number, count in enumerate(pages, start=1):
        size = A4 if number % 3 else A4_LANDSCAPE
        lines = [f"paper {number} page {page}" for page in range(1, count + 1)]
        write_small_pdf(root / f"pdf/{number}.pdf", lines, size)
    return tuple(paper(number, count) for number, count in enumerate(pages, start=1))


class Printer:
    """Renders service pages in Latin; an опись takes a page for every ``rows`` rows."""

    def __init__(self, rows: int = 30) -> None:
        self.rows = rows
        self.rounds: list[list[ServicePages]] = []

    def __call__(self, wanted: Sequence[ServicePages]) -> list[bytes]:
        self.rounds.append([*wanted])
        return [self._print(page) for page in wanted]

    def _print(self, page: ServicePages) -> bytes:
        match page:
            case CoverPages():
                return small_pdf([f"cover {page.sheets}"])
            case ContentsPages():
                starts = range(0, len(page.rows), self.rows)
                runs = [page.rows[start : start + self.rows] for start in starts]
                return small_pdf(
                    [" ".join(f"{row.number}:{row.page}" for row in run) for run in runs]
                )
            case ClosingSheet():
                number = "by hand" if page.has_drafts else page.sheets
                return small_pdf([f"closing {number}"])
            case StampPages():
                stamps = [
                    small_pdf([self._text(stamp)], (stamp.width, stamp.height), height=30)
                    for stamp in page.stamps
                ]
                return join([PdfPart(stamp) for stamp in stamps], title="")
            case ControlSheet():
                return small_pdf([f"control {len(page.rows)}"])
            case CheckSheet():
                return small_pdf([f"check {len(page.rows)}"])

    @staticmethod
    def _text(stamp: MarginStamp) -> str:
        marks = {
            " certified": stamp.is_certified,
            " draft": stamp.is_draft,
            " signed": stamp.says_signed,
            " where": stamp.says_where,
        }
        mark = "".join(word for word, is_said in marks.items() if is_said)
        return "" if stamp.is_empty else f"sheet {stamp.sheet} of {stamp.sheets}{mark}"


def request(kind: PacketKind, documents: Sequence[MadeDocument], copies: int = 1) -> PacketRequest:
    return PacketRequest(kind, f"{kind.name} 1", "Комплект № 1", tuple(documents), copies=copies)


@dataclasses.dataclass(frozen=True)
class Assembled:
    """A finished packet with its bytes."""

    pdf: bytes
    control: bytes
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]


def assembled(settled: SettledPacket, root: Path) -> Assembled:
    """Return a packet put together from papers under ``root``."""
    stage = root / "stage"
    stage.mkdir(exist_ok=True)
    made = assembly.assemble(settled, root, stage)
    control = made.control.read_bytes() if made.control else b""
    return Assembled(made.pdf.read_bytes(), control, made.pages, made.sheets, made.contents)


def test_a_set_of_copies_has_all_its_parts_in_order(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [2, 1])
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    assert [text.split("\n") for text in text_of(packet.pdf)] == [
        ["cover 6", "sheet 1 of 6"],
        ["1:3 2:5", "sheet 2 of 6"],
        ["paper 1 page 1", "sheet 3 of 6"],
        ["paper 1 page 2", "sheet 4 of 6 certified"],
        ["paper 2 page 1", "sheet 5 of 6 certified"],
        ["closing 6", "sheet 6 of 6"],
    ]
    assert packet.contents == (("Опись", 2), ("Приказ № 1", 3), ("Приказ № 2", 5))
    assert outline_of(packet.pdf) == [*packet.contents]
    assert (packet.pages, packet.sheets) == (6, 6)
    assert not packet.control


SHOWN_SOURCES = {
    CopySource.SCAN: " certified",
    CopySource.SIGNED_FILE: " certified",
    CopySource.ARCHIVED: " certified signed",
    CopySource.DRAFT: " draft",
}


@pytest.mark.parametrize(("source", "mark"), SHOWN_SOURCES.items())
def test_a_copy_says_what_it_repeats_and_the_last_sheet_certifies_no_draft(
    source: CopySource, mark: str, tmp_path: Path
) -> None:
    papers = write_papers(tmp_path, [2, 1])
    copied = (CopiedFile(source), CopiedFile(CopySource.SCAN))
    wanted = dataclasses.replace(request(COPIES, papers), copied=copied)
    (settled,) = settle_layouts([wanted], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    first = " draft" if source is CopySource.DRAFT else ""
    closing = "by hand" if source is CopySource.DRAFT else "6"
    assert [text.splitlines()[-1] for text in text_of(packet.pdf)][2:5] == [
        f"sheet 3 of 6{first}",
        f"sheet 4 of 6{mark}",
        "sheet 5 of 6 certified",
    ]
    assert text_of(packet.pdf)[-1].splitlines()[0] == f"closing {closing}"
    assert text_of(packet.control)[0].strip() == "check 2"


def test_what_is_in_the_file_alone_is_listed_and_has_no_pages(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [2, 1, 1])
    absent = dataclasses.replace(papers[1], pdf=None, pages=0)
    copied = (
        CopiedFile(CopySource.ARCHIVED),
        CopiedFile(CopySource.IN_FILE, pages=0),
        CopiedFile(CopySource.SIGNED_FILE),
    )
    wanted = dataclasses.replace(
        request(dataclasses.replace(COPIES, says_where=True), (papers[0], absent, papers[2])),
        copied=copied,
    )
    (settled,) = settle_layouts([wanted], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    assert packet.contents == (("Опись", 2), ("Приказ № 1", 3), ("Приказ № 3", 5))
    (inventory,) = (page for page in settled.service if isinstance(page, ContentsPages))
    assert [(row.number, row.page, row.sheets) for row in inventory.rows] == [
        (1, 3, 2),
        (2, 0, 0),
        (3, 5, 1),
    ]
    (check,) = (page for page in settled.service if isinstance(page, CheckSheet))
    assert [(row.number, str(row.source), row.sheet) for row in check.rows] == [
        (1, "лист из архива, подлинник подписан", 3),
        (2, "в деле", 0),
        (3, "файл с электронной подписью", 5),
    ]
    (cover,) = (page for page in settled.service if isinstance(page, CoverPages))
    assert cover.documents == 2
    assert text_of(packet.pdf)[3].splitlines()[-1] == "sheet 4 of 6 certified signed where"


def test_originals_bear_nothing_and_have_a_control_sheet_apart(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [2, 3])
    signed = dataclasses.replace(papers[0], signatures=(Signer("директор", "Яблоков Л.К.", 2),))
    settled = settle_layouts(
        [request(ORIGINALS, [signed, papers[1]], copies=3)], tmp_path, Printer()
    )
    packet = assembled(settled[0], tmp_path)
    assert [text.strip() for text in text_of(packet.pdf)] == [
        "paper 1 page 1",
        "paper 1 page 2",
        *(f"paper 2 page {page}" for page in (1, 2, 3)),
    ]
    assert packet.contents == (("Приказ № 1", 1), ("Приказ № 2", 3))
    assert packet.control
    assert text_of(packet.control)[0].strip() == "control 2"
    (sheet,) = (page for page in settled[0].service if isinstance(page, ControlSheet))
    assert sheet.rows == (
        ControlRow(1, "Приказ № 1", "директор", "Яблоков Л.К.", 2, 2, 2, copies=3),
        ControlRow(2, "Приказ № 2", "", "", 1, 3, 3, copies=3),
    )


def test_who_was_away_is_asked_to_sign_the_continuation_alone(tmp_path: Path) -> None:
    here, away = (Signer("ознакомлена", name, 1) for name in ("Ким Н.Б.", "Зуева О.Н."))
    papers = write_papers(tmp_path, [1, 1, 1])
    sheets = [
        dataclasses.replace(one, family=family, signatures=people)
        for one, family, people in zip(
            papers,
            (Family.SHEET, Family.SHEET, Family.CONSENT),
            ((here, away), (away,), (away,)),
            strict=True,
        )
    ]
    (sheet,) = service_pages(lay_out(request(ORIGINALS, sheets), ServiceLengths()))
    assert isinstance(sheet, ControlSheet)
    assert [(row.number, row.name) for row in sheet.rows] == [
        (1, "Ким Н.Б."),
        (2, "Зуева О.Н."),
        (3, "Зуева О.Н."),
    ]


def test_a_persons_folder_lists_this_person_and_names_the_others(tmp_path: Path) -> None:
    mother, child = Signer("представитель", "Зуева О.Н.", 1, y=144.0), Signer("сам", "Зуев К.", 1)
    (one,) = write_papers(tmp_path, [1])
    wanted = request(ORIGINALS, [dataclasses.replace(one, signatures=(mother, child))])
    layout = lay_out(dataclasses.replace(wanted, signer="Зуева О.Н."), ServiceLengths())

    (sheet,) = service_pages(layout)

    assert isinstance(sheet, ControlSheet)
    (row,) = sheet.rows
    assert (row.name, row.others, row.y) == ("Зуева О.Н.", ("Зуев К.",), 144.0)


def test_a_print_run_has_no_bookmarks_and_every_paper_a_sheet_of_its_own(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1, 2, 3])
    (settled,) = settle_layouts([request(PRINT, papers)], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    assert [text.strip() for text in text_of(packet.pdf)] == [
        "paper 1 page 1",
        "",
        "paper 2 page 1",
        "paper 2 page 2",
        "paper 3 page 1",
        "paper 3 page 2",
        "paper 3 page 3",
    ]
    assert (packet.pages, packet.sheets) == (7, 4)
    assert packet.contents == ()
    assert outline_of(packet.pdf) == []


def test_blank_backs_bear_no_stamp_and_sheets_are_numbered_on_their_fronts(
    tmp_path: Path,
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=True)
    papers = write_papers(tmp_path, [1, 3])
    (settled,) = settle_layouts([request(kind, papers)], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    assert [text.split("\n")[-1] for text in text_of(packet.pdf)] == [
        *("sheet 1 of 6", "", "sheet 2 of 6", ""),
        *("sheet 3 of 6 certified", "", "sheet 4 of 6", "paper 2 page 2"),
        *("sheet 5 of 6 certified", "", "sheet 6 of 6"),
    ]


def test_an_inventory_that_outgrows_its_page_moves_the_papers_behind_it(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1] * 7 + [2])
    printer = Printer(rows=2)
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, printer)
    packet = assembled(settled, tmp_path)
    assert packet.contents[:2] == (("Опись", 2), ("Приказ № 1", 6))
    assert text_of(packet.pdf)[4].startswith("7:12 8:13")
    assert len(printer.rounds) == 2


def test_sets_are_rendered_together_and_only_what_changed_again(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1] * 5)
    printer = Printer(rows=4)
    few = dataclasses.replace(request(COPIES, papers[:2]), name="малый")
    many = dataclasses.replace(request(COPIES, papers), name="большой")
    settled = settle_layouts([few, many], tmp_path, printer)
    assert [page.packet for page in printer.rounds[0]] == ["малый"] * 4 + ["большой"] * 4
    assert {page.packet for page in printer.rounds[1]} == {"большой"}
    assert [assembled(each, tmp_path).pages for each in settled] == [5, 9]


def test_fifty_papers_are_all_where_the_inventory_says(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1 + number % 4 for number in range(50)])
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    texts = text_of(packet.pdf)
    for number, (title, page) in enumerate(packet.contents[1:], start=1):
        assert title == f"Приказ № {number}"
        assert texts[page - 1].startswith(f"paper {number} page 1\n")
    sizes = page_sizes(packet.pdf)
    assert sizes[packet.contents[3][1] - 1].is_landscape
    assert assembled(settled, tmp_path).pdf == packet.pdf


@pytest.mark.parametrize("count", [1, 2, 50, 400])
@pytest.mark.parametrize("is_duplex", [False, True])
def test_sheets_of_the_inventory_add_up_to_the_number_on_the_last_sheet(
    count: int, is_duplex: bool, tmp_path: Path
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=is_duplex)
    papers = write_papers(tmp_path, [1 + number % 3 for number in range(count)])
    (settled,) = settle_layouts([request(kind, papers)], tmp_path, Printer())
    packet = assembled(settled, tmp_path)
    (inventory,) = (page for page in settled.service if isinstance(page, ContentsPages))
    documents = sum(row.sheets for row in inventory.rows)
    assert documents + inventory.service_sheets == packet.sheets
    assert text_of(packet.pdf, [packet.pages])[0].splitlines() == [
        f"closing {packet.sheets}",
        f"sheet {packet.sheets} of {packet.sheets}",
    ]
    stamps = [
        one for page in settled.service if isinstance(page, StampPages) for one in page.stamps
    ]
    numbered = {one.sheet for one in stamps if not one.is_empty}
    assert numbered == {*range(1, packet.sheets + 1)}
    assert packet.sheets == (packet.pages + 1) // 2 if is_duplex else packet.pages
    for row, (title, page) in zip(inventory.rows, packet.contents[1:], strict=True):
        assert (row.title, row.page) == (title, page)
        assert row.sheet == settled.layout.sheet_of(page)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.booleans(), st.integers(1, 60))
def test_volumes_hold_all_papers_whole_and_are_no_longer_than_they_may(
    pages: list[int], is_duplex: bool, limit: int
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=is_duplex, volume_pages=limit)
    volumes = volumes_of(kind, pages)
    assert [number for run in volumes for number in run] == [*range(len(pages))]
    papers = [paper(number, count) for number, count in enumerate(pages)]
    for run in volumes:
        mine = papers[run.start : run.stop]
        layout = lay_out(request(kind, mine), guess_lengths(kind, len(mine)))
        assert mine
        assert layout.pages <= limit or len(mine) == 1


def test_a_set_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    megabyte = 1 << 20
    for number in range(1, 25):
        letters = random.Random(number).randbytes(megabyte // 2).hex()
        write_small_pdf(tmp_path / f"pdf/{number}.pdf", [letters])
    papers = [paper(number, 1) for number in range(1, 25)]
    (settled,) = settle_layouts([request(ORIGINALS, papers)], tmp_path, Printer())
    (tmp_path / "stage").mkdir()
    tracemalloc.start()
    made = assembly.assemble(settled, tmp_path, tmp_path / "stage")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.pdf.stat().st_size > 24 * megabyte
    assert peak < 8 * megabyte


def test_a_set_within_its_limit_or_without_one_is_whole() -> None:
    kind = dataclasses.replace(COPIES, volume_pages=0)
    assert volumes_of(kind, [1000] * 9) == [range(9)]
    assert volumes_of(COPIES, [1000, 997]) == [range(2)]
    assert volumes_of(COPIES, [1000, 998]) == [range(1), range(1, 2)]


def test_a_paper_that_changed_since_it_was_counted_breaks_the_set(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [2, 1])
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, Printer())
    write_small_pdf(tmp_path / "pdf/1.pdf", ["paper 1 page 1"])
    with pytest.raises(PacketError) as caught:
        assembled(settled, tmp_path)
    assert caught.value.exit_code is ExitCode.PACKET
    assert caught.value.problems[0].code == "packet-broken"


def test_a_paper_whose_pages_were_counted_wrong_breaks_the_set(tmp_path: Path) -> None:
    one, two = write_papers(tmp_path, [2, 2])
    wrong = (dataclasses.replace(one, pages=1), dataclasses.replace(two, pages=3))
    (settled,) = settle_layouts([request(ORIGINALS, wrong)], tmp_path, Printer())
    with pytest.raises(PacketError) as caught:
        assembled(settled, tmp_path)
    assert [problem.message.split(": ")[1] for problem in caught.value.problems] == [
        "в «Приказ № 1» страниц 2, а по описи 1; соберите заново",
        "в «Приказ № 2» страниц 2, а по описи 3; соберите заново",
    ]


def test_papers_that_changed_places_break_the_set(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1, 1])
    (settled,) = settle_layouts([request(ORIGINALS, papers)], tmp_path, Printer())
    swapped = dataclasses.replace(settled.layout, pieces=settled.layout.pieces[::-1])
    with pytest.raises(PacketError) as caught:
        assembled(dataclasses.replace(settled, layout=swapped), tmp_path)
    assert "на странице 1 не начинается «Приказ № 1»" in str(caught.value)


def swapped_pages(pdf: bytes) -> bytes:
    return pick([pdf], [(0, 2), (0, 1), (0, 3)])


def lost_page(pdf: bytes) -> bytes:
    return pick([pdf], [(0, 1), (0, 2)])


def page_of_another(pdf: bytes) -> bytes:
    return pick([pdf, small_pdf(["another"])], [(0, 1), (1, 1), (0, 3)])


def first_page_twice(pdf: bytes) -> bytes:
    return pick([pdf], [(0, 1), (0, 1), (0, 3)])


def wider_page(pdf: bytes) -> bytes:
    return pdf.replace(b"595.3", b"596.3")


def no_bookmarks(pdf: bytes) -> bytes:
    return pick([pdf], [(0, 1), (0, 2), (0, 3)])


def bookmark_off_by_one(pdf: bytes) -> bytes:
    marks = [Bookmark("Приказ № 1", 1), Bookmark("Приказ № 2", 2)]
    return join([PdfPart(pdf)], title="", bookmarks=marks)


DAMAGES: dict[Callable[[bytes], bytes], str] = {
    swapped_pages: "на странице 1 не начинается «Приказ № 1»",
    lost_page: "в файле 2 страниц вместо 3",
    page_of_another: "на странице 2 не страница 2 «Приказ № 1»",
    first_page_twice: "на странице 2 не страница 2 «Приказ № 1»",
    wider_page: "страницы «Приказ № 1» в комплекте другого формата",
    no_bookmarks: "закладки не совпадают с описью",
    bookmark_off_by_one: "закладки не совпадают с описью",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_set_that_was_put_together_wrongly_is_refused(
    damage: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = write_papers(tmp_path, [2, 1])
    (settled,) = settle_layouts([request(ORIGINALS, papers)], tmp_path, Printer())
    assembled(settled, tmp_path)

    def damaged(stream: BinaryIO, parts: Sequence[PdfPart], **options: Any) -> None:
        stream.write(damage(join(parts, **options)))

    monkeypatch.setattr(assembly, "join_into", damaged)
    with pytest.raises(PacketError) as caught:
        assembled(settled, tmp_path)
    assert DAMAGES[damage] in str(caught.value)


def test_what_is_drawn_over_a_paper_otherwise_than_a_stamp_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = write_papers(tmp_path, [2, 1])
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, Printer())

    def drawn_over(stream: BinaryIO, parts: Sequence[PdfPart], **options: Any) -> None:
        drawn = join(parts, **options)
        stream.write(drawn.replace(b"Q q /DocgenStamp Do Q", b"Q q /DocgenStamp Do q"))

    monkeypatch.setattr(assembly, "join_into", drawn_over)
    with pytest.raises(PacketError, match="не начинается"):
        assembled(settled, tmp_path)


def preferences_of(pdf: bytes) -> dict[str, object]:
    catalog: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return {name: str(value) for name, value in catalog["/ViewerPreferences"].items()}


@pytest.mark.parametrize(("copies", "num_copies"), [(1, None), (2, "2"), (5, "5"), (6, None)])
def test_a_printer_is_asked_for_both_sides_true_size_and_copies(
    copies: int, num_copies: str | None, tmp_path: Path
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=True)
    papers = write_papers(tmp_path, [1])
    (settled,) = settle_layouts([request(kind, papers, copies)], tmp_path, Printer())
    asked = preferences_of(assembled(settled, tmp_path).pdf)
    assert asked["/Duplex"] == "/DuplexFlipLongEdge"
    assert asked["/PrintScaling"] == "/None"
    assert asked.get("/NumCopies") == num_copies


def test_bookmarks_of_equal_titles_keep_their_pages(tmp_path: Path) -> None:
    papers = [
        dataclasses.replace(each, title="Согласие") for each in write_papers(tmp_path, [2, 1])
    ]
    (settled,) = settle_layouts([request(ORIGINALS, papers)], tmp_path, Printer())
    assert outline_of(assembled(settled, tmp_path).pdf) == [("Согласие", 1), ("Согласие", 3)]


def test_every_paper_without_a_pdf_is_named_at_once(tmp_path: Path) -> None:
    papers = [paper(1, 1), dataclasses.replace(paper(2, 1), pdf=None)]
    with pytest.raises(PacketError) as caught:
        settle_layouts([request(ORIGINALS, papers), request(COPIES, [])], tmp_path, Printer())
    assert [problem.message for problem in caught.value.problems] == [
        "комплект «Комплект № 1»: у документа «Приказ № 1» нет PDF; соберите его заново",
        "комплект «Комплект № 1»: у документа «Приказ № 2» нет PDF; соберите его заново",
        "комплект «Комплект № 1»: в комплекте нет ни одного документа",
    ]


def test_a_paper_that_cannot_be_read_breaks_the_set(tmp_path: Path) -> None:
    papers = write_papers(tmp_path, [1])
    (settled,) = settle_layouts([request(ORIGINALS, papers)], tmp_path, Printer())
    (tmp_path / "pdf/1.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(PacketError, match="не читается"):
        assembled(settled, tmp_path)
    with pytest.raises(PacketError, match="PDF документа «Приказ № 1» не читается"):
        settle_layouts([request(COPIES, papers)], tmp_path, Printer())


def test_an_inventory_that_never_stands_still_is_given_up(tmp_path: Path) -> None:
    class Restless(Printer):
        def _print(self, page: ServicePages) -> bytes:
            if isinstance(page, ContentsPages):
                return small_pdf([""] * (1 + page.rows[0].page % 2))
            return super()._print(page)

    papers = write_papers(tmp_path, [1])
    with pytest.raises(PacketError, match="длина описи не устанавливается"):
        settle_layouts([request(COPIES, papers)], tmp_path, Restless())


LENGTHS = st.builds(
    ServiceLengths, cover=st.integers(0, 2), contents=st.integers(0, 3), closing=st.integers(0, 1)
)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), LENGTHS, st.booleans())
def test_sheets_add_up_and_pieces_never_share_one(
    pages: list[int], lengths: ServiceLengths, is_duplex: bool
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=is_duplex)
    papers = [paper(number, count) for number, count in enumerate(pages, start=1)]
    layout = lay_out(request(kind, papers), lengths)
    assert sum(piece.sheets for piece in layout.pieces) == layout.sheets
    assert layout.pieces[-1].last_page == layout.pages
    assert layout.pieces[-1].last_sheet == layout.sheets
    for one, other in itertools.pairwise(layout.pieces):
        assert other.page == one.last_page + 1 + other.blank_pages_before
        assert other.sheet == one.last_sheet + 1
    assert all(layout.sheet_of(piece.page) == piece.sheet for piece in layout.pieces)
    assert [piece.pages for piece in layout.pieces if piece.role is Role.DOCUMENT] == pages


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), LENGTHS, st.booleans())
def test_every_page_has_one_stamp_and_totals_agree(
    pages: list[int], lengths: ServiceLengths, is_duplex: bool
) -> None:
    kind = dataclasses.replace(COPIES, is_duplex=is_duplex)
    papers = [paper(number, count) for number, count in enumerate(pages, start=1)]
    layout = lay_out(request(kind, papers), lengths)
    wanted = service_pages(layout, [A4_LANDSCAPE] * sum(pages))
    stamps = [stamp for page in wanted if isinstance(page, StampPages) for stamp in page.stamps]
    assert [stamp.page for stamp in stamps] == [*range(1, layout.pages + 1)]
    assert sum(stamp.is_certified for stamp in stamps) == len(pages)
    assert sum(stamp.is_landscape for stamp in stamps if not stamp.is_empty) >= len(pages)
    for page in wanted:
        if isinstance(page, ContentsPages):
            assert page.document_sheets + page.service_sheets == page.sheets == layout.sheets
        if isinstance(page, ClosingSheet | CoverPages):
            assert page.sheets == layout.sheets


# --- with LibreOffice ------------------------------------------------------------------------


def write_docx(path: Path, pages: Sequence[tuple[str, tuple[float, float]]]) -> Path:
    """Leave a document with a page for each text, of the size in points that stands beside it."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    for number, (text, (width, height)) in enumerate(pages):
        section = document.add_section() if number else document.sections[0]
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.top_margin = Pt(20 if text.startswith("Лист") else 80)
        document.add_paragraph(text)
    document.save(str(path))
    return path


class Office:
    """Renders service pages as plain documents, all in one call of LibreOffice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = 0

    def __call__(self, wanted: Sequence[ServicePages]) -> list[Path]:
        self.calls += 1
        sources = [
            write_docx(self.folder / f"{self.calls}-{number}.docx", self._pages(page))
            for number, page in enumerate(wanted)
        ]
        made = converted(sources, self.folder)
        return [path for source in sources if isinstance(path := made[source], Path)]

    @staticmethod
    def _pages(page: ServicePages) -> list[tuple[str, tuple[float, float]]]:
        if isinstance(page, StampPages):
            return [
                (
                    "" if stamp.is_empty else f"Лист {stamp.sheet} из {stamp.sheets}",
                    (stamp.width, stamp.height),
                )
                for stamp in page.stamps
            ]
        if isinstance(page, ContentsPages):
            lines = [f"{row.number}. {row.title}, с. {row.page}" for row in page.rows]
            return [("\n".join(["Опись", *lines]), A4)]
        return [(f"{type(page).__name__}: {page.title}", A4)]


@pytest.mark.office
def test_real_papers_are_stamped_and_found_where_the_inventory_says(tmp_path: Path) -> None:
    order = write_docx(tmp_path / "order.docx", [("Приказ о парах", A4), ("Исполнитель", A4)])
    table = write_docx(tmp_path / "table.docx", [("Дорожная карта", A4_LANDSCAPE)])
    converted([order, table], tmp_path)
    papers = [
        dataclasses.replace(paper(1, 2), title="Приказ", pdf="order.pdf"),
        dataclasses.replace(paper(2, 1), title="Приложение № 1", pdf="table.pdf"),
    ]
    render = Office(tmp_path)
    (settled,) = settle_layouts([request(COPIES, papers)], tmp_path, render)
    packet = assembled(settled, tmp_path)
    texts = [text.split("\n") for text in text_of(packet.pdf)]
    assert render.calls == 1
    assert [line.strip() for line in texts[1]] == [
        *("Опись", "1. Приказ, с. 3", "2. Приложение № 1, с. 5", "Лист 2 из 6"),
    ]
    assert [line.strip() for line in texts[4]] == ["Дорожная карта", "Лист 5 из 6"]
    assert page_sizes(packet.pdf)[4].is_landscape
    assert assembled(settled, tmp_path).pdf == packet.pdf
