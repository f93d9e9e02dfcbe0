"""Which blocks a template includes, and whether they exist and do not include themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import Environment, nodes

from docgen.documents.tags import name_suggestion
from docgen.documents.template_code import TemplateCode
from docgen.errors import Problem


def include_problems(
    source: TemplateCode, blocks: Mapping[str, TemplateCode | None], environment: Environment
) -> Iterator[Problem]:
    """Yield the problems of blocks that do not exist or include themselves in a circle.

    Args:
        source: The template or block that includes them.
        blocks: All blocks by name; None for a broken one, whose problems are reported elsewhere.
        environment: Parses the code.
    """
    for node in _includes(source, environment):
        name, place = _constant(node), source.place(node.lineno)
        if name is None or (name not in blocks and node.ignore_missing):
            continue
        if name not in blocks:
            known = ", ".join(f"«{one}»" for one in sorted(blocks)) or "ни одного"
            hint = name_suggestion(name, blocks)
            yield Problem("undefined-variable", place, f"блока «{name}» нет; есть: {known}.{hint}")
        elif name in _reached(name, blocks, environment):
            yield Problem(
                "bad-template", place, f"блок «{name}» вставляет сам себя по кругу; разорвите круг"
            )


def _includes(source: TemplateCode, environment: Environment) -> Iterator[nodes.Include]:
    if "include" in source.text:
        yield from environment.parse(source.text).find_all(nodes.Include)


def _constant(node: nodes.Include) -> str | None:
    """Return the name of an included block, unless the template computes it."""
    return str(node.template.value) if isinstance(node.template, nodes.Const) else None


def _reached(
    name: str, blocks: Mapping[str, TemplateCode | None], environment: Environment
) -> set[str]:
    """Return the blocks that a block includes, directly or through others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        source = blocks.get(waiting.pop())
        if source is None:
            continue
        for node in _includes(source, environment):
            inner = _constant(node)
            if inner is not None and inner not in reached:
                reached.add(inner)
                waiting.append(inner)
    return reached
