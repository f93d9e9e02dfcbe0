"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only module that knows all stages; they never know each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen import registers
from docgen.build import frozen
from docgen.build.changes import differences
from docgen.build.cleaning import Cleaned, clean_machine, clean_workspace
from docgen.build.comparing import Comparison, compare_files, compare_with_signed
from docgen.build.encrypted import refuse_bad_password
from docgen.build.forms import doubtful, merge_forms, stale, write_sheet
from docgen.build.manifest import MANIFEST, verify_output
from docgen.build.places import OUTPUT, Checked, Site, choose_outputs
from docgen.build.printing import Reprint, is_noted, note_printed, reprints
from docgen.build.progress import Progress
from docgen.build.rendering import Rendered, render
from docgen.build.reports import describe_kinds, explain_file, planned_states
from docgen.build.running import make_plan
from docgen.build.sealed import signed_pdfs
from docgen.build.signatures import (
    UnsignedPaper,
    UnsignedPerson,
    consent_warnings,
    lapsed,
    standing_words,
    unsigned_people,
    write_register,
)
from docgen.build.state import Result, Wish
from docgen.build.terms import overdue
from docgen.build.together import Built, Workers, build_workspaces
from docgen.build.workspaces import Folders, Prepared, exit_code_of, prepare
from docgen.catalogue import extend_choices, find_root, read_kinds, read_schemas
from docgen.errors import ExitCode, Location, Problem, UsageError
from docgen.model import PlannedDocument, Workspace
from docgen.russian import school_year
from docgen.wording.spelling import UsedForm

__all__ = [
    "OUTPUT",
    "Built",
    "Checked",
    "Cleaned",
    "Comparison",
    "Progress",
    "Reprint",
    "Result",
    "Site",
    "UnsignedPaper",
    "UnsignedPerson",
    "Wish",
    "Workers",
    "build_workspaces",
    "check_workspace",
    "choose_outputs",
    "clean_machine",
    "clean_workspace",
    "compare_files",
    "compare_with_signed",
    "describe_kinds",
    "explain_file",
    "find_root",
    "find_workspaces",
    "has_signatures",
    "is_noted",
    "is_output",
    "is_workspace",
    "make_example",
    "named_workspace",
    "note_printed",
    "outputs_in",
    "plan_workspace",
    "refuse_bad_password",
    "reprints",
    "standing_words",
    "unsigned_in",
    "verify_output",
    "write_signatures",
]


def has_signatures(output: Path) -> bool:
    """Return whether something below a folder is signed electronically."""
    return bool(signed_pdfs(output))


def is_output(folder: Path) -> bool:
    """Return whether a folder is what a build of one workspace left."""
    return (folder / MANIFEST).is_file()


def outputs_in(folder: Path) -> list[Path]:
    """Return the outputs of workspaces that lie in a folder, or the folder if it is one."""
    inner = sorted(one.parent for one in folder.glob(f"*/{MANIFEST}"))
    return [folder] if is_output(folder) else inner


def is_workspace(folder: Path) -> bool:
    """Return whether a folder has registers."""
    return folder.is_dir() and bool(registers.workbook_paths(folder))


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
        prepared.report(consent_warnings(prepared, plan))
        if day is not None:
            prepared.report(overdue(prepared.workspace, day))
            prepared.report(lapsed(prepared, plan, day))
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
        prepared.report(consent_warnings(prepared, plan))
    return told, Checked(prepared.name, prepared.problems, prepared.blocked or ExitCode.DONE)


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


def write_signatures(site: Site) -> tuple[str, Checked]:
    """Add to the register of signatures a row for each one that the originals expect.

    Returns what was done, in words, and what was met on the way.

    Raises:
        UsageError: no such workspace, or the workbook is held, unreadable or cannot be written.
    """
    prepared = prepare(site.folder, site.root)
    if prepared.blocked is not None:
        return "", Checked(prepared.name, prepared.problems, prepared.blocked)
    plan = make_plan(prepared, Wish())
    prepared.report(plan.problems)
    path, added = write_register(prepared, plan)
    told = f"добавлено строк: {added.rows} → {path}"
    if added.orphans:
        told += f"; строк прежних бумаг: {added.orphans}, они оставлены"
    return told, _after(prepared, plan.left_out)


def unsigned_in(site: Site, day: dt.date | None) -> tuple[list[UnsignedPerson], Checked]:
    """Return who has not signed yet; with a ``day`` also whose consents have run out.

    Raises:
        UsageError: no such workspace.
    """
    prepared = prepare(site.folder, site.root)
    if prepared.blocked is not None:
        return [], Checked(prepared.name, prepared.problems, prepared.blocked)
    plan = make_plan(prepared, Wish())
    prepared.report(plan.problems)
    return unsigned_people(prepared, plan, day), _after(prepared, plan.left_out)


def _after(prepared: Prepared, left_out: int) -> Checked:
    """Return the errors met: of warnings speaks ``check``."""
    errors = [problem for problem in prepared.problems if problem.is_error]
    return Checked(prepared.name, errors, ExitCode.PARTIAL if left_out else ExitCode.DONE)
