"""Read the .toml entries (registers, kinds of documents and packets) and refuse unknown keys.

The only stage that knows how an entry is written down. A broken entry stops the run: an order
made from half an entry would look right and be wrong.
"""

from docgen.catalogue.idle_conditions import idle_conditions
from docgen.catalogue.kind_links import check_kinds
from docgen.catalogue.kind_summaries import KindSummary, guide_lines, summaries_of
from docgen.catalogue.kinds import (
    extend_choices,
    lonely_templates,
    order_subjects,
    read_kinds,
    twin_kinds,
)
from docgen.catalogue.packet_kinds import read_packets
from docgen.catalogue.roots import find_root
from docgen.catalogue.schemas import read_schemas

__all__ = [
    "KindSummary",
    "check_kinds",
    "extend_choices",
    "find_root",
    "guide_lines",
    "idle_conditions",
    "lonely_templates",
    "order_subjects",
    "read_kinds",
    "read_packets",
    "read_schemas",
    "summaries_of",
    "twin_kinds",
]
