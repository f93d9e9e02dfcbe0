"""Elements of the XML in an .xlsx as expat tells them, and the strings that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError, TreeBuilder
from xml.parsers import expat

from openpyxl.cell.rich_text import CellRichText
from openpyxl.xml.constants import SHEET_MAIN_NS

_Event: TypeAlias = tuple[str, dict[str, str] | None, str]


def tag(name: str) -> str:
    """Return a name as expat tells it."""
    return f"{SHEET_MAIN_NS}}}{name}"


_TEXT = tag("t")


_Start: TypeAlias = Callable[[dict[str, str]], None]
_End: TypeAlias = Callable[[], None]


class Texts:
    """The text under way, the elements of a string until it ends, what answers to elements."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.events: list[_Event] | None = None
        self.starts: dict[str, _Start] = {}
        self.ends: dict[str, _End] = {}

    def start_string(self, _: dict[str, str]) -> None:
        """Begin to keep what a string is made of."""
        self.events = []

    def text(self) -> str:
        """Return the letters since the element began."""
        return "".join(self.letters)

    def string(self) -> str | CellRichText:
        """Return the string that ends here: a text, or one with runs that look different."""
        events = self.events or []
        self.events = None
        if len(events) == 2 and events[0][0] == _TEXT:
            # Excel's own escape of an underscore, as openpyxl undoes it.
            return events[1][2].replace("x005F_", "")
        runs = CellRichText.from_tree(_tree(events))
        if len(runs) == 1 and isinstance(runs[0], str):
            return runs[0]
        return runs or ""


def _tree(events: Sequence[_Event]) -> Any:
    """Return the elements of a string as openpyxl wants them."""
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


def parse(part: bytes, texts: Texts) -> None:
    """Call what answers to each element of a part.

    Raises:
        ParseError: when the part is no XML, or declares entities.
    """
    parser = expat.ParserCreate(None, "}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = _handlers(texts)
    parser.CharacterDataHandler = texts.letters.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise ParseError(str(error)) from error


def _refuse_doctype(*_: object) -> None:
    raise ParseError("DOCTYPE")


def _handlers(
    texts: Texts,
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Return what expat calls where an element begins and ends: plain functions are fastest."""
    letters, starts, ends = texts.letters, texts.starts, texts.ends

    def start(name: str, attributes: dict[str, str]) -> None:
        letters.clear()
        if texts.events is not None:
            texts.events.append((name, attributes, ""))
        elif (answer := starts.get(name)) is not None:
            answer(attributes)

    def end(name: str) -> None:
        if (answer := ends.get(name)) is not None:
            answer()
        elif texts.events is not None:
            texts.events.append((name, None, "".join(letters)))
            letters.clear()

    return start, end


class Strings(Texts):
    """Gathers the shared strings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | CellRichText] = []
        self.starts = {tag("si"): self.start_string}
        self.ends = {tag("si"): self._end_string}

    def _end_string(self) -> None:
        self.found.append(self.string())
