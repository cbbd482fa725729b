"""Random histories of publishing, rolling back, deleting, failing and damage, against a model of a few lines.

The model knows which snapshots there are, which of them is served and what each was built on. After every step a
reader, the list, the history and the verification have to say what the model says.
"""

from __future__ import annotations

import errno
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from outcome import Outcome
from steps import PowerFailure, Steps, ending, failing
from tagged import number_of_week, week

from data import disk
from data.exceptions import SnapshotError
from data.history import history, verify_all
from data.journal import LOG
from data.line import CURRENT, FOLDER, MANIFEST, read_pointer
from data.prepared import PublishingError
from data.publishing import publish, rollback
from data.retention import pin, unpin
from data.snapshots import Snapshot

MEMORY = Path("/dev/shm")
TABLE = "visits.parquet"

WHICH = st.integers(0, 30)
STEPS = st.integers(0, 500)
KEEPS = st.sampled_from([1, 2, 3, 60])


@dataclass
class One:
    """A snapshot as the model knows it."""

    id: str
    week: int
    parent: str | None
    is_held: bool = True
    has_manifest: bool = True
    has_tables: bool = True

    @property
    def sequence(self) -> int:
        """Its number among the publications."""
        return int(self.id[11:15])


class Histories(RuleBasedStateMachine):
    """The data folder beside its model."""

    lived = taken = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="campaign-history-", dir=MEMORY if MEMORY.is_dir() else None))
        self.all: dict[str, One] = {}
        self.served: str | None = None
        self.pins: set[str] = set()
        self.is_lost = self.is_torn = self.is_unsure = False
        Histories.lived += 1

    def teardown(self) -> None:
        disk.remove(self.folder)

    def line(self) -> list[One]:
        """The snapshots on the line that are there, newest first."""
        found, id = [], self.served
        while id is not None:
            found.append(self.all[id])
            id = self.all[id].parent
        return [one for one in found if one.is_held]

    def shown(self) -> One | None:
        """What a reader gets."""
        return next((one for one in self.line() if one.has_manifest and one.has_tables), None)

    def held(self) -> list[One]:
        """The snapshots that are there, oldest first."""
        return sorted((one for one in self.all.values() if one.is_held), key=lambda one: one.sequence)

    def superfluous(self, keep: int) -> list[One]:
        """What may be deleted."""
        good = [one for one in self.line() if one.has_manifest]
        if len(self.held()) <= keep or len(good) <= keep:
            return []
        oldest = good[keep - 1].sequence
        return [one for one in self.held() if one.sequence < oldest and one.id not in self.pins]

    @initialize()
    def begin(self) -> None:
        self.publish(1, 60)

    @rule(gap=st.integers(1, 3), keep=KEEPS)
    def publish(self, gap: int, keep: int) -> None:
        self._publish(gap, keep, Steps(self.folder))

    @rule(gap=st.integers(1, 3), keep=KEEPS, at=STEPS)
    def publish_and_end(self, gap: int, keep: int, at: int) -> None:
        self._publish(gap, keep, Steps(self.folder, at, ending))

    @rule(gap=st.integers(1, 3), keep=KEEPS, at=STEPS, lasts=st.booleans())
    def publish_and_fail(self, gap: int, keep: int, at: int, lasts: bool) -> None:
        self._publish(gap, keep, Steps(self.folder, at, failing(errno.EIO), lasts))

    @precondition(lambda self: self.shown() is not None and not self.is_lost)
    @rule(back=st.integers(0, 2))
    def publish_too_early(self, back: int) -> None:
        shown = self.shown()
        assert shown is not None
        with pytest.raises(PublishingError, match="is not later than"):
            publish(week(max(0, shown.week - back)), self.folder)
        self._settled()

    @rule(which=WHICH)
    def roll_back(self, which: int) -> None:
        self._roll_back(which, Steps(self.folder))

    @rule(which=WHICH, at=st.integers(0, 200))
    def roll_back_and_end(self, which: int, at: int) -> None:
        self._roll_back(which, Steps(self.folder, at, ending))

    @rule(which=WHICH, what=st.sampled_from([MANIFEST, TABLE]))
    def damage(self, which: int, what: str) -> None:
        one = self._any(which)
        path = self.folder / FOLDER / one.id / what
        if what == MANIFEST and one.has_manifest:
            path.rename(path.with_name(f".{what}"))
            one.has_manifest = False
        elif what == TABLE and one.has_tables:
            path.rename(path.with_name(f".{what}"))
            one.has_tables = False

    @rule(which=WHICH)
    def restore(self, which: int) -> None:
        one = self._any(which)
        for path in (self.folder / FOLDER / one.id).glob(".*"):
            path.rename(path.with_name(path.name[1:]))
        one.has_manifest = one.has_tables = True

    @rule(which=WHICH)
    def pin_or_unpin(self, which: int) -> None:
        one = self._any(which)
        if one.id in self.pins:
            unpin(self.folder, one.id)
        else:
            pin(self.folder, one.id)
        self.pins ^= {one.id}

    @precondition(lambda self: not self.is_torn and not self.is_unsure)
    @rule()
    def lose_current(self) -> None:
        (self.folder / CURRENT).unlink(missing_ok=True)
        self.is_lost = True

    @precondition(lambda self: not self.is_lost and not self.is_unsure)
    @rule(bytes=st.integers(1, 60))
    def tear_log(self, bytes: int) -> None:
        log = self.folder / LOG
        log.write_bytes(log.read_bytes()[:-bytes])
        self.is_torn = True

    @invariant()
    def counted(self) -> None:
        Histories.taken += 1

    @invariant()
    def readers_see_what_the_model_says(self) -> None:
        if self.served is None:
            return
        shown = self.shown()
        try:
            seen = Snapshot.newest(self.folder)
        except SnapshotError:
            assert shown is None
            return
        assert shown is not None
        assert (seen.id, number_of_week(seen)) == (shown.id, shown.week)
        assert bool(seen.notes) == (self.is_lost or shown.id != self.served)
        on_line = [one.id for one in reversed(self.line()) if one.has_manifest]
        assert [one.id for one in Snapshot.list(self.folder)] == on_line

    @invariant()
    def the_folder_holds_what_the_model_says(self) -> None:
        if self.served is None:
            return
        told = {one.id: one for one in history(self.folder)}
        assert sorted(told) == sorted(one.id for one in self.held())
        assert {id for id, one in told.items() if one.is_rolled_back} == set(told) - {one.id for one in self.line()}
        assert {id for id, one in told.items() if one.is_pinned} == self.pins & set(told)
        assert {id for id, one in told.items() if one.fault} == {one.id for one in self.held() if not one.has_manifest}
        if not self.is_unsure:
            faults = [fault for _, found in verify_all(self.folder) for fault in found]
            is_damaged = any(not (one.has_manifest and one.has_tables) for one in self.held())
            assert bool(faults) == (is_damaged or self.is_lost or self.is_torn), faults

    def _publish(self, gap: int, keep: int, steps: Steps) -> None:
        shown = self.shown()
        if shown is None and self.served is not None:
            return
        parent, number = (shown.id, shown.week + gap) if shown else (None, 0)
        try:
            with steps.watching():
                published = publish(week(number), self.folder, keep=keep)
        except (PowerFailure, PublishingError) as error:
            if steps.at is None:
                raise
            pointer = None if self.is_lost and not (self.folder / CURRENT).exists() else read_pointer(self.folder)
            self.is_unsure = True
            if pointer is None or pointer.id in self.all:
                assert pointer is None or pointer.id == self.served
                return
            if not isinstance(error, PowerFailure):
                raise
            id, is_sure = pointer.id, False
        else:
            id, is_sure = published.id, not published.notes
        self.all[id] = One(id, number, parent)
        self.served, self.is_lost = id, False
        for one in self.superfluous(keep):
            one.is_held = not is_sure and (self.folder / FOLDER / one.id).exists()
            if not one.is_held:
                self.all[one.id].has_manifest = self.all[one.id].has_tables = True
        self.is_unsure = not is_sure
        self.is_torn = self.is_torn and not is_sure

    def _roll_back(self, which: int, steps: Steps) -> None:
        one = self._any(which)
        is_possible = one.has_manifest and one.has_tables and (self.is_lost or one.id != self.served)
        try:
            with steps.watching():
                rollback(self.folder, one.id, f"tried {which}")
        except (PublishingError, SnapshotError):
            assert not is_possible
            self._settled()
        except PowerFailure:
            self.is_unsure = True
            pointer = read_pointer(self.folder)
            if pointer is not None and pointer.id == one.id:
                self.served, self.is_lost = one.id, False
        else:
            assert is_possible
            self.served, self.is_lost = one.id, False
            self._settled()

    def _settled(self) -> None:
        """A writer went through all of its first part: whatever was pending is done, unless CURRENT is lost."""
        if not self.is_lost:
            self.is_torn = self.is_unsure = False

    def _any(self, which: int) -> One:
        held = self.held()
        return held[which % len(held)]


def live_through(first: int, count: int, length: int) -> Outcome:
    """So many histories of at most so many steps; hypothesis shortens one that fails and prints its steps."""
    outcome = Outcome("random histories against a model")
    quiet = settings(
        max_examples=count,
        stateful_step_count=length,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    Histories.lived = 0
    with outcome.trial(f"seed {first}"):
        run_state_machine_as_test(seed(first)(Histories), settings=quiet)
    outcome.counts["steps"], outcome.tried = Histories.taken, Histories.lived
    return outcome
