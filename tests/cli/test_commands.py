"""The command line: commands, options, streams, exit codes of one and of several workspaces."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from docgen.cli.commands import COMMANDS, load_command
from tests.support.full_example import write_full_example
from tests.support.small_root import (
    BOOK,
    SHIPPED,
    Sheets,
    files_below,
    made,
    make_root,
    make_school,
    put,
    run,
)

SLOW_LIBRARIES = {
    *("PIL", "babel", "docx", "docxtpl", "fontTools", "jinja2", "lxml", "num2words", "openpyxl"),
    *("pikepdf", "pymorphy3", "pypdf", "pypdfium2", "rich"),
}
COMMAND = [sys.executable, "-m", "docgen"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


def lack_a_goal(sheets: Sheets) -> None:
    sheets["Пары"][1][3] = None


def lack_orders(sheets: Sheets) -> None:
    del sheets["Приказы"]


# --- several workspaces ----------------------------------------------------------------------


def test_every_workspace_of_the_root_is_taken_when_none_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_school(root, name="первая")
    make_school(root, name="вторая")
    monkeypatch.chdir(root / "registers")
    assert run("build", "--no-pdf") == 0
    assert sorted(path.name for path in (root / "output").iterdir()) == ["вторая", "первая"]
    shown = capsys.readouterr().out
    assert "вторая: собрано 6" in shown
    assert "первая: собрано 6" in shown


def test_all_are_tried_and_the_code_tells_that_some_were_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_school(root, lack_orders, name="а-битая")
    make_school(root, name="б-целая")
    make_school(root, lack_a_goal, name="в-неполная")
    assert run("build", "--root", root, "--no-pdf") == 7
    captured = capsys.readouterr()
    assert captured.err.index("а-битая:") < captured.err.index("в-неполная:")
    assert "б-целая: собрано 6" in captured.out
    assert "в-неполная: собрано 3, без изменений 0, не собрано 3" in captured.out
    assert "а-битая" not in captured.out


def test_the_lowest_code_is_returned_when_none_was_built(root: Path, tmp_path: Path) -> None:
    broken = make_school(root, lack_orders, name="битая")
    assert run("build", broken, "--no-pdf") == 3
    assert run("build", broken, root / "registers" / "нет", "--no-pdf") == 2
    (root / "templates_docx" / "приказ.toml").write_text("nonsense = 1", "utf-8")
    whole = make_school(root, name="целая")
    assert run("build", whole, "--no-pdf") == 4
    assert run("build", whole, broken, "--no-pdf") == 3
    assert made(root / "output") == []


def test_check_and_plan_try_all_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = make_school(root, name="целая")
    absent = root / "registers" / "нет"
    broken = make_school(root, lack_a_goal, name="битая")
    assert run("check", absent, whole, broken) == 2
    shown = capsys.readouterr().out
    assert "нет папки" in shown
    assert "битая:\nошибка: пара Петрова – Кузнецов: " in shown
    assert shown.endswith("ошибок: 2, предупреждений: 0\n")
    assert run("plan", absent, whole) == 2
    assert "новый: Приказ № 147-од" in capsys.readouterr().out


def test_two_workspaces_of_one_name_are_refused(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root)
    (tmp_path / "школа").mkdir()
    assert run("build", school, tmp_path / "школа", "--no-pdf") == 2
    assert "с одним именем «школа»" in capsys.readouterr().err
    assert not (root / "output").exists()
    assert run("check", school, f"{school}/") == 0, "one folder named twice is one workspace"


def test_the_current_folder_is_called_by_its_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_school(root))
    assert run("build", ".", "--no-pdf") == 0
    assert made(root / "output" / "школа")


# --- streams ---------------------------------------------------------------------------------


def test_check_answers_on_stdout_so_that_it_can_be_kept(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    assert run("check", school) == 3
    captured = capsys.readouterr()
    assert captured.err == ""
    first, last = captured.out.splitlines()
    assert first.startswith("ошибка: пара Петрова – Кузнецов: ")
    assert f" (registers/школа/{BOOK}, лист «Пары», ячейка D2) [" in first
    assert first.endswith("[missing-value]")
    assert last == "ошибок: 1, предупреждений: 0"


def test_check_tells_programs_everything_as_json(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    assert run("check", school, "--json") == 3
    (problem,) = json.loads(capsys.readouterr().out)
    assert list(problem) == ["code", "severity", "file", "sheet", "cell", "subject", "message"]
    assert (problem["code"], problem["severity"]) == ("missing-value", "error")
    assert (problem["file"], problem["sheet"], problem["cell"]) == (
        f"registers/школа/{BOOK}",
        "Пары",
        "D2",
    )


def test_build_answers_on_stdout_and_complains_on_stderr(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(root, lack_a_goal)
    assert run("build", school, "--no-pdf") == 7
    captured = capsys.readouterr()
    assert captured.out.startswith("школа: собрано 3, без изменений 0, не собрано 3 → ")
    assert captured.err.startswith("ошибка: ")


def test_plan_shows_people_states_and_sets(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    school = make_school(root)
    assert run("plan", school) == 0
    shown = capsys.readouterr().out
    assert "новый: Приказ № 163-од от 11.09.2026. О закреплении наставнических пар" in shown
    assert "комплект: На подпись. Приказ № 163-од от 11.09.2026 — документов: 1" in shown
    put(school, "Пары", "D2", None)
    assert run("plan", school) == 0
    captured = capsys.readouterr()
    assert "не собрать" in captured.out or "163-од" not in captured.out
    assert "комплект: На подпись. Приказ № 163-од" not in captured.out
    assert "[missing-value]" in captured.err


def test_a_reader_who_has_had_enough_is_no_bug(root: Path) -> None:
    make_school(root)
    command = f"'{sys.executable}' -m docgen templates --root '{root}'"
    shell = f"{command} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, cwd=SHIPPED, check=True
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


# --- wrong command lines ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "нет команды «biuld»; возможно, вы имели в виду build"),
        (["сделать"], "нет команды «сделать»; можно: "),
        (["templates", "школа", "лишнее"], "лишнее слово «лишнее»"),
        (["build", "--no-pfd"], "нет ключа «--no-pfd»; возможно, вы имели в виду --no-pdf"),
        (["build", "--jobs", "много"], "«--jobs»: значение не подходит; нужно целое число от 1"),
        (["build", "--date", "вчера"], "«--date»: значение не подходит; нужен день вида 2027-06"),
        (["decline", "Ким", "--gender", "к"], "можно: м, ж"),
        (["explain"], "не хватает: ФАЙЛ"),
        (["verify"], "не хватает: ПАПКА"),
        (["decline", "Иванова", "--case", "звательный"], "падеж «звательный» не понят"),
        (["check", "--root", "нет-такой"], "templates_docx"),
    ],
)
def test_a_wrong_command_line_is_told_in_russian(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("ошибка: ")
    assert words in captured.err


def test_help_and_version_are_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    assert run("build", "-h") == 0
    assert run("--version") == 0
    shown = capsys.readouterr().out
    assert "--redo" in shown
    assert "docgen, version" in shown


def test_help_and_version_import_no_library_of_any_command() -> None:
    asked = f"""
import contextlib, io, sys
from docgen.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["--version"]) == main(["--help"]) == 0
print(*sorted(sys.modules.keys() & {SLOW_LIBRARIES!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, cwd=SHIPPED, check=True
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_has_the_first_line_of_each_command(name: str) -> None:
    command = load_command(name)
    assert command.name == name
    assert (command.help or "").split("\n\n")[0] == COMMANDS[name].help


def test_every_module_that_has_a_command_is_in_the_table() -> None:
    names = [path.stem for path in (SHIPPED / "docgen" / "cli").glob("[a-z]*.py")]
    modules = {name: importlib.import_module(f"docgen.cli.{name}") for name in names}
    commands = [
        name
        for name, module in modules.items()
        if isinstance(getattr(module, name, None), click.Command)
    ]
    assert sorted(commands) == sorted(name.replace("-", "_") for name in COMMANDS)


# --- the other commands ----------------------------------------------------------------------


def test_init_check_build_lead_to_papers(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "новая школа"
    assert run("init", folder) == 0
    assert f"создан {folder / BOOK}" in capsys.readouterr().out
    before = files_below(folder)
    assert run("check", folder) == 0
    assert "ошибок: 0, предупреждений: 0" in capsys.readouterr().out
    assert run("build", folder, "--no-pdf") == 0
    assert len(made(tmp_path / "output" / "новая школа")) == 12
    assert files_below(folder) == before
    assert run("init", folder) == 2, "what was typed is never overwritten"
    assert files_below(folder) == before


def test_the_example_of_every_sheet_leads_to_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_full_example(tmp_path / "новая школа").parent
    assert run("check", folder) == 0
    assert "ошибок: 0, предупреждений: 0" in capsys.readouterr().out
    assert run("build", folder, "--no-pdf") == 0
    assert len(made(tmp_path / "output" / "новая школа")) > 5


@pytest.mark.office
def test_init_check_build_leave_a_packet(tmp_path: Path) -> None:
    folder = tmp_path / "школа"
    assert run("init", folder) == 0
    assert run("check", folder) == 0
    assert run("build", folder) == 0
    output = tmp_path / "output" / "школа"
    assert any(path.parent.name == "packets" for path in made(output, ".pdf"))
    assert run("verify", output) == 0


def test_decline_shows_all_cases_or_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("decline", "Иванова Мария Петровна") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert "Ивановой Марии Петровне" in lines[2]
    assert run("decline", "заместитель директора", "--case", "дат") == 0
    assert "заместителю директора" in capsys.readouterr().out


def test_decline_reads_lines_from_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Иванова Мария Петровна\n\nдиректор школы\n"))
    assert run("decline", "-", "--case", "дат", "--json") == 0
    forms = json.loads(capsys.readouterr().out)
    assert [(one["text"], one["form"]) for one in forms] == [
        ("Иванова Мария Петровна", "Ивановой Марии Петровне"),
        ("директор школы", "директору школы"),
    ]
    assert all({"source", "check", "reason", "case"} <= set(one) for one in forms)


def test_templates_tell_kinds_without_any_workspace(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("templates", "--root", root, "--json") == 0
    kinds = {one["kind"]: one for one in json.loads(capsys.readouterr().out)}
    assert kinds["приказ_о_парах"]["health"] == "в порядке"
    assert "пары[].наставник.фио" in kinds["приказ_о_парах"]["variables"]
    assert any("Times New Roman" in font for font in kinds["приказ_о_парах"]["fonts"])
    assert kinds["приказ_о_парах"]["retention"] == "постоянно, ст. 19"
    assert run("templates", "--root", root) == 0
    assert "хранить: 3 года после отзыва или окончания срока" in capsys.readouterr().out
    (root / "templates_docx" / "приказ.docx").write_bytes(b"PK broken")
    assert run("templates", "--root", root) == 4
    captured = capsys.readouterr()
    assert "приказ — ошибки" in captured.out
    assert "[bad-template]" in captured.err


# --- ends ------------------------------------------------------------------------------------


def test_the_real_command_returns_its_codes(root: Path) -> None:
    school = make_school(root)
    built = subprocess.run(
        [*COMMAND, "build", str(school), "--no-pdf"], capture_output=True, cwd=SHIPPED, check=False
    )
    assert (built.returncode, built.stderr) == (0, b"")
    put(school, "Пары", "D2", None)
    checked = subprocess.run(
        [*COMMAND, "check", str(school)],
        capture_output=True,
        cwd=SHIPPED,
        check=False,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert checked.returncode == 3
    assert b"Traceback" not in checked.stderr


@pytest.mark.office
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_half_written_and_the_next_build_goes_on(
    root: Path, number: signal.Signals
) -> None:
    school = make_school(root)
    running = subprocess.Popen(
        [*COMMAND, "build", str(school)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=SHIPPED,
    )
    output = root / "output" / "школа"
    deadline = time.monotonic() + 60
    while not list(output.glob(".docgen-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(number)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err.strip() == "прервано; готовое осталось, следующая сборка продолжит"
    assert out == ""
    assert not list(output.rglob(".docgen-*"))
    for path in made(output):
        assert path.read_bytes().startswith(b"PK")
    assert run("build", school) == 0
    assert run("verify", output) == 0
