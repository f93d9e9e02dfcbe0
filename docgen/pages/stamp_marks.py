"""Marks drawn on pages where nothing else is: found by pdfium, drawn over a copy of the pages."""

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

_NAME: Final = b"/DocgenMark%d"
_STEP: Final = 4.0
_MARGIN: Final = 28.0
_GAP: Final = 3.0
_ASIDE: Final = (0.0, _GAP, 2 * _GAP, 12.0, 24.0, 48.0)
"""How far right of its field a mark may go: a field may begin close to a word."""
_A4: Final = PageSize(595.3, 841.9)


@dataclass(frozen=True, slots=True)
class StampMark:
    """What is to be drawn: the first page of a PDF, as near as can be to a point of a page."""

    pdf: bytes
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _PlacedMark:
    """A mark with the page that has room for it, and how far it is moved to get there."""

    mark: StampMark
    page: int
    right: float
    up: float


def draw_marks(source: Path | bytes, marks: Sequence[StampMark]) -> bytes:
    """Return a copy of the pages with the marks where they cover nothing.

    A mark for which its page has no room goes to a page after the last. What made the file
    a signed one is not copied.

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
        target.put_page(_marked(copier, page, own))
    for number in range(len(file.pages) + 1, max([0, *(one.page for one in drawn)]) + 1):
        own = [one for one in drawn if one.page == number]
        target.put_page({**blank_page(_A4), **_drawing({}, own, [], target)})
    root = put_outline(target, bookmarks_in(file))
    target.finish(to_text(file.get(file.information.get(b"/Title"))), root)
    return stream.getvalue()


# --- where there is room ---------------------------------------------------------------------


def _find_room(source: Path | bytes, marks: Sequence[StampMark], pages: int) -> list[_PlacedMark]:
    """Return where each mark goes: its page, the last, else one after it."""
    found: list[_PlacedMark] = []
    taken: dict[int, list[Box]] = {}
    with opened(source) as document:
        for mark in marks:
            with opened(mark.pdf) as picture:
                ink = _around(ink_on(picture[0]))
            for number in chain(dict.fromkeys((mark.page, pages)), count(pages + 1)):
                page = document[number - 1] if number <= pages else None
                size = page.get_size() if page is not None else (_A4.width, _A4.height)
                taken.setdefault(number, ink_on(page) if page is not None else [])
                spot = _spot(mark, ink, taken[number], size)
                if spot is not None or number > pages + len(marks):
                    break
            x, y = spot or (mark.x, mark.y)
            found.append(_PlacedMark(mark, number, x - ink[0], y - ink[1]))
            taken[number].append(_moved(ink, x, y))
    return found


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _moved(box: Box, x: float, y: float) -> Box:
    return x, y, x + box[2] - box[0], y + box[3] - box[1]


def _spot(
    mark: StampMark, ink: Box, taken: Sequence[Box], size: tuple[float, float]
) -> tuple[float, float] | None:
    """Return the free corner nearest to where the mark belongs, by height before side."""
    width, height = ink[2] - ink[0], ink[3] - ink[1]
    highest = size[1] - _MARGIN - height
    right = size[0] - _MARGIN - width
    if right < _MARGIN or highest < _MARGIN:
        return None
    # A field among text gets its mark there, not in the margin beside it.
    edge = max((one[2] for one in taken), default=0.0)
    right = min(right, edge - width) if mark.x < edge and edge - width > _MARGIN else right
    rows = [_MARGIN + _STEP * step for step in range(int((highest - _MARGIN) / _STEP) + 1)]
    sides = [min(max(mark.x + aside, _MARGIN), right) for aside in _ASIDE]
    sides = [*dict.fromkeys([*sides, right, _MARGIN * 3])]
    for y in [mark.y, *sorted(rows, key=lambda one: abs(one - mark.y))]:
        for x in sides:
            box = _moved(ink, x, min(max(y, _MARGIN), highest))
            if x <= right and not any(_touches(box, one) for one in taken):
                return box[0], box[1]
    return None


def _touches(box: Box, other: Box) -> bool:
    return (
        box[0] - _GAP < other[2]
        and box[2] + _GAP > other[0]
        and box[1] - _GAP < other[3]
        and box[3] + _GAP > other[1]
    )


# --- drawing ---------------------------------------------------------------------------------


def _marked(copier: Copier, page: Page, own: Sequence[_PlacedMark]) -> dict[bytes, bytes]:
    fields = copier.page(page)
    if not own:
        return fields
    file, target = copier.source, copier.target
    middle = [int(copier.copy(one).split()[0]) for one in file.contents(page)]
    kinds = copier.resources(page)
    known = _forms_of(file, page, copier)
    return {**fields, **_drawing(kinds, own, middle, target, known)}


def _forms_of(file: PlainFile, page: Page, copier: Copier) -> dict[bytes, bytes]:
    forms = file.fields(file.fields(page.fields.get(b"/Resources")).get(b"/XObject"))
    return {name: copier.spell(value) for name, value in forms.items()}


def _drawing(
    kinds: Mapping[bytes, bytes],
    own: Sequence[_PlacedMark],
    middle: Sequence[int],
    target: PdfTarget,
    known: Mapping[bytes, bytes] | None = None,
) -> dict[bytes, bytes]:
    """Return contents and resources of a page that draws marks after its own."""
    forms = dict(known or {})
    lines = [b"\nQ"]
    for number, one in enumerate(own, start=1):
        stamp = open_plain(one.mark.pdf)
        form = put_form(copier_of(stamp, target), stamp.pages[0])
        if form is not None:
            forms[_NAME % number] = reference(form)
            lines.append(b"q 1 0 0 1 %.2f %.2f cm %s Do Q" % (one.right, one.up, _NAME % number))
    before, after = (
        target.put_shared(b"<</Length %d>>" % len(data), data)
        for data in (b"q\n", b"\n".join([*lines, b""]))
    )
    return {
        b"/Resources": dictionary({**kinds, b"/XObject": dictionary(forms)}),
        b"/Contents": references([before, *middle, after]),
    }
