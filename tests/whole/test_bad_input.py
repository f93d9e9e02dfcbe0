"""Bad input gets a clear answer with its place, loses nothing and never shows a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from docgen.problem_codes import CODES
from tests.support.builders import write_book, write_text
from tests.support.small_root import (
    BOOK,
    Sheets,
    build_signed,
    files_below,
    made,
    make_root,
    make_school,
    put,
    run,
    text_of,
)

Checked = tuple[int, list[dict[str, str]]]
Check = Callable[..., Checked]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Run ``check`` for programs; every sentence of it must be Russian, every code known."""

    def run_check(*arguments: object) -> Checked:
        capsys.readouterr()
        code = run("check", "--json", *arguments)
        captured = capsys.readouterr()
        assert captured.err == ""
        problems = json.loads(captured.out)
        for problem in problems:
            assert set(problem) == {
                "code",
                "severity",
                "file",
                "sheet",
                "cell",
                "subject",
                "message",
            }
            assert problem["code"] in CODES
            assert any("а" <= letter <= "я" for letter in problem["message"])
        return code, problems

    return run_check


def only(problems: list[dict[str, str]]) -> dict[str, str]:
    """Return the one error."""
    (error,) = [one for one in problems if one["severity"] == "error"]
    return error


def place_of(problem: dict[str, str]) -> tuple[str, str, str]:
    return problem["file"], problem["sheet"], problem["cell"]


def cell(row: list[Any], spot: int, value: object) -> None:
    row[spot] = value


def short_name(sheets: Sheets) -> None:
    """Leave initials of a name, which show no gender, wherever it is written."""
    for rows in sheets.values():
        for row in rows:
            row[:] = ["Петрова А.С." if one == "Петрова Анна Сергеевна" else one for one in row]


# --- folders and files -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "plan", "build"])
def test_no_such_workspace_is_a_bad_command_line(
    root: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, root / "registers" / "нет-такой") == 2
    captured = capsys.readouterr()
    assert "нет папки «registers/нет-такой»" in captured.out + captured.err
    assert not (root / "output").exists()


@pytest.mark.parametrize("command", ["check", "plan", "build"])
def test_a_folder_without_registers_is_a_bad_command_line(
    root: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "registers" / "пустая").mkdir()
    assert run(command, root / "registers" / "пустая") == 2
    captured = capsys.readouterr()
    assert "нет реестров" in captured.out + captured.err
    assert not (root / "output").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "файл пуст"),
        (b"\x00\x01\x02 binary", "не книга Excel"),
        ("ФИО;Пол\nИванова;ж\n".encode("cp1251"), "обычный текст"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (b"PK\x03\x04 cut off", "обрезан или повреждён"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(
    root: Path, check: Check, data: bytes, words: str
) -> None:
    workspace = make_school(root)
    (workspace / BOOK).write_bytes(data)
    code, problems = check(workspace)
    assert code == 3
    assert only(problems)["code"] == "not-a-workbook"
    assert only(problems)["file"] == f"registers/школа/{BOOK}"
    assert words in only(problems)["message"]
    assert run("build", workspace, "--no-pdf") == 3
    assert made(root / "output") == []


def test_an_old_workbook_alone_in_a_folder_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "registers" / "старая").mkdir()
    (root / "registers" / "старая" / "Реестр.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert run("build", root / "registers" / "старая") == 2
    assert "«Реестр.xls»" in capsys.readouterr().err


def test_a_lock_file_beside_a_register_is_a_warning_and_no_input(
    root: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_school(root)
    assert run("build", workspace, "--no-pdf") == 0
    for name in (f"~${BOOK}", f".~lock.{BOOK}#"):
        (workspace / name).write_text("Иванова,pc,01.09.2026")
        (root / "templates_docx" / "~$приказ.docx").write_text("Word")
        code, problems = check(workspace)
        assert code == 0
        assert [one["code"] for one in problems] == ["office-lock"]
        assert "возможно, не сохранено" in problems[0]["message"]
        assert run("build", workspace, "--no-pdf") == 0
        captured = capsys.readouterr()
        assert "изменений нет" in captured.out
        assert "возможно, не сохранено" in captured.err
        (workspace / name).unlink()


def test_only_lock_files_make_no_workspace(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "registers" / "чужая").mkdir()
    (root / "registers" / "чужая" / f"~${BOOK}").write_text("")
    make_school(root)
    assert run("check", "--root", root) == 0
    assert "чужая" not in capsys.readouterr().out


# --- sheets and columns ----------------------------------------------------------------------


def test_a_missing_sheet_stops_the_workspace_and_guesses(root: Path, check: Check) -> None:
    def rename(sheets: Sheets) -> None:
        sheets["Приказ"] = sheets.pop("Приказы")

    workspace = make_school(root, rename)
    code, problems = check(workspace)
    assert code == 3
    error = only(problems)
    assert (error["code"], error["file"]) == ("missing-sheet", f"registers/школа/{BOOK}")
    assert "«Приказы»" in error["message"]
    assert "похож лист «Приказ»" in error["message"]
    assert run("build", workspace, "--no-pdf") == 3
    assert made(root / "output") == []


def test_a_missing_column_is_named_with_a_guess(root: Path, check: Check) -> None:
    workspace = make_school(root, lambda sheets: cell(sheets["Приказы"][0], 4, "Загаловок"))
    code, problems = check(workspace)
    assert code == 3
    error = only(problems)
    assert error["code"] == "missing-column"
    assert place_of(error)[:2] == (f"registers/школа/{BOOK}", "Приказы")
    assert "«Заголовок»" in error["message"]
    assert "возможно, вы имели в виду" in error["message"]
    assert "«Загаловок»" in error["message"]
    assert run("build", workspace, "--no-pdf") == 3


def test_a_missing_column_does_not_hide_the_faults_of_other_sheets(
    root: Path, check: Check
) -> None:
    def spoil(sheets: Sheets) -> None:
        cell(sheets["Приказы"][0], 4, "Загаловок")
        cell(sheets["Сотрудники"][2], 0, None)
        cell(sheets["Пары"][1], 4, "31.09.2026")
        write_text(root / "templates_docx" / "приказ.toml", "titel = 'x'\n")

    code, problems = check(make_school(root, spoil))
    assert code == 3, "the lowest of registers and templates"
    assert {one["code"] for one in problems} == {
        "missing-column",
        "missing-value",
        "bad-date",
        "bad-entry",
    }


# --- cells -----------------------------------------------------------------------------------

CELLS: dict[str, tuple[Callable[[Sheets], object], str, tuple[str, str], str]] = {
    "required cell empty": (
        lambda s: cell(s["Пары"][1], 3, None),
        "missing-value",
        ("Пары", "D2"),
        "Цель",
    ),
    "impossible date": (
        lambda s: cell(s["Пары"][1], 5, "31.02.2027"),
        "bad-date",
        ("Пары", "F2"),
        "31.02.2027",
    ),
    "reference to nobody": (
        lambda s: cell(s["Пары"][1], 1, "Петрова Анна Сергевна"),
        "unknown-ref",
        ("Пары", "B2"),
        "возможно, вы имели в виду «Петрова Анна Сергеевна»",
    ),
    "choice outside its list": (
        lambda s: cell(s["Приказы"][2], 6, "подписано"),
        "bad-choice",
        ("Приказы", "G3"),
        "подписан",
    ),
    "two orders with one number": (
        lambda s: cell(s["Приказы"][2], 1, "147-од"),
        "duplicate-number",
        ("Приказы", "B3"),
        "147-од",
    ),
    "duplicate key": (
        lambda s: s["Приказы"].append([*s["Приказы"][2][:1], "164", *s["Приказы"][2][2:]]),
        "duplicate-key",
        ("Приказы", "A4"),
        "О парах",
    ),
    "appendix named but absent": (
        lambda s: cell(s["Пункты"][1], 4, "7"),
        "appendix-absent",
        ("Пункты", "E2"),
        "«7»",
    ),
    "appendix table without its sheet": (
        lambda s: cell(s["Приложения"][1], 5, "Карты"),
        "missing-sheet",
        ("Приложения", "F2"),
        "«Карта»",
    ),
    "formula error in a table": (
        lambda s: cell(s["Карта"][1], 2, "#REF!"),
        "cell-error",
        ("Карта", "C2"),
        "#REF!",
    ),
    "gender missing where a form needs it": (
        short_name,
        "gender-missing",
        ("Сотрудники", "A3"),
        "Петрова А.С.",
    ),
    "character without a glyph": (
        lambda s: cell(s["Пары"][1], 3, "адаптация 中"),
        "missing-glyph",
        ("Пары", "D2"),
        "U+4E2D",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_told_with_its_place_and_leaves_out_what_needs_it(
    root: Path, check: Check, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, wanted, place, words = CELLS[name]
    workspace = make_school(root, spoil)
    code, problems = check(workspace)
    assert code == 3
    errors = [one for one in problems if one["severity"] == "error"]
    assert {one["code"] for one in errors} == {wanted}
    assert place_of(errors[0]) == (f"registers/школа/{BOOK}", *place)
    assert words in errors[0]["message"]
    assert run("build", workspace, "--no-pdf") == 7
    captured = capsys.readouterr()
    assert "не собрано" in captured.out
    assert errors[0]["message"] in captured.err
    assert made(root / "output"), "the rest is made"


def test_a_bad_pair_leaves_the_order_without_pairs_alone(root: Path) -> None:
    workspace = make_school(root, lambda s: cell(s["Пары"][1], 3, None))
    assert run("build", workspace, "--no-pdf") == 7
    names = {path.stem for path in made(root / "output")}
    assert {"Приказ № 147-од от 01.09.2026", "Приложение"} <= names
    assert "Приказ № 163-од от 11.09.2026" not in names


def test_a_name_of_two_people_tells_both(root: Path, check: Check) -> None:
    def add_namesake(sheets: Sheets) -> None:
        cell(sheets["Сотрудники"][3], 3, "110")
        sheets["Сотрудники"].append(["Кузнецов Денис Олегович", None, "учитель химии", "112"])

    workspace = make_school(root, add_namesake)
    code, problems = check(workspace)
    assert code == 3
    error = only(problems)
    assert (error["code"], error["cell"]) == ("unknown-ref", "C2")
    assert "(таб. 110)" in error["message"]
    assert "(таб. 112)" in error["message"]
    put(workspace, "Пары", "C2", "Кузнецов Денис Олегович (таб. 112)")
    assert check(workspace)[0] == 0


def test_all_bad_cells_are_told_at_once(root: Path, check: Check) -> None:
    def spoil(sheets: Sheets) -> None:
        for change, *_ in list(CELLS.values())[:4]:
            change(sheets)

    _, problems = check(make_school(root, spoil))
    errors = {(one["code"], one["cell"]) for one in problems if one["severity"] == "error"}
    assert errors == {
        ("missing-value", "D2"),
        ("bad-date", "F2"),
        ("unknown-ref", "B2"),
        ("bad-choice", "G3"),
    }


def test_a_bad_cell_does_not_take_away_what_was_made_before(root: Path) -> None:
    workspace = make_school(root)
    assert run("build", workspace, "--no-pdf") == 0
    before = {path: path.read_bytes() for path in made(root / "output")}
    put(workspace, "Пары", "D2", None)
    assert run("build", workspace, "--no-pdf") == 7
    assert {path: path.read_bytes() for path in made(root / "output")} == before
    put(workspace, "Пары", "D2", "адаптация")
    assert run("build", workspace, "--no-pdf") == 0
    assert {path: path.read_bytes() for path in made(root / "output")} == before


# --- entries and templates -------------------------------------------------------------------


def entry(root: Path, old: str, new: str) -> None:
    """Change a line of the entry of the general order."""
    path = root / "templates_docx" / "приказ.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def say(root: Path, text: str, name: str = "приказ.docx") -> None:
    """Add a paragraph to a template, as Word would."""
    path = root / "templates_docx" / name
    document = Document(str(path))
    document.paragraphs[-1].insert_paragraph_before(text)
    document.save(str(path))


def test_an_unknown_key_of_an_entry_is_named_with_a_guess(root: Path, check: Check) -> None:
    workspace = make_school(root)
    entry(root, "sort = 10", "sorting = 10")
    code, problems = check(workspace)
    assert code == 4
    error = only(problems)
    assert (error["code"], error["file"]) == ("bad-entry", "templates_docx/приказ.toml")
    assert "неизвестный ключ «sorting»; возможно, вы имели в виду «sort»" in error["message"]
    assert run("build", workspace, "--no-pdf") == 4
    assert made(root / "output") == []


@pytest.mark.parametrize(
    "folder", ["registers/schema/пары.toml", "templates_docx/packets/печать.toml"]
)
def test_an_unknown_key_of_a_schema_or_a_set_is_named(
    root: Path, check: Check, folder: str
) -> None:
    path = root / folder
    path.write_text("colour = 1\n" + path.read_text("utf-8"), "utf-8")
    code, problems = check(make_school(root))
    assert code == 4
    assert (only(problems)["code"], only(problems)["file"]) == ("bad-entry", folder)


def test_a_broken_entry_does_not_hide_the_faults_of_templates(root: Path, check: Check) -> None:
    entry(root, "output", "outptu")
    say(root, "{{ приказ.вид|дательный }}")
    code, problems = check(make_school(root))
    assert code == 4
    assert {"bad-entry", "undefined-variable"} <= {error["code"] for error in problems}


def test_a_forgotten_copy_of_a_template_stops_nothing(root: Path, check: Check) -> None:
    templates = root / "templates_docx"
    shutil.copy(templates / "приказ.docx", templates / "приказ – копия.docx")
    code, problems = check(make_school(root))
    assert code == 0
    assert [(one["code"], one["severity"]) for one in problems] == [("entry-alone", "warning")]
    assert "уберите её из папки шаблонов" in problems[0]["message"]


def test_a_forgotten_copy_of_a_whole_kind_is_remarked(root: Path, check: Check) -> None:
    templates = root / "templates_docx"
    for suffix in (".docx", ".toml"):
        shutil.copy(templates / f"приказ{suffix}", templates / f"приказ – копия{suffix}")
    code, problems = check(make_school(root))
    assert code == 0
    assert [one["code"] for one in problems] == ["twin-kinds"]


def test_half_a_kind_is_told_from_either_side(root: Path, check: Check) -> None:
    templates = root / "templates_docx"
    shutil.copy(templates / "приказ.docx", templates / "заявление.docx")
    (templates / "приказ_о_парах.docx").unlink()
    code, problems = check(make_school(root))
    assert code == 4
    assert {(one["code"], one["file"]) for one in problems} == {
        ("entry-alone", "templates_docx/заявление.docx"),
        ("entry-alone", "templates_docx/приказ_о_парах.toml"),
    }


@pytest.mark.parametrize(
    ("typed", "code_name", "words"),
    [
        ("{{ приказ.зоголовок }}", "undefined-variable", "зоголовок"),
        ("{{ нет_такого }}", "undefined-variable", "нет_такого"),
        ("{{ приказ.заголовок|зеркально }}", "undefined-variable", "зеркально"),
        ("{{ приказ.заголовок", "bad-template", "{{"),
        ("{% if приказ.номер %} № {{ приказ.номер }}", "bad-template", "if"),
        ("{%p endfor %}", "bad-template", "endfor"),
    ],
)
def test_a_wrong_tag_is_told_with_template_paragraph_and_tag(
    root: Path, typed: str, code_name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_school(root)
    say(root, typed)
    assert run("check", workspace) == 4
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if "templates_docx/приказ.docx" in line)
    assert "абзац" in line
    assert words in line
    assert f"[{code_name}]" in line
    assert run("build", workspace, "--no-pdf") in {4, 7}
    assert not [path for path in made(root / "output") if "147-од" in path.name]


def test_cyrillic_scopes_of_tags_are_taken_as_meant(root: Path) -> None:
    workspace = make_school(root)
    say(root, "{%р if приказ.номер %}")
    say(root, "Тег с русской буквой понят")
    say(root, "{%р endif %}")
    assert run("build", workspace, "--no-pdf") == 0
    (order,) = [path for path in made(root / "output") if "147-од" in path.name]
    assert "Тег с русской буквой понят" in text_of(order)


def test_a_template_that_is_no_word_document_is_told(root: Path, check: Check) -> None:
    (root / "templates_docx" / "приказ.docx").write_bytes(b"<html>")
    code, problems = check(make_school(root))
    assert code == 4
    assert (only(problems)["code"], only(problems)["file"]) == (
        "bad-template",
        "templates_docx/приказ.docx",
    )


@pytest.mark.parametrize("page", ["обложка", "опись", "штамп", "контрольный_лист"])
def test_a_service_page_that_a_set_asks_for_must_be_there(
    root: Path, check: Check, page: str
) -> None:
    (root / "templates_docx" / "packets" / f"{page}.docx").unlink()
    code, problems = check(make_school(root))
    assert code == 4
    assert {one["code"] for one in problems} == {"bad-entry"}
    assert all(f"«{page}.docx»" in one["message"] for one in problems)
    assert all(one["file"].startswith("templates_docx/packets/") for one in problems)


@pytest.mark.parametrize(
    ("folder", "words"),
    [("registers/schema", "описания реестра"), ("templates_docx", "вида документа")],
)
def test_a_root_without_registers_or_kinds_is_told(
    root: Path, check: Check, folder: str, words: str
) -> None:
    workspace = make_school(root)
    for path in (root / folder).glob("*.toml"):
        path.unlink()
        path.with_suffix(".docx").unlink(missing_ok=True)
    code, problems = check(workspace)
    assert code == 4
    assert (only(problems)["code"], only(problems)["file"]) == ("bad-entry", folder)
    assert words in only(problems)["message"]
    assert run("build", workspace, "--no-pdf") == 4


@pytest.mark.parametrize("name", ["стиль.docx", "blocks/шапка.docx"])
def test_a_missing_style_or_block_is_told(root: Path, check: Check, name: str) -> None:
    (root / "templates_docx" / name).unlink()
    code, problems = check(make_school(root))
    assert code == 4
    assert all(one["file"].startswith("templates_docx/") for one in problems)
    assert not any("No such file" in one["message"] for one in problems)


# --- what is typed comes out -----------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "Иванов & Сыновья",
        "5 < 7 > 3 <b>не тег</b>",
        "\"прямые\", «ёлочки», „лапки“, 'одинарные'",
        "до\u00a0конца\u00a0года",
        "&amp; &lt; &#171;",
        "{{ не тег }} {% и это %}",
        "первая строка\nвторая строка",
    ],
)
def test_signs_come_out_as_typed(root: Path, typed: str) -> None:
    workspace = make_school(root, lambda s: cell(s["Карта"][1], 1, typed))
    assert run("build", workspace, "--no-pdf") == 0
    (appendix,) = [path for path in made(root / "output") if path.stem == "Приложение"]
    printed = text_of(appendix)
    for line in typed.split("\n"):
        assert line.replace("\u00a0", " ") in printed.replace("\u00a0", " ")
    assert printed.count("\u00a0") >= typed.count("\u00a0")


# --- where it goes ---------------------------------------------------------------------------


def test_an_output_that_is_a_file_is_a_bad_command_line(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_school(root)
    blocked = write_text(tmp_path / "занято", "это файл")
    assert run("build", workspace, "--no-pdf", "--out", blocked) == 2
    assert "[output-unwritable]" in capsys.readouterr().err
    assert blocked.read_text("utf-8") == "это файл"


def test_an_archive_that_is_a_file_is_a_bad_command_line_before_anything_is_made(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_school(root, lambda s: cell(s["Приказы"][1], 6, "подписан"))
    write_text(workspace / "архив", "это файл")
    assert run("build", workspace, "--no-pdf") == 2
    assert "[output-unwritable]" in capsys.readouterr().err
    assert made(root / "output") == []


def test_a_damaged_record_of_the_archive_locks_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = build_signed(root, "--no-pdf")
    (record, *_) = sorted((workspace / "архив").glob("*/запись.json"))
    record.write_text("{", "utf-8")
    put(workspace, "Пункты", "C2", "Утвердить план")
    capsys.readouterr()
    for command in (["check"], ["plan"], ["build", "--no-pdf"]):
        assert run(*command, workspace) == 0
        captured = capsys.readouterr()
        assert "[archive-healed]" in captured.out + captured.err
    assert run("check", workspace) == 0
    assert "archive-healed" not in capsys.readouterr().out


def test_without_libreoffice_a_build_says_how_to_install_it(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace = make_school(root)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "fc-match").symlink_to(str(shutil.which("fc-match")))
    monkeypatch.setenv("PATH", str(tools))
    assert run("build", workspace) == 5
    shown = capsys.readouterr().err
    assert "apt-get install libreoffice-writer-nogui" in shown
    assert "--no-pdf" in shown
    assert made(root / "output") == []
    assert run("build", workspace, "--no-pdf") == 0
    assert len(made(root / "output")) == 6
    assert made(root / "output", ".pdf") == []


def test_nothing_is_left_half_written_in_any_of_these_runs(root: Path) -> None:
    workspace = make_school(root)
    assert run("build", workspace, "--no-pdf") == 0
    whole = files_below(root / "output")
    for spoil in (b"", b"<html>"):
        good = (workspace / BOOK).read_bytes()
        (workspace / BOOK).write_bytes(spoil)
        assert run("build", workspace, "--no-pdf") == 3
        assert files_below(root / "output") == whole
        (workspace / BOOK).write_bytes(good)


def test_a_book_of_another_workspace_is_no_excuse(root: Path, check: Check) -> None:
    workspace = make_school(root)
    write_book(workspace / "Черновик.xlsx", {"Лист1": [["что угодно"]]})
    assert check(workspace)[0] == 0
