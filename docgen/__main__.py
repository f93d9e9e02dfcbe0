"""Run the command: the only place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from docgen import __version__
from docgen.cli import CommandExit, run_command
from docgen.errors import StageError
from docgen.problem_codes import ExitCode
from docgen.suggestions import nearest

_QUOTED = re.compile(r"'([^']*)'|\(([^)]*)\)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code, having said everything there is to say."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter shows its number rather than ending the run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # A run lives for seconds and leaves few cycles: looking for them costs a tenth of its time.
    gc.set_threshold(50_000, 20, 50)
    if threading.current_thread() is threading.main_thread():
        # Whoever ends the run, LibreOffice must end with it: it lives in another session.
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        run_command(arguments)
        sys.stdout.flush()
    except CommandExit as end:
        return int(end.code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("прервано; готовое осталось, следующая сборка продолжит", err=True)
        return int(ExitCode.INTERRUPTED)
    except (BrokenPipeError, SystemExit):
        # Whoever read the output has had enough (click makes an exit of that); the interpreter
        # must not try to flush the rest.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.DONE)
    except Exception as error:  # noqa: BLE001 - the last line of defence turns a bug into a report
        return int(_report(error))
    return int(ExitCode.DONE)


def _interrupt(*_: object) -> NoReturn:
    """End the run as Ctrl-C does."""
    raise KeyboardInterrupt


def _report(error: Exception) -> ExitCode:
    """Say what stopped the run, and return the code for it."""
    match error:
        case StageError():
            for problem in error.problems:
                click.echo(f"ошибка: {problem}", err=True)
            return error.exit_code
        case click.ClickException():
            _report_usage(error)
            return ExitCode.USAGE
    # Loads late: most runs end well.
    from docgen.files import disk_error

    refused = disk_error(error, Path.cwd())
    if refused is not None:
        return _report(refused)
    try:
        report = f"отчёт сохранён: {_write_report(error)}"
    except OSError:
        report = "отчёт сохранить некуда"
    click.echo(f"ошибка в самой программе; {report} [bug]", err=True)
    return ExitCode.BUG


def _report_usage(error: click.ClickException) -> None:
    """Say in Russian what is wrong with the command line; click itself speaks English."""
    name = str(getattr(error, "option_name", "") or _parameter_of(error))
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.message, err=True)
            return
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            hint = f"; возможно, вы имели в виду {near}" if near else ""
            message = f"нет ключа «{name}»{hint}"
        case click.BadOptionUsage():
            message = f"ключ «{name}» написан без значения или с лишним"
        case click.MissingParameter():
            message = f"не хватает: {name}"
        case click.BadParameter():
            message = f"«{name}»: значение не подходит; {_expected(error.param)}"
        case _:
            message = _misunderstood(error)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "docgen"
    click.echo(f"ошибка: {message}; подсказка: {command} --help [usage]", err=True)


def _expected(parameter: click.Parameter | None) -> str:
    """Return, in Russian, which values an option takes."""
    match parameter.type if parameter else None:
        case click.Choice() as choice:
            return f"можно: {', '.join(map(str, choice.choices))}"
        case click.DateTime():
            return "нужен день вида 2027-06-01"
        case click.IntRange() as whole:
            return f"нужно целое число от {whole.min} до {whole.max}"
    return "исправьте его"


def _misunderstood(error: click.ClickException) -> str:
    """Return, in Russian, which word click did not understand, and the commands that fit."""
    words = _QUOTED.findall(error.format_message())
    word = words[0][0] or words[0][1] if words else ""
    context = getattr(error, "ctx", None)
    if not word or context is None:
        return "команда не понята"
    if not isinstance(context.command, click.Group):
        return f"лишнее слово «{word}»"
    commands = context.command.list_commands(context)
    near = nearest(word, commands)
    hint = f"возможно, вы имели в виду {near}" if near else f"можно: {', '.join(commands)}"
    return f"нет команды «{word}»; {hint}"


def _parameter_of(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(parameter.opts[0] if isinstance(parameter, click.Option) else parameter.metavar)


def _write_report(error: BaseException) -> Path:
    """Write a report of calls and the kind of the error; its message may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"docgen {__version__}", f"Python {sys.version.split()[0]}", type(error).__name__]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="docgen-report-", suffix=".txt", delete=False
    ) as report:
        report.write("\n".join(lines) + "\n")
    return Path(report.name)


def start() -> NoReturn:
    """Run the command line as a program, and end without the interpreter's clean-up.

    All is written and closed by then. Freeing the memory of thousands of papers one by one would
    take as long as making fifty of them.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    start()
