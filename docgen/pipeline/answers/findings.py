"""What ``check`` finds: every problem of registers, templates and entries, in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from docgen.errors import ExitCode, Problem, exit_code_of
from docgen.model import PlannedDocument, Workspace
from docgen.pipeline.answers.forms_sheet import doubtful, merge_forms, stale
from docgen.pipeline.output import paper_archive
from docgen.pipeline.output.archive_changes import differences
from docgen.pipeline.output.places import Checked, Site
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.signature_register import (
    consent_warnings,
    lapsed,
)
from docgen.pipeline.workspace.terms import overdue
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording.spelling import UsedForm


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
        archive = paper_archive.read_archive(prepared.folders.workspace)
        signed = paper_archive.claimed(plan.documents, archive)
        if not plan.left_out:
            prepared.report(paper_archive.astray(plan.documents, archive, prepared.workspace))
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
    signed: Mapping[str, paper_archive.Frozen],
) -> list[Problem]:
    if isinstance(outcome, list):
        return outcome
    kept = signed.get(document.key)
    return differences(kept, outcome.reads, document.kind, workspace) if kept else []
