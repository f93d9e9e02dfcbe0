"""Signatures that are expected: rows for them in their workbook, who has not signed yet."""

from __future__ import annotations

import datetime as dt

from docgen.errors import ExitCode
from docgen.pipeline.output.places import Checked, Site
from docgen.pipeline.workspace.prepare import Prepared, prepare
from docgen.pipeline.workspace.signature_register import (
    UnsignedPerson,
    unsigned_people,
    write_register,
)
from docgen.pipeline.workspace.wish import Wish, make_plan


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
    path, update = write_register(prepared, plan)
    told = f"добавлено строк: {update.added} → {path}"
    if update.orphans:
        told += f"; строк прежних бумаг: {update.orphans}, они оставлены"
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
