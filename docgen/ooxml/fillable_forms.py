"""Blank forms that are filled in Word: boxes to tick, lines to type on; the rest is protected.

Each box ☐ becomes a check box; each line of underscores, empty ruled paragraph and empty cell of a
table with lines a text control (ISO/IEC 29500-1, 17.5.2; check boxes are of Word 2010). Places of
signature and days stay as they are: both are written by hand. ``without_controls`` gives the paper
that is laid out.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from docgen.ooxml.word_xml import (
    CELL,
    TABLE,
    Element,
    P,
    R,
    T,
    find_first,
    make_element,
    make_text,
    parse,
    remove,
    serialise,
    unwrap,
    xml_name,
)
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts, to_entry, to_zip

_WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SETTINGS: Final = "word/settings.xml"
_PROTECTION: Final = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
_PROTECTED_BEFORE: Final = "<w:defaultTabStop"
_BOX: Final = "☐"
_TICKED: Final = "☑"
_FACE: Final = "Segoe UI Symbol"
"""Draws both boxes where Word is; ☐ and ☑ of the form itself are in the face of the template."""
_LINE: Final = re.compile(r"_{4,}")
_DAY: Final = re.compile(r"[«\"]_+[»\"]\s*_+\s*20_+")
_ROOM: Final = " " * 20
"""What an empty line shows until somebody types: wide enough to be hit with the mouse."""
_RULED_STYLE: Final = "FillLine"
_SIGNED: Final = "sign_"
_SIZES: Final = (xml_name("w:sz"), xml_name("w:szCs"))
_SDT: Final = xml_name("w:sdt")


def with_controls(docx: bytes) -> bytes:
    """Return a blank form in which Word offers its boxes and lines to be filled in."""
    parts = read_parts(docx)
    root = _extended(parse(parts[DOCUMENT_PART]))
    found = 0
    for paragraph in list(root.iter(P)):
        for run in _fields_of(paragraph):
            found += 1
            _put_into_control(run, found)
    if not found:
        return docx
    settings = parts[_SETTINGS].decode()
    parts[_SETTINGS] = settings.replace(
        _PROTECTED_BEFORE, f"{_PROTECTION}{_PROTECTED_BEFORE}", 1
    ).encode()
    return _package({**parts, DOCUMENT_PART: serialise(root)})


def without_controls(docx: bytes) -> bytes:
    """Return a form as it is printed: what its controls show, without them."""
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT_PART])
    for properties in list(root.iter(xml_name("w:sdtPr"), xml_name("w:sdtEndPr"))):
        remove(properties)
    for control in list(root.iter(_SDT, xml_name("w:sdtContent"))):
        unwrap(control)
    settings = parts.get(_SETTINGS, b"").replace(_PROTECTION.encode(), b"")
    return _package({**parts, DOCUMENT_PART: serialise(root), _SETTINGS: settings})


def _package(parts: dict[str, bytes]) -> bytes:
    return to_zip(to_entry(name, data) for name, data in parts.items())


def _extended(root: Element) -> Element:
    """Return the document with the name of Word's extension, which others may ignore."""
    known = {prefix: space for prefix, space in root.nsmap.items() if prefix}
    made = etree.Element(root.tag, nsmap={**known, "w14": _WORD_2010, "mc": _COMPATIBILITY})
    for name, value in root.attrib.items():
        made.set(name, value)
    made.set(f"{{{_COMPATIBILITY}}}Ignorable", "w14")
    made[:] = list(root)
    return made


def _fields_of(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph that are to be filled in, each split from its neighbours."""
    if any(_is_signed(one) for one in paragraph.iter(xml_name("w:bookmarkStart"))):
        return
    runs = list(paragraph.iterchildren(R))
    if not runs and (_is_ruled(paragraph) or _is_empty_cell(paragraph)):
        run = make_element("w:r")
        run.append(make_text(_ROOM))
        paragraph.append(run)
        yield run
    for run in runs:
        text = _words_of(run)
        if text.strip() == _BOX:
            yield run
        elif _LINE.search(text):
            yield from _lines_of(run)


def _words_of(run: Element) -> str:
    return "".join(one.text or "" for one in run.iterchildren(T))


def _is_signed(bookmark: Element) -> bool:
    return bookmark.get(xml_name("w:name"), "").startswith(_SIGNED)


def _is_ruled(paragraph: Element) -> bool:
    """Whether an empty paragraph is a line to write on: by its border, or by its style."""
    style = find_first(paragraph, "w:pPr/w:pStyle")
    is_line = style is not None and style.get(xml_name("w:val")) == _RULED_STYLE
    return is_line or find_first(paragraph, "w:pPr/w:pBdr/w:bottom") is not None


def _is_empty_cell(paragraph: Element) -> bool:
    """Whether a paragraph is all of a cell in a table with lines: of one without it is nothing."""
    cell = paragraph.getparent()
    if cell is None or cell.tag != CELL or len(list(cell.iterchildren(P, TABLE))) > 1:
        return False
    table = next(cell.iterancestors(TABLE))
    return find_first(table, "w:tblPr/w:tblBorders") is not None


def _lines_of(run: Element) -> Iterator[Element]:
    """Split a run at its lines of underscores, but for those of days; yield these lines."""
    parent = run.getparent()
    if parent is None:
        return
    place = parent.index(run)
    pieces: list[Element] = []
    for element in run:
        if element.tag == xml_name("w:rPr"):
            continue
        pieces += _split_text(run, element) if element.tag == T else [_run_like(run, element)]
    parent[place : place + 1] = pieces
    yield from (one for one in pieces if _LINE.fullmatch(_words_of(one)))


def _split_text(run: Element, text: Element) -> Iterator[Element]:
    words = text.text or ""
    days = [match.span() for match in _DAY.finditer(words)]
    done = 0
    for line in _LINE.finditer(words):
        if any(start <= line.start() < end for start, end in days):
            continue
        if words[done : line.start()]:
            yield _run_like(run, make_text(words[done : line.start()]))
        yield _run_like(run, make_text(line[0]))
        done = line.end()
    if words[done:]:
        yield _run_like(run, make_text(words[done:]))


def _run_like(run: Element, content: Element) -> Element:
    """Return a run of the same look with other content."""
    made = make_element("w:r")
    look = find_first(run, "w:rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
    made.append(copy.deepcopy(content))
    return made


def _put_into_control(run: Element, number: int) -> None:
    """Put a run into a control of its own, which nobody can delete by mistake."""
    parent = run.getparent()
    if parent is None:
        return
    control, content = make_element("w:sdt"), make_element("w:sdtContent")
    is_box = _words_of(run).strip() == _BOX
    control.append(_properties(run, number, is_box=is_box))
    control.append(content)
    parent[parent.index(run)] = control
    content.append(run)


def _properties(run: Element, number: int, *, is_box: bool) -> Element:
    properties = make_element("w:sdtPr")
    look = copy.deepcopy(find_first(run, "w:rPr"))
    if look is None:
        look = make_element("w:rPr")
    if not is_box and find_first(look, "w:u") is None and _LINE.search(_words_of(run)):
        _underline(look)
    if len(look):
        properties.append(look)
    properties.append(make_element("w:id", val=number))
    properties.append(make_element("w:lock", val="sdtLocked"))
    if is_box:
        properties.append(_check_box())
    else:
        properties.append(make_element("w:showingPlcHdr"))
        properties.append(make_element("w:text"))
    return properties


def _underline(look: Element) -> None:
    """Let what is typed stand on a line, as it would on paper; the size stands before it."""
    line = make_element("w:u", val="single")
    sizes = [number for number, one in enumerate(look, start=1) if one.tag in _SIZES]
    look.insert(sizes[-1] if sizes else len(look), line)


def _check_box() -> Element:
    box = etree.Element(f"{{{_WORD_2010}}}checkbox", nsmap={"w14": _WORD_2010})
    for tag, sign in (("checked", ""), ("checkedState", _TICKED), ("uncheckedState", _BOX)):
        state = etree.SubElement(box, f"{{{_WORD_2010}}}{tag}")
        state.set(f"{{{_WORD_2010}}}val", f"{ord(sign):04X}" if sign else "0")
        if sign:
            state.set(f"{{{_WORD_2010}}}font", _FACE)
    return box
