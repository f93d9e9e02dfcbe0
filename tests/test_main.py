"""The last line of defence: interrupts and bugs end in a sentence and a code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen import __main__ as command
from docgen.errors import ConversionError, Location, PacketError, Problem, UsageError


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """Run the command while something inside raises."""

    def run_command(_: object) -> None:
        raise error

    monkeypatch.setattr(command, "run_command", run_command)
    return command.main([])


def test_a_bug_leaves_a_report_without_any_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "паспорт 4509 123456 Иванова"
    assert fail_with(monkeypatch, ValueError(secret)) == 1
    captured = capsys.readouterr()
    found = re.fullmatch(r"ошибка в самой программе; отчёт сохранён: (\S+) \[bug\]\n", captured.err)
    assert captured.out == ""
    assert found is not None
    report = Path(found[1])
    text = report.read_text("utf-8")
    report.unlink()
    assert "ValueError" in text
    assert "run_command" in text
    assert "Иванова" not in text
    assert "123456" not in text
    assert str(Path.home()) not in text


def test_an_interrupt_is_told_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail_with(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err.startswith("прервано")


@pytest.mark.parametrize(
    ("error", "code"), [(UsageError, 2), (ConversionError, 5), (PacketError, 6)]
)
def test_each_error_ends_with_its_code_and_all_its_problems(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: type[UsageError],
    code: int,
) -> None:
    problems = [Problem("usage", Location(file=name), "не так") for name in ("а", "б")]
    assert fail_with(monkeypatch, error(problems)) == code
    assert capsys.readouterr().err == "ошибка: не так (а) [usage]\nошибка: не так (б) [usage]\n"


def test_a_closed_pipe_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.dup2", lambda *_: None)
    assert fail_with(monkeypatch, BrokenPipeError()) == 0
