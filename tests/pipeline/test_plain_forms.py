"""Forms to fill in Word are laid out without their controls."""

from __future__ import annotations

from pathlib import Path

from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.plain_forms import plain_form
from docgen.pipeline.output.store import Bench
from tests.support.shipped import one_of

NAME = "documents/Бланк.docx"


def bench_with(folder: Path, docx: bytes) -> Bench:
    stage = folder / "stage"
    stage.mkdir()
    (folder / NAME).parent.mkdir()
    (folder / NAME).write_bytes(docx)
    return Bench(folder, read_ledger(folder), stage=stage)


def test_a_form_is_laid_out_without_controls_and_delivered_with_them(tmp_path: Path) -> None:
    form = one_of("отзыв_согласия", blank=True)[1]
    bench = bench_with(tmp_path, form.docx)

    laid_out = plain_form(form.plan, NAME, bench).read_bytes()

    assert b"<w:sdt>" not in read_parts(laid_out)[DOCUMENT_PART]
    assert bench.path(NAME).read_bytes() == form.docx
    assert b"<w:sdt>" in read_parts(form.docx)[DOCUMENT_PART]


def test_what_a_person_has_put_there_goes_as_it_is(tmp_path: Path) -> None:
    form = one_of("отзыв_согласия", blank=True)[1]
    bench = bench_with(tmp_path, b"no package")

    assert plain_form(form.plan, NAME, bench) == bench.path(NAME)


def test_other_papers_go_as_they_are(tmp_path: Path) -> None:
    order = one_of("приказ_о_кураторе")[1]
    bench = bench_with(tmp_path, order.docx)

    assert plain_form(order.plan, NAME, bench) == bench.path(NAME)
