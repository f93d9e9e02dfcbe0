"""``docgen unsigned``: who has not signed yet, has refused or withdrawn, paper by paper."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.options import (
    date_option,
    json_option,
    root_option,
    sites_of,
    workspaces_argument,
)
from docgen.cli.problem_lines import print_beside, stopped
from docgen.errors import StageError
from docgen.pipeline.answers.signature_lists import unsigned_in
from docgen.pipeline.workspace.signature_register import (
    UnsignedPaper,
    UnsignedPerson,
    standing_words,
)


@click.command()
@workspaces_argument
@date_option
@root_option
@json_option
def unsigned(
    workspaces: tuple[Path, ...], day: dt.datetime | None, root: Path | None, as_json: bool
) -> None:
    """Показать, кто ещё не подписал, отказался или отозвал подпись; ничего не менять."""
    everybody: list[dict[str, Any]] = []
    codes = []
    sites = sites_of(workspaces, root)
    for site in sites:
        people: Sequence[UnsignedPerson] = ()
        try:
            people, checked = unsigned_in(site, day.date() if day else None)
        except StageError as error:
            checked = stopped(site, error)
        print_beside(checked.problems, checked.name if len(sites) > 1 else "")
        everybody += [_to_json(checked.name, person) for person in people]
        if not as_json and not checked.exit_code:
            _print_people(checked.name, people)
        codes.append(checked.exit_code)
    if as_json:
        click.echo(json.dumps(everybody, ensure_ascii=False))
    raise CommandExit(lowest_code(codes))


def _print_people(name: str, people: Sequence[UnsignedPerson]) -> None:
    for person in people:
        number = f", таб. {person.number}" if person.number else ""
        click.echo(f"{person.name}{number}")
        for paper in person.papers:
            click.echo(f"  {standing_words(paper.standing, paper.since)}: {_described(paper)}")
    if not people:
        click.echo(f"{name}: подписано всё")
        return
    count = sum(len(person.papers) for person in people)
    click.echo(f"{name}: не подписали {len(people)}, бумаг {count}")


def _described(paper: UnsignedPaper) -> str:
    """Return the title with the person it is about and the day it was handed out."""
    details = [f"за кого: {paper.for_whom}"] if paper.for_whom else []
    details += [f"выдано {paper.issued}"] if paper.issued else []
    return f"{paper.title} ({'; '.join(details)})" if details else paper.title


def _to_json(workspace: str, person: UnsignedPerson) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "person": person.name,
        "number": person.number,
        "papers": [
            {
                "title": paper.title,
                "state": paper.standing.value,
                "for": paper.for_whom,
                "about": paper.about,
                "issued": paper.issued,
                "since": paper.since,
            }
            for paper in person.papers
        ],
    }
