"""Calls on a cluster: the same bytes, whoever is lost; nothing goes over an open way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.pdf import FinishedPdf, find_office, join_cluster, open_press
from docgen.pdf.cluster import ClusterExecutor, _refuse_strangers
from tests.pdf.test_press import write_order
from tests.support.printing import converted
from tests.support.small_root import make_root, make_school, run

_CLUSTER = """
import sys, warnings
warnings.simplefilter("ignore")
from distributed import Client, LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        pids = [str(worker.pid) for worker in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """Two workers of this machine: the scheduler's address and their process numbers."""
    script = tmp_path / "cluster.py"
    script.write_text(_CLUSTER)
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    ) as process:
        assert process.stdout is not None
        address, *pids = process.stdout.readline().split()
        yield address, [int(pid) for pid in pids]
        process.communicate("")


def papers(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    return [write_order(folder / f"{n}.docx", f"Приказ {n}", 1 + n % 9) for n in range(count)]


def digests(made: dict[Path, object]) -> list[bytes]:
    return [
        (one.path if isinstance(one, FinishedPdf) else Path(str(one))).read_bytes()
        for one in made.values()
    ]


@pytest.mark.office
@pytest.mark.parametrize("is_shared", [False, True])
def test_a_cluster_makes_the_bytes_of_one_machine_when_a_worker_is_killed(
    is_shared: bool, tmp_path: Path, cluster: tuple[str, list[int]]
) -> None:
    address, workers = cluster
    sources = papers(tmp_path / "in", 30)
    here = digests({**converted(sources, tmp_path / "here", composes=True)})
    share = tmp_path / "share"
    share.mkdir()
    with join_cluster(address, share if is_shared else None) as press:
        killer = threading.Timer(1.0, os.kill, (workers[0], signal.SIGKILL))
        killer.start()
        there = digests({**press.convert(sources, tmp_path / "there")})
        killer.join()
    assert there == here
    assert not [*share.iterdir()]


@pytest.mark.office
def test_tagged_papers_of_a_cluster_are_those_of_one_machine(
    tmp_path: Path, cluster: tuple[str, list[int]]
) -> None:
    sources = papers(tmp_path / "in", 3)
    with open_press(find_office(), 1) as press:
        here = digests({**press.for_tagged().convert(sources, tmp_path / "here")})
    with join_cluster(cluster[0]) as press:
        there = digests({**press.for_tagged().convert(sources, tmp_path / "there")})
    assert there == here
    assert all(b"/StructTreeRoot" in pdf for pdf in here)


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "ucx://10.0.0.5:8786", "10.0.0.5:8786"])
def test_papers_do_not_travel_openly(address: str) -> None:
    with pytest.raises(UsageError, match="персональными данными пошли бы открыто"):
        ClusterExecutor(address)


def test_an_open_way_is_refused_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = make_school(make_root(tmp_path))
    assert run("build", school, "--cluster", "tcp://10.0.0.5:8786") == 2
    assert "пошли бы открыто" in capsys.readouterr().err
    assert not (school.parents[1] / "output").exists()


def test_a_shared_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="нет общей папки"):
        ClusterExecutor("tcp://10.0.0.5:8786", share=tmp_path / "нет")


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.pdf.cluster._CONNECT_S", "1s")
    started = time.monotonic()
    with pytest.raises(UsageError, match="не отвечает"):
        ClusterExecutor("tcp://127.0.0.1:9")
    assert time.monotonic() - started < 20


def test_workers_that_would_make_other_bytes_are_named() -> None:
    own = ("sources", "LibreOffice 7.4", "fonts")
    _refuse_strangers({"tls://a:1": own}, own)
    with pytest.raises(UsageError, match=r"tls://b:1 \(LibreOffice, шрифты\)"):
        _refuse_strangers({"tls://a:1": own, "tls://b:1": ("sources", "LibreOffice 24", "")}, own)
    with pytest.raises(UsageError, match="ни одной рабочей машины"):
        _refuse_strangers({}, own)
