"""``docgen verify``: whether an output is whole, and its electronic signatures are good."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import PATH, sites_of
from docgen.cli.problem_lines import to_lines
from docgen.cli.sign_extra import needing_sign_extra
from docgen.errors import Location, Problem, UsageError, warning
from docgen.pipeline.output.archive_check import verify_archive
from docgen.pipeline.output.manifest import is_output
from docgen.pipeline.output.signed_files import has_signatures
from docgen.pipeline.output.verification import verify_output
from docgen.pipeline.workspace.folders import is_workspace
from docgen.problem_codes import ExitCode


@click.command()
@click.argument("output", type=PATH, metavar="ПАПКА")
@click.option(
    "--workspace", type=PATH, default=None, help="Рабочая папка: перечитать и её архив целиком."
)
def verify(output: Path, workspace: Path | None) -> None:
    """Перечитать готовое: список, суммы файлов, страницы, закладки, электронные подписи."""
    if is_workspace(output) and not is_output(output):
        workspace = workspace or output
        output = sites_of((output,), None, None)[0].output
    problems = [*verify_output(output), *_signature_problems(output)]
    if workspace is not None:
        problems += verify_archive(workspace, output)
    for line in to_lines(problems):
        click.echo(line)
    if any(problem.is_error for problem in problems):
        raise CommandExit(ExitCode.PACKET)
    click.echo(f"{output}: всё на месте")


def _signature_problems(output: Path) -> list[Problem]:
    """Return what is wrong with the signatures of an output; most outputs have none."""
    if not has_signatures(output):
        return []
    try:
        with needing_sign_extra():
            # Optional, and slow to load.
            from docgen.pipeline.answers.signature_status import check_signatures
    except UsageError as error:
        reason = "; ".join(problem.message for problem in error.problems)
        where = Location(file=str(output))
        return [warning("verify-failed", where, f"электронные подписи не проверены: {reason}")]
    return check_signatures(output)
