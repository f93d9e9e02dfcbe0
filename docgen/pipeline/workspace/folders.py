"""Where a workspace lies, and where its entries and templates come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen import registers
from docgen.errors import Location, Problem, UsageError
from docgen.sources import source_files

SERVICE = "packets"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a workspace's entries and templates: the shipped ones first, its own last."""

    root: Path
    workspace: Path

    @property
    def schemas(self) -> list[Path]:
        """Folders of register schemas."""
        return [self.root / "registers" / "schema", self.workspace / "schema"]

    @property
    def kinds(self) -> list[Path]:
        """Folders of document kinds."""
        return [self.root / "templates_docx", self.workspace / "templates"]

    @property
    def packets(self) -> list[Path]:
        """Folders of packet entries and their service pages."""
        return [folder / SERVICE for folder in self.kinds]

    @property
    def blocks(self) -> list[Path]:
        """Folders of shared pieces."""
        return [folder / "blocks" for folder in self.kinds]

    def inputs(self) -> list[Path]:
        """Return every file that a build of this workspace may read, in a stable order."""
        found: list[Path] = registers.workbook_paths(self.workspace)
        for folder in [*self.schemas, *self.kinds, *self.packets, *self.blocks]:
            found += sorted(path for path in folder.glob("*") if is_input_file(path))
        return [*found, *source_files()]

    def shown(self, path: Path | str) -> str:
        """Return a path as a person knows it: below the root or the workspace, else as it is."""
        return shown_path(Path(path), self.root, self.workspace)


def is_input_file(path: Path) -> bool:
    """Return whether a file is read by a build, unlike lock files."""
    return path.is_file() and not path.name.startswith(("~$", "."))


def shown_path(path: Path, root: Path, workspace: Path) -> str:
    """Return a path relative to the root, or with the workspace's own name in front."""
    for base, prefix in ((root, Path()), (workspace, Path(workspace.name))):
        if path.is_absolute() and path.is_relative_to(base.resolve()):
            return (prefix / path.relative_to(base.resolve())).as_posix()
    return path.as_posix()


def is_workspace(folder: Path) -> bool:
    """Return whether a folder has registers."""
    is_apart = registers.is_folder_of_copies(folder)
    return folder.is_dir() and not is_apart and bool(registers.workbook_paths(folder))


def find_workspaces(root: Path) -> list[Path]:
    """Return every workspace below ``registers/`` of the root, in order of name.

    Raises:
        UsageError: when there is none.
    """
    found = [
        folder
        for folder in sorted((root / "registers").glob("*"))
        if folder.name != "schema" and is_workspace(folder)
    ]
    if not found:
        message = "нет ни одной рабочей папки с реестрами; создайте её: docgen init ПАПКА"
        raise UsageError([Problem("usage", Location(file="registers"), message)])
    return found


def named_workspace(folder: Path, root: Path) -> Path:
    """Return the folder, or the workspace of that bare name below the root's ``registers/``.

    Whoever stands in a workspace may call it by its name, as messages do.
    """
    below = root / "registers" / folder
    is_bare = len(folder.parts) == 1 and not folder.exists()
    if is_bare and below.is_dir():
        return below
    here = Path.cwd()
    return Path() if is_bare and here.name == folder.name and is_workspace(here) else folder
