"""Run the command: the only place where errors become messages and exit codes."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from docgen import __version__
from docgen.cli import Ends, run_command
from docgen.errors import DocgenError, ExitCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code, having said everything there is to say."""
    try:
        run_command(arguments)
    except Ends as end:
        return int(end.code)
    except DocgenError as error:
        for problem in error.problems:
            click.echo(f"ошибка: {problem}", err=True)
        return int(error.exit_code)
    except click.ClickException as error:
        error.show()
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("прервано; готовое осталось, следующая сборка продолжит", err=True)
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        return int(ExitCode.DONE)
    except Exception as error:  # noqa: BLE001 - the last line of defence turns a bug into a report
        path = _write_report(error)
        click.echo(f"ошибка в самой программе; отчёт сохранён: {path} [bug]", err=True)
        return int(ExitCode.BUG)
    return int(ExitCode.DONE)


def _write_report(error: BaseException) -> Path:
    """Leave the calls and the kind of the error; no message, since messages carry values."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"docgen {__version__}", f"Python {sys.version.split()[0]}", type(error).__name__]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="docgen-report-", suffix=".txt", delete=False
    ) as report:
        report.write("\n".join(lines) + "\n")
    return Path(report.name)


if __name__ == "__main__":
    sys.exit(main())
