"""Names and sizes in docgen's code: each name leads to one place, each piece is read at once.

Each rule lists the modules that break it, so a failure says where to look.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from docgen.cli.commands import COMMANDS

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "docgen"

LINES_OF_A_MODULE: Final = 400
LINES_OF_A_FUNCTION: Final = 60

COMMAND_MODULES: Final = frozenset(name.replace("-", "_") for name in COMMANDS)
"""Modules of ``cli/`` bear the names of commands, whatever these are: ``printed``, ``unsigned``."""

NOUNS: Final = {
    "signed": "the package of signatures on files that come back signed",
    "spelling": "a noun: how a word is spelled",
    "wording": "a noun: how a record is worded",
}
"""Modules and packages whose names end like participles all the same, and why."""

PREPOSITIONS: Final = frozenset(
    re.findall(
        r"\w+",
        "about above across after against along among around at before behind below beneath beside "
        "besides between beyond by down during for from in inside into like near off on onto out "
        "outside over since than through till to together toward towards under until up upon via "
        "with within without",
    )
)

ACCUMULATES: Final = re.compile(r"\b(?:accumulates|filled|fills|counts|changes?)\b", re.IGNORECASE)
"""What the docstring of a dataclass says when it is no value: what fills it, or that it changes."""

_SOURCES = sorted(PACKAGE.rglob("*.py"))
_ALL_SOURCES = [
    *_SOURCES,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "benchmarks").glob("*.py")),  # not .peers, where others' code is installed
]
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.stmt | ast.expr | ast.arg | ast.keyword | None = None) -> str:
    """Return where something stands, as a person can open it."""
    name = path.relative_to(PACKAGE if path.is_relative_to(PACKAGE) else ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None else name


def names_of_modules() -> dict[str, list[str]]:
    """Return where the modules and packages of each name are; the root has its own."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in _SOURCES:
        if path.name != "__init__.py":
            found[path.stem].append(place(path))
        elif path.parent != PACKAGE:
            found[path.parent.name].append(place(path.parent))
    return found


def twice(places: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the names that stand at several places."""
    return {name: found for name, found in places.items() if len(found) > 1}


def identifiers(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each name that a module gives or uses, with its place."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name, place(path, node)
            case ast.keyword(arg=str(name)):
                yield name, place(path, node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, place(path, node)
            case ast.ClassDef(name=name):
                yield name, place(path, node)


def functions(path: Path) -> Iterator[_Function]:
    """Yield the functions and methods of a module, inner ones too."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, _Function))


def open_dataclasses(path: Path) -> Iterator[ast.ClassDef]:
    """Yield the dataclasses of a module that are not frozen."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            if any("dataclass" in one and "frozen=True" not in one for one in decorators):
                yield node


@cache
def comments(path: Path) -> dict[int, str]:
    """Return the comments of a module by their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def late_imports(body: Iterable[ast.stmt], path: Path) -> Iterator[str]:
    """Yield the imports inside functions above which no comment stands.

    One comment serves imports that follow each other.
    """
    known = comments(path)
    explained = -1
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if node.lineno - 1 not in known and node.lineno != explained:
                yield place(path, node)
            else:
                explained = (node.end_lineno or node.lineno) + 1


def blocks(function: _Function) -> Iterator[list[ast.stmt]]:
    """Yield every block of statements in a function."""
    for node in ast.walk(function):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block


def test_no_module_or_package_has_the_name_of_another() -> None:
    # The package of the noun and the module of its command: `plan` decides, `cli/plan` prints.
    allowed = {
        name: found
        for name, found in twice(names_of_modules()).items()
        if name in COMMAND_MODULES and sorted(found) == sorted([f"cli/{name}.py", name])
    }
    assert sorted(allowed) == ["archive", "plan"]
    assert twice(names_of_modules()) == allowed


def test_no_class_has_the_name_of_another() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in _SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(place(path, node))
    assert len(found) > 200
    assert twice(found) == {}


def test_a_module_is_named_by_a_noun_and_not_by_what_happens_in_it() -> None:
    names = names_of_modules().keys() - COMMAND_MODULES
    happening = {name for name in names if re.search(r"(?:ing|ed)$", name)}
    # Participles before a noun are adjectives, as in `signed_files`.
    assert happening == NOUNS.keys()


def test_no_module_is_named_by_a_preposition() -> None:
    names = names_of_modules().keys()
    assert {name for name in names if PREPOSITIONS & set(name.split("_"))} == set()


def test_a_module_is_short_enough_to_be_read_at_once() -> None:
    lines = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _SOURCES}
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_MODULE} == {}


def test_a_function_is_short_enough_to_be_seen_at_once() -> None:
    lengths = {
        f"{place(path, one)} {one.name}": (one.end_lineno or one.lineno) - one.lineno + 1
        for path in _SOURCES
        for one in functions(path)
    }
    assert {name: count for name, count in lengths.items() if count > LINES_OF_A_FUNCTION} == {}


def test_a_name_says_what_it_holds_and_not_that_it_was_told() -> None:
    vague = {"tell", "telling", "tells", "told"}
    # The name of a test is a sentence, in which something may well be told.
    found = [
        f"{where} {name}"
        for path in _ALL_SOURCES
        for name, where in identifiers(path)
        if vague & set(name.lower().split("_")) and not name.startswith("test_")
    ]
    assert found == []


def test_types_are_never_ignored() -> None:
    found = [
        f"{place(path)}:{line}"
        for path in _ALL_SOURCES
        for line, comment in comments(path).items()
        if re.search(r"type:\s*ignore|mypy:", comment)
    ]
    assert found == []


def test_a_dataclass_is_frozen_or_says_what_fills_it() -> None:
    silent = [
        f"{place(path, node)} {node.name}"
        for path in _SOURCES
        for node in open_dataclasses(path)
        if not ACCUMULATES.search(ast.get_docstring(node) or "")
    ]
    assert silent == []


def test_an_import_inside_a_function_says_why_it_is_late() -> None:
    found = [
        where
        for path in _SOURCES
        for function in functions(path)
        for block in blocks(function)
        for where in late_imports(block, path)
    ]
    assert sorted(set(found)) == []
