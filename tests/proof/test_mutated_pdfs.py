"""PDFs changed on purpose, by which the proof of words is tried."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from docgen.pages.syntax import BrokenPdfError
from docgen.proof.file_proof import file_difference
from tests.support.pdf_mutations import KINDS, look_different, mutations
from tests.support.printing import converted
from tests.support.shipped import one_of
from tests.support.trust_sizes import size


@pytest.mark.office
def test_every_kind_of_change_is_seen_and_comes_out_alike_for_a_seed(tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(one_of("положение_о_наставничестве")[1].docx)
    (made,) = converted([paper], tmp_path, jobs=1).values()
    assert isinstance(made, Path)
    data = made.read_bytes()
    changed = dict(mutations(data, 1))
    assert [*changed] == [*KINDS]
    assert all(look_different(data, one) for one in changed.values())
    again = mutations(data, 1)
    assert [next(again) for _ in range(9)] == [*changed.items()][:9]
    other = dict(mutations(data, 2))
    assert sum(other[kind] != changed[kind] for kind in KINDS) > len(KINDS) // 2


PAPERS = (
    *("положение_о_наставничестве", "согласие_на_наставничество", "приказ_о_внедрении"),
    *("лист_ознакомления", "приложение_таблица", "список_пар_обучающихся", "приказ_о_парах"),
)
CHANGES = size(1, 500, 2000)
"""At least so many: each kind of change is tried on each paper, from as many seeds as it takes."""


@pytest.mark.office
@pytest.mark.trust("R6", tries=CHANGES)
def test_no_changed_pdf_is_taken_for_its_document(tmp_path: Path) -> None:
    papers = []
    for kind in PAPERS:
        papers.append(tmp_path / f"{kind}.docx")
        papers[-1].write_bytes(one_of(kind)[1].docx)
    made = converted(papers, tmp_path / "pdf", jobs=1)
    changed = 0
    for seed in itertools.count():
        for paper, pdf in made.items():
            assert isinstance(pdf, Path)
            assert file_difference(paper, pdf) is None
            for kind, data in mutations(pdf.read_bytes(), seed):
                assert is_refused(paper, data), (paper.stem, kind, seed)
                changed += 1
        if changed >= CHANGES:
            return


def is_refused(paper: Path, data: bytes) -> bool:
    """Return whether a PDF is told from that of its document, or cannot be read at all."""
    try:
        return file_difference(paper, data) is not None
    except BrokenPdfError:
        return True
