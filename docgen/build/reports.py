"""What a run would do and why, what a file was made from, what templates can use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.build import frozen
from docgen.build.making import Job, name_jobs
from docgen.build.rendering import Rendered, render
from docgen.build.running import Wish, make_plan
from docgen.build.workspaces import Prepared, prepare
from docgen.errors import Location, Problem, UsageError
from docgen.fonts import find_font
from docgen.ledger import Entry, Ledger, is_untouched, read_ledger


def planned_state(
    job: Job,
    prepared: Prepared,
    ledger: Ledger,
    archive: Mapping[str, frozen.Frozen],
    output: Path,
) -> dict[str, Any]:
    """Return one planned document as ``plan --json`` tells it."""
    state, reasons = _state(job, prepared, ledger, archive, output)
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
    archive: Mapping[str, frozen.Frozen],
    output: Path,
) -> tuple[str, list[str]]:
    outcome = render(job.plan, prepared)
    if not isinstance(outcome, Rendered):
        prepared.report(outcome)
        return "left out", [str(problem) for problem in outcome] or ["строка реестра с ошибкой"]
    kept = archive.get(job.plan.key)
    if kept is not None and frozen.is_frozen_state(job.plan) and prepared.workspace is not None:
        differing = frozen.differences(kept, outcome.reads, job.plan.kind, prepared.workspace)
        prepared.report(differing)
        return "frozen", [problem.message for problem in differing]
    entry = ledger.documents.get(job.plan.key)
    path = output / job.docx
    if entry is None or not path.is_file():
        return "new", ["ещё не собран"]
    if job.docx in ledger.edited or not is_untouched(path, ledger.outputs.get(job.docx)):
        return "edited", ["исправлен вручную и остаётся как есть"]
    reasons = reasons_of(ledger, entry, outcome, path)
    return ("stale", reasons) if reasons else ("up to date", [])


def reasons_of(ledger: Ledger, entry: Entry, rendered: Rendered, path: Path) -> list[str]:
    """Return why a made document would be made again; nothing when it would not."""
    changed = [f"изменилось: {place}" for place in ledger.changed(entry, rendered.reads)]
    if path.read_bytes() == rendered.docx:
        return []
    return changed or ["изменился шаблон, стиль или сама программа"]


def explain_file(path: Path, root: Path, out: Path | None) -> list[str]:
    """Return lines that tell from what an output file was made and whether it is up to date.

    Raises:
        UsageError: when the file is no output of a known workspace.
    """
    resolved = path.resolve()
    for workspace in _workspaces_of(resolved, root, out):
        output = workspace[1].resolve()
        if resolved.is_relative_to(output):
            return _explain(resolved.relative_to(output).as_posix(), workspace[0], root, output)
    message = f"«{path}» — не готовый документ docgen; укажите файл из папки output"
    raise UsageError([Problem("usage", Location(file=str(path)), message)])


def _workspaces_of(path: Path, root: Path, out: Path | None) -> list[tuple[Path, Path]]:
    base = out or root / "output"
    found = [
        (folder, base / folder.name)
        for folder in sorted((root / "registers").glob("*"))
        if folder.is_dir()
    ]
    # A workspace outside the root keeps its output beside itself.
    found += [
        (parent.parent.parent / parent.name, parent)
        for parent in path.parents
        if parent.parent.name == "output"
    ]
    return found


def _explain(name: str, workspace: Path, root: Path, output: Path) -> list[str]:
    ledger = read_ledger(output)
    for key, entry in ledger.documents.items():
        if name in {entry.docx, entry.pdf}:
            return _explain_document(key, entry, ledger, workspace, root, output)
    if name in ledger.outputs:
        return ["Комплект: собран из документов, перечисленных в его описи."]
    message = f"файла «{name}» нет среди собранных; запустите docgen build"
    raise UsageError([Problem("usage", Location(file=name), message)])


def _explain_document(
    key: str, entry: Entry, ledger: Ledger, workspace: Path, root: Path, output: Path
) -> list[str]:
    places = list(dict.fromkeys(seen.place for seen in entry.reads.values() if seen.place))
    lines = [f"Документ: {entry.docx}", f"Шаблон: {entry.template}.docx", "Прочитаны ячейки:"]
    lines += [f"  {place}" for place in places]
    prepared = prepare(workspace, root)
    plan = make_plan(prepared, Wish())
    for job in name_jobs(plan.documents):
        if job.plan.key == key:
            archive = frozen.read_archive(prepared.folders.workspace)
            state, reasons = _state(job, prepared, ledger, archive, output)
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


def describe_kinds(folder: Path, root: Path) -> list[dict[str, Any]]:
    """Return every kind with its registers, variables and health, and the fonts in use."""
    prepared = prepare(folder, root)
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
                "template": shown,
                "variables": sorted(library.variables(name)) if library else [],
                "fonts": [_font(family) for family in prepared.families],
                "health": "ошибки" if shown in faults else "в порядке",
            }
        )
    return described


def _font(family: str) -> str:
    font = find_font(family)
    if font is None:
        return f"{family}: не установлен"
    return f"{family} → {font.family}" if font.is_substitute else family
