"""The command that declines, and writes the sheet on which forms are signed off."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from docgen import pipeline, russian
from docgen.cli.options import Ends, json_option, root_option, say
from docgen.errors import ExitCode, Location, Problem, UsageError
from docgen.pipeline.workspace.prepare import require_engine


@click.command()
@click.argument("text", metavar="ТЕКСТ")
@click.option("--as", "kind", type=click.Choice(["name", "phrase"]), default=None)
@click.option("--case", "case", default=None, metavar="ПАДЕЖ", help="Один падеж: род, дат, …")
@click.option("--gender", type=click.Choice(["м", "ж", "m", "f"]), default=None)
@click.option(
    "--sheet",
    "is_sheet",
    is_flag=True,
    help="ТЕКСТ — рабочая папка: записать в неё склонения.xlsx, лист форм на проверку; вписанное "
    "в него сохраняется.",
)
@json_option
@root_option
def decline(
    text: str,
    kind: str | None,
    case: str | None,
    gender: str | None,
    is_sheet: bool,
    as_json: bool,
    root: Path | None,
) -> None:
    """Просклонять ФИО, должность или организацию; «-» читает строки; --sheet — лист форм папки."""
    if is_sheet:
        _write_sheet(Path(text), root)
        return
    require_engine()
    lines = sys.stdin.read().splitlines() if text == "-" else [text]
    cases = [_case(case)] if case else list(russian.CASES)
    told = [
        item
        for line in filter(None, map(str.strip, lines))
        for item in _forms(line, kind, gender, cases)
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for item in told:
        doubt = f"  ← проверьте: {item['reason']}" if item["check"] else ""
        click.echo(f"{item['case']:5} {item['form']}  [{item['source']}]{doubt}")


def _forms(
    line: str, kind: str | None, gender: str | None, cases: list[str]
) -> Iterator[dict[str, Any]]:
    is_name = kind == "name" or (kind is None and (bool(gender) or russian.looks_like_name(line)))
    for case in cases:
        form = (
            russian.decline_name(line, case, gender)
            if is_name
            else russian.decline_phrase(line, case)
        )
        yield {
            "text": line,
            "case": case,
            "form": form.text,
            "source": form.source,
            "check": form.check,
            "reason": form.reason,
        }


def _write_sheet(folder: Path, root: Path | None) -> None:
    named = pipeline.named_workspace(folder, pipeline.find_root(None, root))
    base = pipeline.find_root(named, root)
    path, checked = pipeline.write_forms_sheet(pipeline.Site(named, base))
    if path is None:
        say(checked.problems)
        raise Ends(checked.exit_code or ExitCode.REGISTERS)
    click.echo(f"записан {path}; исправьте формы или поставьте «да» в столбец «Принято»")


def _case(text: str) -> str:
    try:
        return russian.to_case(text)
    except ValueError as error:
        message = f"падеж «{text}» не понят; бывают: {', '.join(russian.CASES)}"
        raise UsageError([Problem("usage", Location(), message)]) from error
