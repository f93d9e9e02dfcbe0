"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only module that knows all stages; they never know each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen import ledger as ledgers
from docgen import registers
from docgen.build import frozen
from docgen.build.changes import differences
from docgen.build.forms import doubtful, merge_forms, stale, write_sheet
from docgen.build.making import edited_problem
from docgen.build.manifest import verify_output
from docgen.build.places import OUTPUT, choose_outputs, output_base
from docgen.build.rendering import Rendered, render
from docgen.build.reports import describe_kinds, explain_file, planned_states
from docgen.build.running import Result, Wish, make_plan, make_run, run_all
from docgen.build.terms import overdue
from docgen.build.workspaces import Folders, Prepared, exit_code_of, prepare
from docgen.catalogue import extend_choices, find_root, read_kinds, read_schemas
from docgen.errors import ExitCode, Location, Problem, Severity, UsageError
from docgen.files import folder_lock, tidied, writable
from docgen.model import PlannedDocument, Workspace
from docgen.pdf import BatchConverter, ComposingConverter, find_office, office_stamp
from docgen.russian import school_year
from docgen.wording.spelling import UsedForm

__all__ = [
    "OUTPUT",
    "Checked",
    "Result",
    "Site",
    "Wish",
    "build_workspace",
    "check_workspace",
    "choose_outputs",
    "describe_kinds",
    "explain_file",
    "find_root",
    "find_workspaces",
    "make_example",
    "named_workspace",
    "plan_workspace",
    "verify_output",
]

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Site:
    """A workspace, the root whose templates serve it, and ``--out`` if it was given."""

    folder: Path
    root: Path
    out: Path | None = None

    @property
    def name(self) -> str:
        """The workspace's own name, also of «.»."""
        return self.folder.resolve().name

    @property
    def output(self) -> Path:
        """The output folder: in the root, or beside a workspace that lies outside of it."""
        return output_base(self.folder, self.root, self.out) / self.name


@dataclass(slots=True)
class Checked:
    """What was found in one workspace and what ``check`` therefore returns."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    exit_code: ExitCode = ExitCode.DONE


def find_workspaces(root: Path) -> list[Path]:
    """Return every workspace below ``registers/`` of the root, in order of name.

    Raises:
        UsageError: when there is none.
    """
    found = [
        folder
        for folder in sorted((root / "registers").glob("*"))
        if folder.is_dir() and folder.name != "schema" and registers.workbook_paths(folder)
    ]
    if not found:
        message = "нет ни одной рабочей папки с реестрами; создайте её: docgen init ПАПКА"
        raise UsageError([Problem("usage", Location(file="registers"), message)])
    return found


def named_workspace(folder: Path, root: Path) -> Path:
    """Return the folder, or the workspace of that bare name below the root's ``registers/``."""
    below = root / "registers" / folder
    is_bare = len(folder.parts) == 1 and not folder.exists()
    return below if is_bare and below.is_dir() else folder


def check_workspace(site: Site, day: dt.date | None = None) -> Checked:
    """Return every problem of registers, templates and entries; nothing is written.

    Documents are rendered in memory, so that a missing gender or glyph is found here too. With a
    ``day`` terms are looked at as well.

    Raises:
        UsageError: no such workspace, a damaged archive.
    """
    prepared = prepare(site.folder, site.root)
    if prepared.blocked is None and prepared.workspace is not None:
        plan = make_plan(prepared, Wish())
        prepared.report(plan.problems)
        archive = frozen.read_archive(prepared.folders.workspace)
        signed = frozen.claimed(plan.documents, archive)
        if not plan.left_out:
            prepared.report(frozen.astray(plan.documents, archive, prepared.workspace))
        used: dict[tuple[str, str, str], UsedForm] = {}
        for document in plan.documents:
            outcome = render(document, prepared)
            prepared.report(_problems_of(document, outcome, prepared.workspace, signed))
            merge_forms(used, outcome.forms if isinstance(outcome, Rendered) else ())
        prepared.report(doubtful(used.values()))
        prepared.report(stale(prepared.workspace, used.values()))
        if day is not None:
            prepared.report(overdue(prepared.workspace, day))
    codes = [code for code in (prepared.blocked, exit_code_of(prepared.problems)) if code]
    return Checked(prepared.name, prepared.problems, min(codes, default=ExitCode.DONE))


def _problems_of(
    document: PlannedDocument,
    outcome: Rendered | list[Problem],
    workspace: Workspace,
    signed: Mapping[str, frozen.Frozen],
) -> list[Problem]:
    if isinstance(outcome, list):
        return outcome
    kept = signed.get(document.key)
    return differences(kept, outcome.reads, document.kind, workspace) if kept else []


def plan_workspace(site: Site, wish: Wish) -> tuple[dict[str, Any], Checked]:
    """Return what a build would make, why, and the problems met on the way.

    Raises:
        UsageError: no such workspace, a kind that is not there, a damaged archive.
    """
    prepared = prepare(site.folder, site.root)
    told: dict[str, Any] = {"documents": [], "packets": []}
    if prepared.blocked is None and prepared.workspace is not None:
        plan = make_plan(prepared, wish)
        prepared.report(plan.problems)
        told = planned_states(prepared, plan, wish, site.output)
    return told, Checked(prepared.name, prepared.problems, prepared.blocked or ExitCode.DONE)


def build_workspace(
    site: Site,
    wish: Wish,
    *,
    jobs: int | None = None,
    has_pdf: bool = True,
    progress: Progress,
) -> tuple[Result, Checked]:
    """Make every document of a workspace that is not up to date, and its sets.

    Raises:
        UsageError: no such workspace or kind, an output that cannot be written, another build at
            work.
        ConversionError: ``libreoffice-missing``.
    """
    folders = Folders(site.root.resolve(), site.folder.resolve())
    books = registers.find_books(folders.workspace, shown=folders.shown(folders.workspace))
    output = writable(site.output).resolve()
    with folder_lock(output), tidied(output, folders.workspace / frozen.ARCHIVE):
        options = f"{wish.year}|{has_pdf}|{office_stamp() if has_pdf else ''}"
        inputs = _stamps(folders)
        if _is_done(inputs | _archive_stamps(folders), output, options, wish):
            return _nothing_to_do(folders, books, output)
        office = find_office() if has_pdf else None
        prepared = prepare(site.folder, site.root)
        _settle_fonts(prepared, has_pdf=has_pdf)
        checked = Checked(prepared.name, prepared.problems)
        if prepared.blocked is not None:
            checked.exit_code = prepared.blocked
            return Result(), checked
        converter = ComposingConverter(BatchConverter(office, jobs=jobs)) if office else None
        run = make_run(prepared, output, wish, converter, office, progress)
        result = run_all(run)
        prepared.report(result.problems)
        if wish.day is not None and prepared.workspace is not None:
            prepared.report(overdue(prepared.workspace, wish.day))
        checked.exit_code = _code_of(result, prepared.problems)
        ledger = run.room.ledger
        ledger.inputs, ledger.options = inputs | _archive_stamps(folders), options
        ledger.warnings = sum(not problem.is_error for problem in prepared.problems)
        ledger.is_complete = checked.exit_code is ExitCode.DONE and not wish.is_partial
        ledgers.write_ledger(output, ledger)
    return result, checked


def _code_of(result: Result, problems: Sequence[Problem]) -> ExitCode:
    """Return what a build ends with: something left out comes before a broken set."""
    codes = [problem.code for problem in problems if problem.is_error]
    if not codes and not result.left_out:
        return ExitCode.DONE
    if set(codes) == {"conversion-failed"} and not result.made + result.kept:
        return ExitCode.CONVERSION
    is_packet_only = len(codes) == result.broken_sets and not result.left_out
    return ExitCode.PACKET if is_packet_only else ExitCode.PARTIAL


def _settle_fonts(prepared: Prepared, *, has_pdf: bool) -> None:
    """Stop before pages are laid out in a wrong font; without pages a missing one is a warning."""
    for number, problem in enumerate(prepared.problems):
        if problem.code != "font-missing":
            continue
        if has_pdf:
            prepared.block(ExitCode.TEMPLATES)
        else:
            prepared.problems[number] = replace(problem, severity=Severity.WARNING)


def _stamps(folders: Folders) -> dict[str, ledgers.Stamp]:
    return _stamps_of(folders.inputs(), folders)


def _archive_stamps(folders: Folders) -> dict[str, ledgers.Stamp]:
    """Return the stamps of what is archived: a paper put there or taken away is work to do."""
    archive = folders.workspace / frozen.ARCHIVE
    return _stamps_of(sorted(path for path in archive.rglob("*") if path.is_file()), folders)


def _stamps_of(files: Sequence[Path], folders: Folders) -> dict[str, ledgers.Stamp]:
    return ledgers.take_stamps(files, {path: folders.shown(path) for path in files})


def _is_done(inputs: dict[str, ledgers.Stamp], output: Path, options: str, wish: Wish) -> bool:
    """Return whether nothing has changed since the last whole build."""
    is_redone = any(path.resolve().is_relative_to(output) for path in wish.redo)
    if wish.is_partial or is_redone:
        return False
    ledger = ledgers.read_ledger(output)
    return (
        ledger.is_complete
        and ledger.options == options
        and ledgers.same_inputs(inputs, ledger.inputs)
        and ledgers.outputs_are_whole(output, ledger)
    )


def _nothing_to_do(folders: Folders, books: Sequence[Path], output: Path) -> tuple[Result, Checked]:
    """Return what is still worth saying: books that stand open, outputs that a person changed."""
    ledger = ledgers.read_ledger(output)
    checked = Checked(folders.workspace.name)
    for path in books:
        checked.problems += registers.lock_warnings(path, shown=folders.shown(path))
    for name in sorted(ledger.edited):
        problem = edited_problem(output / name)
        where = replace(problem.where, file=folders.shown(problem.where.file))
        checked.problems.append(replace(problem, where=where))
    result = Result(kept=len(ledger.documents), is_up_to_date=True)
    result.silent_warnings = max(0, ledger.warnings - len(ledger.edited))
    return result, checked


def make_example(folder: Path, root: Path, today: dt.date) -> list[Path]:
    """Write the workbooks of a new workspace with examples; return their paths.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    folders = Folders(root.resolve(), folder.resolve())
    schemas = extend_choices(read_schemas(folders.schemas), read_kinds(folders.kinds))
    return registers.write_example(folder, schemas, year=school_year(today))


def write_forms_sheet(site: Site) -> tuple[Path | None, Checked]:
    """Write or renew the sign-off sheet of declined forms beside the registers.

    Raises:
        UsageError: no such workspace, or Excel or LibreOffice holds the sheet.
    """
    prepared = prepare(site.folder, site.root)
    if prepared.blocked is not None:
        return None, Checked(prepared.name, prepared.problems, prepared.blocked)
    return write_sheet(prepared), Checked(prepared.name, prepared.problems)
