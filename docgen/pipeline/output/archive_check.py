"""Whether an archive is whole to the last byte, and an output holds what is archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from docgen.archive import DOCX, PDF, Archive, archive_findings, read_archive
from docgen.errors import Location, Problem, UsageError, command
from docgen.pipeline.output.document_archive import documents_of, lost_keys
from docgen.pipeline.output.ledger import read_known_heads
from docgen.pipeline.output.manifest import read_manifest

_NAMED: Final = 5


def verify_archive(workspace: Path, output: Path) -> list[Problem]:
    """Return what is wrong with the archive of a workspace, every file of it hashed.

    Signed documents of the output are held to it by their hashes.

    Raises:
        UsageError: when there is no such folder.
    """
    if not workspace.is_dir():
        message = f"нет рабочей папки «{workspace}»; проверьте её имя"
        raise UsageError([Problem("usage", Location(file=str(workspace)), message)])
    archive = read_archive(workspace, is_thorough=True)
    documents = documents_of(archive)
    problems = archive_findings(archive, str, is_repaired=False)
    frozen = [one for one in read_manifest(output)["documents"] if one.get("frozen")]
    problems += _lacking(archive, read_known_heads(output), frozen)
    for entry in frozen:
        kept = documents.get(entry["key"])
        if kept is None:
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


def _lacking(
    archive: Archive, heads: Sequence[str], frozen: Sequence[Mapping[str, Any]]
) -> list[Problem]:
    """Return an error when the archive lacks what it had at the last build.

    ``heads`` are its last events then, ``frozen`` the signed papers of the output's manifest.
    """
    journal = archive.journal
    if all(one in journal.events or one in journal.forgone for one in heads):
        return []
    known = documents_of(archive).keys() | lost_keys(archive)
    titles = [f"«{one['title']}»" for one in frozen if one["key"] not in known]
    more = f" и ещё {len(titles) - _NAMED}" if len(titles) > _NAMED else ""
    named = f"; бумаг нет: {', '.join(titles[:_NAMED])}{more}" if titles else ""
    message = (
        f"в архиве не хватает того, что было в нём при прошлой сборке{named}. Верните папку "
        "«архив», или возьмите бумаги из готового: "
        f"{command('archive', 'restore', str(archive.path.parent))}"
    )
    return [Problem("archive-lost", Location(file=str(archive.path)), message)]
