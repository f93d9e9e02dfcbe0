"""Whether the registers, columns and sheets that kinds of documents name exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docgen.catalogue.toml_keys import stop_if_any
from docgen.errors import Location, Problem
from docgen.model import ColumnKind, Kind, Schema
from docgen.model.columns import PAIRS, SETTINGS
from docgen.suggestions import suggestion_or_choices

_ANY_CHANGE = ("+", "*")
"""What ``changes`` may name besides columns: added rows, and every other change."""


def check_kinds(kinds: Mapping[str, Kind], schemas: Mapping[str, Schema]) -> None:
    """Check that the registers and columns that kinds name exist.

    Raises:
        TemplateError: ``bad-entry``, every wrong name at once.
    """
    problems: list[Problem] = []
    for kind in kinds.values():
        problems += _wrong_registers(kind, schemas)
        problems += _wrong_sheets(kind, schemas)
        problems += _wrong_columns(kind, schemas)
        problems += _wrong_personal(kind, schemas)
        problems += _wrong_papers_before(kind, schemas)
    stop_if_any(problems)


def _wrong_registers(kind: Kind, schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return the problems of registers that a kind names and that do not exist."""
    named = [("register", kind.register), ("cross", kind.cross)]
    named += [(f"uses.{name}", name) for name in kind.uses]
    named += [("sheets", name) for name in kind.sheets]
    named += [("with_rows", name) for name in kind.with_rows]
    named += [("uses_by", name) for name in kind.uses_by]
    return [
        Problem(
            "bad-entry",
            Location(file=kind.source, key=key),
            f"нет реестра «{name}»{suggestion_or_choices(name, schemas)}",
        )
        for key, name in named
        if name and name not in schemas
    ]


def _wrong_sheets(kind: Kind, schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return the problems of sheets that a kind may want and that nothing describes."""
    known = [*schemas, *(table for one in schemas.values() for table in one.example_tables)]
    return [
        Problem(
            "bad-entry",
            Location(file=kind.source, key="beside"),
            f"нет ни реестра, ни таблицы-образца «{name}»{suggestion_or_choices(name, known)}",
        )
        for name in kind.beside
        if name not in known
    ]


def _wrong_columns(kind: Kind, schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return the problems of columns that a kind names and that their register lacks."""
    named = [(f"where.{name}", kind.register, name) for name in kind.where]
    named += [("each", kind.register, name) for name in kind.each]
    named += [("group_by", kind.register, kind.group_by), ("day", kind.register, kind.day)]
    named += [("needs", kind.register, name) for name in kind.needs]
    named += [(f"cross_where.{name}", kind.cross, name) for name in kind.cross_where]
    named += [
        (f"uses.{register}.{name}", register, name)
        for register, wanted in kind.uses.items()
        for name in wanted
    ]
    named += [("order", kind.register, kind.order_column)]
    named += [("acquaints", PAIRS, path) for path in kind.acquaints]
    named += [(f"uses_by.{name}", name, column) for name, column in kind.uses_by.items()]
    named += [(f"where_settings.{name}", SETTINGS, name) for name in kind.where_settings]
    named += [
        (f"each_where.{column}.{name}", kind.register, name)
        for column, wanted in kind.each_where.items()
        for name in wanted
    ]
    problems = [
        Problem(
            "bad-entry",
            Location(file=kind.source, key=f"each_where.{column}"),
            f"столбца «{column}» нет среди each{suggestion_or_choices(column, kind.each)}",
        )
        for column in kind.each_where
        if column not in kind.each
    ]
    for key, register, path in named:
        if not path or register not in schemas:
            continue
        missing = _missing_step([schemas[register]], path.split("."), schemas)
        if not missing and key == "day":
            missing = _not_a_date(path, schemas[register])
        if missing:
            problems.append(Problem("bad-entry", Location(file=kind.source, key=key), missing))
    return problems


def _not_a_date(path: str, schema: Schema) -> str:
    """Return what is wrong with the column that should date a document, else an empty text."""
    if any(one.name == path and one.kind == ColumnKind.DATE for one in schema.columns):
        return ""
    dates = ", ".join(f"«{one.name}»" for one in schema.columns if one.kind == ColumnKind.DATE)
    offered = f"; даты здесь: {dates}" if dates else ""
    return f'столбец «{path}» не хранит дату (type = "date"){offered}'


def _missing_step(
    registers: Sequence[Schema], steps: Sequence[str], schemas: Mapping[str, Schema]
) -> str:
    """Return what is wrong with a path such as ``пара.наставник``, else an empty text.

    A step is a column, or the name under which a row sees the rows that refer to it.
    """
    columns = [c for schema in registers for c in schema.columns if c.name == steps[0]]
    lists = _lists_named(steps[0], registers, schemas)
    if not columns and not lists:
        known = [column.name for schema in registers for column in schema.columns]
        names = ", ".join(f"«{schema.name}»" for schema in registers)
        return f"в реестре {names} нет столбца «{steps[0]}»{suggestion_or_choices(steps[0], known)}"
    if len(steps) == 1:
        return ""
    targets = [schemas[name] for column in columns for name in column.to if name in schemas]
    if not targets and not lists:
        return f"столбец «{steps[0]}» — не ссылка, за ним не может стоять «.{steps[1]}»"
    return _missing_step([*targets, *lists], steps[1:], schemas)


def _lists_named(
    name: str, registers: Sequence[Schema], schemas: Mapping[str, Schema]
) -> list[Schema]:
    """Return the registers whose references give rows of ``registers`` a list called ``name``."""
    wanted = {schema.name for schema in registers}
    return [
        schema
        for schema in schemas.values()
        if any(column.reverse == name and wanted & {*column.to} for column in schema.columns)
    ]


def _wrong_personal(kind: Kind, schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return the problems of unknown columns in ``personal`` and ``changes``.

    They are named bare (``паспорт``) or with their register (``сотрудники.паспорт``).
    """
    known = _column_names(schemas.values())
    named = [("personal", name) for name in kind.personal]
    changes = [name for name in kind.change_documents if name not in _ANY_CHANGE]
    named += [(f"changes.{name}", name) for name in changes]
    return [
        Problem(
            "bad-entry",
            Location(file=kind.source, key=key),
            f"ни в одном реестре нет столбца «{name}»{suggestion_or_choices(name, known)}",
        )
        for key, name in named
        if name not in known
    ]


def _column_names(schemas: Iterable[Schema]) -> list[str]:
    """Return the names of all columns, without and with their register."""
    pairs = [(schema.name, column.name) for schema in schemas for column in schema.columns]
    bare = dict.fromkeys(name for _, name in pairs)
    return [*bare, *(f"{register}.{name}" for register, name in pairs)]


def _wrong_papers_before(kind: Kind, schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return the problems of variables and columns that ``after`` names and that do not exist."""
    by_row = {one.one: one for one in schemas.values()}
    by_list = {one.many: one for one in schemas.values()}
    problems = []
    for number, rule in enumerate(kind.after, start=1):
        wrong = {}
        if rule.rows and rule.rows not in by_list:
            wrong["rows"] = f"нет списка «{rule.rows}»{suggestion_or_choices(rule.rows, by_list)}"
        for key, path in {"of": rule.of, "day": rule.day, "last": rule.last}.items():
            first, *steps = path.split(".")
            if path and (first not in by_row or not steps):
                hint = suggestion_or_choices(first, by_row)
                wrong[key] = f"путь «{path}» начинают строкой реестра, за ней – столбец{hint}"
            elif path:
                wrong[key] = _missing_step([by_row[first]], steps, schemas)
        problems += [
            Problem("bad-entry", Location(file=kind.source, key=f"after[{number}].{key}"), message)
            for key, message in wrong.items()
            if message
        ]
    return problems
