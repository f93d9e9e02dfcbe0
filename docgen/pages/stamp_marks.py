"""Visible marks of signatures: free room found through pdfium, drawn on a copy of the pages."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Final

from docgen.pages.bookmarks import bookmarks_in
from docgen.pages.objects_read import Page, PlainFile, open_plain
from docgen.pages.objects_write import Copier, PdfTarget, copier_of, put_outline
from docgen.pages.page_writer import blank_page, put_form
from docgen.pages.signature_fields import Box, ink_on
from docgen.pages.syntax import dictionary, reference, references, to_text
from docgen.pages.viewer import PageSize, opened

_MARK_NAME: Final = b"/DocgenMark%d"
_SEARCH_STEP_PT: Final = 4.0
_PAGE_MARGIN_PT: Final = 28.0
_GAP_PT: Final = 3.0
_SHIFTS_RIGHT_PT: Final = (0.0, _GAP_PT, 2 * _GAP_PT, 12.0, 24.0, 48.0)
"""How far right of its point a mark may go: a field may begin close to a word."""
_A4: Final = PageSize(595.3, 841.9)


@dataclass(frozen=True, slots=True)
class StampMark:
    """What to draw: the first page of a PDF, as near as possible to a point of a page."""

    pdf: bytes
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _PlacedMark:
    """A mark with the page that has room for it, and how far it is moved right and up."""

    mark: StampMark
    page: int
    right: float
    up: float


def draw_marks(source: Path | bytes, marks: Sequence[StampMark]) -> bytes:
    """Return a copy of the pages with the marks drawn where they cover nothing.

    A mark for which its page has no room goes to the last page, else to one after it. Signatures
    are not copied.

    Raises:
        BrokenPdfError: when a PDF cannot be read.
    """
    file = open_plain(source)
    drawn = _find_room(source, marks, len(file.pages))
    stream = io.BytesIO()
    target = PdfTarget(stream)
    copier = copier_of(file, target)
    for number, page in enumerate(file.pages, start=1):
        own = [one for one in drawn if one.page == number]
        target.put_page(_with_marks(copier, page, own))
    for number in range(len(file.pages) + 1, max([0, *(one.page for one in drawn)]) + 1):
        own = [one for one in drawn if one.page == number]
        target.put_page({**blank_page(_A4), **_contents_with_marks({}, own, [], target)})
    root = put_outline(target, bookmarks_in(file))
    target.finish(to_text(file.get(file.information.get(b"/Title"))), root)
    return stream.getvalue()


# --- where there is room ---------------------------------------------------------------------


def _find_room(source: Path | bytes, marks: Sequence[StampMark], pages: int) -> list[_PlacedMark]:
    """Return the place of each mark: on its page, on the last, else on one after it."""
    found: list[_PlacedMark] = []
    taken: dict[int, list[Box]] = {}
    with opened(source) as document:
        for mark in marks:
            with opened(mark.pdf) as picture:
                ink = _bounds(ink_on(picture[0]))
            for number in chain(dict.fromkeys((mark.page, pages)), count(pages + 1)):
                page = document[number - 1] if number <= pages else None
                size = page.get_size() if page is not None else (_A4.width, _A4.height)
                taken.setdefault(number, ink_on(page) if page is not None else [])
                spot = _free_corner(mark, ink, taken[number], size)
                if spot is not None or number > pages + len(marks):
                    break
            x, y = spot or (mark.x, mark.y)
            found.append(_PlacedMark(mark, number, x - ink[0], y - ink[1]))
            taken[number].append(_moved(ink, x, y))
    return found


def _bounds(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _moved(box: Box, x: float, y: float) -> Box:
    return x, y, x + box[2] - box[0], y + box[3] - box[1]


def _free_corner(
    mark: StampMark, ink: Box, taken: Sequence[Box], size: tuple[float, float]
) -> tuple[float, float] | None:
    """Return the free corner nearest to the mark's point, comparing heights first."""
    width, height = ink[2] - ink[0], ink[3] - ink[1]
    highest = size[1] - _PAGE_MARGIN_PT - height
    right = size[0] - _PAGE_MARGIN_PT - width
    if right < _PAGE_MARGIN_PT or highest < _PAGE_MARGIN_PT:
        return None
    # A field among text gets its mark there, not in the margin beside it.
    edge = max((one[2] for one in taken), default=0.0)
    right = min(right, edge - width) if mark.x < edge and edge - width > _PAGE_MARGIN_PT else right
    rows = [
        _PAGE_MARGIN_PT + _SEARCH_STEP_PT * step
        for step in range(int((highest - _PAGE_MARGIN_PT) / _SEARCH_STEP_PT) + 1)
    ]
    sides = [min(max(mark.x + aside, _PAGE_MARGIN_PT), right) for aside in _SHIFTS_RIGHT_PT]
    sides = [*dict.fromkeys([*sides, right, _PAGE_MARGIN_PT * 3])]
    for y in [mark.y, *sorted(rows, key=lambda one: abs(one - mark.y))]:
        for x in sides:
            box = _moved(ink, x, min(max(y, _PAGE_MARGIN_PT), highest))
            if x <= right and not any(_touches(box, one) for one in taken):
                return box[0], box[1]
    return None


def _touches(box: Box, other: Box) -> bool:
    return (
        box[0] - _GAP_PT < other[2]
        and box[2] + _GAP_PT > other[0]
        and box[1] - _GAP_PT < other[3]
        and box[3] + _GAP_PT > other[1]
    )


# --- drawing ---------------------------------------------------------------------------------


def _with_marks(copier: Copier, page: Page, own: Sequence[_PlacedMark]) -> dict[bytes, bytes]:
    fields = copier.page(page)
    if not own:
        return fields
    file, target = copier.source, copier.target
    middle = [int(copier.copy(one).split()[0]) for one in file.contents(page)]
    kinds = copier.resources(page)
    known = _forms_of(file, page, copier)
    return {**fields, **_contents_with_marks(kinds, own, middle, target, known)}


def _forms_of(file: PlainFile, page: Page, copier: Copier) -> dict[bytes, bytes]:
    forms = file.fields(file.fields(page.fields.get(b"/Resources")).get(b"/XObject"))
    return {name: copier.spell(value) for name, value in forms.items()}


def _contents_with_marks(
    kinds: Mapping[bytes, bytes],
    own: Sequence[_PlacedMark],
    middle: Sequence[int],
    target: PdfTarget,
    known: Mapping[bytes, bytes] | None = None,
) -> dict[bytes, bytes]:
    """Return contents and resources of a page that draws marks over its own contents."""
    forms = dict(known or {})
    lines = [b"\nQ"]
    for number, one in enumerate(own, start=1):
        stamp = open_plain(one.mark.pdf)
        form = put_form(copier_of(stamp, target), stamp.pages[0])
        if form is not None:
            forms[_MARK_NAME % number] = reference(form)
            lines.append(
                b"q 1 0 0 1 %.2f %.2f cm %s Do Q" % (one.right, one.up, _MARK_NAME % number)
            )
    before, after = (
        target.put_shared(b"<</Length %d>>" % len(data), data)
        for data in (b"q\n", b"\n".join([*lines, b""]))
    )
    return {
        b"/Resources": dictionary({**kinds, b"/XObject": dictionary(forms)}),
        b"/Contents": references([before, *middle, after]),
    }
