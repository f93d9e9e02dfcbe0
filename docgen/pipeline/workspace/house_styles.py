"""Which house style a workspace prints in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.model import Workspace
from docgen.model.columns import PROFILE, SETTINGS
from docgen.pipeline.workspace.folders import Folders

STYLES: Mapping[str, str] = {"ГОСТ": "стиль.docx", "школа": "стиль_школа.docx"}


def style_path(folders: Folders, workspace: Workspace | None) -> Path:
    """Return the house style: the workspace's own, else the profile that «Настройки» names."""
    own = folders.workspace / "templates" / STYLES["ГОСТ"]
    if own.is_file():
        return own
    profiles = [
        str(row.values[PROFILE])
        for row in (workspace.records.get(SETTINGS, ()) if workspace else ())
        if row.values.get(PROFILE)
    ]
    return folders.root / "templates_docx" / STYLES.get((profiles or ["ГОСТ"])[-1], "стиль.docx")
