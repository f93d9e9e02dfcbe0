"""Which tag closes which: conditions and loops must begin and end on one level."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from docgen.documents.tags import BLOCKS, MIDDLES, Placed


@dataclass(slots=True)
class _TagGroup:
    """A condition or loop with the indexes of all its tags."""

    keyword: str
    members: list[int] = field(default_factory=list)


def check_nesting(placed: list[Placed]) -> tuple[list[Placed], list[tuple[Placed, str]]]:
    """Return the tags with scopes as meant, and the faults of their nesting.

    Lone tags of a condition or loop are taken as ``{%p``, else they would leave empty paragraphs.
    """
    groups, faults = _grouped(placed)
    meant = list(placed)
    for group in groups:
        members = [placed[index] for index in group.members]
        if all(one.tag.scope == "p" or (not one.tag.scope and one.is_alone) for one in members):
            for index in group.members:
                meant[index] = replace(placed[index], tag=replace(placed[index].tag, scope="p"))
        fault = _level_fault([meant[index] for index in group.members])
        if fault:
            faults.append((members[0], fault))
    return meant, faults


def _grouped(placed: list[Placed]) -> tuple[list[_TagGroup], list[tuple[Placed, str]]]:
    groups: list[_TagGroup] = []
    faults: list[tuple[Placed, str]] = []
    stack: list[_TagGroup] = []
    for index, one in enumerate(placed):
        keyword = one.tag.keyword
        if keyword in BLOCKS:
            stack.append(_TagGroup(keyword, [index]))
        elif keyword in MIDDLES:
            if stack and stack[-1].keyword in MIDDLES[keyword]:
                stack[-1].members.append(index)
            else:
                faults.append((one, f"«{keyword}» стоит вне условия; перед ним нужен {{% if … %}}"))
        elif keyword in BLOCKS.values():
            if stack and BLOCKS[stack[-1].keyword] == keyword:
                stack[-1].members.append(index)
                groups.append(stack.pop())
            else:
                faults.append((one, _extra_end(keyword, stack)))
    faults += [
        (placed[group.members[0]], f"тег не закрыт: ниже нужен {{% {BLOCKS[group.keyword]} %}}")
        for group in stack
    ]
    return groups, faults


def _extra_end(keyword: str, stack: list[_TagGroup]) -> str:
    if stack:
        return f"здесь ждали {{% {BLOCKS[stack[-1].keyword]} %}}, а стоит {{% {keyword} %}}"
    return f"лишний {{% {keyword} %}}: выше нет открывающего тега"


def _level_fault(members: list[Placed]) -> str:
    """Return why tags of one condition or loop do not stand on one level, or nothing."""
    first = members[0]
    for one in members[1:]:
        if _level(one) == _level(first):
            continue
        where = f"тег {one.tag.raw} в абзаце {one.paragraph.number}"
        if one.tag.scope != first.tag.scope:
            return (
                f"{where} другого вида, чем {first.tag.raw}: оба пишите одинаково — {{%p …%}} "
                "для абзацев, {%tr …%} для строк таблицы, {% …%} внутри одного абзаца"
            )
        return (
            f"{where} стоит в другом месте, чем {first.tag.raw}: оба нужны в одном абзаце, "
            "либо каждый в отдельном абзаце ({%p …%}) или строке одной таблицы ({%tr …%})"
        )
    return ""


def _level(one: Placed) -> tuple[str, int]:
    paragraph = one.paragraph
    numbers = {"p": paragraph.container, "tr": paragraph.table, "tc": paragraph.row}
    return one.tag.scope, numbers.get(one.tag.scope, paragraph.number)
