"""What the entry of a kind has to say about the rows of one of its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.errors import Location, Problem, StageError, warning
from docgen.model import Kind, KindCheck, Record, Reference, Variable
from docgen.model.columns import STATE
from docgen.model.states import DRAFTS, FROZEN
from docgen.plan.selection import values_at
from docgen.plan.targets import DocumentTarget
from docgen.wording import Scope, text_of
from docgen.wording.variables import fill_entry


def kind_remarks(
    kind: Kind, target: DocumentTarget, variables: Mapping[str, object], scope: Scope
) -> Iterator[Problem]:
    """Yield what a kind's checks find in a document: a warning, or an error if a check says so.

    Blank forms and what belongs to a signed order are past checking; a draft has warnings alone.
    """
    state = text_of(target.order.values.get(STATE)) if target.order is not None else ""
    if not kind.checks or target.is_blank_form or state in FROZEN:
        return
    for number, check in enumerate(kind.checks, start=1):
        key = f"checks[{number}]"
        condition = f"{{% if {check.when} %}}1{{% endif %}}"
        make = Problem if check.is_error and state not in DRAFTS else warning
        for row in _asked(check, target, scope):
            seen = {**variables, **{name: scope.view(one) for name, one in row.items()}}
            try:
                if not fill_entry(kind, f"{key}.when", condition, seen):
                    continue
                said = fill_entry(kind, f"{key}.says", check.says, seen)
                title = fill_entry(kind, "title", kind.title, variables)
            except StageError as error:
                yield from error.problems
                continue
            where = _place_of(check.at, {**target.variables, **row}, target, scope)
            yield make("paper-doubtful", where, f"{title}: {said}")


def _asked(check: KindCheck, target: DocumentTarget, scope: Scope) -> Iterator[dict[str, Record]]:
    """Yield each row of the list that a check goes through under its name, else nothing once."""
    if not check.rows:
        yield {}
        return
    rows = target.variables.get(check.rows)
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Record) and not row.is_broken:
            yield {scope.workspace.schemas[row.register].one: row}


def _place_of(
    path: str, variables: Mapping[str, Variable], target: DocumentTarget, scope: Scope
) -> Location:
    """Return the cell at a path of variables and columns; where it ends early, that row."""
    first, _, rest = path.partition(".")
    row = _row_of(variables.get(first), scope)
    if row is None:
        return target.row.where if target.row is not None else Location()
    steps = rest.split(".") if rest else []
    if len(steps) > 1:
        found = values_at(row, ".".join(steps[:-1]), scope.workspace)
        # A list of rows that refer to this one gives them, a reference the row that it names.
        below = [
            _row_of(value, scope) if isinstance(value, Reference) else owner
            for owner, value in found
        ]
        row = next((one for one in below if one is not None), row)
    return row.cells.get(steps[-1], row.where) if steps else row.where


def _row_of(value: Variable | None, scope: Scope) -> Record | None:
    """Return the row that a variable stands for, of a list the first one."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    if isinstance(value, Reference):
        return scope.workspace.version(value, scope.day)
    return value if isinstance(value, Record) else None
