"""Which tag closes which; conditions and loops must begin and end in the same place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.documents.tags import BRANCH_TAGS, CLOSING_TAGS, PlacedTag
from docgen.wording.template_work import LIMIT_BRANCHES, LIMIT_NESTED_TAGS

_TOO_DEEP: Final = (
    f"условия и циклы вложены глубже {LIMIT_NESTED_TAGS}; соедините условия словами and и or или "
    "вынесите часть в блок"
)
_TOO_MANY_BRANCHES: Final = f"у условия больше {LIMIT_BRANCHES} ветвей; разделите его на несколько"


@dataclass(slots=True)
class _TagGroup:
    """The tags of one condition or loop by index; filled while the tags are read."""

    keyword: str
    members: list[int] = field(default_factory=list)


def check_nesting(placed: list[PlacedTag]) -> tuple[list[PlacedTag], list[tuple[PlacedTag, str]]]:
    """Return the tags with their scopes corrected, and the faults of their nesting.

    Where each tag of a condition or loop is alone in its paragraph, all are taken as ``{%p``;
    otherwise they would leave empty paragraphs.
    """
    groups, faults = _grouped(placed)
    faults += _size_faults(placed, groups)
    corrected = list(placed)
    for group in groups:
        members = [placed[index] for index in group.members]
        if all(one.tag.scope == "p" or (not one.tag.scope and one.is_alone) for one in members):
            for index in group.members:
                corrected[index] = replace(placed[index], tag=replace(placed[index].tag, scope="p"))
        fault = _level_fault([corrected[index] for index in group.members])
        if fault:
            faults.append((members[0], fault))
    return corrected, faults


def _grouped(placed: list[PlacedTag]) -> tuple[list[_TagGroup], list[tuple[PlacedTag, str]]]:
    groups: list[_TagGroup] = []
    faults: list[tuple[PlacedTag, str]] = []
    stack: list[_TagGroup] = []
    for index, one in enumerate(placed):
        keyword = one.tag.keyword
        if keyword in CLOSING_TAGS:
            stack.append(_TagGroup(keyword, [index]))
        elif keyword in BRANCH_TAGS:
            if stack and stack[-1].keyword in BRANCH_TAGS[keyword]:
                stack[-1].members.append(index)
            else:
                faults.append((one, f"«{keyword}» стоит вне условия; перед ним нужен {{% if … %}}"))
        elif keyword in CLOSING_TAGS.values():
            if stack and CLOSING_TAGS[stack[-1].keyword] == keyword:
                stack[-1].members.append(index)
                groups.append(stack.pop())
            else:
                faults.append((one, _extra_end(keyword, stack)))
    faults += [
        (
            placed[group.members[0]],
            f"тег не закрыт: ниже нужен {{% {CLOSING_TAGS[group.keyword]} %}}",
        )
        for group in stack
    ]
    return groups, faults


def _size_faults(
    placed: list[PlacedTag], groups: list[_TagGroup]
) -> Iterator[tuple[PlacedTag, str]]:
    """Yield the tags at which conditions and loops go deeper, or on longer, than can be run."""
    depth = 0
    for one in placed:
        depth += one.tag.keyword in CLOSING_TAGS
        depth -= one.tag.keyword in CLOSING_TAGS.values()
        if depth > LIMIT_NESTED_TAGS:
            yield one, _TOO_DEEP
            break
    for group in groups:
        if len(group.members) > LIMIT_BRANCHES:
            yield placed[group.members[0]], _TOO_MANY_BRANCHES


def _extra_end(keyword: str, stack: list[_TagGroup]) -> str:
    if stack:
        return f"здесь ждали {{% {CLOSING_TAGS[stack[-1].keyword]} %}}, а стоит {{% {keyword} %}}"
    return f"лишний {{% {keyword} %}}: выше нет открывающего тега"


def _level_fault(members: list[PlacedTag]) -> str:
    """Return why the tags of a condition or loop do not stand in the same place, or nothing."""
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


def _level(one: PlacedTag) -> tuple[str, int]:
    paragraph = one.paragraph
    numbers = {"p": paragraph.container, "tr": paragraph.table, "tc": paragraph.row}
    return one.tag.scope, numbers.get(one.tag.scope, paragraph.number)
