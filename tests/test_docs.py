"""What the project says of itself stays true: codes, commands, and no trace of any machine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docgen.cli.commands import cli, load_command
from docgen.problem_codes import CODES, ExitCode
from tests.support import module_tables

ROOT = Path(__file__).resolve().parent.parent
ERRORS = ROOT / "docs" / "errors.md"

FOLDERS = ("docgen", "docs", "registers", "templates_docx", "tests", ".ci")
PAPERS = {".docx", ".xlsx"}
PICTURES = (".png", ".jpeg", ".emf")
TEXTS = {".cfg", ".md", ".py", ".toml", ".txt", ".xcu", ".yaml"}
MACHINE_PATH = re.compile(r"/(?:work|farm|root|home|Users)/|[A-Z]:\\Users\\")
OUTSIDE_TALK = re.compile(
    r"\b(?:ChatGPT|Claude|Copilot|OpenAI|Anthropic|LLM)\b|\.\./shared/|\bissue\s*#?\d",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME)\b|\bNotImplementedError\b|заглушк")


def explanations() -> dict[str, str]:
    """Return the text under each ``### `code` `` heading of docs/errors.md."""
    parts = re.split(r"^### `([a-z-]+)`\n", ERRORS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = [re.split(r"^## ", text, flags=re.MULTILINE)[0].strip() for text in parts[2::2]]
    return dict(zip(parts[1::2], texts, strict=True))


def commands(group: click.Group, above: str = "docgen") -> Iterator[str]:
    """Return every command as typed, those of groups inside groups too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        elif not command.hidden:
            yield f"{above} {name}"


def project_files() -> Iterator[Path]:
    """Return what is kept of the project: its folders, and the files beside them."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file())


def project_texts() -> Iterator[tuple[str, str]]:
    """Return name and text of every file that people or programs read."""
    for path in project_files():
        name = str(path.relative_to(ROOT))
        if path == Path(__file__).resolve() or "__pycache__" in path.parts:
            continue
        if path.suffix in TEXTS or path.name in {"Makefile", "LICENSE", "run"}:
            yield name, path.read_text(encoding="utf-8")
        elif path.suffix in PAPERS and not path.name.startswith("~$"):
            with zipfile.ZipFile(path) as package:
                for part in (part for part in package.namelist() if not part.endswith(PICTURES)):
                    yield f"{name}: {part}", package.read(part).decode("utf-8", errors="replace")


def found(pattern: re.Pattern[str]) -> list[str]:
    """Return each place where the pattern stands."""
    return [
        f"{name}: {match[0]}" for name, text in project_texts() for match in pattern.finditer(text)
    ]


def test_every_problem_code_is_explained_and_no_other() -> None:
    assert sorted(explanations()) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_explanation_says_what_it_means_and_what_to_do(code: str) -> None:
    meaning, _, advice = explanations()[code].partition("**Что делать.**")
    assert re.search(r"[а-яё]{3}.*\.", meaning, re.DOTALL)
    assert re.search(r"[а-яё]{3}.*\.", advice, re.DOTALL)


def test_the_section_of_a_code_says_its_exit_code() -> None:
    sections = re.split(r"^## (.+)\n", ERRORS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    by_section = {
        title: {
            CODES[code].exit_code
            for code in re.findall(r"^### `(.+)`$", text, re.MULTILINE)
            if not CODES[code].is_by_place
        }
        for title, text in zip(sections[1::2], sections[2::2], strict=True)
    }
    found = {title: codes for title, codes in by_section.items() if title.startswith("Реестры")}
    assert found
    assert all(codes == {ExitCode.REGISTERS} for codes in found.values())
    assert by_section["Шаблоны и описания"] == {ExitCode.TEMPLATES}


def test_codes_that_registers_and_templates_share_are_named() -> None:
    (named,) = re.findall(r"Бывают и там и там ([^:]+):", ERRORS.read_text(encoding="utf-8"))
    shared = sorted(code for code, known in CODES.items() if known.is_by_place)
    assert sorted(re.findall(r"`([a-z-]+)`", named)) == shared


def test_every_exit_code_is_in_the_table() -> None:
    rows = re.findall(
        r"^\| (\d+) \| ([A-Z]+) \| \S", ERRORS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(str(code.value), code.name) for code in ExitCode]


def test_every_command_is_named_in_each_readme_and_in_docs() -> None:
    readmes = {page.name: page.read_text(encoding="utf-8") for page in ROOT.glob("README*.md")}
    docs = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("**/*.md"))
    places = {**readmes, "docs": docs}
    assert [
        f"{place}: {command}"
        for command in commands(cli)
        for place, text in places.items()
        if command not in text
    ] == []


def test_the_readme_names_the_two_commands_of_a_newcomer() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make packets" in readme
    assert "make test" in readme


def test_hooks_and_ci_call_the_commands_of_a_newcomer() -> None:
    hooks, makefile, ci = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in (".pre-commit-config.yaml", "Makefile", ".ci/run")
    )
    assert re.findall(r"^ +entry: (.+)$", hooks, re.MULTILINE) == ["make lint"]
    (needs,) = re.findall(r"^test: (.+?)  ##", makefile, re.MULTILINE)
    assert "lint" in needs.split()
    assert [line for line in ci.splitlines() if line.startswith("make")] == ["make test"]


def test_the_changelog_has_what_comes_above_dated_releases() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *releases = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert first == "[Unreleased]"
    assert releases
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", one) for one in releases)
    headings = set(re.findall(r"^### (.+)$", changelog, re.MULTILINE))
    assert headings <= {"Добавлено", "Изменено", "Исправлено"}


def pages() -> list[Path]:
    """Return the pages that people read: those of docs and those beside it."""
    return [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")]


def anchors(page: Path) -> set[str]:
    """Return what a link may name after ``#``: the headings of a page as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def code(page: Path) -> str:
    """Return what a page shows as code: its indented and fenced blocks and its spans."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^    .+$", rest, re.MULTILINE)
    return "\n".join([*fenced, *indented, *re.findall(r"`[^`]+`", rest)])


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages()
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_links_to_headings_name_headings() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}#{anchor}"
        for page in pages()
        for link, anchor in re.findall(
            r"\]\(([^)#:\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")
        )
        if anchor not in anchors(page.parent / link if link else page)
    ]
    assert broken == []


def test_every_command_that_a_page_names_is_there() -> None:
    targets = re.findall(
        r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    known = {"docgen": set(cli.commands), "make": set(targets)}
    unknown = [
        f"{page.relative_to(ROOT)}: {program} {word}"
        for page in pages()
        for program, word in re.findall(r"\b(docgen|make) ([a-z][a-z0-9-]*)", code(page))
        if word not in known[program]
    ]
    assert unknown == []


def test_every_option_that_a_page_names_is_one_of_its_command() -> None:
    unknown = [
        f"{page.relative_to(ROOT)}: docgen {name} {option}"
        for page in pages()
        for name, rest in re.findall(r"\bdocgen ([a-z][a-z-]*)([^`\n]*)", code(page))
        for option in re.findall(r"(?<!\w)--[a-z-]+", rest.partition("  #")[0])
        if option not in options_of(name)
    ]
    assert unknown == []


def test_the_contracts_name_every_option_of_each_command() -> None:
    contracts = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```\n(docgen init .+?)^```", contracts, re.MULTILINE | re.DOTALL)
    usage: dict[str, set[str]] = {}
    for name, rest in re.findall(r"^docgen ([a-z-]+)(.*(?:\n .*)*)", block, re.MULTILINE):
        usage.setdefault(name, set()).update(re.findall(r"--[a-z-]+", rest))
    common = {"--help", "-h", "--root"}
    assert usage == {name: options_of(name) - common for name in cli.commands}


def test_every_command_but_verify_takes_a_root() -> None:
    assert {name for name in cli.commands if "--root" not in options_of(name)} == {"verify"}


def options_of(name: str) -> set[str]:
    """Return the options of a command and of those below it, long and short."""
    command = load_command(name)
    below = command.commands.values() if isinstance(command, click.Group) else ()
    given = {
        one
        for each in (command, *below)
        for parameter in each.params
        for one in parameter.opts
        if one[0] == "-"
    }
    return given | {"--help", "-h"}


def test_the_layers_of_the_architecture_are_those_that_are_held() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for contract in ("one-way", "rooms"):
        names = [" | ".join(layer) for layer in module_tables.layers(contract)]
        assert " > ".join(names) in " ".join(architecture.split())


def test_modules_and_tests_that_pages_name_are_there() -> None:
    folders = "|".join(path.name for path in module_tables.packages())
    texts = [page.read_text(encoding="utf-8") for page in pages() if page != module_tables.PAGE]
    modules, tests = (
        {name for text in texts for name in re.findall(pattern, text)}
        for pattern in (
            rf"`((?:pipeline/)?(?:{folders})/[a-z_0-9/]+)(?:\.py)?`",
            r"`(tests/[a-z_0-9/]+\.py)`",
        )
    )
    assert len(modules) > 30
    assert {name for name in modules if not module_tables.find_module(name)} == set()
    assert {name for name in tests if not (ROOT / name).is_file()} == set()


def test_classes_that_the_table_of_nouns_names_are_there() -> None:
    names = (ROOT / "docs" / "names.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [a-z ,]+ \|([^|]+)\|", names, re.MULTILINE)
    named = {one for row in rows for one in re.findall(r"`(?:\w+\.)*([A-Z]\w+)(?:\.\w+)?`", row)}
    sources = [path.read_text(encoding="utf-8") for path in module_tables.PACKAGE.rglob("*.py")]
    known = {name for text in sources for name in re.findall(r"^class (\w+)", text, re.MULTILINE)}
    assert len(named) > 15
    assert named - known == set()


def test_the_tables_of_modules_say_what_docstrings_say() -> None:
    written = module_tables.PAGE.read_text(encoding="utf-8")
    assert written == module_tables.page(), f"write it anew: {module_tables.COMMAND}"


def test_the_project_names_no_path_of_a_machine() -> None:
    assert found(MACHINE_PATH) == []


def test_the_project_speaks_of_itself_alone() -> None:
    assert found(OUTSIDE_TALK) == []


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED) == []
