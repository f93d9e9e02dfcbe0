"""What to install for reading electronic signatures: pyHanko comes with ``docgen[sign]`` alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from docgen.cli.options import usage_error


@contextlib.contextmanager
def needing_sign_extra() -> Iterator[None]:
    """Say what to install if the imports of the block fail.

    Raises:
        UsageError: when pyHanko is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise usage_error(
            'чтобы читать электронные подписи, установите: pip install "docgen[sign]"'
        ) from error
