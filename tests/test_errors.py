"""Problems, their places and exit codes."""

from __future__ import annotations

import ast
import importlib
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import click
import pytest

import docgen
from docgen import sources
from docgen.errors import (
    ConversionError,
    DocgenError,
    Location,
    PacketError,
    Problem,
    RegisterError,
    Severity,
    SignalError,
    StageError,
    TemplateError,
    UsageError,
    exit_code_of,
    warning,
)
from docgen.problem_codes import CODES, ExitCode


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Location(), ""),
        (Location("Книга.xlsx", "Пары", "C7"), "Книга.xlsx, лист «Пары», ячейка C7"),
        (Location("Книга.xlsx", "Пары", "строка 7"), "Книга.xlsx, лист «Пары», строка 7"),
        (
            Location("приказ.docx", part="колонтитул", paragraph=3, tag="{{ x }}"),
            "приказ.docx, колонтитул, абзац 3, тег {{ x }}",
        ),
        (Location("приказ.toml", key="title"), "приказ.toml, ключ «title»"),
        (Location(key="personal"), "ключ «personal»"),
    ],
)
def test_a_place_is_written_as_a_person_would_look_for_it(where: Location, text: str) -> None:
    assert str(where) == text


def test_a_problem_prints_its_paper_its_sentence_its_place_and_its_code() -> None:
    problem = Problem("bad-date", Location("Книга.xlsx", "Пары", "C7"), "не дата: «31.02»")
    assert str(problem) == "не дата: «31.02» (Книга.xlsx, лист «Пары», ячейка C7) [bad-date]"
    of_a_pair = replace(problem, subject="пара Шапиро – Белых")
    assert str(of_a_pair).startswith("пара Шапиро – Белых: не дата: «31.02» (Книга.xlsx, ")
    assert of_a_pair == problem, "what it is about is no other problem"
    assert str(Problem("usage", Location(), "нет папки")) == "нет папки [usage]"


def test_a_problem_is_an_error_unless_it_is_made_a_warning() -> None:
    assert Problem("bad-date", Location(), "").is_error
    problem = warning("day-off", Location(), "воскресенье")
    assert not problem.is_error
    assert problem.severity is Severity.WARNING


def test_a_code_that_no_page_explains_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-code"):
        Problem("no-such-code", Location(), "")


def test_codes_are_english_words_with_a_meaning() -> None:
    for code, known in CODES.items():
        assert code == code.lower()
        assert code.isascii()
        assert known.meaning


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".toml", ""])
def test_a_code_that_registers_and_templates_share_counts_by_its_place(suffix: str) -> None:
    where = Location(f"файл{suffix}" if suffix else "")
    expected = ExitCode.TEMPLATES if suffix in {".docx", ".toml"} else ExitCode.REGISTERS
    assert where.is_template == (expected is ExitCode.TEMPLATES)
    shared = {code for code, known in CODES.items() if known.is_by_place}
    assert shared == {"gender-missing", "missing-glyph", "missing-value", "undefined-variable"}
    for code in shared:
        assert Problem(code, where, "").exit_code is expected
    for code, known in CODES.items():
        assert code in shared or Problem(code, where, "").exit_code is known.exit_code


def test_of_several_errors_the_lowest_exit_code_counts_and_warnings_have_none() -> None:
    template = Problem("bad-template", Location("приказ.docx"), "")
    cell = Problem("bad-date", Location("Книга.xlsx", "Пары", "C7"), "")
    assert exit_code_of([]) is ExitCode.DONE
    assert exit_code_of([template]) is ExitCode.TEMPLATES
    assert exit_code_of([template, cell]) is ExitCode.REGISTERS
    assert exit_code_of([warning("day-off", Location(), "")]) is ExitCode.DONE


def test_an_exception_carries_every_problem() -> None:
    problems = [Problem("bad-date", Location(), "раз"), Problem("bad-number", Location(), "два")]
    error = RegisterError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "раз [bad-date]\nдва [bad-number]"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DocgenError, ExitCode.BUG),
        (UsageError, ExitCode.USAGE),
        (RegisterError, ExitCode.REGISTERS),
        (TemplateError, ExitCode.TEMPLATES),
        (ConversionError, ExitCode.CONVERSION),
        (PacketError, ExitCode.PACKET),
    ],
)
def test_every_exception_knows_the_exit_code_it_ends_in(
    kind: type[DocgenError], code: ExitCode
) -> None:
    assert kind([]).exit_code is code
    assert issubclass(kind, DocgenError)


def test_a_signal_carries_a_message_and_no_problems() -> None:
    class OddError(SignalError, ValueError):
        pass

    assert str(OddError("a page without a size")) == "a page without a size"
    assert str(OddError()) == ""
    assert OddError(3).problems == ()
    assert OddError.exit_code is ExitCode.BUG
    assert not issubclass(OddError, StageError)
    again = pickle.loads(pickle.dumps(SignalError("no place")))
    assert (str(again), again.problems) == ("no place", ())


# --- what is raised on purpose ---------------------------------------------------------------

OF_PYTHON = {
    # Python itself asks for it: getattr() and hasattr() know no other.
    "AttributeError": "__getattr__",
    # A signal ends the run as Ctrl-C does.
    "KeyboardInterrupt": "_interrupt uninterrupted",
    # What tomllib raises of an entry that is too deep: it is answered as that is.
    "RecursionError": "_loaded",
    # What Jinja raises: a template that is too deep, or asks for what it must not, is told alike.
    "SecurityError": "check_method",
    "TemplateSyntaxError": "_compile _generate _parse check_depth",
    # What openpyxl's parser raises: a damaged part is reported alike, whoever reads it.
    "ParseError": "parse_part",
}
"""Exceptions of other people that docgen raises on purpose, and the functions that may."""


def module_of(path: Path) -> ModuleType:
    parts = path.relative_to(sources.import_folder()).with_suffix("").parts
    return importlib.import_module(".".join(parts).removesuffix(".__init__"))


def raises_in(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Yield each exception that a module raises, with the name of the function around it."""
    waiting: list[tuple[str, ast.AST]] = [("", ast.parse(path.read_text("utf-8")))]
    while waiting:
        function, node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield function, node.exc
        waiting += [(function, child) for child in ast.iter_child_nodes(node)]


def class_raised(raised: ast.expr, module: ModuleType) -> type[BaseException] | None:
    """Return the class of an exception, or ``None`` for one that was caught before."""
    named = raised.func if isinstance(raised, ast.Call) else raised
    if not isinstance(named, ast.Name | ast.Attribute):
        return None
    try:
        found = eval(ast.unparse(named), {**vars(module)})
    except NameError:
        return None
    if not isinstance(found, type):
        found = eval(found.__annotations__["return"], {**found.__globals__})
    assert isinstance(found, type)
    return found if issubclass(found, BaseException) else None


@pytest.mark.parametrize(
    "path",
    sources.source_files(),
    ids=lambda path: path.relative_to(sources.import_folder()).as_posix(),
)
def test_all_that_is_raised_on_purpose_has_one_root(path: Path) -> None:
    module = module_of(path)
    strange = []
    for function, raised in raises_in(path):
        kind = class_raised(raised, module)
        if kind is None:
            # Raised again: what a handler caught, or a copy of it with more problems.
            again = ast.unparse(raised).partition("(")[0]
            assert again in {"parsed", "type", "error"}, ast.unparse(raised)
        elif not (
            issubclass(kind, DocgenError | click.ClickException)
            or function in OF_PYTHON.get(kind.__name__, "").split()
        ):
            strange.append(f"{function}: {ast.unparse(raised)}")
    assert strange == []


@pytest.mark.parametrize(
    "error",
    [
        UsageError([Problem("usage", Location(file="а.docx"), "нет файла")]),
        SignalError("a broken page"),
        SignalError(),
    ],
)
def test_an_error_comes_whole_through_a_pipe(error: DocgenError) -> None:
    sent = pickle.loads(pickle.dumps(error))
    assert type(sent) is type(error)
    assert (sent.args, sent.problems, str(sent)) == (error.args, error.problems, str(error))


# --- one thing to do -------------------------------------------------------------------------

WHAT_TO_DO = re.compile(r"\w(?:ите|йте|ьте)(?:сь)?\b|docgen |\?")
"""A verb that asks, a command, or a question that a person answers."""
NOTHING_TO_DO = {
    "archive-healed": "it was mended already",
    "archive-extra": "the next build moves it",
    "frozen-differs": "a void order stays, or the order that is needed is named",
    "doubtful-date": "a date on paper stays as it is; the paper counts as unsigned",
}
_SHORTEST_SENTENCE = 10


def sentences() -> Iterator[tuple[str, str, str]]:
    """Yield place, code and sentence of each problem whose sentence is written where it is made.

    Sentences that end in a word of the running program are left out: that word is the advice.
    """
    for path in sorted(Path(docgen.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in {"Problem", "warning"} or len(node.args) < 3:
                continue
            code, said = node.args[0], node.args[2]
            if isinstance(code, ast.Constant) and (text := written(said)):
                yield f"{path.name}:{node.lineno}", str(code.value), text


def written(node: ast.expr) -> str:
    """Return a sentence with «…» for what the running program puts in; "" when it ends so."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr) or isinstance(node.values[-1], ast.FormattedValue):
        return ""
    said = (str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)
    text = "".join(said)
    return text if len(text) > _SHORTEST_SENTENCE else ""


def test_every_sentence_says_what_to_do() -> None:
    found = list(sentences())
    assert len(found) > 60
    silent = [
        (place, text)
        for place, code, text in found
        if code not in NOTHING_TO_DO and not WHAT_TO_DO.search(text)
    ]
    assert silent == []
