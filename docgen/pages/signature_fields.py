"""Fields of signature: empty ones put where they cover no text, so that any program can sign there.

A field has no look of its own: what is seen of a signature is made on a copy, once it is there.
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

_HEIGHTS: Final = (36.0, 30.0, 24.0, 20.0, 16.0, 12.0, 9.0)
_GOOD_WIDTH, _MOST_WIDTH, _LEAST_WIDTH = 60.0, 170.0, 6.0
_ABOVE_LINE, _BESIDE = 1.0, 2.0
_RIGHT_MARGIN: Final = 28.0
_THIN: Final = 3.0
_PRINTED: Final = b"4"
_HAS_FIELDS: Final = b"1"


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A field to sign in: its name, unique in the file, what a reader shows of it, where it is."""

    name: str
    hint: str
    page: int
    box: Box


def free_boxes(source: Path | bytes, places: Sequence[tuple[int, float, float]]) -> list[Box]:
    """Return for each line (page, where it begins, its height) a box above it without any text.

    Boxes keep off lines that are drawn, and off each other. Where there is no room the box has no
    size: a signature there is not seen.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    boxes: list[Box] = []
    with opened(source) as document:
        for page_number, group in _by_page(places).items():
            page = document[page_number - 1]
            taken = ink_on(page)
            right = page.get_width() - _RIGHT_MARGIN
            for number in group:
                _, x, y = places[number]
                others = [_room_at(*places[one][1:]) for one in group if one != number]
                box = _widest(x + _BESIDE, y + _ABOVE_LINE, right, [*taken, *others])
                taken.append(box)
                boxes.append(box)
            page.close()
    order = [number for group in _by_page(places).values() for number in group]
    return [box for _, box in sorted(zip(order, boxes, strict=True))]


def _by_page(places: Sequence[tuple[int, float, float]]) -> dict[int, list[int]]:
    """Return which places are on each page, the lowest first: a box grows upwards."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(range(len(places)), key=lambda one: places[one][2]):
        found[places[number][0]].append(number)
    return dict(found)


def _room_at(x: float, y: float) -> Box:
    """Return the least that a box at a place takes, to be left free by those below."""
    return x, y, x + _LEAST_WIDTH, y + _HEIGHTS[-1]


def _widest(x: float, y: float, right: float, taken: Sequence[Box]) -> Box:
    """Return the highest box that is wide enough, else the widest."""
    widths = {height: _free_width((x, y, right, y + height), taken) for height in _HEIGHTS}
    good = [height for height, width in widths.items() if width >= _GOOD_WIDTH]
    height = good[0] if good else max(_HEIGHTS, key=lambda one: widths[one])
    if widths[height] < _LEAST_WIDTH:
        return (round(x, 2), round(y, 2), round(x, 2), round(y, 2))
    width = min(widths[height], _MOST_WIDTH)
    return (round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2))


def _free_width(room: Box, taken: Sequence[Box]) -> float:
    """Return how far to the right nothing is in the way."""
    left, bottom, right, top = room
    in_the_way = [
        max(one[0] - _BESIDE, left)
        for one in taken
        if one[1] < top and one[3] > bottom and one[2] > left
    ]
    return min([right, *in_the_way]) - left


def ink_on(page: Any) -> list[Box]:
    """Return what is printed on a page of pdfium's: letters and rules."""
    return [*_letters(page), *_lines(page)]


def _letters(page: Any) -> Iterator[Box]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(text, index)).strip():
            yield text.get_charbox(index)
    text.close()


def _lines(page: Any) -> Iterator[Box]:
    """Yield the lines that are drawn; a frame stands around a box, a rule does not."""
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(shape, *sides):
            left, bottom, right, top = (one.value for one in sides)
            if min(right - left, top - bottom) < _THIN:
                yield left, bottom, right, top


def text_in(source: Path | bytes, page_number: int, box: Box) -> str:
    """Return the text that a box on a page covers."""
    with opened(source) as document:
        page = document[page_number - 1]
        text = page.get_textpage()
        found = str(text.get_text_bounded(*box))
        text.close()
        page.close()
    return found


def signature_field_boxes(source: Path | bytes) -> dict[str, tuple[int, Box]]:
    """Return page and box of each field of signature by its name.

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
    """Return the PDF written anew with empty fields of signature; same fields, same bytes.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    file, stream = open_plain(source), io.BytesIO()
    target = PdfTarget(stream)
    copier = copier_of(file, target)
    numbers = target.take(len(file.pages))
    widgets = dict(zip(fields, range(target.take(len(fields)), target.free), strict=True))
    for index, page in enumerate(file.pages):
        told = copier.page(page)
        own = [number for field, number in widgets.items() if field.page == index + 1]
        if own:
            links = told.get(b"/Annots", b"[]")[1:-1]
            told[b"/Annots"] = b"[%s]" % b" ".join(
                [*([links] if links else []), references(own)[1:-1]]
            )
        target.put_page(told, numbers + index)
    for field, number in widgets.items():
        target.put(number, _widget(field, target, numbers + field.page - 1))
    form = {b"/Fields": references([*widgets.values()]), b"/SigFlags": _HAS_FIELDS}
    places = places_in(file)
    root = {**put_places(target, places), **put_outline(target, bookmarks_in(file))}
    title = to_text(file.get(file.information.get(b"/Title")))
    target.finish(title, {**root, b"/AcroForm": dictionary(form)} if fields else root)
    return stream.getvalue()


def _widget(field: SignatureField, target: PdfTarget, page: int) -> bytes:
    """Return a field that is at once its own widget; PDF/A wants a look of it, an empty one."""
    left, bottom, right, top = field.box
    look = {
        b"/Type": b"/XObject",
        b"/Subtype": b"/Form",
        b"/BBox": b"[0 0 %r %r]" % (round(right - left, 2), round(top - bottom, 2)),
        b"/Resources": b"<<>>",
        b"/Length": b"0",
    }
    told = {
        b"/Type": b"/Annot",
        b"/Subtype": b"/Widget",
        b"/FT": b"/Sig",
        b"/T": string(field.name),
        b"/TU": string(field.hint),
        b"/F": _PRINTED,
        b"/Rect": b"[%r %r %r %r]" % field.box,
        b"/P": reference(page),
        b"/AP": dictionary({b"/N": reference(target.put_shared(dictionary(look), b""))}),
    }
    return dictionary(told)
