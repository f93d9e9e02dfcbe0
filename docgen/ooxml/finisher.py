"""Finishing many documents of one house: what they share is finished once.

Two papers of a kind differ in a few paragraphs. A rendered body is taken apart into paragraphs and
what holds them, each of which is finished once and kept; what comes out is what ``finish_body``
makes of the whole, and whatever cannot be taken apart is left to it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.errors import StageError
from docgen.ooxml.finish_body import (
    CONTENT,
    finish_body,
    finish_layout,
    finish_running,
    finish_text,
    has_stray_text,
)
from docgen.ooxml.house_style import HouseStyle, Running
from docgen.ooxml.word_xml import (
    NAMESPACES,
    TEXT,
    TEXT_TAG,
    P,
    broken,
    escaped,
    name,
    paragraph_text,
    parse,
    serialise,
    split_paragraphs,
    to_text,
)
from docgen.ooxml.zip_parts import ZipEntry, to_entry

_STANDIN: Final = "\ue000"
_SPELLED: Final = {"<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_COUNTED: Final = ("<w:sectPr", "<w:bookmark")
"""What is laid or numbered through the whole document."""

_MOST_PIECES: Final = 1024
_PLACE: Final = re.compile(rf'<w:p w:rsidR="(\d+)"(?:/>|><w:r><w:tab/></w:r></w:p>)|({_STANDIN})')
_FILLED: Final = '<w:p w:rsidR="{}"><w:r><w:tab/></w:r></w:p>'
_EMPTY: Final = '<w:p w:rsidR="{}"/>'
"""Paragraphs stand in the layout as numbers; which of them are empty decides on the last page."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A finished paragraph; ``text`` is what was typed, before typesetting, if it has any.

    ``laid`` is how it stands in the layout, ``texts`` are what goes there for its stand-ins; both
    are of paragraphs that are laid or numbered through the whole document.
    """

    xml: str
    text: str | None
    printed: str
    is_filled: bool
    is_counted: bool
    laid: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _ParagraphForm:
    """A paragraph without its texts: its XML and its print as they part them."""

    piece: _Piece
    between: tuple[str, ...]
    printed: tuple[str, ...]

    def filled(self, told: str, made: str, lengths: Sequence[int]) -> _Piece:
        """Return the paragraph with texts of these lengths: as told, and as typeset."""
        ends = [0, *itertools.accumulate(lengths)]
        texts = [made[start:end] for start, end in itertools.pairwise(ends)]
        spelled = tuple(map(escaped, texts))
        piece = self.piece
        return _Piece(
            xml=_interleaved(self.between, spelled),
            text=None if piece.text is None else told,
            printed=_interleaved(self.printed, texts),
            is_filled=piece.is_filled,
            is_counted=piece.is_counted,
            laid=piece.xml if piece.is_counted else "",
            texts=spelled if piece.is_counted else (),
        )


def _interleaved(between: Sequence[str], texts: Sequence[str]) -> str:
    parts = [""] * (len(between) + len(texts))
    parts[::2] = between
    parts[1::2] = texts
    return "".join(parts)


def _unescaped(raw: str) -> str | None:
    """Return a text of the XML as typed; None when something other than a text comes of it."""
    if "\n" in raw or "\t" in raw or "\r" in raw:
        return None
    if "&" not in raw:
        return raw
    for sign, spelled in _SPELLED.items():
        raw = raw.replace(spelled, sign)
    return raw.replace("&amp;", "&") if raw.count("&") == raw.count("&amp;") else None


@dataclass(frozen=True, slots=True)
class _SectionLayout:
    """What stands between the paragraphs, and which paragraphs are left, in order.

    A number of nothing stands for a text within a paragraph that is laid with the whole.
    """

    between: tuple[str, ...]
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A finished body: the part, its texts before typesetting, and its texts as printed."""

    document: bytes
    texts: tuple[str, ...]
    printed: tuple[str, ...]


class Finisher:
    """Finishes bodies, headers and footers under one house style.

    Args:
        house: The house style.
        typeset: Puts non-breaking spaces into a finished text without changing its length.
    """

    def __init__(self, house: HouseStyle, typeset: Callable[[str], str]) -> None:
        self._house = house
        self._typeset = typeset
        self._head, self._tail = _frame()
        self._piece = functools.lru_cache(maxsize=_MOST_PIECES)(self._finish_piece)
        self._form = functools.lru_cache(maxsize=1024)(self._finish_form)
        self._layout = functools.lru_cache(maxsize=256)(self._finish_layout)
        self.running = functools.lru_cache(maxsize=256)(self._finish_running)

    def finish(self, xml: str, running: tuple[Running, ...], *, is_landscape: bool) -> Body:
        """Return the stored part of a rendered body with its texts.

        Raises:
            TemplateError: when the tags of the template left broken XML or stray words.
        """
        try:
            return self._assembled(xml, running, is_landscape=is_landscape)
        except StageError:
            # Seen as a whole it may be right after all; if not, the fault is told of the whole.
            document, text = finish_body(
                xml, self._house, running, self._typeset, is_landscape=is_landscape
            )
        printed = tuple(paragraph_text(one) for one in parse(document).iter(P))
        return Body(document, (text,), printed)

    def _assembled(self, xml: str, running: tuple[Running, ...], *, is_landscape: bool) -> Body:
        if not xml.startswith(self._head) or not xml.endswith(self._tail):
            raise broken("")
        parts = split_paragraphs(xml)
        pieces = [self._piece(one) for one in parts[1::2]]
        parts[1::2] = [
            one.laid or xml
            if one.is_counted
            else (_FILLED if one.is_filled else _EMPTY).format(number)
            for number, (xml, one) in enumerate(zip(parts[1::2], pieces, strict=True))
        ]
        layout = self._layout("".join(parts), running, is_landscape=is_landscape)
        texts = [text for piece in pieces for text in piece.texts]
        if len(texts) != layout.numbers.count(None):
            raise broken("")
        following = iter(texts)
        filled = [next(following) if one is None else pieces[one].xml for one in layout.numbers]
        document = _interleaved(layout.between, filled)
        return Body(
            document.encode(),
            tuple([one.text for one in pieces if one.text is not None]),
            tuple([one.printed for one in pieces]),
        )

    def _finish_piece(self, xml: str) -> _Piece:
        """Return a paragraph finished: as a form filled in if its texts let it, else by itself."""
        parts = TEXT.split(xml)
        texts = [_unescaped(one) for one in parts[1::2]]
        told = "".join([one or "" for one in texts])
        form = None
        if None not in texts and _STANDIN not in xml:
            form = self._form(tuple(parts[::2]), tuple([bool(one) for one in texts]))
        made = self._typeset(told)
        if form is None or len(made) != len(told):
            return self._finish_alone(xml, self._typeset)
        return form.filled(told, made, [len(one) for one in texts if one])

    def _finish_form(
        self, between: tuple[str, ...], is_filled: tuple[bool, ...]
    ) -> _ParagraphForm | None:
        """Return a paragraph for any texts; None when other words stand between them."""
        texts = [f"{TEXT_TAG}{_STANDIN if one else ''}</w:t>" for one in is_filled]
        xml = "".join(itertools.chain(*itertools.zip_longest(between, texts, fillvalue="")))
        piece = self._finish_alone(xml, str)
        if (piece.text or "").strip(_STANDIN):
            return None
        return _ParagraphForm(
            piece, tuple(piece.xml.split(_STANDIN)), tuple(piece.printed.split(_STANDIN))
        )

    def _finish_alone(self, xml: str, typeset: Callable[[str], str]) -> _Piece:
        root = parse(f"{self._head}{xml}{self._tail}")
        if len(root) != 1 or len(root[0]) != 1 or has_stray_text(root):
            raise broken("")
        (paragraph,) = root[0]
        texts = finish_text(root, typeset)
        inner = to_text(root)[len(self._head) : -len(self._tail)]
        return _Piece(
            inner,
            "\n".join(texts) if texts else None,
            "".join(paragraph_text(one) for one in root.iter(P)),
            any(True for _ in paragraph.iter(*CONTENT)),
            any(one in inner for one in _COUNTED),
        )

    def _finish_layout(
        self, xml: str, running: tuple[Running, ...], *, is_landscape: bool
    ) -> _SectionLayout:
        root = parse(xml)
        if has_stray_text(root):
            raise broken("")
        finish_text(root, self._typeset)
        finish_layout(root, self._house, running, is_landscape=is_landscape)
        found = _PLACE.split(serialise(root).decode())
        numbers = [int(one) if one else None for one in found[1::3]]
        return _SectionLayout(tuple(found[::3]), tuple(numbers))

    def _finish_running(self, part_name: str, xml: str) -> tuple[ZipEntry, str]:
        """Return a filled header or footer ready to be stored, and what it prints."""
        data = finish_running(xml, self._typeset)
        return to_entry(part_name, data), printed_by(data)


def printed_by(part: bytes) -> str:
    """Return what a stored part prints, paragraph after paragraph."""
    return "".join(paragraph_text(one) for one in parse(part).iter(P))


def _frame() -> tuple[str, str]:
    """Return what every rendered body begins and ends with."""
    root = etree.Element(name("w:document"), nsmap=NAMESPACES)
    body = etree.SubElement(root, name("w:body"))
    etree.SubElement(body, P)
    head, tail = to_text(root).split("<w:p/>")
    return head, tail
