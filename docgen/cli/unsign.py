"""``docgen unsign``: take an order out of the archive that was called signed by mistake."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.options import (
    order_argument,
    out_option,
    reason_option,
    root_option,
    sites_of,
    workspaces_argument,
)
from docgen.cli.problem_lines import print_beside
from docgen.pipeline.answers.archive_acts import find_order
from docgen.pipeline.answers.archive_acts import unsign as take_out
from docgen.pipeline.workspace.wish import computers_day


@click.command()
@order_argument
@workspaces_argument
@reason_option
@out_option
@root_option
def unsign(
    order: str, workspaces: tuple[Path, ...], reason: str, out: Path | None, root: Path | None
) -> None:
    """Снять с архива приказ, который отметили подписанным по ошибке."""
    named = find_order(sites_of(workspaces, root, out), order)
    print_beside(named.losses)
    count = take_out(named, reason, computers_day())
    click.echo(
        f"приказ {named.called} снят с архива, бумаг: {count}; они лежат в «архив/снято». Теперь "
        "впишите в «Состояние» слова «на подписи»"
    )
