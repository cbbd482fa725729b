"""The power goes at every step of every writing operation; what a reader and the next writer then find."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from random import Random

from breaking import WEEKS, Operation, roll_back
from outcome import Outcome
from power import Disk, Node, signature, written
from steps import PowerFailure, Steps, ending
from tagged import copied, folder_of, number_of_week, week

from data import disk
from data.exceptions import SnapshotError
from data.history import verify_all
from data.journal import DONE, Journal
from data.line import read_pointer
from data.publishing import publish
from data.schemas import TABLES
from data.snapshots import Snapshot

NOTHING = -1
"""Stands for the week of a folder in which nothing was published yet."""

LAST = 12
"""So many steps at the end are looked at in any case."""

UNSEEN = frozenset({"staging", ".lock"})


def operations() -> dict[str, tuple[int, Operation, int]]:
    """What is tried: how many weeks are there before, the operation, and the week that is served after it."""
    return {
        "first publish": (0, partial(publish, week(0)), 0),
        "publish": (WEEKS, partial(publish, week(WEEKS)), WEEKS),
        "publish and delete old ones": (WEEKS, partial(publish, week(WEEKS), keep=1), WEEKS),
        "publish after one that was cut off": (WEEKS, _after_one_cut_off, WEEKS),
        "roll back": (WEEKS, roll_back, 0),
    }


def _after_one_cut_off(folder: Path) -> Snapshot:
    """The former publication ended just before readers could see it, so that its folder has to be cleared away."""
    return publish(week(WEEKS), folder)


def lose_power(
    scratch: Path, seed: int, mixtures: int, mend_every: int, every: int = 1, only: Collection[str] = ()
) -> Outcome:
    """Look at every state that may be found; let the next refresh mend each `mend_every`-th of them.

    `every` > 1 leaves steps out, never the last ones, in which readers come to see the new week.
    """
    outcome = Outcome("power loss, in every mixture of what reached the disk")
    store = scratch / "store"
    store.mkdir()
    for name, (before, operation, served) in operations().items():
        if only and name not in only:
            continue
        folder = copied(folder_of(scratch / name, before), scratch / "recorded") if before else scratch / "recorded"
        folder.mkdir(exist_ok=True)
        if operation is _after_one_cut_off:
            _cut_off(folder)
        model = Disk(folder)
        with Steps(folder).watching() as steps:
            operation(folder)
        looked_at: set[int] = set()
        for number, (step, arguments, done) in enumerate(steps.log):
            is_change = model.step(step, arguments, done)
            if not is_change or (number % every and number < len(steps.log) - LAST):
                continue
            for nth, state in enumerate(model.states(Random(f"{seed} {name} {number}"), mixtures)):
                outcome.counts["states"] += 1
                mends = (number * 31 + nth) % mend_every == 0
                mark = hash(signature(state, UNSEEN if not mends else frozenset()))
                if mark in looked_at:
                    continue
                looked_at.add(mark)
                with outcome.trial(f"{name} / step {number} {step} / state {nth} / seed {seed}"):
                    found = _look(state, scratch / "found", store, {before - 1, served})
                    outcome.counts["new week" if found == served else "former week"] += 1
                    if mends:
                        outcome.counts["mended"] += 1
                        _mend(scratch / "found", found, served)
                disk.remove(scratch / "found")
        disk.remove(folder)
    return outcome


def _cut_off(folder: Path) -> None:
    rehearsed = copied(folder, folder.with_name("rehearsed"))
    with Steps(rehearsed).watching() as counted:
        publish(week(WEEKS), rehearsed)
    disk.remove(rehearsed)
    at = next(number for number, name in enumerate(counted.names) if name == "replace")
    with Steps(folder, at, ending).watching():
        try:
            publish(week(WEEKS), folder)
        except PowerFailure:
            return
    raise AssertionError("the publication was not cut off")


def _look(state: Node, folder: Path, store: Path, allowed: set[int]) -> int:
    written(state, folder, store)
    number = NOTHING
    try:
        seen = Snapshot.newest(folder)
    except SnapshotError as error:
        assert "CURRENT is missing: nothing was published here" in str(error), error  # noqa: PT017
    else:
        number = number_of_week(seen, tuple(TABLES))
        assert seen.notes == () or min(allowed) == NOTHING, seen.notes
    assert number in allowed, number
    journal, pointer = Journal.read(folder), read_pointer(folder)
    assert journal.faults == (), journal.faults
    logged = journal.last(*DONE)
    assert logged is None or (pointer is not None and logged.sequence <= pointer.sequence), "the log is ahead"
    return number


def _mend(folder: Path, number: int, served: int) -> None:
    again = publish(week(max(number, served) + 1), folder)
    assert again.notes == ()
    assert number_of_week(Snapshot.newest(folder), tuple(TABLES)) == max(number, served) + 1
    assert list((folder / "staging").iterdir()) == []
    faults = [fault for _, found in verify_all(folder) for fault in found]
    assert faults == [], faults
