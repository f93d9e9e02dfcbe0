"""The command line: words in, one call to build, words out."""

from __future__ import annotations

from collections.abc import Sequence

import click

from docgen import __version__
from docgen.cli.building import build_command
from docgen.cli.cleaning import clean
from docgen.cli.language import decline
from docgen.cli.looking import check, diff, explain, init, plan, templates, verify
from docgen.cli.options import HELP, Ends
from docgen.cli.printing import printed, reprint
from docgen.cli.returned import sign_status, stamp
from docgen.cli.signing import signatures, unsigned

__all__ = ["Ends", "cli", "run_command"]


@click.group(context_settings=HELP)
@click.version_option(__version__, prog_name="docgen")
def cli() -> None:
    """Документы наставничества: реестры Excel и шаблоны Word — в готовые комплекты PDF."""


for command in (
    init,
    check,
    plan,
    build_command,
    signatures,
    unsigned,
    explain,
    diff,
    decline,
    verify,
    sign_status,
    stamp,
    templates,
    printed,
    reprint,
    clean,
):
    cli.add_command(command)


def run_command(arguments: Sequence[str] | None) -> None:
    """Run the command line; everything that ends it early is raised."""
    args = None if arguments is None else list(arguments)
    cli.main(args=args, prog_name="docgen", standalone_mode=False)
