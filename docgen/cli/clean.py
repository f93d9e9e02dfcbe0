"""``docgen clean``: remove what killed builds left, and on demand what can be made again."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit, lowest_code
from docgen.cli.options import out_option, root_option, sites_of, workspaces_argument
from docgen.cli.problem_lines import print_beside
from docgen.errors import StageError
from docgen.pipeline.answers.leftovers import CleanedFiles, clean_temporary_folders, clean_workspace


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
            cleaned = clean_workspace(site, has_outputs=has_outputs, is_dry=is_dry)
        except StageError as error:
            print_beside(error.problems, site.name)
            codes.append(error.exit_code)
            continue
        _print_cleaned(site.name, cleaned, is_dry=is_dry)
    _print_cleaned("временные файлы", clean_temporary_folders(is_dry=is_dry), is_dry=is_dry)
    raise CommandExit(lowest_code(codes))


def _print_cleaned(name: str, cleaned: CleanedFiles, *, is_dry: bool) -> None:
    for path in cleaned.removed:
        click.echo(f"{'будет убран' if is_dry else 'убран'}: {path}")
    for path, reason in cleaned.kept:
        click.echo(f"оставлен: {path} ({reason})")
    counts = f"{'будет убрано' if is_dry else 'убрано'} {len(cleaned.removed)}"
    counts += f", оставлено {len(cleaned.kept)}" if cleaned.kept else ""
    click.echo(f"{name}: {counts}")
