"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only package that knows all stages; they never know each other.
"""

from __future__ import annotations

from docgen.catalogue import find_root
from docgen.pipeline.answers.comparison import Comparison, compare_files, compare_with_signed
from docgen.pipeline.answers.example import make_example
from docgen.pipeline.answers.explanation import explain_file
from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.answers.forms_sheet import write_forms_sheet
from docgen.pipeline.answers.kind_list import describe_kinds
from docgen.pipeline.answers.leftovers import CleanedFiles, clean_temporary_folders, clean_workspace
from docgen.pipeline.answers.plan_states import plan_workspace
from docgen.pipeline.answers.reprints import (
    Reprint,
    is_marked_as_printed,
    mark_as_printed,
    sheets_to_reprint,
)
from docgen.pipeline.answers.signature_lists import find_unsigned, write_signatures
from docgen.pipeline.output.manifest import is_output, outputs_in
from docgen.pipeline.output.places import OUTPUT, Findings, Site, choose_outputs
from docgen.pipeline.output.signed_files import has_signatures
from docgen.pipeline.output.verification import verify_output
from docgen.pipeline.products.locked_copies import refuse_bad_password
from docgen.pipeline.run.many_workspaces import BuildOutcome, LayoutWorkers, build_workspaces
from docgen.pipeline.run.state import Result
from docgen.pipeline.workspace.folders import find_workspaces, is_workspace, named_workspace
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.signature_register import (
    UnsignedDocument,
    UnsignedPerson,
    signature_state_words,
)
from docgen.pipeline.workspace.wish import Wish

__all__ = [
    "OUTPUT",
    "BuildOutcome",
    "CleanedFiles",
    "Comparison",
    "Findings",
    "LayoutWorkers",
    "Progress",
    "Reprint",
    "Result",
    "Site",
    "UnsignedDocument",
    "UnsignedPerson",
    "Wish",
    "build_workspaces",
    "check_workspace",
    "choose_outputs",
    "clean_temporary_folders",
    "clean_workspace",
    "compare_files",
    "compare_with_signed",
    "describe_kinds",
    "explain_file",
    "find_root",
    "find_unsigned",
    "find_workspaces",
    "has_signatures",
    "is_marked_as_printed",
    "is_output",
    "is_workspace",
    "make_example",
    "mark_as_printed",
    "named_workspace",
    "outputs_in",
    "plan_workspace",
    "refuse_bad_password",
    "sheets_to_reprint",
    "signature_state_words",
    "verify_output",
    "write_forms_sheet",
    "write_signatures",
]
