"""Which fonts are installed and which characters they can draw: asks ``fc-match`` and fontTools.

LibreOffice replaces a missing font by some other one without a word, and prints nothing for a
character that no font has, so both are checked before it runs.
"""

from __future__ import annotations

import functools
import hashlib
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

_FC_MATCH_PROGRAM = "fc-match"
_FC_LIST_PROGRAM = "fc-list"
_FC_TIMEOUT_S = 30.0
_PATTERN = "%{file}\t%{index}\t%{family}"

_METRIC_COMPATIBLE: tuple[frozenset[str], ...] = (
    frozenset({"times new roman", "liberation serif", "tinos"}),
    frozenset({"arial", "liberation sans", "arimo"}),
    frozenset({"courier new", "liberation mono", "cousine"}),
    frozenset({"calibri", "carlito"}),
    frozenset({"cambria", "caladea"}),
)
"""Families whose letters are equally wide: lines and pages break alike in each of a group."""

_POSTSCRIPT_NAME = 6
"""The number of the PostScript name in a font's table ``name``."""
_HELD_HYPHEN = 0x2011
_STYLES = tuple((bold, italic) for bold in (False, True) for italic in (False, True))
_UNDRAWN_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FROM_RIGHT = frozenset({"R", "AL", "AN"})
_PRIVATE_USE = "Co"
_FOLLOWING = frozenset({"Mn", "Me", "Cf"})
_UPRIGHT = tuple((bold, False) for bold in (False, True))
_BASIC_PLANE = range(0x10000)
"""Beyond it are emoji, which sign faces have a few of, never those that a screen shows."""
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Font:
    """An installed font file that stands for a family.

    ``family`` is what the file calls itself; ``is_substitute`` means that another family of the
    same widths was asked for; ``index`` counts fonts in a collection (.ttc).
    """

    file: Path
    family: str
    is_substitute: bool = False
    index: int = 0


@functools.cache
def find_font(family: str, *, bold: bool = False, italic: bool = False) -> Font | None:
    """Return the font that will print ``family``, None when only one with other widths would.

    A family of the same widths, such as Liberation Serif for Times New Roman, is as good.
    """
    # In fontconfig patterns these characters separate names, sizes and properties.
    name = "".join(f"\\{char}" if char in "\\-:," else char for char in family)
    weight = ":weight=200" if bold else ":weight=80"
    slant = ":slant=100" if italic else ":slant=0"
    try:
        answer = subprocess.run(
            [_FC_MATCH_PROGRAM, "-f", _PATTERN, f"{name}{weight}{slant}"],
            capture_output=True,
            check=True,
            timeout=_FC_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    file, index, families = answer.stdout.decode(errors="replace").split("\t")
    return _accept(family, Path(file), int(index or 0), families.split(","))


def _accept(family: str, file: Path, index: int, families: list[str]) -> Font | None:
    """Return the matched font when it is the family itself or one of the same widths."""
    wanted = family.casefold()
    if any(name.casefold() == wanted for name in families):
        return Font(file, family, index=index)
    group = next((group for group in _METRIC_COMPATIBLE if wanted in group), frozenset())
    alike = [name for name in families if name.casefold() in group]
    return Font(file, alike[0], is_substitute=True, index=index) if alike else None


@functools.cache
def _code_points(file: Path, index: int) -> frozenset[int]:
    """Return the characters that a font file has glyphs for; none when it cannot be read."""
    try:
        if file.suffix.lower() == ".ttc":
            with TTCollection(file, lazy=True) as collection:
                return frozenset(collection.fonts[index].getBestCmap() or ())
        with TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, IndexError):
        return frozenset()


def undrawn_spans(
    text: str, family: str, others: tuple[str, ...]
) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a text that its family cannot draw, each with one that can.

    A letter goes with its accents. What no other family draws is left out, and so is writing from
    right to left, which is not cut into stretches. A family is asked in the order given, for its
    upright faces, plain and bold.
    """
    drawn = _drawn_in_all_faces(family)
    if not any(map(_needs_glyph, set(text) - drawn)):
        return ()
    return _spans_beyond(text, drawn, others)


@functools.lru_cache(maxsize=1024)
def _spans_beyond(
    text: str, drawn: frozenset[str], others: tuple[str, ...]
) -> tuple[tuple[int, int, str], ...]:
    spans: list[tuple[int, int, str]] = []
    for start, end in _clusters(text):
        wanted = {one for one in text[start:end] if _needs_glyph(one)} - drawn
        if not wanted or not all(map(_is_for_sign_faces, wanted)):
            continue
        whole = {one for one in text[start:end] if _needs_glyph(one)}
        family = next((one for one in others if whole <= _drawn_upright(one)), None)
        if family is None:
            continue
        continues = bool(spans) and spans[-1][1:] == (start, family)
        spans.append((spans.pop()[0] if continues else start, end, family))
    return tuple(spans)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where letters begin and end, with the accents and joiners that follow them."""
    start = 0
    for index in range(1, len(text)):
        if unicodedata.category(text[index]) not in _FOLLOWING:
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _is_for_sign_faces(sign: str) -> bool:
    return (
        ord(sign) in _BASIC_PLANE
        and unicodedata.category(sign) != _PRIVATE_USE
        and unicodedata.bidirectional(sign) not in _FROM_RIGHT
    )


@functools.cache
def _drawn_in_all_faces(family: str) -> frozenset[str]:
    """Return what a family draws; everything if it is not installed."""
    return _drawn_in(family, _STYLES) or frozenset(map(chr, _BASIC_PLANE))


@functools.cache
def _drawn_upright(family: str) -> frozenset[str]:
    return _drawn_in(family, _UPRIGHT)


def _drawn_in(family: str, styles: Iterable[tuple[bool, bool]]) -> frozenset[str]:
    """Return the characters that all these faces of a family draw."""
    fonts = [find_font(family, bold=bold, italic=italic) for bold, italic in styles]
    points = [_code_points(font.file, font.index) if font else frozenset[int]() for font in fonts]
    return frozenset(map(chr, frozenset.intersection(*points)))


def missing_glyphs(
    texts: Iterable[str], families: Iterable[str], sign_families: Iterable[str] = ()
) -> list[str]:
    """Return the characters of the texts, each once and in order, that no family can draw.

    Blanks, controls, joiners and variation selectors need no glyph. A family that is not installed
    draws nothing; ``sign_families`` draw what ``undrawn_spans`` leaves to them.
    """
    named = tuple(dict.fromkeys(families)), tuple(dict.fromkeys(sign_families))
    return list(dict.fromkeys(char for text in texts for char in _undrawn(text, *named)))


@functools.lru_cache(maxsize=1024)
def _undrawn(
    text: str, families: tuple[str, ...], sign_families: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the characters of a text without a glyph; cached, as papers share most paragraphs."""
    undrawn = set(text) - _drawn_by(families)
    if undrawn:
        of_signs = frozenset[str]().union(*map(_drawn_upright, sign_families))
        undrawn -= {one for one in of_signs & undrawn if _is_for_sign_faces(one)}
    return tuple(char for char in dict.fromkeys(text) if char in undrawn and _needs_glyph(char))


@functools.cache
def _drawn_by(families: tuple[str, ...]) -> frozenset[str]:
    """Return the characters that at least one of the families can draw upright."""
    fonts = filter(None, map(find_font, families))
    points = frozenset[int]().union(*(_code_points(font.file, font.index) for font in fonts))
    # LibreOffice and Word draw the hyphen that does not break with the glyph of the plain one.
    held = {_HELD_HYPHEN} if ord("-") in points else set[int]()
    return frozenset(map(chr, points | held))


def _needs_glyph(char: str) -> bool:
    """Whether a character needs a glyph."""
    is_selector = ord(char) in _VARIATION_SELECTORS
    return unicodedata.category(char) not in _UNDRAWN_CATEGORIES and not is_selector


def typeface_names(families: Iterable[str]) -> list[str]:
    """Return the PostScript names of the fonts that print these families, in all four styles.

    PDFs name fonts so: ``LiberationSerif-Bold``.
    """
    fonts = {
        find_font(family, bold=bold, italic=italic)
        for family in families
        for bold, italic in _STYLES
    }
    names = {_typeface_name(font.file, font.index) for font in fonts if font is not None}
    return sorted(names - {""})


@functools.cache
def _typeface_name(file: Path, index: int) -> str:
    """Return the PostScript name of a font file, empty when it cannot be read."""
    try:
        number = index if file.suffix.lower() == ".ttc" else -1
        with TTFont(file, fontNumber=number, lazy=True) as font:
            return font["name"].getDebugName(_POSTSCRIPT_NAME) or ""
    except (TTLibError, OSError, KeyError):
        return ""


@dataclass(frozen=True, slots=True, eq=False)
class InstalledFace:
    """An installed font file with the numbers of its glyphs by code points."""

    file: Path
    glyphs: Mapping[int, int]


@functools.cache
def find_face(name: str) -> InstalledFace | None:
    """Return the installed font with a PostScript name, as PDFs give it; None without one.

    Collections are left out: they are not embedded as they are.
    """
    file = _files_by_name().get(name)
    try:
        if file is None:
            return None
        with TTFont(file, lazy=True) as font:
            numbers = font.getReverseGlyphMap()
            return InstalledFace(
                file, {point: numbers[one] for point, one in font.getBestCmap().items()}
            )
    except (TTLibError, OSError, AttributeError, KeyError):
        return None


@functools.cache
def _files_by_name() -> dict[str, Path]:
    """Return the installed font files by their PostScript names."""
    try:
        answer = subprocess.run(
            [_FC_LIST_PROGRAM, "-f", "%{postscriptname}\t%{file}\n"],
            capture_output=True,
            check=True,
            timeout=_FC_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = answer.stdout.decode(errors="replace").splitlines()
    pairs = [line.split("\t", 1) for line in sorted(lines) if "\t" in line]
    return {name: Path(file) for name, file in pairs if file.lower().endswith(".ttf")}


def fonts_fingerprint(families: Iterable[str]) -> str:
    """Return a hash that changes when a font of these families is replaced or goes missing.

    It covers names and sizes of the files in all four styles, not their folders.
    """
    sha256 = hashlib.sha256()
    for family in sorted(set(families)):
        for bold, italic in _STYLES:
            font = find_font(family, bold=bold, italic=italic)
            file = f"{font.file.name} {font.file.stat().st_size}" if font else "-"
            sha256.update(f"{family}\t{bold:d}{italic:d}\t{file}\n".encode())
    return sha256.hexdigest()
