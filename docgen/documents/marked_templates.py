"""Copies of templates for looking: what is wrong as comments of Word at its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.documents.library import BODY
from docgen.errors import Problem
from docgen.ooxml import WordComment, with_comments

_AUTHOR: Final = "docgen"


def marked_template(template: Path, problems: Sequence[Problem], shown: str) -> bytes:
    """Return a copy of a template that shows its problems; ``shown`` is its path for people.

    Only the body can hold comments: what is wrong with a header, or with the file as a whole, is
    said at the first paragraph.

    Raises:
        TemplateError: when it cannot be opened.
    """
    notice = f"Это копия с пометками: исправляйте в самом шаблоне {shown}"
    ordered = sorted(problems, key=lambda one: one.rank)
    comments = [WordComment(0, notice), *map(_comment, ordered)]
    return with_comments(template, comments, _AUTHOR)


def _comment(problem: Problem) -> WordComment:
    where = problem.where
    tag = f" (тег {where.tag})" if where.tag and where.tag not in problem.message else ""
    words = problem.severity.words
    said = f"{words[:1].upper()}{words[1:]}: {problem.message}{tag}"
    is_in_body = where.part in {"", BODY}
    if is_in_body and where.paragraph:
        return WordComment(where.paragraph, said, where.tag)
    place = "документ целиком" if is_in_body else where.part
    number = f", абзац {where.paragraph}" if where.paragraph else ""
    return WordComment(0, f"{place[:1].upper()}{place[1:]}{number}.\n{said}")
