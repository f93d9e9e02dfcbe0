"""``docgen sign``: archive an order that was signed, as it was built or as registers stand now."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.build import run_builds
from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import (
    order_argument,
    out_option,
    root_option,
    sites_of,
    workspaces_argument,
)
from docgen.model import sameness
from docgen.pipeline.answers.archive_acts import check_signed, find_order, release_for_current
from docgen.pipeline.workspace.wish import Wish, computers_day


@click.command()
@order_argument
@workspaces_argument
@click.option(
    "--current",
    is_flag=True,
    help="Подписан лист, какой дают реестры сейчас, а не тот, что собран раньше.",
)
@click.option("--no-pdf", is_flag=True, help="Только .docx, без LibreOffice.")
@out_option
@root_option
def sign(
    order: str,
    workspaces: tuple[Path, ...],
    current: bool,
    no_pdf: bool,
    out: Path | None,
    root: Path | None,
) -> None:
    """Положить в архив подписанный приказ; с --current — каким его делают реестры сейчас."""
    named = find_order(sites_of(workspaces, root, out), order)
    check_signed(named)
    wish = Wish()
    if current:
        release_for_current(named, computers_day())
        wish = Wish(current=frozenset({sameness(named.order.identity)}))
    raise CommandExit(run_builds([named.site], wish, has_pdf=not no_pdf))
