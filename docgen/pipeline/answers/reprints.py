"""What was printed, and which sheets a later build makes useless: the others need no new paper.

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
from docgen.pipeline.workspace.prepare import Blocked, prepare_registers

PRINTED: Final = "printed.json"


@dataclass(frozen=True, slots=True)
class Reprint:
    """What is to be done with a paper that was printed, or should be; sheets count from 1.

    ``wanted`` are sheets to print, ``useless`` those beyond its end; ``sheets`` is how many it has
    now, 0 when it is no longer made.
    """

    title: str
    sheets: int
    wanted: tuple[int, ...]
    useless: tuple[int, ...] = ()
    is_new: bool = False


def note_printed(site: Site) -> int:
    """Note all papers as they lie in the output as printed; return how many.

    Raises:
        UsageError: when nothing is built there.
    """
    output = ensure_writable(site.output)
    with folder_lock(output):
        papers = _papers(output)
        notes = {"sides": _sides(site), "documents": papers}
        text = json.dumps(notes, ensure_ascii=False, indent=1) + "\n"
        atomic_write(output / PRINTED, text.encode("utf-8"), mode=0o600)
    return len(papers)


def is_noted(site: Site) -> bool:
    """Return whether papers of this output have been noted as printed."""
    return (site.output / PRINTED).is_file()


def reprints(site: Site) -> list[Reprint]:
    """Return what is to be printed anew after a build; papers that are as printed are left out.

    Raises:
        UsageError: when nothing is built there, or nothing was noted as printed.
    """
    output = site.output
    sides, now = _sides(site), _papers(output)
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
    """Yield the sheets that print something else than before, a side less or more included."""
    for sheet, first in enumerate(range(0, len(new), sides), start=1):
        if old[first : first + sides] != new[first : first + sides]:
            yield sheet


def _sides(site: Site) -> int:
    workspace = prepare_registers(site.folder, site.root)
    if isinstance(workspace, Blocked):
        message = "реестры не читаются; исправьте ошибки: docgen check"
        raise UsageError([Problem("usage", Location(file=str(site.folder)), message)])
    return 2 if is_printed_on_both_sides(workspace) else 1


def _papers(output: Path) -> dict[str, dict[str, Any]]:
    """Return title and fingerprints of pages of every paper in the output, by its key."""
    made = [one for one in read_manifest(output)["documents"] if one["pdf"]]
    if not made:
        message = "здесь ещё нет готовых PDF; соберите их: docgen build"
        raise UsageError([Problem("usage", Location(file=str(output)), message)])
    try:
        return {
            one["key"]: {"title": one["title"], "pages": _prints(output / one["pdf"])}
            for one in made
        }
    except (BrokenPdfError, OSError) as error:
        message = "не все PDF на месте и целы; соберите их заново: docgen build"
        raise UsageError([Problem("usage", Location(file=str(output)), message)]) from error


def _prints(pdf: Path) -> list[str]:
    return [
        hashlib.sha256(one.drawing + repr(one.box).encode()).hexdigest()[:32]
        for one in page_prints(pdf)
    ]
