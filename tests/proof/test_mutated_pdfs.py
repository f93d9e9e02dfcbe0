"""PDFs changed on purpose, by which the proof of words is tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pdf_mutations import KINDS, look_different, mutations
from tests.support.printing import converted
from tests.support.shipped import one_of


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
