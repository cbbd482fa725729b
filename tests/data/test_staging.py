"""What is proved before a week is published: room on the disk, the right columns, and the same figures twice."""

import errno
import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import disk
from data.history import verify_all
from data.journal import Journal
from data.prepared import Prepared, PublishingError
from data.publishing import publish, rollback
from data.schemas import polars_schema
from data.snapshots import Snapshot

Units = Callable[[int], pl.DataFrame]
Week = Callable[[int], Prepared]


def swapped(prepared: Prepared, frame: pl.DataFrame) -> Prepared:
    """The week with another units table on the disk than the one that was counted, its bytes vouched for."""
    content = io.BytesIO()
    frame.write_parquet(content)
    written = content.getvalue()
    file = replace(prepared.manifest.tables["units"], bytes=len(written), sha256=hashlib.sha256(written).hexdigest())
    manifest = replace(prepared.manifest, tables=prepared.manifest.tables | {"units": file})
    return Prepared(manifest, prepared.contents | {"units": written})


def test_a_disk_with_too_little_room_is_refused_with_both_figures(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = 3 * sum(map(len, week(2).contents.values())) + 1_000_000
    monkeypatch.setattr(disk, "free_bytes", lambda folder: needed - 1)
    with pytest.raises(PublishingError, match=rf"{needed - 1:,} bytes free, and publishing wants {needed:,}"):
        publish(week(2), tmp_path)
    assert Journal.read(tmp_path).entries[-1].event == "published"
    monkeypatch.setattr(disk, "free_bytes", lambda folder: needed)
    assert publish(week(2), tmp_path).sequence == 3


def test_the_room_is_what_the_file_system_says(tmp_path: Path) -> None:
    found = os.statvfs(tmp_path)
    assert abs(disk.free_bytes(tmp_path) - found.f_bavail * found.f_frsize) < 10**9


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (pl.col("sub_batch") + 1, "column sub_batch: total 12, not 6"),
        (pl.lit(None, pl.Date).alias("joined_on"), "column joined_on: nulls 6, not 0"),
        (pl.col("name_en") + "!", "column name_en: total 42, not 36"),
    ],
)
def test_a_value_that_changed_while_it_was_written_is_noticed(
    published: list[Snapshot], tmp_path: Path, week: Week, units: Units, change: pl.Expr, told: str
) -> None:
    wrong = swapped(replace(week(1), manifest=replace(week(1).manifest, known_on=week(2).manifest.known_on)), units(6))
    assert publish(wrong, tmp_path / "right").sequence == 1
    wrong = swapped(wrong, units(6).with_columns(change))
    with pytest.raises(PublishingError, match=rf"units\.parquet, read back by Polars: {told}"):
        publish(wrong, tmp_path)
    assert Snapshot.newest(tmp_path) == published[1]


def test_the_two_readers_have_to_agree(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.totals import Totals

    def one_more(content: bytes) -> Totals:
        counted = by_arrow(content)
        return replace(counted, rows=counted.rows + 1)

    by_arrow = Totals.by_arrow
    monkeypatch.setattr(Totals, "by_arrow", one_more)
    with pytest.raises(PublishingError, match=r"read back by Arrow: 1 rows, not 0"):
        publish(week(2), tmp_path)
    assert Snapshot.newest(tmp_path) == published[1]


def test_bytes_that_are_no_parquet_are_not_published(published: list[Snapshot], tmp_path: Path, week: Week) -> None:
    content = b"PAR1" + bytes(100) + b"PAR1"
    file = replace(week(2).manifest.tables["units"], sha256=hashlib.sha256(content).hexdigest())
    manifest = replace(week(2).manifest, tables=week(2).manifest.tables | {"units": file})
    with pytest.raises(PublishingError, match=r"units\.parquet cannot be read back"):
        publish(Prepared(manifest, week(2).contents | {"units": content}), tmp_path)
    assert Snapshot.newest(tmp_path) == published[1]


def test_a_required_cell_without_a_value_is_not_published(tmp_path: Path, week: Week, units: Units) -> None:
    lacking = units(5).with_columns(pl.when(pl.col("unit_id") != "u001").then("name_zh").alias("name_zh"))
    prepared = Prepared.of({"units": lacking}, week(0).manifest.known_on)
    with pytest.raises(PublishingError, match=r"units\.parquet, column name_zh: 1 cells without a value"):
        publish(prepared, tmp_path)
    assert Snapshot.list(tmp_path) == []


def test_a_week_compared_with_another_snapshot_than_the_served_one_is_refused(
    published: list[Snapshot], tmp_path: Path, week: Week
) -> None:
    first, second = published
    assert publish(replace(week(2), built_on=second.id), tmp_path).manifest.parent == second.id
    rollback(tmp_path, first.id, "counted twice")
    with pytest.raises(PublishingError, match=rf"compared with {second.id}, and {first.id} is served now"):
        publish(replace(week(3), built_on=second.id), tmp_path)
    with pytest.raises(PublishingError, match="nothing is served now"):
        publish(replace(week(0), built_on=second.id), tmp_path / "empty")


def failing(monkeypatch: pytest.MonkeyPatch, name: str, when: Callable[..., bool], code: int) -> None:
    original = getattr(os, name)

    def step(*arguments: Any, **options: Any) -> Any:
        if when(*arguments):
            raise OSError(code, os.strerror(code), str(arguments[0]))
        return original(*arguments, **options)

    monkeypatch.setattr(os, name, step)


def test_a_disk_that_fails_before_the_switch_publishes_nothing_and_says_so(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "replace", lambda source, target: True, errno.EIO)
    with pytest.raises(PublishingError, match=r"Nothing was published: .*Input/output error.*Put the disk right"):
        publish(week(2), tmp_path)
    with pytest.raises(PublishingError, match=r"Nothing was rolled back: .*Input/output error"):
        rollback(tmp_path, published[0].id, "counted twice")
    monkeypatch.undo()
    assert Snapshot.newest(tmp_path) == published[1]
    events = [(entry.event, entry.sequence) for entry in Journal.read(tmp_path).entries[-2:]]
    assert events == [("intent", 3), ("intent", 3)]
    assert publish(week(2), tmp_path).sequence == 3


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_log_that_fails_after_the_switch_takes_nothing_back_and_is_completed_by_the_next_writer(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def is_published(handle: int, content: bytes) -> bool:
        return b'"event": "published", "sequence": 3' in bytes(content)

    failing(monkeypatch, "write", is_published, code)
    third = publish(week(2), tmp_path, by="office")
    monkeypatch.undo()
    assert Snapshot.newest(tmp_path) == Snapshot.open(third.folder)
    assert "It is served, but the log or the tidying up is pending" in third.notes[0]
    assert [fault.where for _, found in verify_all(tmp_path) for fault in found] == ["log.jsonl"]
    publish(week(3), tmp_path)
    entry = Journal.read(tmp_path).last("published", id=third.id)
    assert entry is not None
    assert (entry.is_rebuilt, entry.by, entry.former) == (True, "office", published[1].id)
    assert [fault for _, found in verify_all(tmp_path) for fault in found] == []


def test_a_roll_back_that_the_log_lacks_is_completed_with_its_reason(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "write", lambda handle, content: b'"event": "rolled back"' in bytes(content), errno.EIO)
    assert rollback(tmp_path, published[0].id, "counted twice").notes
    monkeypatch.undo()
    publish(week(2), tmp_path)
    entry = Journal.read(tmp_path).last("rolled back")
    assert entry is not None
    assert (entry.because, entry.sequence, entry.is_rebuilt) == ("counted twice", 3, True)


def test_frames_of_another_schema_cannot_be_prepared(units: Units, week: Week) -> None:
    for frame, named in ((units(3).drop("left_on"), "left_on Date"), (units(3).select("unit_id"), "name_zh String")):
        with pytest.raises(PublishingError, match=rf"Table units: expected columns .*{named}"):
            Prepared.of({"units": frame}, week(0).manifest.known_on)
    assert Prepared.of({"units": pl.DataFrame(schema=polars_schema("units"))}, week(0).manifest.known_on)


def test_a_served_snapshot_that_cannot_be_read_now_is_not_passed_over(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.parent == published[1].folder and path.suffix == ".parquet":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    with pytest.raises(PublishingError, match=r"Nothing was published: .*Input/output error"):
        publish(week(2), tmp_path)
    assert Snapshot.newest(tmp_path).id == published[0].id
    monkeypatch.undo()
    assert publish(week(2), tmp_path).manifest.parent == published[1].id
