"""What a member of a batch should paint, from what is known of its paragraphs."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from docgen.batches.package_frames import PackageFrame
from docgen.batches.paragraph_facts import TAIL, ParagraphFacts
from docgen.batches.placement import SECTION_PROPERTIES
from docgen.ooxml.zip_parts import DOCUMENT_PART, STYLES_PART
from docgen.proof.paper_proof import Paper
from docgen.proof.paper_stretches import flow_of
from docgen.proof.paper_words import PaperWords, SectionWords, has_tiny_type, read_paper

FRAME: Final = "<w:framePr"
_MERGED: Final = "<w:vMerge"


def member_paper(
    frame: PackageFrame,
    body: tuple[str, tuple[str, ...], str],
    paragraphs: Sequence[ParagraphFacts],
) -> Paper:
    """Return what a document should paint, its tables unread as long as nobody asks for them.

    ``body`` is what the part begins with, its stretches by turns, and the closing section.
    """
    head, parts, closing = body
    ends = [index for index, one in enumerate(paragraphs, start=1) if one.sections]
    sections = [SECTION_PROPERTIES.findall(parts[2 * end - 1])[-1] for end in ends]
    bounds = [*pairwise([0, *ends, len(paragraphs)])]
    words = [one.words for one in paragraphs]
    outline = _outline(frame, head, (*sections, closing))
    is_tiny = has_tiny_type(frame.parts[STYLES_PART].decode()) or any(map(has_tiny_type, parts))
    return Paper(
        outline,
        tuple(["".join(words[start:end]) for start, end in bounds]),
        functools.partial(_put_together, outline, bounds, parts, words, is_tiny=is_tiny),
        is_tiny,
    )


def _put_together(
    outline: Sequence[SectionWords],
    bounds: Sequence[tuple[int, int]],
    parts: Sequence[str],
    words: Sequence[str],
    *,
    is_tiny: bool,
) -> PaperWords:
    """Return all that a document paints, given the bounds of its sections by paragraphs."""
    is_framed = [FRAME in one for one in parts[1::2]]
    body = ["" if framed else one for one, framed in zip(words, is_framed, strict=True)]
    sections = [
        replace(
            section,
            items=flow_of(parts[2 * start : 2 * end : 2], body[start:end]),
            framed=tuple(
                [words[index] for index in range(start, end) if is_framed[index] and words[index]]
            ),
        )
        for section, (start, end) in zip(outline, bounds, strict=True)
    ]
    is_out_of_order = any(is_framed) or any(_MERGED in one for one in parts[::2])
    return PaperWords(tuple(sections), is_out_of_order, is_tiny)


@functools.lru_cache(maxsize=64)
def _outline(frame: PackageFrame, head: str, sections: tuple[str, ...]) -> tuple[SectionWords, ...]:
    """Return the sections of a document without what they hold."""
    *inner, last = sections
    paragraphs = "".join([f"<w:p><w:pPr>{one}</w:pPr></w:p>" for one in inner])
    document = f"{head}{paragraphs}{last}{TAIL}".encode()
    return read_paper({**frame.parts, DOCUMENT_PART: document}).sections
