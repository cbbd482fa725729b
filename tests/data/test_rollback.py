"""Rolling back, and what the line of publications is afterwards."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.exceptions import SnapshotError
from data.journal import Journal
from data.line import committed, line, read_pointer
from data.prepared import Prepared, PublishingError
from data.publishing import publish, rollback
from data.snapshots import Snapshot

Week = Callable[[int], Prepared]


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


def test_an_older_snapshot_is_served_again_and_nothing_is_deleted(published: list[Snapshot], tmp_path: Path) -> None:
    first, second = published
    assert rollback(tmp_path, first.id, "counted twice") == first
    assert Snapshot.newest(tmp_path) == first
    assert Snapshot.newest(tmp_path).notes == ()
    assert Snapshot.list(tmp_path) == [first]
    assert second.folder.is_dir()
    second.verify()


def test_the_sequence_rises_with_a_roll_back(published: list[Snapshot], tmp_path: Path, week: Week) -> None:
    rollback(tmp_path, published[0].id, "counted twice")
    pointer = read_pointer(tmp_path)
    assert pointer is not None
    assert (pointer.sequence, pointer.id) == (3, published[0].id)
    assert publish(week(2), tmp_path).sequence == 4


def test_the_next_week_builds_on_what_is_served(published: list[Snapshot], tmp_path: Path, week: Week) -> None:
    first, second = published
    rollback(tmp_path, first.id, "counted twice")
    again = publish(week(1), tmp_path)
    assert (again.manifest.parent, again.known_on) == (first.id, second.known_on)
    assert Snapshot.list(tmp_path) == [first, again]
    assert Snapshot.at(tmp_path, second.known_on) == again


def test_a_day_is_answered_from_the_line_only(published: list[Snapshot], tmp_path: Path) -> None:
    first, second = published
    rollback(tmp_path, first.id, "counted twice")
    assert Snapshot.at(tmp_path, second.known_on) == first


def test_a_roll_back_can_be_taken_back(published: list[Snapshot], tmp_path: Path) -> None:
    first, second = published
    rollback(tmp_path, first.id, "counted twice")
    assert rollback(tmp_path, second.id, "it was right after all") == second
    assert Snapshot.list(tmp_path) == [first, second]


def test_the_log_tells_who_rolled_back_to_what_from_what_and_why(published: list[Snapshot], tmp_path: Path) -> None:
    first, second = published
    rollback(tmp_path, first.id, "  counted\ntwice ", by="office", at=datetime(2014, 3, 24, 9, tzinfo=UTC))
    meant, done = Journal.read(tmp_path).entries[-2:]
    assert done == replace(meant, event="rolled back", prev_sha256=done.prev_sha256)
    assert (done.by, done.sequence, done.id, done.former) == ("office", 3, first.id, second.id)
    assert (done.because, done.at) == ("counted twice", "2014-03-24T09:00:00+00:00")


@pytest.mark.parametrize("because", ["", " \n"])
def test_a_roll_back_without_a_reason_is_refused(published: list[Snapshot], tmp_path: Path, because: str) -> None:
    with pytest.raises(PublishingError, match="say why"):
        rollback(tmp_path, published[0].id, because)
    assert Snapshot.newest(tmp_path) == published[1]


def test_what_is_served_is_not_rolled_back_to(published: list[Snapshot], tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="is the snapshot that is served"):
        rollback(tmp_path, published[1].id, "counted twice")


@pytest.mark.parametrize("id", ["2014-03-16-0001", "../2014-03-16-0001-0123456789abcdef", "", "2014-03-16"])
def test_an_id_that_is_not_there_is_refused(published: list[Snapshot], tmp_path: Path, id: str) -> None:
    with pytest.raises(SnapshotError, match="No snapshot"):
        rollback(tmp_path, id, "counted twice")
    assert Snapshot.newest(tmp_path) == published[1]


def test_a_close_id_is_suggested(published: list[Snapshot], tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=f"Did you mean '{published[0].id}'"):
        rollback(tmp_path, published[0].id[:-1], "counted twice")


def test_a_damaged_snapshot_is_not_rolled_back_to(published: list[Snapshot], tmp_path: Path) -> None:
    overwrite(published[0].folder / "units.parquet", b"")
    with pytest.raises(SnapshotError, match=r"units\.parquet: expected \d+ bytes, seen 0"):
        rollback(tmp_path, published[0].id, "counted twice")
    assert Snapshot.newest(tmp_path) == published[1]
    assert Journal.read(tmp_path).last("intent", id=published[0].id, sequence=3) is None


def test_a_damaged_current_is_mended_by_a_roll_back(published: list[Snapshot], tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_bytes(b"?")
    assert rollback(tmp_path, published[1].id, "CURRENT was damaged") == published[1]
    assert Snapshot.newest(tmp_path).notes == ()


def test_a_lost_current_is_found_again_in_the_log_after_a_roll_back(
    published: list[Snapshot], tmp_path: Path, week: Week
) -> None:
    rollback(tmp_path, published[0].id, "counted twice")
    (tmp_path / "CURRENT").unlink()
    newest = Snapshot.newest(tmp_path)
    assert newest.id == published[0].id
    assert newest.notes
    again = publish(week(2), tmp_path)
    assert (again.sequence, again.manifest.parent) == (4, published[0].id)


def test_a_damaged_manifest_does_not_put_a_rolled_back_week_on_the_line(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = published
    rollback(tmp_path, first.id, "counted twice")
    third = publish(week(2), tmp_path)
    assert list(line(tmp_path)) == [third.id, first.id]
    overwrite(third.folder / "manifest.json", b"{}")
    monkeypatch.setattr("data.line._PARENTS", {})
    assert list(line(tmp_path)) == [third.id, first.id]
    assert Snapshot.newest(tmp_path).id == first.id
    (tmp_path / "log.jsonl").unlink()
    assert list(line(tmp_path)) == [third.id, second.id, first.id]


def test_snapshots_of_before_there_were_parents_and_logs_form_a_line(
    published: list[Snapshot], tmp_path: Path, week: Week
) -> None:
    (tmp_path / "log.jsonl").unlink()
    for number, snapshot in enumerate(published, start=1):
        fields = json.loads((snapshot.folder / "manifest.json").read_bytes())
        fields.pop("parent", None)
        older = replace(
            snapshot.manifest,
            parent=None,
            tables={table: replace(file, nulls=None, totals=None) for table, file in snapshot.manifest.tables.items()},
        ).numbered(number)
        overwrite(snapshot.folder / "manifest.json", older.to_json())
        snapshot.folder.rename(snapshot.folder.with_name(older.id))
        line_of_current = {"sequence": number, "id": older.id, "manifest_sha256": older.sha256}
        (tmp_path / "CURRENT").write_text(json.dumps(line_of_current) + "\n")
    names = committed(tmp_path)
    assert [name[:15] for name in names] == ["2014-03-16-0001", "2014-03-23-0002"]
    assert Snapshot.newest(tmp_path).notes == ()
    third = publish(week(2), tmp_path)
    assert committed(tmp_path) == [*names, third.id]
    logged = [(entry.id, entry.is_rebuilt) for entry in Journal.read(tmp_path).entries if entry.event == "published"]
    assert logged == [(names[0], True), (names[1], True), (third.id, False)]
    assert rollback(tmp_path, names[0], "counted twice").known_on == date(2014, 3, 16)
    assert committed(tmp_path) == names[:1]
