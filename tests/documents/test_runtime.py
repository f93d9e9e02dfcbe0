"""How templates run: what they raise is docgen's own and Jinja's at once."""

from __future__ import annotations

import datetime as dt

import pytest
from jinja2 import Environment, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.documents.runtime import (
    MissingBlockError,
    MissingNameError,
    UnprintableValueError,
    UnsafeEnvironmentError,
    make_strict,
    printable,
)
from docgen.errors import DocgenError
from docgen.wording.template_faults import RENDER_ERRORS


def strict() -> Environment:
    return make_strict(ImmutableSandboxedEnvironment(), {})


def test_templates_run_in_a_sandbox_only() -> None:
    with pytest.raises(UnsafeEnvironmentError):
        make_strict(Environment(autoescape=True), {})


def test_a_missing_name_is_known_with_those_that_would_have_done() -> None:
    with pytest.raises(MissingNameError) as caught:
        strict().from_string("{{ приказ.номр }}").render(приказ={"номер": 5})
    error = caught.value
    assert (error.name, error.known) == ("номр", ("номер",))
    assert "номр" in str(error)
    assert isinstance(error, DocgenError)
    assert isinstance(error, UndefinedError)


def test_a_missing_block_is_known_by_its_name() -> None:
    with pytest.raises(TemplateNotFound) as caught:
        strict().from_string("{% include 'подпись' %}").render()
    error = caught.value
    assert (error.name, str(error)) == ("подпись", "подпись")
    assert isinstance(error, MissingBlockError)
    assert isinstance(error, DocgenError)
    optional = strict().from_string("{% include 'подпись' ignore missing %}да")
    assert optional.render() == "да"


@pytest.mark.parametrize("value", [None, True, 0.5, dt.date(2026, 9, 1), [1], {}, "а\x00"])
def test_a_value_that_would_print_badly_is_refused_in_russian(value: object) -> None:
    with pytest.raises(UnprintableValueError, match=r"[а-я]{3}") as caught:
        printable(value)
    assert isinstance(caught.value, DocgenError)
    assert isinstance(caught.value, RENDER_ERRORS)


def test_line_breaks_of_all_systems_are_printed_alike() -> None:
    assert printable("один\r\nдва\rтри") == "один\nдва\nтри"
    assert printable(5) == "5"


@pytest.mark.parametrize("constant", ["true", "(1, 2)", "{'а': 1}", "1.5", "1e22", "none", "[1]"])
def test_a_constant_is_looked_at_like_any_value(constant: str) -> None:
    with pytest.raises(UnprintableValueError):
        strict().from_string(f"{{{{ {constant} }}}}").render()
