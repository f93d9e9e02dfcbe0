"""Which sheets a kind of document needs, as its entry says."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.model.entries import Kind, Schema


def needed_registers(kind: Kind, schemas: Mapping[str, Schema]) -> tuple[str, ...]:
    """Return the registers without whose sheets no document of a kind is made whole."""
    named = [kind.register, kind.cross, *kind.uses, *kind.sheets]
    named += [name for one in kind.needs for name in registers_of_list(kind.register, one, schemas)]
    return tuple(name for name in dict.fromkeys(named) if name in schemas)


def registers_of_list(register: str, name: str, schemas: Mapping[str, Schema]) -> list[str]:
    """Return the registers whose rows make a list, as a row of a register sees it."""
    return [
        schema.name
        for schema in schemas.values()
        if any(one.reverse == name and register in one.to for one in schema.columns)
    ]
