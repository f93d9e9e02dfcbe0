"""``docgen unsigned``: who has not signed yet, has refused or withdrawn, by document."""

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
from docgen.pipeline.answers.signature_lists import find_unsigned
from docgen.pipeline.workspace.signature_register import (
    UnsignedDocument,
    UnsignedPerson,
    signature_state_words,
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
            people, checked = find_unsigned(site, day.date() if day else None)
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
        for document in person.documents:
            state = signature_state_words(document.standing, document.since)
            click.echo(f"  {state}: {_described(document)}")
    if not people:
        click.echo(f"{name}: подписано всё")
        return
    count = sum(len(person.documents) for person in people)
    click.echo(f"{name}: не подписали {len(people)}, бумаг {count}")


def _described(document: UnsignedDocument) -> str:
    """Return the title with the person it is about and the day it was handed out."""
    details = [f"за кого: {document.for_whom}"] if document.for_whom else []
    details += [f"выдано {document.issued}"] if document.issued else []
    return f"{document.title} ({'; '.join(details)})" if details else document.title


def _to_json(workspace: str, person: UnsignedPerson) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "person": person.name,
        "number": person.number,
        "papers": [
            {
                "title": document.title,
                "state": document.standing.value,
                "for": document.for_whom,
                "about": document.about,
                "issued": document.issued,
                "since": document.since,
            }
            for document in person.documents
        ],
    }
