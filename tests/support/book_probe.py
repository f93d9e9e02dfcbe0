"""Reads the workbooks of a folder in a process of its own; says how long and how much it took."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from pathlib import Path

from docgen import registers


def peak_kb() -> int:
    """Return the most memory since the program started, in KB.

    ``getrusage`` counts the process that this one was forked from as well; Linux knows better.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found:
            return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    begun = time.monotonic()
    registers.open_books(Path(sys.argv[1]), shown="registers/дом")
    sys.stdout.write(json.dumps({"seconds": time.monotonic() - begun, "kb": peak_kb()}))
