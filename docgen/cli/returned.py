"""The commands about electronic signatures that have been made."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from docgen import pipeline
from docgen.cli.options import PATH, Ends, out_option, root_option, sites_of
from docgen.errors import ExitCode, Location, Problem, UsageError, warning

MOSCOW = dt.timezone(dt.timedelta(hours=3))
_SINCE = "; с тех пор собран заново, чем отличается — покажет docgen diff"

if TYPE_CHECKING:
    from docgen.pipeline.answers.signature_status import Returned


def need_signatures(name: str = "answers.signature_status") -> ModuleType:
    """Return a part of the pipeline that reads signatures, which needs more than docgen alone.

    Raises:
        UsageError: when pyHanko is not installed.
    """
    try:
        return importlib.import_module(f"docgen.pipeline.{name}")
    except ImportError as error:
        message = 'чтобы читать электронные подписи, установите: pip install "docgen[sign]"'
        raise UsageError([Problem("usage", Location(), message)]) from error


def signature_problems(output: Path) -> list[Problem]:
    """Return what is wrong with the signatures of an output; none are there as a rule."""
    if not pipeline.has_signatures(output):
        return []
    try:
        found: list[Problem] = need_signatures().check_signatures(output)
    except UsageError as error:
        told = "; ".join(one.message for one in error.problems)
        where = Location(file=str(output))
        return [warning("verify-failed", where, f"электронные подписи не проверены: {told}")]
    return found


@click.command(name="sign-status")
@click.argument("paths", nargs=-1, type=PATH, metavar="[ПАПКА|ФАЙЛ]...")
@out_option
@root_option
def sign_status(paths: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Показать, кто подписал файлы и целы ли они: папки проекта или вернувшиеся PDF и .sig."""
    files = [path for path in paths if not path.is_dir() and (path.suffix or path.is_file())]
    named = [one for path in paths if path not in files for one in _folders_of(path, root, out)]
    everywhere = [] if paths else [site.output for site in sites_of([], root, out)]
    found = need_signatures().returned_files(files, [*named, *everywhere])
    for one in found:
        for line in _lines(one):
            click.echo(line)
    if not found:
        click.echo("подписанных файлов нет")
    if any(one.is_broken for one in found):
        raise Ends(ExitCode.PACKET)


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@click.option("--to", "target", type=PATH, default=None, help="Куда записать копию.")
@root_option
def stamp(file: Path, target: Path | None, root: Path | None) -> None:
    """Сделать копию подписанного PDF с видимой отметкой об электронной подписи."""
    base = pipeline.find_root(None, root)
    copy = need_signatures("products.signature_mark").write_visible_copy(file, base, target)
    click.echo(f"копия с отметкой: {copy}")
    click.echo("подписанный файл не изменён; силу имеет он, а не копия")


def _folders_of(path: Path, root: Path | None, out: Path | None) -> list[Path]:
    """Return where to look for signed files: outputs, that of a workspace, or just the folder.

    Raises:
        UsageError: when there is no such folder, or nothing is built of a workspace.
    """
    if path.is_dir() and not pipeline.is_workspace(path):
        return pipeline.outputs_in(path) or [path]
    (site,) = sites_of([path], root, out)
    if not site.output.is_dir():
        message = f"нет папки «{site.output}»: назовите папку, где лежат файлы, или соберите её"
        if not site.folder.is_dir():
            message = f"нет папки «{path}»; назовите рабочую папку, папку с файлами или файл"
        raise UsageError([Problem("usage", Location(file=str(path)), message)])
    return [site.output]


def _lines(one: Returned) -> list[str]:
    lines = [str(one.path)]
    for each in one.signatures:
        parts = [f"подписал(а): {each.owner}"]
        parts += [f"{each.time.astimezone(MOSCOW):%d.%m.%Y %H:%M} МСК"] if each.time else []
        parts += [f"поле «{each.field}»"] if each.field else []
        told = f"{each.state.value} ({each.note})" if each.note else each.state.value
        lines.append(f"  {', '.join(parts)} — {told}")
        lines.append(f"    сертификат {each.serial}, до {each.ends.astimezone(MOSCOW):%d.%m.%Y}")
    if not one.is_readable:
        lines.append("  файл или подпись не читается: повреждены или изменены; возьмите их заново")
    elif not one.signatures:
        lines.append("  подписи нет")
    if one.waiting:
        lines.append(f"  ждёт подписи: {'; '.join(one.waiting)}")
    if one.title:
        since = "" if one.is_current else _SINCE
        lines.append(f"  это «{one.title}», как собрано{since}")
    else:
        lines.append("  в списке готовых документов такого файла нет: другая версия или чужой файл")
    return lines
