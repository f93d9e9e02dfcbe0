"""A workspace read and checked: entries, registers, records, templates, all problems collected."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import catalogue, ooxml, plan, records, registers, russian, wording
from docgen.documents import MergeTags, TemplateLibrary, merge_names_of, shared_library
from docgen.errors import Location, Problem, StageError, UsageError
from docgen.model import (
    Kind,
    PacketKind,
    Purpose,
    RawSheet,
    Record,
    Schema,
    Table,
    Workspace,
    sameness,
)
from docgen.model.columns import SHEET
from docgen.pipeline.workspace.accepted_remarks import (
    accepted_remarks,
    is_book_of_remarks,
    without_force,
)
from docgen.pipeline.workspace.folders import SERVICE, Folders, is_input_file
from docgen.pipeline.workspace.hidden_reads import HiddenReads
from docgen.pipeline.workspace.house_styles import STYLES, style_path
from docgen.pipeline.workspace.picture_cells import with_pictures
from docgen.pipeline.workspace.printed_faces import choose_face, font_problems
from docgen.pipeline.workspace.readiness import Blocked, ProblemLog, Ready, Templates
from docgen.pipeline.workspace.scan_cells import scan_problems
from docgen.pipeline.workspace.signed_words import with_signed_words
from docgen.pipeline.workspace.template_words import word_faults
from docgen.problem_codes import ExitCode

STAMP = "штамп"


@dataclass(slots=True)
class _Preparation:
    """Accumulates what is read of a workspace; ``exit_code`` is set once it cannot start.

    ``plain_schemas`` lack the words that kinds add to the choices of columns.
    """

    folders: Folders
    log: ProblemLog
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    plain_schemas: Mapping[str, Schema] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    packets: Mapping[str, PacketKind] = field(default_factory=dict)
    workspace: Workspace | None = None
    library: TemplateLibrary | None = None
    stamps: TemplateLibrary | None = None
    families: tuple[str, ...] = ()
    sheets: Mapping[str, RawSheet] = field(default_factory=dict)
    exit_code: ExitCode = ExitCode.DONE

    def report(self, problems: Iterable[Problem]) -> None:
        self.log.report(problems)

    def block(self, code: ExitCode) -> None:
        """Stop this workspace; the lowest code of several wins."""
        self.exit_code = min(self.exit_code or code, code)

    def blocked(self) -> Blocked:
        code = self.exit_code or ExitCode.REGISTERS
        return Blocked(self.folders.workspace.name, self.log.problems, code)

    def finished(self) -> Ready | Blocked:
        if self.exit_code or self.workspace is None or self.library is None:
            return self.blocked()
        return Ready(
            self.folders,
            self.schemas,
            self.kinds,
            self.packets,
            self.workspace,
            self.library,
            self.stamps or self.library,
            self.families,
            self.log,
            self.sheets,
            HiddenReads.of(self.sheets.values()),
        )


def require_engine() -> None:
    """Refuse to decline names with an engine that is known to be wrong.

    Raises:
        UsageError: when the installed engine fails its own samples.
    """
    try:
        russian.self_test()
    except russian.WrongEngineError as error:
        message = (
            f"имена склонять нечем: {error}; поставьте нужную версию: pip install "
            "'pytrovich>=0.2,<0.3'"
        )
        raise UsageError([Problem("usage", Location(), message)]) from error


def prepare(folder: Path, root: Path) -> Ready | Blocked:
    """Read and check everything that documents of a workspace are made of.

    Problems are kept, not raised, so that all of them can be shown at once.

    Raises:
        UsageError: when there is no such folder or no workbook in it.
    """
    found = _begun(folder, root)
    require_engine()
    with registers.without_garbage_collection():
        _read_registers(found)
        _open_templates(found)
        if found.library is not None and found.workspace is not None:
            found.report(word_faults(found.library, found.workspace))
            found.workspace = plan.heed_consents(found.workspace, found.kinds)
    return found.finished()


def prepare_registers(folder: Path, root: Path) -> Workspace | Blocked:
    """Read and check the registers alone; faults of templates do not matter.

    Raises:
        UsageError: when there is no such folder or no workbook in it.
    """
    found = _begun(folder, root)
    require_engine()
    with registers.without_garbage_collection():
        _read_registers(found)
    return found.workspace or found.blocked()


def prepare_templates(folder: Path, root: Path) -> Templates:
    """Read entries and templates without any register; problems are kept, not raised."""
    found = _begun(folder, root)
    _read_entries(found)
    _open_templates(found)
    return Templates(found.folders, found.kinds, found.library, found.families, found.log.problems)


def _begun(folder: Path, root: Path) -> _Preparation:
    folders = Folders(root.resolve(), folder.resolve())
    return _Preparation(folders, ProblemLog(folders))


def _read_registers(found: _Preparation) -> None:
    """Read the entries, and the registers by them."""
    folders = found.folders
    books = registers.open_books(folders.workspace, shown=folders.shown(folders.workspace))
    has_kinds = _read_entries(found)
    if found.schemas:
        books, copies = registers.without_copies(books, found.schemas)
        found.report(copies)
        _read_records(found, books, has_kinds=has_kinds)


def _read_entries(found: _Preparation) -> bool:
    """Read schemas, kinds and packet kinds, as far as possible; return whether there are kinds."""
    folders = found.folders

    def read_schemas() -> None:
        found.schemas = catalogue.read_schemas(folders.schemas)

    def read_kinds() -> None:
        found.kinds = catalogue.read_kinds(folders.kinds)
        found.report(catalogue.lonely_templates(folders.kinds))
        found.report(catalogue.twin_kinds(found.kinds))

    def read_packets() -> None:
        found.packets = catalogue.read_packets(folders.packets)

    for read in (read_schemas, read_kinds, read_packets):
        _try(read, found)
    _report_absent(found)
    if found.schemas:
        _try(lambda: catalogue.check_kinds(found.kinds, found.schemas), found)
    found.plain_schemas = found.schemas
    found.schemas = catalogue.extend_choices(found.plain_schemas, found.kinds)
    return bool(found.kinds)


def _report_absent(found: _Preparation) -> None:
    """Report a root without registers or kinds, which would silently make nothing."""
    if found.exit_code:
        return
    lacking = [
        (found.schemas, found.folders.schemas[0], "ни одного описания реестра (.toml)"),
        (found.kinds, found.folders.kinds[0], "ни одного вида документа (.docx и .toml)"),
    ]
    for entries, folder, what in lacking:
        if not entries:
            message = f"в папке нет {what}; верните их или укажите другой корень: --root"
            found.report([Problem("bad-entry", Location(file=str(folder)), message)])
            found.block(ExitCode.TEMPLATES)


def _try(read: Callable[[], None], found: _Preparation) -> None:
    try:
        read()
    except StageError as error:
        found.report(error.problems)
        found.block(ExitCode.TEMPLATES)


def _read_records(found: _Preparation, books: registers.Books, *, has_kinds: bool) -> None:
    """Read and check the registers; a sheet that cannot be read does not hide faults of others."""
    folders, schemas = found.folders, found.schemas
    sheets, problems = registers.read_sheets(books, schemas, shared_folders=folders.schemas)
    problems = without_force(problems, schemas)
    found.report(problems)
    found.sheets = {
        name: sheet
        for name, sheet in sheets.items()
        if sheet.where.file.startswith(f"{books.shown}/")
    }
    is_whole = not (_lacks_books(books, schemas) or _lacks_sheets(sheets, schemas, problems))
    if not is_whole:
        found.block(ExitCode.REGISTERS)
    linked, tainted, faults = records.link_records(schemas, sheets)
    # Choices come from kinds and references lead to sheets: without those nothing can be judged.
    unsure = set() if has_kinds else {"bad-choice"}
    unsure |= set() if is_whole else {"unknown-ref"}
    of_rows = [one for one in without_force(faults, schemas) if one.code not in unsure]
    if not is_whole:
        found.report(of_rows)
        return
    tables, faults = _read_tables(books, linked, schemas)
    linked, unshown = with_pictures(linked, schemas, folders.workspace)
    faults += unshown
    subjects = catalogue.order_subjects(found.kinds)
    workspace = records.make_workspace(
        folders.workspace, schemas, linked, tainted, tables, subjects
    )
    found.log.name_rows(workspace)
    faults += records.check_workspace(workspace)
    faults += [
        *records.check_letters(schemas, sheets, tables, [*of_rows, *faults]),
        *_idle_conditions(found, linked),
    ]
    found.report(records.without_signed([*of_rows, *faults], workspace))
    found.report(scan_problems(workspace))
    broken = records.broken_by(faults, linked)
    if broken is not None:
        workspace = records.make_workspace(
            folders.workspace, schemas, broken, tainted, tables, subjects
        )
    found.workspace = with_signed_words(
        replace(workspace, absent=frozenset(schemas.keys() - sheets.keys())), found.kinds
    )
    found.log.accept(accepted_remarks(workspace, folders.shown))


def _idle_conditions(
    found: _Preparation, linked: Mapping[str, tuple[Record, ...]]
) -> list[Problem]:
    def words(register: str, column: str) -> dict[str, str]:
        values = (row.values.get(column) for row in linked.get(register, ()))
        items = (value if isinstance(value, tuple) else (value,) for value in values)
        texts = filter(None, (wording.text_of(one) for several in items for one in several))
        return {sameness(text): text for text in texts}

    return catalogue.idle_conditions(found.kinds, found.plain_schemas, words)


def _read_tables(
    books: registers.Books,
    linked: dict[str, tuple[Record, ...]],
    schemas: Mapping[str, Schema],
) -> tuple[dict[str, Table], list[Problem]]:
    """Return the tables that appendices name, and their problems."""
    titles = {sameness(title) for book in books.books for title in book.sheets}
    named = {
        sheet: record.cells.get(SHEET, record.where)
        for sheet, record in records.table_names(linked, titles).items()
    }
    blank = (table for schema in schemas.values() for table in registers.blank_tables(schema))
    samples = {sameness(table.name): table for table in blank}
    return registers.read_tables(books, named, samples)


def _lacks_books(books: registers.Books, schemas: Mapping[str, Schema]) -> bool:
    """Whether a sheet cannot be read, of any book but that of remarks."""
    return any(book.unread for book in books.books if not is_book_of_remarks(book.name, schemas))


def _lacks_sheets(
    sheets: Mapping[str, RawSheet], schemas: Mapping[str, Schema], problems: Iterable[Problem]
) -> bool:
    """Whether a register cannot be used at all, so that the workspace cannot start."""
    structural = {"not-a-workbook", "missing-sheet", "missing-column", "damaged-book"}
    return any(name not in sheets and not one.is_optional for name, one in schemas.items()) or any(
        problem.is_error
        # A cell that is too large breaks its row alone.
        and (problem.code in structural or (problem.code == "too-large" and not problem.where.cell))
        for problem in problems
    )


def _open_templates(found: _Preparation) -> None:
    folders = found.folders
    service = _by_stem(folders.packets)
    templates = {name: kind.template for name, kind in found.kinds.items()}
    # A broken entry hides its kind, never the faults of the templates.
    templates = templates or {
        name: path
        for name, path in _by_stem(folders.kinds).items()
        if path.name not in STYLES.values()
    }
    templates |= {f"{SERVICE}/{name}": path for name, path in service.items() if name != STAMP}
    style = style_path(folders, found.workspace)
    absent = list(_absent_pages(found.packets, service))
    if absent:
        found.report(absent)
        found.block(ExitCode.TEMPLATES)
    try:
        names = merge_names_of(found.kinds, found.schemas)
        library, problems = _library(templates, _by_stem(folders.blocks), style, folders, names)
        if STAMP in service:
            # Stamps stand in the margin of other pages: their sheet has its own margins.
            stamp = service[STAMP]
            found.stamps, faults = _library({f"{SERVICE}/{STAMP}": stamp}, {}, stamp, folders)
            problems += faults
        found.families = ooxml.used_fonts(style)
    except StageError as error:
        found.report(error.problems)
        found.block(ExitCode.TEMPLATES)
        return
    found.library = library
    found.report(problems)
    found.report(font_problems(found.families, folders.shown(style)))
    if any(problem.is_error for problem in problems):
        found.block(ExitCode.TEMPLATES)


def _absent_pages(packets: Mapping[str, PacketKind], service: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each service page without template that a packet kind asks for."""
    for kind in packets.values():
        wanted = {
            "cover": ("обложка", kind.has_cover),
            "contents": ("опись", kind.has_contents),
            "closing": ("заверительный_лист", kind.has_closing_sheet),
            "stamp": (STAMP, kind.has_stamp),
            "certify": (STAMP, kind.has_certification),
            "purpose": ("контрольный_лист", kind.purpose == Purpose.ORIGINALS),
            "certify, лист сверки": (
                "контрольный_лист_копий",
                kind.has_certification and kind.purpose == Purpose.COPIES,
            ),
        }
        for label, (name, is_wanted) in wanted.items():
            key = label.partition(",")[0]
            if is_wanted and name not in service:
                message = f"комплект просит страницу «{name}.docx»; верните её в папку packets"
                yield Problem("bad-entry", Location(file=kind.source, key=key), message)


def _library(
    templates: Mapping[str, Path],
    blocks: Mapping[str, Path],
    style: Path,
    folders: Folders,
    merge_names: Mapping[str, MergeTags] | None = None,
) -> tuple[TemplateLibrary, tuple[Problem, ...]]:
    return shared_library(
        templates,
        blocks,
        style,
        wording.make_environment,
        shown=folders.shown,
        typeset=russian.typeset,
        choose_face=choose_face,
        merge_names=merge_names,
    )


def _by_stem(folders: list[Path]) -> dict[str, Path]:
    return {
        unicodedata.normalize("NFC", path.stem): path
        for folder in folders
        for path in sorted(folder.glob("*.docx"))
        if is_input_file(path)
    }
