"""What papers ask of one workspace over and over, found once for all of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docgen.errors import Location
from docgen.model import Column, Record, Schema, Value, Workspace, sameness
from docgen.model.columns import ACTS, CITED_AS


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a card on a day, and the cells that tell it: by key the place and the value."""

    value: Value
    cells: Mapping[str, tuple[Location, Value]]


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Columns and reverse lists by register; rows of cards by register and fact; acts by name.

    ``grounds`` are the acts that papers of a kind cite, by the kind's name folded; ``facts``
    fills as papers ask, by card, fact and day.
    """

    columns: Mapping[str, Mapping[str, Column]]
    reverses: Mapping[str, frozenset[str]]
    card_rows: Mapping[tuple[str, str], tuple[Record, ...]]
    acts: Mapping[str, Record]
    grounds: Mapping[str, tuple[Record, ...]]
    facts: dict[tuple[str, str, dt.date], Fact] = field(default_factory=dict)


@functools.lru_cache(maxsize=4)
def lookup_of(workspace: Workspace) -> Lookup:
    """Return what is known of a workspace; few are kept, since papers come workspace by one."""
    schemas = workspace.schemas
    acts = workspace.records.get(ACTS, ())
    return Lookup(
        {name: {one.name: one for one in schema.columns} for name, schema in schemas.items()},
        {name: reverse_names(schemas.values(), name) for name in schemas},
        {
            (name, column.name): _telling(workspace.records.get(name, ()), column.name)
            for name, schema in schemas.items()
            if schema.is_card
            for column in schema.columns
        },
        {sameness(act.identity): act for act in reversed(acts) if act.identity},
        _grounds(acts),
    )


def reverse_names(schemas: Iterable[Schema], register: str) -> frozenset[str]:
    """Return the names of the lists of rows that refer to a register's rows."""
    return frozenset(
        column.reverse
        for schema in schemas
        for column in schema.columns
        if column.reverse and register in column.to
    )


def _telling(rows: Iterable[Record], name: str) -> tuple[Record, ...]:
    """Return the rows that tell a fact; broken ones too, without a value."""
    return tuple(
        row
        for row in rows
        if name in row.values and (row.values[name] is not None or row.is_broken)
    )


def _grounds(acts: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    """Return the acts that the register tells each kind to cite, in the order of the sheet."""
    grounds: dict[str, tuple[Record, ...]] = {}
    for act in acts:
        named = act.values.get(CITED_AS)
        for kind in {sameness(str(one)) for one in named} if isinstance(named, tuple) else ():
            grounds[kind] = (*grounds.get(kind, ()), act)
    return grounds
