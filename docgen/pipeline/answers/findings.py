"""What ``check`` finds: every problem of registers, templates and entries, in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from docgen.errors import ExitCode, Problem, exit_code_of
from docgen.model import PlannedDocument, Workspace
from docgen.pipeline.answers.forms_sheet import (
    doubtful_form_warnings,
    merge_forms,
    stale_form_warnings,
)
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_changes import differences
from docgen.pipeline.output.known_sheets import lost_sheet_warnings
from docgen.pipeline.output.ledger import read_known_sheets
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.signature_register import (
    consent_warnings,
    lapsed_warnings,
)
from docgen.pipeline.workspace.terms import overdue_warnings
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording.spelling import UsedForm


def check_workspace(site: Site, day: dt.date | None = None) -> Findings:
    """Return every problem of registers, templates and entries; nothing is written.

    Documents are rendered in memory, so that a missing gender or glyph is found here too. With a
    ``day`` terms are looked at as well.

    Raises:
        UsageError: no such workspace, a damaged archive.
    """
    ready = prepare(site.folder, site.root)
    if isinstance(ready, Ready):
        ready.report(lost_sheet_warnings(ready, read_known_sheets(site.output)))
        _look_at_documents(ready, day)
    code = ready.exit_code if isinstance(ready, Blocked) else ExitCode.DONE
    codes = [one for one in (code, exit_code_of(ready.problems)) if one]
    return Findings(ready.name, ready.problems, min(codes, default=ExitCode.DONE))


def _look_at_documents(ready: Ready, day: dt.date | None) -> None:
    """Report what is wrong with the documents that a workspace asks for."""
    plan = make_plan(ready, Wish())
    ready.report(plan.problems)
    archive = document_archive.read_archive(ready.folders.workspace)
    archived = document_archive.archived_by_key(plan.documents, archive)
    if not plan.left_out:
        ready.report(document_archive.archive_warnings(plan.documents, archive, ready.workspace))
    used: dict[tuple[str, str, str], UsedForm] = {}
    for document in plan.documents:
        outcome = render(document, ready)
        ready.report(_problems_of(document, outcome, ready.workspace, archived))
        merge_forms(used, outcome.forms if isinstance(outcome, Rendered) else ())
    ready.report(doubtful_form_warnings(used.values()))
    ready.report(stale_form_warnings(ready.workspace, used.values()))
    ready.report(consent_warnings(ready, plan))
    if day is not None:
        ready.report(overdue_warnings(ready.workspace, day))
        ready.report(lapsed_warnings(ready, plan, day))


def _problems_of(
    document: PlannedDocument,
    outcome: Rendered | list[Problem],
    workspace: Workspace,
    archived: Mapping[str, document_archive.ArchivedDocument],
) -> list[Problem]:
    if isinstance(outcome, list):
        return outcome
    kept = archived.get(document.key)
    return differences(kept, outcome.reads, document.kind, workspace) if kept else []
