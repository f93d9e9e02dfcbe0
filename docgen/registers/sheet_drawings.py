"""What lies over the cells of a sheet: pictures, text boxes, shapes, charts."""

from __future__ import annotations

import functools
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

from openpyxl.packaging.relationship import get_dependents
from openpyxl.xml.constants import DRAWING_NS, REL_NS, SHEET_DRAWING_NS
from openpyxl.xml.functions import fromstring

from docgen.registers.cells_read import Bounds, DamagedBookError, SheetDrawing

_SHEET: Final = f"{{{SHEET_DRAWING_NS}}}"
_DRAWING: Final = f"{{{DRAWING_NS}}}"
_ANCHORS: Final = tuple(f"{_SHEET}{name}Anchor" for name in ("oneCell", "twoCell", "absolute"))
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EMBED: Final = f"{{{REL_NS}}}embed"
_EMU_IN_A_MM: Final = 36_000
_OVERHANG: Final = 2 * _EMU_IN_A_MM
"""How far a picture may reach into the next cell and still be of its own: the hand is unsteady."""
_MOST_DRAWINGS: Final = 500
_MOST_BYTES: Final = 10 << 20

_PICTURE, _CHART = "рисунок", "диаграмма"
_NAMES: Final = {
    f"{_SHEET}pic": _PICTURE,
    f"{_SHEET}graphicFrame": _CHART,
    f"{_SHEET}grpSp": "группа фигур",
    f"{_SHEET}cxnSp": "линия",
    f"{_SHEET}contentPart": "рукописный набросок",
}


def read_drawings(archive: zipfile.ZipFile, part: str) -> tuple[SheetDrawing, ...]:
    """Return what a drawing part puts over its sheet, in its order; hidden things are left out.

    Raises:
        DamagedBookError: when the part is no drawing: its pictures would be lost in silence.
    """
    part = part.lstrip("/")
    names = set(archive.namelist())
    if part not in names:
        return ()
    folder, base = posixpath.split(part)
    listing = f"{folder}/_rels/{base}.rels"
    targets = (
        {one.Id: (one.Target or "").lstrip("/") for one in get_dependents(archive, listing)}
        if listing in names
        else {}
    )
    found = []

    @functools.cache
    def picture_of(key: str) -> bytes:
        # One picture may lie in many places: it is read once.
        name = targets.get(key, "")
        is_small = name in names and archive.getinfo(name).file_size <= _MOST_BYTES
        return archive.read(name) if is_small else b""

    root = fromstring(archive.read(part))
    if root.tag != f"{_SHEET}wsDr":
        raise DamagedBookError(
            "на месте рисунков листа лежит другая часть книги; верните лист из копии или откройте "
            "книгу в Excel и сохраните её заново"
        )
    for anchor in _anchors(root):
        drawing = _drawing(anchor, picture_of)
        if drawing is not None:
            found.append(drawing)
        if len(found) >= _MOST_DRAWINGS:
            break
    return tuple(found)


def _anchors(element: Any) -> Iterator[Any]:
    """Yield the anchors below an element; of alternatives the first."""
    for child in element:
        if child.tag in _ANCHORS:
            yield child
        elif child.tag != _FALLBACK:
            yield from _anchors(child)


def _things(anchor: Any) -> Iterator[Any]:
    """Yield what an anchor holds."""
    for child in anchor:
        if child.tag in _NAMES or child.tag == f"{_SHEET}sp":
            yield child
        elif "}AlternateContent" in str(child.tag) or "}Choice" in str(child.tag):
            yield from _things(child)


def _drawing(anchor: Any, picture_of: Callable[[str], bytes]) -> SheetDrawing | None:
    thing = next(_things(anchor), None)
    if thing is None or _is_hidden(thing):
        return None
    bounds = _bounds(anchor)
    words = " ".join(
        "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t")).strip()
        for paragraph in thing.iter(f"{_DRAWING}p")
    )
    text = " ".join(words.split())
    if thing.tag != f"{_SHEET}pic":
        what = _NAMES.get(thing.tag, "надпись" if text else "фигура")
        return SheetDrawing(what, bounds, text)
    blip = next(thing.iter(f"{_DRAWING}blip"), None)
    picture = picture_of(blip.get(_EMBED, "")) if blip is not None else b""
    if not picture or _is_changed(thing):
        return SheetDrawing(_PICTURE, bounds)
    width, height = _size(anchor, thing)
    return SheetDrawing(_PICTURE, bounds, "", picture, width, height)


def _is_hidden(thing: Any) -> bool:
    named = next(thing.iter(f"{_SHEET}cNvPr"), None)
    return named is not None and named.get("hidden") in ("1", "true")


def _is_changed(picture: Any) -> bool:
    """Whether a picture is cropped, turned or mirrored, so that its file is not what one sees."""
    crop = next(picture.iter(f"{_DRAWING}srcRect"), None)
    place = next(picture.iter(f"{_DRAWING}xfrm"), None)
    is_turned = place is not None and any(
        place.get(key, "0") not in ("0", "false") for key in ("rot", "flipH", "flipV")
    )
    return is_turned or (crop is not None and any(value != "0" for value in crop.attrib.values()))


def _size(anchor: Any, thing: Any) -> tuple[float, float]:
    """Return width and height in mm, or zeros."""
    size = anchor.find(f"{_SHEET}ext")
    if size is None:
        size = next(thing.iter(f"{_DRAWING}ext"), None)
    if size is None:
        return 0, 0
    width, height = (int(size.get(key, "0")) / _EMU_IN_A_MM for key in ("cx", "cy"))
    return (width, height) if width > 0 and height > 0 else (0, 0)


def _bounds(anchor: Any) -> Bounds:
    """Return the first and last cell over which something lies; zeros when it has no cell."""
    left, top = (_cell_at(anchor.find(f"{_SHEET}from"), one) for one in ("col", "row"))
    end = anchor.find(f"{_SHEET}to")
    if end is None:
        return left, top, left, top
    right, bottom = (_cell_at(end, one) for one in ("col", "row"))
    right -= right > left and _offset(end, "colOff") <= _OVERHANG
    bottom -= bottom > top and _offset(end, "rowOff") <= _OVERHANG
    return left, top, right, bottom


def _cell_at(marker: Any, name: str) -> int:
    return 0 if marker is None else int(marker.findtext(f"{_SHEET}{name}", "-1")) + 1


def _offset(marker: Any, name: str) -> int:
    return int(marker.findtext(f"{_SHEET}{name}", "0"))
