"""The gold standard of declension: the figures of the page, and what may never get worse."""

from __future__ import annotations

import re

import pytest

from tests.support.russian_gold import (
    CASES,
    COMMAND,
    Score,
    gold_texts,
    scores,
    table,
    table_of_page,
)


@pytest.fixture(scope="module")
def found() -> dict[str, Score]:
    return scores()


def test_the_page_tells_the_figures_of_today() -> None:
    assert table_of_page() == table(), f"run: {COMMAND} --write"


def test_hardly_a_text_is_wrong_in_silence(found: dict[str, Score]) -> None:
    silent = [miss for score in found.values() for miss in score.misses if "SILENT" in miss]
    assert len(silent) <= 0.005 * sum(score.texts for score in found.values()), silent


def test_hardly_a_text_is_wrong_at_all(found: dict[str, Score]) -> None:
    misses = [miss for score in found.values() for miss in score.misses if "right" not in miss]
    assert len(misses) <= 0.005 * sum(score.texts for score in found.values()), misses


def test_of_what_is_wrong_at_least_half_is_marked(found: dict[str, Score]) -> None:
    marked = sum(score.wrong_marked for score in found.values())
    assert marked >= sum(score.wrong_silent for score in found.values())


def test_a_text_stands_in_the_standard_once() -> None:
    keys = [(gold.group.split(":")[0], gold.text, gold.gender, gold.part) for gold in gold_texts()]
    assert len(keys) == len(set(keys))


def test_what_stands_between_the_words_never_changes_in_any_case() -> None:
    for gold in gold_texts():
        for case in CASES:
            form = gold.decline(case).text
            assert _without_letters(form) == _without_letters(gold.text), (gold.text, form)


def _without_letters(text: str) -> str:
    return re.sub(r"[^\W\d_]+", "x", text)
