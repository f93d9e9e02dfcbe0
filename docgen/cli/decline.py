"""``docgen decline``: names, posts and bodies in their cases; the sheet of doubtful forms."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from docgen import russian
from docgen.catalogue import find_root
from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import json_option, root_option, usage_error
from docgen.cli.problem_lines import print_beside
from docgen.pipeline.answers.forms_sheet import write_forms_sheet
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.folders import named_workspace
from docgen.pipeline.workspace.prepare import require_engine
from docgen.problem_codes import ExitCode


@click.command()
@click.argument("text", metavar="ТЕКСТ")
@click.option("--as", "kind", type=click.Choice(["name", "phrase", "place"]), default=None)
@click.option("--case", "case", default=None, metavar="ПАДЕЖ", help="Один падеж: род, дат, …")
@click.option("--gender", type=click.Choice(["м", "ж", "m", "f"]), default=None)
@click.option(
    "--sheet",
    "is_sheet",
    is_flag=True,
    help="ТЕКСТ — рабочая папка: записать в неё склонения.xlsx, лист форм на проверку; вписанное "
    "в него сохраняется.",
)
@click.option(
    "--back",
    "is_back",
    is_flag=True,
    help="Обратно: из какого именительного падежа получается ТЕКСТ; вероятные — первыми.",
)
@json_option
@root_option
def decline(
    text: str,
    kind: str | None,
    case: str | None,
    gender: str | None,
    is_sheet: bool,
    is_back: bool,
    as_json: bool,
    root: Path | None,
) -> None:
    """Просклонять ФИО, должность или организацию; «-» читает строки; --sheet — лист форм папки.

    С --back — обратно, к именительному падежу.
    """
    if is_sheet:
        _write_sheet(Path(text), root)
        return
    require_engine()
    lines = sys.stdin.read().splitlines() if text == "-" else [text]
    if is_back:
        _print_back(filter(None, map(str.strip, lines)), kind, gender, as_json=as_json)
        return
    cases = [_to_case(case)] if case else list(russian.CASES)
    forms = [
        form
        for line in filter(None, map(str.strip, lines))
        for form in _forms(line, kind, gender, cases)
    ]
    if as_json:
        click.echo(json.dumps(forms, ensure_ascii=False))
        return
    for form in forms:
        doubt = f"  ← проверьте: {form['reason']}" if form["check"] else ""
        click.echo(f"{form['case']:5} {form['form']}  [{form['source']}]{doubt}")


def _print_back(
    lines: Iterable[str], kind: str | None, gender: str | None, *, as_json: bool
) -> None:
    """Print the nominatives from which each line may come."""
    found = [
        {
            "text": line,
            "nominative": each.text,
            "case": each.case,
            "check": each.check,
            "reason": each.reason,
        }
        for line in lines
        for each in _proposals(line, kind, gender)
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        doubt = f"  ← {each['reason']}" if each["check"] else ""
        click.echo(f"{each['case']:5} {each['nominative']}{doubt}")
    if not found:
        click.echo("именительный падеж не найден")


def _proposals(line: str, kind: str | None, gender: str | None) -> tuple[russian.Proposal, ...]:
    if kind == "name" or (kind is None and (gender or russian.looks_like_name(line))):
        return russian.nominative_of(line, "name", russian.to_gender(gender))
    return russian.nominative_of(line)


def _forms(
    line: str, kind: str | None, gender: str | None, cases: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield the forms of a line as JSON has them."""
    is_name = kind == "name" or (kind is None and (bool(gender) or russian.looks_like_name(line)))
    for case in cases:
        if is_name:
            form = russian.decline_name(line, case, gender)
        elif kind == "place":
            form = russian.decline_place(line, case)
        else:
            form = russian.decline_phrase(line, case)
        yield {
            "text": line,
            "case": case,
            "form": form.text,
            "source": form.source,
            "check": form.check,
            "reason": form.reason,
        }


def _write_sheet(folder: Path, root: Path | None) -> None:
    workspace = named_workspace(folder, find_root(None, root))
    path, checked = write_forms_sheet(Site(workspace, find_root(workspace, root)))
    if path is None:
        print_beside(checked.problems)
        raise CommandExit(checked.exit_code or ExitCode.REGISTERS)
    click.echo(f"записан {path}; исправьте формы или поставьте «да» в столбец «Принято»")


def _to_case(text: str) -> str:
    try:
        return russian.to_case(text)
    except ValueError as error:
        raise usage_error(f"падеж «{text}» не понят; бывают: {', '.join(russian.CASES)}") from error
