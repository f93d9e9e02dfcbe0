"""What ``check`` finds: every problem of registers, templates and entries, in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.archive import ARCHIVE, HandedOutSheet, read_handed_out
from docgen.errors import Problem, exit_code_of
from docgen.model import PlannedDocument, Workspace
from docgen.pipeline.answers.forms_sheet import (
    doubtful_form_warnings,
    merge_forms,
    stale_form_warnings,
)
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_states import is_book_older, state_warnings, text_of_signed
from docgen.pipeline.output.archive_view import (
    ArchiveView,
    look_at,
    missing_heads,
    unarchived_problems,
)
from docgen.pipeline.output.built_documents import was_built
from docgen.pipeline.output.found_scans import found_scans
from docgen.pipeline.output.held_sheets import moved_problems, outdated_problems
from docgen.pipeline.output.known_sheets import prepare_whole
from docgen.pipeline.output.ledger import (
    LEDGER_NAME,
    read_known_heads,
    read_ledger,
)
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.workspace.cloud_folders import cloud_warnings
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.reminders import reminders
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.scan_cells import scan_paths
from docgen.pipeline.workspace.template_acts import KnownActs, act_warnings
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.plan import read_signed_sheets
from docgen.problem_codes import ExitCode
from docgen.wording.spelling import UsedForm


def check_workspace(site: Site, day: dt.date | None = None) -> Findings:
    """Return every problem of registers, templates and entries; nothing is written.

    Documents are rendered in memory, so that a missing gender or glyph is found here too. With a
    ``day`` terms are looked at as well.

    Raises:
        UsageError: no such workspace.
    """
    return findings_of(look_at_workspace(site, day))


def look_at_workspace(site: Site, day: dt.date | None = None) -> Ready | Blocked:
    """Return a workspace in whose log stands all that ``check_workspace`` finds.

    Raises:
        UsageError: no such workspace.
    """
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Ready):
        if not (site.output / LEDGER_NAME).exists():
            # The first build says it once more, no other.
            folder = ready.folders.workspace
            ready.report(cloud_warnings(folder, ready.folders.shown(folder)))
        _look_at_documents(ready, Wish(day=day), site.output)
    return ready


def findings_of(ready: Ready | Blocked) -> Findings:
    """Return what was found in a workspace, and the exit code that follows."""
    code = ready.exit_code if isinstance(ready, Blocked) else ExitCode.DONE
    codes = [one for one in (code, exit_code_of(ready.problems)) if one]
    accepted = ready.log.accepted if isinstance(ready, Ready) else []
    return Findings(ready.name, ready.problems, min(codes, default=ExitCode.DONE), accepted)


def _look_at_documents(ready: Ready, wish: Wish, output: Path) -> None:
    """Report what is wrong with the documents that a workspace asks for.

    The ``output`` knows what was built of an order before it was signed.
    """
    plan = make_plan(ready, wish)
    ready.report(plan.problems)
    view = look_at(ready.folders.workspace, ready.folders.shown)
    ready.report(_archive_problems(ready, view, output))
    plan.documents = document_archive.without_covered(plan.documents, view.documents)
    archived = document_archive.archived_by_key(plan.documents, view.documents)
    if not plan.left_out:
        ready.log.forget(text_of_signed(plan.documents, view.documents, ready.workspace))
        ready.report(state_warnings(plan.documents, view.documents, ready.workspace))
    handed_out = read_handed_out(ready.folders.workspace)
    kept = _KeptSheets(archived, handed_out, is_book_older=is_book_older(ready.problems))
    ready.report(read_signed_sheets(plan.documents, ready.workspace, wish.today).problems)
    used: dict[tuple[str, str, str], UsedForm] = {}
    # Of what is signed no form can be mended any more.
    open_forms: dict[tuple[str, str, str], UsedForm] = {}
    said: KnownActs = set()
    for document in plan.documents:
        outcome = render(document, ready)
        if isinstance(outcome, Rendered):
            ready.report(kept.problems(document, outcome, ready.workspace))
            merge_forms(used, outcome.forms)
            if document.key not in archived:
                merge_forms(open_forms, outcome.forms)
                ready.report(act_warnings(document, outcome, said))
        elif document.key not in archived:
            ready.report(outcome)
    known = archived.keys() | view.lost
    ready.report(_unarchived([one for one in plan.documents if one.key not in known], output))
    ready.report(doubtful_form_warnings(_unnoticed(open_forms.values(), ready)))
    ready.report(stale_form_warnings(ready.workspace, used.values()))
    ready.report(reminders(ready, plan, wish, is_book_older=kept.is_book_older))


def _unnoticed(forms: Iterable[UsedForm], ready: Ready) -> Iterator[UsedForm]:
    """Yield forms to look at, but for cells of which it is said that they are in another case."""
    noticed = {one.where for one in ready.problems if one.code == "oblique-form"}
    yield from (one for one in forms if one.where not in noticed)


def _archive_problems(ready: Ready, view: ArchiveView, output: Path) -> Iterator[Problem]:
    """Yield what is wrong with the archive, and what lies in it unasked."""
    folders = ready.folders
    yield from view.problems
    # Few papers have anything beside them, and each named scan is looked up on the disk.
    has_beside = any(one.paper.beside for one in view.documents.values())
    named = set(scan_paths(ready.workspace)) if has_beside else set()
    yield from found_scans(view, named, folders.shown)
    place = folders.shown(folders.workspace / ARCHIVE)
    yield from missing_heads(view, read_known_heads(output), place)


def _unarchived(documents: Sequence[PlannedDocument], output: Path) -> list[Problem]:
    """Return what is wrong with signed documents that are not archived."""
    signed = [one for one in documents if document_archive.has_signed_order(one)]
    if not signed:
        return []
    store = OutputStore(output, read_ledger(output))
    return unarchived_problems([one for one in signed if not was_built(one, store)], store)


@dataclass(frozen=True, slots=True)
class _KeptSheets:
    """What is archived of the planned documents, and what was handed out.

    A book that is older than the archive differs from papers in many places; it is one thing.
    """

    archived: Mapping[str, document_archive.ArchivedDocument]
    handed_out: Mapping[str, tuple[HandedOutSheet, ...]]
    is_book_older: bool

    def problems(
        self, document: PlannedDocument, rendered: Rendered, workspace: Workspace
    ) -> list[Problem]:
        """Return what registers say otherwise than the sheets that people hold."""
        kept = self.archived.get(document.key)
        if kept is not None and self.is_book_older and document.order is not None:
            return []
        if kept is not None:
            return moved_problems(document, kept, rendered, workspace)
        return outdated_problems(document, self.handed_out.get(document.key, ()), rendered)
