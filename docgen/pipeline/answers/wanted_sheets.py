"""The sheets that a kind of paper needs, found by what people call it, and added to their books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import catalogue, registers
from docgen.errors import Location, Problem, UsageError, command
from docgen.model import Kind, Schema, Table, sameness
from docgen.model.columns import ABOUT, APPENDICES, ORDERS, TEMPLATE
from docgen.model.kind_sheets import needed_registers
from docgen.pipeline.output.ledger import read_known_sheets
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.folders import Folders
from docgen.registers import AddedSheets, SheetRequest
from docgen.suggestions import question, suggestion

_CHOSEN_BY = {ORDERS: ABOUT, APPENDICES: TEMPLATE}
"""The columns in which people choose a kind, by register."""
_MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind as ``docgen add`` lists it: its name, what people choose it by, sheets it adds."""

    name: str
    chosen_as: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindLines:
    """Every kind, and the other sheets that may be added by their names."""

    kinds: tuple[KindLine, ...]
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added to a workbook, or is in it already.

    ``choices`` say where people choose a kind that was asked for: sheet, header, value.
    """

    path: Path
    added: AddedSheets
    present: tuple[str, ...]
    choices: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was added."""
        return bool(self.added.titles or self.added.lists)


@dataclass(frozen=True, slots=True)
class _Entries:
    """The registers that people fill in, the kinds, the tables that examples have."""

    schemas: Mapping[str, Schema]
    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]

    @classmethod
    def of(cls, site: Site) -> _Entries:
        folders = Folders(site.root.resolve(), site.folder.resolve())
        kinds = catalogue.read_kinds(folders.kinds)
        schemas = catalogue.read_schemas(folders.schemas)
        catalogue.check_kinds(kinds, schemas)
        own = {
            name: one
            for name, one in catalogue.extend_choices(schemas, kinds).items()
            if not one.is_kept
        }
        ordered = sorted(own.values(), key=lambda one: (one.position, one.name))
        tables = {t.name: t for one in ordered for t in registers.blank_tables(one)}
        return cls({one.name: one for one in ordered}, kinds, tables)

    def titles_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the titles of all sheets of a kind, in their order in a workbook."""
        named = {*needed_registers(kind, self.schemas), *kind.beside}
        sheets = [one.sheet for name, one in self.schemas.items() if name in named]
        return (*sheets, *(name for name in self.tables if name in named))

    def titles(self) -> tuple[str, ...]:
        return (*(one.sheet for one in self.schemas.values()), *self.tables)


def list_kinds(site: Site | None, root: Path) -> KindLines:
    """Return every kind with the sheets that a workspace lacks for it.

    Without a workspace they are those that a new one lacks.

    Raises:
        TemplateError: when an entry is broken.
    """
    entries = _Entries.of(site or Site(root / "registers", root))
    if site is None:
        here = {sameness(one.sheet) for one in entries.schemas.values() if one.is_initial}
    else:
        here = _titles_in(site.folder)
    kinds = tuple(
        KindLine(
            kind.spoken,
            _choices_of(kind),
            tuple(one for one in entries.titles_of(kind) if sameness(one) not in here),
        )
        for _, kind in sorted(entries.kinds.items(), key=lambda one: (one[1].sort, one[0]))
    )
    lacking = tuple(one for one in entries.titles() if sameness(one) not in here)
    return KindLines(kinds, lacking)


def _titles_in(folder: Path) -> set[str]:
    """Return the titles of the sheets of a workspace, folded."""
    books = registers.open_books(folder, shown=folder.name)
    return {sameness(title) for book in books.books for title in (*book.sheets, *book.unread)}


def _choices_of(kind: Kind) -> tuple[str, ...]:
    return kind.where.get(_CHOSEN_BY.get(kind.register, ""), ())


def add_kinds(site: Site, names: Sequence[str]) -> list[Addition]:
    """Add to the workbooks of a workspace the sheets of what is named: kinds, or sheets.

    Raises:
        UsageError: when a name means nothing or several kinds, a sheet was lost since the last
            build, or a workbook cannot be written.
        TemplateError: when an entry is broken.
    """
    entries = _Entries.of(site)
    asked = [_meant(name, entries) for name in names]
    titles = [title for one, _ in asked for title in one]
    values: dict[tuple[str, str], list[str]] = {}
    for _, kind in asked:
        for place, wanted in _values_of(kind) if kind is not None else ():
            values.setdefault(place, []).extend(wanted)
    _refuse_lost(site, entries, titles)
    added = (
        _added_to(site.folder, name, entries, titles, values) for name in _books(entries, titles)
    )
    choices = tuple(one for _, kind in asked if kind for one in _places_of(kind, entries))
    return [replace(one, choices=choices) for one in added]


def _places_of(kind: Kind, entries: _Entries) -> Iterator[tuple[str, str, str]]:
    """Yield where a kind is chosen on the sheet of its register."""
    schema = entries.schemas[kind.register]
    for value in _choices_of(kind):
        yield schema.sheet, schema.column(_CHOSEN_BY[kind.register]).header, value


def _values_of(kind: Kind) -> Iterator[tuple[tuple[str, str], Sequence[str]]]:
    """Yield the values that a kind waits for in columns of choices, by register and column."""
    named = [(kind.register, kind.where), *kind.uses.items()]
    for register, where in named:
        for column, wanted in where.items():
            yield (register, column), [one for one in wanted if one not in {"", "*"}]


def _books(entries: _Entries, titles: Sequence[str]) -> list[str]:
    """Return the names of the workbooks that hold the sheets; tables lie in that of orders."""
    own = {one.sheet: one.workbook for one in entries.schemas.values()}
    main = entries.schemas[ORDERS].workbook if ORDERS in entries.schemas else ""
    return list(dict.fromkeys(own.get(title, main) for title in titles))


def _added_to(
    folder: Path,
    name: str,
    entries: _Entries,
    titles: Sequence[str],
    values: Mapping[tuple[str, str], Sequence[str]],
) -> Addition:
    """Add the sheets of one workbook; a workbook of its own that is not there is made."""
    own = {key: one for key, one in entries.schemas.items() if one.workbook == name}
    wanted = [key for key, one in own.items() if one.sheet in titles]
    holds_orders = ORDERS in own
    tables = [one for key, one in entries.tables.items() if key in titles and holds_orders]
    paths = [p for p in registers.workbook_paths(folder) if sameness(p.name) == sameness(name)]
    if not paths and holds_orders:
        message = f"в папке нет книги «{name}»; верните её из копии и повторите"
        raise UsageError([Problem("usage", Location(file=str(folder / name)), message)])
    if not paths:
        made = {key: own[key] for key in wanted}
        registers.write_workspace(folder, made, {}, ())
        return Addition(folder / name, AddedSheets(tuple(made[key].sheet for key in wanted)), ())
    added = registers.add_sheets(paths[0], own, SheetRequest(wanted, tables, values))
    asked = [*(own[key].sheet for key in wanted), *(one.name for one in tables)]
    before = tuple(one for one in asked if one not in added.titles)
    return Addition(paths[0], added, before)


def _refuse_lost(site: Site, entries: _Entries, titles: Sequence[str]) -> None:
    """Refuse to put an empty sheet where one with rows has been: its rows would be lost for good.

    Raises:
        UsageError: when a sheet had rows at the last build and is gone.
    """
    known, here = read_known_sheets(site.output), _titles_in(site.folder)
    for name, schema in entries.schemas.items():
        is_gone = name in known and sameness(schema.sheet) not in here
        if is_gone and schema.sheet in titles:
            message = (
                f"лист «{schema.sheet}» не добавлен: при прошлой сборке он был заполнен, а теперь "
                "его нет; верните его из копии книги. Если убрали нарочно, сначала соберите без "
                f"него: {command('build', str(site.folder))}"
            )
            raise UsageError([Problem("usage", Location(file=str(site.folder)), message)])


# --- names -----------------------------------------------------------------------------------


def _meant(typed: str, entries: _Entries) -> tuple[tuple[str, ...], Kind | None]:
    """Return the titles of the sheets that a name means, and the kind if it is one.

    Raises:
        UsageError: when it is no name of a kind or a sheet, or of several kinds.
    """
    wanted = _folded(typed)
    for names in (_own_names, _choices_of):
        found = [kind for kind in entries.kinds.values() if wanted in map(_folded, names(kind))]
        if len(found) == 1:
            return entries.titles_of(found[0]), found[0]
        if found:
            raise _ambiguous(typed, found)
    for title in entries.titles():
        if _folded(title) == wanted:
            return (title,), None
    found = [kind for kind in entries.kinds.values() if _folded(_bare_title(kind)) == wanted]
    if len(found) == 1:
        return entries.titles_of(found[0]), found[0]
    if found:
        raise _ambiguous(typed, found)
    raise _unknown(typed, entries)


def _folded(name: str) -> str:
    return sameness(name.replace("_", " "))


def _own_names(kind: Kind) -> tuple[str, ...]:
    return (kind.spoken,)


def _bare_title(kind: Kind) -> str:
    """Return the words of a title before what is filled in: «Лист ознакомления»."""
    return kind.title.partition("{")[0].strip(" .,:—–-")


def _ambiguous(typed: str, kinds: Iterable[Kind]) -> UsageError:
    names = ", ".join(f"«{kind.spoken}»" for kind in kinds)
    return _refusal(f"«{typed}» — это несколько видов бумаг: {names}; назовите один из них")


def _unknown(typed: str, entries: _Entries) -> UsageError:
    """Return the refusal of a name, with those that may have been meant."""
    wanted = _folded(typed)
    about = entries.schemas[ORDERS].column(ABOUT).choices if ORDERS in entries.schemas else ()
    if wanted in map(_folded, about):
        return _refusal(
            f"у «{typed}» нет своей формы: печатаются только приложения; назовите, чем они "
            f"заполняются, например: {command('add', 'приложение таблица')}"
        )
    kinds = entries.kinds.values()
    names = list(
        dict.fromkeys(
            [*(one.spoken for one in kinds), *entries.titles()]
            + [choice for one in kinds for choice in _choices_of(one)]
        )
    )
    holding = [one for one in names if wanted and wanted in _folded(one)][:_MOST_PROPOSED]
    hint = suggestion(typed, names, fold=_folded)
    if len(holding) == 1 or (holding and not hint):
        hint = f"; {question(holding[0])}"
        hint += "".join(f", «{one}»" for one in holding[1:])
    return _refusal(f"нет ни вида бумаги, ни листа «{typed}»{hint}; все виды: docgen add")


def _refusal(message: str) -> UsageError:
    return UsageError([Problem("usage", Location(), message)])
