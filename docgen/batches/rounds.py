"""Rounds of LibreOffice: what LibreOffice has laid out once is not laid out again.

Documents of one shape differ in the words of some paragraphs. Their wordings are laid out in
galleys, each once; of documents with the same breaks of lines one is laid out whole, and the others
are made up from its pages and their lines. Whatever does not come out of that as it should is laid
out whole, so that every document has the bytes that it would have alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.batches.cache import WORTH, Forme, Key, Known, LayoutCache
from docgen.batches.compose import compose, first_letters
from docgen.batches.cut import Batch, BatchPiece, StrangerError, examined, write_piece
from docgen.batches.members import Member, Shape
from docgen.batches.placement import inner_prefix, start_mark
from docgen.batches.references import read_sheet, set_anew
from docgen.batches.sample_lines import NO_LINES, read_galley
from docgen.batches.samples import MARK_SIZE, Galley, Wording, galley_of, words_of
from docgen.pages.page_writer import Cut
from docgen.pages.syntax import BrokenPdfError
from docgen.proof.painted_words import Reader

LEAST_PAPERS: Final = 6
"""Fewer of a shape are laid out whole: a galley costs as much as some of them."""
_PAGES_A_FILE: Final = 150

Rounds: TypeAlias = "Generator[list[bytes], list[bytes | None], list[Cut] | None]"
"""Yields documents for LibreOffice, is sent their PDFs; returns papers, None if a PDF is none.

It yields none while somebody else has something laid out that it waits for.
"""


@dataclass(slots=True, eq=False)
class _ShapeGroup:
    """Documents of one shape: wordings by their numbers in the load.

    ``used`` are the lines of these wordings, ``lacking`` those that have none yet.
    """

    forme: Forme
    sample: Member
    papers: dict[int, list[Wording]]
    used: dict[Wording, Known] = field(default_factory=dict)
    lacking: dict[Wording, tuple[bool, bool]] = field(default_factory=dict)

    def look_up(self) -> bool:
        """Find the lines that are known; return whether the others are worth a galley."""
        lines, looks = self.forme.lines, self.sample.looks
        words = 0
        for wordings in self.papers.values():
            for place, one in enumerate(wordings):
                words += len(one[1])
                if one in self.used or one in self.lacking:
                    continue
                known = lines.get(one)
                if known is None:
                    self.lacking[one] = looks[place]
                else:
                    self.used[one] = known
        return sum(len(xml) for _, xml in self.lacking) <= WORTH * words

    def galley(self) -> Galley | None:
        """Return what is to be laid out; what says nothing need not be."""
        wanted = [one for one in self.lacking if words_of(one[1]).strip()]
        for one in self.lacking.keys() - set(wanted):
            self.used[one] = self.forme.note(one, NO_LINES, self.lacking[one])
        return galley_of(self.sample, self.forme.contexts, wanted) if wanted else None

    def take(self, galley: Galley, batch: Batch, number: int, reader: Reader) -> None:
        """Take the lines of a galley in."""
        texts = {
            bunch: [reader.words(words_of(xml)) for _, xml in own]
            for bunch, own in galley.bunches.items()
        }
        found = read_galley(batch, number, texts, b"%d" % MARK_SIZE, reader)
        if not found:
            # Another LibreOffice may paint in a way of its own.
            self.forme.is_hopeless = True
        for (bunch, place), lines in found.items():
            one = galley.bunches[bunch][place]
            self.used[one] = self.forme.note(one, lines, self.lacking[one])

    def keys(self) -> dict[int, Key]:
        """Return the looks of the papers whose lines are all known."""
        found = {}
        for number, wordings in self.papers.items():
            known = [self.used.get(one) for one in wordings]
            if None not in known:
                found[number] = tuple([one[1] for one in known if one is not None])
        return found


class BatchJob:
    """Documents of one kin on their way to papers, in rounds of LibreOffice."""

    def __init__(
        self, members: Sequence[Member], titles: Sequence[str], standing: LayoutCache | None
    ) -> None:
        self._members = members
        self._titles = titles
        self._cuts: dict[int, Cut] = {}
        self._groups = [] if standing is None else list(_groups(members, standing))

    def rounds(self) -> Rounds:
        """Yield what LibreOffice is to convert, round by round.

        Raises:
            BrokenPdfError: when papers do not come out as they should.
            StrangerError: when some print signs that a first page does not, with their numbers.
        """
        if not (yield from self._galleys()):
            return None
        waiting, samples = self._parted()
        try:
            whole = [number for number in range(len(self._members)) if number not in waiting]
            if not (yield from self._laid_out(whole, samples)):
                return None
        finally:
            for group, key in samples.values():
                group.forme.claimed.discard(key)
        left = yield from self._made_up(waiting)
        if not (yield from self._laid_out(left, {})):
            return None
        for group in self._groups:
            count = sum(number in self._cuts and number not in waiting for number in group.papers)
            more = sum(number in group.papers for number in left)
            group.forme.count(len(group.papers), count + more, group.used)
        return [self._cuts[number] for number in range(len(self._members))]

    def _parted(
        self,
    ) -> tuple[dict[int, tuple[_ShapeGroup, Key]], dict[int, tuple[_ShapeGroup, Key]]]:
        """Return the papers that wait for a sheet, and those that are to be sheets for others."""
        waiting: dict[int, tuple[_ShapeGroup, Key]] = {}
        samples: dict[int, tuple[_ShapeGroup, Key]] = {}
        for group in self._groups:
            for number, key in group.keys().items():
                is_sample = group.forme.claim(key, group.papers[number])
                (samples if is_sample else waiting)[number] = group, key
        return waiting, samples

    def _made_up(
        self, waiting: Mapping[int, tuple[_ShapeGroup, Key]]
    ) -> Generator[list[bytes], list[bytes | None], list[int]]:
        """Make papers up; return those for which there is no sheet after all."""
        left: list[int] = []
        late = dict(waiting)
        while late:
            for number, (group, key) in [*late.items()]:
                is_to_come = key in group.forme.claimed
                if self._set(number, group, key):
                    del late[number]
                elif not is_to_come:
                    left.append(number)
                    del late[number]
            if late:
                yield []
        return left

    def _galleys(self) -> Generator[list[bytes], list[bytes | None], bool]:
        """Have the wordings laid out that are not known yet; return whether there was a PDF."""
        self._groups = [group for group in self._groups if group.look_up()]
        pairs = [(group, galley) for group in self._groups if (galley := group.galley())]
        if not pairs:
            return True
        (pdf,) = yield [compose([galley.member for _, galley in pairs])]
        if pdf is None:
            return False
        try:
            batch = examined(pdf, _pieces([galley.member for _, galley in pairs]))
            reader = Reader(
                batch.alphabets, batch.prints[0].codes, first_letters(pairs[0][0].sample.lead)
            )
            for number, (group, galley) in enumerate(pairs):
                if group.forme.fits(batch):
                    group.take(galley, batch, number, reader)
        except BrokenPdfError:
            self._give_up()
        return True

    def _give_up(self) -> None:
        for group in self._groups:
            group.forme.is_hopeless = True
        self._groups = []

    def _laid_out(
        self, numbers: Sequence[int], samples: Mapping[int, tuple[_ShapeGroup, Key]]
    ) -> Generator[list[bytes], list[bytes | None], bool]:
        """Have papers laid out whole; return whether there were PDFs."""
        files = list(self._files(numbers))
        if not files:
            return True
        pdfs = yield [compose([self._members[number] for number in file]) for file in files]
        if None in pdfs:
            return False
        strangers: list[int] = []
        for file, pdf in zip(files, pdfs, strict=True):
            pieces = _pieces(
                [self._members[number] for number in file],
                [self._titles[number] for number in file],
            )
            try:
                batch = examined(pdf or b"", pieces)
            except StrangerError as error:
                strangers += [file[one] for one in error.numbers]
                continue
            for place, number in enumerate(file):
                self._cuts[number] = write_piece(batch, place, self._titles[number])
                if number in samples:
                    self._keep(batch, place, number, *samples[number])
        if strangers:
            raise StrangerError(strangers)
        return True

    def _files(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        held: list[int] = []
        pages = 0
        for number in numbers:
            own = self._members[number].pages
            if held and pages + own > _PAGES_A_FILE:
                yield held
                held, pages = [], 0
            held.append(number)
            pages += own
        if held:
            yield held

    def _keep(self, batch: Batch, place: int, number: int, group: _ShapeGroup, key: Key) -> None:
        """Keep a paper that was laid out whole, for others to be made up from."""
        forme, wordings = group.forme, group.papers[number]
        lines = [group.used[one][0] for one in wordings]
        texts = [words_of(xml) for _, xml in wordings]
        sheet = read_sheet(batch, place, lines, texts) if forme.fits(batch) else None
        if sheet is None:
            forme.is_hopeless = True
        else:
            forme.keep(key, sheet, wordings)

    def _set(self, number: int, group: _ShapeGroup, key: Key) -> bool:
        """Make a paper up from a sheet, if there is one for it."""
        wordings = group.papers[number]
        found = group.forme.sheet_for(key, wordings)
        if found is None or group.forme.batch is None:
            return False
        sheet, changed = found
        lines = [group.used[one][0] for one in wordings]
        self._cuts[number] = set_anew(
            sheet, group.forme.batch, lines, changed, self._titles[number]
        )
        return True


def _groups(members: Sequence[Member], standing: LayoutCache) -> Iterator[_ShapeGroup]:
    """Yield the documents of one shape, where there are enough of them."""
    by_shape: defaultdict[Shape, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        by_shape[member.shape].append(number)
    for shape, numbers in by_shape.items():
        if len(numbers) < LEAST_PAPERS:
            continue
        forme = standing.forme_of(shape)
        if forme is not None:
            papers = {one: forme.contexts.wordings(members[one]) for one in numbers}
            yield _ShapeGroup(forme, members[numbers[0]], papers)


def _pieces(members: Sequence[Member], titles: Sequence[str] | None = None) -> list[BatchPiece]:
    return [
        BatchPiece(start_mark(number), inner_prefix(number), title, member.letters)
        for number, (member, title) in enumerate(
            zip(members, titles or [""] * len(members), strict=True)
        )
    ]
