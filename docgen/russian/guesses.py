"""Words that no dictionary holds: of which the guessed forms are sure."""

from __future__ import annotations

import functools
from typing import Any, Final

from docgen.russian.morphology import parses

_SURE_ENDINGS: Final = (
    *(
        "тель",
        "тор",
        "лог",
        "гог",
        "щик",
        "чик",
        "граф",
        "вед",
        "мейстер",
        "ант",
        "ёр",
        "ник",
        "ники",
        "вик",
        "вики",
    ),
    *("инг", "изм", "мент", "ия", "ость", "тека", "метр", "скоп", "дром", "иум", "он", "оп"),
    *("об", "аб", "ап", "ук", "йс", "йт", "ум", "ство", "ация", "ка", "ие", "енция"),
)
_OPEN_ENDINGS: Final = ("ик", "нт", "ер", "ар", "ач", "ак", "яр")
"""Persons and things end so: «целевик», «ивент», «эйчар»."""


@functools.lru_cache(maxsize=1024)
def is_surely_guessed(word: str) -> bool:
    """Whether an unknown word declines in one way only: of a known one, or by a clear ending.

    «Экоклуб» declines like «клуб»; of «ивент», «эйчар» nobody knows who or what they are.
    """
    methods = {type(step[0]).__name__ for parse in parses(word)[:1] for step in _steps(parse)}
    of_known = bool(methods & {"KnownPrefixAnalyzer", "UnknownPrefixAnalyzer"})
    low = word.lower()
    return low.endswith(_SURE_ENDINGS) or (of_known and not low.endswith(_OPEN_ENDINGS))


def _steps(parse: Any) -> tuple[Any, ...]:
    return tuple(getattr(parse, "methods_stack", ()))
