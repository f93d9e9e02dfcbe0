"""What an output file was made from, and whether it is up to date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from docgen import plan as planning
from docgen.catalogue import find_root
from docgen.errors import Location, Problem, UsageError
from docgen.model import PlannedPacket
from docgen.pipeline.answers.plan_states import DocumentState, State, planned_packets, state_of
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_view import look_at
from docgen.pipeline.output.closed_years import closed_years
from docgen.pipeline.output.document_files import name_jobs, take_archived, to_made
from docgen.pipeline.output.known_sheets import prepare_whole
from docgen.pipeline.output.ledger import LEDGER_NAME, LedgerEntry, read_ledger
from docgen.pipeline.output.places import source_of
from docgen.pipeline.output.privacy import CONTROL_SUFFIX
from docgen.pipeline.output.store import OutputStore, Verdict
from docgen.pipeline.products.copied_files import copied_files
from docgen.pipeline.products.letterhead_sheets import known_letterheads
from docgen.pipeline.products.packet_files import (
    PacketContext,
    file_names,
    files_of,
    service_drafts,
    to_requests,
    volume_mark,
)
from docgen.pipeline.products.packet_keys import PacketKeys
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import year_in_settings

_STATES = {
    State.UP_TO_DATE: "Состояние: собран, изменений нет.",
    State.STALE: "Состояние: устарел и будет собран заново:",
    State.NEW: "Состояние: будет собран:",
    State.EDITED: "Состояние: исправлен вручную:",
    State.FROZEN: "Состояние: подписан, не изменяется.",
    State.LEFT_OUT: "Состояние: не может быть собран:",
}
_BLOCKED = "Состояние неизвестно: в реестрах или шаблонах ошибки; их покажет docgen check."


def explain_file(path: Path, root: Path | None, out: Path | None) -> list[str]:
    """Return lines that say from what an output file was made and whether it is up to date.

    ``root`` and ``out`` are the options ``--root`` and ``--out`` when they were given.

    Raises:
        UsageError: when the file is no output of a known workspace.
    """
    resolved = path.resolve()
    base = find_root(resolved.parent, root)
    for output in resolved.parents:
        if not (output / LEDGER_NAME).is_file():
            continue
        for workspace in workspaces_of(output, base, out):
            name = resolved.relative_to(output).as_posix()
            return _explain(name, workspace, find_root(workspace, root), output)
    message = f"«{path}» — не готовый документ docgen; укажите файл из папки output"
    raise UsageError([Problem("usage", Location(file=str(path)), message)])


def workspaces_of(output: Path, root: Path, out: Path | None) -> list[Path]:
    """Return the folders of registers that may have this output: in the root, or beside it."""
    found = [root / "registers" / output.name, output.parent.parent / output.name]
    if out is not None:
        found.append(Path.cwd() / output.name)
    return [folder for folder in found if folder.is_dir() and folder != output]


def _explain(name: str, workspace: Path, root: Path, output: Path) -> list[str]:
    ledger = read_ledger(output)
    # What lies beside a document or a packet was made from the same.
    name = source_of(name) or name
    for key, entry in ledger.documents.items():
        if name in {entry.docx, entry.pdf}:
            store = OutputStore(output, ledger, entry.tools)
            return _explain_document(key, entry, workspace, root, store)
    if name in ledger.outputs:
        tools = next((entry.tools for entry in ledger.documents.values()), "")
        store = OutputStore(output, ledger, tools)
        return _explain_packet(PurePosixPath(name), workspace, root, store)
    message = f"файла «{name}» нет среди собранных; запустите docgen build"
    raise UsageError([Problem("usage", Location(file=name), message)])


def _explain_document(
    key: str, entry: LedgerEntry, workspace: Path, root: Path, store: OutputStore
) -> list[str]:
    places = list(dict.fromkeys(seen.place for seen in entry.seen().values() if seen.place))
    lines = [f"Документ: {entry.docx}", f"Шаблон: {entry.template}.docx", "Прочитаны ячейки:"]
    lines += [f"  {place}" for place in places]
    ready = prepare_whole(workspace, root, store.folder)
    if isinstance(ready, Blocked):
        return [*lines, _BLOCKED]
    for one in _states(ready, store, only=key)[1]:
        return [*lines, _STATES[one.state], *(f"  {reason}" for reason in one.reasons)]
    return [*lines, "Реестр этого документа больше не просит."]


def _states(
    ready: Ready, store: OutputStore, *, only: str = ""
) -> tuple[planning.Plan, list[DocumentState]]:
    """Return the plan and the states of its documents, or of the one of that key."""
    plan = make_plan(ready, Wish())
    view = look_at(ready.folders.workspace, ready.folders.shown)
    plan.documents = document_archive.without_covered(plan.documents, view.documents)
    archived = document_archive.archived_by_key(plan.documents, view.documents)
    planned = frozenset(one.key for one in plan.documents)
    closed = closed_years(store, year_in_settings(ready.workspace), planned)
    jobs = [job for job in name_jobs(plan.documents, closed) if not only or job.key == only]
    states = [state_of(job, ready, store, archived) for job in jobs]
    for job in jobs:
        take_archived(job, archived)
    return plan, states


def _explain_packet(
    name: PurePosixPath, workspace: Path, root: Path, store: OutputStore
) -> list[str]:
    """Return lines that name the documents of a packet and the state that follows from theirs."""
    ready = prepare_whole(workspace, root, store.folder)
    if isinstance(ready, Blocked):
        return [_BLOCKED]
    plan, states = _states(ready, store)
    copies = copied_files([one.job for one in states], {}, store)
    packets = planned_packets(ready, plan, states, store, copies)
    stem = name.stem.removesuffix(CONTROL_SUFFIX)
    for planned, file in zip(packets, file_names(packets), strict=True):
        # One whose name an earlier year holds has its own year behind it.
        if re.fullmatch(rf"{re.escape(file)}(?: \(\d{{4}}-\d{{4}}\))?", stem):
            own = [one for one in states if one.job.key in set(planned.documents)]
            return _packet_lines(planned, stem, own, ready, store)
    return ["Реестр этого комплекта больше не просит."]


def _packet_lines(
    planned: PlannedPacket,
    file: str,
    states: Sequence[DocumentState],
    ready: Ready,
    store: OutputStore,
) -> list[str]:
    by_key = {one.job.key: one for one in states}
    contents = [by_key[key] for key in planned.documents]
    lines = [f"Комплект: {planned.name}{volume_mark(planned.volume)}", "Собран из документов:"]
    lines += [f"  {one.title}" for one in contents]
    changed = [one.title for one in contents if one.state in {State.NEW, State.STALE}]
    if changed:
        return [*lines, _STATES[State.STALE], *(f"  изменится: {title}" for title in changed)]
    return [*lines, *_state_of_packet(planned, file, states, ready, store)]


def _state_of_packet(
    planned: PlannedPacket,
    file: str,
    states: Sequence[DocumentState],
    ready: Ready,
    store: OutputStore,
) -> list[str]:
    """Return the state of a packet none of whose documents has changed."""
    made = [to_made(one.job, store, has_pdf=store.is_there(one.job.pdf)) for one in states]
    jobs = [one.job for one in states]
    context = PacketContext(
        copies=copied_files(jobs, {}, store),
        letterheads=known_letterheads(jobs, {one.key: one for one in made}, store),
    )
    request = replace(to_requests([planned], made, ready.workspace, context)[0], name=file)
    names = files_of(request)
    if any(store.verdict(name) not in {Verdict.OURS, Verdict.ABSENT} for name in names):
        return [_STATES[State.EDITED], "  исправлен вручную и остаётся как есть"]
    keys = PacketKeys(store, service_drafts(ready).render)
    if keys.unchanged(request, names) is not None:
        return [_STATES[State.UP_TO_DATE]]
    return [
        _STATES[State.STALE],
        "  изменились обложка, опись, штампы, рассылка или состав комплекта",
    ]
