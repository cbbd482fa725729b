import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.exceptions import SnapshotError
from data.history import verify_all
from data.journal import Journal
from data.prepared import Prepared
from data.publishing import publish, rollback
from data.retention import pin, pinned, superfluous, unpin
from data.snapshots import Snapshot

Week = Callable[[int], Prepared]


def held(folder: Path) -> list[int]:
    return sorted(int(path.name[11:15]) for path in (folder / "snapshots").iterdir())


def test_the_newest_stay_and_each_deletion_is_logged(tmp_path: Path, week: Week) -> None:
    ids = [publish(week(number), tmp_path, keep=3).id for number in range(6)]
    assert held(tmp_path) == [4, 5, 6]
    assert [entry.id for entry in Journal.read(tmp_path).entries if entry.event == "deleted"] == ids[:3]
    assert [one.id for one in Snapshot.list(tmp_path)] == ids[3:]
    assert [fault for _, faults in verify_all(tmp_path) for fault in faults] == []
    assert list((tmp_path / "staging").iterdir()) == []


def test_without_a_number_sixty_stay(tmp_path: Path, published: list[Snapshot]) -> None:
    assert publish.__kwdefaults__["keep"] == 60
    assert superfluous(tmp_path, 60) == []


def test_a_pinned_snapshot_stays_until_it_is_unpinned(tmp_path: Path, week: Week) -> None:
    first = publish(week(0), tmp_path)
    pin(tmp_path, first.id)
    for number in range(1, 4):
        publish(week(number), tmp_path, keep=1)
    assert held(tmp_path) == [1, 4]
    first.verify()
    unpin(tmp_path, first.id)
    publish(week(4), tmp_path, keep=1)
    assert held(tmp_path) == [5]


def test_the_pin_of_a_process_ends_with_it(tmp_path: Path, week: Week) -> None:
    first = publish(week(0), tmp_path)
    pin(tmp_path, first.id, pid=os.getpid())
    assert pinned(tmp_path) == {first.id}
    unpin(tmp_path, first.id, pid=os.getpid())
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    pin(tmp_path, first.id, pid=ended.pid)
    assert pinned(tmp_path) == set()


def test_only_a_snapshot_that_is_there_can_be_pinned(tmp_path: Path, published: list[Snapshot]) -> None:
    for id in ("../x", "2014-03-16-0009-0123456789abcdef"):
        with pytest.raises(SnapshotError, match="No snapshot"):
            pin(tmp_path, id)
    assert pinned(tmp_path) == set()


def test_a_served_old_snapshot_and_all_after_it_stay(tmp_path: Path, week: Week) -> None:
    ids = [publish(week(number), tmp_path).id for number in range(5)]
    rollback(tmp_path, ids[1], "counted twice")
    assert superfluous(tmp_path, 1) == ids[:1]
    publish(week(2), tmp_path, keep=2)
    assert held(tmp_path) == [2, 3, 4, 5, 7]
    publish(week(3), tmp_path, keep=2)
    assert held(tmp_path) == [7, 8]


def test_damaged_snapshots_do_not_count_among_the_newest(tmp_path: Path, week: Week) -> None:
    snapshots = [publish(week(number), tmp_path) for number in range(4)]
    for damaged in snapshots[1:3]:
        (damaged.folder / "manifest.json").chmod(0o640)
        (damaged.folder / "manifest.json").write_bytes(b"")
    assert superfluous(tmp_path, 2) == []
    assert superfluous(tmp_path, 1) == [one.id for one in snapshots[:3]]


def test_nothing_at_all_cannot_be_kept(tmp_path: Path, week: Week) -> None:
    with pytest.raises(ValueError, match="keep is 0"):
        superfluous(tmp_path, 0)
    with pytest.raises(ValueError, match="keep is 0"):
        publish(week(0), tmp_path, keep=0)
    assert Snapshot.list(tmp_path) == []
