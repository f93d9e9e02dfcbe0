"""The styles of a new sheet put behind those of the book that takes it; none that is there changes.

A cell names its style by number, and a number means another style in every book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from docgen.registers.cells_read import DamagedBookError
from docgen.registers.sheet_map import Span, elements_of, from_utf8, to_utf8
from docgen.registers.sheet_patch import Edit, applied

_ORDER: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
    *("dxfs", "tableStyles", "colors", "extLst"),
)
"""The order in which the standard wants the lists of a part of styles."""
_FIRST_OWN_FORMAT: Final = 164
"""Numbers of formats below are of Excel itself, the same in every book."""
_COUNT: Final = re.compile(rb"""(\scount\s*=\s*)(?:"[^"]*"|'[^']*')""")
_NUMBERED: Final = re.compile(rb'\b(numFmtId|fontId|fillId|borderId)="(\d+)"')
_APPLIED: Final = {
    b"numFmtId": b"applyNumberFormat",
    b"fontId": b"applyFont",
    b"fillId": b"applyFill",
    b"borderId": b"applyBorder",
}
_LIST_OF: Final = {b"fontId": "fonts", b"fillId": "fills", b"borderId": "borders"}
_TAG_NAME: Final = re.compile(rb"<(/?)(?=\w)")


@dataclass(slots=True)
class StyleMerger:
    """The styles of a book as they get more: ``lists`` accumulates what is added to each."""

    data: bytes
    encoding: str
    root: Span
    spans: Mapping[str, Span]
    lists: dict[str, list[bytes]]
    codes: dict[str, str]
    added: dict[str, list[bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: bytes) -> StyleMerger:
        """Return the styles that a part has.

        Raises:
            DamagedBookError: when it cannot be read, or has no styles of cells.
        """
        data, encoding = to_utf8(part)
        root, spans, children = _lists_in(data)
        if "cellXfs" not in spans or spans["cellXfs"].is_closed:
            raise DamagedBookError(
                "в книге утеряны стили ячеек; откройте её в Excel, сохраните и повторите"
            )
        lists = {
            name: [data[one.start : one.end] for one in found] for name, found in children.items()
        }
        codes = {
            one.attributes["formatCode"]: one.attributes["numFmtId"]
            for one in children.get("numFmts", ())
        }
        return cls(data, encoding, root, spans, lists, codes)

    def take(self, name: str, text: bytes) -> int:
        """Return the number that an element of a list has; it is added if it is not there."""
        return self._take(name, _TAG_NAME.sub(rb"<\1" + self.root.prefix.encode(), text))

    def take_font(self, text: bytes) -> int:
        """Return the number that a font has; one without a name is the book's, perhaps bold."""
        first = (self.lists.get("fonts") or [b""])[0]
        tag = f"<{self.root.prefix}font>".encode()
        if b"<name" in text or not first.startswith(tag):
            return self.take("fonts", text)
        bold = f'<{self.root.prefix}b val="1"/>'.encode() if b"<b " in text else b""
        return self._take("fonts", tag + bold + first.removeprefix(tag))

    def _take(self, name: str, own: bytes) -> int:
        known = self.lists.setdefault(name, [])
        if own in known:
            return known.index(own)
        known.append(own)
        self.added.setdefault(name, []).append(own)
        return len(known) - 1

    def take_format(self, code: str, text: bytes) -> str:
        """Return the number that a format of numbers has; it is added if it is not there."""
        if code not in self.codes:
            numbers = [*map(int, self.codes.values()), _FIRST_OWN_FORMAT - 1]
            self.codes[code] = str(max(numbers) + 1)
            said = f'numFmtId="{self.codes[code]}"'.encode()
            self.take("numFmts", re.sub(rb'numFmtId="\d+"', said, text, count=1))
        return self.codes[code]

    def part(self) -> bytes:
        """Return the part of styles with those that were added."""
        edits = [edit for name in self.added for edit in self._edits(name)]
        return from_utf8(applied(self.data, edits), self.encoding)

    def _edits(self, name: str) -> Iterable[Edit]:
        inner = b"".join(self.added[name])
        span = self.spans.get(name)
        if span is not None:
            yield from longer_list(self.data, span, inner, len(self.lists[name]))
            return
        later = _ORDER[_ORDER.index(name) + 1 :]
        at = min(
            (self.spans[one].start for one in later if one in self.spans),
            default=self.root.closing,
        )
        tag = f"{self.root.prefix}{name}"
        opened = f'<{tag} count="{len(self.lists[name])}">'.encode()
        yield Edit(at, at, opened + inner + f"</{tag}>".encode())


def longer_list(data: bytes, span: Span, inner: bytes, count: int) -> Iterable[Edit]:
    """Yield the edits that put elements at the end of a list and say how many it has now."""
    tag = data[span.start : span.inside]
    tag = _COUNT.sub(rb"\g<1>" + f'"{count}"'.encode(), tag, count=1)
    if span.is_closed:
        opened = tag.removesuffix(b"/>").rstrip() + b">"
        yield Edit(span.start, span.end, opened + inner + f"</{span.name}>".encode())
        return
    yield Edit(span.start, span.inside, tag)
    yield Edit(span.closing, span.closing, inner)


def _lists_in(data: bytes) -> tuple[Span, dict[str, Span], dict[str, list[Span]]]:
    """Return the root of a part of styles, its lists, and what stands in each."""
    spans: dict[str, Span] = {}
    children: dict[str, list[Span]] = {}
    root: Span | None = None
    for path, span in elements_of(data):
        match path:
            case ("styleSheet", name, _):
                children.setdefault(name, []).append(span)
            case ("styleSheet", name):
                spans[name] = span
            case ("styleSheet",):
                root = span
    if root is None:
        raise DamagedBookError("стили книги повреждены; откройте её в Excel, сохраните и повторите")
    return root, spans, children


@dataclass(frozen=True, slots=True)
class StyleNumbers:
    """What the numbers of styles of new sheets are in the book that takes them."""

    cells: Mapping[str, str]
    rules: Mapping[str, str]


def merge_styles(book: StyleMerger, draft: bytes, cells: Sequence[str]) -> StyleNumbers:
    """Add the styles of a draft that ``cells`` names, and all of its rules; return their numbers.

    Fonts, fills and borders that are the first of the draft are those of the book: a new sheet
    speaks in the font of its book.
    """
    _, _, children = _lists_in(draft)

    def texts(name: str) -> list[bytes]:
        return [draft[one.start : one.end] for one in children.get(name, ())]

    codes = {one.attributes["numFmtId"]: one for one in children.get("numFmts", ())}
    formats = texts("cellXfs")

    def renumbered(match: re.Match[bytes]) -> bytes:
        key, number = match[1], match[2].decode()
        if key in _LIST_OF:
            name = _LIST_OF[key]
            taken = book.take_font if name == "fonts" else partial(book.take, name)
            number = str(taken(texts(name)[int(number)])) if number != "0" else "0"
        elif number in codes:
            one = codes[number]
            number = book.take_format(one.attributes["formatCode"], draft[one.start : one.end])
        said = b' %s="1"' % _APPLIED[key] if number != "0" else b""
        return b'%s="%s"%s' % (key, number.encode(), said)

    own = {
        number: str(book.take("cellXfs", _NUMBERED.sub(renumbered, formats[int(number)])))
        for number in sorted(set(cells), key=int)
        if int(number)
    }
    rules = {str(number): str(book.take("dxfs", text)) for number, text in enumerate(texts("dxfs"))}
    return StyleNumbers({"0": "0", **own}, rules)
