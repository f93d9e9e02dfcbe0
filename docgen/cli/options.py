"""What several commands accept: options, workspaces, school years; how bad values are refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen import russian
from docgen.catalogue import find_root
from docgen.errors import Location, Problem, UsageError
from docgen.pipeline.output.places import OUTPUT, Site
from docgen.pipeline.workspace.folders import find_workspaces, is_workspace, named_workspace

PATH = click.Path(path_type=Path)

workspaces_argument = click.argument("workspaces", nargs=-1, type=PATH, metavar="[ПАПКА]...")

order_argument = click.argument("order", metavar="ПРИКАЗ")

reason_option = click.option(
    "--reason", required=True, metavar="ПРИЧИНА", help="Почему; причина хранится в архиве."
)

root_option = click.option(
    "--root", type=PATH, default=None, help="Папка с templates_docx/ и registers/schema/."
)

out_option = click.option(
    "--out", type=PATH, default=None, help="Куда сложить готовое (вместо output/)."
)

json_option = click.option("--json", "as_json", is_flag=True, help="Ответ для других программ.")

year_option = click.option("--year", default="", help="Учебный год, например 2026/2027.")

date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="ГГГГ-ММ-ДД",
    help="День, на который проверяются сроки; в документах не появляется.",
)


def sites_of(workspaces: Sequence[Path], root: Path | None, out: Path | None = None) -> list[Site]:
    """Return the workspaces asked for, all of them when none is named.

    Raises:
        UsageError: when two have one name: their outputs would be one folder.
    """
    base = find_root(None, root)
    folders = [named_workspace(folder, base) for folder in workspaces]
    folders = folders or _folders_here(base) or find_workspaces(base)
    by_place = {folder.resolve(): folder for folder in folders}
    names = [place.name for place in by_place]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise usage_error(
            f"две рабочие папки с одним именем «{twins[0]}»; соберите их по отдельности"
        )
    # A root that was named keeps the outputs, wherever the registers lie.
    kept_in = out or (root / OUTPUT if root else None)
    return [Site(folder, find_root(folder, root), kept_in) for folder in by_place.values()]


def _folders_here(base: Path) -> list[Path]:
    """Return the workspaces where a person stands: the current folder, or those right below it.

    Nothing below ``base``, the root, whose own workspaces are meant then.
    """
    here = Path.cwd().resolve()
    if here.is_relative_to(base.resolve()):
        return []
    if is_workspace(here):
        return [Path()]
    try:
        below = sorted(path for path in here.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return [Path(path.name) for path in below if is_workspace(path)]


def to_year(text: str) -> str:
    """Return a school year as ``2026/2027``, "" for "".

    Raises:
        UsageError: when it is no school year.
    """
    if not text:
        return ""
    try:
        return russian.school_year(russian.school_year_bounds(text)[0])
    except ValueError as error:
        raise usage_error(f"учебный год «{text}» не понят; напишите его так: 2026/2027") from error


def usage_error(message: str) -> UsageError:
    """Return the refusal of a value or of a combination of options."""
    return UsageError([Problem("usage", Location(), message)])
