"""Papers of text alone: parts with numbers, tables between, title pages, nested appendices."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document

from tests.support.small_root import SHIPPED, Sheets, make_root, make_school, run, text_of

TEXT_HEADERS: Final = ["Приказ", "№ приложения", "Как", "Текст"]
RULES: Final[list[list[Any]]] = [
    ["О внедрении", "2", "раздел", "Общие положения"],
    ["О внедрении", "2", "пункт", "Положение определяет порядок:"],
    ["О внедрении", "2", "подпункт", "отбора;"],
    ["О внедрении", "2", "подпункт", "закрепления."],
    ["О внедрении", "2", "раздел", "Сроки"],
    ["О внедрении", "2", "пункт", "Сроки – в таблице."],
    ["О внедрении", "2", "таблица", "Сроки"],
    ["О внедрении", "2", "пункт", "Положение бессрочно."],
    ["О внедрении", "1 к 2", "абзац", "Прошу закрепить."],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_root(tmp_path)
    for name in ("приложение_текст", "бумага_текст", "письмо"):
        for suffix in (".docx", ".toml"):
            shutil.copy(SHIPPED / "templates_docx" / f"{name}{suffix}", root / "templates_docx")
    return root


def with_rules(sheets: Sheets) -> None:
    """Give the order a text of sections as its second appendix, and that one an appendix."""
    sheets["Приложения"] = [
        [
            "Приказ",
            "№",
            "К приложению",
            "Что это",
            "Заголовок",
            "Чем заполняется",
            "Лист с таблицей",
        ],
        ["О внедрении", "1", None, "дорожная карта", "Дорожная карта", "таблица", "Карта"],
        ["О внедрении", "2", None, "положение", "Положение о наставничестве", "текст", "Сроки"],
        ["О внедрении", "1", "2", "форма", "Форма заявления", "текст", None],
    ]
    sheets["Тексты приложений"] = [TEXT_HEADERS, *map(list, RULES)]
    sheets["Сроки"] = [["Что", "Когда"], ["Отбор", "сентябрь"]]


def built(root: Path, change: Callable[[Sheets], object], paper: str, code: int = 0) -> list[str]:
    """Build a school without PDFs; return what one of its documents says, table cells last."""
    out = root / "output"
    assert run("build", make_school(root, change), "--no-pdf", "--out", out) == code
    path = out / "школа" / "documents" / f"{paper}.docx"
    # The number of later pages stands in the header.
    return text_of(path).translate({0xA0: " ", 0x2011: "-"}).split("\n")[1:]


def test_sections_points_and_tables_stand_in_the_order_of_their_rows(root: Path) -> None:
    said = built(root, with_rules, "О внедрении/Приложение № 2")
    begin = said.index("1. Общие положения")
    assert said[begin:] == [
        "1. Общие положения",
        "1.1. Положение определяет порядок:",
        "1.1.1. отбора;",
        "1.1.2. закрепления.",
        "2. Сроки",
        "2.1. Сроки – в таблице.",
        "Что",
        "Когда",
        "Отбор",
        "сентябрь",
        "2.2. Положение бессрочно.",
    ]


def test_an_appendix_of_an_appendix_is_marked_by_the_one_above(root: Path) -> None:
    said = built(root, with_rules, "О внедрении/Приложение № 1 к приложению № 2")
    assert said == [
        "Приложение № 1",
        "к Положению о наставничестве, утверждённому приказом от 1 сентября 2026 г. № 147-од",
        "Форма заявления",
        "Прошу закрепить.",
    ]


def test_an_order_mentions_its_own_appendices_alone(root: Path) -> None:
    said = built(root, with_rules, "О внедрении/Приказ № 147-од от 01.09.2026")
    assert "1. Утвердить дорожную карту (приложения № 1, № 2)." in said


@pytest.mark.parametrize(
    ("cell", "value", "code", "word"),
    [
        (("Приложения", 3, 2), "5", "appendix-absent", "К приложению"),
        (("Тексты приложений", 7, 3), "Итоги", "bad-choice", "не назван"),
        (("Тексты приложений", 1, 3), None, "missing-value", "Текст"),
    ],
)
def test_what_no_table_or_appendix_stands_for_is_told(
    root: Path,
    cell: tuple[str, int, int],
    value: str | None,
    code: str,
    word: str,
    *,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def spoilt(sheets: Sheets) -> None:
        with_rules(sheets)
        sheet, row, column = cell
        sheets[sheet][row][column] = value

    assert run("check", make_school(root, spoilt)) == 3
    said = capsys.readouterr()
    lines = [line for line in (said.out + said.err).splitlines() if f"[{code}]" in line]
    assert [line for line in lines if word in line][1:] == []
    assert word in lines[-1]


def test_a_text_without_words_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def wordless(sheets: Sheets) -> None:
        with_rules(sheets)
        del sheets["Тексты приложений"][-1]

    assert run("check", make_school(root, wordless)) == 3
    assert "«Форма заявления»: на листе «Тексты приложений» нет ни одной" in str(
        capsys.readouterr()
    )


def test_numbers_begin_anew_and_a_title_page_comes_by_the_row(root: Path) -> None:
    def titled(sheets: Sheets) -> None:
        with_rules(sheets)
        sheets["Приложения"][0] += ["Нумерация", "Титульный лист"]
        sheets["Приложения"][2] += ["заново в разделе", "да"]

    said = built(root, titled, "О внедрении/Приложение № 2")
    assert said[0] == "Муниципальное бюджетное учреждение «Школа № 1»"
    assert said[said.index("1. Общие положения") - 1] == "2026"
    points = [line for line in said if line.endswith((".", ":")) and line[:1].isdigit()]
    assert [line.split(" ")[0] for line in points] == ["1.", "1.2.", "1.", "2."]
    document = Document(str(root / "output/школа/documents/О внедрении/Приложение № 2.docx"))
    (first,) = [one for one in document.paragraphs if one.text == "1. Общие положения"]
    assert first.paragraph_format.page_break_before


def test_a_kind_says_how_its_texts_are_numbered(root: Path) -> None:
    entry = root / "templates_docx" / "приложение_текст.toml"
    words = entry.read_text(encoding="utf-8").replace('numbering = "по разделам"', "")
    marks = 'numbers = { "раздел" = "I.", "пункт" = "1)", "подпункт" = "а)" }'
    keys = f'numbering = "сквозная"\ntitle_page = true\n{marks}\n'
    entry.write_text(f"{words}{keys}", encoding="utf-8")
    said = built(root, with_rules, "О внедрении/Приложение № 2")
    assert [line for line in said if line.startswith(("I", "1", "2", "3", "а", "б"))] == [
        "2026",
        "I. Общие положения",
        "1) Положение определяет порядок:",
        "а) отбора;",
        "б) закрепления.",
        "II. Сроки",
        "2) Сроки – в таблице.",
        "3) Положение бессрочно.",
    ]


@pytest.mark.parametrize("marks", ['{ "раздел" = "Часть" }', '{ "абзац" = "1." }'])
def test_a_sample_without_a_number_is_refused(
    root: Path, marks: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = root / "templates_docx" / "приложение_текст.toml"
    words = entry.read_text(encoding="utf-8")
    entry.write_text(f"{words}numbers = {marks}\n", encoding="utf-8")
    assert run("check", make_school(root, with_rules)) == 4
    assert "номер" in capsys.readouterr().out


# --- papers without an order -----------------------------------------------------------------


def with_papers(sheets: Sheets) -> None:
    sheets["Бумаги"] = [
        [
            *("Краткое имя", "Чем заполняется", "Что это", "Номер", "Дата", "Заголовок", "Кому"),
            *("Обращение", "Приложение к письму", "Утверждает", "Подписывает"),
        ],
        [
            *("Справка", "текст", "аналитическая справка", None, "24.05.2027", "об итогах", None),
            *(None, None, "Иванова Мария Петровна", "Петрова Анна Сергеевна"),
        ],
        [
            *("Сведения", "письмо", "письмо", "105", None, "О направлении сведений"),
            *("Начальнику управления\nВ.А. Козловой", "Уважаемая Вера Андреевна!"),
            *("на 5 л. в 1 экз.", None, None),
        ],
    ]
    sheets["Тексты приложений"] = [
        TEXT_HEADERS,
        ["Справка", None, "раздел", "Охват"],
        ["Справка", None, "пункт", "Охвачены двое."],
        ["Сведения", None, "абзац", "Направляем сведения."],
    ]


def test_a_paper_of_its_own_has_its_title_text_and_signature(root: Path) -> None:
    said = built(root, with_papers, "Бумаги/Справка")
    assert said[:8] == [
        "УТВЕРЖДАЮ",
        "Директор МБОУ «Школа № 1»",
        "______________ М.П. Иванова",
        "«___» ______________ 20___ г.",
        "МБОУ «Школа № 1»",
        "АНАЛИТИЧЕСКАЯ СПРАВКА",
        "об итогах",
        "24.05.2027\t",
    ]
    assert "1.1. Охвачены двое." in said
    assert "А.С. Петрова" in said


def test_a_letter_has_its_addressee_and_what_is_enclosed(root: Path) -> None:
    said = built(root, with_papers, "Письма/Сведения")
    assert said[0] == "ШКОЛА № 1"
    assert said[3:5] == ["Начальнику управления", "В.А. Козловой"] or "В.А. Козловой" in said
    assert "Уважаемая Вера Андреевна!" in said
    assert "Приложение: на 5 л. в 1 экз." in said
    assert "М.П. Иванова" in said


def test_a_title_page_loses_nothing_of_the_paper(root: Path) -> None:
    def titled(sheets: Sheets) -> None:
        with_papers(sheets)
        sheets["Бумаги"][0].append("Титульный лист")
        sheets["Бумаги"][1].append("да")
        sheets["Бумаги"][1][3], sheets["Бумаги"][1][6] = "7", "Педагогическому совету"

    said = built(root, titled, "Бумаги/Справка")
    assert said[:3] == [
        "Муниципальное бюджетное учреждение «Школа № 1»",
        "",
        "Педагогическому совету",
    ]
    for line in ("УТВЕРЖДАЮ", "АНАЛИТИЧЕСКАЯ СПРАВКА", "об итогах", "№ 7 от 24.05.2027", "2027"):
        assert line in said[: said.index("1. Охват")]


def test_an_appendix_of_an_appendix_of_an_appendix_finds_its_words(root: Path) -> None:
    def deep(sheets: Sheets) -> None:
        with_rules(sheets)
        row = ["О внедрении", "1", "1 к 2", "образец", "Образец формы", "текст", None]
        sheets["Приложения"].append(row)
        sheets["Тексты приложений"].append(
            ["О внедрении", "№ 1 к приложению № 1 к приложению 2", "абзац", "Образец."]
        )

    name = "О внедрении/Приложение № 1 к приложению № 1 к приложению № 2"
    assert built(root, deep, name)[-2:] == ["Образец формы", "Образец."]


def test_one_appendix_and_its_own_go_without_numbers(root: Path) -> None:
    def alone(sheets: Sheets) -> None:
        with_rules(sheets)
        sheets["Приложения"][1:] = [
            ["О внедрении", None, None, "положение", "Положение о паре", "текст", None],
            ["О внедрении", None, "приложение", "форма", "Форма", "текст", None],
        ]
        sheets["Тексты приложений"][1:] = [
            ["О внедрении", None, "пункт", "Первый."],
            ["О внедрении", "к приложению", "абзац", "Прошу."],
        ]

    assert built(root, alone, "О внедрении/Приложение")[-1] == "1. Первый."
    said = built(root, alone, "О внедрении/Приложение к приложению")
    assert said[:2] == [
        "Приложение",
        "к Положению о паре, утверждённому приказом от 1 сентября 2026 г. № 147-од",
    ]
