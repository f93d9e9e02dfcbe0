"""What commands share: options, the workspaces asked for, how problems are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from docgen import pipeline, russian
from docgen.errors import ExitCode, Location, Problem, StageError, UsageError

HELP = {"help_option_names": ["-h", "--help"]}
PATH = click.Path(path_type=Path)


# After these codes there is an output to speak of.
BUILT = frozenset({ExitCode.DONE, ExitCode.PACKET, ExitCode.PARTIAL})


class Ends(Exception):  # noqa: N818 - an end, not an error
    """The command is done and returns this code; everything has been said."""

    def __init__(self, code: ExitCode) -> None:
        self.code = code
        super().__init__(code.name)


root_option = click.option(
    "--root", type=PATH, default=None, help="Папка с templates_docx/ и registers/schema/."
)


out_option = click.option(
    "--out", type=PATH, default=None, help="Куда сложить готовое (вместо output/)."
)


json_option = click.option("--json", "as_json", is_flag=True, help="Ответ для других программ.")


date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="ГГГГ-ММ-ДД",
    help="День, на который проверяются сроки; в документах не появляется.",
)


workspaces_argument = click.argument("workspaces", nargs=-1, type=PATH, metavar="[ПАПКА]...")


def sites_of(
    workspaces: Sequence[Path], root: Path | None, out: Path | None = None
) -> list[pipeline.Site]:
    """Return the workspaces asked for, all of them when none is named.

    Raises:
        UsageError: when two have one name: their outputs would be one folder.
    """
    base = pipeline.find_root(None, root)
    folders = [pipeline.named_workspace(folder, base) for folder in workspaces]
    folders = folders or pipeline.find_workspaces(base)
    by_place = {folder.resolve(): folder for folder in folders}
    names = [place.name for place in by_place]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        message = f"две рабочие папки с одним именем «{twins[0]}»; соберите их по отдельности"
        raise UsageError([Problem("usage", Location(), message)])
    # A root that was named keeps the outputs, wherever the registers lie.
    kept_in = out or (root / pipeline.OUTPUT if root else None)
    return [
        pipeline.Site(folder, pipeline.find_root(folder, root), kept_in)
        for folder in by_place.values()
    ]


def to_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield problems as lines, errors first."""
    for problem in sorted(problems, key=lambda one: not one.is_error):
        yield f"{'ошибка' if problem.is_error else 'внимание'}: {problem}"


def say(problems: Sequence[Problem], name: str = "") -> None:
    """Write problems beside the answer of the command, below the name of their workspace."""
    if problems and name:
        click.echo(f"{name}:", err=True)
    for line in to_lines(problems):
        click.echo(line, err=True)


def unable(site: pipeline.Site, error: StageError) -> pipeline.Checked:
    """Return what is known of a workspace that could not be tried to the end."""
    return pipeline.Checked(site.name, list(error.problems), error.exit_code)


def overall(codes: Sequence[ExitCode], *, some_done: bool) -> ExitCode:
    """Return one code for several workspaces: 7 if some were built, else the lowest.

    A set that could not be made keeps its own code when nothing else went wrong.
    """
    failed = [code for code in codes if code is not ExitCode.DONE]
    if not failed:
        return ExitCode.DONE
    if set(failed) == {ExitCode.PACKET}:
        return ExitCode.PACKET
    return ExitCode.PARTIAL if some_done else min(failed)


def to_year(text: str) -> str:
    """Return a school year as «2026/2027», nothing for nothing.

    Raises:
        UsageError: when it is no school year.
    """
    if not text:
        return ""
    try:
        return russian.school_year(russian.school_year_bounds(text)[0])
    except ValueError as error:
        message = f"учебный год «{text}» не понят; напишите его так: 2026/2027"
        raise UsageError([Problem("usage", Location(), message)]) from error
