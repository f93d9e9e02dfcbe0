"""The two files of a new kind, left where a person goes on with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen import catalogue
from docgen.catalogue.draft_wishes import TypedWish, checked_wish
from docgen.catalogue.kind_drafts import KindDraft, draft_kind
from docgen.errors import Location, Problem, UsageError
from docgen.files import atomic_write
from docgen.model import Schema
from docgen.ooxml.template_drafts import draw_template
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.house_styles import STYLES
from docgen.pipeline.workspace.prepare import prepare_templates


@dataclass(frozen=True, slots=True)
class NewKind:
    """What was written, and what is wrong with it: nothing, unless a house style lacks its part."""

    draft: KindDraft
    register: Schema
    paths: tuple[Path, Path]
    problems: tuple[Problem, ...]


def issue_kind(folder: Path, root: Path, typed: TypedWish, *, is_shared: bool = False) -> NewKind:
    """Write a template and its entry for a workspace, or for all with ``is_shared``.

    Raises:
        UsageError: when the wish makes no kind, its name is taken, or the folder is closed.
        TemplateError: when an entry of the registers or kinds is broken.
    """
    folders = Folders(root.resolve(), folder.resolve())
    schemas = catalogue.read_schemas(folders.schemas)
    wish = checked_wish(typed, schemas)
    _refuse_taken(wish.name, folders)
    draft = draft_kind(wish)
    place = folders.kinds[0 if is_shared else -1]
    template, entry = place / f"{wish.name}.docx", place / f"{wish.name}.toml"
    drawn = draw_template(_house(folders).read_bytes(), draft.title, draft.items)
    atomic_write(template, drawn)
    atomic_write(entry, draft.entry.encode())
    names = {folders.shown(template), folders.shown(entry)}
    found = prepare_templates(folder, root)
    wrong = tuple(one for one in found.problems if one.where.file in names)
    return NewKind(draft, wish.register, (template, entry), wrong)


def _house(folders: Folders) -> Path:
    """Return the house style that lies nearest to the workspace."""
    name = next(iter(STYLES.values()))
    found = [folder / name for folder in folders.kinds if (folder / name).is_file()]
    return found[-1] if found else folders.kinds[0] / name


def _refuse_taken(name: str, folders: Folders) -> None:
    """Refuse a name that a kind has already: neither is a person's file written over.

    Raises:
        UsageError: when there is a file of that name.
    """
    for place in folders.kinds:
        for suffix in (".docx", ".toml"):
            path = place / f"{name}{suffix}"
            if path.exists():
                message = (
                    f"вид «{name}» уже есть: {folders.shown(path)}; назовите новый иначе или "
                    "уберите прежние файлы сами"
                )
                raise UsageError([Problem("usage", Location(file=str(path)), message)])
