"""The built wheel carries everything that docgen needs away from its checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("docgen", "templates_docx", "registers/schema")
BESIDE = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
PASSING = shutil.ignore_patterns("__pycache__", "~$*", ".~lock*")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Return the wheel, built from a copy so that nothing is left beside the sources."""
    source = tmp_path_factory.mktemp("source")
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, source / folder, ignore=PASSING)
    for name in BESIDE:
        shutil.copy(ROOT / name, source / name)
    (source / "templates_docx" / "~$приказ.docx").write_text("somebody has it open")
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", str(built), str(source)], check=True
    )
    (path,) = built.glob("docgen-*.whl")
    return zipfile.ZipFile(path)


def shipped(wheel: zipfile.ZipFile, *suffixes: str, below: str = "docgen") -> set[str]:
    """Return the names in a folder of the wheel that end so, as seen from that folder."""
    paths = (PurePosixPath(name) for name in wheel.namelist())
    return {
        str(path.relative_to(below))
        for path in paths
        if path.is_relative_to(below) and path.suffix in suffixes
    }


def kept(folder: Path, suffixes: Iterable[str]) -> set[str]:
    """Return the files of the checkout that end so, as seen from their folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in suffixes and not path.name.startswith(("~$", ".~lock"))
    }


def test_no_module_is_forgotten(wheel: zipfile.ZipFile) -> None:
    assert shipped(wheel, ".py") == kept(ROOT / "docgen", {".py"})


def test_templates_blocks_and_packets_are_shipped(wheel: zipfile.ZipFile) -> None:
    inside = shipped(wheel, ".docx", ".toml", below="docgen/_shipped/templates_docx")
    assert inside == kept(ROOT / "templates_docx", {".docx", ".toml"})


def test_register_schemas_are_shipped(wheel: zipfile.ZipFile) -> None:
    inside = shipped(wheel, ".toml", ".xlsx", below="docgen/_shipped/registers/schema")
    assert inside == kept(ROOT / "registers" / "schema", {".toml", ".xlsx"})


def test_types_licence_and_profile_of_libreoffice_are_shipped(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "docgen/py.typed" in names
    assert "docgen/data/registrymodifications.xcu" in names
    assert any(name.endswith("LICENSE") for name in names)


def test_nothing_but_docgen_is_put_into_the_environment(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0].partition("-")[0] for name in wheel.namelist()}
    assert tops == {"docgen"}


def test_the_wheel_asks_for_libraries_and_brings_the_command(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    (entries,) = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    headers = HeaderParser().parsestr(wheel.read(metadata).decode())
    assert headers["Requires-Python"] == ">=3.11"
    assert any(needed.startswith("docxtpl") for needed in headers.get_all("Requires-Dist", []))
    assert "docgen = docgen.__main__:start" in wheel.read(entries).decode()


@pytest.mark.office
def test_the_installed_wheel_makes_a_packet_away_from_the_checkout(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    site = next((environment / "lib").glob("python*/site-packages"))
    # The libraries are those of this environment; docgen itself comes from the wheel alone.
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    wheel.extractall(site)
    (site / "libraries.pth").write_text("\n".join(libraries), "utf-8")
    workspace = tmp_path / "канцелярия" / "наша школа"

    def docgen(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-P", "-m", "docgen", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    for step in ("init", "check", "build"):
        done = docgen(step, str(workspace))
        assert done.returncode == 0, (step, done.stdout, done.stderr)

    packets = workspace.parent / "output" / "наша школа" / "packets"
    assert list(packets.glob("На подпись*.pdf"))
    where = docgen("templates", str(workspace), "--json")
    assert str(ROOT) not in where.stdout
