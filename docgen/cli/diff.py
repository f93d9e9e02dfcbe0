"""``docgen diff``: the words in which a file differs from its signed version or another file."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import PATH, out_option, root_option
from docgen.pipeline.answers.comparison import compare_files, compare_with_signed
from docgen.problem_codes import ExitCode


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@click.argument("other", required=False, type=PATH, metavar="[ДРУГОЙ]")
@out_option
@root_option
def diff(file: Path, other: Path | None, out: Path | None, root: Path | None) -> None:
    """Показать, чем текст файла отличается от подписанной версии или от другого файла."""
    if other is not None:
        comparisons = [compare_files(file, other)]
    else:
        comparisons = compare_with_signed(file, root, out)
    for comparison in comparisons:
        click.echo(f"было: {comparison.before}")
        click.echo(f"стало: {comparison.after}")
        for line in comparison.lines or ("отличий в тексте нет",):
            click.echo(f"  {line}")
    if any(comparison.lines for comparison in comparisons):
        raise CommandExit(ExitCode.PACKET)
