"""Scans that somebody has put into the folders of papers by hand: offered, never taken unasked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from docgen.archive import SCAN
from docgen.errors import Location, Problem, warning
from docgen.pipeline.output.archive_view import ArchiveView
from docgen.pipeline.output.document_archive import ArchivedDocument

_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})


def found_scans(
    view: ArchiveView, named: Collection[Path], shown: Callable[[Path], str]
) -> Iterator[Problem]:
    """Yield a note for each paper of an order in whose folder a scan lies that no cell names.

    ``named`` are the files that cells of «Скан» name.
    """
    for archived in view.documents.values():
        files = [one for one in archived.paper.beside if _is_new(one, archived, named)]
        if files and archived.order:
            first = files[0]
            more = f" и ещё {len(files) - 1}" if len(files) > 1 else ""
            is_picture = first.suffix.casefold() in _PICTURES
            first_step = "сохраните его в PDF и впишите" if is_picture else "впишите его"
            message = (
                f"«{archived.title}»: в папке бумаги лежит «{first.name}»{more}: принять как скан? "
                f"{first_step} в столбец «Скан»"
            )
            where = Location(file=shown(archived.paper.folder))
            yield warning("scan-found", where, message)


def _is_new(path: Path, archived: ArchivedDocument, named: Collection[Path]) -> bool:
    if path.suffix.casefold() not in _PICTURES | {".pdf"} or path.resolve() in named:
        return False
    kept = archived.paper.record.files.get(SCAN)
    return kept is None or path.stat().st_size != kept.size
