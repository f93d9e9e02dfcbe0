"""What the pages of LibreOffice's own PDFs print: names of resources, codes of signs, by font."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from docgen.pages.reading import BrokenPdfError

_RESOURCE = re.compile(rb"/([A-Za-z]+\d+)\b")
_MEANING = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>(?!>)")

Codes: TypeAlias = Mapping[str, Counter[int]]
"""How often each code is printed, by the names of fonts."""


def _data_of(page: PageObject) -> bytes:
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data()


def names_in(page: PageObject) -> set[str]:
    """Return the names of the resources that a page uses; its words are written as digits."""
    return {found.decode() for found in _RESOURCE.findall(_data_of(page))}


def codes_of(page: PageObject) -> Codes:
    """Return how often a page prints each code in each of its fonts."""
    shown: defaultdict[str, list[bytes]] = defaultdict(list)
    font = ""
    for name, digits in _SHOWN.findall(_data_of(page)):
        if name:
            font = name.decode()
        else:
            shown[font].append(digits)
    return {
        name: Counter(bytes.fromhex(b"".join(digits).decode())) for name, digits in shown.items()
    }


def alphabets_of(page: PageObject) -> dict[str, dict[int, str]]:
    """Return for each font of a page what its codes stand for."""
    alphabets = {}
    for name, font in fonts_of(page).items():
        told = font.get_object()["/ToUnicode"].get_object().get_data()
        alphabets[name.removeprefix("/")] = {
            int(code, 16): bytes.fromhex(signs.decode()).decode("utf-16-be").casefold()
            for code, signs in _MEANING.findall(told)
        }
    return alphabets


def fonts_of(page: PageObject) -> DictionaryObject:
    """Return the fonts that a page may use, by their names.

    Raises:
        BrokenPdfError: when there are none.
    """
    resources = page["/Resources"].get_object()
    fonts = resources["/Font"].get_object() if isinstance(resources, DictionaryObject) else None
    if not isinstance(fonts, DictionaryObject):
        raise BrokenPdfError("page without fonts")
    return fonts
