"""Finish the bodies of many similar documents fast: each distinct paragraph only once.

Two papers of a kind differ in a few paragraphs. A rendered body is split into its paragraphs and
the layout around them (tables, sections, bookmarks); each is finished once and cached. The result
is exactly what ``finish_body`` makes of the whole body, and a body that cannot be split is left to
``finish_body``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from docgen.errors import StageError
from docgen.ooxml.cell_rooms import CellRoom, cell_rooms_of, widths_around
from docgen.ooxml.field_results import with_field_results
from docgen.ooxml.finish_body import (
    CONTENT_TAGS,
    finish_body,
    finish_header_footer,
    finish_structure,
    has_stray_text,
    text_area,
    typeset_in,
    typeset_paragraphs,
    without_surplus_stops,
)
from docgen.ooxml.house_style import HeaderFooter, HouseStyle
from docgen.ooxml.sign_faces import FaceChooser, SignRuns, no_sign_faces
from docgen.ooxml.style_types import TypeLook, types_of
from docgen.ooxml.table_rows import TableRows, TallRows, loosen_rows, read_rows
from docgen.ooxml.word_xml import (
    NAMESPACES,
    TEXT,
    TEXT_TAG,
    P,
    escaped,
    paragraph_text,
    parse,
    serialise,
    split_paragraphs,
    template_error,
    to_xml,
    xml_name,
)
from docgen.ooxml.zip_parts import ZipEntry, to_entry

_PLACEHOLDER: Final = "\ue000"
"""Stands for a text in a cached paragraph or layout; private use, so no document has it."""

_JINJA_ESCAPES: Final = {"<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_DOCUMENT_WIDE: Final = ("<w:sectPr", "<w:bookmark", "<wp:docPr")
"""What depends on the whole document.

Sections are laid out through it, bookmarks and pictures numbered.
"""

_CELL: Final = "<w:tc"
_MOST_PARAGRAPHS: Final = 1024
_NOTHING_TALL: Final = TallRows()
_NUMBER_OR_PLACEHOLDER: Final = re.compile(
    r'<w:p w:rsidR="(\d+)"'
    r"(?:/>|><w:r><w:tab/></w:r></w:p>|><w:pPr><w:framePr/></w:pPr></w:p>)"
    rf"|({_PLACEHOLDER})"
)
_NUMBERED_PARAGRAPH: Final = '<w:p w:rsidR="{}"><w:r><w:tab/></w:r></w:p>'
_NUMBERED_EMPTY_PARAGRAPH: Final = '<w:p w:rsidR="{}"/>'
_NUMBERED_FRAMED_PARAGRAPH: Final = '<w:p w:rsidR="{}"><w:pPr><w:framePr/></w:pPr></w:p>'
"""A layout holds numbers for paragraphs; empty and framed ones differ, as they do at the end."""


@dataclass(frozen=True, slots=True)
class _FinishedParagraph:
    """A finished paragraph.

    ``text`` is its text before typesetting (None without any), ``printed`` the text as printed.
    Only a document-wide paragraph has ``layout_xml``, its XML with placeholders for the layout, and
    ``layout_texts``, the escaped texts that replace them.
    """

    xml: str
    text: str | None
    printed: str
    has_content: bool
    is_document_wide: bool
    look: TypeLook
    layout_xml: str = ""
    layout_texts: tuple[str, ...] = ()

    @property
    def numbered(self) -> str:
        """Return what stands for the paragraph in the layout, to be filled with its number."""
        if not self.has_content:
            return _NUMBERED_EMPTY_PARAGRAPH
        return _NUMBERED_FRAMED_PARAGRAPH if "<w:framePr" in self.xml else _NUMBERED_PARAGRAPH


@dataclass(frozen=True, slots=True)
class _ParagraphForm:
    """A finished paragraph with placeholders for its texts, and what stands between them.

    ``xml_between`` are the pieces of its XML, ``printed_between`` those of its printed text.
    """

    paragraph: _FinishedParagraph
    xml_between: tuple[str, ...]
    printed_between: tuple[str, ...]

    def with_texts(self, text: str, typeset: str, lengths: Sequence[int]) -> _FinishedParagraph:
        """Return the paragraph with its texts, cut from one string by their lengths.

        Args:
            text: All its texts as one, before typesetting.
            typeset: What is printed of it.
            lengths: The length of each text as printed.
        """
        ends = [0, *itertools.accumulate(lengths)]
        texts = [typeset[start:end] for start, end in itertools.pairwise(ends)]
        escaped_texts = tuple(map(escaped, texts))
        form = self.paragraph
        return _FinishedParagraph(
            xml=_interleaved(self.xml_between, escaped_texts),
            text=None if form.text is None else text,
            printed=_interleaved(self.printed_between, texts),
            has_content=form.has_content,
            is_document_wide=form.is_document_wide,
            look=form.look,
            layout_xml=form.xml if form.is_document_wide else "",
            layout_texts=escaped_texts if form.is_document_wide else (),
        )


def _interleaved(between: Sequence[str], texts: Sequence[str]) -> str:
    parts = [""] * (len(between) + len(texts))
    parts[::2] = between
    parts[1::2] = texts
    return "".join(parts)


def _unescaped(raw: str) -> str | None:
    """Return a text as typed; None when it holds line breaks, tabs or unknown entities."""
    if "\n" in raw or "\t" in raw or "\r" in raw:
        return None
    if "&" not in raw:
        return raw
    for sign, escape in _JINJA_ESCAPES.items():
        raw = raw.replace(escape, sign)
    return raw.replace("&amp;", "&") if raw.count("&") == raw.count("&amp;") else None


@dataclass(frozen=True, slots=True)
class _BodyLayout:
    """The finished XML between the paragraphs, and the numbers of those that are left, in order.

    A number of None stands for a text of a document-wide paragraph. ``rows`` are the rows of its
    tables, ``page_height`` the height of a page's text.
    """

    between: tuple[str, ...]
    numbers: tuple[int | None, ...]
    rows: TableRows
    page_height: int


@dataclass(frozen=True, slots=True)
class FinishedBody:
    """A finished body: the part, its texts before typesetting, and its texts as printed."""

    document: bytes
    texts: tuple[str, ...]
    printed: tuple[str, ...]


class Finisher:
    """Finishes bodies, headers and footers under one house style.

    Args:
        house: The house style.
        typeset: Puts non-breaking signs into a finished text without changing its length.
        choose_face: Knows which signs the face of a text cannot draw.
    """

    def __init__(
        self,
        house: HouseStyle,
        typeset: Callable[[str], str],
        choose_face: FaceChooser = no_sign_faces,
    ) -> None:
        self._house = house
        self._typeset = typeset
        self._room = cell_rooms_of(house).room
        self._signs = SignRuns(house, choose_face)
        self._head, self._tail = _document_frame()
        self._paragraph = functools.lru_cache(maxsize=_MOST_PARAGRAPHS)(self._finish_paragraph)
        self._widths = functools.lru_cache(maxsize=256)(self._find_widths)
        self._form = functools.lru_cache(maxsize=1024)(self._make_form)
        self._layout = functools.lru_cache(maxsize=256)(self._finish_layout)
        self.header_footer = functools.lru_cache(maxsize=256)(self._finish_header_footer)

    def finish(
        self, xml: str, headers_footers: tuple[HeaderFooter, ...], *, is_landscape: bool
    ) -> FinishedBody:
        """Return the stored part of a rendered body with its texts.

        Raises:
            TemplateError: when the tags of the template left broken XML or stray words, or a
                reference that leads nowhere.
        """
        try:
            body = self._finish_by_paragraphs(xml, headers_footers, is_landscape=is_landscape)
        except StageError:
            # The whole may be right even so; if not, its own fault is the one to report.
            document, text = finish_body(
                xml, self._house, headers_footers, self._typeset, is_landscape=is_landscape
            )
            document = self._with_sign_faces(document)
            body = FinishedBody(document, (text,), _printed(document))
        document = with_field_results(body.document, self._house)
        if document is body.document:
            return body
        document = self._with_sign_faces(document)
        return FinishedBody(document, body.texts, _printed(document))

    def _with_sign_faces(self, part: bytes) -> bytes:
        """Return a part whose signs stand in faces that draw them."""
        root = parse(part)
        return serialise(root) if self._signs.set_in(root) else part

    def _finish_by_paragraphs(
        self, xml: str, headers_footers: tuple[HeaderFooter, ...], *, is_landscape: bool
    ) -> FinishedBody:
        if not xml.startswith(self._head) or not xml.endswith(self._tail):
            raise template_error("")
        parts = split_paragraphs(xml)
        widths = self._widths(tuple(parts[::2])) if _CELL in xml else itertools.repeat(0)
        paragraphs = [self._paragraph(*one) for one in zip(parts[1::2], widths, strict=False)]
        parts[1::2] = [
            one.layout_xml or xml if one.is_document_wide else one.numbered.format(number)
            for number, (xml, one) in enumerate(zip(parts[1::2], paragraphs, strict=True))
        ]
        joined = "".join(parts)
        layout = self._layout(joined, headers_footers, is_landscape=is_landscape)
        tall = layout.rows.tall(paragraphs, layout.page_height)
        if tall != _NOTHING_TALL:
            layout = self._layout(joined, headers_footers, is_landscape=is_landscape, tall=tall)
        texts = [text for paragraph in paragraphs for text in paragraph.layout_texts]
        if len(texts) != layout.numbers.count(None):
            raise template_error("")
        following = iter(texts)
        filled = [next(following) if one is None else paragraphs[one].xml for one in layout.numbers]
        document = _interleaved(layout.between, filled)
        return FinishedBody(
            document.encode(),
            tuple([one.text for one in paragraphs if one.text is not None]),
            tuple([one.printed for one in paragraphs]),
        )

    def _find_widths(self, between: tuple[str, ...]) -> list[int]:
        """Return for each paragraph, given what stands between them, the width of its cell."""
        return widths_around(parse("<w:p/>".join(between)))

    def _finish_paragraph(self, xml: str, width: int) -> _FinishedParagraph:
        """Return a paragraph finished: from its form if its texts allow that, else by itself."""
        parts = TEXT.split(xml)
        texts = [_unescaped(one) for one in parts[1::2]]
        text = "".join([one or "" for one in texts])
        printed = without_surplus_stops([one or "" for one in texts])
        form = None
        if None not in texts and _PLACEHOLDER not in xml:
            form = self._form(tuple(parts[::2]), tuple([bool(one) for one in printed]))
        room = self._room(width, "".join(parts[::2])) if width else None
        plain = "".join(printed)
        typeset = typeset_in(plain, self._typeset, room)
        if form is None or len(typeset) != len(plain) or self._signs.are_in(plain, xml):
            return self._finish_alone(xml, self._typeset, room)
        return form.with_texts(text, typeset, [len(one) for one in printed if one])

    def _make_form(
        self, between: tuple[str, ...], has_text: tuple[bool, ...]
    ) -> _ParagraphForm | None:
        """Return a paragraph's form; None when other words stand between its texts."""
        texts = [f"{TEXT_TAG}{_PLACEHOLDER if one else ''}</w:t>" for one in has_text]
        xml = "".join(itertools.chain(*itertools.zip_longest(between, texts, fillvalue="")))
        paragraph = self._finish_alone(xml, str)
        if (paragraph.text or "").strip(_PLACEHOLDER):
            return None
        return _ParagraphForm(
            paragraph,
            tuple(paragraph.xml.split(_PLACEHOLDER)),
            tuple(paragraph.printed.split(_PLACEHOLDER)),
        )

    def _finish_alone(
        self, xml: str, typeset: Callable[[str], str], room: CellRoom | None = None
    ) -> _FinishedParagraph:
        root = parse(f"{self._head}{xml}{self._tail}")
        if len(root) != 1 or len(root[0]) != 1 or has_stray_text(root):
            raise template_error("")
        (paragraph,) = root[0]
        texts = typeset_paragraphs(root, typeset, itertools.repeat(room))
        self._signs.set_in(root)
        finished = to_xml(root)[len(self._head) : -len(self._tail)]
        return _FinishedParagraph(
            finished,
            "\n".join(texts) if texts else None,
            "".join(paragraph_text(one) for one in root.iter(P)),
            any(True for _ in paragraph.iter(*CONTENT_TAGS)),
            any(one in finished for one in _DOCUMENT_WIDE),
            types_of(self._house).of_paragraph(paragraph),
        )

    def _finish_layout(
        self,
        xml: str,
        headers_footers: tuple[HeaderFooter, ...],
        *,
        is_landscape: bool,
        tall: TallRows = _NOTHING_TALL,
    ) -> _BodyLayout:
        """Return a layout; ``tall`` is what is too high for its page."""
        root = parse(xml)
        if has_stray_text(root):
            raise template_error("")
        typeset_paragraphs(root, self._typeset)
        self._signs.set_in(root)
        width, height = text_area(root, self._house, is_landscape=is_landscape)
        rows = read_rows(root, width)
        loosen_rows(root, tall)
        finish_structure(root, self._house, headers_footers, is_landscape=is_landscape)
        found = _NUMBER_OR_PLACEHOLDER.split(serialise(root).decode())
        numbers = [int(one) if one else None for one in found[1::3]]
        return _BodyLayout(tuple(found[::3]), tuple(numbers), rows, height)

    def fixed_header_footer(self, one: HeaderFooter) -> HeaderFooter:
        """Return a header or footer without tags as it is stored."""
        return replace(one, part=replace(one.part, data=self._with_sign_faces(one.part.data)))

    def _finish_header_footer(self, part_name: str, xml: str) -> tuple[ZipEntry, str]:
        """Return a filled header or footer ready to be stored, and its text."""
        data = self._with_sign_faces(finish_header_footer(xml, self._typeset))
        return to_entry(part_name, data), part_text(data)


def _printed(document: bytes) -> tuple[str, ...]:
    return tuple(paragraph_text(one) for one in parse(document).iter(P))


def part_text(part: bytes) -> str:
    """Return the text of a stored header or footer, its paragraphs joined."""
    return "".join(paragraph_text(one) for one in parse(part).iter(P))


def _document_frame() -> tuple[str, str]:
    """Return the XML before and after the paragraphs of every rendered body."""
    root = etree.Element(xml_name("w:document"), nsmap=NAMESPACES)
    body = etree.SubElement(root, xml_name("w:body"))
    etree.SubElement(body, P)
    head, tail = to_xml(root).split("<w:p/>")
    return head, tail
