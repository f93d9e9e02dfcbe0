"""Tables of docgen's modules for ``docs/modules.md``, made of the first lines of docstrings.

``.venv/bin/python -m tests.support.module_tables`` writes the page anew, and
``tests/test_docs.py`` holds it.
"""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "docgen"
PAGE = ROOT / "docs" / "modules.md"
COMMAND = ".venv/bin/python -m tests.support.module_tables"

_INTRODUCTION = f"""# docgen: what each module knows

Made of the first lines of docstrings; after a change of one: `{COMMAND}`.
Packages stand in the order of their layers, the highest first; how they fit together and why:
[architecture.md](architecture.md).
"""


def layers(contract: str = "one-way") -> list[list[str]]:
    """Return the layers of a contract of setup.cfg, the highest first, siblings in one list."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = settings[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [line.split(" | ") for line in lines if line]


def first_line(module: Path) -> str:
    """Return the first line of a module's docstring, its code in Markdown's marks.

    Raises:
        ValueError: when the module has no docstring.
    """
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    if not text:
        raise ValueError(module)
    return text.splitlines()[0].replace("``", "`").replace("|", "\\|")


def packages(folder: Path = PACKAGE) -> Iterator[Path]:
    """Return the packages below docgen, those of the highest layer first, rooms after their house.

    A layer in parentheses is left out: nothing is there yet.
    """
    name = "one-way" if folder == PACKAGE else "rooms"
    for layer in layers(name):
        for part in layer:
            if (folder / part / "__init__.py").is_file():
                yield folder / part
                if part == "pipeline":
                    yield from packages(folder / part)


def find_module(name: str) -> Path | None:
    """Return the module or package of a name such as ``output/store``, wherever its house is."""
    found = (PACKAGE / "pipeline" / name, PACKAGE / name)
    files = (file for path in found for file in (path.with_suffix(".py"), path / "__init__.py"))
    return next((file for file in files if file.is_file()), None)


def page() -> str:
    """Return the text of ``docs/modules.md``."""
    beside = "Modules beside the packages."
    sections = [_section("docgen", beside, PACKAGE)]
    for folder in packages():
        name = folder.relative_to(PACKAGE).as_posix()
        sections.append(_section(name, first_line(folder / "__init__.py"), folder))
    return "\n".join([_INTRODUCTION, *sections])


def _section(name: str, about: str, folder: Path) -> str:
    modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    rows = [
        f"| [`{module.stem}`](../{module.relative_to(ROOT).as_posix()}) | {first_line(module)} |"
        for module in modules
    ]
    table = ["| module | what it knows |", "|---|---|", *rows] if rows else []
    return "\n".join([f"## {name}", "", about, "", *table, ""]).rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
