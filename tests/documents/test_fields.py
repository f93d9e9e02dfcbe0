"""Fields of Word in templates: each kept, worked out, read as a tag, or refused at its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import ooxml
from docgen.documents import MergeTags, TemplateLibrary, merge_names_of
from docgen.documents.merge_names import MergeNames
from docgen.errors import Problem, TemplateError
from docgen.model import Kind
from docgen.model.choices import DocumentPer
from docgen.ooxml.docx_text import bookmarks_of
from docgen.ooxml.fields import fields_in
from docgen.ooxml.word_xml import parse
from docgen.ooxml.zip_parts import read_parts
from docgen.wording import make_environment
from tests.support.builders import shipped_schemas
from tests.support.small_docx import with_part, write_style
from tests.support.word_fields import (
    SECTION,
    bookmark,
    closed,
    field,
    heading,
    library_of,
    opened,
    page_break,
    paragraph,
    run,
    simple,
    write_template,
)

TARGET = paragraph(bookmark("_Ref1", run("пункт первый")))


def made(folder: Path, *body: str, blocks: dict[str, str] | None = None, **names: object) -> bytes:
    library = library_of(folder, *body, blocks=blocks)
    assert [str(one) for one in library.check()] == []
    return library.render("проба", names, title="Проба").docx


def texts(folder: Path, *body: str, **names: object) -> list[str]:
    return ooxml.body_text_of(made(folder, *body, blocks=None, **names))


def results(docx: bytes) -> list[tuple[str, str]]:
    """Return code and result of each field of a finished document."""
    root = parse(read_parts(docx)["word/document.xml"])
    return [(" ".join(one.instruction.split()), one.result_text()) for one in fields_in(root)]


def complaints(folder: Path, *body: str, blocks: dict[str, str] | None = None) -> list[Problem]:
    return library_of(folder, *body, blocks=blocks).check()


def fault(folder: Path, *body: str, **names: object) -> Problem:
    library = library_of(folder, *body)
    with pytest.raises(TemplateError) as raised:
        library.render("проба", names, title="Проба")
    (problem,) = raised.value.problems
    return problem


# --- references ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (r" REF _Ref1 \h ", "пункт первый"),
        (r"REF _Ref1", "пункт первый"),
        (r"ref _Ref1 \h \* MERGEFORMAT", "пункт первый"),
        (r"REF _Ref1 \* Upper", "ПУНКТ ПЕРВЫЙ"),
        (r"REF _Ref1 \* FirstCap \h", "Пункт первый"),
        (r"REF _Ref1 \p \h", "выше"),
        (r" _Ref1 \h ", "пункт первый"),
    ],
)
@pytest.mark.parametrize("form", [simple, field, lambda code: field(code, pieces=3)])
def test_a_reference_shows_what_its_bookmark_says(
    tmp_path: Path, code: str, printed: str, form: Callable[[str], str]
) -> None:
    assert texts(tmp_path, TARGET, paragraph(run("см. "), form(code))) == [
        "пункт первый",
        f"см. {printed}",
    ]


def test_a_reference_stays_a_field_with_the_right_result(tmp_path: Path) -> None:
    docx = made(tmp_path, TARGET, paragraph(field(r" REF _Ref1 \h ", "бывший пункт")))
    assert results(docx) == [(r"REF _Ref1 \h", "пункт первый")]
    assert bookmarks_of(docx) == ("_Ref1",)


def test_a_reference_to_filled_words_shows_what_they_became(tmp_path: Path) -> None:
    target = paragraph(bookmark("_Ref1", run("пункт {{ номер }}")))
    body = [paragraph(run("см. "), field(r"REF _Ref1 \h")), target]
    assert texts(tmp_path, *body, номер="7") == ["см. пункт 7", "пункт 7"]


def test_a_reference_below_says_so(tmp_path: Path) -> None:
    assert texts(tmp_path, paragraph(field(r"REF _Ref1 \p")), TARGET)[0] == "ниже"


def test_a_reference_leads_through_another_reference(tmp_path: Path) -> None:
    middle = paragraph(bookmark("_Ref2", f"{run('как ')}{field('REF _Ref1')}"))
    body = [paragraph(field("REF _Ref2")), middle, TARGET]
    assert texts(tmp_path, *body)[0] == "как пункт первый"


def test_a_reference_to_itself_is_a_fault(tmp_path: Path) -> None:
    inside = paragraph(bookmark("_Ref2", f"{run('как ')}{field('REF _Ref2')}"))
    assert "сама на себя" in fault(tmp_path, inside).message


def test_a_target_under_a_condition_that_fails_is_a_fault_at_the_reference(tmp_path: Path) -> None:
    body = [
        paragraph(run("{%p if есть %}")),
        TARGET,
        paragraph(run("{%p endif %}")),
        paragraph(run("см. "), field(r"REF _Ref1 \h", "прежний текст")),
    ]
    assert texts(tmp_path, *body, есть=True) == ["пункт первый", "см. пункт первый"]
    problem = fault(tmp_path, *body, есть=False)
    assert (problem.code, problem.where.file, problem.where.part, problem.where.paragraph) == (
        "bad-template",
        "проба.docx",
        "тело",
        4,
    )
    assert "«прежний текст»" in problem.message
    assert "условие" in problem.message


def test_a_page_reference_and_a_link_to_nowhere_are_faults_too(tmp_path: Path) -> None:
    link = f'<w:hyperlink w:anchor="_Ref1">{run("сюда")}</w:hyperlink>'
    for one in (field("PAGEREF _Ref1"), link, field(r'HYPERLINK \l "_Ref1"', "сюда")):
        body = [
            paragraph(run("{%p if есть %}")),
            TARGET,
            paragraph(run("{%p endif %}")),
            paragraph(one),
        ]
        assert fault(tmp_path, *body, есть=False).where.paragraph == 4


def test_a_reference_to_a_bookmark_that_is_nowhere_is_found_without_any_document(
    tmp_path: Path,
) -> None:
    (problem,) = complaints(tmp_path, TARGET, paragraph(field("REF _Ref999", "п. 5")))
    assert problem.where.paragraph == 2
    assert "«_Ref999»" in problem.message
    assert "«п. 5»" in problem.message


LOOP = paragraph(run("{%p for имя in имена %}"))
END = paragraph(run("{%p endfor %}"))
COPIED = paragraph(bookmark("_Ref1", run("{{ имя }}")))


def test_references_inside_of_a_loop_lead_to_their_own_turn(tmp_path: Path) -> None:
    body = [LOOP, COPIED, paragraph(run("см. "), field(r"REF _Ref1 \h")), END]
    docx = made(tmp_path, *body, имена=["а", "б", "в"])
    assert ooxml.body_text_of(docx) == ["а", "см. а", "б", "см. б", "в", "см. в"]
    assert [code for code, _ in results(docx)] == [
        r"REF _Ref1 \h",
        r"REF _Ref1_2 \h",
        r"REF _Ref1_3 \h",
    ]


def test_a_reference_from_outside_to_what_a_loop_repeats_is_a_fault(tmp_path: Path) -> None:
    body = [LOOP, COPIED, END, paragraph(field(r"REF _Ref1 \h"))]
    assert texts(tmp_path, *body, имена=["одно"]) == ["одно", "одно"]
    problem = fault(tmp_path, *body, имена=["а", "б"])
    assert problem.where.paragraph == 4
    assert "цикл повторил её (2)" in problem.message


def test_references_in_a_loop_to_one_place_all_lead_there(tmp_path: Path) -> None:
    body = [TARGET, LOOP, paragraph(run("{{ имя }}: "), field("REF _Ref1")), END]
    assert texts(tmp_path, *body, имена=["а", "б"])[1:] == ["а: пункт первый", "б: пункт первый"]


def test_a_bookmark_named_like_a_copy_is_none(tmp_path: Path) -> None:
    body = [
        paragraph(bookmark("Раздел", run("первый"))),
        paragraph(bookmark("Раздел_2", run("второй"))),
        paragraph(field("REF Раздел"), run(", "), field("REF Раздел_2")),
    ]
    assert texts(tmp_path, *body)[2] == "первый, второй"


def test_blocks_and_kinds_refer_to_each_other(tmp_path: Path) -> None:
    block = paragraph(run("в блоке: "), field("REF _Ref1"))
    body = [TARGET, paragraph(run('{% include "б" %}'))]
    docx = made(tmp_path, *body, blocks={"б": block})
    assert ooxml.body_text_of(docx) == ["пункт первый", "в блоке: пункт первый"]


def test_a_fault_of_a_reference_in_a_block_names_the_block(tmp_path: Path) -> None:
    block = paragraph(run("в блоке: ")) + paragraph(field("REF _Ref1"))
    library = library_of(tmp_path, paragraph(run('{% include "б" %}')), blocks={"б": block})
    with pytest.raises(TemplateError) as raised:
        library.render("проба", {}, title="Проба")
    (problem,) = raised.value.problems
    assert (problem.where.file, problem.where.paragraph) == ("блок_б.docx", 2)


def test_a_bookmark_around_several_paragraphs_or_nothing_is_a_fault(tmp_path: Path) -> None:
    start = '<w:bookmarkStart w:id="77" w:name="_Ref1"/>'
    end = '<w:bookmarkEnd w:id="77"/>'
    many = [paragraph(start, run("один")), paragraph(run("два"), end)]
    assert "несколько абзацев" in fault(tmp_path, *many, paragraph(field("REF _Ref1"))).message
    empty = paragraph(start, end, run("слова"))
    assert "ни слова" in fault(tmp_path, empty, paragraph(field("REF _Ref1"))).message


def test_a_bookmark_that_ends_before_the_next_paragraph_is_one_line(tmp_path: Path) -> None:
    start = '<w:bookmarkStart w:id="77" w:name="_Ref1"/>'
    body = [
        paragraph(start, run("заголовок")),
        paragraph('<w:bookmarkEnd w:id="77"/>', run("текст")),
        paragraph(field("REF _Ref1")),
    ]
    assert texts(tmp_path, *body)[2] == "заголовок"


def test_hidden_bookmarks_that_nothing_leads_to_are_dropped(tmp_path: Path) -> None:
    body = [
        paragraph(bookmark("_GoBack", run("а")), bookmark("_Ref5", run("б"))),
        paragraph(bookmark("sign_1", run("в"))),
    ]
    assert bookmarks_of(made(tmp_path, *body)) == ("sign_1",)


# --- counts, contents ------------------------------------------------------------------------


def test_sequences_are_counted_over_loops_and_by_name(tmp_path: Path) -> None:
    body = [
        LOOP,
        paragraph(run("Таблица "), field(r" SEQ Таблица \* ARABIC ", "9"), run(" {{ имя }}")),
        END,
        paragraph(run("Рисунок "), simple(r"SEQ Рисунок \* ROMAN")),
        paragraph(run("снова "), field(r"SEQ Таблица \c")),
        paragraph(run("с пяти "), field(r"SEQ Таблица \r 5"), run(", "), field("SEQ Таблица")),
    ]
    assert texts(tmp_path, *body, имена=["а", "б"]) == [
        "Таблица 1 а",
        "Таблица 2 б",
        "Рисунок I",
        "снова 2",
        "с пяти 5, 6",
    ]


def test_a_reference_to_a_counted_caption_shows_its_number(tmp_path: Path) -> None:
    caption = paragraph(bookmark("_Ref7", f"{run('Таблица ')}{field('SEQ Таблица', '4')}"))
    assert texts(tmp_path, caption, paragraph(field(r"REF _Ref7 \h", "Таблица 4"))) == [
        "Таблица 1",
        "Таблица 1",
    ]


def contents(code: str, *old: str) -> str:
    """Return contents with old lines, the way Word writes them: the field over paragraphs."""
    lines = []
    for number, text in enumerate(old):
        page = field(f" PAGEREF _Toc{number} ", "77")
        inside = f"{run(text)}<w:r><w:tab/></w:r>{page}"
        lines.append(f'<w:hyperlink w:anchor="_Toc{number}">{inside}</w:hyperlink>')
    first = paragraph(opened(code), *lines[:1])
    return "".join([first, *map(paragraph, lines[1:]), paragraph(closed())])


def test_contents_list_the_headings_that_are_there(tmp_path: Path) -> None:
    body = [
        contents(r' TOC \o "1-3" \h \z \u ', "Бывший раздел", "Ещё один"),
        page_break(),
        heading("Раздел {{ имя }}"),
        paragraph(run("{%p if есть %}")),
        heading("Лишний", 2),
        paragraph(run("{%p endif %}")),
        heading("Часть", 2),
        heading("Глубоко", 4),
    ]
    assert texts(tmp_path, *body, имя="один", есть=False)[:3] == [
        "Раздел один\t0",
        "Часть\t0",
        "",
    ]
    codes = [code for code, _ in results(made(tmp_path, *body, имя="один", есть=True))]
    assert codes[0] == r'TOC \o "1-3" \h \z \u'
    assert len(codes) == 4
    assert all(one.startswith("PAGEREF _Toc") for one in codes[1:])


@pytest.mark.parametrize("code", [r' TOC \n \h \t "Раздел;1" ', r"TOC \n \u"])
def test_contents_list_paragraphs_by_their_style(tmp_path: Path, code: str) -> None:
    body = [
        contents(code, "Старое"),
        paragraph(run("Глава"), properties=f'<w:pStyle w:val="{SECTION}"/>'),
        paragraph(run("текст")),
    ]
    assert texts(tmp_path, *body) == ["Глава", "Глава", "текст"]


def test_contents_of_captions(tmp_path: Path) -> None:
    body = [
        contents(r' TOC \h \z \c "Таблица" ', "Таблица 8"),
        paragraph(run("Таблица "), field("SEQ Таблица"), run(" – Пары")),
        paragraph(run("Рисунок "), field("SEQ Рисунок")),
    ]
    assert texts(tmp_path, *body)[0] == "Таблица 1 – Пары\t0"


def test_contents_without_headings_are_a_fault(tmp_path: Path) -> None:
    body = [contents(r'TOC \o "1-3" \h', "Старое"), paragraph(run("текст"))]
    assert "ни одного заголовка" in fault(tmp_path, *body).message


def test_paragraphs_below_contents_keep_the_numbers_that_word_shows(tmp_path: Path) -> None:
    body = [
        contents(r"TOC \u \h", "а", "б", "в"),
        heading("Раздел"),
        paragraph(run("{{ чего_нет }}")),
    ]
    assert fault(tmp_path, *body).where.paragraph == 6


# --- merge fields ----------------------------------------------------------------------------


def names_of(register: str, per: DocumentPer = DocumentPer.ROW) -> MergeTags:
    kind = Kind("вид", "Вид", Path("вид.docx"), "вид.toml", register, "Вид", per=per)
    return merge_names_of({kind.name: kind}, shipped_schemas())[kind.name]


@pytest.mark.parametrize(
    ("register", "name", "tag"),
    [
        ("сотрудники", "ФИО", "сотрудник.фио"),
        ("сотрудники", "Фамилия_Имя_Отчество", "сотрудник.фио"),
        ("сотрудники", "Должность", "сотрудник.должность"),
        ("пары", "Цель_направление", "пара.цель"),
        ("пары", "Дата_начала", "пара.с"),
        ("пары", "Наставник", "пара.наставник"),
        ("пары", "Наставник_ФИО", "пара.наставник.фио"),
        ("пары", "пара.наставник.должность", "пара.наставник.должность"),
        ("пары", "Организация_Краткое_название", "организация.краткое"),
        ("пары", "Приказ_Номер", "приказ.номер"),
    ],
)
def test_a_merge_field_is_the_column_of_its_name(register: str, name: str, tag: str) -> None:
    assert names_of(register).tag_of(name, "") == (tag, "")


@pytest.mark.parametrize(
    ("register", "name", "offered"),
    [
        ("сотрудники", "Долшность", "{{ сотрудник.должность }}"),
        ("пары", "ФИО", "{{ пара.наставник.фио }} или {{ пара.наставляемый.фио }}"),
    ],
)
def test_an_unknown_merge_field_is_a_fault_that_offers_the_nearest(
    register: str, name: str, offered: str
) -> None:
    tag, message = names_of(register).tag_of(name, "")
    assert tag == ""
    assert offered in message
    assert f"«{name}»" in message


def test_a_document_of_many_rows_has_their_columns_in_a_loop_alone() -> None:
    names = names_of("пары", per=DocumentPer.REGISTER)
    tag, message = names.tag_of("Цель", "")
    assert tag == ""
    assert 'per = "row"' in message
    assert "{{ пара.цель }}" in message
    assert names.tag_of("Цель", "{%tr for пара in пары %}") == ("пара.цель", "")


MERGED = MergeNames((("имя", "имя"), ("дата", "дата"), ("пусто", "пусто")))


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (" MERGEFIELD Имя ", "анна"),
        (r'MERGEFIELD "имя" \* MERGEFORMAT', "анна"),
        (r"MERGEFIELD имя \* Upper", "АННА"),
        (r"MERGEFIELD имя \* FirstCap", "Анна"),
        (r'MERGEFIELD имя \b "г. " \f ", "', "г. анна, "),
        (r'MERGEFIELD пусто \b "г. " \f ", "', ""),
        (r'MERGEFIELD дата \@ "dd.MM.yyyy"', "03.09.2026"),
        (r'MERGEFIELD дата \@ "d MMMM yyyy" ', "3 сентября 2026"),
        (r"MERGEFIELD дата \@ “«dd» MMMM yyyy 'г.'”", "«03» сентября 2026 г."),
    ],
)
@pytest.mark.parametrize("form", [simple, field, lambda code: field(code, pieces=4)])
def test_merge_fields_print_what_their_switches_ask_for(
    tmp_path: Path, code: str, printed: str, form: Callable[[str], str]
) -> None:
    library = library_of(tmp_path, paragraph(run("["), form(code), run("]")), merge_names=MERGED)
    assert [str(one) for one in library.check()] == []
    values = {"имя": "анна", "дата": dt.date(2026, 9, 3), "пусто": ""}
    docx = library.render("проба", values, title="Проба").docx
    assert ooxml.body_text_of(docx) == [f"[{printed}]"]
    assert results(docx) == []


def test_a_merge_field_keeps_its_look(tmp_path: Path) -> None:
    bold = f"{opened('MERGEFIELD имя')}{run('«имя»', '<w:b/>')}{closed()}"
    library = library_of(tmp_path, paragraph(bold), merge_names=MERGED)
    docx = library.render("проба", {"имя": "Анна"}, title="Проба").docx
    assert b"<w:b/></w:rPr><w:t" in read_parts(docx)["word/document.xml"]


def test_a_library_tells_its_merge_fields(tmp_path: Path) -> None:
    library = library_of(tmp_path, paragraph(field("MERGEFIELD Имя")), merge_names=MERGED)
    assert library.merge_fields("проба") == (("Имя", "{{ имя }}"),)


def test_a_merge_field_in_a_block_is_refused(tmp_path: Path) -> None:
    (problem,) = complaints(
        tmp_path,
        paragraph(run('{% include "б" %}')),
        blocks={"б": paragraph(field("MERGEFIELD имя"))},
    )
    assert "поставьте тег" in problem.message


# --- refused ---------------------------------------------------------------------------------

REFUSED = [
    "IF",
    "ASK",
    "SET",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "MERGEREC",
    "AUTONUM",
    "AUTONUMLGL",
    "LISTNUM",
    "PRINTDATE",
    "DATE",
    "TIME",
    "SAVEDATE",
    "CREATEDATE",
    "EDITTIME",
    "DOCPROPERTY",
    "DOCVARIABLE",
    "FORMTEXT",
    "FORMCHECKBOX",
    "FORMDROPDOWN",
    "FILLIN",
    "USERNAME",
    "USERINITIALS",
    "AUTHOR",
    "LASTSAVEDBY",
    "FILENAME",
    "FILESIZE",
    "TITLE",
    "SUBJECT",
    "KEYWORDS",
    "COMMENTS",
    "NUMPAGES",
    "SECTIONPAGES",
    "SECTION",
    "NUMWORDS",
    "STYLEREF",
    "QUOTE",
    "EQ",
    "SYMBOL",
    "XE",
    "TC",
    "RD",
    "INDEX",
    "TA",
    "TOA",
    "MACROBUTTON",
    "GOTOBUTTON",
    "ADDRESSBLOCK",
    "GREETINGLINE",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "LINK",
    "DDE",
    "DATABASE",
    "BARCODE",
    "DISPLAYBARCODE",
    "NOTEREF",
    "ADVANCE",
    "PRINT",
    "CITATION",
    "BIBLIOGRAPHY",
    "НЕЧТО",
]


@pytest.mark.parametrize("name", REFUSED)
def test_a_field_without_a_certain_result_is_refused_at_its_paragraph(
    tmp_path: Path, name: str
) -> None:
    for form in (simple(f" {name} x "), field(f" {name} x ", "12"), field(f"{name} x", pieces=3)):
        (problem,) = complaints(tmp_path, paragraph(run("а")), paragraph(run("б "), form))
        assert (problem.code, problem.where.paragraph) == ("bad-template", 2)
        assert f"поле {name} " in problem.message


@pytest.mark.parametrize(
    ("code", "quoted"),
    [
        ("= 2 + 2", "поле ="),
        ("", "без кода"),
        (r"REF _Ref1 \r \h", r"ключ \r"),
        (r"REF _Ref1 \n", r"ключ \n"),
        (r"REF _Ref1 \w \h", r"ключ \w"),
        (r"REF _Ref1 \* Ordinal", "Ordinal"),
        (r"PAGEREF _Ref1 \p", r"ключ \p"),
        (r"PAGEREF _Ref1 \* roman", "roman"),
        ("REF", "не названа закладка"),
        (r"TOC \f", r"ключ \f"),
        (r'MERGEFIELD имя \# "0,00"', r"ключ \#"),
        (r'MERGEFIELD имя \@ "HH:mm"', "HH:mm"),
        (r'MERGEFIELD имя \@ "MMMM yyyy"', "MMMM yyyy"),
        ('HYPERLINK "javascript:alert(1)"', "javascript"),
        ('HYPERLINK "file:///etc/passwd"', "file:"),
        (r'HYPERLINK "\\\\server\\share"', "server"),
        ("REF {{ имя }}", "тег"),
    ],
)
def test_a_switch_that_programs_understand_differently_is_refused(
    tmp_path: Path, code: str, quoted: str
) -> None:
    library = library_of(tmp_path, TARGET, paragraph(field(code)), merge_names=MERGED)
    (problem,) = library.check()
    assert quoted in problem.message
    assert problem.where.paragraph == 2


def test_nested_and_torn_fields_are_refused_once(tmp_path: Path) -> None:
    nested = f"{opened('IF 1 = 1 ')}{field('MERGEFIELD x')}{closed()}"
    torn = [paragraph(opened("REF _Ref1"), run("а")), paragraph(closed())]
    unclosed = paragraph(opened("REF _Ref1"), run("а"))
    assert [one.message[:7] for one in complaints(tmp_path, paragraph(nested))] == ["поле IF"]
    assert "разорвано" in complaints(tmp_path, TARGET, *torn)[0].message
    assert "без конца" in complaints(tmp_path, TARGET, unclosed)[0].message


def test_a_page_number_and_a_safe_link_stay(tmp_path: Path) -> None:
    docx = made(
        tmp_path,
        paragraph(run("стр. "), field(" PAGE ", "5", pieces=2)),
        paragraph(field(' HYPERLINK "https://edu.gov.ru" ', "сайт")),
    )
    assert [code for code, _ in results(docx)] == ["PAGE", 'HYPERLINK "https://edu.gov.ru"']


def test_the_list_of_a_merge_in_word_is_no_link_to_another_file(tmp_path: Path) -> None:
    library_of(tmp_path, paragraph(run("текст")))
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/mailMergeSource" Target="file:///C:/list.xlsx" '
        'TargetMode="External"/></Relationships>'
    )
    path = write_template(tmp_path / "слияние.docx", paragraph(run("текст")))
    with_part(path, "word/_rels/settings.xml.rels", relations.encode())
    source = ooxml.open_template(
        path, library_of(tmp_path, paragraph(run("а"))).house, is_block=False
    )
    assert source.findings == ()


def test_a_page_number_goes_into_no_other_text(tmp_path: Path) -> None:
    page = field("PAGEREF _Ref1")
    inside = paragraph(bookmark("_Ref2", f"{run('стр. ')}{page}"))
    assert (
        "номер страницы" in fault(tmp_path, TARGET, inside, paragraph(field("REF _Ref2"))).message
    )
    titled = paragraph(run("Раздел "), page, properties='<w:outlineLvl w:val="0"/>')
    assert "номер страницы" in fault(tmp_path, contents(r"TOC \u", "а"), TARGET, titled).message


@pytest.mark.parametrize("name", ["DATE", "STYLEREF 1", "REF _Ref1", "MERGEFIELD имя", "SEQ x"])
def test_a_header_of_the_house_style_has_no_fields_but_page_numbers(
    tmp_path: Path, name: str
) -> None:
    def with_field(code: str) -> list[Problem]:
        path = write_style(tmp_path / "стиль.docx")
        (part,) = [one for one in read_parts(path) if one.startswith("word/header")][:1]
        xml = read_parts(path)[part].decode().replace(">PAGE<", "")
        spoiled = xml.replace('w:instr="PAGE"', f'w:instr="{code}"')
        with_part(path, part, spoiled.encode())
        template = write_template(tmp_path / "проба.docx", paragraph(run("текст")))
        return TemplateLibrary({"проба": template}, {}, path, make_environment()).check()

    assert with_field("NUMPAGES") == []
    (problem,) = with_field(name)
    assert problem.where.part == "верхний колонтитул"
    assert f"поле {name.split(maxsplit=1)[0]} " in problem.message
