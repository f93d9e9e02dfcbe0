"""The line on a terminal that shows how far a build is: documents, pages, the time left."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from docgen.pipeline.workspace.progress import Progress


@contextlib.contextmanager
def progress_line() -> Iterator[Progress]:
    """Yield what a build reports to; it is shown where stderr is a terminal."""
    progress = Progress()
    # There is no stderr at all when a caller has closed it.
    if getattr(sys.stderr, "isatty", bool)():
        with _drawn(progress):
            yield progress
    else:
        yield progress


@contextlib.contextmanager
def _drawn(progress: Progress) -> Iterator[None]:
    """Draw the line anew at each change, and wipe it at the end."""
    # Slow to load, and most builds of a server have no terminal.
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", counts="", total=None)

        def draw(changed: Progress) -> None:
            bar.update(
                task,
                description=changed.text,
                completed=changed.finished,
                total=changed.expected or None,
                counts=_to_counts(changed),
            )

        progress.listener = draw
        yield


def _to_counts(progress: Progress) -> str:
    """Return e.g. ``340 из 1000, страниц 655, осталось 0:12``."""
    words = [f"{progress.finished} из {progress.expected}"]
    words += [f"страниц {progress.pages}"] if progress.pages else []
    if progress.left_s is not None:
        minutes, seconds = divmod(round(progress.left_s), 60)
        words.append(f"осталось {minutes}:{seconds:02}")
    return ", ".join(words)
