"""The .toml entries of registers: one sheet each, with its columns and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen.catalogue.toml_keys import (
    EntryKey,
    all_files_by_name,
    read_entry,
    stop_if_any,
    take,
)
from docgen.errors import Location, Problem
from docgen.model import Column, ColumnKind, Schema, sameness
from docgen.model.entries import ALWAYS, MOSTLY
from docgen.suggestions import suggestion_or_choices

_SCHEMA_KEYS = {
    "workbook": EntryKey(is_required=True),
    "sheet": EntryKey(is_required=True),
    "one": EntryKey(is_required=True),
    "many": EntryKey(is_required=True),
    "layout": EntryKey(choices=("", "table", "card")),
    "optional": EntryKey("flag"),
    "shared": EntryKey("flag"),
    "replaces": EntryKey("texts"),
    "kept": EntryKey("flag"),
    "initial": EntryKey("flag"),
    "key": EntryKey("texts"),
    "apart": EntryKey("texts"),
    "begins": EntryKey(),
    "ends": EntryKey(),
    "about": EntryKey(),
    "position": EntryKey("whole", default=50),
    "periods": EntryKey("table"),
    "extends": EntryKey("flag"),
    "columns": EntryKey("tables", is_required=True),
    "examples": EntryKey("tables"),
    "tables": EntryKey("tables"),
}
_COLUMN_KEYS = {
    "name": EntryKey(is_required=True),
    "header": EntryKey(is_required=True),
    "type": EntryKey(choices=tuple(ColumnKind), default=ColumnKind.TEXT),
    "synonyms": EntryKey("texts"),
    "required": EntryKey("flag"),
    "by_hand": EntryKey("flag"),
    "line": EntryKey("whole", default=30),
    "caption": EntryKey(),
    "to": EntryKey("texts"),
    "reverse": EntryKey(),
    "choices": EntryKey("texts"),
    "open": EntryKey("flag"),
    "listed": EntryKey("flag"),
    "free": EntryKey("flag"),
    "personal": EntryKey("flag"),
    "expected": EntryKey(choices=("", ALWAYS, MOSTLY)),
    "default": EntryKey(),
    "comment": EntryKey(),
    "example": EntryKey(),
    "width": EntryKey("whole", default=18),
    "width_mm": EntryKey("whole", default=0),
    "height_mm": EntryKey("whole", default=0),
}
_EXTENSION_KEYS = {
    "extends": EntryKey("flag"),
    "columns": EntryKey("tables", is_required=True),
}
"""The keys of a file that adds columns to a register and leaves the rest as it is shipped."""
_PERIOD_KEYS = {"from": EntryKey(is_required=True), "to": EntryKey(is_required=True)}
_TABLE_KEYS = {"sheet": EntryKey(is_required=True), "rows": EntryKey("rows", is_required=True)}


def read_schemas(folders: Sequence[Path]) -> dict[str, Schema]:
    """Return the registers by name (the file's stem).

    A later folder overrides an earlier one; with ``extends`` it adds columns to the earlier one's.

    Raises:
        TemplateError: ``bad-entry``, every broken entry at once.
    """
    problems: list[Problem] = []
    schemas: dict[str, Schema] = {}
    added: dict[tuple[str, str], str] = {}
    for name, paths in all_files_by_name(folders, ".toml").items():
        for path in paths:
            raw = read_entry(path, problems)
            where = Location(file=str(path))
            if raw is None:
                continue
            if name in schemas and not raw.keys() & {"extends", "workbook", "sheet"}:
                message = (
                    "файл заменил бы поставляемый реестр целиком, а в нём нет ни книги, ни листа; "
                    "чтобы только добавить столбцы, впишите первой строкой extends = true"
                )
                problems.append(Problem("bad-entry", where, message))
            elif raw.get("extends") is not True:
                schemas[name] = _schema(name, raw, where, problems)
            elif name in schemas:
                before = schemas[name]
                schemas[name] = _extended(before, raw, where, problems)
                new = schemas[name].columns[len(before.columns) :]
                added |= {(name, column.name): str(path) for column in new}
            else:
                hint = suggestion_or_choices(name, all_files_by_name(folders[:1], ".toml"))
                message = f"дополнять нечего: реестра «{name}» в поставке нет{hint}"
                problems.append(Problem("bad-entry", _inside(where, "extends"), message))
    for schema in schemas.values():
        problems += _broken_links(schema, schemas, added)
    stop_if_any(problems)
    return schemas


def _extended(
    schema: Schema, raw: Mapping[str, Any], where: Location, problems: list[Problem]
) -> Schema:
    """Return a register with the columns that another file adds behind its own."""
    values = take(raw, _EXTENSION_KEYS, where, problems)
    columns = [
        _column(number, table, where, problems)
        for number, table in enumerate(values["columns"], start=1)
    ]
    names = {column.name for column in schema.columns}
    headers = {
        sameness(header): column.header
        for column in schema.columns
        for header in (column.header, *column.synonyms)
    }
    fresh: list[Column] = []
    for column in columns:
        place = _inside(where, f"columns.{column.name}")
        if column.name in names:
            message = (
                f"столбец «{column.name}» в реестре «{schema.name}» уже есть, а этот файл только "
                "добавляет столбцы; назовите свой иначе"
            )
            problems.append(Problem("bad-entry", place, message))
            continue
        fresh.append(column)
        for header in (column.header, *column.synonyms):
            taken = headers.get(sameness(header))
            if taken:
                message = (
                    f"заголовок «{header}» уже занят столбцом «{taken}» этого реестра; озаглавьте "
                    "свой столбец иначе"
                )
                problems.append(Problem("bad-entry", place, message))
    return replace(schema, columns=(*schema.columns, *fresh))


def _inside(where: Location, key: str) -> Location:
    return Location(file=where.file, key=key)


def _schema(name: str, raw: Mapping[str, Any], where: Location, problems: list[Problem]) -> Schema:
    """Return the register that an entry describes; add what is wrong to ``problems``."""
    values = take(raw, _SCHEMA_KEYS, where, problems)
    columns = tuple(
        _column(number, table, where, problems)
        for number, table in enumerate(values["columns"], start=1)
    )
    begins, ends = values["begins"], values["ends"]
    if values["periods"]:
        place = Location(file=where.file, key="periods")
        period = take(values["periods"], _PERIOD_KEYS, place, problems)
        begins, ends = period["from"], period["to"]
    tables = [
        take(table, _TABLE_KEYS, Location(file=where.file, key=f"tables[{number}]"), problems)
        for number, table in enumerate(values["tables"], start=1)
    ]
    return Schema(
        name=name,
        workbook=values["workbook"],
        sheet=values["sheet"],
        one=values["one"],
        many=values["many"],
        columns=columns,
        source=where.file,
        is_card=values["layout"] == "card",
        is_optional=values["optional"],
        is_shared=values["shared"],
        replaces=values["replaces"],
        is_kept=values["kept"],
        # What no workspace can do without is in each from the first day.
        is_initial=values["initial"] or not values["optional"],
        key=values["key"],
        apart=values["apart"],
        begins=begins,
        ends=ends,
        about=values["about"],
        position=values["position"],
        example_rows=tuple(
            _example(number, row, columns, where, problems)
            for number, row in enumerate(values["examples"], start=1)
        ),
        example_tables={table["sheet"]: table["rows"] for table in tables},
    )


def _column(
    number: int, raw: Mapping[str, Any], where: Location, problems: list[Problem]
) -> Column:
    """Return one column; ``number`` (from 1) stands for its name in problems when it has none."""
    place = Location(file=where.file, key=f"columns.{raw.get('name') or f'[{number}]'}")
    values = take(raw, _COLUMN_KEYS, place, problems)
    if values["type"] == ColumnKind.CHOICE and not values["choices"]:
        problems.append(Problem("bad-entry", place, "столбцу типа choice впишите список choices"))
    if values["type"] == ColumnKind.REFERENCE and not values["to"]:
        problems.append(
            Problem(
                "bad-entry",
                place,
                'столбцу типа reference впишите to: к каким реестрам, например to = ["пары"]',
            )
        )
    if values["type"] != ColumnKind.FILE and (values["width_mm"] or values["height_mm"]):
        message = "размер в мм (width_mm, height_mm) бывает только у столбца типа file; уберите его"
        problems.append(Problem("bad-entry", place, message))
    return Column(
        name=values["name"],
        header=values["header"],
        kind=values["type"],
        synonyms=values["synonyms"],
        is_required=values["required"],
        is_by_hand=values["by_hand"],
        line=values["line"],
        caption=values["caption"],
        to=values["to"],
        reverse=values["reverse"],
        choices=values["choices"],
        is_open=values["open"],
        is_listed=values["listed"],
        is_free=values["free"],
        is_personal=values["personal"],
        expected=values["expected"],
        default=values["default"],
        comment=values["comment"],
        example=values["example"],
        width=values["width"],
        width_mm=values["width_mm"],
        height_mm=values["height_mm"],
    )


def _example(
    number: int,
    raw: Mapping[str, Any],
    columns: Iterable[Column],
    where: Location,
    problems: list[Problem],
) -> dict[str, str]:
    """Return the filled cells of one example row, by column."""
    keys = {column.name: EntryKey() for column in columns}
    place = Location(file=where.file, key=f"examples[{number}]")
    return {name: text for name, text in take(raw, keys, place, problems).items() if text}


def _broken_links(
    schema: Schema, schemas: Mapping[str, Schema], added: Mapping[tuple[str, str], str]
) -> list[Problem]:
    """Return the problems of columns described twice and of names that lead nowhere.

    ``added`` are the files of columns that were added, by register and column.
    """
    names = [column.name for column in schema.columns]
    problems = [
        Problem(
            "bad-entry",
            Location(file=added.get((schema.name, name), schema.source), key=f"columns.{name}"),
            f"столбец «{name}» описан дважды; оставьте одно описание",
        )
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    problems += _unclear_names(schema, schemas, added)
    if not schema.is_card:
        named = [("key", name) for name in schema.key]
        named += [("apart", name) for name in schema.apart]
        named += [("replaces", name) for name in schema.replaces]
        named += [("begins", schema.begins), ("ends", schema.ends)]
        problems += [
            Problem(
                "bad-entry",
                Location(file=schema.source, key=key),
                f"нет столбца «{name}»{suggestion_or_choices(name, names)}",
            )
            for key, name in named
            if name and name not in names
        ]
    problems += [
        Problem(
            "bad-entry",
            Location(
                file=added.get((schema.name, column.name), schema.source),
                key=f"columns.{column.name}.to",
            ),
            f"нет реестра «{target}»{suggestion_or_choices(target, schemas)}",
        )
        for column in schema.columns
        for target in column.to
        if target not in schemas
    ]
    return problems


def _unclear_names(
    schema: Schema, schemas: Mapping[str, Schema], added: Mapping[tuple[str, str], str]
) -> Iterator[Problem]:
    """Yield a problem for each name that templates could not write, or that means another list."""
    lists = _lists_of_rows(schemas, added)
    for column in schema.columns:
        file = added.get((schema.name, column.name), schema.source)
        place = Location(file=file, key=f"columns.{column.name}")
        if not column.name.isidentifier():
            message = (
                f"имя столбца «{column.name}» не прочтёт ни один шаблон: в нём бывают буквы, цифры "
                "и «_», пробелов нет; исправьте его, заголовок оставьте"
            )
            yield Problem("bad-entry", place, message)
        elif (schema.name, column.name) in lists:
            message = (
                f"имя «{column.name}» у реестра «{schema.name}» уже занято списком строк "
                "(reverse); назовите свой столбец иначе"
            )
            yield Problem("bad-entry", place, message)
        others = {lists.get((to, column.reverse)) for to in column.to} - {
            (schema.name, column.name)
        }
        for other in filter(None, others):
            message = (
                f"имя «{column.reverse}» (reverse) уже занято столбцом «{other[1]}» реестра "
                f"«{other[0]}»; назовите свой список иначе"
            )
            yield Problem("bad-entry", place, message)


def _lists_of_rows(
    schemas: Mapping[str, Schema], added: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return which column makes each list of referring rows, by register and name of the list.

    Of two the shipped one counts.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    columns = [(schema.name, column) for schema in schemas.values() for column in schema.columns]
    for name, column in sorted(columns, key=lambda one: (one[0], one[1].name) in added):
        for register in column.to:
            if column.reverse:
                found.setdefault((register, column.reverse), (name, column.name))
    return found
