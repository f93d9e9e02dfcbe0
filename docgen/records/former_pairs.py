"""Which pair «Вместо пары» names; words that name none are printed as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from docgen.errors import Problem
from docgen.model import Column, Phrase, Reference, Value, sameness
from docgen.model.columns import INSTEAD_OF, MENTEE, PAIRS
from docgen.records.identities import Directory, ambiguous_name, find_rows, link
from docgen.records.pair_names import nearest_pair, pair_name
from docgen.records.rows import Draft
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import text_of

_PERSON: Final = (
    rf"[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)*"
    rf"(?:\s+[{CAPITAL}]\.(?:\s*[{CAPITAL}]\.)?|(?:\s+[{CAPITAL}][{SMALL}]+){{1,2}})?"
)
_PAIR: Final = re.compile(rf"{_PERSON}(?:\s*[–—]\s*|\s+-\s+){_PERSON}(?:\s*\(\d[\d.]*\))?")
_ANSWERS: Final = frozenset({"да", "нет", "пара", "замена", "прежняя", "прежняя пара", "x", "х"})
_WORDS: Final = re.compile(r"[^\W\d]+(?:\s*[–—]\s*|\s+-\s+)[^\W\d]+")


def names_former_pair(column: Column) -> bool:
    """Return whether a column is «Вместо пары», whose words may be free."""
    return column.name == INSTEAD_OF and column.to == (PAIRS,)


def link_former(
    text: str, draft: Draft, column: Column, directories: Mapping[str, Directory]
) -> Value | Problem:
    """Return the pair that a cell names, the words of one that names none, or a problem.

    The full name of a mentor means the pair with the same mentee, and no other.
    """
    item = " ".join(text.split())
    directory = directories[PAIRS]
    found = find_rows(item, directory)
    others = [one for one in found if one.identity != draft.identity]
    if sameness(item) in directory.by_name:
        mentee = _mentee(draft)
        others = [one for one in others if mentee and _mentee(one) == mentee]
        return _pointing(others[0], item) if len(others) == 1 else Phrase(item)
    if len(others) > 1:
        return ambiguous_name(item, draft.cells[column.name], others)
    if others:
        return _pointing(others[0], item)
    if found:
        return Problem(
            "former-pair",
            draft.cells[column.name],
            f"пара {pair_name(draft)}: в «Вместо пары» стоит она сама; впишите прежнюю пару или "
            "очистите ячейку",
        )
    if _is_like_pair(item, directory) or _says_nobody(item):
        return link(item, draft, replace(column, is_free=False), directories)
    return Phrase(item)


def _says_nobody(item: str) -> bool:
    """Return whether a number of a row or a bare «да» stands there: «вместо 1» tells nothing."""
    return not any(map(str.isalpha, item)) or sameness(item).rstrip(".") in _ANSWERS


def _is_like_pair(item: str, directory: Directory) -> bool:
    """Return whether two people with a dash between them stand there, or words like a pair."""
    if _PAIR.fullmatch(item):
        return True
    drafts, offered = directory.drafts, directory.names_to_propose
    return bool(
        _WORDS.fullmatch(item) and (names := offered()) and nearest_pair(item, drafts, names)
    )


def _pointing(draft: Draft, text: str) -> Reference:
    return Reference(draft.schema.name, draft.identity, text)


def _mentee(draft: Draft) -> str:
    """Return who a mentee is: linked by now, or still a text."""
    value = draft.values.get(MENTEE)
    if isinstance(value, Reference):
        return f"{value.register}/{value.identity}"
    return sameness(text_of(value))
