"""The command that throws away what nobody needs any more."""

from __future__ import annotations

from pathlib import Path

import click

from docgen import pipeline
from docgen.cli.options import Ends, out_option, root_option, say, sites_of, workspaces_argument
from docgen.errors import ExitCode, StageError


@click.command()
@workspaces_argument
@click.option(
    "--all",
    "has_outputs",
    is_flag=True,
    help="Убрать и готовое, которое docgen build сделает снова; подписанное, исправленное и архив "
    "остаются.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Только показать, ничего не убирать.")
@out_option
@root_option
def clean(
    workspaces: tuple[Path, ...],
    has_outputs: bool,
    is_dry: bool,
    out: Path | None,
    root: Path | None,
) -> None:
    """Убрать остатки прерванных сборок: временные файлы и рабочие папки."""
    codes = []
    for site in sites_of(workspaces, root, out):
        try:
            cleaned = pipeline.clean_workspace(site, has_outputs=has_outputs, is_dry=is_dry)
        except StageError as error:
            say(error.problems, site.name)
            codes.append(error.exit_code)
            continue
        _tell(site.name, cleaned, is_dry=is_dry)
    _tell("временные файлы", pipeline.clean_machine(is_dry=is_dry), is_dry=is_dry)
    if codes:
        raise Ends(min(codes, default=ExitCode.DONE))


def _tell(name: str, cleaned: pipeline.Cleaned, *, is_dry: bool) -> None:
    for path in cleaned.removed:
        click.echo(f"{'будет убран' if is_dry else 'убран'}: {path}")
    for path, why in cleaned.kept:
        click.echo(f"оставлен: {path} ({why})")
    words = f"{'будет убрано' if is_dry else 'убрано'} {len(cleaned.removed)}"
    words += f", оставлено {len(cleaned.kept)}" if cleaned.kept else ""
    click.echo(f"{name}: {words}")
