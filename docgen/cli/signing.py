"""The commands about electronic signatures that have been made."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from docgen import build
from docgen.cli.options import PATH, Ends, out_option, root_option, sites_of
from docgen.errors import ExitCode, Location, Problem, UsageError

if TYPE_CHECKING:
    from docgen.build.returned import Returned


def need_signatures() -> ModuleType:
    """Return what reads signatures, which needs more than docgen alone.

    Raises:
        UsageError: when pyHanko is not installed.
    """
    try:
        from docgen.build import returned
    except ImportError as error:
        message = 'чтобы читать электронные подписи, установите: pip install "docgen[sign]"'
        raise UsageError([Problem("usage", Location(), message)]) from error
    return returned


def signature_problems(output: Path) -> list[Problem]:
    """Return what is wrong with the signatures of an output; none are there as a rule."""
    if not build.has_signatures(output):
        return []
    found: list[Problem] = need_signatures().check_signatures(output)
    return found


@click.command(name="sign-status")
@click.argument("paths", nargs=-1, type=PATH, metavar="[ПАПКА|ФАЙЛ]...")
@out_option
@root_option
def sign_status(paths: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Показать, кто подписал файлы и целы ли они: папки проекта или вернувшиеся PDF и .sig."""
    files = [path for path in paths if not path.is_dir() and (path.suffix or path.is_file())]
    folders = [path for path in paths if path not in files]
    sites = sites_of(folders, root, out) if folders or not files else []
    found = need_signatures().returned_files(files, [site.output for site in sites])
    for one in found:
        for line in _lines(one):
            click.echo(line)
    if not found:
        click.echo("подписанных файлов нет")
    if any(one.is_broken for one in found):
        raise Ends(ExitCode.PACKET)


def _lines(one: Returned) -> list[str]:
    lines = [str(one.path)]
    for each in one.signatures:
        parts = [f"подписал(а): {each.owner}"]
        parts += [f"{each.time.astimezone():%d.%m.%Y %H:%M}"] if each.time else []
        parts += [f"поле «{each.field}»"] if each.field else []
        told = f"{each.state.value} ({each.note})" if each.note else each.state.value
        lines.append(f"  {', '.join(parts)} — {told}")
        lines.append(f"    сертификат {each.serial}, до {each.ends.astimezone():%d.%m.%Y}")
    if not one.is_readable:
        lines.append("  подпись не читается: файл повреждён или изменён; возьмите его заново")
    elif not one.signatures:
        lines.append("  подписи нет")
    if one.waiting:
        lines.append(f"  ждёт подписи: {', '.join(one.waiting)}")
    if one.title:
        lines.append(f"  это «{one.title}», как собрано")
    else:
        lines.append("  в списке готовых документов такого файла нет: другая версия или чужой файл")
    return lines
