import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.publishing import Prepared, PublishingError, publish
from data.schemas import polars_schema
from data.snapshots import Snapshot

Units = Callable[[int], pl.DataFrame]
Week = Callable[[int], Prepared]


class PowerFailure(BaseException):
    """The process ended here."""


def test_what_was_published_can_be_read(tmp_path: Path, week: Week) -> None:
    snapshot = publish(week(0), tmp_path)
    snapshot.verify()
    assert snapshot == Snapshot.newest(tmp_path)
    assert snapshot.frame("units").height == 5
    assert not snapshot.synthetic


def test_a_campaign_called_demo_is_marked_as_invented(tmp_path: Path, week: Week) -> None:
    campaign = {
        "campaign_id": ["demo"], "name_zh": ["演示"], "name_en": ["Demo"], "launched_on": [week(0).manifest.known_on],
        "planned_end_on": [None], "timezone": ["Asia/Shanghai"], "week_start": ["mon"], "report_weekday": [5],
        "report_hour": [18],
    }  # fmt: skip
    frame = pl.DataFrame(campaign, schema=polars_schema("campaign"))
    assert publish(Prepared.of({"campaign": frame}, week(0).manifest.known_on), tmp_path).synthetic


def test_the_same_rows_in_any_order_give_the_same_bytes(week: Week, units: Units) -> None:
    rows = units(500)
    shuffled = rows.sample(fraction=1.0, shuffle=True, seed=3)
    assert not rows.equals(shuffled)
    known_on = week(0).manifest.known_on
    assert Prepared.of({"units": rows}, known_on) == Prepared.of({"units": shuffled}, known_on)


def test_published_files_are_read_only(tmp_path: Path, week: Week) -> None:
    folder = publish(week(0), tmp_path).folder
    assert folder.stat().st_mode & 0o777 == 0o550
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o440}


def test_a_reader_can_delete_a_snapshot_after_making_it_writable(tmp_path: Path, week: Week) -> None:
    folder = publish(week(0), tmp_path).folder
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    shutil.rmtree(folder)
    assert not folder.exists()


@pytest.mark.parametrize("number", [0, 1])
def test_a_week_not_later_than_the_newest_is_refused(tmp_path: Path, week: Week, number: int) -> None:
    newest = publish(week(1), tmp_path)
    with pytest.raises(PublishingError, match=rf"is not later than the newest snapshot, {newest.id}"):
        publish(week(number), tmp_path)
    assert Snapshot.list(tmp_path) == [newest]


def test_a_second_publisher_is_refused_while_the_first_writes(tmp_path: Path, week: Week) -> None:
    publish(week(0), tmp_path)
    with (tmp_path / ".lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(PublishingError, match="Another refresh is writing"):
            publish(week(1), tmp_path)
    assert publish(week(1), tmp_path).sequence == 2


def test_bytes_that_do_not_come_back_from_the_disk_are_refused(tmp_path: Path, week: Week) -> None:
    first = publish(week(0), tmp_path)
    prepared = week(1)
    wrong = replace(prepared, contents=prepared.contents | {"units": prepared.contents["units"][:-1] + b"?"})
    with pytest.raises(PublishingError, match=r"units\.parquet was read back with other bytes"):
        publish(wrong, tmp_path)
    assert Snapshot.newest(tmp_path) == first


STEPS = ("fsync", "open", "rename", "replace", "mkdir", "chmod")


def test_whatever_step_fails_the_last_good_snapshot_stays_and_the_next_try_works(
    tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(week(0), tmp_path / "whole")
    steps = _steps_done(10_000, lambda: publish(week(1), tmp_path / "whole"), monkeypatch)
    assert steps > 80
    for allowed in (*range(8), *range(8, steps - 14, 9), *range(steps - 14, steps)):
        folder = tmp_path / str(allowed)
        first = publish(week(0), folder)
        assert _steps_done(allowed, lambda folder=folder: publish(week(1), folder), monkeypatch) == allowed
        seen = Snapshot.newest(folder)
        assert seen.notes == ()
        seen.verify()
        is_switched = seen != first
        assert Snapshot.list(folder) == ([first, seen] if is_switched else [first])
        again = publish(week(2 if is_switched else 1), folder)
        again.verify()
        assert again.sequence == (3 if is_switched else 2)
        assert list((folder / "staging").iterdir()) == []
        assert len(list((folder / "snapshots").iterdir())) == again.sequence


def test_a_first_publication_that_lost_its_pointer_is_completed_by_the_same_week(tmp_path: Path, week: Week) -> None:
    first = publish(week(0), tmp_path)
    (tmp_path / "CURRENT").unlink()
    assert publish(week(0), tmp_path) == first
    assert Snapshot.newest(tmp_path).notes == ()


def test_after_a_repair_no_damaged_folder_is_deleted(tmp_path: Path, week: Week) -> None:
    first, second = publish(week(0), tmp_path), publish(week(1), tmp_path)
    (second.folder / "manifest.json").chmod(0o640)
    (second.folder / "manifest.json").write_bytes(b"")
    third = publish(week(2), tmp_path)
    assert (third.sequence, second.folder.is_dir()) == (3, True)
    assert Snapshot.list(tmp_path) == [first, third]


def test_a_killed_publisher_leaves_the_last_good_snapshot(tmp_path: Path, week: Week) -> None:
    first = publish(week(0), tmp_path / "data")
    for table, content in week(1).contents.items():
        (tmp_path / f"{table}.bin").write_bytes(content)
    (tmp_path / "manifest").write_bytes(week(1).manifest.to_json())
    child = subprocess.Popen([sys.executable, "-c", _PUBLISHES_AND_STOPS, str(tmp_path)], stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"about to switch\n"
        child.send_signal(signal.SIGKILL)
    assert Snapshot.newest(tmp_path / "data") == first
    assert publish(week(1), tmp_path / "data").sequence == 2


_PUBLISHES_AND_STOPS = """
import os, sys, time
from pathlib import Path
from data.manifest import Manifest
from data.publishing import Prepared, publish

folder = Path(sys.argv[1])

def stop(source, target):
    print("about to switch", flush=True)
    time.sleep(60)

os.replace = stop
contents = {path.stem: path.read_bytes() for path in folder.glob("*.bin")}
publish(Prepared(Manifest.from_json((folder / "manifest").read_bytes()), contents), folder / "data")
"""


def _steps_done(allowed: int, action: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the action, which ends as if killed when it takes more steps than allowed; how many steps it took."""
    done = 0

    def counted(original: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            nonlocal done
            if done == allowed:
                raise PowerFailure
            done += 1
            return original(*arguments, **options)

        return step

    with monkeypatch.context() as patched:
        for name in STEPS:
            patched.setattr(os, name, counted(getattr(os, name)))
        with suppress(PowerFailure):
            action()
    return done
