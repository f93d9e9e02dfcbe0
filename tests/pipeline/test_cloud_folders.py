"""Which folders a cloud abroad keeps copies of, and how often that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.pipeline.workspace.cloud_folders import foreign_cloud
from tests.support.small_root import make_root, make_school, run


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("/диск/Иванова/OneDrive/Наставничество", "OneDrive"),
        ("/диск/Иванова/OneDrive - МБОУ Школа № 1/Наставничество", "OneDrive"),
        ("/диск/школа/Dropbox/приказы", "Dropbox"),
        ("/диск/школа/Dropbox (Личный)/приказы", "Dropbox"),
        ("/диск/g/Мой диск/школа", "Google Диск"),
        ("/диск/a/Library/CloudStorage/GoogleDrive-a@b.ru/My Drive/школа", "Google Диск"),
        ("/диск/a/Library/Mobile Documents/com~apple~CloudDocs/школа", "iCloud"),
        ("/диск/школа/Яндекс.Диск/приказы", ""),
        ("/диск/школа/YandexDisk/приказы", ""),
        ("/диск/школа/Облако Mail.Ru/приказы", ""),
        ("/диск/школа/Мой диск с приказами/школа", ""),
        ("/диск/школа/boxes/dropboxes/школа", ""),
    ],
)
def test_a_folder_of_a_cloud_abroad_is_known_by_its_name(path: str, cloud: str) -> None:
    assert foreign_cloud(Path(path)) == cloud


def test_a_cloud_abroad_is_spoken_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    school = tmp_path / "OneDrive" / "школа"
    shutil.copytree(make_school(root), school)
    said = []
    for day in ("2026-09-01", "2026-09-02"):
        assert run("build", "--no-pdf", school, "--root", root, "--date", day) == 0
        said.append("foreign-cloud" in capsys.readouterr().err)
        (school / "Наставничество.xlsx").touch()
    assert said == [True, False]
