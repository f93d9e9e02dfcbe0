"""Numbers of a text's parts: through it or anew, in any look, typed ones kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from docgen.model.choices import Numbering
from docgen.wording.part_numbers import PartNumbers

TWO_SECTIONS = ("раздел", "пункт", "пункт", "подпункт", "подпункт", "раздел", "пункт", "подпункт")
TWO_CHAPTERS = ("глава", "раздел", "пункт", "раздел", "пункт", "глава", "раздел", "пункт")


def numbers(rule: str, parts: Sequence[str], marks: Mapping[str, str] | None = None) -> str:
    """Return the numbers of parts in a row."""
    count = PartNumbers(rule, marks or {})
    return " ".join(count.numbered(part, "Слова")[0].replace(" ", "_") for part in parts)


@pytest.mark.parametrize(
    ("rule", "parts", "wanted"),
    [
        (Numbering.BY_SECTION, TWO_SECTIONS, "1. 1.1. 1.2. 1.2.1. 1.2.2. 2. 2.1. 2.1.1."),
        (Numbering.THROUGH, TWO_SECTIONS, "1. 1. 2. 2.1. 2.2. 2. 3. 3.1."),
        (Numbering.IN_SECTION, TWO_SECTIONS, "1. 1. 2. 2.1. 2.2. 2. 1. 1.1."),
        (Numbering.BY_SECTION, TWO_CHAPTERS, "Глава_1. 1. 1.1. 2. 2.1. Глава_2. 3. 3.1."),
        (Numbering.IN_CHAPTER, TWO_CHAPTERS, "Глава_1. 1. 1. 2. 2. Глава_2. 1. 1."),
        (Numbering.IN_SECTION, TWO_CHAPTERS, "Глава_1. 1. 1. 2. 1. Глава_2. 3. 1."),
        (Numbering.THROUGH, TWO_CHAPTERS, "Глава_1. 1. 1. 2. 2. Глава_2. 3. 3."),
        (Numbering.BY_SECTION, ("пункт", "пункт", "подпункт"), "1. 2. 2.1."),
        (Numbering.BY_SECTION, ("глава", "пункт", "глава", "пункт"), "Глава_1. 1.1. Глава_2. 2.1."),
        (Numbering.BY_SECTION, ("раздел", "подпункт", "абзац", "подпункт"), "1. 1.1.  1.2."),
        (Numbering.NONE, TWO_SECTIONS[:3], "  "),
    ],
)
def test_points_are_counted_as_the_rule_says(
    rule: Numbering, parts: tuple[str, ...], wanted: str
) -> None:
    assert numbers(rule, parts) == wanted


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        ({"раздел": "I."}, "I. 1.1. 1.2. 1.2.1. 1.2.2. II. 2.1. 2.1.1."),
        ({"подпункт": "1)"}, "1. 1.1. 1.2. 1) 2) 2. 2.1. 1)"),
        ({"подпункт": "а)"}, "1. 1.1. 1.2. а) б) 2. 2.1. а)"),
        (
            {"раздел": "Раздел 1.", "пункт": "1."},
            "Раздел_1. 1. 2. 1.2.1. 1.2.2. Раздел_2. 1. 2.1.1.",
        ),
        ({"раздел": "Раздел I –"}, "Раздел_I_– 1.1. 1.2. 1.2.1. 1.2.2. Раздел_II_– 2.1. 2.1.1."),
    ],
)
def test_a_kind_shows_by_a_sample_how_numbers_look(marks: dict[str, str], wanted: str) -> None:
    assert numbers(Numbering.BY_SECTION, TWO_SECTIONS, marks) == wanted


def test_letters_leave_out_those_that_are_taken_for_others() -> None:
    count = PartNumbers(marks={"подпункт": "а)"})
    letters = "".join(count.numbered("подпункт", "слова")[0][0] for _ in range(12))
    assert letters == "абвгдежиклмн"


@pytest.mark.parametrize(
    ("typed", "number", "words"),
    [
        ("3. Порядок", "3.", "Порядок"),
        ("2.4. Наставник обязан", "2.4.", "Наставник обязан"),
        ("2.4 Наставник обязан", "2.4", "Наставник обязан"),
        ("7) уважать", "7)", "уважать"),
        ("б) уважать", "б)", "уважать"),
        ("IV. Порядок", "IV.", "Порядок"),
        ("10 рабочих дней даётся на ответ", "1.", "10 рабочих дней даётся на ответ"),
        ("31.08.2026 издан приказ", "1.", "31.08.2026 издан приказ"),
        ("В школе", "1.", "В школе"),
    ],
)
def test_a_number_that_is_typed_stays(typed: str, number: str, words: str) -> None:
    assert PartNumbers().numbered("пункт", typed) == (number, words)


def test_the_count_goes_on_from_a_typed_number() -> None:
    count = PartNumbers()
    typed = [
        ("раздел", "3. Порядок"),
        ("пункт", "слова"),
        ("пункт", "3.5. слова"),
        ("пункт", "ещё"),
    ]
    assert [count.numbered(*one)[0] for one in typed] == ["3.", "3.1.", "3.5.", "3.6."]
