"""Files on disk: written whole or not at all, with safe names, locks and rights.

The only package that knows filelock and how a half-written file is avoided.
"""

from __future__ import annotations

from docgen.files.atomic_writes import (
    atomic_write,
    ensure_writable,
    move_drafts,
    put_in_place,
    write_draft,
)
from docgen.files.disk_faults import disk_error, reading_reason, unwritable_error
from docgen.files.file_digests import file_digest
from docgen.files.file_names import NAME_LIMIT, compose_names, safe_name, unique_names
from docgen.files.folder_locks import folder_lock, is_lock, office_lock_of
from docgen.files.leftover_files import (
    LEFTOVER_PREFIX,
    LEFTOVER_SUFFIX,
    find_leftovers,
    remove_leftovers,
    tidied,
)
from docgen.files.package_seals import SEALED_PART, seal, sealed_source
from docgen.files.regular_files import NotRegularError, read_regular
from docgen.files.rights import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    file_mode,
    restrict_to_owner,
    set_rights,
)
from docgen.files.working_folders import (
    find_abandoned_folders,
    remove_abandoned_folders,
    working_folder,
)

__all__ = [
    "LEFTOVER_PREFIX",
    "LEFTOVER_SUFFIX",
    "NAME_LIMIT",
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "SEALED_PART",
    "NotRegularError",
    "atomic_write",
    "compose_names",
    "disk_error",
    "ensure_writable",
    "file_digest",
    "file_mode",
    "find_abandoned_folders",
    "find_leftovers",
    "folder_lock",
    "is_lock",
    "move_drafts",
    "office_lock_of",
    "put_in_place",
    "read_regular",
    "reading_reason",
    "remove_abandoned_folders",
    "remove_leftovers",
    "restrict_to_owner",
    "safe_name",
    "seal",
    "sealed_source",
    "set_rights",
    "tidied",
    "unique_names",
    "unwritable_error",
    "working_folder",
    "write_draft",
]
