"""How people are acquainted with an order: on a sheet of its own, by lines in it, or not here."""

from __future__ import annotations

import datetime as dt

from docgen.model import Record, Workspace, sameness
from docgen.model.choices import Acquaintance
from docgen.model.columns import ACQUAINTANCE, SETTINGS
from docgen.wording.record_views import BrokenRecordError, Scope
from docgen.wording.value_views import text_of


def acquaintance_of(order: Record, workspace: Workspace, day: dt.date) -> Acquaintance:
    """Return what the order's row asks for, else what the settings say of the order's day."""
    return own_acquaintance(order) or _usual(workspace, day)


def own_acquaintance(order: Record) -> Acquaintance | None:
    """Return what the order's own row asks for, if it does."""
    return _known(text_of(order.values.get(ACQUAINTANCE)))


def _usual(workspace: Workspace, day: dt.date) -> Acquaintance:
    schema = workspace.schemas.get(SETTINGS)
    if schema is None or all(column.name != ACQUAINTANCE for column in schema.columns):
        # A workspace may describe its settings by itself.
        return Acquaintance.ON_SHEET
    try:
        typed = text_of(Scope(workspace, day).card(SETTINGS).fact(ACQUAINTANCE))
    except BrokenRecordError:
        return Acquaintance.ON_SHEET
    return _known(typed) or Acquaintance.ON_SHEET


def _known(typed: str) -> Acquaintance | None:
    """Return the choice of that name; a workspace may describe its columns by itself."""
    return next((one for one in Acquaintance if sameness(one) == sameness(typed)), None)
