"""Acts that templates name themselves: held to the day of each paper, as those of registers are."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import Location, Problem, warning
from docgen.model import PlannedDocument
from docgen.model.states import UNSIGNED
from docgen.pipeline.workspace.render import Rendered
from docgen.records.check_citations import why_not_in_force
from docgen.wording.days import UNKNOWN_DAY

KnownActs = set[tuple[str, str, str]]
"""What was said: the kind, the order if any, the act."""


def act_warnings(
    document: PlannedDocument, rendered: Rendered, known: KnownActs
) -> Iterator[Problem]:
    """Yield a warning for each act that the template prints and that is not in force that day.

    It is said once of the papers of one kind and order, the sheets of many people among them;
    ``known`` is filled with what was said.
    """
    if document.state not in UNSIGNED or document.date == UNKNOWN_DAY:
        return
    order = document.order.identity if document.order is not None else ""
    for act in rendered.acts:
        why = why_not_in_force(act, document.date)
        key = (document.kind.name, order, act.identity)
        if why and key not in known:
            known.add(key)
            yield warning(
                "act-not-in-force",
                Location(file=str(document.kind.template)),
                f"«{document.title}»: шаблон ссылается на «{act.identity}», который на день бумаги "
                f"{document.date:%d.%m.%Y} {why}; поставьте в шаблоне условие "
                f"{{% if акт('{act.identity}').действует %}} или назовите другой акт",
            )
