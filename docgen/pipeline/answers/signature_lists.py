"""Expected signatures: their rows in the workbook of signatures, and who has not signed yet."""

from __future__ import annotations

import datetime as dt

from docgen.pipeline.output.known_sheets import losses_of, prepare_whole
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.signature_register import (
    UnsignedPerson,
    unsigned_people,
    write_register,
)
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.problem_codes import ExitCode


def write_signatures(site: Site) -> tuple[str, Findings]:
    """Add a row to the register of signatures for each signature that the originals expect.

    Returns what was done, in words, and what was met on the way.

    Raises:
        UsageError: no such workspace, or the workbook is held, unreadable or cannot be written.
    """
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        return "", Findings(ready.name, ready.problems, ready.exit_code)
    plan = make_plan(ready, Wish())
    ready.report(plan.problems)
    path, update = write_register(ready, plan)
    done = f"добавлено строк: {update.added} → {path}"
    if update.orphans:
        done += f"; строк прежних бумаг: {update.orphans}, они оставлены"
    return done, _after(ready, plan.left_out)


def find_unsigned(site: Site, day: dt.date | None) -> tuple[list[UnsignedPerson], Findings]:
    """Return who has not signed yet; with a ``day`` also whose consents have run out.

    Raises:
        UsageError: no such workspace.
    """
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        return [], Findings(ready.name, ready.problems, ready.exit_code)
    plan = make_plan(ready, Wish())
    ready.report(plan.problems)
    return unsigned_people(ready, plan, day, Wish(day=day).today), _after(ready, plan.left_out)


def _after(ready: Ready, left_out: int) -> Findings:
    """Return the findings without warnings, which ``check`` shows, but for sheets that are gone."""
    errors = [problem for problem in ready.problems if problem.is_error]
    return Findings(
        ready.name, [*losses_of(ready), *errors], ExitCode.PARTIAL if left_out else ExitCode.DONE
    )
