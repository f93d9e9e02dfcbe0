"""``docgen add``: what it prints, where it finds the workspace, what it refuses."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook

from docgen.pdf import office_program
from docgen.registers.books import COPIES
from tests.support.full_example import write_full_example
from tests.support.small_root import BOOK, put, run

SIX: Final = ["Справка", "Организация", "Сотрудники", "Пары", "Приказы", "Настройки"]


@pytest.fixture(scope="module")
def new_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("новая") / "школа"
    assert run("init", folder) == 0
    return folder


@pytest.fixture
def school(new_school: Path, tmp_path: Path) -> Path:
    return shutil.copytree(new_school, tmp_path / "школа")


def titles(school: Path) -> list[str]:
    book = load_workbook(school / BOOK)
    return [one.title for one in book.worksheets if one.sheet_state == "visible"]


def test_sheets_are_added_and_the_next_step_is_said(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (school / BOOK).read_bytes()
    assert run("add", "приказ", "Акты", school) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{school / BOOK}:",
        "  добавлены листы: «Преамбула», «Пункты», «Акты»",
        "  прежняя книга — в папке «копии»",
        "дальше: на листе «Приказы» в столбце «О чём» выберите «свой текст»; впишите строки, "
        f"затем docgen check {school}",
    ]
    assert titles(school) == [*SIX, "Преамбула", "Пункты", "Акты"]
    (copy,) = (school / COPIES).glob("*.xlsx")
    assert copy.read_bytes() == before


def test_to_add_again_is_harmless(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "Пункты", school) == 0
    before = (school / BOOK).read_bytes()
    capsys.readouterr()
    assert run("add", "пункты", school) == 0
    assert capsys.readouterr().out == f"{school / BOOK}: уже есть «Пункты»\n"
    assert (school / BOOK).read_bytes() == before


def test_alone_it_lists_kinds_with_what_each_would_add(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", school) == 0
    there = capsys.readouterr().out
    monkeypatch.chdir(school)
    assert run("add") == 0
    here = capsys.readouterr().out
    monkeypatch.chdir(school.parent)
    assert run("add") == 0
    below = capsys.readouterr().out
    assert here.endswith('docgen add "приказ о внедрении"\n')
    for shown in (there, here, below):
        lines = shown.splitlines()
        assert "  приказ («свой текст»): Преамбула, Пункты" in lines
        assert "  приказ о парах («закрепление пар педагогов»): всё уже есть" in lines
        assert "  согласие на обработку данных: Цели обработки" in lines
        assert any(line.startswith("Лист можно назвать и сам: Дети и родители,") for line in lines)
    assert f'docgen add "приказ о внедрении" {school}' in there
    assert 'docgen add "приказ о внедрении" школа' in below


def test_without_a_workspace_kinds_are_listed_and_none_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("add") == 0
    assert "  приказ о внедрении («внедрение наставничества»): П" in capsys.readouterr().out
    assert run("add", "приказ") == 2
    assert "не названа рабочая папка" in capsys.readouterr().err
    (tmp_path / "пусто").mkdir()
    assert run("add", "приказ", tmp_path / "пусто") == 2
    said = capsys.readouterr().err
    assert "нет книг" in said
    assert "docgen add приказ ПАПКА" in said


def test_of_several_workspaces_one_is_to_be_named(
    school: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(school, school.parent / "вторая")
    monkeypatch.chdir(school.parent)
    assert run("add", "приказ") == 2
    assert "не названа рабочая папка" in capsys.readouterr().err
    assert run("add", "приказ", "школа", "вторая") == 2
    assert "названо несколько рабочих папок" in capsys.readouterr().err
    assert run("add", "приказ", "вторая") == 0
    assert titles(school) == SIX


def test_a_full_workspace_has_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_full_example(tmp_path / "школа")
    before = path.read_bytes()
    assert run("add", path.parent) == 0
    shown = capsys.readouterr().out
    assert "Лист можно назвать и сам" not in shown
    assert shown.count("всё уже есть") == len(shown.splitlines()) - 2
    assert run("add", "приказ о внедрении", "Акты", path.parent) == 0
    assert path.read_bytes() == before


def test_a_book_that_excel_holds_is_left_alone(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (school / BOOK).read_bytes()
    (school / f"~${BOOK}").write_bytes(b"")
    assert run("add", "приказ", school) == 2
    assert "открыта в Excel или LibreOffice; закройте её и повторите" in capsys.readouterr().err
    assert (school / BOOK).read_bytes() == before


# --- what check says of a sheet that is not there --------------------------------------------


def put_under(school: Path, sheet: str, header: str, value: str) -> None:
    """Type a value into the first row of a sheet, in the column of a header."""
    headers = load_workbook(school / BOOK)[sheet][1]
    (cell,) = [one for one in headers if one.value == header]
    put(school, sheet, cell.coordinate.replace("1", "2"), value)


def about(school: Path, subject: str) -> None:
    put_under(school, "Приказы", "О чём", subject)


@pytest.mark.parametrize(
    ("subject", "said", "exit_code"),
    [
        ("свой текст", "печатается с листа «Пункты», а его в книге нет; добавьте его: docgen", 3),
        ("внедрение наставничества", "а нужного ей листа «Приложения» в книге нет; добавьте: ", 0),
        ("закрепление пар обучающихся", "а нужных ей листов «Дети и родители», «Приложения»", 3),
    ],
)  # fmt: skip
def test_an_order_whose_sheets_are_not_there_names_the_command(
    subject: str, said: str, exit_code: int, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about(school, subject)
    assert run("check", school) == exit_code
    shown = capsys.readouterr().out
    assert said in shown
    (command,) = {line.partition("docgen add ")[2] for line in shown.splitlines() if "add" in line}
    kind = command.split('"')[1] if '"' in command else command.split()[0]
    assert run("add", kind, school) == 0
    capsys.readouterr()
    run("check", school)
    assert "docgen add" not in capsys.readouterr().out, "what was said has been done"


@pytest.mark.parametrize("subject", ["закрепление пар педагогов", "назначение куратора"])
def test_an_order_that_needs_no_other_sheet_is_silent(
    subject: str, school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about(school, subject)
    assert run("check", school) == 0
    assert capsys.readouterr().out == "ошибок: 0, предупреждений: 0\n"


def test_a_signed_order_is_not_asked_for_sheets(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about(school, "внедрение наставничества")
    put_under(school, "Приказы", "Состояние", "подписан без docgen")
    run("check", school)
    assert "docgen add" not in capsys.readouterr().out


def test_a_name_that_may_stand_on_a_sheet_that_is_not_there_names_the_command(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_under(school, "Пары", "Наставляемый", "Смирнов Илья Андреевич")
    assert run("check", school) == 3
    said = 'листа «Дети и родители» в книге нет, его добавит docgen add "Дети и родители" школа'
    assert said in capsys.readouterr().out


def test_a_register_that_is_gone_names_the_command(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(school / BOOK)
    del book["Сотрудники"]
    book.save(school / BOOK)
    assert run("check", school) == 3
    said = "в книге нет листа «Сотрудники»; добавьте его: docgen add"
    assert said in capsys.readouterr().out
    assert run("add", "Сотрудники", school) == 0
    assert titles(school)[-1] == "Сотрудники"


def test_the_table_of_the_example_names_the_command(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "Приложения", school) == 0
    row = {
        "Приказ": "О парах педагогов",
        "Что это": "план",
        "Заголовок": "План",
        "Чем заполняется": "таблица",
    }
    for title, said in (("Дорожная карта", "docgen add"), ("Шаги", "добавьте такой лист (")):
        for header, text in {**row, "Лист с таблицей": title}.items():
            put_under(school, "Приложения", header, text)
        capsys.readouterr()
        run("check", school)
        assert f"нет листа «{title}» с таблицей; добавьте такой лист" in (
            shown := capsys.readouterr().out
        )
        assert said in shown


def test_a_sheet_that_was_lost_is_not_put_back_empty(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "Акты", school) == 0
    for header, text in (("Краткое имя", "Протокол"), ("Вид", "протокол")):
        put_under(school, "Акты", header, text)
    assert run("build", school, "--no-pdf") == 0
    book = load_workbook(school / BOOK)
    del book["Акты"]
    book.save(school / BOOK)
    capsys.readouterr()
    assert run("add", "Акты", school) == 2
    said = capsys.readouterr().err
    assert "лист «Акты» не добавлен: при прошлой сборке он был заполнен" in said
    assert "верните его из копии книги" in said
    assert run("build", school, "--no-pdf") == 0
    assert run("add", "Акты", school) == 0


# --- LibreOffice -----------------------------------------------------------------------------


@pytest.mark.office
def test_libreoffice_reads_the_new_sheets_and_reckons_their_lists(
    school: Path, tmp_path: Path
) -> None:
    program = office_program()
    if not (program.resolve().parent / "libsclo.so").is_file():
        pytest.skip("LibreOffice is there without Calc")
    assert run("add", "приказ", "приказ о парах обучающихся", school) == 0
    subprocess.run(
        [
            *(str(program), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "made")),
            str(school / BOOK),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    book = load_workbook(tmp_path / "made" / BOOK, data_only=True)
    assert [one.title for one in book.worksheets] == [
        *SIX,
        *("Списки", "Дети и родители", "Преамбула", "Пункты", "Приложения", "Списки_2"),
    ]
    sheet = book["Пункты"]
    assert sheet["A1"].value == "Приказ"
    assert sheet["A1"].comment.text.startswith("Обязательно")
    titles = [cell.value for cell in book["Списки_2"][1]]
    joined = titles.index("Сотрудники + Дети и родители") + 1
    assert book["Списки_2"].cell(2, joined).value == "Иванова Мария Петровна"
