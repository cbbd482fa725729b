"""Which snapshots may go when there are many: never the served one, the newest of its line, or a pinned one.

A pin is a file in `pins/` named by the snapshot, as `ID`, or as `ID.PID` by a process that wants it for as long as it
runs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from data import disk
from data.exceptions import SnapshotError
from data.line import NAME, number_of, numbered
from data.snapshots import Snapshot

PINS: Final = "pins"

KEEP: Final = 60
"""How many snapshots of the line are kept: more than a year of weeks."""


def superfluous(data_folder: Path, keep: int) -> list[str]:
    """Names of the snapshots older than the `keep` newest good ones of the line, oldest first; pinned ones not."""
    check_keep(keep)
    held = numbered(data_folder)
    if len(held) <= keep:
        return []
    good = Snapshot.list(data_folder)
    if len(good) <= keep:
        return []
    oldest = good[-keep].sequence
    kept = pinned(data_folder)
    return [name for number, name in held if number < oldest and name not in kept]


def check_keep(keep: int) -> None:
    """ValueError when not even the served snapshot would be kept."""
    if keep < 1:
        raise ValueError(f"keep is {keep}: at least the served snapshot is kept, give 1 or more")


def pin(data_folder: Path, id: str, *, pid: int | None = None) -> None:
    """Keep a snapshot, until `unpin` or until that process ends. SnapshotError when it is not there."""
    if id not in {name for _, name in numbered(data_folder)}:
        raise SnapshotError(f"No snapshot {id!r} in {data_folder}: `campaign snapshots` lists them.")
    disk.make_folder(data_folder / PINS)
    os.close(os.open(data_folder / PINS / _pin(id, pid), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o640))
    disk.flush_folder(data_folder / PINS)


def unpin(data_folder: Path, id: str, *, pid: int | None = None) -> None:
    """Give up a pin; nothing when it is not there."""
    (data_folder / PINS / _pin(id, pid)).unlink(missing_ok=True)


def pinned(data_folder: Path) -> set[str]:
    """Names of the snapshots that are pinned; the pins of processes that have ended do not count."""
    folder = data_folder / PINS
    found = [path.name.partition(".") for path in folder.iterdir()] if folder.is_dir() else []
    return {name for name, _, pid in found if NAME.fullmatch(name) and (not pid.isdecimal() or _runs(int(pid)))}


def _pin(id: str, pid: int | None) -> str:
    number_of(id)
    return id if pid is None else f"{id}.{pid}"


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
