"""The command line: words in, one call to the pipeline, words out."""

from docgen.cli.commands import run_command
from docgen.cli.exit_codes import CommandExit

__all__ = ["CommandExit", "run_command"]
