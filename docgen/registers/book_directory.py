"""Where a book says which sheets it has: its contents, their relations, the types of its parts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from docgen.registers.merged_styles import longer_list
from docgen.registers.sheet_map import Span, bare_name, elements_of, from_utf8, to_utf8
from docgen.registers.sheet_patch import Edit, applied

CONTENTS: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
TYPES: Final = "[Content_Types].xml"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_NAMES: Final = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)
"""What the standard wants behind the names of a book, in this order."""


_POSITION: Final = re.compile(r'localSheetId="\d+"')


@dataclass(frozen=True, slots=True)
class NewPart:
    """A new sheet as a book lists it: title, part, parts of its comments, names beside it."""

    title: str
    name: str
    is_hidden: bool
    comments: str
    drawing: str
    names: Sequence[str]

    @property
    def relations(self) -> str:
        """The part that leads from the sheet to its comments."""
        folder, name = posixpath.split(self.name)
        return f"{folder}/_rels/{name}.rels"

    def related(self) -> bytes:
        """Return what stands in that part."""
        return (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Type="{_RELATED}/comments" Target="/{self.comments}" Id="comments"/>'
            f'<Relationship Type="{_RELATED}/vmlDrawing" Target="/{self.drawing}" Id="anysvml"/>'
            "</Relationships>"
        ).encode()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a book in UTF-8 with the elements that it has, by their paths in it."""

    data: bytes
    encoding: str
    spans: Mapping[tuple[str, ...], Sequence[Span]]

    @classmethod
    def of(cls, part: bytes) -> _Part:
        data, encoding = to_utf8(part)
        spans: dict[tuple[str, ...], list[Span]] = {}
        for path, span in elements_of(data):
            # Relations and types are in namespaces of their own, which only their names repeat.
            spans.setdefault(tuple(bare_name(name) for name in path), []).append(span)
        return cls(data, encoding, spans)

    def first(self, *path: str) -> Span:
        return self.spans[path][0]

    def all(self, *path: str) -> Sequence[Span]:
        return self.spans.get(path, ())

    def changed(self, edits: Sequence[Edit]) -> bytes:
        return from_utf8(applied(self.data, edits), self.encoding)


def is_closed_to_sheets(part: bytes) -> bool:
    """Return whether a person has closed a book to new sheets, given the part of its contents."""
    found = _Part.of(part).all("workbook", "workbookProtection")
    return any(one.attributes.get("lockStructure", "0") in {"1", "true"} for one in found)


def listed_parts(
    contents: bytes, relations: bytes, types: bytes, new: Sequence[NewPart]
) -> dict[str, bytes]:
    """Return the parts that list the sheets of a book, the new ones behind the others."""
    book, related, typed = (_Part.of(part) for part in (contents, relations, types))
    taken = {one.attributes.get("Id", "") for one in related.all("Relationships", "Relationship")}
    ids = _free_ids(taken, len(new))
    prefix = related.first("Relationships").prefix
    links = "".join(
        f'<{prefix}Relationship Id="{key}" Type="{_RELATED}/worksheet" Target="/{one.name}"/>'
        for key, one in zip(ids, new, strict=True)
    )
    at = related.first("Relationships").closing
    return {
        CONTENTS: book.changed([*_contents_edits(book, new, ids)]),
        RELATIONS: related.changed([Edit(at, at, links.encode())]),
        TYPES: typed.changed([*_types_edits(typed, new)]),
    }


def _free_ids(taken: set[str], count: int) -> list[str]:
    numbers = (number for number in range(1, len(taken) + count + 1))
    free = [key for number in numbers if (key := f"rIdDocgen{number}") not in taken]
    return free[:count]


def _contents_edits(book: _Part, new: Sequence[NewPart], ids: Sequence[str]) -> Iterator[Edit]:
    sheets = book.first("workbook", "sheets")
    before = book.all("workbook", "sheets", "sheet")
    number = max(int(one.attributes.get("sheetId", "0")) for one in before)
    tags = []
    for shift, (key, one) in enumerate(zip(ids, new, strict=True), start=1):
        state = ' state="hidden"' if one.is_hidden else ""
        tags.append(
            f"<{sheets.prefix}sheet name={quoteattr(one.title)} "
            f'sheetId="{number + shift}"{state} xmlns:r="{_RELATED}" r:id="{key}"/>'
        )
    yield Edit(sheets.closing, sheets.closing, "".join(tags).encode())
    yield from _names_edits(book, new, len(before))
    yield from _reckoning_edit(book)


def _names_edits(book: _Part, new: Sequence[NewPart], shift: int) -> Iterator[Edit]:
    """Yield the edit that adds the names of new sheets: they are known by the place of a sheet."""
    names = [_placed(name, shift + number) for number, one in enumerate(new) for name in one.names]
    if not names:
        return
    root = book.first("workbook")
    inner = "".join(names).replace("<definedName", f"<{root.prefix}definedName")
    inner = inner.replace("</definedName", f"</{root.prefix}definedName")
    for span in book.all("workbook", "definedNames"):
        yield from longer_list(book.data, span, inner.encode(), 0)
        return
    at = _place_before(book, _AFTER_NAMES)
    tag = f"{root.prefix}definedNames"
    yield Edit(at, at, f"<{tag}>{inner}</{tag}>".encode())


def _placed(name: str, position: int) -> str:
    return _POSITION.sub(f'localSheetId="{position}"', name, count=1)


def _place_before(book: _Part, later: Sequence[str]) -> int:
    root = book.first("workbook")
    starts = [span.start for name in later for span in book.all("workbook", name)]
    return min(starts, default=root.closing)


def _reckoning_edit(book: _Part) -> Iterator[Edit]:
    """Yield the edit that has formulas reckoned on opening: new ones have no values."""
    prefix = book.first("workbook").prefix
    for span in book.all("workbook", "calcPr"):
        if "fullCalcOnLoad" not in span.attributes:
            at = span.inside - (2 if span.is_closed else 1)
            yield Edit(at, at, b' fullCalcOnLoad="1"')
        return
    at = _place_before(book, _AFTER_NAMES[1:])
    yield Edit(at, at, f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode())


def _types_edits(typed: _Part, new: Sequence[NewPart]) -> Iterator[Edit]:
    root = typed.first("Types")
    extensions = {
        one.attributes.get("Extension", "").lower() for one in typed.all("Types", "Default")
    }
    tags = [_override(root.prefix, one.name, "worksheet") for one in new]
    tags += [_override(root.prefix, one.comments, "comments") for one in new if one.comments]
    if "vml" not in extensions and any(one.drawing for one in new):
        # Kinds of parts stand before the parts that are of another.
        defaults = typed.all("Types", "Default")
        at = defaults[-1].end if defaults else root.inside
        said = f'<{root.prefix}Default Extension="vml" ContentType="{_DRAWING}"/>'
        yield Edit(at, at, said.encode())
    yield Edit(root.closing, root.closing, "".join(tags).encode())


def _override(prefix: str, name: str, kind: str) -> str:
    return f'<{prefix}Override PartName="/{name}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
