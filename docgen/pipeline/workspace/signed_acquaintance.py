"""How people were acquainted with orders that are signed: their papers say it, whatever is set now.

The registers may ask for lines in the orders from this year on; those of last year have sheets.
"""

from __future__ import annotations

from docgen.archive import read_records
from docgen.model.choices import Acquaintance
from docgen.model.columns import ACQUAINT, ORDERS, STATE
from docgen.model.states import FROZEN
from docgen.pipeline.workspace.readiness import Ready
from docgen.plan.acquaintance_plan import (
    SignedAcquaintance,
    has_lines,
    is_sheet_of_acquaintance,
)
from docgen.wording.variables import SHEET_MARK


def signed_acquaintance(ready: Ready) -> dict[str, SignedAcquaintance]:
    """Return how people were acquainted with the signed orders of the archive, by their names."""
    orders = ready.workspace.records.get(ORDERS, ())
    if not any(one.values.get(ACQUAINT) and one.values.get(STATE) in FROZEN for one in orders):
        return {}
    sheets = {
        name
        for name, kind in ready.kinds.items()
        if is_sheet_of_acquaintance(kind) and ACQUAINT in kind.where
    }
    own = {name for name, kind in ready.kinds.items() if has_lines(kind)}
    others = tuple(f"{name} " for name in ready.kinds if name not in sheets | own)
    found: dict[str, SignedAcquaintance] = {}
    for record in read_records(ready.folders.workspace, others):
        order = record.made.get("order", "")
        if record.kind in sheets:
            names = frozenset(one.name for one in record.signers)
            found[order] = SignedAcquaintance(Acquaintance.ON_SHEET, names)
        elif record.kind in own:
            names = frozenset(one.name for one in record.signers if one.mark == SHEET_MARK)
            if names:
                found.setdefault(order, SignedAcquaintance(Acquaintance.IN_ORDER, names))
    return found
