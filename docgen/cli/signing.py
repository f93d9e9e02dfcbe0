"""The commands about signatures: rows for those expected, and who has not signed yet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen import pipeline
from docgen.cli.options import (
    PATH,
    Ends,
    date_option,
    json_option,
    root_option,
    say,
    sites_of,
    unable,
    workspaces_argument,
)
from docgen.errors import ExitCode, StageError


@click.command()
@click.argument("workspaces", nargs=-1, required=True, type=PATH, metavar="ПАПКА...")
@root_option
def signatures(workspaces: tuple[Path, ...], root: Path | None) -> None:
    """Дописать в «Согласия и подписи.xlsx» строки ожидаемых подписей; вписанное сохраняется."""
    codes = []
    sites = sites_of(workspaces, root)
    for site in sites:
        try:
            told, checked = pipeline.write_signatures(site)
        except StageError as error:
            told, checked = "", unable(site, error)
        say(checked.problems, checked.name if len(sites) > 1 else "")
        if told:
            click.echo(f"{checked.name}: {told}")
        codes.append(checked.exit_code)
    raise Ends(min((code for code in codes if code), default=ExitCode.DONE))


@click.command()
@workspaces_argument
@date_option
@root_option
@json_option
def unsigned(
    workspaces: tuple[Path, ...], day: dt.datetime | None, root: Path | None, as_json: bool
) -> None:
    """Показать, кто ещё не подписал, отказался или отозвал подпись; ничего не менять."""
    told: list[dict[str, Any]] = []
    codes = []
    sites = sites_of(workspaces, root)
    for site in sites:
        people: Sequence[pipeline.UnsignedPerson] = ()
        try:
            people, checked = pipeline.unsigned_in(site, day.date() if day else None)
        except StageError as error:
            checked = unable(site, error)
        say(checked.problems, checked.name if len(sites) > 1 else "")
        told += [_as_data(checked.name, person) for person in people]
        if not as_json and not checked.exit_code:
            _print_people(checked.name, people)
        codes.append(checked.exit_code)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    raise Ends(min((code for code in codes if code), default=ExitCode.DONE))


def _print_people(name: str, people: Sequence[pipeline.UnsignedPerson]) -> None:
    for person in people:
        number = f", таб. {person.number}" if person.number else ""
        click.echo(f"{person.name}{number}")
        for paper in person.papers:
            click.echo(f"  {pipeline.standing_words(paper.standing, paper.since)}: {_told(paper)}")
    papers = sum(len(person.papers) for person in people)
    click.echo(f"{name}: не подписали {len(people)}, бумаг {papers}" if people else _done(name))


def _done(name: str) -> str:
    return f"{name}: подписано всё"


def _told(paper: pipeline.UnsignedPaper) -> str:
    parts = [f"за кого: {paper.for_whom}"] if paper.for_whom else []
    parts += [f"выдано {paper.issued}"] if paper.issued else []
    return f"{paper.title} ({'; '.join(parts)})" if parts else paper.title


def _as_data(workspace: str, person: pipeline.UnsignedPerson) -> dict[str, Any]:
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
