"""A week's folder becomes a snapshot: read, check, write as Parquet, publish."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

from data.checking import check
from data.exceptions import RefusedError
from data.intake import failure_frame, read_folder
from data.publishing import Prepared, publish
from data.snapshots import Snapshot

__all__ = ["Prepared", "Progress", "Week", "prepare", "publish", "refresh", "refresh_many"]

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with the steps done, the steps in all, and what was done last."""

Week: TypeAlias = tuple[Path, date]
"""A folder of files, and the day on which they were all that was known."""

_PROCESSES: Final = 2
_AHEAD: Final = 4


def prepare(folder: Path, known_on: date) -> Prepared:
    """Read and check a folder; the result does not depend on the clock, the machine or the order of rows.

    RefusedError lists every fault of every file and every row that breaks a rule.
    """
    received = read_folder(folder)
    checked = check(received, known_on)
    if failures := (*received.failures, *checked.failures):
        raise RefusedError(failure_frame(failures))
    return Prepared.of(received.frames, known_on, received.sources, checked.warnings)


def refresh(folder: Path, known_on: date, data_folder: Path, *, progress: Progress | None = None) -> Snapshot:
    """Take in a folder as the newest snapshot; nothing is published when anything is wrong with it.

    RefusedError with every failing row; PublishingError when the week is not later than the newest snapshot.
    """
    report = progress or _silent
    report(0, 2, f"checking {folder.name}")
    prepared = prepare(folder, known_on)
    report(1, 2, "publishing")
    snapshot = publish(prepared, data_folder)
    report(2, 2, snapshot.id)
    return snapshot


def refresh_many(
    weeks: Iterable[Week], data_folder: Path, *, total: int | None = None, progress: Progress | None = None
) -> list[Snapshot]:
    """Take in several folders, oldest first; the next ones are checked in other processes while one is published.

    `weeks` is read only a few folders ahead, so it may write them as it goes; `total` is for the progress when it
    has no length. The first folder that is refused ends the work; those before it are published.
    """
    report = progress or _silent
    steps = total if total is not None else len(weeks := list(weeks))
    published: list[Snapshot] = []
    report(0, steps, "")
    with closing(_prepared_in_order(iter(weeks))) as in_order:
        for prepared in in_order:
            published.append(publish(prepared, data_folder))
            report(len(published), steps, published[-1].id)
    return published


def _prepared_in_order(weeks: Iterator[Week]) -> Generator[Prepared, None, None]:
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as processes:
        waiting: deque[Future[Prepared]] = deque()
        try:
            for week in weeks:
                waiting.append(processes.submit(prepare, *week))
                if len(waiting) > _AHEAD or waiting[0].done():
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _silent(done: int, total: int, what: str) -> None:
    """Report to nobody."""
