"""``docgen signatures``: a row for each signature expected, in the workbook of signatures."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.options import PATH, root_option, sites_of
from docgen.cli.problem_lines import print_beside, stopped
from docgen.errors import StageError
from docgen.pipeline.answers.signature_lists import write_signatures


@click.command()
@click.argument("workspaces", nargs=-1, required=True, type=PATH, metavar="ПАПКА...")
@root_option
def signatures(workspaces: tuple[Path, ...], root: Path | None) -> None:
    """Дописать в «Согласия и подписи.xlsx» строки ожидаемых подписей; вписанное сохраняется."""
    codes = []
    sites = sites_of(workspaces, root)
    for site in sites:
        try:
            summary, checked = write_signatures(site)
        except StageError as error:
            summary, checked = "", stopped(site, error)
        print_beside(checked.problems, checked.name if len(sites) > 1 else "")
        if summary:
            click.echo(f"{checked.name}: {summary}")
        codes.append(checked.exit_code)
    raise CommandExit(lowest_code(codes))
