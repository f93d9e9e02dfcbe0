"""``docgen printed``: note that all documents made so far have been printed."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import out_option, root_option, sites_of, workspaces_argument
from docgen.cli.problem_lines import print_beside
from docgen.pipeline.answers.reprints import mark_as_printed
from docgen.pipeline.answers.sheet_issue import hand_out_sheets
from docgen.pipeline.workspace.wish import computers_day
from docgen.problem_codes import ExitCode


@click.command()
@workspaces_argument
@out_option
@root_option
def printed(workspaces: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Отметить, что всё готовое напечатано: потом reprint скажет, какие листы перепечатать."""
    is_whole = True
    for site in sites_of(workspaces, root, out):
        count = mark_as_printed(site)
        handed_out, problems = hand_out_sheets(site, computers_day())
        click.echo(f"{site.name}: отмечено напечатанным, документов: {count}")
        if handed_out:
            click.echo(f"{site.name}: выдано на подпись, листов: {handed_out}; они сохранены")
        print_beside(problems)
        is_whole = is_whole and not any(one.is_error for one in problems)
    raise CommandExit(ExitCode.DONE if is_whole else ExitCode.REGISTERS)
