"""A week's folder becomes a snapshot: read, check, write as Parquet, publish."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

from data.exceptions import SnapshotError
from data.gate import Accepted, Examined, examine
from data.inbox import read_inbox
from data.intake import Here, Reader
from data.line import FOLDER, committed, line
from data.manifest import SourceFile
from data.publishing import Prepared, PublishingError, publish
from data.rules import RULES
from data.snapshots import Snapshot

__all__ = [
    "Prepared",
    "Progress",
    "Week",
    "accept_all",
    "look",
    "prepare",
    "publish",
    "refresh",
    "refresh_many",
    "served",
]

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with the steps done, the steps in all, and what was done last."""

Week: TypeAlias = tuple[Path, date]
"""A folder of files, and the day on which they were all that was known."""

_PROCESSES: Final = 2
_AHEAD: Final = 4


def accept_all(because: str) -> Accepted:
    """Sign off every warning rule for one reason: for data made up, or for files of another system's own gate."""
    return {rule.code: because for rule in RULES if rule.severity == "warning"}


def prepare(
    folder: Path, known_on: date, accepted: Accepted | None = None, *, reader: Reader | None = None
) -> Prepared:
    """Read and check a folder of whole tables by itself; the result does not depend on the clock or the machine.

    RefusedError lists every fault of every file and every row that breaks a rule, UnsignedError the warnings without a
    reason in `accepted`.
    """
    return examine(read_inbox(folder, full=True, reader=reader), known_on, None).prepare(accepted or {})


def look(
    folder: Path,
    known_on: date,
    data_folder: Path,
    *,
    today: date,
    full: bool | None = None,
    reader: Reader | None = None,
) -> Examined:
    """Hold a folder against the rules and the snapshot that is served, and publish nothing.

    The folder holds the senders' workbooks, or (`full`, otherwise told by the files' names) whole tables. They are read
    by the reader, otherwise by a process of their own.
    PublishingError when the week is not later than that snapshot: judged against it, everything would look wrong; and
    when it is later than `today`, unless the county is invented: what is not over cannot be known.
    """
    former = served(data_folder)
    if former is not None and known_on <= former.known_on:
        raise PublishingError(
            f"The week known on {known_on} is not later than the newest snapshot, {former.id}: "
            "choose a later date; what was published is never changed."
        )
    if known_on > today and not (former is not None and former.synthetic):
        raise PublishingError(f"The week known on {known_on} is not over: today is {today}. Choose an earlier date.")
    groups = [] if former is None else former.frame("supervision_groups")["group_id"].to_list()
    inbox = read_inbox(folder, groups, full=full, reader=reader)
    earlier = [] if former is None else list(line(data_folder, former.id))
    return replace(
        examine(inbox, known_on, former, list(_sources(data_folder, earlier))),
        left_out=tuple(name for name in committed(data_folder) if former is not None and name not in earlier),
        built_on=_base(data_folder) if former is None else former.id,
    )


def _sources(data_folder: Path, names: Iterable[str]) -> Iterator[SourceFile]:
    """Every file that was taken in with these snapshots; a damaged manifest is passed over."""
    for name in names:
        with suppress(SnapshotError):
            yield from Snapshot.open(data_folder / FOLDER / name).manifest.sources


def _base(data_folder: Path) -> str:
    """What a week stands on that is compared with nothing: a snapshot of another schema, or nothing."""
    try:
        return Snapshot.newest(data_folder, to_build_on=True).id
    except SnapshotError:
        return ""


def served(data_folder: Path) -> Snapshot | None:
    """The snapshot a new week follows; none before the first."""
    try:
        return Snapshot.newest(data_folder)
    except SnapshotError:
        return None


def refresh(
    folder: Path,
    known_on: date,
    data_folder: Path,
    *,
    today: date,
    accepted: Accepted | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Take in a folder as the newest snapshot; nothing is published when anything is wrong with it.

    RefusedError with every failing row, UnsignedError for warnings without a reason in `accepted`, PublishingError when
    the week is not later than the newest snapshot or later than `today`, or when that snapshot is damaged.
    """
    report = progress or _silent
    report(0, 2, f"checking {folder.name}")
    prepared = look(folder, known_on, data_folder, today=today).prepare(accepted or {})
    report(1, 2, "publishing")
    snapshot = publish(prepared, data_folder)
    report(2, 2, snapshot.id)
    return snapshot


def refresh_many(
    weeks: Iterable[Week],
    data_folder: Path,
    *,
    accepted: Accepted | None = None,
    total: int | None = None,
    progress: Progress | None = None,
) -> list[Snapshot]:
    """Take in several folders, oldest first; the next ones are checked in other processes while one is published.

    The folders are of our own making: those processes read them without the limits on what others send.
    `weeks` is read only a few folders ahead, so it may write them as it goes; `total` is for the progress when it
    has no length. The first folder that is refused ends the work; those before it are published.
    """
    report = progress or _silent
    steps = total if total is not None else len(weeks := list(weeks))
    published: list[Snapshot] = []
    report(0, steps, "")
    with closing(_prepared_in_order(iter(weeks), accepted or {})) as in_order:
        for prepared in in_order:
            published.append(publish(prepared, data_folder))
            report(len(published), steps, published[-1].id)
    return published


def _prepared_in_order(weeks: Iterator[Week], accepted: Accepted) -> Generator[Prepared, None, None]:
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as processes:
        waiting: deque[Future[Prepared]] = deque()
        try:
            for week in weeks:
                waiting.append(processes.submit(prepare, *week, accepted, reader=Here()))
                if len(waiting) > _AHEAD or waiting[0].done():
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _silent(done: int, total: int, what: str) -> None:
    """Report to nobody."""
