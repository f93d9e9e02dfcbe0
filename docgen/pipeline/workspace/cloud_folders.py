"""Folders that a program copies to a cloud abroad, where personal data must not be kept.

Part 5 of article 18 of 152-ФЗ: personal data of citizens of Russia are kept in Russia.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, warning

_FOREIGN: Final = {
    "OneDrive": re.compile(r"onedrive(\s.*)?", re.IGNORECASE),
    "Dropbox": re.compile(r"dropbox(\s.*)?", re.IGNORECASE),
    "Google Диск": re.compile(
        r"google\s?(drive|диск)(\s.*)?|googledrive-.*|my drive|мой диск", re.IGNORECASE
    ),
    "iCloud": re.compile(r"icloud\s?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE),
    "Box": re.compile(r"box(-box| sync)?", re.IGNORECASE),
    "MEGA": re.compile(r"mega(sync)?(\s.*)?", re.IGNORECASE),
    "pCloud": re.compile(r"pcloud\s?drive|pcloudsync", re.IGNORECASE),
}


def foreign_cloud(folder: Path) -> str:
    """Return the cloud abroad in whose folder a workspace lies, "" if it lies in none."""
    for part in folder.resolve().parts:
        for name, pattern in _FOREIGN.items():
            if pattern.fullmatch(part):
                return name
    return ""


def cloud_warnings(folder: Path, shown: str) -> list[Problem]:
    """Return a warning where a workspace lies in the folder of a cloud abroad."""
    name = foreign_cloud(folder)
    if not name:
        return []
    message = (
        f"рабочая папка лежит в {name}: её копии хранятся за рубежом, а персональные данные "
        "работников и детей хранят в России (152-ФЗ, ст. 18, ч. 5). Перенесите папку на диск "
        "компьютера или на сервер школы"
    )
    return [warning("foreign-cloud", Location(file=shown), message)]
