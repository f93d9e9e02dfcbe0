"""«docgen decline»: what it takes for a name, what it says of each form, its refusals."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from pytrovich.maker import PetrovichDeclinationMaker

from docgen import pipeline
from docgen.errors import UsageError
from tests.support.small_root import SHIPPED, run

CASES = ["им", "род", "дат", "вин", "твор", "пред"]


def forms_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run("decline", *arguments, "--json") == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def dative(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    (only,) = forms_of(capsys, *arguments, "--case", "дат")
    return str(only["form"])


def test_all_cases_are_shown_with_source_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("decline", "Заяц Пётр Ильич") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == CASES
    assert lines[0].split(maxsplit=1)[1] == "Заяц Пётр Ильич  [unchanged]"
    assert "Зайца Петра Ильича  [rule]  ← проверьте: «Заяц»: беглая гласная" in lines[1]


def test_a_sure_form_asks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("decline", "директор школы", "--case", "твор") == 0
    assert capsys.readouterr().out == "твор  директором школы  [rule]\n"


def test_json_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found = forms_of(capsys, "Чаплин", "--as", "name", "--gender", "м")
    assert [one["case"] for one in found] == CASES
    assert found[4] == {
        "text": "Чаплин",
        "case": "твор",
        "form": "Чаплином",
        "source": "exception",
        "check": False,
        "reason": "",
    }


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Иванова Мария Петровна", "Ивановой Марии Петровне"),
        ("Иванова Мария", "Ивановой Марии"),
        ("Мария Иванова", "Марии Ивановой"),
        ("Гладилова О.А.", "Гладиловой О.А."),
        ("О.А. Гладилова", "О.А. Гладиловой"),
        ("Иванова", "Ивановой"),
        ("Мамедов Вагиф Ахмед оглы", "Мамедову Вагифу Ахмед оглы"),
        ("директор школы", "директору школы"),
        ("Директор", "Директору"),
        ("Управление образования", "Управлению образования"),
        ("МБОУ СОШ № 5", "МБОУ СОШ № 5"),
        ("Белая книга", "Белой книге"),
    ],
)
def test_names_are_told_from_titles(
    capsys: pytest.CaptureFixture[str], text: str, form: str
) -> None:
    assert dative(capsys, text) == form


def test_a_name_may_be_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert dative(capsys, "Мельник", "--as", "name", "--gender", "ж") == "Мельник"
    assert dative(capsys, "Мельник", "--gender", "м") == "Мельнику"
    assert dative(capsys, "Мельник", "--as", "phrase") == "Мельнику"


def test_a_gender_that_nobody_tells_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    (only,) = forms_of(capsys, "Присекарь И.А.", "--case", "дат")
    assert (only["form"], only["check"]) == ("Присекарь И.А.", True)
    assert "пол не указан" in only["reason"]


def test_a_dash_reads_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Ким Анна Ильинична\n\n тьютор \n"))
    assert run("decline", "-", "--case", "genitive") == 0
    assert capsys.readouterr().out.splitlines() == [
        "род   Ким Анны Ильиничны  [rule]",
        "род   тьютора  [rule]",
    ]


def test_an_unknown_case_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("decline", "директор", "--case", "местный") == 2
    assert "падеж «местный» не понят; бывают: им, род" in capsys.readouterr().err


@pytest.fixture
def _old_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(self: object, part: object, gender: object, case: object, word: str) -> str:
        del self, part, gender, case
        return f"{word[:-1]}ы"

    monkeypatch.setattr(PetrovichDeclinationMaker, "make", make)


@pytest.mark.usefixtures("_old_engine")
@pytest.mark.parametrize(
    "arguments", [("decline", "Иванова"), ("check", SHIPPED / "registers" / "school")]
)
def test_an_engine_that_writes_olgy_is_refused(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    complaint = "".join(capsys.readouterr())
    assert "пишет «ольгы» вместо «ольги»" in complaint
    assert "pip install" in complaint


@pytest.mark.usefixtures("_old_engine")
def test_no_paper_is_made_with_such_an_engine() -> None:
    site = pipeline.Site(SHIPPED / "registers" / "school", SHIPPED)
    with pytest.raises(UsageError, match="ольгы"):
        pipeline.check_workspace(site)


def test_the_way_back_shows_the_likeliest_nominative_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("decline", "Гладилову О.А.", "--back") == 0
    assert capsys.readouterr().out.splitlines() == [
        "вин   Гладилова О.А.  ← или «Гладилов О.А.»",
        "дат   Гладилов О.А.  ← или «Гладилова О.А.»",
    ]
    assert forms_of(capsys, "заместителю директора", "--back") == [
        {
            "text": "заместителю директора",
            "nominative": "заместитель директора",
            "case": "дат",
            "check": False,
            "reason": "",
        }
    ]


def test_the_way_back_knows_the_gender_and_says_when_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("decline", "Гладилову О.А.", "--back", "--gender", "m") == 0
    assert capsys.readouterr().out == "дат   Гладилов О.А.\n"
    assert run("decline", "и", "--back") == 0
    assert capsys.readouterr().out == "именительный падеж не найден\n"


def test_a_place_is_declined_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert dative(capsys, "Пушкин", "--as", "place") == "Пушкину"
    (form,) = forms_of(capsys, "Пушкин", "--as", "place", "--case", "твор")
    assert form["form"] == "Пушкином"
