"""Which sheets were printed, and which of them a later build has changed.

``printed.json`` in the output folder keeps a fingerprint of every page as it was when the clerk
said that it was printed; a page that draws the same is the same, whatever was built in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.errors import Location, Problem, UsageError
from docgen.files import atomic_write, ensure_writable, folder_lock
from docgen.pages import BrokenPdfError, page_prints
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.places import Site
from docgen.pipeline.products.packet_files import is_printed_on_both_sides
from docgen.pipeline.workspace.prepare import prepare_registers
from docgen.pipeline.workspace.readiness import Blocked

PRINTED: Final = "printed.json"


@dataclass(frozen=True, slots=True)
class Reprint:
    """The sheets of one document to print again; sheets count from 1.

    ``wanted`` are sheets to print, ``useless`` those beyond its end; ``sheets`` is how many it has
    now, 0 when it is no longer made.
    """

    title: str
    sheets: int
    wanted: tuple[int, ...]
    useless: tuple[int, ...] = ()
    is_new: bool = False


def mark_as_printed(site: Site) -> int:
    """Mark all documents of the output as printed; return their number.

    Raises:
        UsageError: when nothing is built there.
    """
    output = ensure_writable(site.output)
    with folder_lock(output):
        documents = _documents(output)
        notes = {"sides": _sides(site), "documents": documents}
        text = json.dumps(notes, ensure_ascii=False, indent=1) + "\n"
        atomic_write(output / PRINTED, text.encode("utf-8"), mode=0o600)
    return len(documents)


def is_marked_as_printed(site: Site) -> bool:
    """Return whether documents of this output have been marked as printed."""
    return (site.output / PRINTED).is_file()


def sheets_to_reprint(site: Site) -> list[Reprint]:
    """Return the documents with sheets to print again after a build, unchanged ones left out.

    Raises:
        UsageError: when nothing is built there, or nothing was noted as printed.
    """
    output = site.output
    sides, now = _sides(site), _documents(output)
    try:
        notes = json.loads((output / PRINTED).read_text("utf-8"))
        before: Mapping[str, Any] = notes["documents"] if notes["sides"] == sides else {}
        gone = [one["title"] for key, one in notes["documents"].items() if key not in now]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = (
            "не отмечено, что напечатано; после печати запустите: docgen printed, "
            "а если нужно напечатать всё — печатайте комплекты"
        )
        raise UsageError([Problem("usage", Location(file=str(output / PRINTED)), message)]) from (
            error
        )
    found = [*_changed(before, now, sides), *(Reprint(title, 0, ()) for title in gone)]
    return [one for one in found if one.wanted or one.useless or not one.sheets]


def _changed(before: Mapping[str, Any], now: Mapping[str, Any], sides: int) -> Iterator[Reprint]:
    for key, one in now.items():
        known = before.get(key)
        old, new = known["pages"] if known else [], one["pages"]
        sheets, had = -(-len(new) // sides), -(-len(old) // sides)
        yield Reprint(
            one["title"],
            sheets,
            tuple(_differing(old, new, sides)),
            tuple(range(sheets + 1, had + 1)),
            is_new=known is None,
        )


def _differing(old: Sequence[str], new: Sequence[str], sides: int) -> Iterator[int]:
    """Yield the numbers of sheets that differ from the printed ones, added sides included."""
    for sheet, first in enumerate(range(0, len(new), sides), start=1):
        if old[first : first + sides] != new[first : first + sides]:
            yield sheet


def _sides(site: Site) -> int:
    workspace = prepare_registers(site.folder, site.root)
    if isinstance(workspace, Blocked):
        message = "реестры не читаются; исправьте ошибки: docgen check"
        raise UsageError([Problem("usage", Location(file=str(site.folder)), message)])
    return 2 if is_printed_on_both_sides(workspace) else 1


def _documents(output: Path) -> dict[str, dict[str, Any]]:
    """Return title and page fingerprints of every document in the output, by its key."""
    made = [one for one in read_manifest(output)["documents"] if one["pdf"]]
    if not made:
        message = "здесь ещё нет готовых PDF; соберите их: docgen build"
        raise UsageError([Problem("usage", Location(file=str(output)), message)])
    try:
        return {
            one["key"]: {"title": one["title"], "pages": _prints(output / _printed_pdf(one))}
            for one in made
        }
    except (BrokenPdfError, OSError) as error:
        message = "не все PDF на месте и целы; соберите их заново: docgen build"
        raise UsageError([Problem("usage", Location(file=str(output)), message)]) from error


def _printed_pdf(entry: Mapping[str, Any]) -> str:
    """Return the PDF whose sheets are printed: on paper with a head that without its own."""
    return str((entry.get("letterhead") or entry)["pdf"])


def _prints(pdf: Path) -> list[str]:
    return [
        hashlib.sha256(one.drawing + repr(one.box).encode()).hexdigest()[:32]
        for one in page_prints(pdf)
    ]
