"""Parsing the XML parts of an .xlsx with expat, and the strings in them, within the limits.

Parts come in pieces, and what they hold is counted between two pieces: in cells it would cost time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import ParseError, TreeBuilder
from xml.parsers import expat

from openpyxl.cell.rich_text import CellRichText
from openpyxl.xml.constants import SHEET_MAIN_NS

from docgen.registers.book_limits import (
    LIMIT_DEPTH,
    LIMIT_RICH_EVENTS,
    LIMIT_SHEET_TAGS,
    LIMIT_SIGNS,
    LIMIT_STRING_EVENTS,
    LIMIT_STRINGS,
    LIMIT_TOKEN_BYTES,
    spaced,
)
from docgen.registers.cells_read import TOO_LONG, DamagedBookError, TooLargeError
from docgen.registers.pasted_signs import settle_runs

_Event: TypeAlias = tuple[str, dict[str, str] | None, str]


def tag(name: str) -> str:
    """Return the name of an element as expat gives it."""
    return f"{SHEET_MAIN_NS}}}{name}"


_FALSE: Final = ("false", "f", "0")
_TEXT: Final = tag("t")
_IN_STRING: Final = frozenset(map(tag, ("t", "r", "rPh", "phoneticPr", "extLst")))
_IN_RUN: Final = frozenset(map(tag, ("t", "rPr")))

SHEET_ELEMENTS: Final = frozenset(
    map(
        tag,
        re.findall(
            r"\w+",
            "anchor authors autoFilter border brk cell cellSmartTag cellSmartTagPr "
            "cellSmartTags cellWatch cellWatches cfRule cfvo colBreaks color colorFilter "
            "colorScale cols conditionalFormatting control controlPr controls customFilter "
            "customFilters customPr customProperties customSheetView customSheetViews dataBar "
            "dataConsolidate dataRef dataRefs dataValidation dataValidations dateGroupItem "
            "dimension drawingHF dxf dynamicFilter evenFooter evenHeader ext extLst fill "
            "filter filterColumn filters firstFooter firstHeader font formula formula1 "
            "formula2 headerFooter hyperlinks iconFilter iconSet ignoredError ignoredErrors "
            "inputCells legacyDrawing legacyDrawingHF mergeCells numFmt objectPr oddFooter "
            "oddHeader oleObject oleObjects oleSize outlinePr pageMargins pageSetUpPr pane "
            "phoneticPr picture pivotArea pivotAreas pivotSelection printOptions "
            "protectedRange protectedRanges protection reference references rowBreaks "
            "scenario scenarios securityDescriptor selection sheetCalcPr sheetPr "
            "sheetProtection sheetView sheetViews smartTags sortCondition sortState tabColor "
            "tablePart tableParts top10 v webPublishItem webPublishItems x",
        ),
    )
)
"""Every element that a worksheet may have, from its schema, but those that are read."""
STYLE_ELEMENTS: Final = frozenset(
    map(
        tag,
        re.findall(
            r"\w+",
            "styleSheet numFmts numFmt fonts font b i strike condense extend color sz u "
            "vertAlign scheme name charset family outline shadow fills fill patternFill "
            "fgColor bgColor gradientFill stop borders border left right top bottom diagonal "
            "vertical horizontal start end cellStyleXfs xf alignment protection cellXfs "
            "cellStyles cellStyle dxfs dxf tableStyles tableStyle tableStyleElement colors "
            "indexedColors rgbColor mruColors extLst ext",
        ),
    )
)
"""Every element that the styles of a workbook may have."""

_Start: TypeAlias = Callable[[dict[str, str]], None]
_End: TypeAlias = Callable[[], None]


class PartParser:
    """What an XML part is parsed into: handlers of elements, and the text and string being read.

    Filled while the part is parsed.
    """

    most_tags = LIMIT_SHEET_TAGS

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.events: list[_Event] | None = None
        self.starts: dict[str, _Start | None] = {}
        self.ends: dict[str, _End] = {}
        self.tags = 0
        self.has_long = False
        self._rich_events = 0
        self._is_overfull = False

    def count(self, piece: bytes, depth: int) -> None:
        """Count what the last piece of the part held.

        Raises:
            TooLargeError: when the part has more of something than is read.
        """
        # A tag begins with this sign in every encoding, whatever its prefix.
        self.tags += piece.count(b"<")
        if self.tags > self.most_tags:
            raise TooLargeError("слишком много данных; удалите пустые строки и столбцы за таблицей")
        if depth > LIMIT_DEPTH:
            raise TooLargeError(f"вложенность данных больше {LIMIT_DEPTH}: так книги не пишут")
        if sum(map(len, self.letters)) > LIMIT_SIGNS:
            # Enough to know later that it is too long.
            self.letters[:] = ["".join(self.letters)[: LIMIT_SIGNS + 1]]
        if self.events is not None and len(self.events) > LIMIT_STRING_EVENTS:
            del self.events[1:]
            self._is_overfull = True

    def meet_stranger(self, name: str) -> None:
        """Answer an element that ``starts`` does not know."""

    def start_string(self, _: dict[str, str]) -> None:
        """Start collecting the elements of a string."""
        self.events = []

    def string(self) -> str | CellRichText:
        """Return the string that ends here: plain text, or runs with typefaces."""
        events = self.events or []
        self.events = None
        if len(events) == 2 and events[0][0] == _TEXT:
            # Excel escapes an underscore so; openpyxl undoes it, too.
            text = events[1][2].replace("x005F_", "")
            return text if len(text) <= LIMIT_SIGNS else self.within_limit(text)
        if self._is_too_long(events):
            self._is_overfull, self.has_long = False, True
            return TOO_LONG
        if not events:
            return ""
        runs = CellRichText.from_tree(_tree(events))
        if len(runs) == 1 and isinstance(runs[0], str):
            return runs[0]
        return settle_runs(runs) or ""

    def within_limit(self, text: str) -> str:
        """Return a text, or what stands for one that is too long."""
        if len(text) <= LIMIT_SIGNS:
            return text
        self.has_long = True
        return TOO_LONG

    def _is_too_long(self, events: Sequence[_Event]) -> bool:
        self._rich_events += len(events)
        if self._rich_events > LIMIT_RICH_EVENTS:
            raise TooLargeError("слишком много смен шрифта внутри ячеек; снимите оформление")
        return self._is_overfull or sum(len(text) for _, _, text in events) > LIMIT_SIGNS


def _tree(events: Sequence[_Event]) -> Any:
    """Return the events of a string as an element, for openpyxl.

    Raises:
        DamagedBookError: when something stands in the string that openpyxl would pass over.
    """
    builder = TreeBuilder()
    builder.start("is", {})
    within: list[str] = []
    for name, attributes, text in events:
        if attributes is None:
            builder.data(text)
            builder.end(_clark(name))
            within.pop()
            continue
        is_known = name in _IN_STRING if not within else name in _IN_RUN
        if len(within) < 2 and not is_known and within[:1] in ([], [tag("r")]):
            raise DamagedBookError(f"в тексте стоит неизвестное «{local_name(name)}»")
        within.append(name)
        builder.start(_clark(name), {_clark(key): v for key, v in attributes.items()})
    builder.end("is")
    return builder.close()


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def local_name(name: str) -> str:
    """Return the name of an element without its namespace."""
    return name.rpartition("}")[2]


def parse_part(pieces: Iterable[bytes], parser: PartParser) -> None:
    """Parse a part, calling the parser's handler of each element.

    Raises:
        ParseError: when the part is no XML.
        NotAWorkbookError: when it declares entities, or has more of something than is read.
    """
    reader = expat.ParserCreate(None, "}")
    reader.buffer_text = True
    start, end, depth = _handlers(parser)
    reader.StartElementHandler, reader.EndElementHandler = start, end
    reader.CharacterDataHandler = parser.letters.append
    reader.StartDoctypeDeclHandler = refuse_doctype
    fed = 0
    try:
        for piece in pieces:
            reader.Parse(piece, False)  # noqa: FBT003 - expat's own signature
            fed += len(piece)
            if fed - reader.CurrentByteIndex > LIMIT_TOKEN_BYTES:
                raise TooLargeError("в файле слишком длинная запись: так книги не пишут")
            parser.count(piece, depth())
        reader.Parse(b"", True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise ParseError(str(error)) from error


def refuse_doctype(*_: object) -> None:
    """Refuse a part that declares entities: no office program does, entity bombs need it."""
    raise DamagedBookError(
        "внутри файла есть описание DOCTYPE, которого Excel не пишет: таким прячут чужое; возьмите "
        "копию книги или откройте её в Excel и сохраните заново"
    )


def _unknown(_: dict[str, str]) -> None:
    """Stand for the handler of an element that a parser does not know."""


def _handlers(
    parser: PartParser,
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None], Callable[[], int]]:
    """Return the functions that expat calls at the start and end of an element, and the depth.

    Plain functions are faster than methods.
    """
    letters, find, ends = parser.letters, parser.starts.get, parser.ends
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        letters.clear()
        if parser.events is not None:
            parser.events.append((name, attributes, ""))
        elif (answer := find(name, _unknown)) is not None:
            if answer is _unknown:
                parser.meet_stranger(name)
            else:
                answer(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if (answer := ends.get(name)) is not None:
            answer()
        elif parser.events is not None:
            parser.events.append((name, None, "".join(letters)))
            letters.clear()

    return start, end, lambda: depth


class SharedStringsParser(PartParser):
    """The shared strings of a workbook, filled while their part is parsed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | CellRichText] = []
        self._promised = 0
        known = {tag("sst"): self._start_list, tag("si"): self.start_string}
        self.starts = {**known, tag("extLst"): None}
        self.ends = {tag("si"): self._end_string}

    def count(self, piece: bytes, depth: int) -> None:
        """Count what the last piece of the part held, and the strings so far."""
        super().count(piece, depth)
        if len(self.found) > LIMIT_STRINGS:
            raise TooLargeError(
                f"в книге больше {spaced(LIMIT_STRINGS)} разных текстов; разделите её на несколько"
            )

    @property
    def lost(self) -> int:
        """How many strings fewer there are than the list says of itself."""
        return max(0, self._promised - len(self.found))

    def _start_list(self, attributes: dict[str, str]) -> None:
        promised = attributes.get("uniqueCount", "0")
        self._promised = int(promised) if promised.isdecimal() else 0

    def meet_stranger(self, name: str) -> None:
        """Refuse a string of another name: those after it would be taken for it.

        Raises:
            DamagedBookError: for any element of a book's own that is none of a list of strings.
        """
        if name.startswith(SHEET_MAIN_NS):
            raise DamagedBookError(f"среди текстов ячеек стоит неизвестное «{local_name(name)}»")

    def _end_string(self) -> None:
        self.found.append(self.string())


def row_number(text: str) -> int:
    """Return the number of a row; some programs write ``7.0``."""
    try:
        return int(text)
    except ValueError:
        number = float(text)
        if number.is_integer():
            return int(number)
        raise


def is_true(text: str) -> bool:
    """Return what an attribute of yes and no says."""
    return text not in _FALSE
