"""Parsing the XML parts of an .xlsx with expat, and the strings in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError, TreeBuilder
from xml.parsers import expat

from openpyxl.cell.rich_text import CellRichText
from openpyxl.xml.constants import SHEET_MAIN_NS

from docgen.registers.pasted_signs import settle_runs

_Event: TypeAlias = tuple[str, dict[str, str] | None, str]


def tag(name: str) -> str:
    """Return the name of an element as expat gives it."""
    return f"{SHEET_MAIN_NS}}}{name}"


_TEXT = tag("t")


_Start: TypeAlias = Callable[[dict[str, str]], None]
_End: TypeAlias = Callable[[], None]


class PartParser:
    """What an XML part is parsed into: handlers of elements, and the text and string being read.

    Filled while the part is parsed.
    """

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.events: list[_Event] | None = None
        self.starts: dict[str, _Start] = {}
        self.ends: dict[str, _End] = {}

    def start_string(self, _: dict[str, str]) -> None:
        """Start collecting the elements of a string."""
        self.events = []

    def text(self) -> str:
        """Return the text since the start of the element."""
        return "".join(self.letters)

    def string(self) -> str | CellRichText:
        """Return the string that ends here: plain text, or runs with typefaces."""
        events = self.events or []
        self.events = None
        if len(events) == 2 and events[0][0] == _TEXT:
            # Excel escapes an underscore so; openpyxl undoes it, too.
            return events[1][2].replace("x005F_", "")
        runs = CellRichText.from_tree(_tree(events))
        if len(runs) == 1 and isinstance(runs[0], str):
            return runs[0]
        return settle_runs(runs) or ""


def _tree(events: Sequence[_Event]) -> Any:
    """Return the events of a string as an element, for openpyxl."""
    builder = TreeBuilder()
    builder.start("is", {})
    for name, attributes, text in events:
        if attributes is None:
            builder.data(text)
            builder.end(_clark(name))
        else:
            builder.start(_clark(name), {_clark(key): v for key, v in attributes.items()})
    builder.end("is")
    return builder.close()


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def parse_part(part: bytes, parser: PartParser) -> None:
    """Parse a part, calling the parser's handler of each element.

    Raises:
        ParseError: when the part is no XML, or declares entities.
    """
    reader = expat.ParserCreate(None, "}")
    reader.buffer_text = True
    reader.StartElementHandler, reader.EndElementHandler = _handlers(parser)
    reader.CharacterDataHandler = parser.letters.append
    reader.StartDoctypeDeclHandler = _refuse_doctype
    try:
        reader.Parse(part, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise ParseError(str(error)) from error


def _refuse_doctype(*_: object) -> None:
    raise ParseError("DOCTYPE")


def _handlers(
    parser: PartParser,
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Return the functions that expat calls at the start and end of an element.

    Plain functions are faster than methods.
    """
    letters, starts, ends = parser.letters, parser.starts, parser.ends

    def start(name: str, attributes: dict[str, str]) -> None:
        letters.clear()
        if parser.events is not None:
            parser.events.append((name, attributes, ""))
        elif (answer := starts.get(name)) is not None:
            answer(attributes)

    def end(name: str) -> None:
        if (answer := ends.get(name)) is not None:
            answer()
        elif parser.events is not None:
            parser.events.append((name, None, "".join(letters)))
            letters.clear()

    return start, end


class SharedStringsParser(PartParser):
    """The shared strings of a workbook, filled while their part is parsed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | CellRichText] = []
        self.starts = {tag("si"): self.start_string}
        self.ends = {tag("si"): self._end_string}

    def _end_string(self) -> None:
        self.found.append(self.string())
