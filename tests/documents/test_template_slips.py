"""The words of templates are read for slips as the words of registers are."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.documents import TemplateLibrary
from docgen.errors import Problem
from docgen.wording import make_environment
from tests.support.small_docx import write_docx, write_style
from tests.support.small_root import SHIPPED

SLIPS = {"unpaired-mark", "placeholder", "typing-slip"}


def said(folder: Path, *texts: str) -> list[Problem]:
    path = write_docx(folder / "приказ.docx", *texts)
    style = write_style(folder / "стиль.docx")
    library = TemplateLibrary({"приказ": path}, {}, style, make_environment())
    return [one for one in library.check() if one.code in SLIPS]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Утвердить Положение «О наставничестве", "unpaired-mark"),
        ("В (название …) школе", "placeholder"),
        ("Согласно приказа {{ приказ.номер }}", "typing-slip"),
    ],
)
def test_a_slip_in_a_template_is_said_with_its_paragraph(
    tmp_path: Path, words: str, code: str
) -> None:
    (problem,) = said(tmp_path, "Приказ", words)
    assert (problem.code, problem.where.paragraph, problem.is_error) == (code, 2, False)


@pytest.mark.parametrize(
    "words",
    [
        "«{{ приказ.заголовок }}»",
        "{% if приказ.номер %}({% endif %}{{ приказ.номер }}{% if приказ.номер %}){% endif %}",
        "Подпись ________ ({{ приказ.номер }})",
        "{{ приказ.номер }},{{ приказ.дата }}",
        "{# (заметка #}текст",
        "{{ приказ.заголовок }} , далее",
    ],
)
def test_tags_and_lines_to_write_on_are_no_slips(tmp_path: Path, words: str) -> None:
    assert said(tmp_path, words) == []


def test_no_shipped_template_has_a_slip(tmp_path: Path) -> None:
    folder = SHIPPED / "templates_docx"
    templates = {path.stem: path for path in folder.glob("*.docx") if "стиль" not in path.stem}
    blocks = {path.stem: path for path in (folder / "blocks").glob("*.docx")}
    library = TemplateLibrary(templates, blocks, folder / "стиль.docx", make_environment())
    assert [str(one) for one in library.check() if one.code in SLIPS] == []
