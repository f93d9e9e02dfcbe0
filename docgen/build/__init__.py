"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only module that knows all stages; they never know each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen import ledger as ledgers
from docgen import plan as planning
from docgen import registers
from docgen.build import frozen
from docgen.build.making import name_jobs
from docgen.build.manifest import verify_output
from docgen.build.rendering import render
from docgen.build.reports import describe_kinds, explain_file, planned_state
from docgen.build.running import Result, Wish, make_plan, make_run, run_all
from docgen.build.workspaces import Folders, Prepared, exit_code_of, prepare
from docgen.catalogue import extend_choices, find_root, read_kinds, read_schemas
from docgen.errors import ExitCode, Location, Problem, UsageError
from docgen.files import folder_lock, remove_leftovers, writable
from docgen.pdf import BatchConverter, find_office, office_stamp
from docgen.russian import school_year

__all__ = [
    "Checked",
    "Result",
    "Site",
    "Wish",
    "build_workspace",
    "check_workspace",
    "describe_kinds",
    "explain_file",
    "find_root",
    "find_workspaces",
    "make_example",
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
    def output(self) -> Path:
        """The output folder: in the root, or beside the workspace for installed templates."""
        workspace = self.folder.resolve()
        if self.out is not None:
            return self.out / workspace.name
        is_installed = (self.root / "__init__.py").exists() or self.root.name == "_shipped"
        return (workspace.parent if is_installed else self.root) / "output" / workspace.name


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
        if folder.is_dir() and folder.name != "schema" and any(folder.glob("*.xlsx"))
    ]
    if not found:
        message = "нет ни одной рабочей папки с реестрами; создайте её: docgen init ПАПКА"
        raise UsageError([Problem("usage", Location(file="registers"), message)])
    return found


def check_workspace(site: Site, wish: Wish | None = None) -> Checked:
    """Return every problem of registers, templates and entries; nothing is written.

    Documents are rendered in memory, so that a missing gender or glyph is found here too.
    """
    prepared = prepare(site.folder, site.root)
    if prepared.blocked is None:
        plan = make_plan(prepared, wish or Wish())
        prepared.report(plan.problems)
        archive = frozen.read_archive(prepared.folders.workspace)
        for document in plan.documents:
            outcome = render(document, prepared)
            if isinstance(outcome, list):
                prepared.report(outcome)
            elif document.key in archive and prepared.workspace is not None:
                prepared.report(
                    frozen.differences(
                        archive[document.key], outcome.reads, document.kind, prepared.workspace
                    )
                )
    code = max(prepared.blocked or ExitCode.DONE, exit_code_of(prepared.problems))
    if prepared.blocked and exit_code_of(prepared.problems):
        code = min(prepared.blocked, exit_code_of(prepared.problems))
    return Checked(prepared.name, prepared.problems, code)


def plan_workspace(site: Site, wish: Wish) -> tuple[dict[str, Any], Checked]:
    """Return what a build would make, why, and the problems met on the way."""
    prepared = prepare(site.folder, site.root)
    told: dict[str, Any] = {"documents": [], "packets": []}
    if prepared.blocked is None and prepared.workspace is not None:
        plan = make_plan(prepared, wish)
        prepared.report(plan.problems)
        ledger = ledgers.read_ledger(site.output)
        archive = frozen.read_archive(prepared.folders.workspace)
        jobs = [job for job in name_jobs(plan.documents) if wish.wants(job.plan)]
        for job in jobs:
            told["documents"].append(planned_state(job, prepared, ledger, archive, site.output))
        titles = {job.plan.key: job.plan.title for job in jobs}
        packets = planning.plan_packets(plan.documents, prepared.packets, prepared.workspace)
        told["packets"] = [
            {"name": one.name, "contents": [titles[key] for key in one.documents if key in titles]}
            for one in packets
        ]
    return told, Checked(prepared.name, prepared.problems, _blocked_code(prepared))


def _blocked_code(prepared: Prepared) -> ExitCode:
    return prepared.blocked or ExitCode.DONE


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
        UsageError: no such workspace, an output that cannot be written, another build at work.
        ConversionError: ``libreoffice-missing``.
    """
    folders = Folders(site.root.resolve(), site.folder.resolve())
    registers.open_books(folders.workspace, shown=folders.shown(folders.workspace))
    output = writable(site.output).resolve()
    with folder_lock(output):
        remove_leftovers(output)
        options = f"{wish.year}|{has_pdf}|{office_stamp() if has_pdf else ''}"
        fresh = _already_done(folders, output, options, wish)
        if fresh is not None:
            return fresh, Checked(folders.workspace.name)
        office = find_office() if has_pdf else None
        prepared = prepare(site.folder, site.root)
        checked = Checked(prepared.name, prepared.problems, _blocked_code(prepared))
        if prepared.blocked is not None:
            return Result(), checked
        inputs = _stamps(folders)
        converter = BatchConverter(office, jobs=jobs) if office else None
        run = make_run(prepared, output, wish, converter, office, progress)
        result = run_all(run)
        prepared.report(result.problems)
        ledger = run.room.ledger
        errors = sum(problem.is_error for problem in prepared.problems)
        ledger.inputs, ledger.options = inputs, options
        ledger.warnings = len(prepared.problems) - errors
        ledger.is_complete = not errors and not result.left_out and not wish.is_partial
        ledgers.write_ledger(output, ledger)
    return result, checked


def _stamps(folders: Folders) -> dict[str, ledgers.Stamp]:
    files = folders.inputs()
    return ledgers.take_stamps(files, {path: folders.shown(path) for path in files})


def _already_done(folders: Folders, output: Path, options: str, wish: Wish) -> Result | None:
    """Return the result when nothing has changed since the last whole build."""
    if wish.is_partial or wish.redo:
        return None
    ledger = ledgers.read_ledger(output)
    is_same = (
        ledger.is_complete
        and ledger.options == options
        and ledgers.same_inputs(_stamps(folders), ledger.inputs)
        and ledgers.outputs_are_whole(output, ledger)
    )
    if not is_same:
        return None
    return Result(kept=len(ledger.documents), is_up_to_date=True)


def make_example(folder: Path, root: Path, today: dt.date) -> list[Path]:
    """Write the workbooks of a new workspace with examples; return their paths.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    folders = Folders(root.resolve(), folder.resolve())
    schemas = extend_choices(read_schemas(folders.schemas), read_kinds(folders.kinds))
    return registers.write_example(folder, schemas, year=school_year(today))


def as_lines(problems: Sequence[Problem]) -> list[str]:
    """Return problems as lines for people, errors first."""
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    return [str(problem) for problem in ordered]
