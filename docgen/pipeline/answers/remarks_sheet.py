"""The sheet of remarks beside the registers, on which people accept what does not matter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docgen import registers
from docgen.errors import Location, Problem, UsageError
from docgen.model.columns import REMARKS
from docgen.pipeline.answers.findings import findings_of, look_at_workspace
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.workspace.accepted_remarks import RemarkPlaces, is_acceptable, remark_places
from docgen.pipeline.workspace.readiness import Blocked
from docgen.registers import RemarkRow


def note_remarks(site: Site, day: dt.date | None = None) -> tuple[Path | None, Findings]:
    """Check a workspace, and write or renew its sheet of remarks; None for one that cannot start.

    Raises:
        UsageError: no such workspace, no register of remarks among the schemas, or Excel or
            LibreOffice holds the sheet.
    """
    ready = look_at_workspace(site, day)
    found = findings_of(ready)
    if isinstance(ready, Blocked):
        return None, found
    schema = ready.schemas.get(REMARKS)
    if schema is None:
        message = f"среди описаний реестров нет «{REMARKS}.toml»; верните его"
        raise UsageError([Problem("usage", Location(), message)])
    places = remark_places(ready.workspace, ready.folders.shown)
    problems = sorted((*found.problems, *found.accepted), key=lambda one: one.rank)
    rows = [_row(one, places) for one in problems]
    path = ready.folders.workspace / schema.workbook
    return registers.write_remarks(
        path, schema, list({one.key: one for one in rows}.values())
    ), found


def _row(problem: Problem, places: RemarkPlaces) -> RemarkRow:
    return RemarkRow(places.key(problem), problem.sentence, is_acceptable(problem))
