"""The .toml entries of kinds of packets: what each holds, what for, what is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.catalogue.toml_keys import EntryKey, files_by_name, read_entry, stop_if_any, take
from docgen.errors import Location, Problem
from docgen.model import ChildrensPapers, Family, PacketKind, PacketPer, Purpose

_PACKET_KEYS = {
    "title": EntryKey(is_required=True),
    "purpose": EntryKey(is_required=True, choices=tuple(Purpose)),
    "per": EntryKey(is_required=True, choices=tuple(PacketPer)),
    "families": EntryKey("texts", is_required=True, choices=tuple(Family)),
    "cover": EntryKey("flag"),
    "contents": EntryKey("flag"),
    "stamp": EntryKey("flag"),
    "certify": EntryKey("flag"),
    "closing": EntryKey("flag"),
    "sides": EntryKey(choices=("one", "both")),
    "least": EntryKey("whole", default=1),
    "folder": EntryKey(),
    "volume_pages": EntryKey("whole", default=2000),
    "original_place": EntryKey("flag"),
    "kinds": EntryKey("texts"),
    "where_settings": EntryKey("wanted"),
    "children": EntryKey(choices=("", *ChildrensPapers)),
}


def _childrens_papers(values: Mapping[str, Any]) -> ChildrensPapers:
    """Return what a packet does with papers about children.

    Copies of a whole year go from hand to hand, so that they hold none unless an entry says so.
    """
    if values["children"]:
        return ChildrensPapers(values["children"])
    is_copy_of_year = (values["purpose"], values["per"]) == (Purpose.COPIES, PacketPer.YEAR)
    return ChildrensPapers.WITHOUT if is_copy_of_year else ChildrensPapers.WITH


def read_packets(folders: Sequence[Path]) -> dict[str, PacketKind]:
    """Return the packet kinds by name; a later folder overrides an earlier one.

    Raises:
        TemplateError: ``bad-entry``, every broken entry at once.
    """
    problems: list[Problem] = []
    packets: dict[str, PacketKind] = {}
    for name, path in files_by_name(folders, ".toml").items():
        raw = read_entry(path, problems)
        if raw is None:
            continue
        values = take(raw, _PACKET_KEYS, Location(file=str(path)), problems)
        packets[name] = PacketKind(
            name=name,
            title=values["title"],
            source=str(path),
            purpose=values["purpose"],
            per=values["per"],
            families=values["families"],
            has_cover=values["cover"],
            has_contents=values["contents"],
            has_stamp=values["stamp"],
            has_certification=values["certify"],
            has_closing_sheet=values["closing"],
            sides=values["sides"],
            is_duplex=values["sides"] == "both",
            says_where=values["original_place"],
            children=_childrens_papers(values),
            kinds=values["kinds"],
            where_settings=values["where_settings"],
            least=values["least"],
            folder=values["folder"],
            volume_pages=values["volume_pages"],
        )
        if values["per"] == PacketPer.SIGNER and values["purpose"] != Purpose.ORIGINALS:
            place = Location(file=str(path), key="purpose")
            message = (
                'при per = "signer" впишите purpose = "originals": подписывают только подлинник'
            )
            problems.append(Problem("bad-entry", place, message))
    stop_if_any(problems)
    return packets
