"""``docgen add``: the sheets that a kind of paper needs, put into the workbook of a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.catalogue import find_root
from docgen.cli.options import root_option, sites_of, usage_error
from docgen.errors import command
from docgen.pipeline.answers.wanted_sheets import Addition, KindLines, add_kinds, list_kinds
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.folders import is_workspace, named_workspace
from docgen.registers import COPIES


@click.command()
@click.argument("words", nargs=-1, metavar="[ВИД]... [ПАПКА]")
@root_option
def add(words: tuple[str, ...], root: Path | None) -> None:
    """Добавить в книгу листы, нужные виду бумаги; без слов — показать все виды."""
    base = find_root(None, root)
    folders = [word for word in words if is_workspace(named_workspace(Path(word), base))]
    names = [word for word in words if word not in folders]
    if not names and not folders:
        site = _only_site(root)
        _print_kinds(list_kinds(site, site.root if site else base), site)
        return
    if len(folders) > 1:
        raise usage_error("названо несколько рабочих папок; назовите одну")
    site = sites_of([Path(folders[0])], root)[0] if folders else _only_site(root)
    if site is None:
        empty = [name for name in names if Path(name).is_dir()]
        what = (
            f"в папке «{empty[0]}» нет книг; назовите рабочую папку"
            if empty
            else ("не названа рабочая папка; напишите её последней")
        )
        kinds = [name for name in names if name not in empty]
        raise usage_error(f"{what}: {command('add', *kinds, 'ПАПКА')}")
    if not names:
        _print_kinds(list_kinds(site, site.root), site)
        return
    additions = add_kinds(site, names)
    for one in additions:
        _print_addition(one)
    if any(one.is_changed for one in additions):
        choices = [
            f"на листе «{sheet}» в столбце «{header}» выберите «{value}»"
            for sheet, header, value in additions[0].choices
        ]
        steps = "; ".join([*choices, "впишите строки"])
        click.echo(f"дальше: {steps}, затем {_command('check', site)}")


def _only_site(root: Path | None) -> Site | None:
    """Return the workspace in which a person stands, if it is one alone."""
    here = Path.cwd()
    if is_workspace(here):
        return sites_of([Path()], root)[0]
    below = [path for path in sorted(here.iterdir()) if is_workspace(path)]
    return sites_of([Path(below[0].name)], root)[0] if len(below) == 1 else None


def _command(*words: str | Site | None) -> str:
    """Return a command; the folder in which a person stands need not be named."""
    spoken = [str(word.folder) if isinstance(word, Site) else word or "ПАПКА" for word in words]
    return command(*(word for word in spoken if word != "."))


def _print_addition(one: Addition) -> None:
    if not one.is_changed:
        click.echo(f"{one.path}: уже есть {_quoted(one.present)}")
        return
    click.echo(f"{one.path}:")
    if one.added.titles:
        click.echo(f"  добавлены листы: {_quoted(one.added.titles)}")
    for sheet, header in one.added.lists:
        click.echo(f"  лист «{sheet}»: список столбца «{header}» пополнен")
    click.echo(f"  прежняя книга — в папке «{COPIES}»")


def _print_kinds(found: KindLines, site: Site | None) -> None:
    """Print each kind with the sheets that it adds, then the sheets that have a name alone."""
    click.echo("Виды бумаг и листы, которые они добавят:")
    for kind in found.kinds:
        others = [one for one in kind.chosen_as if one != kind.name]
        chosen = f" ({_quoted(others)})" if others else ""
        what = ", ".join(kind.lacking) if kind.lacking else "всё уже есть"
        click.echo(f"  {kind.name}{chosen}: {what}")
    if found.sheets:
        click.echo(f"Лист можно назвать и сам: {', '.join(found.sheets)}")
    click.echo(f"Добавить: {_command('add', 'приказ о внедрении', site)}")


def _quoted(titles: Sequence[str]) -> str:
    return ", ".join(f"«{one}»" for one in titles)
