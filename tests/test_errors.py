"""Problems, their places and exit codes."""

from __future__ import annotations

import pickle

import pytest

from docgen.errors import (
    CODES,
    ConversionError,
    DocgenError,
    ExitCode,
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


def test_a_problem_prints_place_sentence_and_code() -> None:
    problem = Problem("bad-date", Location("Книга.xlsx", "Пары", "C7"), "не дата: «31.02»")
    assert str(problem) == "Книга.xlsx, лист «Пары», ячейка C7: не дата: «31.02» [bad-date]"
    assert str(Problem("usage", Location(), "нет папки")) == "нет папки [usage]"


def test_a_problem_is_an_error_unless_it_is_made_a_warning() -> None:
    assert Problem("bad-date", Location(), "").is_error
    told = warning("day-off", Location(), "воскресенье")
    assert not told.is_error
    assert told.severity is Severity.WARNING


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
