"""The styles of a workbook's cells: which show days, and one more where none does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from docgen.registers.number_formats import FAR_EASTERN_FORMATS
from docgen.registers.sheet_map import Span, elements_of, from_utf8, to_utf8
from docgen.registers.sheet_patch import Edit, applied
from docgen.registers.sheet_xml import is_true

_GENERAL: Final = BUILTIN_FORMATS[0]
_SHORT_DAY: Final = 14
"""The format that every program shows as the day of its language: 30.11.2026 in Russian."""
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_FORMAT_OF_TAG: Final = re.compile(
    rb"""\s(?:numFmtId|applyNumberFormat)\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_COUNT_OF_TAG: Final = re.compile(rb"""(\scount\s*=\s*)(?:"[^"]*"|'[^']*')""")
_LOCK: Final = re.compile(rb"""<(?:\w+:)?protection\b[^>]*\slocked\s*=\s*["'](\w+)["']""")


@dataclass(frozen=True, slots=True)
class _Format:
    """A style of cells: its bytes, its number format, what it is but for that."""

    text: bytes
    code: str
    look: bytes

    @property
    def is_of_time(self) -> bool:
        """Whether it shows numbers as days or hours."""
        return bool(is_date_format(self.code))

    @property
    def shows_days(self) -> bool:
        return self.is_of_time and bool({"d", "y"} & set(_QUOTED.sub("", self.code).lower()))


@dataclass(slots=True)
class CellFormats:
    """The styles of cells by number, read of the part of styles; those added are filled in."""

    data: bytes
    encoding: str
    formats: list[_Format] = field(default_factory=list)
    list_span: Span | None = None
    added: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, part: bytes) -> CellFormats:
        """Return the styles that a part has.

        Raises:
            DamagedBookError: when it cannot be read.
        """
        data, encoding = to_utf8(part)
        found = cls(data, encoding)
        codes: dict[int, str] = {}
        spans: list[Span] = []
        for path, span in elements_of(data):
            match path:
                case ("styleSheet", "numFmts", "numFmt"):
                    codes[int(span.attributes["numFmtId"])] = span.attributes["formatCode"]
                case ("styleSheet", "cellXfs", "xf"):
                    spans.append(span)
                case ("styleSheet", "cellXfs"):
                    found.list_span = span
        for span in spans:
            number = int(span.attributes.get("numFmtId", "0"))
            found.formats.append(_format_of(data[span.start : span.end], _code(number, codes)))
        return found

    def is_locked(self, style: str) -> bool:
        """Return whether a protected sheet keeps people from typing into cells of a style."""
        number = int(style)
        lock = _LOCK.search(self.formats[number].text) if number < len(self.formats) else None
        return lock is None or is_true(lock[1].decode())

    def for_day(self, style: str, others: Iterable[str]) -> str:
        """Return the style in which a cell shows a day and looks as it did.

        ``others`` are the styles of its column, which a cell without a style of its own takes.
        """
        if self._of(style).shows_days:
            return style
        column = [one for one in others if self._of(one).shows_days]
        if int(style) == 0 and column:
            return column[-1]
        look = self._of(style).look
        for number, one in enumerate(self.formats):
            if one.shows_days and one.look == look:
                return str(number)
        return self._add(style, _SHORT_DAY)

    def for_number(self, style: str) -> str:
        """Return the style in which a cell shows a number as one and looks as it did."""
        own = self._of(style)
        if not own.is_of_time:
            return style
        for number, one in enumerate(self.formats):
            if one.code == _GENERAL and one.look == own.look:
                return str(number)
        return self._add(style, 0)

    def _of(self, style: str) -> _Format:
        number = int(style)
        return self.formats[number] if number < len(self.formats) else _format_of(b"<xf/>", "")

    def _add(self, style: str, number: int) -> str:
        tag, rest = re.split(rb"(?=/?>)", self._of(style).text, maxsplit=1)
        said = f' numFmtId="{number}" applyNumberFormat="1"'.encode()
        renewed = _FORMAT_OF_TAG.sub(b"", tag) + said + rest
        self.formats.append(_format_of(renewed, _code(number, {})))
        self.added.append(renewed)
        return str(len(self.formats) - 1)

    def part(self) -> bytes:
        """Return the part of styles with those that were added."""
        span = self.list_span
        if span is None or not self.added:
            return from_utf8(self.data, self.encoding)
        tag = self.data[span.start : span.inside]
        count = f'"{len(self.formats)}"'.encode()
        tag = _COUNT_OF_TAG.sub(rb"\g<1>" + count, tag, count=1)
        edits = [
            Edit(span.start, span.inside, tag),
            Edit(span.closing, span.closing, b"".join(self.added)),
        ]
        return from_utf8(applied(self.data, edits), self.encoding)


def _format_of(text: bytes, code: str) -> _Format:
    return _Format(text, code, b" ".join(sorted(_FORMAT_OF_TAG.sub(b"", text).split())))


def _code(number: int, codes: Mapping[int, str]) -> str:
    return codes.get(number) or FAR_EASTERN_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "")
