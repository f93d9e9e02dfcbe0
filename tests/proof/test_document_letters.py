"""Letters of a document on its pages: which are missed."""

from __future__ import annotations

import pytest

from docgen.proof.document_letters import lacks_letters


@pytest.mark.parametrize(
    ("printed", "letters", "lacks"),
    [("мама мыла", {"м": 3, "а": 2}, False), ("мама", {"м": 3}, True), ("", {}, False)],
)
def test_a_letter_printed_less_often_than_it_stands_in_the_document_is_noticed(
    printed: str, letters: dict[str, int], *, lacks: bool
) -> None:
    assert lacks_letters(printed, letters) is lacks
