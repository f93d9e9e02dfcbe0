"""What is tried after a fault: every document in the end alone, and composed again if it can be."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from docgen.pdf import FinishedPdf
from docgen.pdf.bundles import Bundle, QueuedDocument
from docgen.pdf.retries import once_more, reason_of, retries_of


def bundle(count: int, *, is_composed: bool = True, crashes: int = 0) -> Bundle:
    documents = [QueuedDocument(Path(f"{n}.docx"), b"", Path(), "", None) for n in range(count)]
    return Bundle(tuple(documents), is_composed=is_composed, crashes=crashes)


@pytest.mark.parametrize(
    ("count", "is_composed", "crashes", "has_hung", "sizes"),
    [
        (20, True, 0, False, [20]),
        (20, True, 1, False, [3, 3, 3, 3, 3, 3, 2]),
        (20, True, 0, True, [3, 3, 3, 3, 3, 3, 2]),
        (1, True, 0, False, [1]),
        (1, True, 1, False, [1]),
        (1, False, 3, False, [1]),
        (1, False, 4, False, []),
        (1, False, 0, True, []),
    ],
)
def test_a_bundle_is_tried_whole_then_in_parts_then_given_up(
    count: int, is_composed: bool, crashes: int, has_hung: bool, sizes: list[int]
) -> None:
    before = bundle(count, is_composed=is_composed, crashes=crashes)
    after = retries_of(before, has_hung=has_hung)
    assert [len(one.documents) for one in after] == sizes


def test_one_that_was_composed_is_tried_alone_and_then_composed_again() -> None:
    (alone,) = retries_of(bundle(1, crashes=1), has_hung=False)
    assert (alone.is_composed, alone.is_stopgap) == (False, True)
    again = once_more(alone, FinishedPdf(Path(), 1, {}))
    assert again.is_composed
    (tried,) = retries_of(again, has_hung=False)
    assert tried.spare is again.spare
    assert retries_of(tried, has_hung=False) == []
    assert retries_of(again, has_hung=True) == []


def test_a_full_folder_for_temporary_files_is_named_as_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "временной папке" not in reason_of(has_hung=False)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
    assert "почти нет места" in reason_of(has_hung=True)
