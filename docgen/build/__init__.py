"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only package that knows all stages; they never know each other.
"""

from __future__ import annotations

from docgen.build.cleaning import Cleaned, clean_machine, clean_workspace
from docgen.build.comparing import Comparison, compare_files, compare_with_signed
from docgen.build.encrypted import refuse_bad_password
from docgen.build.example import make_example
from docgen.build.findings import check_workspace
from docgen.build.folders import find_workspaces, is_workspace, named_workspace
from docgen.build.forms import write_forms_sheet
from docgen.build.kind_list import describe_kinds
from docgen.build.manifest import is_output, outputs_in, verify_output
from docgen.build.places import OUTPUT, Checked, Site, choose_outputs
from docgen.build.plan_states import plan_workspace
from docgen.build.printing import Reprint, is_noted, note_printed, reprints
from docgen.build.progress import Progress
from docgen.build.reports import explain_file
from docgen.build.sealed import has_signatures
from docgen.build.signature_lists import unsigned_in, write_signatures
from docgen.build.signatures import UnsignedPaper, UnsignedPerson, standing_words
from docgen.build.state import Result
from docgen.build.together import Built, Workers, build_workspaces
from docgen.build.wish import Wish
from docgen.catalogue import find_root

__all__ = [
    "OUTPUT",
    "Built",
    "Checked",
    "Cleaned",
    "Comparison",
    "Progress",
    "Reprint",
    "Result",
    "Site",
    "UnsignedPaper",
    "UnsignedPerson",
    "Wish",
    "Workers",
    "build_workspaces",
    "check_workspace",
    "choose_outputs",
    "clean_machine",
    "clean_workspace",
    "compare_files",
    "compare_with_signed",
    "describe_kinds",
    "explain_file",
    "find_root",
    "find_workspaces",
    "has_signatures",
    "is_noted",
    "is_output",
    "is_workspace",
    "make_example",
    "named_workspace",
    "note_printed",
    "outputs_in",
    "plan_workspace",
    "refuse_bad_password",
    "reprints",
    "standing_words",
    "unsigned_in",
    "verify_output",
    "write_forms_sheet",
    "write_signatures",
]
