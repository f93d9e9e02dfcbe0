"""Libraries that workspaces of one root share: the same files are opened and compiled once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from docgen.documents.library import TemplateLibrary
from docgen.errors import Problem


@dataclass(frozen=True, slots=True)
class _File:
    """A template as people know it; ``state`` is another one once it is written anew."""

    path: Path
    shown: str
    state: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Everything that a library is made of."""

    templates: tuple[tuple[str, _File], ...]
    blocks: tuple[tuple[str, _File], ...]
    style: _File
    make_environment: Callable[[], Environment]
    typeset: Callable[[str], str]


def shared_library(
    templates: Mapping[str, Path],
    blocks: Mapping[str, Path],
    style: Path,
    make_environment: Callable[[], Environment],
    *,
    shown: Callable[[Path], str] = str,
    typeset: Callable[[str], str] = str,
) -> tuple[TemplateLibrary, tuple[Problem, ...]]:
    """Return a library with what its check finds; the one made before if no file has changed.

    Raises:
        TemplateError: when the house style cannot be used.
    """

    def file_of(path: Path) -> _File:
        return _File(path, shown(path), _state_of(path))

    return _made(
        _Asked(
            tuple((name, file_of(path)) for name, path in templates.items()),
            tuple((name, file_of(path)) for name, path in blocks.items()),
            file_of(style),
            make_environment,
            typeset,
        )
    )


def _state_of(path: Path) -> tuple[int, ...]:
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


@functools.lru_cache(maxsize=4)
def _made(asked: _Asked) -> tuple[TemplateLibrary, tuple[Problem, ...]]:
    named = [*asked.templates, *asked.blocks]
    shown = {file.path: file.shown for file in (*(file for _, file in named), asked.style)}
    library = TemplateLibrary(
        {name: file.path for name, file in asked.templates},
        {name: file.path for name, file in asked.blocks},
        asked.style.path,
        asked.make_environment(),
        shown=shown.__getitem__,
        typeset=asked.typeset,
    )
    return library, tuple(library.check())
