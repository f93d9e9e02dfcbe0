"""``docgen plan``: the documents and packets that a build would make, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.options import (
    json_option,
    out_option,
    root_option,
    sites_of,
    to_year,
    workspaces_argument,
    year_option,
)
from docgen.cli.problem_lines import print_beside, stopped
from docgen.errors import StageError
from docgen.pipeline.answers.plan_states import plan_workspace
from docgen.pipeline.workspace.wish import Wish

_WORDS_BY_STATE = {
    "new": "новый",
    "stale": "устарел",
    "up to date": "готов",
    "edited": "исправлен вручную",
    "frozen": "подписан",
    "left out": "не собрать",
}


@click.command()
@workspaces_argument
@year_option
@out_option
@root_option
@json_option
def plan(
    workspaces: tuple[Path, ...], year: str, out: Path | None, root: Path | None, as_json: bool
) -> None:
    """Показать, что было бы собрано и почему; ничего не собирать."""
    all_planned: dict[str, Any] = {"documents": [], "packets": [], "other_years": 0}
    codes = []
    sites = sites_of(workspaces, root, out)
    for site in sites:
        try:
            planned, checked = plan_workspace(site, Wish(year=to_year(year)))
        except StageError as error:
            planned = {"documents": [], "packets": [], "other_years": 0}
            checked = stopped(site, error)
        all_planned["documents"] += planned["documents"]
        all_planned["packets"] += planned["packets"]
        all_planned["other_years"] += planned["other_years"]
        codes.append(checked.exit_code)
        name = checked.name if len(sites) > 1 else ""
        print_beside(checked.problems, name)
        if not as_json:
            _print_planned(name, planned)
    if as_json:
        click.echo(json.dumps(all_planned, ensure_ascii=False))
    raise CommandExit(lowest_code(codes))


def _print_planned(name: str, planned: dict[str, Any]) -> None:
    if name:
        click.echo(f"{name}:")
    for document in planned["documents"]:
        reasons = document["reasons"]
        beside = f" ({reasons[0]})" if len(reasons) == 1 else ""
        click.echo(f"{_WORDS_BY_STATE[document['state']]}: {document['title']}{beside}")
        for reason in reasons if not beside else ():
            click.echo(f"  {reason}")
    for packet in planned["packets"]:
        click.echo(f"комплект: {packet['name']} — документов: {len(packet['contents'])}")
    if planned["other_years"]:
        click.echo(f"другого учебного года: {planned['other_years']}; покажет ключ --year")
