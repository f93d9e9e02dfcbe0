"""Rows of blank forms as templates see them: lines to write on in place of values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from docgen.model import ColumnKind, Schema
from docgen.wording.record_views import RecordView, Scope, TextMixin, names_offered
from docgen.wording.value_views import BlankView


class BlankRecordView(TextMixin):
    """A row that nobody has filled in: every column prints a line to write on."""

    __slots__ = ("_schema", "_scope")

    def __init__(self, schema: Schema, scope: Scope) -> None:
        """Show an empty row of this register."""
        self._schema = schema
        self._scope = scope

    def __getattr__(self, name: str) -> Any:
        """Return a line to write on, an empty row or an empty list."""
        if name.startswith("_"):
            raise AttributeError(name)
        for column in self._schema.columns:
            if column.name == name:
                if column.kind == ColumnKind.REFERENCE and column.to and not column.is_listed:
                    return BlankRecordView(self._scope.workspace.schemas[column.to[0]], self._scope)
                return BlankView(column.caption or column.header.lower(), max(column.line, 24))
        if name in RecordView.derived.get(self._schema.name, {}):
            return BlankView("")
        if name in self._scope.lookup.reverses[self._schema.name]:
            return []
        # Jinja takes it for an undefined name, and the message names what there is.
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Return the names that templates may ask for, for suggestions in messages."""
        return names_offered(self._schema, self._scope)

    def __bool__(self) -> Literal[False]:
        """Return False: nothing is filled in yet."""
        return False

    def __iter__(self) -> Iterator[object]:
        """Yield nothing: an empty row has no parts."""
        return iter(())

    def __str__(self) -> str:
        """Return a line to write on."""
        return str(BlankView(self._schema.sheet.lower()))

    def in_case(self, case: str) -> BlankRecordView:
        """Return the same empty row."""
        del case
        return self
