"""Documents made up from the lines of others have the bytes that they have when laid out whole."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence

import pytest

from docgen import ooxml
from docgen.batches.cache import LayoutCache
from docgen.batches.members import Member, read_member
from docgen.batches.rounds import LEAST_DOCUMENTS
from docgen.batches.samples import contexts_of, make_sample, text_of_paragraph
from docgen.ooxml.finish_body import finish_body
from docgen.ooxml.font_names import LETTERS, SIGNS
from docgen.pages.page_writer import WrittenPdf
from docgen.pdf import find_office
from docgen.pdf.calls import Call, ConversionTask, run_call
from docgen.pdf.company import Company
from docgen.pdf.server import OfficeServer
from docgen.proof.paper_proof import PageDifference, Paper
from tests.support.small_root import SHIPPED

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in ooxml.word_xml.NAMESPACES.items())
STYLES = {
    "Under": ("", '<w:u w:val="single"/>'),
    "Ground": ("", '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>'),
    "Tiny": ("", '<w:sz w:val="2"/>'),
    "Ruled": ('<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1"/></w:pBdr>', ""),
}
FRAMED = {"Framed": ("", '<w:bdr w:val="single" w:sz="4" w:space="0"/>')}
NAMES = ("Иванов", "Ёлкина", "Смирнова", "Кузнецов")
CENTRED, RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
PAGE_END = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
LYING = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
HELD = "\u00a0"
BOX, ROUBLE = (
    f'<w:rFonts w:ascii="{one}" w:hAnsi="{one}" w:cs="{one}" w:eastAsia="{one}"/>'
    for one in (SIGNS.family, LETTERS.family)
)
FOOT = (
    '<w:framePr w:w="6804" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin"'
    ' w:xAlign="left" w:yAlign="bottom"/>'
)


def said(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(text: str, style: str = "", rules: str = "", look: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{rules}</w:pPr>{said(text, look)}</w:p>"


def sign(name: str) -> str:
    return (
        f'<w:bookmarkStart w:id="{len(name)}" w:name="{name}"/><w:bookmarkEnd w:id="{len(name)}"/>'
    )


def cell(inside: str, rules: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="4800" w:type="dxa"/>{rules}</w:tcPr>{inside}</w:tc>'


def row(*cells: str, rules: str = "") -> str:
    return f"<w:tr><w:trPr>{rules}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    look = '<w:tblStyle w:val="TableGrid"/><w:tblLayout w:type="fixed"/>'
    grid = '<w:gridCol w:w="4800"/>' * 2
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def between(*inside: str) -> str:
    return f"{line('Начало')}{''.join(inside)}{line('Конец')}"


Makes = Callable[[bytes], Sequence[Member]]
Says = Callable[[int], str]


def name(number: int) -> str:
    return NAMES[number % len(NAMES)]


GROUPS: dict[str, tuple[Says, int]] = {
    "plain text": (lambda n: between(line(name(n)), line(f"Приказ {n % 3}", rules=CENTRED)), 1),
    "long paragraphs over pages": (
        lambda n: between(*[line(f"{name(n)[:5]} и" + " ещё слово" * 90) for _ in range(8)]),
        3,
    ),
    "bold inside": (
        lambda n: between(
            f"<w:p>{said('Назначить ')}{said(name(n), '<w:b/>')}{said(' наставником')}</w:p>"
        ),
        1,
    ),
    "letters apart, capitals": (
        lambda n: between(
            line(name(n), look='<w:spacing w:val="40"/>'), line(name(n), look="<w:caps/>")
        ),
        1,
    ),
    "places in centred text": (
        lambda n: between(
            f"<w:p><w:pPr>{CENTRED}</w:pPr>{sign('a')}{said(name(n))}{sign('bb')}"
            f"{said(' и ' + name(n + 1))}{sign('ccc')}</w:p>"
        ),
        1,
    ),
    "held blanks first": (
        lambda n: between(
            line(name(n)), line(HELD + name(n), rules=CENTRED), line(HELD + name(n), rules=RIGHT)
        ),
        1,
    ),
    "leaders of tabs": (
        lambda n: between(
            '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9000"/></w:tabs>'
            f"</w:pPr>{said(name(n))}<w:r><w:tab/></w:r>{said(f'№ {n % 2}')}</w:p>"
        ),
        1,
    ),
    "signs of XML": (lambda n: between(line(f"«{name(n)} &amp; К» &lt; 2")), 1),
    "a table over pages": (
        lambda n: between(
            table(
                row(cell(line("Имя", look="<w:b/>")), cell("<w:p/>"), rules="<w:tblHeader/>"),
                *[row(cell(line(str(one))), cell(line(name(n + one)))) for one in range(60)],
            )
        ),
        1,
    ),
    "cells in the middle and merged": (
        lambda n: between(
            table(
                row(
                    cell(line(name(n)), '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'),
                    cell(line(name(n + 1)) * 3, '<w:vAlign w:val="bottom"/>'),
                ),
                row(cell("<w:p/>", "<w:vMerge/>"), cell(line(name(n)))),
            )
        ),
        1,
    ),
    "a row that goes on on the next page": (
        lambda n: between(
            table(row(cell(line(name(n)) + line("слово " * 500)), cell(line("мир " * 700))))
        ),
        1,
    ),
    "two sections": (
        lambda n: (
            f"{line(name(n))}<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
            f"{between(line(name(n), rules=CENTRED))}{LYING}"
        ),
        1,
    ),
    "a page number that is also a text": (
        lambda n: f"{line('Начало')}{PAGE_END}{line(f'{2 + n % 2}', 'header')}<w:p/>",
        12,
    ),
    "underlined by style": (lambda n: between(line(name(n), "Under"), line("Слово")), 4),
    "shaded by style": (lambda n: between(line(name(n), "Ground"), line("Слово")), 4),
    "a rule below by style": (lambda n: between(line("Слово", "Ruled"), line(name(n))), 4),
    "type as small as marks": (lambda n: between(line(str(1 + n % 4), "Tiny"), line(name(n))), 12),
    "a place between paragraphs": (
        lambda n: between(f"{sign('d')}{line(name(n), rules=CENTRED)}"),
        12,
    ),
    "a page begun by a rule": (
        lambda n: between(line("Слово", rules="<w:pageBreakBefore/>"), line(name(n))),
        1,
    ),
    "hyphens that do not break": (
        lambda n: between(line(f"№{HELD}{n}\u2011ФЗ от{HELD}1 мая, {name(n)}-младший, 5\u2011й")),
        12,
    ),
    "a frame at the foot": (
        lambda n: f"{line('Начало')}{line(name(n))}{line('Исполнитель', 'Author', FOOT)}",
        12,
    ),
    "headings": (lambda n: between(line(name(n), "Section"), line(name(n + 1))), 12),
    "a box to tick": (
        lambda n: between(
            line(name(n)), f"<w:p>{said('☐', BOX)}{said(' согласен с тем, что прочёл. ' * 9)}</w:p>"
        ),
        1,
    ),
    "a box beside a name": (
        lambda n: between(f"<w:p>{said('☑' if n % 2 else '☐', BOX)}{said(' ' + name(n))}</w:p>"),
        1,
    ),
    "sums in roubles": (
        lambda n: between(f"<w:p>{said(f'{n % 3} 500 ')}{said('₽', ROUBLE)}</w:p>"),
        1,
    ),
    "signs of the face of the text": (lambda n: between(line(f"{name(n)}, α ≥ ½")), 1),
}
"""What paper ``n`` of a group says, and how many of twelve papers are laid out at the most."""


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Member]:
    """Return what makes a document under the shipped house style with some styles more."""

    def house_with(styles: dict[str, tuple[str, str]]) -> Callable[[str], bytes]:
        path = tmp_path_factory.mktemp("style") / "стиль.docx"
        added = "".join(
            f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr>{rules}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
            for one, (rules, look) in styles.items()
        )
        shipped = SHIPPED / "templates_docx" / "стиль.docx"
        with zipfile.ZipFile(shipped) as old, zipfile.ZipFile(path, "w") as new:
            for part in old.namelist():
                data = old.read(part)
                if part == "word/styles.xml":
                    data = data.replace(b"</w:styles>", f"{added}</w:styles>".encode())
                new.writestr(part, data)
        house = ooxml.HouseStyle(path)
        headers_footers = house.headers_footers("")
        shared_parts = ooxml.make_shared_parts(house, headers_footers, (), ())

        def made(body: str) -> bytes:
            xml = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
            document, _ = finish_body(xml, house, headers_footers, str, is_landscape=False)
            return shared_parts.to_docx(document, "Документ", {})

        return made

    houses = {False: house_with(STYLES), True: house_with(STYLES | FRAMED)}

    def member(body: str, *, frames: bool = False) -> Member:
        found = read_member(houses[frames](body))
        assert found is not None
        return found

    return member


# --- shapes and samples, without LibreOffice -------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("words", line("Иванов"), line("Пётр и Павел")),
        ("signs of XML", line("Иванов"), line("Рога &amp; копыта")),
        ("numbers", line("1"), line("2026")),
    ],
)
def test_documents_that_differ_in_words_are_of_one_shape(
    name: str, first: str, second: str, make: Callable[..., Member]
) -> None:
    assert make(between(first)).shape == make(between(second)).shape, name


@pytest.mark.parametrize(
    "change",
    [
        lambda text: line(text, rules=CENTRED if text == "Два" else ""),
        lambda text: line(text, look='<w:u w:val="single"/>'),
        lambda text: line(text, look='<w:vertAlign w:val="superscript"/>'),
        lambda text: line(text if text == "Раз" else HELD),
        lambda text: table(row(cell(line(text)), cell("<w:p/>"), rules="<w:tblHeader/>")),
        lambda text: f'<w:p>{said(text)}<w:fldSimple w:instr=" PAGE "/></w:p>',
    ],
    ids=["rules", "an underline", "a superscript", "blanks", "a repeated row", "a field"],
)
def test_documents_that_differ_in_more_than_plain_words_are_of_several_shapes(
    change: Callable[[str], str], make: Callable[..., Member]
) -> None:
    assert make(between(change("Раз"))).shape != make(between(change("Два"))).shape


def test_no_paragraph_is_loose_where_a_style_frames_signs(make: Callable[..., Member]) -> None:
    movable = [make(between(line("Раз")), frames=frames).mobility[1][0] for frames in (False, True)]
    assert movable == [True, False]


@pytest.mark.parametrize(
    "inside",
    [
        table(row(cell(table(row(cell(line("Раз")))) + line("Два")))),
        table(row(cell(line("Раз")), rules='<w:gridBefore w:val="1"/>')),
        table(row(cell(line("Раз"), "<w:textDirection/>"))),
        sign("a") + line("Раз"),
    ],
    ids=["a table in a table", "a row that begins later", "turned", "a place between paragraphs"],
)
def test_a_shape_whose_columns_or_places_are_not_certain_has_no_contexts(
    inside: str, make: Callable[..., Member]
) -> None:
    assert contexts_of(make(between(inside)).shape) is None


def sample_xml(member: Member) -> tuple[str, dict[int, list[str]]]:
    contexts = contexts_of(member.shape)
    assert contexts is not None
    sample = make_sample(member, contexts, contexts.paragraphs(member))
    texts = {
        mark: [text_of_paragraph(xml) for _, xml in own] for mark, own in sample.groups.items()
    }
    return "".join(sample.member.parts), texts


def test_a_galley_has_each_wording_between_marks_in_its_own_column(
    make: Callable[..., Member],
) -> None:
    xml, groups = sample_xml(make(between(table(row(cell(line("Раз")), cell(line("Два")))))))
    assert sorted(groups.values()) == [["Два"], ["Начало", "Конец"], ["Раз"]]
    marks = re.findall(r'<w:sz w:val="2"/></w:rPr><w:t xml:space="preserve">(\d+)</w:t>', xml)
    assert marks == ["1", "1", "2", "2", "3", "3"]
    assert xml.count("<w:tbl>") == 1


def test_what_may_print_more_than_it_says_stands_in_a_bunch_by_itself(
    make: Callable[..., Member],
) -> None:
    tabbed = f"<w:p>{said('Раз')}<w:r><w:tab/></w:r></w:p>"
    _, groups = sample_xml(make(between(tabbed, line(HELD + "Два"), line("Три"))))
    assert sorted(map(sorted, groups.values()), key=len) == [
        ["Раз"],
        [HELD + "Два"],
        ["Конец", "Начало", "Три"],
    ]


def test_a_galley_does_not_hold_rows_or_paragraphs_together(make: Callable[..., Member]) -> None:
    kept = line("Раз", rules="<w:keepNext/><w:keepLines/><w:pageBreakBefore/>")
    rules = '<w:cantSplit/><w:trHeight w:val="300" w:hRule="exact"/>'
    xml, _ = sample_xml(make(between(table(row(cell(kept), rules=rules)))))
    assert not re.search("keepNext|keepLines|pageBreakBefore|trHeight", xml.split("<w:tbl>")[1])


# --- LibreOffice itself ----------------------------------------------------------------------


class Counting:
    """Converts and counts the documents that are laid out, samples among them."""

    def __init__(self, server: OfficeServer) -> None:
        self.server = server
        self.documents = 0

    def __call__(self, documents: Sequence[bytes], call: Call) -> tuple[list[bytes | None], bool]:
        for document in documents:
            with zipfile.ZipFile(io.BytesIO(document)) as package:
                xml = package.read("word/document.xml")
            self.documents += len(re.findall(rb'w:name="b\d+s"', xml))
        return self.server.convert(documents, call)


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counting]:
    server = OfficeServer(find_office(), tmp_path_factory.mktemp("office"), threading.Event())
    yield Counting(server)
    server.close()


def laid_out(
    members: Sequence[Member], counting: Counting, *, cache: LayoutCache | None
) -> tuple[tuple[WrittenPdf, ...], int]:
    """Return the papers, and how many documents were laid out for them."""
    before = counting.documents
    titles = tuple(f"Документ {number}" for number in range(len(members)))
    task = ConversionTask(tuple(members), titles, len(members), may_share_lines=cache is not None)
    (made,) = run_call(Call((task,)), counting, cache or LayoutCache()).made
    assert isinstance(made, tuple)
    cuts = tuple([one for one in made if isinstance(one, WrittenPdf)])
    assert len(cuts) == len(members)
    return cuts, counting.documents - before


@pytest.mark.office
@pytest.mark.parametrize("group", GROUPS)
def test_papers_made_up_from_lines_have_the_bytes_of_papers_laid_out_whole(
    group: str, make: Callable[..., Member], counting: Counting
) -> None:
    says, most = GROUPS[group]
    members = [make(says(number)) for number in range(12)]
    if not all(map(Company(find_office().version).takes, members)):
        pytest.skip("this LibreOffice does not lay such papers out together")
    whole, count = laid_out(members, counting, cache=None)
    assert count == len(members)
    cache = LayoutCache()
    made, count = laid_out(members, counting, cache=cache)
    assert [one == other for one, other in zip(made, whole, strict=True)] == [True] * 12
    assert count <= most + 1
    if most < len(members):
        # What is known is not laid out again, in whatever order it comes.
        _, count = laid_out(members[::-1], counting, cache=cache)
        assert count == 0
    few, count = laid_out(members[: LEAST_DOCUMENTS - 1], counting, cache=cache)
    assert few == whole[: LEAST_DOCUMENTS - 1]


@pytest.mark.office
def test_loads_of_one_call_share_what_is_laid_out(
    make: Callable[..., Member], counting: Counting
) -> None:
    says, most = GROUPS["a table over pages"]
    members = [make(says(number)) for number in range(20)]
    whole, _ = laid_out(members, counting, cache=None)
    halves = (members[:10], members[10:])
    titles = [tuple(f"Документ {number}" for number in one) for one in (range(10), range(10, 20))]
    tasks = tuple(
        ConversionTask(tuple(own), own_titles, 10)
        for own, own_titles in zip(halves, titles, strict=True)
    )
    before = counting.documents
    first, second = run_call(Call(tasks), counting, LayoutCache()).made
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert [*first, *second] == [*whole]
    # A sample each, and one paper for both: the second task waits for the first's.
    assert counting.documents - before == 2 + most


@pytest.mark.office
def test_a_shape_is_given_up_when_its_galley_says_nothing(
    make: Callable[..., Member], counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    says, _ = GROUPS["plain text"]
    members = [make(says(number)) for number in range(12)]
    whole, _ = laid_out(members, counting, cache=None)
    cache = LayoutCache()
    with monkeypatch.context() as patch:
        patch.setattr("docgen.batches.rounds.read_sample_lines", lambda *_: {})
        made, count = laid_out(members, counting, cache=cache)
    assert made == whole
    assert count == 1 + len(members)
    assert cache.layouts_of(members[0].shape) is None
    made, count = laid_out(members, counting, cache=cache)
    assert made == whole
    assert count == len(members)


@pytest.mark.office
def test_where_one_paper_made_up_from_lines_is_false_none_of_its_shape_is_given_out(
    make: Callable[..., Member], counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    says, _ = GROUPS["plain text"]
    members = [make(says(number)) for number in range(12)]
    whole, _ = laid_out(members, counting, cache=None)
    read: list[bytes] = []

    def difference(_: Paper, pdf: bytes, __: object) -> PageDifference | None:
        read.append(pdf)
        return PageDifference(1, painted="ложь") if len(read) == 2 else None

    cache = LayoutCache()
    with monkeypatch.context() as patch:
        patch.setattr("docgen.batches.rounds._ONE_READ_OF", 4)
        patch.setattr("docgen.batches.rounds.data_difference", difference)
        made, count = laid_out(members, counting, cache=cache)
    assert len(read) == 2
    assert made == whole
    assert count == 1 + len(members)
    assert cache.layouts_of(members[0].shape) is None
