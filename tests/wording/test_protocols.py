"""The protocols of views hold to the shipped registers, and logic reads nothing beside them."""

from __future__ import annotations

import ast
import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Literal, Union

import pytest

from docgen.model import Column, ColumnKind, Schema
from docgen.sources import source_files
from docgen.wording import RecordView, protocols
from docgen.wording.lookups import reverse_names
from docgen.wording.protocols import (
    ActView,
    AppendixTextView,
    AppendixView,
    ApprovalView,
    BodyView,
    ChildView,
    FactsView,
    MeetingView,
    MemberView,
    OrderView,
    OrganisationView,
    PaperView,
    PersonView,
    PointView,
    PreambleView,
    RowView,
    SettingsView,
    WorkerView,
)
from docgen.wording.value_views import DateView, MissingView, NameView, PhraseView
from tests.support.builders import shipped_schemas

VIEWS: Mapping[str, type] = {
    "акты": ActView,
    "бумаги": PaperView,
    "грифы": ApprovalView,
    "дети": ChildView,
    "заседания": MeetingView,
    "настройки": SettingsView,
    "организации": BodyView,
    "организация": OrganisationView,
    "преамбула": PreambleView,
    "приказы": OrderView,
    "приложения": AppendixView,
    "пункты": PointView,
    "составы": MemberView,
    "сотрудники": WorkerView,
    "тексты": AppendixTextView,
}
SHARED = {RowView, FactsView, PersonView}
EMPTY = Literal[""]
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

ATTRIBUTES = [
    (register, name)
    for register, view in VIEWS.items()
    for name in typing.get_type_hints(view)
    if CYRILLIC.search(name)
]


def union(*parts: object) -> object:
    return Union[tuple(parts)]  # noqa: UP007 - of parts that are known only here


def type_of(column: Column, schema: Schema) -> object:
    """Return what the view of a register holds in a column."""
    is_filled = bool(column.default) or (column.is_required and not schema.is_card)
    only: object = _row_of(column) if column.kind == ColumnKind.REFERENCE else _PLAIN[column.kind]
    if column.is_listed:
        return types.GenericAlias(list, (only,))
    if is_filled or column.kind in {ColumnKind.TEXT, ColumnKind.CHOICE, ColumnKind.DEADLINE}:
        return only
    return union(only, MissingView if column.kind == ColumnKind.REFERENCE else EMPTY)


_PLAIN: Mapping[ColumnKind, object] = {
    ColumnKind.TEXT: str,
    ColumnKind.CHOICE: str,
    ColumnKind.PHRASE: PhraseView,
    ColumnKind.DATE: DateView,
    ColumnKind.DEADLINE: union(DateView, str),
    ColumnKind.INTEGER: int,
    ColumnKind.FLAG: bool,
    ColumnKind.NAME: NameView,
}


def _row_of(column: Column) -> object:
    row: object = VIEWS[column.to[0]] if len(column.to) == 1 else RecordView
    if column.is_free:
        row = union(RecordView, PhraseView)
    return union(row, str) if column.choices else row


def parts_of(hint: object) -> set[object]:
    is_union = typing.get_origin(hint) in {Union, types.UnionType}
    return set(typing.get_args(hint)) if is_union else {hint}


def fits(made: object, wanted: object) -> bool:
    """Return whether a derived value may stand where a protocol names the type wanted."""
    return all(
        one in parts_of(wanted)
        or any(
            inspect.isclass(one) and inspect.isclass(other) and issubclass(one, other)
            for other in parts_of(wanted)
        )
        for one in parts_of(made)
    )


# --- registers -------------------------------------------------------------------------------


def test_every_protocol_is_of_a_register() -> None:
    known = {*VIEWS.values(), *SHARED}
    found = {
        one
        for _, one in inspect.getmembers(protocols, inspect.isclass)
        if one.__module__ == protocols.__name__
    }
    assert found == known
    assert set(VIEWS) <= set(shipped_schemas())


@pytest.mark.parametrize(("register", "name"), ATTRIBUTES)
def test_an_attribute_is_a_column_a_list_or_a_derived_value_of_its_type(
    register: str, name: str
) -> None:
    hint = typing.get_type_hints(VIEWS[register])[name]
    schema = shipped_schemas()[register]
    derived = RecordView.derived.get(register, {})
    columns = {column.name: column for column in schema.columns}
    if name in derived:
        assert fits(typing.get_type_hints(derived[name])["return"], hint)
    elif name in columns:
        assert parts_of(hint) == parts_of(type_of(columns[name], schema))
    else:
        assert name in reverse_names(shipped_schemas().values(), register)
        (rows,) = (
            VIEWS[other.name]
            for other in shipped_schemas().values()
            for column in other.columns
            if column.reverse == name and register in column.to
        )
        assert hint == types.GenericAlias(list, (rows,))


# --- logic -----------------------------------------------------------------------------------


def _trees() -> Iterator[ast.Module]:
    for path in source_files():
        yield ast.parse(path.read_text(encoding="utf-8"))


def _names_read(tree: ast.AST) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and CYRILLIC.search(node.attr)
    }


def _names_of_classes(tree: ast.AST) -> set[str]:
    """Return the fields and methods of the classes of a module, but for the protocols."""
    views = {one.__name__ for one in VIEWS.values()}
    bodies = [
        node
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef) and one.name not in views
        for node in one.body
    ]
    fields = [node.target for node in bodies if isinstance(node, ast.AnnAssign)]
    return {node.name for node in bodies if isinstance(node, ast.FunctionDef)} | {
        field.id for field in fields if isinstance(field, ast.Name)
    }


def test_logic_reads_what_the_protocols_name_and_they_name_nothing_else() -> None:
    trees = list(_trees())
    read = set().union(*map(_names_read, trees))
    own = set().union(*map(_names_of_classes, trees))
    named = {name for _, name in ATTRIBUTES}
    assert read - own <= named
    assert named <= read


def test_no_function_reads_columns_of_a_view_that_mypy_knows_nothing_of() -> None:
    untyped = {"Any", "RecordView", "CardView", "object"}
    for tree in _trees():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            blind = {
                one.arg
                for one in (*function.args.args, *function.args.kwonlyargs)
                if isinstance(one.annotation, ast.Name) and one.annotation.id in untyped
            }
            read = {
                f"{node.value.id}.{node.attr}"
                for node in ast.walk(function)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in blind
                and CYRILLIC.search(node.attr)
            }
            assert not read, function.name
