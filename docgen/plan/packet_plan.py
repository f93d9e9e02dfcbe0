"""Decide which documents go into which packet.

They come in the order of the plan: ``packet_position`` in ``document_plan``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from docgen.model import (
    ChildrensPapers,
    Family,
    PacketKind,
    PacketPer,
    PlannedDocument,
    PlannedPacket,
    Purpose,
    Record,
    Reference,
    Workspace,
)
from docgen.model.choices import Quotation
from docgen.model.columns import (
    CHILDREN,
    FILES_YEAR,
    MENTEE,
    MENTOR,
    ORDER,
    ORGANISATION,
    PAIR,
    PAIRS,
    PARTICIPANT,
    PERSON,
    RECIPIENTS,
    SETTINGS,
)
from docgen.model.states import DRAFTS, UNSIGNED
from docgen.plan.recipients import recipients_of
from docgen.plan.selection import do_settings_say
from docgen.plan.signature_plan import ExpectedSignature, SigningState, expected_signatures
from docgen.wording import Scope
from docgen.wording.pair_groups import in_groups
from docgen.wording.variables import fill_entry


def plan_packets(
    documents: Iterable[PlannedDocument],
    packets: Mapping[str, PacketKind],
    workspace: Workspace,
    today: dt.date = dt.date.max,
) -> list[PlannedPacket]:
    """Return the packets of these documents; drafts are in no packet of originals.

    What is signed on a day after ``today`` is still to be signed.

    Raises:
        TemplateError: ``bad-entry`` when a packet's title has a wrong tag.
    """
    planned: list[PlannedPacket] = []
    documents = list(documents)
    childrens = _childrens_papers(documents, workspace)
    for packet in packets.values():
        if not do_settings_say(packet.where_settings, workspace):
            continue
        if packet.per == PacketPer.SIGNER:
            planned += _signing_folders(packet, documents, workspace, today)
            continue
        members = [
            document
            for document in documents
            if _belongs(document, packet) and _suits(document, packet, childrens)
        ]
        for title, group in _split(members, packet, workspace):
            keys = tuple(document.key for document in group)
            recipients = _recipients(packet, group[0])
            is_copies = packet.purpose == Purpose.COPIES
            copies = sum(count for _, count in recipients) if is_copies else 1
            planned.append(
                PlannedPacket(packet, title, title, keys, copies=copies or 1, recipients=recipients)
            )
    return planned


def _belongs(document: PlannedDocument, packet: PacketKind) -> bool:
    """Return whether a document goes into packets of a kind."""
    if packet.purpose == Purpose.ORIGINALS and document.state in DRAFTS:
        return False
    if document.kind.quotes == Quotation.SITE and packet.purpose != Purpose.PRINT:
        # Nobody signs it, and it certifies nothing: it goes to the site.
        return False
    if document.is_blank_form:
        return Family.BLANK_FORM in packet.families
    if packet.purpose == Purpose.COPIES and document.kind.family == Family.CONSENT:
        return False
    if document.kind.is_apart and _is_common(packet):
        return False
    if packet.kinds and document.kind.name not in packet.kinds:
        return False
    wanted = {
        PacketPer.ORDER: document.order is not None,
        PacketPer.PAIR: isinstance(document.variables.get(PAIR), Record)
        and not document.kind.is_distinct,
        PacketPer.PERSON: _person_of(document) is not None,
    }
    return wanted.get(packet.per, True) and document.kind.family in packet.families


def _is_common(packet: PacketKind) -> bool:
    """Return whether several people see a packet: whose pay a paper names sees it, nobody else."""
    is_of_year = packet.purpose == Purpose.COPIES and packet.per != PacketPer.ORDER
    return packet.per == PacketPer.PAIR or (is_of_year and packet.per != PacketPer.PERSON)


def _suits(document: PlannedDocument, packet: PacketKind, childrens: frozenset[str]) -> bool:
    """Return whether a packet holds papers about children, or none, as its entry says."""
    match packet.children:
        case ChildrensPapers.WITHOUT:
            return document.key not in childrens
        case ChildrensPapers.ONLY:
            return document.key in childrens
        case _:
            return True


def _childrens_papers(documents: list[PlannedDocument], workspace: Workspace) -> frozenset[str]:
    """Return the keys of papers that name a child, with all papers of the same order.

    Whoever is shown the orders about teachers must not come upon a list of children.
    """
    orders = {
        order.identity
        for row in workspace.records.get(PAIRS, ())
        if _has_child(row) and (order := workspace.order_of(row)) is not None
    }
    named = [document for document in documents if _names_child(document)]
    orders |= {one.order.identity for one in named if one.order is not None}
    return frozenset(
        [
            *(one.key for one in named),
            *(one.key for one in documents if one.order and one.order.identity in orders),
        ]
    )


def _names_child(document: PlannedDocument) -> bool:
    for value in document.variables.values():
        rows = value if isinstance(value, tuple | list) else (value,)
        if any(isinstance(row, Record) and _has_child(row) for row in rows):
            return True
    return False


def _has_child(row: Record) -> bool:
    people = (row.values.get(MENTOR), row.values.get(MENTEE)) if row.register == PAIRS else ()
    return row.register == CHILDREN or any(
        isinstance(one, Reference) and one.register == CHILDREN for one in people
    )


def _signing_folders(
    packet: PacketKind, documents: list[PlannedDocument], workspace: Workspace, today: dt.date
) -> Iterator[PlannedPacket]:
    """Yield for each person the packet of documents that this person has yet to sign.

    Appendices go with the order that is signed: nobody signs an order without seeing them.
    """
    wanted = [
        one
        for one in expected_signatures(documents, workspace, today)
        if one.document.kind.family in packet.families
        and (not one.signer.is_of_sheet or Family.SHEET in packet.families)
        and one.document.state in UNSIGNED
        and one.state_on() is SigningState.WAITING
    ]
    by_person: dict[str, list[ExpectedSignature]] = {}
    for one in wanted:
        by_person.setdefault(one.signer.person, []).append(one)
    shorts = [own[0].signer.short for own in by_person.values()]
    for own in by_person.values():
        signed = {one.document.key for one in own}
        if len(signed) < packet.least:
            continue
        orders = {id(one.document.order) for one in own if one.document.kind.family == Family.ORDER}
        keys = tuple(
            document.key
            for document in documents
            if document.key in signed or _goes_with(document, packet, orders)
        )
        has_namesake = shorts.count(own[0].signer.short) > 1
        title = _folder_title(packet, own, workspace, has_namesake=has_namesake)
        yield PlannedPacket(packet, title, title, keys, signer=own[0].signer.name)


def _goes_with(document: PlannedDocument, packet: PacketKind, orders: set[int]) -> bool:
    """Return whether a document is an appendix of one of the orders, given by their ``id``."""
    is_appendix = document.kind.family == Family.APPENDIX and Family.APPENDIX in packet.families
    return is_appendix and document.order is not None and id(document.order) in orders


def _folder_title(
    packet: PacketKind, own: list[ExpectedSignature], workspace: Workspace, *, has_namesake: bool
) -> str:
    first = own[0]
    variables: dict[str, object] = {
        "роли": list(dict.fromkeys(one.signer.role for one in own)),
        "имя": first.signer.name,
        "имя_кратко": first.signer.short,
        "должность": first.signer.post,
        "таб": first.signer.number if has_namesake else "",
        "организация": Scope(workspace, first.document.date).card(ORGANISATION),
    }
    return fill_entry(packet, "title", packet.title, variables)


def _split(
    members: list[PlannedDocument], packet: PacketKind, workspace: Workspace
) -> Iterator[tuple[str, list[PlannedDocument]]]:
    """Yield the title and the documents of each packet of a kind."""
    keys = {
        PacketPer.ORDER: lambda document: document.order.identity if document.order else "",
        PacketPer.KIND: lambda document: document.kind.name,
        PacketPer.YEAR: lambda document: _year_of_files(document, workspace)[0],
        PacketPer.PAIR: _place_of_pair(workspace),
        PacketPer.PERSON: _name_of_person,
    }
    ordered = sorted(members, key=keys[packet.per]) if packet.per != PacketPer.ORDER else members
    for _, items in groupby(ordered, key=keys[packet.per]):
        group = list(items)
        yield _title(packet, group[0], workspace), group


def _place_of_pair(workspace: Workspace) -> Callable[[PlannedDocument], str]:
    """Return what gives the place of a document's pair on its sheet, of a group its first row."""
    rows = workspace.all_pairs or workspace.records.get(PAIRS, ())
    groups = enumerate(in_groups(rows))
    places = {id(row): f"{place:06}" for place, group in groups for row in group}
    return lambda document: places.get(id(document.variables.get(PAIR)), "")


def _person_of(document: PlannedDocument) -> Reference | None:
    """Return the person for whom a paper is made, or whom an extract is about."""
    named: object = document.variables.get(PARTICIPANT)
    if document.kind.quotes == Quotation.PERSON:
        rows = (row for row in document.variables.values() if isinstance(row, Record))
        named = next((row.values[PERSON] for row in rows if PERSON in row.values), named)
    return named if isinstance(named, Reference) else None


def _name_of_person(document: PlannedDocument) -> str:
    person = _person_of(document)
    return f"{person.text}|{person.register}/{person.identity}" if person is not None else ""


def _recipients(packet: PacketKind, first: PlannedDocument) -> tuple[tuple[str, int], ...]:
    """Return who gets copies of the order that a packet is made for."""
    if packet.per != PacketPer.ORDER or first.order is None:
        return ()
    return recipients_of(str(first.order.values.get(RECIPIENTS) or ""))


def _year_of_files(document: PlannedDocument, workspace: Workspace) -> tuple[str, str]:
    """Return the year in whose file a document is kept, and its words.

    A school keeps files by school years; a department, as its settings say, by those of the
    calendar.
    """
    columns = {one.name for one in workspace.schemas[SETTINGS].columns}
    card = Scope(workspace, document.date).card(SETTINGS)
    is_calendar = FILES_YEAR in columns and card.fact(FILES_YEAR) == "календарный"
    if not document.year:
        return "", ""
    if is_calendar:
        return str(document.date.year), f"{document.date.year} год"
    return document.year, f"{document.year} учебный год"


def _title(packet: PacketKind, first: PlannedDocument, workspace: Workspace) -> str:
    scope = Scope(workspace, first.date)
    year, words = _year_of_files(first, workspace)
    variables: dict[str, object] = {
        "вид": first.kind.name.replace("_", " "),
        "год": year,
        "год_словами": words,
        "организация": scope.card(ORGANISATION),
    }
    if first.order is not None:
        variables[ORDER] = scope.view(first.order)
    pair, person = first.variables.get(PAIR), _person_of(first)
    if packet.per == PacketPer.PAIR and isinstance(pair, Record):
        variables[PAIR] = scope.view(pair)
    if packet.per == PacketPer.PERSON and person is not None:
        variables[PARTICIPANT] = scope.follow(person)
    return fill_entry(packet, "title", packet.title, variables)
