"""The way back: from a text in an oblique case to the nominative that it was made from."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from docgen.russian.name_parts import is_patronymic

_FULL_CASES = {
    "им": "именительный",
    "род": "родительный",
    "дат": "дательный",
    "вин": "винительный",
    "твор": "творительный",
    "пред": "предложный",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A nominative that declines to a given text in ``case``; «им» when it is the text itself.

    ``check`` marks one beside which there are others; ``reason`` names them, in Russian.
    """

    text: str
    case: str
    check: bool = False
    reason: str = ""


@functools.lru_cache(maxsize=2048)
def nominative_of(
    text: str, kind: Literal["name", "phrase"] = "phrase", gender: str = ""
) -> tuple[Proposal, ...]:
    """Return the nominatives from which a name or phrase may come, best first; empty if none.

    Each declines back to the text. A text that may be a nominative already is among them, with the
    case «им». ``gender`` «м» or «ж» of a name leaves out what the other gender alone would have.
    """
    # Loads late: only messages ask for the way back.
    from docgen.russian.name_origins import name_origins
    from docgen.russian.phrase_origins import phrase_origins

    if kind == "name":
        found = [(each.text, each.case) for each in name_origins(text, gender)]
    else:
        found = list(phrase_origins(text))
    others = list(dict.fromkeys(each for each, _ in found))
    return tuple(
        Proposal(source, case, check=len(others) > 1, reason=_reason(source, others))
        for source, case in found
    )


def _reason(source: str, others: list[str]) -> str:
    rest = [each for each in others if each != source][:2]
    return f"или «{'», «'.join(rest)}»" if rest else ""


def mistaken_case(
    text: str, kind: Literal["name", "phrase"] = "phrase", gender: str = ""
) -> Proposal | None:
    """Return the nominative that is meant by a text which cannot stand in the nominative itself."""
    if _is_sound(text, kind, gender):
        return None
    proposals = nominative_of(text, kind, gender)
    if not proposals or any(each.case == "им" for each in proposals):
        return None
    return proposals[0]


def _is_sound(text: str, kind: str, gender: str) -> bool:
    """Whether a text may stand in the nominative: what most cells hold is told at once."""
    # Loads late: only the checks of registers ask.
    from docgen.russian.name_origins import may_be_nominative
    from docgen.russian.phrase_origins import is_surely_oblique

    if kind == "phrase":
        return not is_surely_oblique(text)
    # «Ивановна» is enough: all of the name is in the nominative.
    return any(map(is_patronymic, text.split())) or may_be_nominative(text, gender)


def full_case(case: str) -> str:
    """Return the full name of a case: «дательный»."""
    return _FULL_CASES[case]
