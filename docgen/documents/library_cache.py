"""A cache of template libraries: workspaces with the same template files share one library."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from docgen.documents.library import TemplateLibrary
from docgen.documents.merge_names import MergeTags
from docgen.errors import Problem
from docgen.files import file_digest
from docgen.ooxml import FaceChooser, no_sign_faces


@dataclass(frozen=True, slots=True)
class _TemplateFile:
    """A template file by its path as people know it and its bytes, wherever it lies."""

    path: Path = field(compare=False)
    shown: str
    digest: str


@dataclass(frozen=True, slots=True)
class _LibraryRequest:
    """Everything that decides what a library is, as the key of the cache."""

    templates: tuple[tuple[str, _TemplateFile], ...]
    blocks: tuple[tuple[str, _TemplateFile], ...]
    style: _TemplateFile
    make_environment: Callable[[], Environment]
    typeset: Callable[[str], str]
    choose_face: FaceChooser
    merge_names: tuple[tuple[str, MergeTags], ...]


def shared_library(  # noqa: PLR0913 - all that decides what a library is
    templates: Mapping[str, Path],
    blocks: Mapping[str, Path],
    style: Path,
    make_environment: Callable[[], Environment],
    *,
    shown: Callable[[Path], str] = str,
    typeset: Callable[[str], str] = str,
    choose_face: FaceChooser = no_sign_faces,
    merge_names: Mapping[str, MergeTags] | None = None,
) -> tuple[TemplateLibrary, tuple[Problem, ...]]:
    """Return a library with what its check finds; a cached one if all files have the same bytes.

    Raises:
        TemplateError: when the house style cannot be used.
    """

    def file_of(path: Path) -> _TemplateFile:
        return _TemplateFile(path, shown(path), _digest_of(path))

    return _make_library(
        _LibraryRequest(
            tuple((name, file_of(path)) for name, path in templates.items()),
            tuple((name, file_of(path)) for name, path in blocks.items()),
            file_of(style),
            make_environment,
            typeset,
            choose_face,
            tuple((merge_names or {}).items()),
        )
    )


def _digest_of(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""


@functools.lru_cache(maxsize=4)
def _make_library(request: _LibraryRequest) -> tuple[TemplateLibrary, tuple[Problem, ...]]:
    named = [*request.templates, *request.blocks]
    shown = {file.path: file.shown for file in (*(file for _, file in named), request.style)}
    library = TemplateLibrary(
        {name: file.path for name, file in request.templates},
        {name: file.path for name, file in request.blocks},
        request.style.path,
        request.make_environment(),
        shown=shown.__getitem__,
        typeset=request.typeset,
        choose_face=request.choose_face,
        merge_names=dict(request.merge_names),
    )
    return library, tuple(library.check())
