"""``docgen check``: the problems of registers, templates and descriptions, as lines or JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.options import (
    date_option,
    json_option,
    root_option,
    sites_of,
    workspaces_argument,
)
from docgen.cli.problem_lines import stopped, to_lines
from docgen.errors import Problem, StageError
from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.output.places import Findings


@click.command()
@workspaces_argument
@date_option
@root_option
@json_option
def check(
    workspaces: tuple[Path, ...], day: dt.datetime | None, root: Path | None, as_json: bool
) -> None:
    """Показать все ошибки реестров, шаблонов и описаний; ничего не собирать."""
    checked = []
    for site in sites_of(workspaces, root):
        try:
            checked.append(check_workspace(site, day.date() if day else None))
        except StageError as error:
            checked.append(stopped(site, error))
    problems = [problem for one in checked for problem in one.problems]
    if as_json:
        click.echo(json.dumps([_to_json(problem) for problem in problems], ensure_ascii=False))
    else:
        _print_checked(checked, problems)
    raise CommandExit(lowest_code(one.exit_code for one in checked))


def _print_checked(checked: Sequence[Findings], problems: Sequence[Problem]) -> None:
    """Print the problems, which are the answer of this command, by workspace."""
    for one in checked:
        if one.problems and len(checked) > 1:
            click.echo(f"{one.name}:")
        for line in to_lines(one.problems):
            click.echo(line)
    errors = sum(problem.is_error for problem in problems)
    click.echo(f"ошибок: {errors}, предупреждений: {len(problems) - errors}")


def _to_json(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.where.file,
        "sheet": problem.where.sheet,
        "cell": problem.where.cell,
        "message": problem.message,
    }
