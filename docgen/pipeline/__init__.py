"""The whole pipeline: read, check, plan, render, convert, assemble, remember.

The only package that knows all stages; they never know each other.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docgen.catalogue import find_root
    from docgen.pipeline.answers.comparison import Comparison, compare_files, compare_with_signed
    from docgen.pipeline.answers.example import make_example
    from docgen.pipeline.answers.explanation import explain_file
    from docgen.pipeline.answers.findings import check_workspace
    from docgen.pipeline.answers.forms_sheet import write_forms_sheet
    from docgen.pipeline.answers.kind_list import describe_kinds
    from docgen.pipeline.answers.leftovers import (
        CleanedFiles,
        clean_temporary_folders,
        clean_workspace,
    )
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

_HOMES: Final = {
    "BuildOutcome": "docgen.pipeline.run.many_workspaces",
    "CleanedFiles": "docgen.pipeline.answers.leftovers",
    "Comparison": "docgen.pipeline.answers.comparison",
    "Findings": "docgen.pipeline.output.places",
    "LayoutWorkers": "docgen.pipeline.run.many_workspaces",
    "OUTPUT": "docgen.pipeline.output.places",
    "Progress": "docgen.pipeline.workspace.progress",
    "Reprint": "docgen.pipeline.answers.reprints",
    "Result": "docgen.pipeline.run.state",
    "Site": "docgen.pipeline.output.places",
    "UnsignedDocument": "docgen.pipeline.workspace.signature_register",
    "UnsignedPerson": "docgen.pipeline.workspace.signature_register",
    "Wish": "docgen.pipeline.workspace.wish",
    "build_workspaces": "docgen.pipeline.run.many_workspaces",
    "check_workspace": "docgen.pipeline.answers.findings",
    "choose_outputs": "docgen.pipeline.output.places",
    "clean_temporary_folders": "docgen.pipeline.answers.leftovers",
    "clean_workspace": "docgen.pipeline.answers.leftovers",
    "compare_files": "docgen.pipeline.answers.comparison",
    "compare_with_signed": "docgen.pipeline.answers.comparison",
    "describe_kinds": "docgen.pipeline.answers.kind_list",
    "explain_file": "docgen.pipeline.answers.explanation",
    "find_root": "docgen.catalogue",
    "find_unsigned": "docgen.pipeline.answers.signature_lists",
    "find_workspaces": "docgen.pipeline.workspace.folders",
    "has_signatures": "docgen.pipeline.output.signed_files",
    "is_marked_as_printed": "docgen.pipeline.answers.reprints",
    "is_output": "docgen.pipeline.output.manifest",
    "is_workspace": "docgen.pipeline.workspace.folders",
    "make_example": "docgen.pipeline.answers.example",
    "mark_as_printed": "docgen.pipeline.answers.reprints",
    "named_workspace": "docgen.pipeline.workspace.folders",
    "outputs_in": "docgen.pipeline.output.manifest",
    "plan_workspace": "docgen.pipeline.answers.plan_states",
    "refuse_bad_password": "docgen.pipeline.products.locked_copies",
    "sheets_to_reprint": "docgen.pipeline.answers.reprints",
    "signature_state_words": "docgen.pipeline.workspace.signature_register",
    "verify_output": "docgen.pipeline.output.verification",
    "write_forms_sheet": "docgen.pipeline.answers.forms_sheet",
    "write_signatures": "docgen.pipeline.answers.signature_lists",
}
"""Where each name lives: a command loads what it needs, a caller from Python what it asks for."""


def __getattr__(name: str) -> object:
    """Return a name of the pipeline from the module where it lives.

    Raises:
        AttributeError: when the pipeline has no such name.
    """
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
