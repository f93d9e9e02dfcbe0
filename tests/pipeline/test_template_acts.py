"""Acts that templates name: held to the day of each paper, as those of registers are."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.support.builders import write_text
from tests.support.small_docx import write_docx
from tests.support.small_root import SHIPPED, Sheets, made, make_root, make_school, run, text_of

NOTE = """
title = "Памятка: {{ участник.фио|инициалы }}"
register = "пары"
each = ["наставник", "наставляемый"]
output = "Памятки/{{ участник.фио }}"
family = "paper"
"""


def root_with(folder: Path, *lines: str) -> Path:
    root = make_root(folder)
    write_text(root / "templates_docx" / "памятка.toml", NOTE)
    write_docx(root / "templates_docx" / "памятка.docx", "Памятка", *lines)
    for suffix in (".docx", ".toml"):
        name = f"положение_о_наставничестве{suffix}"
        (root / "templates_docx" / name).write_bytes(
            (SHIPPED / "templates_docx" / name).read_bytes()
        )
    return root


def school_of(root: Path, year: int, *, state: str = "на подписи") -> Path:
    """Return the school as it would have been in another year, with a положение."""

    def move(sheets: Sheets) -> None:
        shift = year - 2026
        sheets["Настройки"][1][1] = f"{year}/{year + 1}"
        for rows in sheets.values():
            for row in rows:
                row[:] = [
                    one.replace(year=one.year + shift) if isinstance(one, dt.date) else one
                    for one in row
                ]
        for order in sheets["Приказы"][1:]:
            order[6] = state
        sheets["Приложения"][1][4:] = ["положение о наставничестве", None]

    return make_school(root, move)


def said(school: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    run("check", school, "--json")
    found = json.loads(capsys.readouterr().out)
    return [one["message"] for one in found if one["code"] == "act-not-in-force"]


CITED = "Основание: {{ акт('ТК 351.8') }}."
ASKED = "Основание{% if акт('ТК 351.8').действует %}: {{ акт('ТК 351.8') }}{% endif %}."


@pytest.mark.parametrize(
    ("line", "year", "count"),
    [
        (CITED, 2023, 1),
        (CITED, 2026, 0),
        (ASKED, 2023, 0),
        ("Кратко: {{ акт('ТК 351.8').кратко|род }}.", 2023, 1),
        ("Приказ {{ акт('Приказ 276').номер }}.", 2026, 1),
        ("Приказ {{ акт('Приказ 276').номер }}.", 2022, 0),
        ("Закон {{ акт('152-ФЗ')|вин }}.", 2023, 0),
        ("Список: {{ действующие_акты('152-ФЗ', 'ТК 351.8')|твор }}.", 2023, 0),
    ],
)
def test_an_act_that_a_template_prints_is_held_to_the_day_of_the_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, year: int, count: int
) -> None:
    root = root_with(tmp_path, line)
    assert len(said(school_of(root, year), capsys)) == count
    run("build", root / "registers" / "школа", "--no-pdf")
    assert capsys.readouterr().err.count("[act-not-in-force]") == count


def test_the_remark_names_the_paper_its_day_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (message,) = said(school_of(root_with(tmp_path, CITED), 2023), capsys)
    assert message == (
        "«Памятка: Петрова А.С.»: шаблон ссылается на «ТК 351.8», который на день бумаги "
        "14.09.2023 ещё не действует (действует с 01.03.2025); поставьте в шаблоне условие "
        "{% if акт('ТК 351.8').действует %} или назовите другой акт"
    )


@pytest.mark.parametrize(
    ("year", "cited"),
    [(2023, "273-ФЗ «Об образовании"), (2026, "273-ФЗ «Об образовании")],
)
def test_the_shipped_papers_cite_what_is_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: int, cited: str
) -> None:
    school = school_of(root_with(tmp_path), year)
    assert said(school, capsys) == []
    assert run("build", school, "--no-pdf") == 0
    papers = "\n".join(map(text_of, made(school.parents[1] / "output" / school.name)))
    text = papers.replace("\u2011", "-").replace("\u00a0", " ")
    assert cited in text
    assert ("351.8" in text) is (year == 2026)
    assert ("1264-р" in text) is (year == 2026)
    assert "соответствии с Федеральным законом" in text
    assert ("()" in text, ", ," in text, "  " in text) == (False, False, False)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("На основании распоряжения Минпросвещения № 145-р.", 1),
        ("На основании постановления Минпросвещения от 25.12.2019 № Р-145.", 1),
        ("На основании закона от 29 декабря 2012 г. № 273 ФЗ.", 1),
        ("На основании распоряжения Минпросвещения от 25 декабря 2019 г. № Р-145.", 0),
        ("На основании приказа от {{ участник.фио }} № 145.", 0),
    ],
)
def test_an_act_in_the_words_of_a_template_is_held_to_the_register(
    tmp_path: Path, words: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    school = school_of(root_with(tmp_path, words), 2026)
    run("check", school, "--json")
    found = json.loads(capsys.readouterr().out)
    places = [one["file"] for one in found if one["code"] == "act-mismatch"]
    assert len(places) == count
    assert all(place.endswith("памятка.docx") for place in places)
