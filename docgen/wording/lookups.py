"""Indexes over one workspace that every document of it needs, built once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docgen import russian
from docgen.errors import Location
from docgen.model import Column, Record, Schema, Value, Workspace, sameness
from docgen.model.columns import ACTS, CITED_AS


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a card on a day; ``cells`` maps the key of each of its cells to place and value."""

    value: Value
    cells: Mapping[str, tuple[Location, Value]]


@dataclass(frozen=True, slots=True, eq=False)
class WorkspaceLookup:
    """The indexes of a workspace. ``facts`` is filled while documents read cards.

    ``columns`` and ``reverses`` (names of lists of referring rows) are by register, ``card_rows``
    by card and fact, ``acts`` by folded short name, ``acts_to_cite`` by the folded name of the kind
    that cites them, ``facts`` by card, fact and day.
    """

    columns: Mapping[str, Mapping[str, Column]]
    reverses: Mapping[str, frozenset[str]]
    card_rows: Mapping[tuple[str, str], tuple[Record, ...]]
    acts: Mapping[str, Record]
    acts_to_cite: Mapping[str, tuple[Record, ...]]
    facts: dict[tuple[str, str, dt.date], Fact] = field(default_factory=dict)


@functools.lru_cache(maxsize=4)
def lookup_of(workspace: Workspace) -> WorkspaceLookup:
    """Return the indexes of a workspace; few are kept, since workspaces are built one by one."""
    schemas = workspace.schemas
    acts = workspace.records.get(ACTS, ())
    russian.hold_forms(sum(map(len, workspace.records.values())))
    return WorkspaceLookup(
        {name: {one.name: one for one in schema.columns} for name, schema in schemas.items()},
        {name: reverse_names(schemas.values(), name) for name in schemas},
        {
            (name, column.name): _rows_with_fact(workspace.records.get(name, ()), column.name)
            for name, schema in schemas.items()
            if schema.is_card
            for column in schema.columns
        },
        {sameness(act.identity): act for act in reversed(acts) if act.identity},
        _acts_by_citing_kind(acts),
    )


def reverse_names(schemas: Iterable[Schema], register: str) -> frozenset[str]:
    """Return the names of the lists of rows that refer to a register's rows."""
    return frozenset(
        column.reverse
        for schema in schemas
        for column in schema.columns
        if column.reverse and register in column.to
    )


def _rows_with_fact(rows: Iterable[Record], name: str) -> tuple[Record, ...]:
    """Return the rows that hold a fact; broken ones too, without a value."""
    return tuple(
        row
        for row in rows
        if name in row.values and (row.values[name] is not None or row.is_broken)
    )


def _acts_by_citing_kind(acts: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    """Return the acts that each kind is to cite («Ссылаться в»), in the order of their sheet."""
    found: dict[str, tuple[Record, ...]] = {}
    for act in acts:
        kinds = act.values.get(CITED_AS)
        for kind in {sameness(str(one)) for one in kinds} if isinstance(kinds, tuple) else ():
            found[kind] = (*found.get(kind, ()), act)
    return found
