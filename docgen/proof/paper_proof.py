"""Whether the pages of a PDF paint all words of a .docx in their order, and nothing else."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from docgen.pages.page_commands import PaintedBlock
from docgen.proof.block_places import are_tiny, go_back_up, rises_of, run_together
from docgen.proof.flow_match import START, FlowPlace, PageReader, StepCount, TangledError, is_whole
from docgen.proof.paper_words import FlowItem, PaperWords, SectionWords, words_in
from docgen.proof.paragraph_words import (
    PAGE,
    PAGES,
    PageFacts,
    has_placeholders,
    without_placeholders,
)

_LONGEST_QUOTE: Final = 60


class PageFault(enum.Enum):
    """What may be wrong with a page besides its words."""

    RUN_TOGETHER = "two lines run into each other"
    MISPLACED = "a line stands above the one before it"
    TINY = "type too small to read"
    TANGLED = "too many ways to read the pages"


@dataclass(frozen=True, slots=True)
class PageDifference:
    """In what the pages of a PDF differ from its document.

    ``page`` is the page, from 1; ``missing`` what should stand there, ``painted`` what does, both
    without blanks; ``letter`` is one that is drawn as another, ``fault`` what is wrong where it is
    neither words nor letters.
    """

    page: int
    missing: str = ""
    painted: str = ""
    letter: str = ""
    fault: PageFault | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document should paint: its sections in outline, and the text of each as one.

    ``read`` gives all of it by paragraphs and tables, which is seldom needed. ``has_tiny_type`` is
    whether it asks for type that cannot be read.
    """

    outline: tuple[SectionWords, ...]
    texts: tuple[str, ...]
    read: Callable[[], PaperWords]
    has_tiny_type: bool = False


def paper_of(words: PaperWords) -> Paper:
    """Return a paper of which all is known."""
    texts = tuple(words_in(one.items) for one in words.sections)
    return Paper(words.sections, texts, lambda: words, words.has_tiny_type)


def difference(paper: Paper, pages: Sequence[Sequence[PaintedBlock]]) -> PageDifference | None:
    """Return the first difference between a paper and its pages, given the blocks of each.

    None when every word is painted where it belongs, and nothing else.
    """
    if not _paint_plainly(paper, pages):
        whole = paper.read()
        if not whole.in_known_order:
            return _lost_letters(whole, pages)
        found = _compare(whole.sections, pages)
        if found is not None:
            return found
    for number, blocks in enumerate(pages, start=1):
        if fault := _fault_of(paper, blocks):
            return PageDifference(number, fault=fault)
    return None


def _fault_of(paper: Paper, blocks: Sequence[PaintedBlock]) -> PageFault | None:
    """Return why the blocks of a page cannot be read, nothing if they can."""
    if run_together(blocks):
        return PageFault.RUN_TOGETHER
    if go_back_up(blocks) and not paper.read().is_painted_out_of_order:
        return PageFault.MISPLACED
    if are_tiny(blocks) and not paper.has_tiny_type:
        return PageFault.TINY
    return None


def _lost_letters(
    paper: PaperWords, pages: Sequence[Sequence[PaintedBlock]]
) -> PageDifference | None:
    """Return the first page if letters are painted less often than the document has them."""
    words = without_placeholders("".join([words_in(one.items) for one in paper.sections]))
    wanted = Counter(words)
    wanted.subtract(sign for blocks in pages for block in blocks for sign in block.text)
    lost = "".join(sign for sign, count in wanted.items() if count > 0 and sign.isalnum())
    return PageDifference(1, missing=lost) if lost else None


# --- the usual case: pages say one text after another ----------------------------------------


def _paint_plainly(paper: Paper, pages: Sequence[Sequence[PaintedBlock]]) -> bool:
    """Whether pages say the texts one after another, each page after its header."""
    section = position = number = 0
    entered = -1
    if any(has_placeholders(text) for text in paper.texts):
        return False
    for blocks in pages:
        while position >= len(paper.texts[section]) and section + 1 < len(paper.texts):
            section, position = section + 1, 0
        outline = paper.outline[section]
        number = _number_after(number, outline, is_first=entered != section)
        head, foot = _margins(outline, number, len(pages), is_first=entered != section)
        entered = section
        text = "".join([block.text for block in blocks])
        inner = text[len(head) : len(text) - len(foot)]
        if not (
            text == f"{head}{inner}{foot}" and paper.texts[section].startswith(inner, position)
        ):
            return False
        position += len(inner)
    return section == len(paper.texts) - 1 and position == len(paper.texts[section])


def _margins(section: SectionWords, number: int, pages: int, *, is_first: bool) -> tuple[str, str]:
    """Return what header and footer of a page say."""
    if not section.headers.by_kind and not section.footers.by_kind:
        return "", ""
    is_title = is_first and section.has_first_page
    is_even = section.has_even_pages and number % 2 == 0
    head, foot = (
        words_in(margin.on(is_first=is_title, is_even=is_even))
        .replace(PAGE, str(number))
        .replace(PAGES, str(pages))
        for margin in (section.headers, section.footers)
    )
    return head, foot


def _number_after(number: int, section: SectionWords, *, is_first: bool) -> int:
    return section.starts_at if is_first and section.starts_at is not None else number + 1


# --- the general case ------------------------------------------------------------------------


class _Position(NamedTuple):
    """How far pages have been read: the section, whether it has begun, its place, page number.

    ``framed`` is how far what stands in its frames has been painted.
    """

    section: int = 0
    is_entered: bool = False
    place: FlowPlace = START
    number: int = 0
    framed: FlowPlace = START


@dataclass(slots=True)
class _Reading:
    """A document held to its pages; filled with the first page that could not be read.

    That is the farthest one, in the best of the ways tried.
    """

    sections: Sequence[SectionWords]
    pages: Sequence[Sequence[PaintedBlock]]
    count: StepCount = field(default_factory=StepCount)
    page: int = 0
    found: PageDifference | None = None

    def ways(self, page: int, position: _Position) -> Iterator[_Position]:
        """Yield how far the document may have come after a page, counted from 0."""
        own = [block.text for block in self.pages[page]]
        best = (-1, "")
        for start in _starts(self.sections, position):
            section = self.sections[start.section]
            number = _number_after(position.number, section, is_first=not start.is_entered)
            facts = PageFacts(number, len(self.pages))
            reader = PageReader(own, rises_of(self.pages[page]), facts, self.count)
            for end, after in self._ends(reader, section, start._replace(number=number)):
                if end == len(own):
                    yield after
                else:
                    reader.note(end, "")
            best = max(best, (reader.farthest, reader.expected))
        if page + 1 > self.page:
            self.page = page + 1
            missing, painted = best[1][:_LONGEST_QUOTE], "".join(own[max(best[0], 0) :])
            shown = painted[: len(missing) or _LONGEST_QUOTE]
            self.found = PageDifference(page + 1, missing, shown)

    def _ends(
        self, reader: PageReader, section: SectionWords, start: _Position
    ) -> Iterator[tuple[int, _Position]]:
        """Yield which block may come after header, body, frames and footer of a page."""
        is_title = not start.is_entered and section.has_first_page
        is_even = section.has_even_pages and start.number % 2 == 0
        head, foot = (
            margin.on(is_first=is_title, is_even=is_even)
            for margin in (section.headers, section.footers)
        )
        for after_head in _whole_flows(reader, head, 0):
            for begun in reader.page_starts(section.items, start.place, after_head):
                for end, place in reader.flow(section.items, start.place, begun):
                    for last, framed in _after_body(reader, section, start.framed, foot, end):
                        yield last, start._replace(is_entered=True, place=place, framed=framed)


def _compare(
    sections: Sequence[SectionWords], pages: Sequence[Sequence[PaintedBlock]]
) -> PageDifference | None:
    """Return what is wrong when no way of reading the pages explains all of them."""
    reading = _Reading(sections, pages)
    seen: set[tuple[int, _Position]] = set()
    try:
        ways = [reading.ways(0, _Position())]
        while ways:
            position = next(ways[-1], None)
            if position is None:
                ways.pop()
            elif (len(ways), position) in seen:
                # Another way led here before, and nothing came of it.
                continue
            elif len(ways) < len(pages):
                seen.add((len(ways), position))
                ways.append(reading.ways(len(ways), position))
            elif _is_end(sections, position):
                return None
            elif reading.page < len(pages) or not reading.found:
                reading.page = len(pages)
                reading.found = PageDifference(len(pages), missing=_rest(sections, position))
    except TangledError:
        return reading.found or PageDifference(1, fault=PageFault.TANGLED)
    return reading.found or PageDifference(1, missing=_rest(sections, _Position()))


def _after_body(
    reader: PageReader,
    section: SectionWords,
    framed: FlowPlace,
    foot: Sequence[FlowItem],
    at: int,
) -> Iterator[tuple[int, FlowPlace]]:
    """Yield where a page may end after its body, and how far its frames have been painted then.

    Frames are painted after the body, the footer before or after them.
    """
    for end, place in reader.flow(section.framed, framed, at):
        for last in _whole_flows(reader, foot, end):
            yield last, place
    if foot and section.framed:
        for end in _whole_flows(reader, foot, at):
            yield from reader.flow(section.framed, framed, end)


def _whole_flows(reader: PageReader, items: Sequence[FlowItem], at: int) -> Iterator[int]:
    """Yield where a header or footer ends that is painted whole."""
    for end, place in reader.flow(items, START, at):
        if is_whole(items, place):
            yield end


def _starts(sections: Sequence[SectionWords], position: _Position) -> Iterator[_Position]:
    """Yield where a page may begin: in its section, or with the next ones where this is whole."""
    section = sections[position.section]
    if not (is_whole(section.items, position.place) and is_whole(section.framed, position.framed)):
        yield position
        return
    for number in range(position.section + 1, len(sections)):
        yield _Position(number, is_entered=False, place=START, number=position.number)
        if sections[number].items:
            break
    yield position


def _is_end(sections: Sequence[SectionWords], position: _Position) -> bool:
    section = sections[position.section]
    return (
        is_whole(section.items, position.place)
        and is_whole(section.framed, position.framed)
        and not any(one.items or one.framed for one in sections[position.section + 1 :])
    )


def _rest(sections: Sequence[SectionWords], position: _Position) -> str:
    items = sections[position.section].items[position.place.item :]
    return words_in(items)[position.place.signs :][:_LONGEST_QUOTE]
