"""Whether an archive is whole to the last byte, and an output holds what is archived."""

from __future__ import annotations

from pathlib import Path

from docgen.archive import DOCX, PDF, archive_findings, read_archive
from docgen.errors import Location, Problem, UsageError
from docgen.pipeline.output.document_archive import documents_of
from docgen.pipeline.output.manifest import read_manifest


def verify_archive(workspace: Path, output: Path) -> list[Problem]:
    """Return what is wrong with the archive of a workspace, every file of it hashed.

    Signed documents of the output are held to it by their hashes.

    Raises:
        UsageError: when there is no such folder.
    """
    if not workspace.is_dir():
        message = f"нет рабочей папки «{workspace}»"
        raise UsageError([Problem("usage", Location(file=str(workspace)), message)])
    archive = read_archive(workspace, is_thorough=True)
    documents = documents_of(archive)
    problems = archive_findings(archive, str, is_repaired=False)
    for entry in read_manifest(output)["documents"]:
        kept = documents.get(entry["key"])
        if kept is None or not entry.get("frozen"):
            continue
        for kind, name in (("docx", DOCX), ("pdf", PDF)):
            file = kept.paper.record.files.get(name)
            if file is not None and entry[kind] and entry["sha256"][kind] != file.sha256:
                message = (
                    f"здесь не тот лист «{kept.title}», что подписан и лежит в архиве; соберите "
                    "заново: docgen build"
                )
                where = Location(file=str(output / entry[kind]))
                problems.append(Problem("verify-failed", where, message))
    return problems
