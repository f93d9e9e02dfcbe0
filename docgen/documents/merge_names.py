"""Which columns the merge fields of a Word template name, and the tags that print them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from docgen.model import DocumentPer, Kind, Schema
from docgen.model.columns import ORDER, ORDERS, ORGANISATION, PARTICIPANT, SETTINGS
from docgen.suggestions import nearest

_BETWEEN: Final = re.compile(r"[\s_.,:;()/«»\"'–-]+")
_SHOWN: Final = 4


class MergeTags(Protocol):
    """Tells the tag that prints what a merge field names."""

    def tag_of(self, name: str, text: str) -> tuple[str, str]:
        """Return what a tag prints, or a Russian sentence why there is nothing."""


@dataclass(frozen=True, slots=True)
class MergeNames:
    """What merge fields may name in the templates of a kind.

    ``columns`` are pairs of a folded name and what a tag prints for it. A document that is made
    of many rows has none of its own: the ``row_columns`` are there in a loop over ``rows`` whose
    variable is ``row``.
    """

    columns: tuple[tuple[str, str], ...]
    row_columns: tuple[tuple[str, str], ...] = ()
    rows: str = ""
    row: str = ""

    def tag_of(self, name: str, text: str) -> tuple[str, str]:
        """Return what a tag prints for a merge field, or a Russian sentence why there is nothing.

        Word writes a blank of a column's name as a low line. Of columns with one name the nearest
        to the row is meant.

        Args:
            name: The name of the field.
            text: All text of the template.
        """
        folded = _folded(name)
        has_loop = self.rows and re.search(rf"\bfor\s+{self.row}\s+in\s+{self.rows}\b", text)
        columns = (*self.row_columns, *self.columns) if has_loop else self.columns
        found = list(dict.fromkeys(path for one, path in columns if one == folded))
        least = min((path.count(".") for path in found), default=0)
        found = [path for path in found if path.count(".") == least]
        if len(found) == 1:
            return found[0], ""
        if found:
            message = f"поле слияния «{name}» может значить разное; поставьте тег {_tags(found)}"
            return "", message
        return "", self._unknown(name, folded, has_rows=bool(has_loop or not self.rows))

    def _unknown(self, name: str, folded: str, *, has_rows: bool) -> str:
        columns = (*self.row_columns, *self.columns)
        offered = [path for one, path in columns if folded in {one, one.rpartition(" ")[2]}]
        near = nearest(folded, [one for one, _ in columns])
        if not offered and near is not None:
            offered = [path for one, path in columns if one == near]
        # A column of that very name is meant sooner than one whose header ends with it.
        offered.sort(key=lambda path: _folded(path.rpartition(".")[2]) != folded)
        tags = _tags(list(dict.fromkeys(offered))) or "{{ … }}"
        if not has_rows:
            return (
                f"поле слияния «{name}» не заполнить: документ один на все строки; поставьте в "
                f'описании вида per = "row" или повторите строки тегами {{% for {self.row} in '
                f"{self.rows} %}} … {{% endfor %}} с тегом {tags}"
            )
        return f"поля слияния «{name}» нет среди столбцов; возможно, нужно {tags}"


def _tags(paths: list[str]) -> str:
    return " или ".join(f"{{{{ {path} }}}}" for path in paths[:_SHOWN])


@functools.lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return _BETWEEN.sub(" ", name.casefold().replace("ё", "е")).strip()


@dataclass(frozen=True, slots=True)
class _NamedColumn:
    """A column as merge fields may call it, and the registers that it refers to."""

    name: str
    header: str
    synonyms: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _NamedRegister:
    """A register with the names of one row and of many."""

    name: str
    one: str
    many: str
    columns: tuple[_NamedColumn, ...]


@dataclass(frozen=True, slots=True)
class KindMergeNames:
    """What the merge fields of a kind may name, looked up when a template has such a field."""

    register: str
    roots: tuple[tuple[str, tuple[str, ...]], ...]
    is_per_row: bool
    registers: tuple[_NamedRegister, ...]

    def tag_of(self, name: str, text: str) -> tuple[str, str]:
        """Return what a tag prints for a merge field; see ``MergeNames.tag_of``."""
        return _names_of(self).tag_of(name, text)


def merge_names_of(
    kinds: Mapping[str, Kind], schemas: Mapping[str, Schema]
) -> dict[str, KindMergeNames]:
    """Return what the merge fields of each kind may name."""
    registers = tuple(map(_named_register, schemas.values()))
    return {
        name: KindMergeNames(
            kind.register,
            tuple(_roots(kind, schemas[kind.register], schemas)),
            kind.per == DocumentPer.ROW,
            registers,
        )
        for name, kind in kinds.items()
        if kind.register in schemas
    }


def _named_register(schema: Schema) -> _NamedRegister:
    columns = (
        _NamedColumn(
            one.name, one.header, tuple(one.synonyms), () if one.is_listed else tuple(one.to)
        )
        for one in schema.columns
    )
    return _NamedRegister(schema.name, schema.one, schema.many, tuple(columns))


@functools.lru_cache(maxsize=64)
def _names_of(kind: KindMergeNames) -> MergeNames:
    registers = {one.name: one for one in kind.registers}
    own = registers[kind.register]
    columns: list[tuple[str, str]] = []
    for variable, names in kind.roots:
        for name in names:
            for words, path in _columns(registers, name, variable, 2):
                if variable in {own.one, PARTICIPANT}:
                    columns.append((_folded(words), path))
                columns.append((_folded(f"{variable} {words}"), path))
    if kind.is_per_row:
        return MergeNames(tuple(dict.fromkeys(columns)))
    in_loops = [
        pair
        for words, path in _columns(registers, own.name, own.one, 2)
        for pair in ((_folded(words), path), (_folded(f"{own.one} {words}"), path))
    ]
    return MergeNames(
        tuple(dict.fromkeys(columns)), tuple(dict.fromkeys(in_loops)), own.many, own.one
    )


def _roots(
    kind: Kind, schema: Schema, schemas: Mapping[str, Schema]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the variables that hold a row, with the registers from which it may be."""
    if kind.per == DocumentPer.ROW:
        yield schema.one, (schema.name,)
        people = [one.to for one in schema.columns if one.name in kind.each]
        if people:
            yield PARTICIPANT, tuple(dict.fromkeys(name for to in people for name in to))
        if schema.name != ORDERS and any(one.name == ORDER for one in schema.columns):
            yield ORDER, (ORDERS,)
    if kind.cross in schemas:
        yield schemas[kind.cross].one, (kind.cross,)
    for card in (ORGANISATION, SETTINGS):
        if card in schemas:
            yield card, (card,)


def _columns(
    registers: Mapping[str, _NamedRegister], register: str, path: str, depth: int
) -> Iterator[tuple[str, str]]:
    """Yield the names of a register's columns, as people spell them, with their paths."""
    named = registers.get(register)
    for column in named.columns if named is not None else ():
        inner = f"{path}.{column.name}"
        spellings = dict.fromkeys([column.name, column.header, *column.synonyms])
        yield from ((one, inner) for one in spellings)
        for target in column.to if depth > 1 else ():
            for words, deeper in _columns(registers, target, inner, depth - 1):
                yield from ((f"{one} {words}", deeper) for one in (column.name, column.header))
