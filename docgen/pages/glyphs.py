"""Which resources and character codes the pages of LibreOffice's PDFs print, font by font."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.syntax import BrokenPdfError, Value, to_number

_RESOURCE: Final = re.compile(rb"/([A-Za-z]+\d+)\b")
_FONT: Final = re.compile(rb"/(F\d+) [\d.]+ Tf")
_SHOWN: Final = re.compile(rb"<([0-9A-F]+)>(?!>)")


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What a page prints: names of the resources that it uses, character codes by font name."""

    names: frozenset[bytes]
    codes: Mapping[bytes, bytes]


def glyphs_in(data: bytes) -> PageGlyphs:
    """Return the resources and character codes that a page prints, given what draws it.

    Codes are hexadecimal there.
    """
    shown: defaultdict[bytes, list[bytes]] = defaultdict(list)
    font = b""
    for number, part in enumerate(_FONT.split(data)):
        if number % 2:
            font = b"/" + part
        else:
            shown[font] += _SHOWN.findall(part)
    names = frozenset(b"/" + name for name in _RESOURCE.findall(data))
    return PageGlyphs(
        names,
        {
            name: bytes.fromhex(b"".join(digits).decode())
            for name, digits in shown.items()
            if digits
        },
    )


def last_code(file: PlainFile, font: Value) -> int:
    """Return the highest code that a font has a character for."""
    return int(to_number(file.fields(font).get(b"/LastChar")))


def fonts_of(file: PlainFile, page: Page) -> dict[bytes, Value]:
    """Return the fonts that a page may use, by their resource names.

    Raises:
        BrokenPdfError: when there are none.
    """
    resources = file.fields(page.fields.get(b"/Resources"))
    fonts = file.fields(resources.get(b"/Font"))
    if not fonts:
        raise BrokenPdfError("page without fonts")
    return fonts
