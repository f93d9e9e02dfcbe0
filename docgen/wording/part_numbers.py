"""The numbers of a text's chapters, sections, points and subpoints, counted as they follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from docgen.model.choices import NUMBER_SAMPLE, NUMBERED, Numbering, TextPart
from docgen.ooxml.roman_numbers import roman_number

_LETTERS: Final = "абвгдежиклмнпрстуфхцшщэюя"
"""Those that number items of a list: no ё, з, й, о, ч, ъ, ы, ь, which are taken for others."""
_WHOLE: Final = r"[1-9]\d?"
_TYPED: Final = re.compile(
    rf"^(?P<number>(?:(?:Глава|Раздел)\s+)?(?:{_WHOLE}(?:\.{_WHOLE}){{0,3}}[.)]|[IVXLC]+\.)"
    rf"|{_WHOLE}(?:\.{_WHOLE}){{1,3}}(?=\s+[«А-ЯЁ])|[{_LETTERS}]\))\s+(?=\S)"
)
"""A number in front of words: «1.1.», «2)», «а)», «Глава 1.», «IV.», «2.4 Наставник», no date."""
_LAST: Final = re.compile(r"\d+(?=[.)]?$)")
_CHAPTER, _SECTION, _POINT, _SUBPOINT = NUMBERED
_KEPT: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    (Numbering.BY_SECTION, _CHAPTER): frozenset({_SECTION}),
    (Numbering.IN_SECTION, _CHAPTER): frozenset({_SECTION}),
    (Numbering.IN_CHAPTER, _SECTION): frozenset({_POINT}),
    (Numbering.THROUGH, _CHAPTER): frozenset({_SECTION, _POINT}),
    (Numbering.THROUGH, _SECTION): frozenset({_POINT}),
}
"""Which lower parts go on being counted, by the rule and the part that begins."""
_SAMPLES: Final[Mapping[str, str]] = {_CHAPTER: "Глава 1."}


@dataclass(slots=True)
class PartNumbers:
    """Gives each part of a text its number; its counts change from part to part.

    ``rule`` says where points begin anew; ``marks`` are samples of the first number of a part.
    ``has_section`` says whether a section has begun in the chapter. A number that is typed in
    front of the words stays, and the count goes on from it.
    """

    rule: str = Numbering.BY_SECTION
    marks: Mapping[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    has_section: bool = False

    def numbered(self, part: str, text: str) -> tuple[str, str]:
        """Return the number of a part and its words without it; no number where none belongs."""
        if part not in NUMBERED or self.rule == Numbering.NONE:
            return "", text
        self._begin(part)
        typed = _TYPED.match(text)
        if typed is None:
            self.counts[part] = self.counts.get(part, 0) + 1
            return self._shown(part), text
        last = _LAST.search(typed["number"])
        self.counts[part] = int(last[0]) if last else self.counts.get(part, 0) + 1
        return typed["number"], text[typed.end() :]

    def _begin(self, part: str) -> None:
        """Let those counts begin anew that a part of this sort restarts."""
        if part in {_CHAPTER, _SECTION}:
            self.has_section = part == _SECTION
        kept = _KEPT.get((self.rule, part), frozenset())
        for lower in NUMBERED[NUMBERED.index(TextPart(part)) + 1 :]:
            if lower not in kept:
                self.counts[lower] = 0

    def _path(self, part: str) -> list[int]:
        """Return the numbers that lead to a part, its own last."""
        own = self.counts.get(part, 0)
        if part == _SUBPOINT:
            return [*(self._path(_POINT) if self.counts.get(_POINT) else self._heading()), own]
        if part == _POINT and self.rule == Numbering.BY_SECTION:
            return [*self._heading(), own]
        return [own]

    def _heading(self) -> list[int]:
        """Return the number of the heading above: of a section, else of a chapter without any."""
        if self.rule != Numbering.BY_SECTION:
            return []
        number = self.counts.get(_SECTION if self.has_section else _CHAPTER, 0)
        return [number] if number else []

    def _shown(self, part: str) -> str:
        path = [str(one) for one in self._path(part)]
        sample = self.marks.get(part) or _SAMPLES.get(part, "")
        found = NUMBER_SAMPLE.search(sample)
        if found is None:
            return f"{'.'.join(path)}."
        return sample[: found.start()] + _like(found[0], path) + sample[found.end() :]


def _like(sample: str, path: list[str]) -> str:
    """Return the number in the way of a sample: «1.1» with what leads to it, «1» alone."""
    own = int(path[-1])
    if sample == "I":
        return roman_number(max(own, 1))
    if sample == "а":
        return _LETTERS[(own - 1) % len(_LETTERS)]
    return ".".join(path) if "." in sample else path[-1]
