"""Conditions of entries that no row could ever meet: a word beside the choices of its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from docgen.errors import Location, Problem, warning
from docgen.model import Column, ColumnKind, Kind, Schema, sameness
from docgen.model.columns import ABOUT, TEMPLATE
from docgen.suggestions import nearest, question

FoundWords: TypeAlias = Callable[[str, str], Mapping[str, str]]
"""The words that stand in a column of a register, by their folded spelling."""

_FIXED: Final = {ColumnKind.FLAG: ("да", "нет"), ColumnKind.GENDER: ("м", "ж")}
_NAMED_BY_KINDS: Final = (ABOUT, TEMPLATE)
"""Columns to whose words kinds add their own."""
_MISTYPED: Final = 0.88
_SURELY_MISTYPED: Final = 0.95
_SIGNS: Final = re.compile(r"[\W_]+")
_MOST_SHOWN: Final = 8


def idle_conditions(
    kinds: Mapping[str, Kind], schemas: Mapping[str, Schema], found: FoundWords
) -> list[Problem]:
    """Return a warning for each word that a kind waits for and that no row can have.

    ``schemas`` are as they are read, before kinds have added to the choices of columns; a word
    that is like no known one, in a column to which words are added, is a new word.
    """
    problems: list[Problem] = []
    for kind in kinds.values():
        for key, register, path, wanted in _conditions(kind):
            place = _column_at(path.split("."), register, schemas)
            if place is not None:
                for word in wanted:
                    problems += _idle(kind, f"{key}.{path}", place, word, found)
    return problems


def _conditions(kind: Kind) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield key, register, path of columns and words of each condition."""
    for path, words in kind.where.items():
        yield "where", kind.register, path, words
    for path, words in kind.cross_where.items():
        yield "cross_where", kind.cross, path, words
    for column, where in kind.each_where.items():
        for path, words in where.items():
            yield f"each_where.{column}", kind.register, path, words
    for register, where in kind.uses.items():
        for path, words in where.items():
            yield f"uses.{register}", register, path, words


def _column_at(
    steps: list[str], register: str, schemas: Mapping[str, Schema]
) -> tuple[Schema, Column] | None:
    """Return the column to which a path leads, if only one register can be at its end."""
    schema = schemas.get(register)
    column = next((one for one in schema.columns if one.name == steps[0]), None) if schema else None
    if schema is None or column is None:
        return None
    if len(steps) == 1:
        return schema, column
    return _column_at(steps[1:], column.to[0], schemas) if len(column.to) == 1 else None


def _idle(
    kind: Kind, key: str, place: tuple[Schema, Column], word: str, found: FoundWords
) -> Iterator[Problem]:
    schema, column = place
    choices = column.choices or _FIXED.get(column.kind, ())
    folded = sameness(word)
    if not choices or not folded or word == "*" or folded in map(sameness, choices):
        return
    there = found(schema.name, column.name)
    if folded in there:
        return
    known = list(dict.fromkeys([*choices, *there.values()]))
    meant = _meant(word, known, _SURELY_MISTYPED if column.name in _NAMED_BY_KINDS else _MISTYPED)
    may_be_new = column.is_open or column.name in _NAMED_BY_KINDS
    if meant is None and may_be_new and column.kind not in _FIXED:
        return
    hint = f"; {question(meant)}" if meant else ""
    shown = ", ".join(f"«{one}»" for one in known[:_MOST_SHOWN])
    more = f" и ещё {len(known) - _MOST_SHOWN}" if len(known) > _MOST_SHOWN else ""
    yield warning(
        "idle-condition",
        Location(file=kind.source, key=key),
        f"бумаг не будет: на листе «{schema.sheet}» в столбце «{column.header}» слова «{word}» не "
        f"бывает; есть {shown}{more}{hint}; исправьте слово в описании",
    )


def _meant(word: str, known: list[str], likeness: float) -> str | None:
    """Return the known word of which another is a slip: signs and blanks aside, or by a letter."""
    squeezed = _squeezed(word)
    same = next((one for one in known if _squeezed(one) == squeezed), None)
    return same or nearest(word, known, fold=sameness, likeness=likeness)


def _squeezed(word: str) -> str:
    return _SIGNS.sub("", sameness(word))
