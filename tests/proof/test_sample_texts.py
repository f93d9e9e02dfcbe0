"""A paragraph of a sample counts only if it is painted word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.proof.sample_texts import painted_whole


@pytest.mark.parametrize(
    ("painted", "texts", "whole"),
    [
        (["абв", "где"], ["абвгде", "жз"], [(0, 0, 2)]),
        (["абв", "гд", "е"], ["абв", "где"], [(0, 0, 1), (1, 1, 3)]),
        (["абв", "где"], ["абв", "гдё"], []),
        (["абв", "г", "ю"], ["абв", "где"], [(0, 0, 1)]),
        (["абвг", "де"], ["абв", "где"], []),
        (["абв"], ["абв", "где"], [(0, 0, 1)]),
        (["", "абв"], ["", "абв"], [(1, 1, 2)]),
        (["дата", "....1"], ["дата___1"], [(0, 0, 2)]),
        (["дата", "....2"], ["дата___1"], []),
        ([], ["абв", "где"], []),
    ],
)
def test_only_what_is_painted_as_it_should_be_counts(
    painted: list[str], texts: list[str], whole: list[tuple[int, int, int]]
) -> None:
    assert [*painted_whole(painted, texts)] == whole


@given(st.lists(st.text("абв", min_size=1, max_size=4), min_size=2, max_size=6), st.data())
def test_a_changed_sign_leaves_its_paragraph_out(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    painted = [*texts[:place], texts[place][:-1] + "ю", *texts[place + 1 :]]
    assert place not in [index for index, _, _ in painted_whole(painted, texts)]
