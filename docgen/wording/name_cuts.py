"""Names taken out of sentences that stay whole without them: from brackets, after a post."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from docgen.model import Workspace, sameness
from docgen.wording.named_people import Mention, name_index, post_forms

IsForeign: TypeAlias = Callable[[Mention], bool]

_BRACKETS: Final = re.compile(r"[ \u00a0]?\(([^()]*)\)")
_ACQUAINT: Final = re.compile(r"\bознакомить\b[^.;]*$", re.IGNORECASE)
_REST: Final = re.compile(r"([ \u00a0]*и[ \u00a0]*названных[^.;]*)?[ \u00a0.;]*$")
_BETWEEN: Final = re.compile(r"[ \u00a0]*(?:,|и|;)[ \u00a0]*")
_ROLE: Final = re.compile(
    r"(?:^|[\s(«])(?:наставни(?:к|ц)|наставляем|куратор|координатор|педагог|учител|воспитател|работник"
    r"|сотрудник|специалист|обучающ|учени(?:к|ц)|председател|секретар|руководител|директор)[а-яё]*$",
    re.IGNORECASE,
)
"""A noun that says who, so that a name after it adds nothing to the sentence."""


def foreign_in(text: str, is_foreign: IsForeign, workspace: Workspace) -> list[Mention]:
    """Return the names of a text that are none of those who may stand there."""
    return [one for one in name_index(workspace).mentions(text) if is_foreign(one)]


def without_names(text: str, is_foreign: IsForeign, workspace: Workspace) -> str:
    """Return a text without the foreign names that it can spare; others stay where they are."""
    if not foreign_in(text, is_foreign, workspace):
        return text

    def kept(match: re.Match[str]) -> str:
        between = ";" if ";" in match[1] else ","
        items = [one.strip() for one in match[1].split(between)]
        own = [one for one in items if not foreign_in(one, is_foreign, workspace)]
        if len(own) == len(items):
            return match[0]
        return f"{match[0][: match[0].index('(')]}({f'{between} '.join(own)})" if own else ""

    cut = _BRACKETS.sub(kept, text)
    for run in reversed(_runs(cut, workspace)):
        before = cut[: run[0].start].rstrip(" \u00a0")
        if all(map(is_foreign, run)) and _says_who(before, run, workspace):
            cut = before + cut[run[-1].end :]
    return cut


def acquainted_list(text: str, workspace: Workspace) -> tuple[list[Mention], int]:
    """Return the names with which a point about acquaintance ends, and where their list ends.

    «… ознакомить с настоящим приказом под подпись Шевченко О.И., Черных Н.В. и названных в нём
    работников»: nothing agrees with how many they are, so that the sentence stays whole without.
    """
    runs = _runs(text, workspace)
    if not runs or not _ACQUAINT.search(text[: runs[-1][0].start]):
        return [], 0
    end = runs[-1][-1].end
    rest = _REST.match(text, end)
    return (runs[-1], rest.end(1) if rest[1] else end) if rest is not None else ([], 0)


def without_acquainted(text: str, is_foreign: IsForeign, workspace: Workspace) -> str:
    """Return a point about acquaintance with the names of those alone who may stand there."""
    listed, end = acquainted_list(text, workspace)
    own = [text[one.start : one.end] for one in listed if not is_foreign(one)]
    if not any(map(is_foreign, listed)):
        return text
    others = text[listed[-1].end : end]
    if not own and not others:
        return text
    kept = ", ".join(own) + (others if own else others.partition("и")[2].lstrip())
    return text[: listed[0].start] + kept + text[end:]


def _runs(text: str, workspace: Workspace) -> list[list[Mention]]:
    """Return the names of a text by lists: «Иванову А.А., Петрову Б.Б. и Орлову В.В.»."""
    runs: list[list[Mention]] = []
    for one in name_index(workspace).mentions(text):
        if runs and _BETWEEN.fullmatch(text[runs[-1][-1].end : one.start]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _says_who(before: str, run: Sequence[Mention], workspace: Workspace) -> bool:
    """Return whether the words before names end in their bearer's post, or a noun like it."""
    if _ROLE.search(before.translate({0xA0: " "})):
        return True
    if len(run) > 1 or not run[0].people:
        return False
    folded = sameness(before)
    return all(
        any(
            folded.endswith(form) and not folded[: -len(form)][-1:].isalpha()
            for form in post_forms(key, workspace)
        )
        for key in run[0].people
    )
