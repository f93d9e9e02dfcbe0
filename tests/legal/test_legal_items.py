"""Each kind of paper says, filled and blank, what the law and its brief ask of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.ooxml.docx_text import text_of
from tests.support.shipped import EVENTFUL, KINDS, WORKSPACES, prepared, rendered

HERE = Path(__file__).parent
PLACES = ("filled", "blank")
KEYS = {"words", "pattern", "source", "in", "titled", "absent"}
TO_MEND: list[str] = []
_FOLDED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "—": "–"})


@dataclass(frozen=True)
class Item:
    """One thing that a paper must say, or must not."""

    words: str
    pattern: str
    source: str
    place: str
    titled: str
    is_absent: bool

    def is_met_by(self, text: str) -> bool:
        wanted = self.pattern or re.escape(folded(self.words))
        return bool(re.search(wanted, text, re.IGNORECASE)) is not self.is_absent

    def __str__(self) -> str:
        sign = "нет" if not self.is_absent else "есть"
        return f"{sign}: {self.words or self.pattern} [{self.source}]"


def folded(text: str) -> str:
    """Return words with single blanks, plain hyphens and dashes."""
    return " ".join(text.translate(_FOLDED).split())


def items_of(kind: str) -> list[Item]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / f"{kind}.toml").read_text("utf-8"))["items"]
    for one in found:
        assert set(one) <= KEYS, one
        assert bool(one.get("words")) != bool(one.get("pattern")), one
        assert one.get("in", "filled") in PLACES, one
    return [
        Item(
            words=one.get("words", ""),
            pattern=one.get("pattern", ""),
            source=one["source"],
            place=one.get("in", ""),
            titled=one.get("titled", ""),
            is_absent=one.get("absent", False),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Paper:
    """What a paper is called and the words on it."""

    title: str
    text: str
    is_blank: bool

    def is_meant_by(self, item: Item) -> bool:
        if self.is_blank:
            return item.place != "filled" and not item.titled
        return item.place != "blank" and item.titled in self.title


@cache
def papers_of(kind: str) -> tuple[Paper, ...]:
    """Return filled and blank papers of a kind, of the first workspace that makes each."""
    found: list[Paper] = []
    for is_blank in (False, True):
        for name in ("school", *WORKSPACES, EVENTFUL):
            made = [
                Paper(one.plan.title, folded(" ".join(text_of(one.docx))), is_blank)
                for one in rendered(name).values()
                if one.plan.kind.name == kind and one.plan.is_blank_form == is_blank
            ]
            found += made
            if made:
                break
    return tuple(found)


def lacks(kind: str) -> list[str]:
    """Return the items that some paper of the kind does not meet, each with that paper."""
    faults = []
    for item in items_of(kind):
        papers = [paper for paper in papers_of(kind) if paper.is_meant_by(item)]
        unmet = [paper for paper in papers if not item.is_met_by(paper.text)]
        if not papers:
            faults.append(f"{item}: нет такой бумаги")
        elif unmet:
            faults.append(f"{item}: «{unmet[0].title}» ({len(unmet)} из {len(papers)})")
    return faults


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_must(kind: str) -> None:
    if kind in TO_MEND:
        pytest.xfail("its template is mended next")
    faults = lacks(kind)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list_and_every_item_a_source(kind: str) -> None:
    items = items_of(kind)

    assert items
    assert all(item.source.strip() for item in items)


def test_no_list_is_left_of_a_kind_that_is_gone() -> None:
    assert sorted(path.stem for path in HERE.glob("*.toml")) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_holds_a_tag_or_an_ellipsis_for_words(kind: str) -> None:
    for paper in papers_of(kind):
        assert not re.search(r"\{\{|\{%|«…»|\bNone\b", paper.text)


def test_every_kind_that_has_a_blank_form_makes_it() -> None:
    kinds = prepared("school").kinds
    made = {kind for kind in KINDS if any(paper.is_blank for paper in papers_of(kind))}

    assert made == {kind for kind in KINDS if kinds[kind].has_blank_form}
