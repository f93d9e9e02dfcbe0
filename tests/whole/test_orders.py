"""Orders of other houses, typed in as a clerk would: the sentences and sheets that come out."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from docgen import pages
from docgen.documents import TemplateLibrary
from docgen.errors import Location, Problem
from docgen.model import Table, TableCell, TableRow
from docgen.ooxml.zip_parts import read_parts
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import make_environment
from tests.support.house import ROOT, House
from tests.support.printing import converted
from tests.support.shipped import ready_at


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "школа")


def test_an_order_to_be_signed_is_made_whatever_school_year_is_set(house: House) -> None:
    house.settings["Учебный год"] = "2030/2031"
    house.points((1, "Начать работу"))

    assert "Начать работу." in house.paper()


def test_another_year_asked_for_leaves_the_order_out(house: House) -> None:
    house.points((1, "Начать работу"))
    prepared = ready_at(house.write())

    assert make_plan(prepared, Wish(year="2030/2031")).documents == []


# --- sentences -------------------------------------------------------------------------------


def test_initials_before_a_typed_full_stop_end_the_sentence_once(house: House) -> None:
    house.points(
        (1, "Назначить куратором {кого}.", {"Лицо": "Дзюба Павел Олегович"}),
        (2, "Изложить пункт 1 так: «Назначить {кого}.».", {"Лицо": "Черных Ольга Сергеевна"}),
        (3, "Завершить работу {срок}.", {"Срок": dt.date(2027, 5, 28)}),
    )

    lines = house.text()

    assert "1. Назначить куратором воспитателя Дзюбу П.О." in lines
    assert "2. Изложить пункт 1 так: «Назначить учителя химии Черных О.С.»." in lines
    assert "3. Завершить работу до 28 мая 2027 г." in lines


def test_a_preamble_joins_turns_of_speech_once(house: House) -> None:
    house.add(
        "Акты",
        {"Краткое имя": "Программа", "Вид": "постановление", "Кто издал": "Правительство края"},
        {"Краткое имя": "Совет", "Вид": "решение", "Кто издал": "педагогический совет"},
    )
    house.add(
        "Преамбула",
        {"Оборот": "В соответствии с", "Акт": "Программа"},
        {"Оборот": "и", "Акт": "Совет"},
        {
            "Оборот": "в рамках реализации",
            "Акт": "Программа",
            "Текст": "плана, утверждённого {акт твор},",
        },
        {"Оборот": "а также", "Текст": "мероприятий года, приказываю :"},
    )
    house.settings["Распорядительное слово"] = "ПРИКАЗЫВАЮ:"
    house.points((1, "Начать работу"))

    assert (
        "В соответствии с постановлением Правительства края и решением педагогического совета, "
        "в рамках реализации плана, утверждённого постановлением Правительства края, "
        "а также мероприятий года"
    ) in house.text()


@pytest.mark.parametrize("end", [".", ":", "", ", п р и к а з ы в а ю:", " ПРИКАЗЫВАЮ :"])
def test_a_preamble_stays_open_for_the_operative_word(house: House, end: str) -> None:
    house.settings |= {
        "Распорядительное слово": "приказываю:",
        "Где распорядительное слово": "в конце преамбулы",
    }
    house.add("Преамбула", {"Оборот": "В целях", "Текст": f"развития школы{end}"})
    house.points((1, "Начать работу"))

    assert "В целях развития школы приказываю:" in house.text()


def test_the_dot_of_a_year_stays_before_the_operative_word(house: House) -> None:
    house.settings["Распорядительное слово"] = "ПРИКАЗЫВАЮ:"
    house.add("Преамбула", {"Оборот": "На основании", "Текст": "письма от 1 мая 2026 г."})
    house.points((1, "Начать работу"))

    assert "На основании письма от 1 мая 2026 г." in house.text()


def test_an_act_of_the_house_replaces_the_shipped_one_of_that_name(house: House) -> None:
    house.add("Акты", {"Краткое имя": "273-фз", "Вид": "Закон об образовании"})
    house.add("Преамбула", {"Оборот": "В соответствии с", "Акт": "273-ФЗ"})
    house.points((1, "Начать работу"))

    assert "В соответствии с Законом об образовании" in house.text()


def test_listed_appendices_stand_in_the_accusative(house: House) -> None:
    for number, (kind, title) in enumerate(
        (("дорожная карта", "Дорожная карта\nвнедрения"), ("состав", "Состав группы")), start=1
    ):
        house.add(
            "Приложения",
            {"№": number, "Что это": kind, "Заголовок": title, "Чем заполняется": "таблица"}
            | {"Лист с таблицей": "План"},
        )
    house.tables["План"] = [("Мероприятие", "Срок"), ("Сбор", "май")]
    house.points(
        (1, "Утвердить прилагаемые", {"Приложение": "1; 2", "Как сослаться": "перечнем"}),
        (2, "Начать", {"Приложение": 1}),
    )

    lines = house.text()
    start = lines.index("1. Утвердить прилагаемые:")

    assert lines[start : start + 4] == [
        "1. Утвердить прилагаемые:",
        "– Дорожную карту внедрения (приложение № 1);",
        "– Состав группы (приложение № 2).",
        "2. Начать (приложение № 1).",
    ]


def test_an_appendix_mentioned_by_hand_is_not_mentioned_twice(house: House) -> None:
    house.add(
        "Приложения",
        {"Что это": "план", "Заголовок": "План", "Чем заполняется": "таблица"}
        | {"Лист с таблицей": "План"},
    )
    house.tables["План"] = [("Мероприятие", "Срок"), ("Сбор", "май")]
    house.points(
        (1, "Утвердить план согласно приложению", {"Приложение": "да"}),
        (2, "Утвердить план (Приложение).", {"Приложение": "да"}),
        (3, "Внести изменения в приложение № 2 к приказу", {"Приложение": "да"}),
    )

    lines = house.text()

    assert "1. Утвердить план согласно приложению." in lines
    assert "2. Утвердить план (Приложение)." in lines
    assert "3. Внести изменения в приложение № 2 к приказу (приложение)." in lines


def test_pasted_blanks_are_closed_up_but_spaced_letters_stay(house: House) -> None:
    house.order["Заголовок"] = "О  наставничестве   в школе"
    house.order["Номер"] = "б/н"
    house.order["Распорядительное слово"] = "П Р И К А З   Н О Й:"
    house.points((1, "Начать  работу  с   молодыми"))

    lines = house.paper()

    assert "О наставничестве в школе" in lines
    assert "1. Начать работу с молодыми." not in lines
    assert "Начать работу с молодыми." in lines
    assert "П Р И К А З   Н О Й:" in lines
    assert any(line.endswith("\tб/н") for line in lines)


def test_points_with_dashes_are_sentences_when_nothing_opens_them(house: House) -> None:
    house.points(
        (None, "Внедрить систему наставничества"),
        ("•", "Назначить куратором {кого}", {"Лицо": "Дзюба Павел Олегович"}),
        ("-", "Утвердить план"),
        (None, "Провести:"),
        ("-", "Семинар"),
        ("-", "Опрос"),
    )

    lines = house.text()

    assert "Внедрить систему наставничества." in lines
    assert "• Назначить куратором воспитателя Дзюбу П.О." in lines
    assert "- Утвердить план." in lines
    assert lines[lines.index("Провести:") :][1:3] == ["- Семинар;", "- Опрос."]


def test_numbers_pasted_with_the_words_are_printed_once(house: House) -> None:
    house.order["Контроль"] = "за собой"
    house.points(
        (1, "1. Назначить куратора"),
        ("2", "2.\u00a0Провести"),
        ("-", "- семинар"),
        (None, "- опрос"),
        (None, "3. Завершить к сроку"),
        ("4", "15 мая подвести итоги"),
    )

    lines = house.text()
    start = lines.index("1. Назначить куратора.")

    assert lines[start : start + 7] == [
        "1. Назначить куратора.",
        "2. Провести:",
        "- семинар;",
        "- опрос.",
        "3. Завершить к сроку.",
        "4. 15 мая подвести итоги.",
        "5. Контроль за исполнением настоящего приказа оставляю за собой.",
    ]


def test_clauses_of_a_point_are_parted_by_semicolons(house: House) -> None:
    house.points(
        (1, "Куратору"),
        ("1.1", "разработать план", {"Срок": dt.date(2026, 10, 15)}),
        ("1.2", "провести"),
        ("1.2.1", "семинар"),
        ("1.2.2", "опрос"),
        ("1.3", "Доложить о ходе работы"),
        ("1.4", "Завершить работу"),
    )

    assert house.text()[-7:] == [
        "1. Куратору:",
        "1.1. разработать план в срок до 15 октября 2026 г.;",
        "1.2. провести:",
        "1.2.1. семинар;",
        "1.2.2. опрос.",
        "1.3. Доложить о ходе работы.",
        "1.4. Завершить работу.",
    ]


def test_a_list_typed_inside_a_point_makes_paragraphs(house: House) -> None:
    house.points(
        (1, "1) изучить опыт;\n2) провести семинар", {"Кому": "Черных Ольга Сергеевна"}),
        (2, "Закончить"),
    )

    lines = house.text()
    start = lines.index("1. Учителю химии Черных О.С.:")

    assert lines[start : start + 3] == [
        "1. Учителю химии Черных О.С.:",
        "1) изучить опыт;",
        "2) провести семинар.",
    ]


def rendered_table(house: House, look: str = "с шапкой") -> Rendered | list[Problem]:
    """Return the paper that prints the sheet «Состав», or why there is none."""
    house.sheets["Приложения"] = []
    house.add(
        "Приложения",
        {"Что это": "состав группы", "Заголовок": "Состав группы", "Чем заполняется": "таблица"}
        | {"Лист с таблицей": "Состав", "Вид таблицы": look},
    )
    house.sheets["Пункты"] = []
    house.points((1, "Утвердить состав", {"Приложение": "да"}))
    prepared = ready_at(house.write())
    plan = next(one for one in make_plan(prepared, Wish()).documents if one.tables)
    return render(plan, prepared)


def table_paper(house: House, look: str = "с шапкой") -> str:
    """Return the paper that prints the sheet «Состав», as stored."""
    outcome = rendered_table(house, look)
    assert isinstance(outcome, Rendered), outcome
    return read_parts(outcome.docx)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("look", "has_heading", "has_lines"),
    [("с шапкой", True, True), ("без шапки", False, True), ("без шапки и линий", False, False)],
)
def test_a_list_of_members_may_have_neither_heading_nor_lines(
    house: House, look: str, *, has_heading: bool, has_lines: bool
) -> None:
    house.tables["Состав"] = [("Дзюба П.О.", "–", "председатель"), ("Черных О.С.", "–", "член")]
    xml = table_paper(house, look)

    assert "Дзюба" in xml
    assert ("tblHeader" in xml) == has_heading
    assert ("tblBorders" in xml) == has_lines


@pytest.mark.parametrize(
    ("columns", "lies"), [(3, False), (6, False), (11, True)], ids=["narrow", "full", "wide"]
)
def test_a_table_that_is_too_wide_for_an_upright_sheet_lies_down(
    house: House, columns: int, *, lies: bool
) -> None:
    house.tables["Состав"] = [[f"показатель {one}" for one in range(columns)]] * 3
    assert ('w:orient="landscape"' in table_paper(house)) == lies


def test_a_table_that_fits_no_sheet_is_an_error_at_its_sheet(house: House) -> None:
    house.tables["Состав"] = [["наставничество"] * 18] * 3
    outcome = rendered_table(house)
    assert isinstance(outcome, list)
    (problem,) = outcome
    assert (problem.code, problem.where.sheet) == ("wide-table", "Состав")


def test_what_follows_a_table_does_not_touch_it(house: House) -> None:
    house.tables["Состав"] = [("№", "Дело"), ("1", "сбор")]
    for how in ("подзаголовок", "перечень", "абзац"):
        house.sheets.pop("Тексты приложений", None)
        house.add(
            "Тексты приложений",
            {"Где": "после таблицы", "Как": how, "Текст": "Сокращения"},
        )
        xml = table_paper(house)
        following = xml.rpartition("</w:tbl>")[2].partition("</w:p>")[0]
        assert "Сокращения" in following
        assert re.search('w:before="(120|240)"|"AfterTable"', following), how


# --- pages -----------------------------------------------------------------------------------

SHEET_TWIPS = 16838 - 2 * 1134
LINE_TWIPS = 276
STYLE = ROOT / "templates_docx" / "стиль.docx"
TALL = 1_000_000


def blank_sheet() -> Any:
    """Return the house style without the samples in its body."""
    document: Any = Document(str(STYLE))
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    return document


def closing_table(document: Any, fill: int, rows: int = 3) -> None:
    """Put a table after a paragraph of a given height, nothing after it."""
    body = document.element.body
    spacer = f"""<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="{fill}"
        w:lineRule="exact"/></w:pPr><w:r><w:t>НАЧАЛО</w:t></w:r></w:p>"""
    row = """<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/>
        </w:tcPr><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="exact"/>
        </w:pPr><w:r><w:t>строка</w:t></w:r></w:p></w:tc></w:tr>"""
    table = f"""<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>
        <w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{row * rows}</w:tbl>"""
    for number, xml in enumerate((spacer, table)):
        body.insert(number, parse_xml(xml))


def tall_template(folder: Path) -> Path:
    """Write a template of nothing but a table of the registers."""
    document = blank_sheet()
    document.add_paragraph("{{p таблица }}")
    document.save(str(folder / "высокая_таблица.docx"))
    return folder / "высокая_таблица.docx"


def tall_table() -> Table:
    """Return a table whose second row is higher than two sheets."""
    tall = "\n".join(f"дело {number}," for number in range(1, 151))
    texts = [("№", "Дела"), ("1", "начало"), ("2", tall), ("3", "конец")]
    rows = [
        TableRow(number, tuple(TableCell(text, Location()) for text in row))
        for number, row in enumerate(texts, start=1)
    ]
    return Table("Дела", Location(), (0.1, 0.9), 1, tuple(rows))


def printed(template: Path, table: Table | None = None) -> bytes:
    library = TemplateLibrary({"лист": template}, {}, STYLE, make_environment())
    variables = {"таблица": library.table(table)} if table else {}
    return library.render("лист", variables, title="Лист").docx


@pytest.fixture(scope="module")
def filled() -> Iterator[dict[int, list[str]]]:
    """Return the page texts of sheets filled almost to the foot, by the twips left free."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = {}
        for spare in (400, 100, 40, 20, 15, 10, 5, 2, 1, 0, -5, -100):
            template = folder / f"заполнен{spare}.docx"
            document = blank_sheet()
            closing_table(document, SHEET_TWIPS - 3 * LINE_TWIPS - spare)
            document.save(str(template))
            sources[spare] = folder / f"лист{spare}.docx"
            sources[spare].write_bytes(printed(template))
        sources[TALL] = folder / "высокая.docx"
        sources[TALL].write_bytes(printed(tall_template(folder), tall_table()))
        made_pdfs = converted(list(sources.values()), folder / "pdf")
        texts = {}
        for spare, source in sources.items():
            pdf = made_pdfs[source]
            assert isinstance(pdf, Path), pdf
            texts[spare] = pages.text_of(pdf)
        yield texts


@pytest.mark.office
def test_a_table_that_ends_at_the_foot_of_a_page_opens_no_blank_one(
    filled: dict[int, list[str]],
) -> None:
    sheets = {spare: texts for spare, texts in filled.items() if spare != TALL}
    blank = {spare: texts for spare, texts in sheets.items() if "строка" not in texts[-1]}

    assert blank == {}
    assert len(filled[10]) == 1
    assert len(filled[-100]) == 2


@pytest.mark.office
def test_a_row_higher_than_a_sheet_goes_on_over_the_next_ones(
    filled: dict[int, list[str]],
) -> None:
    sheets = filled[TALL]
    words = " ".join(sheets).split()

    assert len(sheets) >= 3
    assert [f"{number}," in words for number in range(1, 151)] == [True] * 150
    assert "начало" in sheets[0]
    assert "дело 1," in sheets[0]
    assert all("Дела" in sheet for sheet in sheets)
    assert "конец" in sheets[-1]
