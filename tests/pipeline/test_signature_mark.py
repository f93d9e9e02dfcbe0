"""The visible mark of a signature: on a copy, after signing, where it covers nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.pages import (
    SignatureField,
    StampMark,
    add_signature_fields,
    draw_marks,
    page_count,
    signature_field_boxes,
    text_of,
)
from docgen.pages.signature_fields import ink_on
from docgen.pages.viewer import opened
from tests.support.joined_pdfs import text_in
from tests.support.signers import detached, signed
from tests.support.small_pdfs import A4, small_pdf, write_small_pdf
from tests.support.small_root import make_root, make_school, run
from tests.support.verapdf import verapdf

OWNER = "Иванова Мария Петровна"
COPY = "Приказ (с отметкой об ЭП).pdf"
PHRASE = "Документ подписан электронной подписью"


def fielded() -> bytes:
    fields = [
        SignatureField(name, "", 2, (50.0, y, 150.0, y + 30))
        for name, y in (("a", 710), ("b", 600))
    ]
    return add_signature_fields(small_pdf(["one", "two"]), fields)


def test_boxes_of_fields_are_found_by_name() -> None:
    pdf = signed(fielded(), "a", OWNER)
    assert signature_field_boxes(pdf) == {
        "a": (2, (50, 710, 150, 740)),
        "b": (2, (50, 600, 150, 630)),
    }


def test_marks_cover_neither_text_nor_each_other() -> None:
    base = small_pdf(["A line of text"])
    marks = [
        StampMark(small_pdf(["mark"], height=number), 1, 50.0, 700.0) for number in (300, 310, 320)
    ]
    made = draw_marks(base, marks)
    assert page_count(made) == 1
    (text,) = text_of(made)
    assert text.count("mark") == 3
    assert "A line of text" in text.split("\n")
    with opened(made) as document:
        boxes = ink_on(document[0])
    assert len(boxes) == len("Alineoftextmarkmarkmark")
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one[0] >= other[2] - 1 or other[0] >= one[2] - 1
            assert apart or one[1] >= other[3] - 1 or other[1] >= one[3] - 1
    assert draw_marks(base, marks) == made


def test_a_mark_stands_beside_the_word_that_its_field_begins_at() -> None:
    base = small_pdf(["Director"])
    with opened(base) as document:
        end = max(box[2] for box in ink_on(document[0]))
        line = min(box[1] for box in ink_on(document[0]))
    made = draw_marks(base, [StampMark(small_pdf(["mark"]), 1, end + 1, line)])
    assert "mark" in text_in(made, 1, (end, line - 2, end + 60, line + 20))


def test_a_mark_without_room_gets_a_page_of_its_own() -> None:
    full = small_pdf(["x"], size=(120.0, 120.0))
    made = draw_marks(
        full, [StampMark(small_pdf(["a mark that is much too long"], size=A4), 1, 10, 10)]
    )
    assert text_of(made) == ["x", "a mark that is much too long"]


def test_sixty_marks_take_as_many_pages_as_they_need() -> None:
    mark = small_pdf(["a mark that is as long as a line can be, or nearly so, and goes on and on"])
    made = draw_marks(small_pdf(["x"]), [StampMark(mark, 1, 50.0, 700.0)] * 120)
    assert sum(text.count("a mark") for text in text_of(made)) == 120
    assert page_count(made) > 2


# --- command ---------------------------------------------------------------------------------


@pytest.mark.office
def test_a_copy_shows_certificate_owner_and_term_at_the_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = signed(signed(fielded(), "b", OWNER), "a", "Петров Пётр")
    path = tmp_path / "Приказ.pdf"
    path.write_bytes(data)
    assert run("stamp", path) == 0
    assert COPY in capsys.readouterr().out
    assert path.read_bytes() == data
    copy = tmp_path / COPY
    first, second = text_of(copy)
    assert first == "one"
    lines = [line.strip() for line in second.splitlines()]
    assert lines.count(PHRASE) == 2
    for line in (
        f"Владелец: {OWNER}",
        "Владелец: Петров Пётр",
        f"Сертификат: {OWNER.encode()[:8].hex().upper()}",
        "Действителен: с 01.01.2026 по 31.12.2099",
    ):
        assert line in lines
    assert PHRASE in text_in(copy, 2, (45.0, 595.0, 300.0, 680.0))
    assert b"/ByteRange" not in copy.read_bytes()
    assert b"/AcroForm" not in copy.read_bytes()
    assert run("stamp", path) == 0
    copy.write_bytes(b"somebody's own")
    assert run("stamp", path) == 2
    assert "уже лежит другой файл" in capsys.readouterr().err
    assert run("stamp", path, "--to", tmp_path / "Копия.pdf") == 0
    assert run("stamp", path, "--to", path) == 2


@pytest.mark.office
def test_the_copy_of_an_order_is_archival_and_the_mark_stands_where_it_was_signed(
    tmp_path: Path,
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    assert run("build", school, "--fields", "--only", "приказ_о_парах") == 0
    (path,) = (root / "output" / school.name / "электронные подлинники").rglob("*.pdf")
    path.write_bytes(signed(path.read_bytes(), "руководитель", OWNER))
    assert run("stamp", path, "--root", root) == 0
    copy = path.with_name(f"{path.stem} (с отметкой об ЭП).pdf")
    assert verapdf([copy]) == [""]
    page, (left, bottom, right, top) = signature_field_boxes(path)["руководитель"]
    assert PHRASE in text_in(copy, page, (left - 1, bottom - 40, right + 150, top + 20))
    assert "Директор" in text_in(copy, page, (left - 80, bottom - 5, left, bottom + 20))


@pytest.mark.office
def test_a_signature_beside_is_shown_too(tmp_path: Path) -> None:
    path = write_small_pdf(tmp_path / "Приказ.pdf", ["order"])
    path.with_name("Приказ.pdf.sig").write_bytes(detached(path.read_bytes(), OWNER))
    assert run("stamp", path) == 0
    (text,) = text_of(tmp_path / COPY)
    assert PHRASE in text
    assert OWNER in text
    assert "order" in text


def test_what_is_not_signed_or_was_changed_gets_no_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_small_pdf(tmp_path / "Приказ.pdf", ["order"])
    assert run("stamp", path) == 2
    assert "файл не подписан" in capsys.readouterr().err
    beside = path.with_name("Приказ.pdf.sig")
    beside.write_bytes(detached(path.read_bytes() + b"x", OWNER))
    assert run("stamp", path) == 2
    assert "файл изменён после подписи" in capsys.readouterr().err
    beside.write_bytes(b"x")
    assert run("stamp", path) == 2
    assert "подпись не читается" in capsys.readouterr().err
    assert run("stamp", tmp_path / "нет.pdf") == 2
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["Приказ.pdf", "Приказ.pdf.sig"]
