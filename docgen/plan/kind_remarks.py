"""What the entry of a kind has to say about the rows of one of its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.errors import Location, Problem, StageError, warning
from docgen.model import Kind, Record, Reference, Variable
from docgen.model.columns import STATE
from docgen.model.states import FROZEN
from docgen.plan.selection import values_at
from docgen.plan.targets import DocumentTarget
from docgen.wording import Scope, text_of
from docgen.wording.variables import fill_entry


def kind_remarks(
    kind: Kind, target: DocumentTarget, variables: Mapping[str, object], scope: Scope
) -> Iterator[Problem]:
    """Yield a warning for each of a kind's checks that a document does not pass.

    Blank forms and what belongs to a signed order are past checking.
    """
    order = target.order
    is_frozen = order is not None and text_of(order.values.get(STATE)) in FROZEN
    if not kind.checks or target.is_blank_form or is_frozen:
        return
    for number, check in enumerate(kind.checks, start=1):
        key = f"checks[{number}]"
        condition = f"{{% if {check.when} %}}1{{% endif %}}"
        try:
            if not fill_entry(kind, f"{key}.when", condition, variables):
                continue
            said = fill_entry(kind, f"{key}.says", check.says, variables)
            title = fill_entry(kind, "title", kind.title, variables)
        except StageError as error:
            yield from error.problems
            continue
        yield warning("paper-doubtful", _place_of(check.at, target, scope), f"{title}: {said}")


def _place_of(path: str, target: DocumentTarget, scope: Scope) -> Location:
    """Return the cell at a path of variables and columns; where it ends early, that row."""
    first, _, rest = path.partition(".")
    row = _row_of(target.variables.get(first), scope)
    if row is None:
        return target.row.where if target.row is not None else Location()
    steps = rest.split(".") if rest else []
    if len(steps) > 1:
        found = values_at(row, ".".join(steps[:-1]), scope.workspace)
        below = [_row_of(value, scope) for _, value in found if isinstance(value, Reference)]
        row = next((one for one in below if one is not None), row)
    return row.cells.get(steps[-1], row.where) if steps else row.where


def _row_of(value: Variable | None, scope: Scope) -> Record | None:
    """Return the row that a variable stands for, of a list the first one."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    if isinstance(value, Reference):
        return scope.workspace.version(value, scope.day)
    return value if isinstance(value, Record) else None
