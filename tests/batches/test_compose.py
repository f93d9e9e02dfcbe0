"""Documents converted as one come out as if alone, with the same bytes in any company."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

import pypdfium2
import pytest

from docgen import ooxml, pages
from docgen.batches.compose import compose
from docgen.batches.members import read_member
from docgen.batches.widows import allows_widows
from docgen.errors import Problem, TemplateError
from docgen.ooxml.word_xml import parse
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts
from docgen.pages.viewer import bookmarks_of
from docgen.pdf import FinishedPdf, Office, Press, find_office, open_press
from docgen.pdf.calls import Call, CallOutcome, Fault
from docgen.pdf.company import Company
from docgen.pdf.executors import ThreadExecutor
from docgen.pipeline.workspace.printed_faces import choose_face
from tests.support.fake_soffice import fake_soffice
from tests.support.printing import converted
from tests.support.shipped import rendered
from tests.support.small_docx import opened, paper_words, with_part
from tests.support.small_root import SHIPPED

WORKSPACES = ("belgorod", "derbent", "ivanteevka", "kameshkovo", "pervouralsk", "school")
LINE = "Назначить наставника, и ещё долго объяснять, зачем он нужен школе и её ученикам. "
LYING = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in ooxml.word_xml.NAMESPACES.items())


def line(text: str, look: str = "") -> str:
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def styled(text: str, style: str) -> str:
    return line(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def table(rows: int) -> str:
    cell = "<w:tc><w:p><w:r><w:t>Наставник</w:t></w:r></w:p></w:tc>"
    grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{f'<w:tr>{cell}{cell}</w:tr>' * rows}</w:tbl>"


def looks(text: str = "2 м") -> str:
    """Return a paragraph with every look of letters that sheets have."""
    marks = (
        '<w:vertAlign w:val="superscript"/>',
        '<w:vertAlign w:val="subscript"/>',
        '<w:u w:val="single"/>',
        '<w:u w:val="double"/>',
        "<w:strike/>",
        "<w:b/>",
        "<w:i/>",
        "<w:b/><w:i/>",
    )
    runs = [f"<w:r><w:rPr>{one}</w:rPr><w:t>{text}</w:t></w:r>" for one in marks]
    return f"<w:p>{''.join(runs)}</w:p>"


def turned(way: str) -> str:
    """Return a table whose heading is turned."""
    height = '<w:trPr><w:tblHeader/><w:trHeight w:val="1700" w:hRule="atLeast"/></w:trPr>'
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>Ответственный</w:t></w:r></w:p></w:tc>"
    head = cell.format(f'<w:textDirection w:val="{way}"/><w:vAlign w:val="center"/>')
    return table(60).replace("<w:tr>", f"<w:tr>{height}{head}{cell.format('')}</w:tr><w:tr>", 1)


LONG = line(LINE * 4) * 30
FOOT = (
    '<w:framePr w:w="6804" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin"'
    ' w:xAlign="left" w:yAlign="bottom"/>'
)
BODIES = {
    "a closing table": line("Начало") + table(60),
    "a table from the start": table(60) + line("Конец"),
    "nothing but a table": table(5),
    "a lying second part": f"{LONG}<w:p><w:pPr><w:sectPr/></w:pPr></w:p>{table(40)}{LYING}",
    "a lying first part": f"{line('Часть')}<w:p><w:pPr>{LYING}</w:pPr></w:p>{LONG}",
    "headings": styled("Раздел", "Heading2") + styled("Приказ", "Heading1") + LONG,
    "a place of signature": (
        '<w:p><w:bookmarkStart w:id="5" w:name="SIG_директор"/><w:bookmarkEnd w:id="5"/>'
        f"<w:r><w:t>Директор</w:t></w:r></w:p>{LONG}"
    ),
    "space at the top": line("Отступ", '<w:pPr><w:spacing w:before="600"/></w:pPr>') + LONG,
    "two pages by hand": f'{line("Раз")}<w:p><w:r><w:br w:type="page"/></w:r></w:p>{line("Два")}',
    "Latin letters": line("Office, affine, VI") + LONG,
    "held blanks first": line("№\u00a05 от\u00a01 мая, и простой пробел") + LONG,
    "two lines": line("Согласен") + line("Дата"),
    "boxes": line("☐ согласен, ☑ да, ☒ нет ✓") + looks("☐ да") + LONG,
    "letters of republics": line("Җәләлиева Әлфия, 500 ₽, Ӏ") + looks("Ҡиә 5") + LONG,
    "boxes and letters": line("☐ Әлфия") + LONG,
    "signs of the face": line("α ≤ ½, → 5 м²") + looks("≥ 2") + LONG,
    "looks of letters": line("Площадь") + looks() * 40 + line("Конец"),
    "a heading turned up": line("Начало") + turned("btLr") + line("Конец"),
    "a heading turned down": line("Начало") + turned("tbRl") + line("Конец"),
}
APART = {
    "one paragraph": line("Коротко"),
    "an accent of its own": line("За\u0301мок") + line("Конец"),
    "widows allowed": line("Раз", '<w:pPr><w:widowControl w:val="0"/></w:pPr>') + line("Два"),
    "an automatic list": line("Раз", "<w:pPr><w:numPr/></w:pPr>") + line("Два"),
    "the number of pages": '<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>' + line("Конец"),
    "a frame": line("Раз", "<w:pPr><w:framePr/></w:pPr>") + line("Два"),
    "a link": f'<w:p><w:hyperlink r:id="rId1"/></w:p>{line("Конец")}',
    "a place in the last paragraph": (
        f'{line("Раз")}<w:p><w:bookmarkStart w:id="5" w:name="SIG"/><w:bookmarkEnd w:id="5"/>'
        "<w:r><w:t>Директор</w:t></w:r></w:p>"
    ),
}


@pytest.fixture(scope="module")
def made_of() -> Callable[[str], bytes]:
    """Return what makes a document under the shipped house style."""
    house = ooxml.HouseStyle(SHIPPED / "templates_docx" / "стиль.docx")
    finisher = ooxml.Finisher(house, str, choose_face)
    headers_footers = house.headers_footers("")
    shared_parts = ooxml.make_shared_parts(house, headers_footers, (), ())

    def make(body: str) -> bytes:
        xml = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        document = finisher.finish(xml, headers_footers, is_landscape=False).document
        fonts = ooxml.sign_font_parts(house, document, ())
        return shared_parts.to_docx(document, "Документ", fonts)

    return make


def written(folder: Path, documents: dict[str, bytes]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.docx" for name in documents]
    for path, data in zip(paths, documents.values(), strict=True):
        path.write_bytes(data)
    return paths


@pytest.mark.parametrize("name", APART)
def test_what_reaches_beyond_its_own_sections_is_not_composed(
    name: str, made_of: Callable[[str], bytes]
) -> None:
    assert read_member(made_of(APART[name])) is None


@pytest.mark.parametrize(
    ("styles", "rule", "allowed"),
    [
        ("", "", False),
        ("", "<w:widowControl w:val='off'/>", True),
        ("<w:style w:styleId='Odd'>{off}</w:style>", "<w:pStyle w:val='Odd'/>", True),
        ("<w:style w:styleId='Odd'>{off}</w:style>", "", False),
        (
            "<w:style w:styleId='Old'>{off}</w:style>"
            "<w:style w:styleId='Odd'><w:basedOn w:val='Old'/></w:style>",
            "<w:pStyle w:val='Odd'/>",
            True,
        ),
        ("<w:style w:type='paragraph' w:default='1' w:styleId='Usual'>{off}</w:style>", "", True),
        (
            "<w:style w:styleId='Odd'>{off}</w:style>",
            "<w:pStyle w:val='Odd'/><w:widowControl/>",
            False,
        ),
        (
            "<w:docDefaults><w:pPrDefault>{off}</w:pPrDefault></w:docDefaults>",
            "<w:pStyle w:val='Unknown'/>",
            True,
        ),
    ],
)
def test_widows_are_allowed_by_a_paragraph_or_its_style(
    styles: str, rule: str, allowed: bool
) -> None:
    off = "<w:pPr><w:widowControl w:val='0'/></w:pPr>"
    root = parse(f"<w:body {SPACES}><w:p><w:pPr>{rule}</w:pPr></w:p></w:body>")
    known = f"<w:styles {SPACES}>{styles.format(off=off)}</w:styles>".encode()
    assert allows_widows(root, known) is allowed


UNEVEN = {
    "a table from the start",
    "nothing but a table",
    "a lying second part",
    "a lying first part",
}


@pytest.mark.parametrize(
    ("version", "composed_names"),
    [
        ("LibreOffice 7.4.7.2", {*BODIES}),
        ("LibreOffice 25.2.3.2", {*BODIES} - UNEVEN),
        ("LibreOffice 25.2", {*BODIES} - UNEVEN),
        ("LibreOfficeDev 7.40.0.0", set[str]()),
        ("LibreOffice 24.8.4.2", set[str]()),
        ("LibreOffice 27.4.7.2", set[str]()),
        ("LibreOffice", set[str]()),
        ("", set[str]()),
    ],
)
def test_only_what_a_version_is_known_to_lay_out_as_alone_is_composed(
    version: str, composed_names: set[str], made_of: Callable[[str], bytes]
) -> None:
    papers = {name: made_of(body) for name, body in (BODIES | APART).items()}
    company = Company(version)
    assert {name for name, one in papers.items() if company.member_of(one)} == composed_names
    assert not any(Company(version, is_wanted=False).member_of(one) for one in papers.values())


def test_an_unknown_version_is_told_once_and_only_where_it_costs_time(
    made_of: Callable[[str], bytes],
) -> None:
    paper, loner = made_of(BODIES["two lines"]), made_of(APART["one paragraph"])
    for version, is_said in (("LibreOffice 24.8.4.2", True), ("LibreOffice 25.2.3.2", False)):
        company = Company(version)
        for _ in range(19):
            company.member_of(paper)
            company.member_of(loner)
        assert company.remarks() == []
        company.member_of(paper)
        assert [one.code for one in company.remarks()] == ["office-unknown"] * is_said
        assert company.remarks() == []


@pytest.mark.office
def test_documents_are_laid_out_alone_until_the_version_is_known(
    tmp_path: Path, made_of: Callable[[str], bytes]
) -> None:
    names = ("two lines", "headings", "a closing table")
    papers = written(tmp_path, {name: made_of(BODIES[name]) for name in names})
    office = find_office()
    with open_press(Office(office.path), 1) as press:
        unknown = press.convert(papers, tmp_path / "unknown")
        press.company.version = office.version
        known = press.convert(papers, tmp_path / "known")
    plain = converted(papers, tmp_path / "plain")
    for paper in papers:
        alone = read(plain[paper])
        assert read_made(unknown[paper]) == alone
        assert read_made(known[paper]) != alone


def test_kin_are_documents_of_one_style_and_one_alphabet(made_of: Callable[[str], bytes]) -> None:
    kin = {name: read_member(made_of(body)) for name, body in BODIES.items()}
    keys = {name: found.composition_key for name, found in kin.items() if found is not None}
    assert [*keys] == [*BODIES]
    assert keys["a lying second part"] == keys["a lying first part"]
    names = (
        *("Latin letters", "held blanks first", "headings", "a lying first part"),
        *("boxes", "letters of republics", "boxes and letters", "signs of the face"),
    )
    assert len({keys[name] for name in names}) == len(set(keys.values())) == len(names)


def test_what_another_program_has_written_is_not_composed(
    tmp_path: Path, made_of: Callable[[str], bytes]
) -> None:
    (paper,) = written(tmp_path, {"Приказ": made_of(BODIES["two lines"])})
    assert read_member(paper) is not None
    with_part(
        paper, "docProps/app.xml", b"<Properties><Application>Word</Application></Properties>"
    )
    assert read_member(paper) is None
    assert read_member(b"no package") is None


def test_a_composed_document_keeps_the_text_of_each_and_starts_each_anew(
    made_of: Callable[[str], bytes],
) -> None:
    whole = opened(compose([made_of(BODIES["two lines"]), made_of(BODIES["headings"])]))
    texts = [paragraph.text for paragraph in whole.paragraphs]
    assert texts.index("Дата") + 1 == texts.index("Раздел")
    assert len(whole.sections) == 4
    assert whole.element.xml.count('w:pgNumType w:start="1"') == 2


def test_members_are_read_once_and_may_go_to_another_process(
    made_of: Callable[[str], bytes],
) -> None:
    papers = [made_of(body) for body in BODIES.values()]
    members = [member for paper in papers if (member := read_member(paper)) is not None]
    assert [member.paper.read() for member in members] == [paper_words(one) for one in papers]
    sent = pickle.loads(pickle.dumps(members))
    assert compose(sent) == compose(papers)
    with pytest.raises(TemplateError, match="не складывается"):
        compose([b"no package"])


def test_what_cannot_be_cut_is_converted_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_of: Callable[[str], bytes]
) -> None:
    fake_soffice(tmp_path, monkeypatch)
    papers = written(tmp_path / "in", {"Раз": made_of(BODIES["two lines"]), "Два": b"no package"})
    done: list[int] = []
    made = converted(
        papers,
        tmp_path / "pdf",
        composes=True,
        progress=lambda count, _: done.append(count),
    )
    assert made[papers[0]] == tmp_path / "pdf" / "Раз.pdf"
    assert "не документ Word" in str(made[papers[1]])
    assert sum(done) == 2


# --- LibreOffice itself ----------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> list[Path]:
    """Every document of the six workspaces under a name of its own."""
    papers = [paper.docx for name in WORKSPACES for paper in rendered(name).values()]
    data = {f"{number:03}": docx for number, docx in enumerate(papers)}
    return written(tmp_path / "papers", data)


def composed(papers: Sequence[Path], out: Path, pages_per_call: int, jobs: int) -> list[bytes]:
    made = converted(papers, out, composes=True, pages_per_call=pages_per_call, jobs=jobs)
    return [read(made[paper]) for paper in sorted(papers)]


def read(outcome: object) -> bytes:
    assert isinstance(outcome, Path), outcome
    return outcome.read_bytes()


def read_made(outcome: FinishedPdf | Problem) -> bytes:
    assert isinstance(outcome, FinishedPdf), outcome
    return outcome.path.read_bytes()


def digests(pdfs: Sequence[bytes]) -> list[str]:
    return [hashlib.sha256(pdf).hexdigest() for pdf in pdfs]


def is_apart(paper: Path) -> bool:
    """Whether a document is converted alone with the LibreOffice that is installed."""
    return Company(find_office().version).member_of(paper.read_bytes()) is None


def raster(pdf: bytes) -> list[bytes]:
    """Return the pixels of every page at 100 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    return [bytes(page.render(scale=100 / 72).buffer) for page in document]


def assert_alike(composed: bytes, alone: bytes) -> None:
    """Hold a composed document to the one converted alone: texts, marks and every pixel."""
    assert pages.text_of(composed) == pages.text_of(alone)
    assert bookmarks_of(composed) == bookmarks_of(alone)
    assert pages.named_places(composed) == pages.named_places(alone)
    assert pages.page_sizes(composed) == pages.page_sizes(alone)
    assert raster(composed) == raster(alone)


@pytest.mark.xfail(
    reason="minutes of a meeting break their page otherwise in company than alone", strict=False
)
@pytest.mark.office
def test_shipped_documents_are_composed_with_bytes_that_no_company_changes(
    shipped: list[Path], tmp_path: Path
) -> None:
    together = composed(shipped, tmp_path / "together", 500, 1)
    wanted = digests(together)
    assert digests(composed(shipped, tmp_path / "alone", 1, 2)) == wanted
    assert digests(composed(shipped[::-1], tmp_path / "turned", 50, 2)) == wanted
    assert digests(composed(shipped[::2], tmp_path / "half", 5, 1)) == wanted[::2]
    plain = converted(shipped, tmp_path / "plain")
    for paper, ours in zip(shipped, together, strict=True):
        assert_alike(ours, read(plain[paper]))
        assert (ours == read(plain[paper])) == is_apart(paper)


@pytest.mark.office
def test_every_build_of_a_document_is_laid_out_as_alone(
    tmp_path: Path, made_of: Callable[[str], bytes]
) -> None:
    papers = sorted(
        written(tmp_path, {name: made_of(body) for name, body in (BODIES | APART).items()})
    )
    together = composed(papers, tmp_path / "together", 500, 1)
    assert digests(composed(papers[::-1], tmp_path / "apart", 1, 1)) == digests(together)
    plain = converted(papers, tmp_path / "plain")
    for paper, ours in zip(papers, together, strict=True):
        assert_alike(ours, read(plain[paper]))
        assert (ours == read(plain[paper])) == is_apart(paper)


@pytest.mark.office
def test_a_document_that_cannot_be_cut_does_not_change_its_mates(
    tmp_path: Path, made_of: Callable[[str], bytes]
) -> None:
    hidden = line("Скрыто", "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>").replace(
        "<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"
    )
    data = {name: made_of(BODIES[name]) for name in ("two lines", "headings", "a closing table")}
    papers = written(tmp_path, data | {"скрытое": made_of(hidden + BODIES["two lines"])})
    wanted = digests(composed(papers[:3], tmp_path / "without", 500, 1))
    made = converted(papers, tmp_path / "with", composes=True)
    assert digests([read(made[paper]) for paper in sorted(papers[:3])]) == wanted
    assert isinstance(made[papers[3]], Path)


class Stumbling:
    """Runs calls here, but fails on every file of more than some documents."""

    def __init__(self, most: int, *, has_hung: bool) -> None:
        self.inner = ThreadExecutor(find_office(), 1)
        self.width = 1
        self.most = most
        self.has_hung = has_hung
        self.sizes: list[int] = []

    def submit(self, call: Call) -> Future[CallOutcome]:
        tasks = [task for task in call.tasks if not isinstance(task.content, bytes)]
        self.sizes += [len(task.titles) for task in tasks]
        if all(len(task.titles) <= self.most for task in tasks):
            return self.inner.submit(call)
        failed: Future[CallOutcome] = Future()
        failed.set_result(CallOutcome((Fault(),) * len(call.tasks), has_ended=not self.has_hung))
        return failed

    def warm_up(self) -> None:
        self.inner.warm_up()

    def retire(self) -> None:
        self.inner.retire()

    def close(self) -> None:
        self.inner.close()


@pytest.mark.office
@pytest.mark.parametrize("has_hung", [True, False])
def test_parting_a_batch_that_fails_changes_no_byte(
    has_hung: bool, tmp_path: Path, made_of: Callable[[str], bytes]
) -> None:
    data = {f"{n:02}": made_of(BODIES["two lines"].replace("Дата", f"Дата {n}")) for n in range(30)}
    papers = written(tmp_path, data)
    wanted = digests(composed(papers, tmp_path / "whole", 500, 1))
    executor = Stumbling(2, has_hung=has_hung)
    with Press(executor, Company(find_office().version)) as press:
        made = press.convert(papers, tmp_path / "parted")
    found = [read(one.path) for one in made.values() if isinstance(one, FinishedPdf)]
    assert digests(found) == wanted
    assert max(executor.sizes) > 2
    assert min(executor.sizes) <= 2


KEPT = "Обеспечить организационно-методическое сопровождение системы наставничества " * 2


def points(fillers: int) -> str:
    """Return some lines, then points that keep with who is responsible for them."""
    pair = styled(KEPT, "OrderPointKept") + styled("Ответственный", "OrderPoint")
    return line("Строка") * fillers + pair * 30


@pytest.mark.office
def test_long_documents_keep_with_the_next_in_any_company(
    made_of: Callable[[str], bytes], tmp_path: Path
) -> None:
    documents = {f"{count}": made_of(points(count)) for count in range(6)}
    composed = tmp_path / "composed.docx"
    composed.write_bytes(compose([*documents.values()]))
    (made,) = converted([composed], tmp_path / "pdf").values()
    assert isinstance(made, Path)
    document = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    starts = [text.partition("Ответственный")[0] for text in texts[1:] if "Ответственный" in text]
    assert len(starts) > 18
    assert all("Обеспечить" in one or "наставничества" in one for one in starts)


def test_only_documents_of_many_paragraphs_weigh_on_a_batch(
    made_of: Callable[[str], bytes],
) -> None:
    few, many = made_of(line("Раз") * 9), made_of(points(1))
    assert b"<w:tbl>" not in read_parts(compose([few] * 20))[DOCUMENT_PART]
    assert b"<w:tbl>" not in read_parts(compose([many]))[DOCUMENT_PART]
    assert b"<w:tbl>" in read_parts(compose([many] * 2))[DOCUMENT_PART]
