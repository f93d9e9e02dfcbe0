"""Make checked, typed and linked records of the rows of registers.

Every problem is collected; none stops the others. Where to add a check:

* of one cell: ``cell_values``, where its text becomes a value of the column's kind;
* of one row: ``rows``, where its cells become a draft;
* of who or what a cell refers to: ``identities``;
* of rows against each other: ``check_rows`` for orders, appendices and settings,
  ``check_pairs`` and ``check_children`` for pairs and children, ``check_years``,
  ``check_dates`` and ``check_periods`` for school years, days and periods, ``check_points``
  for numbers and braces of points, ``check_marks`` for appendices that are named,
  ``check_approvals`` for marks of approval, ``check_acquaintance`` for who is acquainted,
  ``check_order_slips`` and ``check_texts`` for words,
  ``check_citations`` for acts, ``check_cases`` for nominatives,
  ``check_letters`` for the letters of all cells,
  ``check_tables`` for tables of appendices, ``check_sheets`` for the sheets that they name.
  ``check_rows.check_workspace`` calls them all.

A problem needs a code of ``docgen.errors.CODES``, the cell where a person can mend it, and a
Russian sentence that says what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TypeAlias

from docgen.errors import Problem
from docgen.model import (
    ColumnKind,
    OrderSubject,
    RawSheet,
    Record,
    Reference,
    Schema,
    Table,
    Value,
    Workspace,
    sameness,
    sheet_names,
)
from docgen.model.columns import APPENDICES, PAPERS, SHEET
from docgen.records.broken_rows import broken_by
from docgen.records.check_letters import check_letters
from docgen.records.check_rows import check_workspace
from docgen.records.former_pairs import link_former, names_former_pair
from docgen.records.identities import Directory, link, make_directory
from docgen.records.nobodies import without_nobodies
from docgen.records.rows import Draft, missing_facts, read_drafts
from docgen.records.signed_text import text_warnings, without_signed
from docgen.records.typed_forms import overrides_by_text

__all__ = [
    "broken_by",
    "check_letters",
    "check_workspace",
    "link_records",
    "make_workspace",
    "table_names",
    "text_warnings",
    "without_signed",
]

Records: TypeAlias = dict[str, tuple[Record, ...]]
"""The rows of each register, by its name."""


def link_records(
    schemas: Mapping[str, Schema], sheets: Mapping[str, RawSheet]
) -> tuple[Records, frozenset[tuple[str, str]], list[Problem]]:
    """Return the records of every register, the lists that may lack a row, and all problems.

    The lists are named as in ``Workspace.tainted``.
    """
    problems: list[Problem] = []
    drafts: dict[str, list[Draft]] = {}
    for name, schema in schemas.items():
        sheet = sheets.get(name)
        if sheet:
            sheet, nobodies = without_nobodies(sheet, schema)
            problems += nobodies
        drafts[name] = read_drafts(sheet, schema) if sheet else []
        if sheet and schema.is_card:
            problems += missing_facts(sheet, schema)
    directories = {
        name: make_directory(schema, drafts[name])
        for name, schema in schemas.items()
        if not schema.is_card
    }
    for name in directories.keys() - sheets.keys():
        directories[name].is_absent = True
    tainted = _link_all(schemas, drafts, directories)
    problems += [problem for rows in drafts.values() for row in rows for problem in row.problems]
    records = {name: tuple(_to_record(draft) for draft in rows) for name, rows in drafts.items()}
    return records, tainted, problems


def table_names(records: Records, titles: Container[str] = ()) -> dict[str, Record]:
    """Return the sheets that appendices and papers print, each with the first row that names it.

    ``titles`` are those of all sheets, folded: one that holds «;» is not several.
    """
    named: dict[str, Record] = {}
    for record in (*records.get(APPENDICES, ()), *records.get(PAPERS, ())):
        text = record.values.get(SHEET)
        if isinstance(text, str) and text:
            for sheet in (text,) if sameness(text) in titles else sheet_names(text):
                named.setdefault(sheet, record)
    return named


def make_workspace(
    folder: Path,
    schemas: Mapping[str, Schema],
    records: Records,
    tainted: frozenset[tuple[str, str]],
    tables: Mapping[str, Table],
    subjects: Mapping[str, OrderSubject] | None = None,
) -> Workspace:
    """Return the workspace with its indexes: versions by identity, children by parent."""
    by_identity: dict[tuple[str, str], list[Record]] = defaultdict(list)
    children: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for register, rows in records.items():
        for record in rows:
            by_identity[register, record.identity].append(record)
            for column in schemas[register].columns:
                value = record.values.get(column.name) if column.reverse else None
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, Reference):
                        children[one.register, one.identity, column.reverse].append(record)
    return Workspace(
        name=folder.name,
        folder=folder,
        schemas=schemas,
        records=records,
        tables=tables,
        by_identity={key: tuple(rows) for key, rows in by_identity.items()},
        children={key: tuple(rows) for key, rows in children.items()},
        tainted=tainted,
        overrides=overrides_by_text(records),
        subjects=subjects or {},
    )


def _link_all(
    schemas: Mapping[str, Schema],
    drafts: Mapping[str, list[Draft]],
    directories: Mapping[str, Directory],
) -> frozenset[tuple[str, str]]:
    """Link the references of all drafts; return the lists that may lack a row."""
    tainted: set[tuple[str, str]] = set()
    for name, schema in schemas.items():
        for column in schema.columns:
            if column.kind != ColumnKind.REFERENCE:
                continue
            for draft in drafts[name]:
                text = draft.values.get(column.name)
                if isinstance(text, str) and text:
                    links = link_former if names_former_pair(column) else link
                    outcome = links(text, draft, column, directories)
                    if isinstance(outcome, Problem):
                        draft.report(outcome)
                        outcome = None
                    draft.values[column.name] = outcome
                if column.reverse and draft.is_broken and not draft.values.get(column.name):
                    tainted |= {(parent, column.reverse) for parent in column.to}
    return frozenset(tainted)


def _to_record(draft: Draft) -> Record:
    values: dict[str, Value] = dict(draft.values)
    return Record(
        register=draft.schema.name,
        identity=draft.identity or f"строка {draft.number}",
        values=values,
        cells=dict(draft.cells),
        where=draft.where,
        begins=draft.begins,
        ends=draft.ends,
        is_broken=draft.is_broken,
        moving=draft.moving,
    )
