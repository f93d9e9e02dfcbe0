"""Signatures that are expected: rows for them in their workbook, who has not signed yet."""

from __future__ import annotations

import datetime as dt

from docgen.errors import ExitCode
from docgen.pipeline.output.places import Checked, Site
from docgen.pipeline.workspace.prepare import Blocked, Ready, prepare
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
    ready = prepare(site.folder, site.root)
    if isinstance(ready, Blocked):
        return "", Checked(ready.name, ready.problems, ready.exit_code)
    plan = make_plan(ready, Wish())
    ready.report(plan.problems)
    path, update = write_register(ready, plan)
    done = f"добавлено строк: {update.added} → {path}"
    if update.orphans:
        done += f"; строк прежних бумаг: {update.orphans}, они оставлены"
    return done, _after(ready, plan.left_out)


def unsigned_in(site: Site, day: dt.date | None) -> tuple[list[UnsignedPerson], Checked]:
    """Return who has not signed yet; with a ``day`` also whose consents have run out.

    Raises:
        UsageError: no such workspace.
    """
    ready = prepare(site.folder, site.root)
    if isinstance(ready, Blocked):
        return [], Checked(ready.name, ready.problems, ready.exit_code)
    plan = make_plan(ready, Wish())
    ready.report(plan.problems)
    return unsigned_people(ready, plan, day), _after(ready, plan.left_out)


def _after(ready: Ready, left_out: int) -> Checked:
    """Return the errors met: of warnings speaks ``check``."""
    errors = [problem for problem in ready.problems if problem.is_error]
    return Checked(ready.name, errors, ExitCode.PARTIAL if left_out else ExitCode.DONE)
