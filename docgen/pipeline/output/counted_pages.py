"""Page numbers of contents and references: put into a .docx once its PDF shows the pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, StageError, warning
from docgen.ooxml import NOT_COUNTED, page_references, with_pages
from docgen.pages import Place

_MOST_LAYOUTS: Final = 4
"""A number may need another line, and that line another page; most agree the second time."""


def with_known_pages(docx: bytes, path: Path) -> bytes:
    """Return a rendered document with the page numbers of the one that lies there.

    They are a first guess for the new one; if nothing else has changed, the bytes are equal.
    """
    try:
        return with_pages(docx, page_references(path.read_bytes()))
    except (OSError, StageError):
        return docx


def with_right_pages(
    docx: bytes, places: Mapping[str, Place], layouts: int, path: Path
) -> bytes | Problem:
    """Return a document with the pages on which its bookmarks were laid out, or what is wrong.

    Args:
        docx: The document as it was laid out.
        places: The places of its bookmarks.
        layouts: How often it has been laid out.
        path: Where it lies, for problems.
    """
    printed = page_references(docx)
    lost = sorted(name for name in printed if name not in places)
    if lost:
        message = (
            f"на страницах не найдена закладка «{lost[0]}», на которую ссылается документ; "
            "поставьте её в шаблоне заново, вокруг слов"
        )
        return Problem("conversion-failed", Location(file=str(path)), message)
    right = {name: str(places[name].page) for name in printed}
    if right != printed and layouts >= _MOST_LAYOUTS:
        message = (
            "номера страниц в оглавлении и ссылках не сходятся: каждый новый счёт сдвигает "
            "страницы; начните заголовки с новой страницы или уберите ссылку на страницу"
        )
        return Problem("conversion-failed", Location(file=str(path)), message)
    return docx if right == printed else with_pages(docx, right)


def uncounted_pages(path: Path) -> Problem:
    """Return the warning that a document without PDF has no page numbers."""
    return warning(
        "pages-unknown",
        Location(file=str(path)),
        f"в оглавлении и ссылках стоит «{NOT_COUNTED}» вместо номеров страниц: их считает сборка с "
        "PDF; запустите docgen build без --no-pdf",
    )
