"""Numbers of pages and sheets that a .docx prints: put into it once its PDF shows the pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, StageError, warning
from docgen.ooxml import ENCLOSURE, NOT_COUNTED, SHEETS, page_references, with_pages
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
    docx: bytes, places: Mapping[str, Place], layouts: int, path: Path, *, pages: int = 0
) -> bytes | Problem:
    """Return a document with the pages on which its bookmarks were laid out, or what is wrong.

    Args:
        docx: The document as it was laid out.
        places: The places of its bookmarks.
        layouts: How often it has been laid out.
        path: Where it lies, for problems.
        pages: How many it has, for the sheets of its last enclosure.
    """
    printed = page_references(docx)
    lost = sorted(target for name in printed if (target := _target_of(name)) not in places)
    if lost:
        message = (
            f"на страницах не найдена закладка «{lost[0]}», на которую ссылается документ; "
            "поставьте её в шаблоне заново, вокруг слов"
        )
        return Problem("conversion-failed", Location(file=str(path)), message)
    right = {name: str(_number_of(name, places, pages)) for name in printed}
    if right != printed and layouts >= _MOST_LAYOUTS:
        message = (
            "номера страниц в оглавлении и ссылках не сходятся: каждый новый счёт сдвигает "
            "страницы; начните заголовки с новой страницы или уберите ссылку на страницу"
        )
        return Problem("conversion-failed", Location(file=str(path)), message)
    return docx if right == printed else with_pages(docx, right)


def _target_of(name: str) -> str:
    """Return the bookmark whose page a number depends on."""
    return f"{ENCLOSURE}{name.removeprefix(SHEETS)}" if name.startswith(SHEETS) else name


def _number_of(name: str, places: Mapping[str, Place], pages: int) -> int:
    """Return the page of a bookmark, or on how many an enclosure is: one page is one sheet."""
    first = places[_target_of(name)].page
    if not name.startswith(SHEETS):
        return first
    later = [
        place.page
        for other, place in places.items()
        if other.startswith(ENCLOSURE) and place.page > first
    ]
    return min(later, default=max(pages, first) + 1) - first


def uncounted_pages(path: Path) -> Problem:
    """Return the warning that a document without PDF has no page numbers, or no sheets."""
    missing = f"в оглавлении и ссылках стоит «{NOT_COUNTED}» вместо номеров страниц: их считает"
    if all(name.startswith(SHEETS) for name in page_references(path.read_bytes())):
        missing = "вместо числа листов приложения стоит черта: его считает"
    return warning(
        "pages-unknown",
        Location(file=str(path)),
        f"{missing} сборка с PDF; запустите docgen build без --no-pdf",
    )
