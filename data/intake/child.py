"""The reading process: files of others are parsed apart from the refresh, with a limit on memory and on time.

One process serves several files, one after another. When it dies, the file it was given is the one that failed; the
next file gets a new process. Memory is limited where the system tells a process how much it uses (Linux); time always.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, cast

from data.intake.failures import whole_file
from data.intake.sheet import Limits, UnreadableError

if TYPE_CHECKING:
    from data.intake.log import LogSheet
    from data.intake.tables import Table
    from data.intake.workbook import Workbook

START_SECONDS: Final = 120.0

_COMMAND: Final = "import sys; from data.intake.child import serve; serve(int(sys.argv[1]))"
_QUIET: Final = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
_RESERVE: Final = 32_000_000
"""Bytes kept back for what the process has reserved but not yet used when its memory is limited."""
_LARGEST_OUTPUT: Final = 1_000_000
_KEPT: Final = 100_000_000
"""Bytes that the process may have kept from a file and still read the next one with the same memory as the first."""
_LEAVING_SECONDS: Final = 5.0


class Reader(Protocol):
    """Reads a file from its bytes; UnreadableError when it cannot be taken at all."""

    def table(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """One file with the full state of a table."""

    def sent_csv(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """One CSV file of a sender's folder."""

    def workbook(self, file: str, content: bytes, sender: str, limits: Limits) -> Workbook:
        """One workbook of a sender."""


class Child:
    """A reader that is a process of its own, started with the first file; a context, at whose end it is gone.

    `peak_bytes` is the most memory that it used so far. ChildProcessError when it cannot be started at all.
    """

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def table(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """As Reader.table."""
        return cast("Table", self._ask("table", file, content, table, limits))

    def sent_csv(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """As Reader.sent_csv."""
        return cast("Table", self._ask("sent_csv", file, content, table, limits))

    def workbook(self, file: str, content: bytes, sender: str, limits: Limits) -> Workbook:
        """As Reader.workbook."""
        return cast("Workbook", self._ask("workbook", file, content, sender, limits))

    def log(self, file: str, content: bytes, names: str, limits: Limits) -> LogSheet:
        """An event log: the columns asked for, as data.intake.log has them."""
        return cast("LogSheet", self._ask("log", file, content, names, limits))

    @property
    def process_id(self) -> int | None:
        """The number of the process; none while there is no such process."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process, if there is one."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None

    def _ask(self, task: str, file: str, content: bytes, name: str, limits: Limits) -> object:
        connection, process = self._started(limits)
        with _Deadline(process, limits.seconds) as deadline:
            try:
                connection.send((task, file, name, limits))
                connection.send_bytes(content)
                is_read, answer, self.peak_bytes, is_last = connection.recv()
            except (EOFError, OSError) as error:
                message = _why(_ended(process), limits, deadline.is_over)
                self.close()
                raise UnreadableError(whole_file(file, message)) from error
        if is_last:
            self.close()
        if is_read:
            return answer
        raise UnreadableError(*answer)

    def _started(self, limits: Limits) -> tuple[Connection[Any, Any], subprocess.Popen[bytes]]:
        if self._process is not None and self._connection is not None:
            return self._connection, self._process
        ours, theirs = Pipe()
        paths = os.pathsep.join([*(path for path in sys.path if path), str(Path(__file__).parents[2])])
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMMAND, str(theirs.fileno())],
            env={**os.environ, **_QUIET, "PYTHONPATH": paths},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self._process, self._connection = process, ours
        with _Deadline(process, START_SECONDS):
            try:
                ours.send(limits.memory_bytes)
                ours.recv()
            except (EOFError, OSError) as error:
                code = _ended(process)
                self.close()
                raise ChildProcessError(f"the process that reads files did not start (exit code {code})") from error
        return ours, process


class _Deadline:
    """Kills a process that is not done in time, whatever we are waiting for."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.is_over = False
        self._process = process
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def _end(self) -> None:
        self.is_over = True
        self._process.kill()


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that has closed its end; one that does not end by itself is ended."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(_LEAVING_SECONDS)
    process.kill()
    return process.wait()


def _why(code: int, limits: Limits, is_late: bool) -> str:
    if is_late or code == -signal.SIGXCPU:
        return f"not read within {limits.seconds:g} seconds: split it, or save it again from Excel"
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"the process that read this file died of it ({name}): save it again from Excel, or send CSV"


def serve(handle: int) -> None:
    """What the reading process does: answer one file after another until nobody asks any more."""
    from data.intake.reading import TASKS

    connection: Connection[Any, Any] = Connection(handle)
    _limit_memory(connection.recv())
    connection.send("ready")
    usual = _status("VmSize")
    is_last = False
    while not is_last:
        limits = Limits()
        file = ""
        try:
            task, file, name, limits = connection.recv()
            _limit_time(limits.seconds)
            answer: tuple[bool, object]
            try:
                answer = (True, TASKS[task](file, connection.recv_bytes(), name, limits))
            except UnreadableError as error:
                answer = (False, error.failures)
            is_last = _status("VmSize") > usual + _KEPT
            reply = pickle.dumps((*answer, _status("VmHWM"), is_last), pickle.HIGHEST_PROTOCOL)
        except (EOFError, KeyboardInterrupt):
            return
        except MemoryError:
            reply = _last_words(file, f"needs more than {limits.memory_bytes // 1_000_000} MB")
            is_last = True
        except BaseException as error:  # Polars' PanicException is not an Exception
            reply = _last_words(file, f"cannot be read, {type(error).__name__}: {error}")
            is_last = True
        connection.send_bytes(reply)


def _last_words(file: str, what: str) -> bytes:
    """The answer of a process that is no longer to be trusted with another file."""
    message = f"{what.splitlines()[0][:200]}: split it, or save it again from Excel or as CSV"
    return pickle.dumps((False, (whole_file(file, message),), _status("VmHWM"), True))


def _limit_memory(most: int) -> None:
    """From now on no more than `most` bytes in use altogether, no core dump, and nothing written to a disk."""
    import resource

    import polars as pl

    pl.DataFrame({"a": ["1", "2"]}).select(pl.col("a").cast(pl.Int32)).sort("a")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_OUTPUT, _LARGEST_OUTPUT))
    used = _status("VmRSS")
    if used:
        allowed = _status("VmSize") + max(0, most - used - _RESERVE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def _limit_time(seconds: float) -> None:
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = int(spent.ru_utime + spent.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _status(name: str) -> int:
    """A figure about this process's memory, in bytes; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
