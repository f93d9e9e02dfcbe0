"""``docgen sign-status``: who signed files electronically, whether they are intact and known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import PATH, out_option, root_option, sites_of
from docgen.cli.sign_extra import needing_sign_extra
from docgen.errors import Location, Problem, UsageError
from docgen.pipeline.output.manifest import outputs_in
from docgen.pipeline.workspace.folders import is_workspace
from docgen.problem_codes import ExitCode

if TYPE_CHECKING:
    from docgen.pipeline.answers.signature_status import ReturnedFile

MOSCOW = dt.timezone(dt.timedelta(hours=3))
_SINCE = "; с тех пор собран заново, чем отличается — покажет docgen diff"


@click.command(name="sign-status")
@click.argument("paths", nargs=-1, type=PATH, metavar="[ПАПКА|ФАЙЛ]...")
@out_option
@root_option
def sign_status(paths: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Показать, кто подписал файлы и целы ли они: папки проекта или вернувшиеся PDF и .sig."""
    files = [path for path in paths if not path.is_dir() and (path.suffix or path.is_file())]
    folders = [one for path in paths if path not in files for one in _folders_of(path, root, out)]
    if not paths:
        folders = [site.output for site in sites_of([], root, out)]
    with needing_sign_extra():
        # Optional, and slow to load.
        from docgen.pipeline.answers.signature_status import returned_files
    returned = returned_files(files, folders)
    for one in returned:
        for line in _to_lines(one):
            click.echo(line)
    if not returned:
        click.echo("подписанных файлов нет")
    if any(one.is_broken for one in returned):
        raise CommandExit(ExitCode.PACKET)


def _folders_of(path: Path, root: Path | None, out: Path | None) -> list[Path]:
    """Return where to look for signed files: outputs, that of a workspace, or just the folder.

    Raises:
        UsageError: when there is no such folder, or nothing is built of a workspace.
    """
    if path.is_dir() and not is_workspace(path):
        return outputs_in(path) or [path]
    (site,) = sites_of([path], root, out)
    if not site.output.is_dir():
        message = f"нет папки «{site.output}»: назовите папку, где лежат файлы, или соберите её"
        if not site.folder.is_dir():
            message = f"нет папки «{path}»; назовите рабочую папку, папку с файлами или файл"
        raise UsageError([Problem("usage", Location(file=str(path)), message)])
    return [site.output]


def _to_lines(returned: ReturnedFile) -> Iterator[str]:
    yield str(returned.path)
    for signature in returned.signatures:
        details = [f"подписал(а): {signature.owner}"]
        if signature.time:
            details.append(f"{signature.time.astimezone(MOSCOW):%d.%m.%Y %H:%M} МСК")
        if signature.field:
            details.append(f"поле «{signature.field}»")
        state = signature.state.value + (f" ({signature.note})" if signature.note else "")
        yield f"  {', '.join(details)} — {state}"
        until = signature.ends.astimezone(MOSCOW)
        yield f"    сертификат {signature.serial}, до {until:%d.%m.%Y}"
    if not returned.is_readable:
        yield "  файл или подпись не читается: повреждены или изменены; возьмите их заново"
    elif not returned.signatures:
        yield "  подписи нет"
    if returned.waiting:
        yield f"  ждёт подписи: {'; '.join(returned.waiting)}"
    if returned.title:
        since = "" if returned.is_current else _SINCE
        yield f"  это «{returned.title}», как собрано{since}"
    else:
        yield "  в списке готовых документов такого файла нет: другая версия или чужой файл"
