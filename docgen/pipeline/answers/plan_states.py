"""What a build would do with each planned document, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen import plan as planning
from docgen.errors import ExitCode
from docgen.model import PlannedPacket
from docgen.pipeline.output import paper_archive
from docgen.pipeline.output.archive_changes import differences
from docgen.pipeline.output.document_files import (
    DocumentJob,
    name_jobs,
)
from docgen.pipeline.output.ledger import Ledger, LedgerEntry, is_pending, is_untouched, read_ledger
from docgen.pipeline.output.places import Checked, Site
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.products.packet_files import (
    in_volumes,
    volume_mark,
)
from docgen.pipeline.workspace.prepare import Prepared, prepare
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.signature_register import (
    consent_warnings,
)
from docgen.pipeline.workspace.wish import Wish, make_plan, without_absent


def planned_states(
    prepared: Prepared, plan: planning.Plan, wish: Wish, output: Path
) -> dict[str, list[dict[str, Any]]]:
    """Return planned documents with state and reasons, and sets, as ``plan --json`` tells them."""
    ledger = read_ledger(output)
    archive = paper_archive.read_archive(prepared.folders.workspace)
    signed = paper_archive.claimed(plan.documents, archive)
    if prepared.workspace is not None and not (wish.is_selective or plan.left_out):
        prepared.report(paper_archive.astray(plan.documents, archive, prepared.workspace))
    jobs = [job for job in name_jobs(plan.documents) if wish.wants(job.plan)]
    documents = [_planned_state(job, prepared, ledger, signed, output) for job in jobs]
    titles = {one["key"]: one["title"] for one in documents if one["state"] != "left out"}
    packets = [
        {
            "name": one.name + volume_mark(one.volume),
            "contents": [titles[key] for key in one.documents],
        }
        for one in _packets_of(prepared, plan, set(titles), ledger)
    ]
    return {"documents": documents, "packets": packets}


def _packets_of(
    prepared: Prepared, plan: planning.Plan, ready: set[str], ledger: Ledger
) -> list[PlannedPacket]:
    """Return the sets, in volumes as far as the pages of their papers are known by now."""
    if prepared.workspace is None:
        return []
    planned = planning.plan_packets(plan.documents, prepared.packets, prepared.workspace)
    there = [one for item in planned if (one := without_absent(item, ready)).documents]
    pages = {key: entry.pages for key, entry in ledger.documents.items() if entry.pages}
    return in_volumes(there, pages, prepared.workspace)


def _planned_state(
    job: DocumentJob,
    prepared: Prepared,
    ledger: Ledger,
    signed: Mapping[str, paper_archive.Frozen],
    output: Path,
) -> dict[str, Any]:
    state, reasons = _state(job, prepared, ledger, signed, output)
    return {
        "kind": job.plan.kind.name,
        "catalogue": list(job.plan.kind.catalogue),
        "key": job.plan.key,
        "title": job.plan.title,
        "output": job.docx,
        "state": state,
        "reasons": reasons,
    }


def _state(
    job: DocumentJob,
    prepared: Prepared,
    ledger: Ledger,
    signed: Mapping[str, paper_archive.Frozen],
    output: Path,
) -> tuple[str, list[str]]:
    outcome = render(job.plan, prepared)
    if not isinstance(outcome, Rendered):
        prepared.report(outcome)
        return "left out", [str(problem) for problem in outcome] or ["строка реестра с ошибкой"]
    kept = signed.get(job.plan.key)
    if kept is not None and prepared.workspace is not None:
        differing = differences(kept, outcome.reads, job.plan.kind, prepared.workspace)
        prepared.report(differing)
        return "frozen", [problem.message for problem in differing]
    path = output / job.docx
    entry = ledger.documents.get(job.plan.key)
    if entry is None or not path.is_file():
        return "new", ["ещё не собран"]
    if is_signed_pdf(output / job.pdf):
        return "frozen", ["PDF подписан электронной подписью"]
    is_ours = job.docx not in ledger.edited and is_untouched(path, ledger.outputs.get(job.docx))
    if not is_ours and not is_pending(ledger, job.docx, path):
        return "edited", ["исправлен вручную и остаётся как есть"]
    reasons = reasons_of(ledger, entry, outcome, path)
    return ("stale", reasons) if reasons else ("up to date", [])


def reasons_of(ledger: Ledger, entry: LedgerEntry, rendered: Rendered, path: Path) -> list[str]:
    """Return why a made document would be made again; nothing when it would not."""
    changed = [f"изменилось: {place}" for place in ledger.changed(entry, rendered.reads)]
    if path.read_bytes() == rendered.docx:
        return []
    return changed or ["изменился шаблон, стиль или сама программа"]


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
