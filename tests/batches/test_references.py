"""Lines are taken out of samples and put into pages where it is certain whose they are."""

from __future__ import annotations

import string
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.batches.cut import BatchFont, ConvertedBatch
from docgen.batches.references import ReferenceDocument, make_from_reference, read_reference
from docgen.batches.sample_lines import ParagraphLines, read_sample_lines
from docgen.pages import BrokenPdfError, Place
from docgen.pages.font_alphabets import FontAlphabet
from docgen.pages.glyphs import PageGlyphs
from docgen.pages.objects_read import open_plain
from docgen.pages.objects_write import FIRST_FREE, ObjectBlock
from docgen.pages.text_blocks import blocks_in
from docgen.pages.viewer import Bookmark
from docgen.proof.painted_text import PaintedTextReader

SIGNS = f"{string.ascii_lowercase} 0123456789._"
"""What the only font prints: the code of a sign is its place here."""
BLANK = bytes([SIGNS.index(" ")])
REPERTOIRE = SIGNS.replace(" ", "")
MARK = b"1"
UNDERLINE = b"q 1 0 0 1 85.2 700 cm\n0 -1.2 m 7 -1.2 l S\nQ\n"


def block(text: str, height: float, *, x: float = 85.2, size: int = 14) -> bytes:
    """Return a stretch of text as LibreOffice paints it."""
    codes = "".join(f"{SIGNS.index(sign):02X}" for sign in text)
    return f"q 0 0 0 rg\nBT\n{x} {height} Td /F1 {size} Tf<{codes}>Tj\nET\nQ\n".encode()


def mark(number: int, height: float) -> bytes:
    return block(str(number), height, size=int(MARK))


def page(*painted: bytes) -> bytes:
    return b"".join([b"0.1 w\nq 0 0 595 842 re\nW* n\n", *painted, b"Q\n"])


def packed(data: bytes) -> bytes:
    packer = zlib.compressobj(memLevel=9)
    return packer.compress(data) + packer.flush()


def pdf(pages: Sequence[bytes], pack: Callable[[bytes], bytes] = packed) -> bytes:
    """Return a file of pages drawn by one stream each."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>" % (len(pages), kids),
    ]
    for number, data in enumerate(map(pack, pages)):
        contents = 4 + 2 * number
        bodies += (
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<<>>>>" % contents,
            b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(data), data),
        )
    made = b"%PDF-1.6\n"
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(bodies, start=1):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>" % (len(bodies) + 1)
    count = len(bodies) + 1
    return made + b"xref\n0 %d\n%s%s\nstartxref\n%d\n%%%%EOF" % (count, table, trailer, len(made))


def batch_of(
    *pages: bytes, places: Mapping[bytes, Place] | None = None, marks: Sequence[Bookmark] = ()
) -> ConvertedBatch:
    """Return a batch of one piece, whose first page prints every sign in their order."""
    font = b"%d 0 obj\n<<>>\nendobj\n" % FIRST_FREE
    printed = PageGlyphs(frozenset({b"/F1"}), {b"/F1": bytes(range(len(SIGNS)))})
    return ConvertedBatch(
        file=open_plain(pdf([page(), *pages])),
        prints=[printed] * (1 + len(pages)),
        alphabets={b"/F1": FontAlphabet(SIGNS + "\0" * (256 - len(SIGNS)), {}, BLANK, None, {})},
        fonts={b"/F1": BatchFont(FIRST_FREE, ObjectBlock(font, [(FIRST_FREE, 0)], b"font"))},
        free=FIRST_FREE + 1,
        is_archival=True,
        spans=[range(1, 1 + len(pages))],
        places=[dict(places or {})],
        marks=[marks],
    )


def reader_of(batch: ConvertedBatch, repertoire: str = REPERTOIRE) -> PaintedTextReader:
    return PaintedTextReader(batch.alphabets, batch.prints[0].codes, repertoire)


def sample(
    *painted: bytes, texts: Mapping[int, Sequence[str]]
) -> dict[tuple[int, int], ParagraphLines]:
    """Read a sample of one page that paints this."""
    batch = batch_of(page(*painted))
    reader = reader_of(batch)
    words = {mark: [reader.comparable(one) for one in own] for mark, own in texts.items()}
    return read_sample_lines(batch, 0, words, MARK, reader)


def set_lines(*texts: str) -> ParagraphLines:
    """Return a paragraph of these lines as a sample has it."""
    painted = [block(text, 700 - 16 * number) for number, text in enumerate(texts)]
    found = sample(mark(1, 720), *painted, mark(1, 100), texts={1: [" ".join(texts)]})
    return found[1, 0]


# --- samples ---------------------------------------------------------------------------------


def test_wordings_are_told_apart_by_what_they_say_and_lines_by_their_height() -> None:
    found = sample(
        block("header 7", 800),
        *(mark(1, 790), block("one ", 780), block("two", 760), block("three", 740), mark(1, 730)),
        *(mark(2, 790), block("four", 780, x=300), mark(2, 770)),
        block("footer", 20),
        texts={1: ["one two", "three"], 2: ["four"]},
    )
    assert {key: len(lines.lines) for key, lines in found.items()} == {
        (1, 0): 2,
        (1, 1): 1,
        (2, 0): 1,
    }
    assert all(lines.is_plain for lines in found.values())


@pytest.mark.parametrize(
    ("painted", "texts", "known"),
    [
        ((block("wrong", 780), block("two", 760)), ["one", "two"], set()),
        ((block("one", 780), block("wrong", 760)), ["one", "two"], set()),
        ((block("one", 780), block("two", 760), block("on", 740)), ["one", "two", "one"], {0, 1}),
        ((block("one", 780),), ["one", "two"], {0}),
        ((block(" ", 780), block("one", 780)), ["  one"], {0}),
        ((block("one", 780), block("......", 780, x=200), block("two", 780)), ["one\ttwo"], {0}),
        ((block("one", 780), block("hidden", 780)), ["one"], set()),
    ],
)
def test_a_wording_that_is_not_painted_as_it_says_is_not_known(
    painted: Sequence[bytes], texts: Sequence[str], known: set[int]
) -> None:
    found = sample(mark(1, 790), *painted, mark(1, 100), texts={1: texts})
    assert {place for _, place in found} == known


@pytest.mark.parametrize(
    "painted",
    [
        (UNDERLINE, block("one", 780), block("two", 760)),
        (block("one", 780), UNDERLINE, block("two", 760)),
        (block("one", 780), block("two", 760), UNDERLINE),
    ],
    ids=["a ground", "an underline", "an underline of the last line"],
)
def test_what_paints_more_than_its_text_is_not_plain(painted: Sequence[bytes]) -> None:
    found = sample(mark(1, 790), *painted, mark(1, 100), texts={1: ["one two"]})
    assert not found[1, 0].is_plain


def test_a_bunch_that_does_not_end_on_its_page_is_plain_but_for_its_end() -> None:
    painted = (mark(1, 790), block("one", 780), block("two", 760))
    found = sample(*painted, texts={1: ["one", "two"]})
    assert [found[1, 0].is_plain, found[1, 1].is_plain] == [True, False]


@pytest.mark.parametrize("tiny", ["7", "a", "2"])
def test_type_as_small_as_marks_is_not_taken_for_one(tiny: str) -> None:
    painted = (block("one", 780), block(tiny, 770, size=1), mark(1, 700))
    found = sample(mark(1, 790), *painted, texts={1: ["one", tiny], 2: ["two"]})
    assert (1, 1) not in found
    assert (2, 0) not in found


def test_bookmarks_are_on_lines_of_their_wording() -> None:
    batch = batch_of(
        page(mark(1, 790), block("one ", 780), block("two", 760), mark(1, 700)),
        places={b"/w1x0xsign": Place(1, 101.5, 772.6)},
    )
    reader = reader_of(batch)
    lines = read_sample_lines(batch, 0, {1: ["onetwo"]}, MARK, reader)[1, 0]
    assert lines.places == {b"/sign": (1, 101.5)}
    assert lines.profile.marks == ((b"/sign", 1),)


def test_letters_that_share_a_glyph_are_one_letter() -> None:
    batch = batch_of()
    alphabet = batch.alphabets[b"/F1"]
    shared = {b"/F1": replace(alphabet, signs=alphabet.signs.replace("z", "y"))}
    reader = reader_of(replace(batch, alphabets=shared))
    assert reader.comparable("zyzy 1") == reader.comparable("yyyy1")
    assert reader.comparable("size") != reader.comparable("side")


def test_a_first_page_without_the_signs_is_refused() -> None:
    with pytest.raises(BrokenPdfError):
        reader_of(batch_of(), REPERTOIRE + "я")


@given(
    st.lists(st.text("abc ", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=6),
    st.data(),
)
@example(["a", "aa", "a"], None)
def test_any_wordings_come_back_line_by_line(texts: list[str], data: st.DataObject | None) -> None:
    """Whatever texts follow each other, each has its own lines, however they are broken."""
    texts = [text.strip() for text in texts]
    height = 780
    painted = [mark(1, 790)]
    counts = []
    for text in texts:
        cut = data.draw(st.integers(1, len(text))) if data is not None else 1
        lines = [one for one in (text[:cut], text[cut:]) if one.strip()]
        counts.append(len(lines))
        for line in lines:
            painted.append(block(line, height))
            height -= 16
    found = sample(*painted, mark(1, 50), texts={1: texts})
    assert [len(found[1, place].lines) for place in range(len(texts))] == counts


# --- references ------------------------------------------------------------------------------


def reference_of(
    batch: ConvertedBatch, lines: Sequence[ParagraphLines], texts: Sequence[str] | None = None
) -> ReferenceDocument | None:
    return read_reference(batch, 0, lines, texts or [""] * len(lines))


def painted_anew(
    batch: ConvertedBatch, lines: Sequence[ParagraphLines], place: int, new: ParagraphLines
) -> list[bytes]:
    """Return what draws each page once a paragraph says something else."""
    reference = reference_of(batch, lines)
    assert reference is not None
    assert place not in reference.fixed
    changed = [new if number == place else one for number, one in enumerate(lines)]
    made = open_plain(
        make_from_reference(reference, batch.without_pages(), changed, {place}, "").data
    )
    return [made.content(made.contents(one)[0]) for one in made.pages]


def test_a_paragraph_on_two_pages_is_set_anew_on_both() -> None:
    def pages(first: str, second: str) -> list[bytes]:
        return [
            page(block("start", 100), block(first, 80)),
            page(block("2", 810, x=300, size=12), block(second, 770), block("end", 750)),
        ]

    lines = [set_lines("start"), set_lines("aa", "bb"), set_lines("end")]
    new = set_lines("cccc", "d")
    assert painted_anew(batch_of(*pages("aa", "bb")), lines, 1, new) == pages("cccc", "d")


def test_a_row_that_goes_on_on_the_next_page_is_set_anew() -> None:
    def pages(second: str) -> list[bytes]:
        return [
            page(block("one", 100), block("left", 80), block("right", 80, x=300)),
            page(block(second, 770), block("more", 770, x=300)),
        ]

    found = sample(
        *(mark(1, 790), block("right", 780, x=300), block("more", 760, x=300), mark(1, 700)),
        texts={1: ["right more"]},
    )
    lines = [set_lines("one"), set_lines("left", "rest"), found[1, 0]]
    assert painted_anew(batch_of(*pages("rest")), lines, 1, set_lines("left", "a")) == pages("a")


def test_a_page_number_that_says_what_a_paragraph_says_makes_it_fixed() -> None:
    batch = batch_of(page(block("one", 700)), page(block("2", 810), block("2", 700)))
    reference = reference_of(batch, [set_lines("one"), set_lines("2")])
    assert reference is not None
    assert reference.fixed == {1}


def test_equal_lines_are_told_apart_by_their_order_downwards() -> None:
    lines = [set_lines("one"), set_lines("two"), set_lines("one")]
    upright = reference_of(
        batch_of(page(*map(block, ("one", "two", "one"), (700, 680, 660)))), lines
    )
    assert upright is not None
    assert not upright.fixed
    odd = reference_of(batch_of(page(*map(block, ("one", "two", "one"), (660, 680, 700)))), lines)
    assert odd is not None
    assert odd.fixed == {0, 2}


def test_a_repeated_heading_stays() -> None:
    rows = page(block("head", 770), block("two", 750))
    batch = batch_of(page(block("head", 770), block("one", 750)), rows)
    lines = [set_lines("head"), set_lines("one"), set_lines("two")]
    reference = reference_of(batch, lines)
    assert reference is not None
    assert reference.fixed == {0}
    assert painted_anew(batch, lines, 1, set_lines("four"))[1] == rows


def test_an_underline_between_lines_makes_a_paragraph_fixed() -> None:
    batch = batch_of(page(block("one", 700), UNDERLINE, block("two", 684), block("three", 660)))
    reference = reference_of(batch, [set_lines("one", "two"), set_lines("three")])
    assert reference is not None
    assert reference.fixed == {0}


def test_what_bookmarks_repeat_is_fixed() -> None:
    batch = batch_of(
        page(block("one", 700), block("two", 684)), marks=[Bookmark("One  title", 1, ())]
    )
    lines = [set_lines("one"), set_lines("two")]
    reference = reference_of(batch, lines, ["One title ", "two"])
    assert reference is not None
    assert reference.fixed == {0}
    assert reference_of(batch, lines, ["Another", "two"]) is None


@pytest.mark.parametrize("lines", [("other",), ("one", "more")])
def test_a_document_that_does_not_paint_these_lines_is_no_sheet(lines: Sequence[str]) -> None:
    assert reference_of(batch_of(page(block("one", 700))), [set_lines(*lines)]) is None


def test_a_place_moves_with_its_words() -> None:
    placed = replace(set_lines("one"), places={b"/sign": (0, 99.0)})
    batch = batch_of(page(block("one", 700)), places={b"/sign": Place(1, 99.0, 712.0)})
    reference = reference_of(batch, [placed])
    assert reference is not None
    moved = replace(set_lines("four"), places={b"/sign": (0, 120.0)})
    made = make_from_reference(reference, batch.without_pages(), [moved], {0}, "")
    assert made.places == {"sign": Place(1, 120.0, 712.0, 700.0)}
    elsewhere = replace(batch, places=[{b"/sign": Place(1, 98.0, 712.0)}])
    assert reference_of(elsewhere, [placed]) is None


def test_a_page_packed_by_another_program_is_no_sheet() -> None:
    data = page(*[block("one", 700 - number) for number in range(30)])
    batch = batch_of(data)
    other = open_plain(pdf([page(), data], lambda one: zlib.compress(one, 1)))
    assert reference_of(replace(batch, file=other), []) is None


def test_blocks_are_cut_where_their_height_is_told() -> None:
    (one,) = blocks_in(page(block("ab", 700)))
    assert one.height == b"700"
    assert one.height.join(one.pieces) == block("ab", 700)
