"""A word that no row could ever have is told once, with the words that there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from docgen import catalogue
from docgen.catalogue import read_schemas
from docgen.model import Kind, Schema, sameness
from tests.support.builders import ROOT, shipped_kinds
from tests.support.small_root import make_root, make_school, run

SCHEMAS: Mapping[str, Schema] = read_schemas([ROOT / "registers" / "schema"])
Words = Mapping[str, tuple[str, ...]]


def kind_of(register: str, where: Words) -> Kind:
    base = shipped_kinds()["согласие_на_наставничество"]
    return replace(base, register=register, where=where, source="свой.toml")


def said(kind: Kind, *there: str) -> list[str]:
    def found(register: str, column: str) -> dict[str, str]:
        return {sameness(text): text for text in there}

    problems = catalogue.idle_conditions({kind.name: kind}, SCHEMAS, found)
    assert all(one.where.file == "свой.toml" and not one.is_error for one in problems)
    return [f"{one.where.key}: {one.message}" for one in problems]


def test_the_shipped_kinds_wait_for_words_that_there_are() -> None:
    assert catalogue.idle_conditions(shipped_kinds(), SCHEMAS, lambda *_: {}) == []


@pytest.mark.parametrize(
    ("register", "column", "word", "meant"),
    [
        ("пары", "форма", "ученик-ученик ", "ученик – ученик"),
        ("пары", "форма", "педагог–педагог", "педагог – педагог"),
        ("пары", "форма", "педогог – педагог", "педагог – педагог"),
        ("пары", "форма", "соц. партнёр – педагог", ""),
        ("приказы", "состояние", "на подпись", "на подписи"),
        ("приказы", "о_чём", "закрепление пар педагогв", "закрепление пар педагогов"),
        ("сотрудники", "пол", "женский", ""),
        ("сотрудники", "не_склонять", "yes", ""),
    ],
)
def test_a_mistyped_word_is_told_with_its_key(
    register: str, column: str, word: str, meant: str
) -> None:
    found = said(kind_of(register, {column: (word,)}), "закрепление пар педагогов")
    if register == "пары" and not meant:
        # An open column takes new words, and this is like none of the known ones.
        assert found == []
        return
    (line,) = found
    assert line.startswith(f"where.{column}: бумаг не будет")
    assert f"слова «{word}» не бывает; есть «" in line
    assert (f"возможно, вы имели в виду «{meant}»" in line) is bool(meant)


@pytest.mark.parametrize(
    ("register", "column", "word"),
    [
        ("пары", "форма", "ученик – ученик"),
        ("пары", "форма", "Ученик — Ученик"),
        ("пары", "форма", "студент – студент"),
        ("пары", "форма", "*"),
        ("пары", "форма", ""),
        ("пары", "цель", "что угодно"),
        ("приказы", "о_чём", "итоги работы наставников"),
        ("приказы", "о_чём", "закрепление пар студентов"),
        ("приложения", "шаблон", "программа адаптации"),
        ("сотрудники", "не_склонять", "да"),
    ],
)
def test_a_word_that_there_is_or_a_new_one_says_nothing(
    register: str, column: str, word: str
) -> None:
    assert said(kind_of(register, {column: (word,)}), "закрепление пар педагогов") == []


def test_a_word_that_a_row_has_says_nothing() -> None:
    assert said(kind_of("пары", {"форма": ("ученик-ученик",)}), "ученик-ученик") == []


def test_every_condition_of_a_kind_is_looked_at() -> None:
    kind = replace(
        kind_of("приказы", {"пары_наставника": ("x",)}),
        cross="цели",
        cross_where={"для_кого": ("работникам",)},
        uses={"пары": {"форма": ("педагог-педагог", "ученик – ученик")}},
    )
    found = said(kind)
    assert [line.partition(":")[0] for line in found] == ["cross_where.для_кого", "uses.пары.форма"]


@pytest.mark.parametrize(
    ("word", "codes"), [("педагог-педагог", ["idle-condition"]), ("педагог – педагог", [])]
)
def test_a_check_tells_it_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], word: str, codes: list[str]
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    entry = root / "templates_docx" / "согласие_на_наставничество.toml"
    text = re.sub(
        r"(?m)^where = .*", f'where = {{ "форма" = ["{word}"] }}', entry.read_text("utf-8")
    )
    entry.write_text(text, encoding="utf-8")
    run("check", school)
    said = capsys.readouterr().out
    assert said.count("[idle-condition]") == len(codes)
    assert ("бумаг не будет" in said) is bool(codes)
    assert ("согласие_на_наставничество.toml, ключ «where.форма»)" in said) is bool(codes)
