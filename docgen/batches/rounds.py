"""Which files LibreOffice converts, round by round, until every document of a batch has its PDF.

Documents of one shape differ in the text of some paragraphs. A first round lays each distinct
paragraph out once, in samples. Of documents with the same line breaks a second round lays one out
whole, the reference, and the others are made from its pages and their own lines. A document that
cannot be made so is laid out whole, so that each has the bytes that it would have alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.batches.cache import (
    MOST_NEW_SHARE,
    DocumentProfile,
    KnownLines,
    LayoutCache,
    ShapeLayouts,
)
from docgen.batches.compose import compose, first_letters
from docgen.batches.cut import (
    BatchPiece,
    ConvertedBatch,
    DifferentPagesError,
    ForeignGlyphsError,
    cut_piece,
    read_batch,
)
from docgen.batches.members import Member, Mobility, Shape
from docgen.batches.paragraph_facts import read_facts
from docgen.batches.placement import inner_prefix, start_mark
from docgen.batches.references import make_from_reference, read_reference
from docgen.batches.sample_lines import NO_LINES, read_sample_lines
from docgen.batches.samples import MARK_SIZE, ParagraphKey, Sample, make_sample, text_of_paragraph
from docgen.pages.page_writer import WrittenPdf
from docgen.pages.syntax import BrokenPdfError
from docgen.proof.file_proof import data_difference
from docgen.proof.painted_text import PaintedTextReader
from docgen.proof.paper_proof import PageDifference
from docgen.proof.paragraph_words import without_placeholders

LEAST_DOCUMENTS: Final = 6
"""Fewer of a shape are laid out whole: a sample costs as much as some of them."""
_PAGES_PER_FILE: Final = 150
_ONE_READ_OF: Final = 50
"""Documents made from lines are proven by construction; one of so many is read all the same."""

Rounds: TypeAlias = "Generator[list[bytes], list[bytes | None], list[WrittenPdf] | None]"
"""Yields .docx files for LibreOffice and is sent their PDFs, None for each that it did not make.

Returns the PDF of each document, or None if a PDF was missing. It yields no files while it waits
for a reference that another thread or task is having laid out.
"""


@dataclass(slots=True, eq=False)
class _ShapeGroup:
    """Documents of one shape, by their numbers in the batch; filled from round to round.

    ``model`` is one of them, ``documents`` their paragraphs. ``known`` are the lines of these
    paragraphs, ``unknown`` the paragraphs that have none yet.
    """

    layouts: ShapeLayouts
    model: Member
    documents: dict[int, list[ParagraphKey]]
    known: dict[ParagraphKey, KnownLines] = field(default_factory=dict)
    unknown: dict[ParagraphKey, Mobility] = field(default_factory=dict)

    def look_up(self) -> bool:
        """Find the lines that are known; return whether the others are worth a sample."""
        lines, mobility = self.layouts.lines, self.model.mobility
        length = 0
        for paragraphs in self.documents.values():
            for index, one in enumerate(paragraphs):
                length += len(one[1])
                if one in self.known or one in self.unknown:
                    continue
                known = lines.get(one)
                if known is None:
                    self.unknown[one] = mobility[index]
                else:
                    self.known[one] = known
        return sum(len(xml) for _, xml in self.unknown) <= MOST_NEW_SHARE * length

    def make_sample(self) -> Sample | None:
        """Return the unknown paragraphs as one document; None if all of them are blank."""
        wanted = [one for one in self.unknown if text_of_paragraph(one[1]).strip()]
        for one in self.unknown.keys() - set(wanted):
            self.known[one] = self.layouts.add_lines(one, NO_LINES, self.unknown[one])
        return make_sample(self.model, self.layouts.contexts, wanted) if wanted else None

    def add_sample(
        self, sample: Sample, batch: ConvertedBatch, number: int, reader: PaintedTextReader
    ) -> None:
        """Take over the lines of a sample that is the given piece of a batch."""
        texts = {
            mark: [reader.comparable(self._words_of(xml)) for _, xml in paragraphs]
            for mark, paragraphs in sample.groups.items()
        }
        found = read_sample_lines(batch, number, texts, b"%d" % MARK_SIZE, reader)
        if not found:
            # Another LibreOffice may paint in another way.
            self.layouts.is_given_up = True
        for (mark, index), lines in found.items():
            one = sample.groups[mark][index]
            self.known[one] = self.layouts.add_lines(one, lines, self.unknown[one])

    def _words_of(self, xml: str) -> str:
        """Return what a paragraph paints; the leaders of its tabs are left out of account."""
        facts = read_facts(self.model.first_page.head, xml, self.model.styles)
        return without_placeholders(facts.words)

    def profiles(self) -> dict[int, DocumentProfile]:
        """Return the profiles of the documents whose lines are all known."""
        found = {}
        for number, paragraphs in self.documents.items():
            known = [self.known.get(one) for one in paragraphs]
            if None not in known:
                found[number] = tuple([one[1] for one in known if one is not None])
        return found


@dataclass(slots=True)
class _RefusedDocuments:
    """The documents of a job that cannot be cut from their files; filled file by file."""

    foreign: list[int] = field(default_factory=list)
    different: dict[int, PageDifference] = field(default_factory=dict)

    def raise_any(self) -> None:
        """Raise what says so, if there are any."""
        if self.different:
            raise DifferentPagesError(self.different)
        if self.foreign:
            raise ForeignGlyphsError(self.foreign)


class BatchJob:
    """Documents of one composition key on their way to PDFs, in rounds of LibreOffice.

    Without a ``cache`` each document is laid out whole.
    """

    def __init__(
        self, members: Sequence[Member], titles: Sequence[str], cache: LayoutCache | None
    ) -> None:
        self._members = members
        self._titles = titles
        self._pdfs: dict[int, WrittenPdf] = {}
        self._groups = [] if cache is None else list(_group_by_shape(members, cache))

    def rounds(self) -> Rounds:
        """Yield what LibreOffice is to convert, round by round.

        Raises:
            BrokenPdfError: when a batch cannot be read or cut.
            ForeignGlyphsError: when documents print signs that a first page does not; with their
                numbers.
            DifferentPagesError: when pages do not paint the words of their documents.
        """
        if not (yield from self._convert_samples()):
            return None
        waiting, references = self._choose_references()
        try:
            whole = [number for number in range(len(self._members)) if number not in waiting]
            if not (yield from self._convert_whole(whole, references)):
                return None
        finally:
            for group, profile in references.values():
                group.layouts.reserved.discard(profile)
        left = yield from self._make_from_references(waiting)
        if not (yield from self._convert_whole(left, {})):
            return None
        for group in self._groups:
            first = sum(
                number in self._pdfs and number not in waiting for number in group.documents
            )
            later = sum(number in group.documents for number in left)
            group.layouts.record(len(group.documents), first + later, group.known)
        return [self._pdfs[number] for number in range(len(self._members))]

    def _choose_references(
        self,
    ) -> tuple[
        dict[int, tuple[_ShapeGroup, DocumentProfile]],
        dict[int, tuple[_ShapeGroup, DocumentProfile]],
    ]:
        """Return the documents that wait for a reference, and those that become references."""
        waiting: dict[int, tuple[_ShapeGroup, DocumentProfile]] = {}
        references: dict[int, tuple[_ShapeGroup, DocumentProfile]] = {}
        for group in self._groups:
            for number, profile in group.profiles().items():
                is_reserved = group.layouts.reserve(profile, group.documents[number])
                (references if is_reserved else waiting)[number] = group, profile
        return waiting, references

    def _make_from_references(
        self, waiting: Mapping[int, tuple[_ShapeGroup, DocumentProfile]]
    ) -> Generator[list[bytes], list[bytes | None], list[int]]:
        """Make documents from references; return those that must be laid out whole after all."""
        left: list[int] = []
        still_waiting = dict(waiting)
        while still_waiting:
            for number, (group, profile) in [*still_waiting.items()]:
                is_under_way = profile in group.layouts.reserved
                if self._make_from_reference(number, group, profile):
                    del still_waiting[number]
                elif not is_under_way:
                    left.append(number)
                    del still_waiting[number]
            if still_waiting:
                yield []
        # What was made in the same way as a false one is not given out either.
        refuted = [
            number
            for number, (group, _) in waiting.items()
            if group.layouts.is_refuted and number in self._pdfs
        ]
        for number in refuted:
            del self._pdfs[number]
        return [*left, *refuted]

    def _convert_samples(self) -> Generator[list[bytes], list[bytes | None], bool]:
        """Have the unknown paragraphs laid out; return whether there was a PDF."""
        self._groups = [group for group in self._groups if group.look_up()]
        pairs = [(group, sample) for group in self._groups if (sample := group.make_sample())]
        if not pairs:
            return True
        (pdf,) = yield [compose([sample.member for _, sample in pairs])]
        if pdf is None:
            return False
        try:
            batch = read_batch(pdf, _pieces([sample.member for _, sample in pairs], is_read=False))
            letters = first_letters(pairs[0][0].model.first_page)
            reader = PaintedTextReader(batch.alphabets, batch.prints[0].codes, letters)
            for number, (group, sample) in enumerate(pairs):
                if group.layouts.has_fonts_of(batch):
                    group.add_sample(sample, batch, number, reader)
        except BrokenPdfError:
            self._give_up()
        return True

    def _give_up(self) -> None:
        for group in self._groups:
            group.layouts.is_given_up = True
        self._groups = []

    def _convert_whole(
        self,
        numbers: Sequence[int],
        references: Mapping[int, tuple[_ShapeGroup, DocumentProfile]],
    ) -> Generator[list[bytes], list[bytes | None], bool]:
        """Have documents laid out whole; return whether there were PDFs."""
        files = list(self._split_into_files(numbers))
        if not files:
            return True
        pdfs = yield [compose([self._members[number] for number in file]) for file in files]
        if None in pdfs:
            return False
        refused = _RefusedDocuments()
        for file, pdf in zip(files, pdfs, strict=True):
            batch = self._read_file(file, pdf or b"", refused)
            if batch is None:
                continue
            for place, number in enumerate(file):
                self._pdfs[number] = cut_piece(batch, place, self._titles[number])
                if number in references:
                    self._keep_reference(batch, place, number, *references[number])
        refused.raise_any()
        return True

    def _read_file(
        self, file: Sequence[int], pdf: bytes, refused: _RefusedDocuments
    ) -> ConvertedBatch | None:
        """Return the batch of some documents; None when some of them are refused."""
        members = [self._members[number] for number in file]
        try:
            return read_batch(pdf, _pieces(members, [self._titles[number] for number in file]))
        except ForeignGlyphsError as error:
            refused.foreign += [file[one] for one in error.numbers]
        except DifferentPagesError as error:
            refused.different |= {file[one]: found for one, found in error.found.items()}
        return None

    def _split_into_files(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        file: list[int] = []
        pages = 0
        for number in numbers:
            own = self._members[number].pages
            if file and pages + own > _PAGES_PER_FILE:
                yield file
                file, pages = [], 0
            file.append(number)
            pages += own
        if file:
            yield file

    def _keep_reference(
        self,
        batch: ConvertedBatch,
        place: int,
        number: int,
        group: _ShapeGroup,
        profile: DocumentProfile,
    ) -> None:
        """Keep a document that was laid out whole, for others to be made from."""
        layouts, paragraphs = group.layouts, group.documents[number]
        reference = None
        if layouts.has_fonts_of(batch):
            lines = [group.known[one][0] for one in paragraphs]
            texts = [text_of_paragraph(xml) for _, xml in paragraphs]
            reference = read_reference(batch, place, lines, texts)
        if reference is None:
            layouts.is_given_up = True
        else:
            layouts.add_reference(profile, reference, paragraphs)

    def _make_from_reference(
        self, number: int, group: _ShapeGroup, profile: DocumentProfile
    ) -> bool:
        """Make a document from a reference; return whether there is one for it."""
        paragraphs = group.documents[number]
        found = group.layouts.find_reference(profile, paragraphs)
        if found is None or group.layouts.batch is None or group.layouts.is_refuted:
            return False
        reference, changed = found
        lines = [group.known[one][0] for one in paragraphs]
        batch = group.layouts.batch
        made = make_from_reference(reference, batch, lines, changed, self._titles[number])
        if next(group.layouts.uses) % _ONE_READ_OF == 0:
            paper = self._members[number].paper
            if data_difference(paper, made.data, batch.alphabets) is not None:
                group.layouts.refute()
                return False
        self._pdfs[number] = made
        return True


def _group_by_shape(members: Sequence[Member], cache: LayoutCache) -> Iterator[_ShapeGroup]:
    """Yield the documents of one shape, where there are enough of them."""
    by_shape: defaultdict[Shape, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        by_shape[member.shape].append(number)
    for shape, numbers in by_shape.items():
        if len(numbers) < LEAST_DOCUMENTS:
            continue
        layouts = cache.layouts_of(shape)
        if layouts is not None:
            documents = {one: layouts.contexts.paragraphs(members[one]) for one in numbers}
            yield _ShapeGroup(layouts, members[numbers[0]], documents)


def _pieces(
    members: Sequence[Member], titles: Sequence[str] | None = None, *, is_read: bool = True
) -> list[BatchPiece]:
    """Return the pieces of a batch, by default with the papers that they are held to."""
    return [
        BatchPiece(
            start_mark(number), inner_prefix(number), title, member.paper if is_read else None
        )
        for number, (member, title) in enumerate(
            zip(members, titles or [""] * len(members), strict=True)
        )
    ]
