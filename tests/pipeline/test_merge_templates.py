"""A template of a mail merge in Word is read as a template: its fields are columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.builders import write_text
from tests.support.small_root import made, make_root, make_school, run, text_of
from tests.support.word_fields import field, paragraph, simple, write_template
from tests.support.word_fields import run as words

KIND = """\
title = "Справка, {{ сотрудник.фио|инициалы }}"
register = "сотрудники"
output = "Справки/{{ сотрудник.фио|инициалы }}"
family = "paper"
"""


def prepared(folder: Path, *body: str) -> tuple[Path, Path]:
    root = make_root(folder)
    school = make_school(root)
    write_template(root / "templates_docx" / "справка.docx", *body)
    write_text(root / "templates_docx" / "справка.toml", KIND)
    return root, school


def test_merge_fields_are_filled_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, school = prepared(
        tmp_path,
        paragraph(words("Дана: "), field(r" MERGEFIELD ФИО \* MERGEFORMAT ", "«ФИО»", pieces=3)),
        paragraph(simple(r"MERGEFIELD Должность \* FirstCap"), words(", ")),
        paragraph(field(r"MERGEFIELD Организация_Краткое_название \* Upper")),
    )
    out = tmp_path / "out"
    assert run("build", school, "--root", root, "--out", out, "--no-pdf", "--only", "справка") == 0
    texts = [text_of(one).split("\n")[-3:] for one in made(out)]
    assert [
        "Дана: Кузнецов Денис Олегович",
        "Учитель математики, ",
        "МБОУ «ШКОЛА №\u00a01»",
    ] in texts
    capsys.readouterr()
    assert run("templates", school, "--root", root, "--json") == 0
    (kind,) = [one for one in json.loads(capsys.readouterr().out) if one["kind"] == "справка"]
    assert kind["merge_fields"] == {
        "ФИО": "{{ сотрудник.фио }}",
        "Должность": "{{ сотрудник.должность|с_заглавной }}",
        "Организация_Краткое_название": "{{ организация.краткое|прописными }}",
    }
    assert run("templates", school, "--root", root) == 0
    assert "поле слияния: ФИО → {{ сотрудник.фио }}" in capsys.readouterr().out


def test_an_unknown_merge_field_stops_the_check_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, school = prepared(
        tmp_path, paragraph(words("а")), paragraph(field("MERGEFIELD Дожность"))
    )
    assert run("check", school, "--root", root) != 0
    printed = "".join(capsys.readouterr())
    assert "справка.docx, тело, абзац 2" in printed
    assert "{{ сотрудник.должность }}" in printed
