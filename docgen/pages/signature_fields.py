"""Empty signature fields: where they cover no text, how they are written and read back.

Any program can sign in them. A field shows nothing: the visible mark of a signature is drawn on a
copy, once the signature is there.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from pypdfium2 import raw as pdfium

from docgen.pages.bookmarks import bookmarks_in, places_in
from docgen.pages.objects_read import open_plain
from docgen.pages.objects_write import PdfTarget, copier_of, put_outline, put_places
from docgen.pages.syntax import dictionary, reference, references, string, to_number, to_text
from docgen.pages.viewer import opened

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_HEIGHTS_PT: Final = (36.0, 30.0, 24.0, 20.0, 16.0, 12.0, 9.0)
_GOOD_WIDTH_PT, _MOST_WIDTH_PT, _LEAST_WIDTH_PT = 60.0, 170.0, 6.0
_ABOVE_LINE_PT, _BESIDE_TEXT_PT = 1.0, 2.0
_RIGHT_MARGIN_PT: Final = 28.0
_THINNEST_FRAME_PT: Final = 3.0
_FLAG_PRINT: Final = b"4"
_SIGNATURES_EXIST: Final = b"1"


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A field to sign in: its name, unique in the file, its tooltip, its page and box."""

    name: str
    hint: str
    page: int
    box: Box


def free_boxes(source: Path | bytes, places: Sequence[tuple[int, float, float]]) -> list[Box]:
    """Return for each place (page, x, y of a line to sign on) a box above it that covers nothing.

    Boxes keep off text, drawn lines and each other. Where there is no room the box has no size: a
    signature there is invisible.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    boxes: list[Box] = []
    with opened(source) as document:
        for page_number, group in _by_page(places).items():
            page = document[page_number - 1]
            taken = ink_on(page)
            right = page.get_width() - _RIGHT_MARGIN_PT
            for number in group:
                _, x, y = places[number]
                others = [_smallest_box_at(*places[one][1:]) for one in group if one != number]
                box = _best_box(x + _BESIDE_TEXT_PT, y + _ABOVE_LINE_PT, right, [*taken, *others])
                taken.append(box)
                boxes.append(box)
            page.close()
    order = [number for group in _by_page(places).values() for number in group]
    return [box for _, box in sorted(zip(order, boxes, strict=True))]


def _by_page(places: Sequence[tuple[int, float, float]]) -> dict[int, list[int]]:
    """Return the indexes of places by page, the lowest first: a box grows upwards."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(range(len(places)), key=lambda one: places[one][2]):
        found[places[number][0]].append(number)
    return dict(found)


def _smallest_box_at(x: float, y: float) -> Box:
    """Return the smallest box at a place, which boxes below must leave free."""
    return x, y, x + _LEAST_WIDTH_PT, y + _HEIGHTS_PT[-1]


def _best_box(x: float, y: float, right: float, taken: Sequence[Box]) -> Box:
    """Return the tallest box that is wide enough, else the widest."""
    widths = {height: _free_width((x, y, right, y + height), taken) for height in _HEIGHTS_PT}
    good = [height for height, width in widths.items() if width >= _GOOD_WIDTH_PT]
    height = good[0] if good else max(_HEIGHTS_PT, key=lambda one: widths[one])
    if widths[height] < _LEAST_WIDTH_PT:
        return (round(x, 2), round(y, 2), round(x, 2), round(y, 2))
    width = min(widths[height], _MOST_WIDTH_PT)
    return (round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2))


def _free_width(room: Box, taken: Sequence[Box]) -> float:
    """Return the free width from the left side of a room to the nearest taken box."""
    left, bottom, right, top = room
    in_the_way = [
        max(one[0] - _BESIDE_TEXT_PT, left)
        for one in taken
        if one[1] < top and one[3] > bottom and one[2] > left
    ]
    return min([right, *in_the_way]) - left


def ink_on(page: Any) -> list[Box]:
    """Return the boxes of what is printed on a pdfium page: letters and drawn lines."""
    return [*_letters(page), *_lines(page)]


def _letters(page: Any) -> Iterator[Box]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(text, index)).strip():
            yield text.get_charbox(index)
    text.close()


def _lines(page: Any) -> Iterator[Box]:
    """Yield the drawn lines; a frame is no line, since a box may lie inside of it."""
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(shape, *sides):
            left, bottom, right, top = (one.value for one in sides)
            if min(right - left, top - bottom) < _THINNEST_FRAME_PT:
                yield left, bottom, right, top


def signature_field_boxes(source: Path | bytes) -> dict[str, tuple[int, Box]]:
    """Return page and box of each signature field by its name.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    file = open_plain(source)
    found = {}
    for number, page in enumerate(file.pages, start=1):
        for note in file.items(page.fields.get(b"/Annots")):
            fields = file.fields(note)
            sides = [to_number(file.get(one)) for one in file.items(fields.get(b"/Rect"))]
            if file.get(fields.get(b"/FT")) == b"/Sig" and len(sides) == 4:
                name = to_text(file.get(fields.get(b"/T")))
                found[name] = (number, (sides[0], sides[1], sides[2], sides[3]))
    return found


def add_signature_fields(source: Path | bytes, fields: Sequence[SignatureField]) -> bytes:
    """Return the PDF rewritten with empty signature fields; same fields, same bytes.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    file, stream = open_plain(source), io.BytesIO()
    target = PdfTarget(stream)
    copier = copier_of(file, target)
    numbers = target.take(len(file.pages))
    widgets = dict(zip(fields, range(target.take(len(fields)), target.free), strict=True))
    for index, page in enumerate(file.pages):
        page_fields = copier.page(page)
        own = [number for field, number in widgets.items() if field.page == index + 1]
        if own:
            links = page_fields.get(b"/Annots", b"[]")[1:-1]
            page_fields[b"/Annots"] = b"[%s]" % b" ".join(
                [*([links] if links else []), references(own)[1:-1]]
            )
        target.put_page(page_fields, numbers + index)
    for field, number in widgets.items():
        target.put(number, _widget(field, target, numbers + field.page - 1))
    form = {b"/Fields": references([*widgets.values()]), b"/SigFlags": _SIGNATURES_EXIST}
    places = places_in(file)
    root = {**put_places(target, places), **put_outline(target, bookmarks_in(file))}
    title = to_text(file.get(file.information.get(b"/Title")))
    target.finish(title, {**root, b"/AcroForm": dictionary(form)} if fields else root)
    return stream.getvalue()


def _widget(field: SignatureField, target: PdfTarget, page: int) -> bytes:
    """Return a field merged with its widget; PDF/A requires an appearance, here an empty one."""
    left, bottom, right, top = field.box
    appearance = {
        b"/Type": b"/XObject",
        b"/Subtype": b"/Form",
        b"/BBox": b"[0 0 %r %r]" % (round(right - left, 2), round(top - bottom, 2)),
        b"/Resources": b"<<>>",
        b"/Length": b"0",
    }
    widget = {
        b"/Type": b"/Annot",
        b"/Subtype": b"/Widget",
        b"/FT": b"/Sig",
        b"/T": string(field.name),
        b"/TU": string(field.hint),
        b"/F": _FLAG_PRINT,
        b"/Rect": b"[%r %r %r %r]" % field.box,
        b"/P": reference(page),
        b"/AP": dictionary({b"/N": reference(target.put_shared(dictionary(appearance), b""))}),
    }
    return dictionary(widget)
