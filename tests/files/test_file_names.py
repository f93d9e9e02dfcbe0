"""Any text makes a file name that every file system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.files import NAME_LIMIT, compose_names, safe_name, unique_names
from tests.support.trust_sizes import size

NAMES = size(100, 500, 2000)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Приказ № 31/2", "Приказ № 31-2"),
        ("Приказ\u00a0№\u202f31", "Приказ № 31"),
        ("../../etc/passwd", "etc-passwd"),
        ("Согласие: Иванова <А.А.>", "Согласие- Иванова А.А"),
        ("зло\u202etxt.docx", "злоtxt.docx"),
        ("и\u0306", "й"),
        ("CON", "CON_"),
        ("com1.приложение", "com1_.приложение"),
        ("LPT³", "LPT³_"),
        ("-rf", "rf"),
        ("~$книга", "книга"),
        ("точка. ", "точка"),
        ("\u200b\x00", "без имени"),
        ("", "без имени"),
    ],
)
def test_names_are_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_letters_and_stays_apart_from_its_like() -> None:
    one, other = safe_name("Я" * 200 + "а", ".docx"), safe_name("Я" * 200 + "б", ".docx")
    assert one != other
    assert one.endswith(".docx")
    assert len(one.encode()) <= NAME_LIMIT


@pytest.mark.trust("R17", tries=NAMES)
@settings(max_examples=NAMES)
@given(st.text())
@example("NUL .txt")
@example("a" * 300)
@example(". CON")
@example("\u1100\u200d\u1161")
def test_any_text_makes_one_plain_component(text: str) -> None:
    name = safe_name(text)
    assert name == safe_name(name)
    assert name == unicodedata.normalize("NFC", name)
    assert 0 < len(name.encode()) <= NAME_LIMIT
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert Path(name).name == name
    assert name.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    names = ["пары/Приказ", "пары/ПРИКАЗ", "листы/Приказ", "пары/Приказ"]
    assert unique_names(names) == [
        "пары/Приказ",
        "пары/ПРИКАЗ (2)",
        "листы/Приказ",
        "пары/Приказ (3)",
    ]


@given(st.lists(st.text("аАб/", max_size=3)))
def test_numbered_names_are_unique_and_as_many(names: list[str]) -> None:
    unique = unique_names(names)
    assert len(unique) == len(names)
    assert len({name.casefold() for name in unique}) == len(names)


def test_names_with_letters_taken_apart_are_composed_and_no_twin_is_overwritten(
    tmp_path: Path,
) -> None:
    def apart(name: str) -> str:
        return unicodedata.normalize("NFD", name)

    folder = tmp_path / apart("Йод")
    folder.mkdir()
    (folder / apart("ёж.docx")).write_text("один")
    (tmp_path / apart("йог")).write_text("чужой")
    (tmp_path / "йог").write_text("свой")
    compose_names(tmp_path)
    assert (tmp_path / "Йод" / "ёж.docx").read_text() == "один"
    assert (tmp_path / "йог").read_text() == "свой"
    assert (tmp_path / apart("йог")).read_text() == "чужой"
