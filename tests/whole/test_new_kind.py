"""A newcomer adds a kind of document with two files, as docs/new-kind.md says; no Python."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from docgen import wording
from docgen.__main__ import main
from docgen.catalogue import kinds, packet_kinds, schemas
from tests.support.builders import write_text

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "new-kind.md"
KIND = "список_наставников"
STYLES = (
    "Название документа",
    "Текст без отступа",
    "Заголовок таблицы",
    "Номер в таблице",
    "Текст таблицы",
)
HEADINGS = ("№", "Наставник", "Должность", "Наставляемый", "Срок")
CELLS = (
    "{{ loop.index }}",
    "{{ пара.наставник.фио }}",
    "{{ пара.наставник.должность|с_заглавной }}",
    "{{ пара.наставляемый.фио|инициалы }}",
    "с {{ пара.с }} по {{ пара.по }}",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a new root: the shipped templates and schemas, one new workspace."""
    shutil.copytree(ROOT / "templates_docx", tmp_path / "templates_docx")
    shutil.copytree(ROOT / "registers" / "schema", tmp_path / "registers" / "schema")
    assert run(tmp_path, "init", str(tmp_path / "registers" / "школа")) == 0
    return tmp_path


def run(root: Path, *words: str) -> int:
    """Run a command as typed; return its exit code."""
    return main([*words, "--root", str(root)])


def build(root: Path) -> int:
    workspace = root / "registers" / "школа"
    return run(root, "build", str(workspace), "--out", str(root / "output"), "--no-pdf")


def entry_of_the_guide() -> str:
    """Return the entry that docs/new-kind.md prints, so that the page cannot drift."""
    page = GUIDE.read_text(encoding="utf-8")
    found = re.search(rf"```toml\n(# {KIND}\.toml\n.*?)```", page, re.DOTALL)
    assert found is not None
    return found[1]


def add_row(table: Any, texts: tuple[str, ...], style: str) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text
        cell.paragraphs[0].style = style


def draw_template(path: Path) -> None:
    """Write the template that docs/new-kind.md describes."""
    document = Document()
    for name in STYLES:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("СПИСОК НАСТАВНИКОВ", "Название документа")
    document.add_paragraph(
        "{{ организация.полное|род }} на {{ учебный_год }} учебный год", "Название документа"
    )
    nothing = ("",) * (len(HEADINGS) - 1)
    table: Any = document.add_table(rows=0, cols=len(HEADINGS))
    add_row(table, HEADINGS, "Заголовок таблицы")
    add_row(table, ("{%tr for пара in пары %}", *nothing), "Normal")
    add_row(table, CELLS, "Текст таблицы")
    add_row(table, ("{%tr endfor %}", *nothing), "Normal")
    document.add_paragraph(
        "Куратор ______________ {{ организация.куратор.фио|инициалы_впереди }}",
        "Текст без отступа",
    )
    document.save(str(path))


def test_two_files_make_a_kind(root: Path) -> None:
    write_text(root / "templates_docx" / f"{KIND}.toml", entry_of_the_guide())
    draw_template(root / "templates_docx" / f"{KIND}.docx")

    assert build(root) == 0

    output = root / "output" / "школа"
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    (made,) = [one for one in manifest["documents"] if one["kind"] == KIND]
    # The examples of a new workspace are of the school year in which it is made.
    year = re.fullmatch(r"Список наставников, (\d{4})/(\d{4}) учебный год", made["title"])
    assert year is not None
    assert made["docx"] == "documents/Списки/Список наставников.docx"
    assert [one["role"] for one in made["signatures"]] == ["куратор"]
    document = Document(str(output / made["docx"]))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[0] == "СПИСОК НАСТАВНИКОВ"
    assert paragraphs[1].startswith("Муниципального бюджетного общеобразовательного учреждения")
    assert "А.С. Петрова" in paragraphs[-1].replace("\u00a0", " ")
    rows = [
        [cell.text.replace("\u00a0", " ") for cell in row.cells] for row in document.tables[0].rows
    ]
    assert rows == [
        list(HEADINGS),
        [
            "1",
            "Петрова Анна Сергеевна",
            "Учитель русского языка и литературы",
            "Кузнецов Д.О.",
            f"с 14.09.{year[1]} по 28.05.{year[2]}",
        ],
    ]


def test_a_kind_of_one_workspace_lies_in_its_own_folder(root: Path) -> None:
    own = root / "registers" / "школа" / "templates"
    write_text(own / f"{KIND}.toml", entry_of_the_guide())
    draw_template(own / f"{KIND}.docx")

    assert build(root) == 0
    assert (root / "output/школа/documents/Списки/Список наставников.docx").is_file()


def test_half_a_kind_stops_the_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_text(root / "templates_docx" / f"{KIND}.toml", entry_of_the_guide())

    assert build(root) == 4
    stderr = capsys.readouterr().err
    assert f"{KIND}.toml" in stderr
    assert "[entry-alone]" in stderr


def test_a_slip_in_the_template_is_told_by_file_and_tag(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_text(root / "templates_docx" / f"{KIND}.toml", entry_of_the_guide())
    template = root / "templates_docx" / f"{KIND}.docx"
    draw_template(template)
    document = Document(str(template))
    document.add_paragraph("{{ организация.куратор.фио|инициаллы }}", "Текст без отступа")
    document.save(str(template))

    assert build(root) == 4
    stderr = capsys.readouterr().err
    assert f"{KIND}.docx" in stderr
    assert "инициаллы" in stderr


def is_in_guide(name: str) -> bool:
    """Return whether the guide has the name in code letters, alone or as the start of a call."""
    spans = re.findall(r"`([^`\n]+)`", GUIDE.read_text(encoding="utf-8"))
    bare = {span.removeprefix(".").removeprefix("[[").removesuffix("]]") for span in spans}
    return name in bare or any(span.startswith(f"{name}(") for span in bare)


def test_the_guide_tells_every_key_of_an_entry() -> None:
    keys = [
        *kinds._KIND_KEYS,
        *packet_kinds._PACKET_KEYS,
        *schemas._SCHEMA_KEYS,
        *schemas._COLUMN_KEYS,
    ]
    inside = {"periods"}
    assert [key for key in dict.fromkeys(keys) if key not in inside and not is_in_guide(key)] == []


def test_the_guide_tells_every_filter() -> None:
    aliases = {"рд", "дт", "вн", "тв", "пр"}
    russian = [name for name in wording.FILTERS if not name.isascii() and name not in aliases]
    assert [name for name in russian if not is_in_guide(name)] == []


def test_the_guide_tells_everything_that_rows_have_beside_columns() -> None:
    derived = wording.RecordView.derived
    names = {name for register in derived.values() for name in register}
    assert sorted(name for name in names if not is_in_guide(name)) == []
