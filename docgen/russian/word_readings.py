"""One way to read a word, and a reading that is borrowed from a word that declines alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WordReading:
    """One way to read a word in the nominative.

    ``gender`` is «м», «ж», «с», or «мн» for a plural; it is empty when unknown.
    """

    is_noun: bool
    gender: str
    is_animate: bool
    is_proper: bool
    is_known: bool
    parse: Any


@dataclass(frozen=True, slots=True)
class BorrowedParse:
    """A parse of a model noun with the stem of another word; it has the attributes of a parse."""

    model: str
    stem: str
    parse: Any

    @property
    def word(self) -> str:
        """The word itself."""
        return self.stem + str(self.parse.word).removeprefix(self.model)

    @property
    def tag(self) -> Any:
        """The tag of the model's parse."""
        return self.parse.tag

    @property
    def normal_form(self) -> str:
        """The stem, for want of a dictionary form."""
        return self.stem

    @property
    def score(self) -> float:
        """How likely the model's parse is, 0 to 1."""
        return float(self.parse.score)

    def inflect(self, grammemes: set[str]) -> BorrowedParse | None:
        """Return the form with these grammemes, ``None`` where the model has none."""
        form = self.parse.inflect(grammemes)
        return None if form is None else BorrowedParse(self.model, self.stem, form)
