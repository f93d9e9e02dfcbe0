"""What checks and builds remind of: consents, terms, orders left over from another year."""

from __future__ import annotations

from collections.abc import Iterator

from docgen import plan as planning
from docgen.errors import Problem
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.signature_register import (
    consent_warnings,
    early_signature_warnings,
    lapsed_warnings,
    late_warnings,
    withdrawn_warnings,
)
from docgen.pipeline.workspace.terms import (
    age_warnings,
    far_date_warnings,
    open_year_warnings,
    overdue_warnings,
)
from docgen.pipeline.workspace.wish import Wish


def reminders(
    ready: Ready, plan: planning.Plan, wish: Wish, *, is_book_older: bool = False
) -> Iterator[Problem]:
    """Yield the warnings of a workspace whose documents are rendered; of terms with a day only.

    In a book that was restored from a copy everything is as it was once: terms of it that have run
    out since are no news. A withdrawn consent is.
    """
    if is_book_older:
        yield from withdrawn_warnings(ready, wish.today)
        return
    yield from ready.hidden.problems()
    yield from ready.points.problems()
    if not (wish.is_selective or plan.left_out):
        yield from ready.orders.problems(ready.workspace)
    yield from consent_warnings(ready, plan, wish.today)
    yield from early_signature_warnings(ready, plan, wish.today)
    yield from late_warnings(ready, plan, wish.today)
    yield from withdrawn_warnings(ready, wish.today)
    yield from open_year_warnings(ready.workspace)
    yield from age_warnings(ready.workspace, wish.today)
    yield from far_date_warnings(ready.workspace, wish.today)
    if wish.day is not None:
        yield from overdue_warnings(ready.workspace, wish.day)
        yield from lapsed_warnings(ready, plan, wish.day)
