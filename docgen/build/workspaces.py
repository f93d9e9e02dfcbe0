"""A workspace made ready: entries, registers, records, templates; every problem collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import catalogue, ooxml, records, registers, russian, wording
from docgen.documents import TemplateLibrary
from docgen.errors import DocgenError, ExitCode, Location, Problem
from docgen.fonts import find_font
from docgen.model import Kind, PacketKind, Schema, Workspace

STYLES: Mapping[str, str] = {"ГОСТ": "стиль.docx", "школа": "стиль_школа.docx"}
SERVICE = "packets"
STAMP = "штамп"
TEMPLATE_CODES = frozenset(
    {"bad-entry", "bad-template", "entry-alone", "font-missing", "lookalike", "personal-column"}
)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a workspace's entries come from: the shipped ones first, its own after them."""

    root: Path
    workspace: Path

    @property
    def schemas(self) -> list[Path]:
        """Folders of register schemas."""
        return [self.root / "registers" / "schema", self.workspace / "schema"]

    @property
    def kinds(self) -> list[Path]:
        """Folders of document kinds."""
        return [self.root / "templates_docx", self.workspace / "templates"]

    @property
    def packets(self) -> list[Path]:
        """Folders of packet entries and their service pages."""
        return [folder / SERVICE for folder in self.kinds]

    @property
    def blocks(self) -> list[Path]:
        """Folders of shared pieces."""
        return [folder / "blocks" for folder in self.kinds]

    def inputs(self) -> list[Path]:
        """Return every file that a build of this workspace may read, in a stable order."""
        found: list[Path] = sorted(self.workspace.glob("*.xlsx"))
        for folder in [*self.schemas, *self.kinds, *self.packets, *self.blocks]:
            found += sorted(path for path in folder.glob("*") if path.is_file())
        package = Path(__file__).resolve().parent.parent
        return found + sorted(package.rglob("*.py"))

    def shown(self, path: Path | str) -> str:
        """Return a path as a person knows it: below the root or the workspace, else as it is."""
        return shown_path(Path(path), self.root, self.workspace)


def shown_path(path: Path, root: Path, workspace: Path) -> str:
    """Return a path relative to the root, or with the workspace's own name in front."""
    for base, prefix in ((root, Path()), (workspace, Path(workspace.name))):
        if path.is_absolute() and path.is_relative_to(base.resolve()):
            return (prefix / path.relative_to(base.resolve())).as_posix()
    return path.as_posix()


@dataclass(slots=True)
class Prepared:
    """A workspace read and checked; ``blocked`` is the exit code when it cannot start."""

    folders: Folders
    name: str
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    packets: Mapping[str, PacketKind] = field(default_factory=dict)
    workspace: Workspace | None = None
    library: TemplateLibrary | None = None
    stamps: TemplateLibrary | None = None
    families: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    blocked: ExitCode | None = None

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep problems, their files as a person knows them, each once."""
        for problem in problems:
            file = problem.where.file
            shown = self.folders.shown(file) if file else file
            placed = replace(problem, where=replace(problem.where, file=shown))
            if placed not in self.problems:
                self.problems.append(placed)

    def block(self, code: ExitCode) -> None:
        """Stop this workspace; the lowest code of several wins."""
        self.blocked = min(self.blocked or code, code)


def prepare(folder: Path, root: Path) -> Prepared:
    """Read everything of a workspace that a build needs; problems are kept, not raised.

    Raises:
        UsageError: when there is no such folder or no workbook in it.
    """
    workspace_folder = folder.resolve()
    folders = Folders(root.resolve(), workspace_folder)
    prepared = Prepared(folders, workspace_folder.name)
    shown = folders.shown(workspace_folder)
    books = registers.open_books(workspace_folder, shown=shown)
    _read_entries(prepared)
    if prepared.blocked is None:
        _read_records(prepared, books)
    if prepared.workspace is not None:
        _open_templates(prepared, prepared.workspace)
    return prepared


def _read_entries(prepared: Prepared) -> None:
    folders = prepared.folders

    def read_schemas() -> None:
        prepared.schemas = catalogue.read_schemas(folders.schemas)

    def read_kinds() -> None:
        prepared.kinds = catalogue.read_kinds(folders.kinds)

    def read_packets() -> None:
        prepared.packets = catalogue.read_packets(folders.packets)

    for read in (read_schemas, read_kinds, read_packets):
        _try(read, prepared)
    if prepared.blocked is None:
        _try(lambda: catalogue.check_kinds(prepared.kinds, prepared.schemas), prepared)
    prepared.schemas = catalogue.extend_choices(prepared.schemas, prepared.kinds)


def _try(read: Callable[[], None], prepared: Prepared) -> None:
    try:
        read()
    except DocgenError as error:
        prepared.report(error.problems)
        prepared.block(ExitCode.TEMPLATES)


def _read_records(prepared: Prepared, books: registers.Books) -> None:
    folders, schemas = prepared.folders, prepared.schemas
    sheets, problems = registers.read_sheets(books, schemas, shared_folders=folders.schemas)
    prepared.report(problems)
    absent = [name for name, one in schemas.items() if name not in sheets and not one.is_optional]
    if absent or any(problem.code == "not-a-workbook" for problem in problems):
        prepared.block(ExitCode.REGISTERS)
        return
    if any(problem.code == "missing-column" and problem.is_error for problem in problems):
        prepared.block(ExitCode.REGISTERS)
        return
    linked, tainted, faults = records.link_records(schemas, sheets)
    prepared.report(faults)
    named = {
        sheet: record.cells.get("лист", record.where)
        for sheet, record in records.table_names(linked).items()
    }
    tables, faults = registers.read_tables(books, named)
    prepared.report(faults)
    prepared.workspace = records.make_workspace(folders.workspace, schemas, linked, tainted, tables)
    prepared.report(records.check_workspace(prepared.workspace))


def _open_templates(prepared: Prepared, workspace: Workspace) -> None:
    folders = prepared.folders
    service = _by_stem(folders.packets)
    templates = {name: kind.template for name, kind in prepared.kinds.items()}
    templates |= {f"{SERVICE}/{name}": path for name, path in service.items() if name != STAMP}
    style = style_path(folders, workspace)
    try:
        library = TemplateLibrary(
            templates,
            _by_stem(folders.blocks),
            style,
            wording.make_environment(),
            shown=folders.shown,
            typeset=russian.typeset,
        )
    except DocgenError as error:
        prepared.report(error.problems)
        prepared.block(ExitCode.TEMPLATES)
        return
    if STAMP in service:
        # A stamp stands in the margin of other pages: its sheet has margins of its own.
        prepared.stamps = TemplateLibrary(
            {f"{SERVICE}/{STAMP}": service[STAMP]},
            {},
            service[STAMP],
            wording.make_environment(),
            shown=folders.shown,
            typeset=russian.typeset,
        )
    problems = library.check() + (prepared.stamps.check() if prepared.stamps else [])
    prepared.report(problems)
    prepared.library = library
    prepared.families = ooxml.used_fonts(style)
    prepared.report(_font_problems(prepared.families, folders.shown(style)))
    if any(problem.is_error for problem in problems):
        prepared.block(ExitCode.TEMPLATES)


def _font_problems(families: Iterable[str], style: str) -> list[Problem]:
    return [
        Problem(
            "font-missing",
            Location(file=style),
            f"шрифт «{family}» не установлен и заменить его нечем; установите его (пакеты "
            "fonts-liberation, fonts-paratype) или смените шрифт в стилях",
        )
        for family in families
        if find_font(family) is None
    ]


def style_path(folders: Folders, workspace: Workspace) -> Path:
    """Return the house style: the workspace's own, else the profile that «Настройки» names."""
    own = folders.workspace / "templates" / STYLES["ГОСТ"]
    if own.is_file():
        return own
    profiles = [
        str(row.values["профиль"])
        for row in workspace.records.get("настройки", ())
        if row.values.get("профиль")
    ]
    return folders.root / "templates_docx" / STYLES.get((profiles or ["ГОСТ"])[-1], "стиль.docx")


def _by_stem(folders: list[Path]) -> dict[str, Path]:
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.docx"))}


def exit_code_of(problems: Iterable[Problem]) -> ExitCode:
    """Return what ``check`` returns: the lowest of 3 and 4 that an error asks for, else 0."""
    codes = [
        ExitCode.TEMPLATES
        if problem.code in TEMPLATE_CODES or _is_of_template(problem.where)
        else ExitCode.REGISTERS
        for problem in problems
        if problem.is_error
    ]
    return min(codes, default=ExitCode.DONE)


def _is_of_template(where: Location) -> bool:
    return where.file.endswith((".docx", ".toml"))
