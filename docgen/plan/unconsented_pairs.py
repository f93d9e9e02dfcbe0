"""Pairs that lack consents: kept from unsigned orders, or these made drafts, by the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Kind, Record, Workspace, sameness
from docgen.model.columns import ORDERS, PAIRS, SETTINGS, SIGNATURES, WITHOUT_CONSENT
from docgen.plan.consent_gaps import find_consent_gaps
from docgen.plan.document_plan import plan_documents
from docgen.plan.selection import select
from docgen.wording import text_of

_WITHHELD: Final = "не печатать пару"
_DRAFTED: Final = "ПРОЕКТ"


def heed_consents(workspace: Workspace, kinds: Mapping[str, Kind]) -> Workspace:
    """Return the workspace in which unsigned orders wait for consents as the settings say.

    A pair that is not to be printed is missed by all papers but its consents: by numbers of rows,
    groups, acquaintance and extracts alike. No day of building decides: a signature counts whenever
    it was typed. Without the register of signatures nothing is known, so nothing waits.
    """
    wanted = {sameness(one): one for one in (_WITHHELD, _DRAFTED)}.get(sameness(_said(workspace)))
    if wanted is None or SIGNATURES in workspace.absent:
        return workspace
    orders = workspace.records.get(ORDERS, ())
    waiting = {
        order.identity
        for kind in kinds.values()
        if kind.waits_for_consents and kind.register == ORDERS
        for order in select(orders, kind.where, workspace)
    }
    documents = plan_documents(workspace, kinds).documents
    gaps = [one for one in find_consent_gaps(documents, workspace) if one.order.identity in waiting]
    if wanted == _DRAFTED:
        return replace(workspace, drafts=frozenset(one.order.identity for one in gaps))
    return _without(workspace, [(one.pair, one.order) for one in gaps])


def _said(workspace: Workspace) -> str:
    rows = workspace.records.get(SETTINGS, ())
    return next((text_of(one.values[WITHOUT_CONSENT]) for one in rows if _is_said(one)), "")


def _is_said(row: Record) -> bool:
    return bool(row.values.get(WITHOUT_CONSENT))


def _without(workspace: Workspace, withheld: list[tuple[Record, Record]]) -> Workspace:
    """Return the workspace without pairs, of which consents are made all the same."""
    gone = {id(pair) for pair, _ in withheld}
    if not gone:
        return workspace
    pairs = workspace.records[PAIRS]
    kept = tuple(one for one in pairs if id(one) not in gone)
    children = {
        key: tuple(one for one in rows if id(one) not in gone)
        for key, rows in workspace.children.items()
    }
    return replace(
        workspace,
        records={**workspace.records, PAIRS: kept},
        children=children,
        withheld=tuple(withheld),
        all_pairs=pairs,
    )


def unheeded_setting(workspace: Workspace) -> list[Problem]:
    """Return a warning where the setting waits for consents that no register tells of."""
    said = sameness(_said(workspace))
    if SIGNATURES not in workspace.absent or said not in map(sameness, (_WITHHELD, _DRAFTED)):
        return []
    row = next(filter(_is_said, workspace.records[SETTINGS]))
    message = (
        "«Пара без согласий» ничего не меняет, пока нет книги «Согласия и подписи»; заведите её: "
        "docgen signatures"
    )
    return [warning("consent-missing", row.cells.get(WITHOUT_CONSENT, row.where), message)]
