"""Where calls run on a dask.distributed cluster: the same calls, the same bytes, more machines.

Documents hold personal data, so they travel over TLS, or as files in a folder that all machines
share while dask carries their names alone; over plain TCP they go nowhere but to this machine.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import shutil
import tempfile
import threading
import urllib.parse
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.batches.cache import LayoutCache
from docgen.errors import Location, Problem, SignalError, StageError, UsageError
from docgen.fonts import fonts_fingerprint
from docgen.pdf.calls import Call, CallOutcome, Fault, run_call
from docgen.pdf.executors import end_watch, watch_over
from docgen.pdf.office import find_office
from docgen.pdf.pulse import Pulse, SilentOfficeError
from docgen.pdf.server import OfficeServer
from docgen.sources import sources_hash

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_FAMILIES = ("Times New Roman", "Arial", "Liberation Serif", "PT Serif", "PT Sans", "DejaVu Sans")
_CONNECT_S = "20s"
_RETRIES = 5


class ClusterExecutor:
    """Sends calls to dask workers; a call whose worker is lost is run again by another.

    ``address`` is that of the scheduler, ``share`` a folder that all machines see under one path.

    Raises:
        UsageError: when distributed is not installed, nobody answers, the way is not safe, or a
            worker would lay pages out differently.
    """

    def __init__(self, address: str, *, share: Path | None = None) -> None:
        refuse_open_ways(address, share)
        self._share = share
        self._client = _connect(address)
        own = _machine_facts()
        _refuse_strangers(self._client.run(_machine_facts), own)
        self.office_version = own[1]
        self._executor = self._client.get_executor(pure=False, retries=_RETRIES)
        self.width = max(sum(self._client.nthreads().values()), 1)

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call on a worker; its outcome is a fault when every worker that ran it is lost."""
        call = replace(call, tasks=tuple(replace(task, targets=()) for task in call.tasks))
        done: Future[CallOutcome] = Future()
        done.set_running_or_notify_cancel()
        if self._share is None:
            sent = self._executor.submit(_run_on_worker, call)
            sent.add_done_callback(lambda one: _pass_on(one, done, call, one.result))
            return done
        request = _write_request(call, self._share)
        sent = self._executor.submit(_run_shared, str(request))

        def read() -> CallOutcome:
            sent.result()
            return _read_outcome(request)

        sent.add_done_callback(lambda one: _pass_on(one, done, call, read))
        return done

    def warm_up(self) -> None:
        """Do nothing: workers keep their LibreOffice from call to call."""

    def retire(self) -> None:
        """Do nothing: workers stay."""

    def close(self) -> None:
        """Leave the cluster; its workers stay."""
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=False)
        self._client.close()


def refuse_open_ways(address: str, share: Path | None) -> None:
    """Refuse to send documents where others can read them.

    Raises:
        UsageError: when the address is neither ``tls://`` nor of this machine and there is no
            ``share``, or the share is no folder.
    """
    parts = urllib.parse.urlsplit(address)
    is_safe = parts.scheme == "tls" or (parts.scheme == "tcp" and parts.hostname in _LOCAL)
    if not is_safe and share is None:
        raise _refusal(
            f"по адресу «{address}» документы с персональными данными пошли бы открыто; укажите "
            "адрес tls://… или общую папку: --share ПАПКА"
        )
    if share is not None and not share.is_dir():
        raise _refusal(f"нет общей папки «{share}»; она нужна под одним путём на всех машинах")


def _refusal(message: str) -> UsageError:
    return UsageError([Problem("usage", Location(), message)])


def _connect(address: str) -> Any:
    try:
        # Optional, and slow to load.
        import distributed
    except ImportError as error:
        message = "для --cluster нужна библиотека distributed: pip install 'docgen[cluster]'"
        raise _refusal(message) from error
    try:
        open_client: Any = distributed.Client
        return open_client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = f"кластер «{address}» не отвечает; проверьте адрес и запущен ли планировщик"
        raise _refusal(message) from error


def _machine_facts() -> tuple[str, str, str]:
    """Return what decides the bytes of PDFs on this machine: docgen, LibreOffice, fonts."""
    try:
        version = find_office().version
    except StageError:
        version = ""
    return f"{__version__} {sources_hash()}", version, fonts_fingerprint(_FAMILIES)


def _refuse_strangers(facts: dict[str, tuple[str, str, str]], own: tuple[str, str, str]) -> None:
    """Refuse workers whose PDFs would differ from those of this machine."""
    if not facts:
        raise _refusal("в кластере нет ни одной рабочей машины; запустите их и повторите")
    others = []
    for worker, theirs in sorted(facts.items()):
        pairs = zip(("docgen", "LibreOffice", "шрифты"), theirs, own, strict=True)
        if differing := [name for name, one, other in pairs if one != other]:
            others.append(f"{worker} ({', '.join(differing)})")
    if others:
        raise _refusal(
            f"на этих машинах кластера стоит другое, и PDF вышли бы иными: {'; '.join(others)}; "
            "поставьте те же версии, что здесь"
        )


def _pass_on(
    sent: Any, done: Future[CallOutcome], call: Call, take: Callable[[], CallOutcome]
) -> None:
    """Pass on what a worker made; what it did not make is left to the press to try again."""
    if sent.cancelled():
        done.set_exception(_refusal("кластер прервал работу; повторите сборку"))
        return
    try:
        done.set_result(take())
    except Exception:  # noqa: BLE001 - a lost worker may end in any error of the network
        done.set_result(CallOutcome((Fault(),) * len(call.tasks), has_ended=True))


# --- on a worker -----------------------------------------------------------------------------

_THREAD = threading.local()
_CACHE = LayoutCache()


def _run_on_worker(call: Call) -> CallOutcome:
    """Run a call with the LibreOffice that this thread of the worker keeps."""
    if not hasattr(_THREAD, "server"):
        folder = Path(tempfile.mkdtemp(prefix="docgen-"))
        watch = watch_over(folder)
        _THREAD.server = OfficeServer(find_office(), folder, threading.Event())

        def stop(server: OfficeServer = _THREAD.server) -> None:
            server.close()
            shutil.rmtree(folder, ignore_errors=True)
            end_watch(watch)

        atexit.register(stop)
    try:
        return run_call(call, _THREAD.server.convert, _CACHE)
    except SilentOfficeError:
        # Other workers may answer; this one is slow to be asked again, not quick to refuse.
        _THREAD.server.pulse = Pulse()
        return CallOutcome((Fault(),) * len(call.tasks), has_ended=False)


def _run_shared(name: str) -> None:
    """Run a call that lies in the shared folder, and write its outcome beside it."""
    request = Path(name)
    outcome = _run_on_worker(pickle.loads(request.read_bytes()))  # noqa: S301 - our own folder
    beside = request.with_suffix(f".{os.getpid()}.tmp")
    _write_private(beside, pickle.dumps(outcome))
    beside.replace(request.with_suffix(".made"))


def _write_request(call: Call, share: Path) -> Path:
    handle, name = tempfile.mkstemp(".call", "docgen-", share)
    os.close(handle)
    _write_private(Path(name), pickle.dumps(call))
    return Path(name)


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _read_outcome(request: Path) -> CallOutcome:
    made = request.with_suffix(".made")
    try:
        outcome = pickle.loads(made.read_bytes())  # noqa: S301 - our own folder
        if not isinstance(outcome, CallOutcome):
            raise SignalError(f"no outcome of a call: {type(outcome).__name__}")
        return outcome
    finally:
        made.unlink(missing_ok=True)
        request.unlink(missing_ok=True)
