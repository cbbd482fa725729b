"""Every step of every writing operation fails or is the last one: readers see the former week or the new one, whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from outcome import Outcome
from steps import CODES, PowerFailure, Steps, ending, failing
from tagged import copied, folder_of, number_of_week, week

from data import disk
from data.exceptions import SnapshotError
from data.history import verify_all
from data.prepared import PublishingError
from data.publishing import publish, rollback
from data.schemas import TABLES
from data.snapshots import Snapshot

WEEKS = 3
"""So many are published before; the operations are tried on top of them."""

Operation = Callable[[Path], Snapshot]


def operations() -> dict[str, tuple[Operation, int]]:
    """What is tried, and the week that is served once it has succeeded."""
    return {
        "publish": (partial(publish, week(WEEKS)), WEEKS),
        "publish and delete old ones": (partial(publish, week(WEEKS), keep=1), WEEKS),
        "roll back": (roll_back, 0),
    }


def roll_back(folder: Path) -> Snapshot:
    """Back to the first week."""
    return rollback(folder, FIRST, "tried")


FIRST = week(0).manifest.numbered(1).id


def steps_of(template: Path, operation: Operation) -> int:
    """How many steps the operation takes when nothing fails."""
    folder = copied(template, template.with_name(f"counted {os.getpid()}"))
    with Steps(folder).watching() as steps:
        operation(folder)
    disk.remove(folder)
    return steps.taken


def trials(every: int) -> Iterator[tuple[str, int, str, bool]]:
    """Operation, how many steps apart those that are tried, errno's name ("" to end there), and whether it lasts."""
    for name in operations():
        yield name, every, "", False
        for code in CODES:
            yield name, every * (1 if every == 1 else 4), errno.errorcode[code], False
        for lasting in (errno.EROFS, errno.ENOSPC):
            yield name, every * (1 if every == 1 else 4), errno.errorcode[lasting], True


def break_every_step(scratch: Path, every: int, processes: int, first: int = 0) -> Outcome:
    """Try each step of each operation with each fault; `every` > 1 leaves steps out, beginning with the `first`."""
    outcome = Outcome("every step fails (EIO, ENOSPC, EROFS, EDQUOT), or is the last")
    template = folder_of(scratch / "template", WEEKS)
    tried = [(first, *one) for one in trials(every)]
    if processes == 1:
        for one in tried:
            outcome.add(_broken_at_steps(template, *one))
        return outcome
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as workers:
        for part in workers.map(_broken_at_steps, [template] * len(tried), *zip(*tried, strict=True)):
            outcome.add(part)
    return outcome


def _broken_at_steps(template: Path, first: int, name: str, stride: int, code: str, lasts: bool) -> Outcome:
    part = Outcome("")
    operation, served = operations()[name]
    folder = template.with_name(f"{name} {code} {lasts}")
    for at in range(first % stride, steps_of(template, operation), stride):
        copied(template, folder)
        with part.trial(f"{name} / step {at} / {code or 'end'}{' on' if lasts else ''}"):
            part.counts[_broken(folder, operation, served, at, code, lasts)] += 1
        disk.remove(folder)
    return part


def _broken(folder: Path, operation: Operation, served: int, at: int, code: str, lasts: bool) -> str:
    act = failing(getattr(errno, code)) if code else ending
    returned: Snapshot | None = None
    refused = ended = False
    with Steps(folder, at, act, lasts).watching():
        try:
            returned = operation(folder)
        except (PublishingError, SnapshotError):
            refused = True
        except PowerFailure:
            ended = True
    seen = Snapshot.newest(folder)
    number = number_of_week(seen, tuple(TABLES))
    assert seen.notes == (), seen.notes
    assert number in ((served,) if returned else (WEEKS - 1,) if refused else (WEEKS - 1, served)), number
    assert refused or ended or returned is not None
    _recovers(folder, number)
    if returned is not None:
        return "served with a note" if returned.notes else "served as if nothing was"
    return "ended, new week seen" if ended and number == served else "ended, former seen" if ended else "refused"


def _recovers(folder: Path, number: int) -> None:
    """The next refresh works, leaves nothing over, and everything is as it was published."""
    again = publish(week(number + 1), folder)
    assert number_of_week(Snapshot.newest(folder)) == number + 1
    assert again.notes == ()
    assert list((folder / "staging").iterdir()) == []
    faults = [fault for _, found in verify_all(folder) for fault in found]
    assert faults == [], faults
