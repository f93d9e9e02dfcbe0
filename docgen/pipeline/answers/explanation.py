"""What a run would do and why, what a file was made from, what templates can use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from docgen import plan as planning
from docgen.catalogue import find_root
from docgen.errors import Location, Problem, UsageError
from docgen.model import MadeDocument, PlannedPacket
from docgen.pipeline.answers.plan_states import _packets_of, _state, planned_states
from docgen.pipeline.output import paper_archive
from docgen.pipeline.output.document_files import (
    Room,
    is_edited,
    name_jobs,
    place_frozen,
    take_rendered,
    to_made,
)
from docgen.pipeline.output.ledger import LEDGER_NAME, Ledger, LedgerEntry, read_ledger
from docgen.pipeline.output.places import source_of
from docgen.pipeline.output.privacy import CONTROL_SUFFIX
from docgen.pipeline.products.packet_files import (
    file_names,
    files_of,
    service_room,
    to_requests,
    volume_mark,
)
from docgen.pipeline.products.packet_keys import Keys
from docgen.pipeline.workspace.prepare import Prepared, prepare
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan


def explain_file(path: Path, root: Path | None, out: Path | None) -> list[str]:
    """Return lines that tell from what an output file was made and whether it is up to date.

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
    # What lies beside a paper or a set was made from the same.
    name = source_of(name) or name
    for key, entry in ledger.documents.items():
        if name in {entry.docx, entry.pdf}:
            return _explain_document(key, entry, ledger, workspace, root, output)
    if name in ledger.outputs:
        return _explain_packet(PurePosixPath(name), workspace, root, output)
    message = f"файла «{name}» нет среди собранных; запустите docgen build"
    raise UsageError([Problem("usage", Location(file=name), message)])


def _explain_packet(name: PurePosixPath, workspace: Path, root: Path, output: Path) -> list[str]:
    """Return the papers of a set with their states; the set follows them."""
    prepared = prepare(workspace, root)
    plan = make_plan(prepared, Wish())
    told = planned_states(prepared, plan, Wish(), output)
    states = {one["title"]: one["state"] for one in told["documents"]}
    titles = {one["key"]: one["title"] for one in told["documents"] if one["state"] != "left out"}
    packets = _packets_of(prepared, plan, set(titles), read_ledger(output))
    for planned, file in zip(packets, file_names(packets), strict=True):
        if name.stem.removesuffix(CONTROL_SUFFIX) == file:
            contents = [titles[key] for key in planned.documents]
            mark = volume_mark(planned.volume)
            lines = [f"Комплект: {planned.name}{mark}", "Собран из документов:"]
            lines += [f"  {title}" for title in contents]
            changed = [title for title in contents if states[title] in {"new", "stale"}]
            if changed:
                return [*lines, _STATES["stale"], *(f"  изменится: {title}" for title in changed)]
            return [*lines, *_state_of_set(planned, file, prepared, plan, output)]
    return ["Реестр этого комплекта больше не просит."]


def _state_of_set(
    planned: PlannedPacket, file: str, prepared: Prepared, plan: planning.Plan, output: Path
) -> list[str]:
    """Return the state of a set whose papers are all as they were."""
    workspace = prepared.workspace
    if workspace is None:
        return []
    ledger = read_ledger(output)
    tools = next((entry.tools for entry in ledger.documents.values()), "")
    room = Room(output, prepared.folders.workspace, ledger, None, tools, output)
    request = replace(
        to_requests([planned], _made(planned, prepared, plan, room), workspace)[0], name=file
    )
    names = files_of(request)
    if any(is_edited(name, room) for name in names):
        return [_STATES["edited"], "  исправлен вручную и остаётся как есть"]
    service = service_room(prepared, room)
    if service is None or Keys(room, service.drafts).unchanged(request, names) is not None:
        return [_STATES["up to date"]]
    return [_STATES["stale"], "  изменились обложка, опись, штампы, рассылка или состав комплекта"]


def _made(
    planned: PlannedPacket, prepared: Prepared, plan: planning.Plan, room: Room
) -> list[MadeDocument]:
    """Return the papers of a set as the last build left them."""
    signed = paper_archive.claimed(plan.documents, paper_archive.read_archive(room.workspace))
    made = []
    for job in name_jobs(plan.documents):
        if job.plan.key not in planned.documents:
            continue
        place_frozen(job, signed)
        outcome = render(job.plan, prepared)
        if job.frozen is None and isinstance(outcome, Rendered):
            take_rendered(job, outcome, room)
        made.append(to_made(job, room, has_pdf=(room.output / job.pdf).is_file()))
    return made


def _explain_document(
    key: str, entry: LedgerEntry, ledger: Ledger, workspace: Path, root: Path, output: Path
) -> list[str]:
    places = list(dict.fromkeys(seen.place for seen in entry.seen().values() if seen.place))
    lines = [f"Документ: {entry.docx}", f"Шаблон: {entry.template}.docx", "Прочитаны ячейки:"]
    lines += [f"  {place}" for place in places]
    prepared = prepare(workspace, root)
    plan = make_plan(prepared, Wish())
    for job in name_jobs(plan.documents):
        if job.plan.key == key:
            archive = paper_archive.read_archive(prepared.folders.workspace)
            signed = paper_archive.claimed(plan.documents, archive)
            state, reasons = _state(job, prepared, ledger, signed, output)
            return [*lines, _STATES[state], *(f"  {reason}" for reason in reasons)]
    return [*lines, "Реестр этого документа больше не просит."]


_STATES = {
    "up to date": "Состояние: собран, изменений нет.",
    "stale": "Состояние: устарел и будет собран заново:",
    "new": "Состояние: будет собран:",
    "edited": "Состояние: исправлен вручную:",
    "frozen": "Состояние: подписан, не изменяется.",
    "left out": "Состояние: не может быть собран:",
}
