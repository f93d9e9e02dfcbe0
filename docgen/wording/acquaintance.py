"""How people are acquainted with an order: on a sheet of its own, by lines in it, or not here."""

from __future__ import annotations

import datetime as dt

from docgen.model import Record, Workspace
from docgen.model.choices import Acquaintance
from docgen.model.columns import ACQUAINTANCE, SETTINGS
from docgen.wording.record_views import BrokenRecordError, Scope
from docgen.wording.value_views import text_of


def acquaintance_of(order: Record, workspace: Workspace, day: dt.date) -> Acquaintance:
    """Return what the order's row asks for, else what the settings say of the order's day."""
    return own_acquaintance(order) or _usual(workspace, day)


def own_acquaintance(order: Record) -> Acquaintance | None:
    """Return what the order's own row asks for, if it does."""
    typed = text_of(order.values.get(ACQUAINTANCE))
    return Acquaintance(typed) if typed else None


def _usual(workspace: Workspace, day: dt.date) -> Acquaintance:
    schema = workspace.schemas.get(SETTINGS)
    if schema is None or all(column.name != ACQUAINTANCE for column in schema.columns):
        # A workspace may describe its settings by itself.
        return Acquaintance.ON_SHEET
    try:
        typed = text_of(Scope(workspace, day).card(SETTINGS).fact(ACQUAINTANCE))
    except BrokenRecordError:
        return Acquaintance.ON_SHEET
    return Acquaintance(typed) if typed else Acquaintance.ON_SHEET
