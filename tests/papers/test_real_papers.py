"""Twelve papers modelled on real ones: each slip is said, what is right is left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.support.paper_table import BEGIN, END, NAMES, paper_named, tables_of
from tests.support.real_papers import (
    MENDED,
    MISSED,
    Count,
    clean_sheets,
    count_of,
    found_sheets,
    texts_of,
)

COMMAND = ".venv/bin/python -m tests.support.paper_table"


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Count]:
    """Return what is said of a paper, counted once."""
    return cache(lambda name: count_of(paper_named(name), tmp_path_factory.mktemp(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_slip_is_said_that_a_check_can_know(
    name: str, counted: Callable[[str], Count]
) -> None:
    known = [str(one.found) for one in paper_named(name).slips if one.code == MISSED]
    assert list(counted(name).missed) == known


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_is_said_of_a_paper_as_it_was_found(
    name: str, counted: Callable[[str], Count]
) -> None:
    assert counted(name).false_found == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_of_a_clean_paper(name: str, counted: Callable[[str], Count]) -> None:
    assert counted(name).false_clean == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_prints_its_words(name: str, tmp_path: Path) -> None:
    paper = paper_named(name)
    text = texts_of(clean_sheets(paper), tmp_path)
    assert [words for words in paper.words if words not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_some_slips_are_printed_right_all_the_same(name: str, tmp_path: Path) -> None:
    paper = paper_named(name)
    mended = [one for one in paper.slips if one.code == MENDED]
    if mended:
        text = texts_of(found_sheets(paper)[0], tmp_path)
        for one in mended:
            assert str(one.right) in text
            assert str(one.found) not in text


def test_the_tables_of_both_pages_tell_what_is_counted(counted: Callable[[str], Count]) -> None:
    for page, table in tables_of([counted(name) for name in NAMES]):
        written = page.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()
        assert written == table, f"count again: {COMMAND}"
