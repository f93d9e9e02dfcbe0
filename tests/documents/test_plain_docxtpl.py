"""The library against plain docxtpl: the same text, runs, tables and styles, part by part.

What is put alike first is what docgen does on purpose: styles go by their names in the house's,
sections and the package's other parts are the house's (not compared), spaces that must not break
are held, texts are one run where their look is one, runs without text go, and so do empty
paragraphs at the end but the one that Word wants after a table.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import russian
from docgen.documents import TemplateLibrary, shared_library
from tests.support.small_docx import add_styles

NAMES: dict[str, Any] = {
    "орган": "МБОУ «Школа № 1» & К",
    "номер": "5 & <6>",
    "день": "1 сентября 2026 г.",
    "пары": [
        {"наставник": "Иванова А.П.", "ученик": 'Ким "О\'К"', "цели": ["первая", "вторая"]},
        {"наставник": "Петров И.И.", "ученик": "Ли", "цели": []},
    ],
    "есть": True,
    "нет": False,
    "адрес": "ул. Садовая,\nдом 5",
}


def body_with_everything(document: Any) -> None:
    title = document.add_paragraph(style="Heading 1")
    title.add_run("Приказ № ")
    title.add_run("{{ номер }}").bold = True
    title.add_run(" от {{ день }}")
    document.add_paragraph("{%p if есть %}")
    document.add_paragraph("Назначить:", style="Текст приказа")
    document.add_paragraph("{%p for пара in пары %}")
    line = document.add_paragraph("{{ loop.index }}. ", style="Текст приказа")
    line.add_run("{{ пара.наставник }}").italic = True
    line.add_run("{% if loop.last %}!{% else %};{% endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if нет %}")
    document.add_paragraph("этого не будет {{ номер }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph()
    document.add_paragraph("до{% if нет %} и нет{% endif %} и после, {{ адрес }}")


def table_of_pairs(document: Any) -> None:
    table = document.add_table(rows=4, cols=3)
    rows = [
        ["Наставник", "Ученик", "Цели"],
        ["{%tr for пара in пары %}", "", ""],
        ["{{ пара.наставник }}", "{{ пара.ученик }}", ""],
        ["{%tr endfor %}", "", ""],
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].style = "Текст таблицы"
    goals = table.rows[2].cells[2]
    goals.paragraphs[0].text = "{%p for цель in пара.цели %}"
    goals.add_paragraph("– {{ цель }}", style="Текст таблицы")
    goals.add_paragraph("{%p endfor %}")
    goals.add_paragraph("всего {{ пара.цели|length }}")


def write_house(path: Path, *, fill: Any = None) -> Path:
    """Write a house style with tags in its header; ``fill`` makes a template of it."""
    document = Document()
    add_styles(document)
    document.sections[0].header.paragraphs[0].text = "{{ орган }}, стр."
    if fill is not None:
        fill(document)
    document.save(str(path))
    return path


def with_both(folder: Path, fill: Any) -> tuple[Any, Any]:
    """Return the document as docgen makes it and as plain docxtpl does."""
    template = write_house(folder / "приказ.docx", fill=fill)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    library = TemplateLibrary(
        {"приказ": template},
        {},
        write_house(folder / "стиль.docx"),
        environment,
        typeset=russian.typeset,
    )
    ours = [library.render("приказ", NAMES, title="Приказ").docx for _ in range(2)]
    assert ours[0] == ours[1]
    plain = DocxTemplate(template)
    plain.render(NAMES, jinja_env=environment)
    stream = io.BytesIO()
    plain.save(stream)
    return Document(io.BytesIO(ours[1])), Document(stream)


def block_facts(container: Any) -> list[object]:
    """Return paragraphs and tables of a part in order, put alike."""
    blocks: list[object] = [
        paragraph_facts(block) if hasattr(block, "runs") else table_facts(block)
        for block in container.iter_inner_content()
    ]
    while blocks and isinstance(blocks[-1], tuple) and not blocks[-1][1]:
        blocks.pop()
    return blocks


def table_facts(table: Any) -> list[list[list[object]]]:
    return [[block_facts(cell) for cell in row.cells] for row in table.rows]


def paragraph_facts(paragraph: Any) -> tuple[str, list[tuple[str, str]]]:
    return paragraph.style.name, list(run_facts(paragraph))


def run_facts(paragraph: Any) -> Iterator[tuple[str, str]]:
    look, text = "", ""
    for run in paragraph.runs:
        face = run._r.rPr
        own = "" if face is None else " ".join(f"{one.tag} {one.attrib}" for one in face)
        if own != look and text:
            yield look, text
            text = ""
        look = own
        text += run.text.replace("\u00a0", " ").replace("\u2011", "-").replace("\u2011", "-")
    if text:
        yield look, text


@pytest.mark.parametrize("fill", [body_with_everything, table_of_pairs])
def test_documents_are_those_of_plain_docxtpl(tmp_path: Path, fill: Any) -> None:
    ours, plain = with_both(tmp_path, fill)
    assert block_facts(ours) == block_facts(plain)
    (header,) = block_facts(ours.sections[0].header)
    assert [header] == block_facts(plain.sections[0].header)
    assert "МБОУ «Школа № 1» & К, стр." in str(header)


def test_a_paper_after_others_is_as_the_first_would_be(tmp_path: Path) -> None:
    fill = body_with_everything
    library = {}
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        library[name] = TemplateLibrary(
            {"приказ": write_house(folder / "приказ.docx", fill=fill)},
            {},
            write_house(folder / "стиль.docx"),
            ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True),
            typeset=russian.typeset,
        )
    others = [{**NAMES, "есть": False}, {**NAMES, "номер": "7"}, {**NAMES, "пары": []}]
    for names in others:
        library["one"].render("приказ", names, title="Приказ")
    alone = library["two"].render("приказ", NAMES, title="Приказ").docx
    assert library["one"].render("приказ", NAMES, title="Приказ").docx == alone


def test_workspaces_share_a_library_until_a_file_changes(tmp_path: Path) -> None:
    template = write_house(tmp_path / "приказ.docx", fill=table_of_pairs)
    style = write_house(tmp_path / "стиль.docx")

    def asked(path: Path = template, **options: Any) -> TemplateLibrary:
        options = {"shown": lambda path: path.name, **options}
        library, problems = shared_library(
            {"приказ": path}, {}, style, ImmutableSandboxedEnvironment, **options
        )
        assert not any(problem.is_error for problem in problems)
        return library

    first = asked()
    assert asked() is first
    (tmp_path / "копия").mkdir()
    assert asked(Path(shutil.copy(template, tmp_path / "копия"))) is first
    assert asked(shown=lambda path: f"свой/{path.name}") is not first
    write_house(template, fill=body_with_everything)
    assert asked() is not first
