"""Which files may be deleted: leftovers of killed runs always, what can be made again on request.

Never touched: registers, the archive's papers, what a person edited, and whatever is signed, by a
signature inside, a .sig beside, or the state of its order. Copies that show a signature and notes
of what was printed stay too: a person asked for them, and no build makes them again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.errors import Location, Problem, UsageError
from docgen.files import (
    atomic_write,
    find_abandoned_folders,
    find_leftovers,
    folder_lock,
    unwritable_error,
)
from docgen.pipeline.answers.reprints import PRINTED
from docgen.pipeline.output.ledger import (
    LEDGER_NAME,
    is_pending,
    read_ledger,
    stamp_output,
    write_ledger,
)
from docgen.pipeline.output.manifest import MANIFEST, SIDE_KINDS, read_manifest, side_path
from docgen.pipeline.output.places import Site
from docgen.pipeline.output.signed_files import SIGNATURE_SUFFIXES, STAMPED, is_signed_pdf
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.products import originals
from docgen.registers import workbook_paths

SIGNED = "подписан"
FROZEN = "подписан и не переделывается"
EDITED = "исправлен вручную"
SIGNATURE = "электронная подпись"
STAMP = "копия с отметкой об ЭП: сборка её не делает; не нужна — удалите сами"
NOTE = "отметка о напечатанном: docgen printed"
STRANGE = "не из этой сборки: docgen его не делал"


@dataclass(slots=True)
class CleanedFiles:
    """Accumulates what was removed, or would be, and what was kept with the reason."""

    removed: list[Path] = field(default_factory=list)
    kept: list[tuple[Path, str]] = field(default_factory=list)


def clean_workspace(site: Site, *, has_outputs: bool, is_dry: bool) -> CleanedFiles:
    """Remove leftovers of killed runs and, with ``has_outputs``, what can be made again.

    Leftovers are also electronic originals that nobody has signed and no paper claims.

    Raises:
        UsageError: no such workspace, another build at work, a file that cannot be removed.
    """
    if not site.folder.is_dir() or not workbook_paths(site.folder):
        message = (
            f"в папке «{site.folder}» нет реестров; назовите рабочую папку, а не папку готового"
        )
        raise UsageError([Problem("usage", Location(file=str(site.folder)), message)])
    cleaned = CleanedFiles()
    _remove(find_leftovers(site.folder), cleaned, is_dry=is_dry)
    if not site.output.is_dir():
        return cleaned
    output = site.output.resolve()
    with folder_lock(output):
        _remove(find_leftovers(output), cleaned, is_dry=is_dry)
        store = OutputStore(output, read_ledger(output))
        if has_outputs:
            _clean_outputs(store, cleaned, is_dry=is_dry)
        else:
            _clean_originals(store, cleaned, is_dry=is_dry)
    return cleaned


def clean_temporary_folders(*, is_dry: bool) -> CleanedFiles:
    """Remove the working folders that killed runs left among the temporary files.

    Raises:
        UsageError: a folder that cannot be removed.
    """
    cleaned = CleanedFiles()
    _remove(find_abandoned_folders(), cleaned, is_dry=is_dry)
    return cleaned


def _remove(paths: Iterable[Path], cleaned: CleanedFiles, *, is_dry: bool) -> None:
    for path in paths:
        if not is_dry:
            try:
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise unwritable_error(path, error) from error
        cleaned.removed.append(path)


# --- finished papers -------------------------------------------------------------------------


def _clean_originals(store: OutputStore, cleaned: CleanedFiles, *, is_dry: bool) -> None:
    """Remove unsigned originals of documents that are gone, so that nobody signs an old version."""
    manifest = read_manifest(store.folder)
    claimed = {one["original"]["pdf"] for one in manifest["documents"] if one.get("original")}
    kept = _reasons_to_keep(store, manifest)
    doomed = {
        name
        for name in _own_files(store) - claimed - {*kept}
        if name.startswith(f"{originals.FOLDER}/")
    }
    _remove([store.folder / name for name in sorted(doomed)], cleaned, is_dry=is_dry)
    if doomed and not is_dry:
        _drop_empty(store.folder / originals.FOLDER)
        _forget(store, doomed, has_kept=True)


def _clean_outputs(store: OutputStore, cleaned: CleanedFiles, *, is_dry: bool) -> None:
    """Remove documents and packets that a build makes again; ledger and manifest follow."""
    output, manifest = store.folder, read_manifest(store.folder)
    reasons = _reasons_to_keep(store, manifest)
    doomed = sorted(_own_files(store) - {*reasons})
    _remove([output / name for name in doomed], cleaned, is_dry=is_dry)
    known = {*doomed, *reasons, MANIFEST, LEDGER_NAME}
    strange = {name: _nature_of(name) for name in _files_of(output) if name not in known}
    cleaned.kept += [(output / name, why) for name, why in sorted((reasons | strange).items())]
    if is_dry:
        return
    for folder in {name.partition("/")[0] for name in doomed}:
        _drop_empty(output / folder)
    _forget(store, {*doomed}, has_kept=bool(reasons))


def _nature_of(name: str) -> str:
    """Return why a file that no build made is kept, in Russian."""
    if name.endswith(SIGNATURE_SUFFIXES):
        return SIGNATURE
    if name.endswith(f"{STAMPED}.pdf"):
        return STAMP
    return NOTE if name == PRINTED else STRANGE


def _files_of(output: Path) -> list[str]:
    """Return every file but locks and leftovers."""
    return [
        path.relative_to(output).as_posix()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".docgen")
    ]


def _own_files(store: OutputStore) -> set[str]:
    """Return the documents and packets that docgen left, those of a killed build too."""
    ledger, output = store.ledger, store.folder
    pending = {name for name in ledger.pending if is_pending(ledger, name, output / name)}
    return {name for name in {*ledger.outputs, *pending} if (output / name).is_file()} - {MANIFEST}


def _reasons_to_keep(
    store: OutputStore, manifest: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, str]:
    """Return the files that are kept, each with its reason in Russian."""
    names = _own_files(store)
    reasons = {name: EDITED for name in names if store.is_changed(name)}
    for one in manifest["documents"]:
        pair = [name for name in (one["docx"], one["pdf"]) if name in names]
        beside = [(one.get(kind) or {}).get("pdf") for kind in ("original", "personnel")]
        if any(name and is_signed_pdf(store.folder / name) for name in (one["pdf"], *beside)):
            # Its .docx is what was signed, in a form that can be read years later.
            reasons |= dict.fromkeys(pair, SIGNED)
        elif one.get("frozen"):
            tagged = str((one.get("personnel") or {}).get("pdf"))
            reasons |= dict.fromkeys([*pair, *({tagged} & names)], FROZEN)
    for name in names:
        if is_signed_pdf(store.folder / name):
            reasons[name] = SIGNED
    return reasons


def _drop_empty(folder: Path) -> None:
    """Remove folders that hold nothing, from the inside out."""
    if not folder.is_dir():
        return
    inner = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for one in [*inner, folder]:
        with contextlib.suppress(OSError):
            one.rmdir()


def _forget(store: OutputStore, doomed: set[str], *, has_kept: bool) -> None:
    """Keep in ledger and manifest what was not removed; delete both if everything was."""
    output, ledger = store.folder, store.ledger
    if not has_kept:
        for name in (MANIFEST, LEDGER_NAME):
            (output / name).unlink(missing_ok=True)
        return
    for name in doomed:
        if name in ledger.outputs:
            del ledger.outputs[name]
    ledger.is_complete = False
    path = output / MANIFEST
    if path.is_file():
        manifest = json.loads(path.read_text("utf-8"))
        manifest["documents"] = [
            _without(one, doomed) for one in manifest["documents"] if one["docx"] not in doomed
        ]
        manifest["packets"] = [one for one in manifest["packets"] if one["pdf"] not in doomed]
        for one in [*manifest["documents"], *manifest["packets"]]:
            gone = [kind for kind in SIDE_KINDS if one.get(kind) and side_path(one[kind]) in doomed]
            one.update(dict.fromkeys(gone))
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        atomic_write(path, text.encode("utf-8"), mode=path.stat().st_mode & 0o777)
        ledger.outputs[MANIFEST] = stamp_output(path)
    write_ledger(output, ledger)


def _without(entry: dict[str, Any], doomed: set[str]) -> dict[str, Any]:
    """Return a document's manifest entry without its PDF if that is gone."""
    if entry["pdf"] in doomed:
        entry["pdf"] = entry["sha256"]["pdf"] = None
    return entry
