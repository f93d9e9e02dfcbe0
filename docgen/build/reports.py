"""What a run would do and why, what a file was made from, what templates can use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from docgen import plan as planning
from docgen.build import frozen
from docgen.build.changes import differences
from docgen.build.making import (
    Job,
    Room,
    is_edited,
    name_jobs,
    place_frozen,
    take_rendered,
    to_made,
)
from docgen.build.places import source_of
from docgen.build.privacy import CONTROL_SUFFIX
from docgen.build.rendering import Rendered, render
from docgen.build.reuse import Keys
from docgen.build.running import make_plan, without_absent
from docgen.build.sealed import is_signed_pdf
from docgen.build.sets import (
    file_names,
    files_of,
    in_volumes,
    service_room,
    to_requests,
    volume_mark,
)
from docgen.build.state import Wish
from docgen.build.workspaces import Prepared, prepare, prepare_templates
from docgen.catalogue import find_root
from docgen.errors import Location, Problem, UsageError
from docgen.fonts import find_font
from docgen.ledger import LEDGER_NAME, Entry, Ledger, is_pending, is_untouched, read_ledger
from docgen.model import MadeDocument, PlannedPacket


def planned_states(
    prepared: Prepared, plan: planning.Plan, wish: Wish, output: Path
) -> dict[str, list[dict[str, Any]]]:
    """Return planned documents with state and reasons, and sets, as ``plan --json`` tells them."""
    ledger = read_ledger(output)
    archive = frozen.read_archive(prepared.folders.workspace)
    signed = frozen.claimed(plan.documents, archive)
    if prepared.workspace is not None and not (wish.is_selective or plan.left_out):
        prepared.report(frozen.astray(plan.documents, archive, prepared.workspace))
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
    job: Job,
    prepared: Prepared,
    ledger: Ledger,
    signed: Mapping[str, frozen.Frozen],
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
    job: Job,
    prepared: Prepared,
    ledger: Ledger,
    signed: Mapping[str, frozen.Frozen],
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


def reasons_of(ledger: Ledger, entry: Entry, rendered: Rendered, path: Path) -> list[str]:
    """Return why a made document would be made again; nothing when it would not."""
    changed = [f"изменилось: {place}" for place in ledger.changed(entry, rendered.reads)]
    if path.read_bytes() == rendered.docx:
        return []
    return changed or ["изменился шаблон, стиль или сама программа"]


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
    signed = frozen.claimed(plan.documents, frozen.read_archive(room.workspace))
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
    key: str, entry: Entry, ledger: Ledger, workspace: Path, root: Path, output: Path
) -> list[str]:
    places = list(dict.fromkeys(seen.place for seen in entry.seen().values() if seen.place))
    lines = [f"Документ: {entry.docx}", f"Шаблон: {entry.template}.docx", "Прочитаны ячейки:"]
    lines += [f"  {place}" for place in places]
    prepared = prepare(workspace, root)
    plan = make_plan(prepared, Wish())
    for job in name_jobs(plan.documents):
        if job.plan.key == key:
            archive = frozen.read_archive(prepared.folders.workspace)
            signed = frozen.claimed(plan.documents, archive)
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


def describe_kinds(folder: Path, root: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return every kind with its registers, variables, fonts and health, and what is wrong.

    ``folder`` is a workspace with kinds of its own, or any folder without.
    """
    prepared = prepare_templates(folder, root)
    faults = {problem.where.file for problem in prepared.problems if problem.is_error}
    described = []
    for name, kind in sorted(prepared.kinds.items()):
        library = prepared.library
        shown = prepared.folders.shown(kind.template)
        described.append(
            {
                "kind": name,
                "title": kind.title,
                "register": kind.register,
                "catalogue": list(kind.catalogue),
                "retention": kind.retention,
                "template": shown,
                "variables": sorted(library.variables(name)) if library else [],
                "fonts": [_font(family) for family in prepared.families],
                "health": "ошибки" if shown in faults else "в порядке",
            }
        )
    return described, prepared.problems


def _font(family: str) -> str:
    font = find_font(family)
    if font is None:
        return f"{family}: не установлен"
    return f"{family} → {font.family}" if font.is_substitute else family
