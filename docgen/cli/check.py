"""``docgen check``: the problems of registers, templates and descriptions, as lines or JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.marked_lines import mark_option, print_marked
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
from docgen.pipeline.answers.marked_copies import mark_copies, refuse_place
from docgen.pipeline.answers.remarks_sheet import note_remarks
from docgen.pipeline.output.places import Findings, Site


@click.command()
@workspaces_argument
@date_option
@mark_option
@root_option
@json_option
@click.option("--all", "is_each", is_flag=True, help="Каждое замечание отдельной строкой.")
@click.option(
    "--note",
    "is_noted",
    is_flag=True,
    help="Записать в рабочую папку замечания.xlsx: о том, что на нём принято, больше не говорят.",
)
def check(
    workspaces: tuple[Path, ...],
    day: dt.datetime | None,
    place: Path | None,
    root: Path | None,
    as_json: bool,
    is_each: bool,
    is_noted: bool,
) -> None:
    """Показать все ошибки реестров, шаблонов и описаний; ничего не собирать."""
    checked = []
    notes: list[str] = []
    sites = sites_of(workspaces, root)
    if place is not None:
        refuse_place(place, sites)
    for site in sites:
        try:
            checked.append(_checked(site, day.date() if day else None, notes, is_noted=is_noted))
        except StageError as error:
            checked.append(stopped(site, error))
    if as_json:
        problems = [problem for one in checked for problem in one.problems]
        click.echo(json.dumps([_to_json(problem) for problem in problems], ensure_ascii=False))
    else:
        _print_checked(checked, is_each=is_each)
    for note in notes:
        click.echo(note, err=as_json)
    if place is not None:
        marked = mark_copies(place, list(zip(sites, checked, strict=True)))
        print_marked(marked, is_beside=as_json)
    raise CommandExit(lowest_code(one.exit_code for one in checked))


def _checked(site: Site, day: dt.date | None, notes: list[str], *, is_noted: bool) -> Findings:
    """Return what is found in a workspace; ``notes`` get what is said of its sheet of remarks."""
    if not is_noted:
        return check_workspace(site, day)
    path, found = note_remarks(site, day)
    notes.append(
        f"{found.name}: замечания не записаны; сначала исправьте то, что мешает прочитать книгу"
        if path is None
        else f"записан {path}; поставьте «да» или причину в «Принято» там, где всё верно"
    )
    return found


def _print_checked(checked: Sequence[Findings], *, is_each: bool) -> None:
    """Print the problems, which are the answer of this command, by workspace."""
    for one in checked:
        if one.problems and len(checked) > 1:
            click.echo(f"{one.name}:")
        for line in to_lines(one.problems, is_each=is_each):
            click.echo(line)
    problems = [problem for one in checked for problem in one.problems]
    errors = sum(problem.stands_for for problem in problems if problem.is_error)
    warnings = sum(problem.stands_for for problem in problems) - errors
    accepted = sum(len(one.accepted) for one in checked)
    more = f", принято раньше: {accepted}" if accepted else ""
    click.echo(f"ошибок: {errors}, предупреждений: {warnings}{more}")


def _to_json(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.where.file,
        "sheet": problem.where.sheet,
        "cell": problem.where.cell,
        "subject": problem.subject,
        "message": problem.message,
    }
