"""The fields of Word in a part: found whole, however Word has split them, and their runs parted.

A field is an element ``w:fldSimple``, or runs from a ``w:fldChar`` that begins it to one that ends
it, its code in any number of ``w:instrText`` and with other fields inside.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docgen.ooxml.field_codes import FieldCode, read_field_code
from docgen.ooxml.word_xml import (
    SPACE,
    Element,
    P,
    R,
    T,
    make_element,
    remove,
    xml_name,
)

FIELD_CHAR: Final = xml_name("w:fldChar")
FIELD_CODE: Final = xml_name("w:instrText")
SIMPLE_FIELD: Final = xml_name("w:fldSimple")
LINK: Final = xml_name("w:hyperlink")
ANCHOR: Final = xml_name("w:anchor")
BOOKMARK_START: Final = xml_name("w:bookmarkStart")
BOOKMARK_END: Final = xml_name("w:bookmarkEnd")
BOOKMARK_NAME: Final = xml_name("w:name")
BOOKMARK_ID: Final = xml_name("w:id")
_OUTSIDE: Final = xml_name("r:id")
_KIND: Final = xml_name("w:fldCharType")
_INSTRUCTION: Final = xml_name("w:instr")
_RUN_PROPERTIES: Final = xml_name("w:rPr")
_PARTS: Final = frozenset({FIELD_CHAR, FIELD_CODE})
_NO_CONTENT: Final = frozenset({_RUN_PROPERTIES})


@dataclass(slots=True, eq=False)
class Field:
    """A field; filled while its part is read.

    ``begin`` is the element that it begins with, None of a code without a field; ``within`` the
    field in which it stands, and ``is_in_code`` whether in that one's code.
    """

    begin: Element | None
    within: Field | None = None
    is_in_code: bool = False
    separate: Element | None = None
    end: Element | None = None
    codes: list[Element] = field(default_factory=list)
    instruction: str = ""

    @property
    def code(self) -> FieldCode:
        """The code of the field."""
        return read_field_code(self.instruction)

    @property
    def place(self) -> Element:
        """An element of the field, to find its paragraph by."""
        return self.begin if self.begin is not None else self.codes[0]

    @property
    def is_whole(self) -> bool:
        """Whether it begins and ends in runs beside each other."""
        if self.begin is None or self.end is None:
            return False
        first, last = self.begin.getparent(), self.end.getparent()
        return (
            first is not None
            and last is not None
            and first.getparent() is last.getparent()
            and (self.separate is None or self.separate.getparent() in _siblings(first))
        )

    def runs(self) -> list[Element]:
        """Return its runs and what stands between them; nothing of a field that is not whole."""
        if self.begin is None or self.end is None or not self.is_whole:
            return []
        return _from_to(_parent(self.begin), _parent(self.end))

    def result_runs(self) -> list[Element]:
        """Return the runs of its result; nothing of a field that is not whole."""
        if self.separate is None or self.end is None or not self.is_whole:
            return []
        return _from_to(_parent(self.separate), _parent(self.end))[1:-1]

    def result_text(self) -> str:
        """Return the text that Word has left as its result."""
        runs = self.result_runs()
        return "".join(one.text or "" for run in runs for one in run.iter(T))


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _siblings(run: Element) -> list[Element]:
    parent = run.getparent()
    return [run] if parent is None else list(parent)


def _from_to(first: Element, last: Element) -> list[Element]:
    """Return two siblings and all between them."""
    siblings = _siblings(first)
    return siblings[siblings.index(first) : siblings.index(last) + 1]


def fields_in(root: Element) -> list[Field]:
    """Return the fields of a part in the order in which they begin.

    One that is never closed has no ``end``; a code outside of all fields is one without ``begin``.
    """
    found: list[Field] = []
    opened: list[Field] = []
    for element in root.iter(FIELD_CHAR, FIELD_CODE, SIMPLE_FIELD):
        above = opened[-1] if opened else None
        if element.tag == SIMPLE_FIELD:
            simple = Field(element, above, is_in_code=_takes_code(above))
            simple.instruction = element.get(_INSTRUCTION, "")
            found.append(simple)
        elif element.tag == FIELD_CODE:
            if above is None or not _takes_code(above):
                above = Field(None)
                found.append(above)
            above.codes.append(element)
            above.instruction += element.text or ""
        else:
            _read_char(element, found, opened)
    return found


def _takes_code(above: Field | None) -> bool:
    return above is not None and above.separate is None


def _read_char(element: Element, found: list[Field], opened: list[Field]) -> None:
    kind = element.get(_KIND)
    above = opened[-1] if opened else None
    if kind == "begin":
        found.append(Field(element, above, is_in_code=_takes_code(above)))
        opened.append(found[-1])
    elif above is not None and kind == "separate":
        above.separate = element
    elif above is not None:
        above.end = element
        opened.pop()


def part_field_runs(root: Element) -> None:
    """Turn simple fields into runs, and give each mark of a field and each code its own run."""
    for element in list(root.iter(SIMPLE_FIELD)):
        _to_runs(element)
    for run in list(root.iter(R)):
        content = [one for one in run if one.tag not in _NO_CONTENT]
        if len(content) > 1 and any(one.tag in _PARTS for one in content):
            _part_run(run, content)


def _part_run(run: Element, content: list[Element]) -> None:
    """Part a run so that each mark or code of a field stands alone."""
    groups: list[list[Element]] = []
    for one in content:
        if groups and one.tag not in _PARTS and groups[-1][-1].tag not in _PARTS:
            groups[-1].append(one)
        else:
            groups.append([one])
    after = run
    for group in groups[1:]:
        fresh = new_run(run)
        fresh.extend(group)
        after.addnext(fresh)
        after = fresh


def new_run(like: Element) -> Element:
    """Return an empty run that looks like another one."""
    run = make_element("w:r")
    run.extend(copy.deepcopy(one) for one in like if one.tag == _RUN_PROPERTIES)
    return run


def field_char(kind: str, like: Element | None = None) -> Element:
    """Return a run with a mark of a field: begin, separate or end."""
    run = make_element("w:r") if like is None else new_run(like)
    run.append(make_element("w:fldChar", fldCharType=kind))
    return run


def code_run(instruction: str, like: Element | None = None) -> Element:
    """Return a run with the code of a field."""
    run = make_element("w:r") if like is None else new_run(like)
    code = make_element("w:instrText")
    code.set(SPACE, "preserve")
    code.text = f" {instruction.strip()} "
    run.append(code)
    return run


def _to_runs(simple: Element) -> None:
    """Replace a simple field by runs; the first run of its result gives their look."""
    parent = simple.getparent()
    if parent is None:
        return
    like = next((one for one in simple if one.tag == R), None)
    runs = [
        field_char("begin", like),
        code_run(simple.get(_INSTRUCTION, ""), like),
        field_char("separate", like),
        *[one for one in simple if one.tag != xml_name("w:fldData")],
        field_char("end", like),
    ]
    place = parent.index(simple)
    remove(simple)
    parent[place:place] = runs


def paragraphs_of(root: Element) -> dict[Element, int]:
    """Return the paragraphs of a part with their numbers from 1."""
    return {element: number for number, element in enumerate(root.iter(P), start=1)}


def paragraph_above(element: Element) -> Element | None:
    """Return the paragraph in which an element stands."""
    return element if element.tag == P else next(element.iterancestors(P), None)


def bookmark_names(root: Element) -> set[str]:
    """Return the names of the bookmarks of a part."""
    return {one.get(BOOKMARK_NAME, "") for one in root.iter(BOOKMARK_START)}


def anchors(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the links to places of the document itself, with the bookmarks that they lead to."""
    for link in root.iter(LINK):
        name = link.get(ANCHOR)
        if name and link.get(_OUTSIDE) is None:
            yield link, name


STAMP: Final = xml_name("w:docgenField")
"""Marks fields of a template until their results are worked out; no finished document has it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a field stands in its template, and what Word showed there.

    ``names`` are the template's bookmarks that look like copies of the field's own one.
    """

    file: str
    part: str
    paragraph: int
    shown: str
    names: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return the stamp as the value of an attribute, without a sign that begins a tag."""
        values = [self.file, self.part, self.paragraph, self.shown[:60], *self.names]
        return json.dumps(values, ensure_ascii=False).replace("{", "(").replace("}", ")")


def read_stamp(text: str) -> Stamp:
    """Return a stamp from the value of its attribute."""
    file, part, paragraph, shown, *names = json.loads(text)
    return Stamp(file, part, paragraph, shown, tuple(names))
