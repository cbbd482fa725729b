import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.history import Fault, history, verify_all, verify_steps
from data.journal import Journal
from data.prepared import Prepared
from data.publishing import publish, rollback
from data.retention import pin
from data.snapshots import Snapshot

Week = Callable[[int], Prepared]


def faults(folder: Path) -> list[Fault]:
    return [fault for _, found in verify_all(folder) for fault in found]


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


def test_each_snapshot_is_told_with_what_became_of_it(tmp_path: Path, week: Week) -> None:
    noon = datetime(2014, 3, 17, 12, tzinfo=UTC)
    first, second = (publish(week(number), tmp_path, at=noon, by="office") for number in range(2))
    rollback(tmp_path, first.id, "counted twice")
    third = publish(week(2), tmp_path)
    pin(tmp_path, first.id)
    told = history(tmp_path)
    assert [(one.id, one.sequence, one.known_on) for one in told] == [
        (each.id, each.sequence, each.known_on) for each in (third, second, first)
    ]
    assert [one.is_served for one in told] == [True, False, False]
    assert [one.is_rolled_back for one in told] == [False, True, False]
    assert [one.because for one in told] == ["", "counted twice", ""]
    assert [one.is_pinned for one in told] == [False, False, True]
    assert [one.rows for one in told] == [7, 6, 5]
    assert (told[-1].published_at, told[-1].by) == ("2014-03-17T12:00:00+00:00", "office")


def test_the_reason_is_that_of_the_roll_back_that_took_the_snapshot_away(tmp_path: Path, week: Week) -> None:
    ids = [publish(week(number), tmp_path).id for number in range(3)]
    rollback(tmp_path, ids[1], "the third is wrong")
    rollback(tmp_path, ids[0], "so is the second")
    assert [one.because for one in history(tmp_path)] == ["the third is wrong", "so is the second", ""]
    rollback(tmp_path, ids[2], "it was right after all")
    assert [one.because for one in history(tmp_path)] == ["", "", ""]


def test_a_damaged_snapshot_is_told_with_its_fault(published: list[Snapshot], tmp_path: Path) -> None:
    overwrite(published[0].folder / "manifest.json", b"{}")
    told = history(tmp_path)[-1]
    assert (told.rows, told.warnings) == (None, ())
    assert "manifest.json" in told.fault


def test_a_data_folder_that_is_as_published_has_no_fault(published: list[Snapshot], tmp_path: Path) -> None:
    looked_at = [what for what, _ in verify_all(tmp_path)]
    assert looked_at == ["CURRENT", "log.jsonl", *(one.id for one in published)]
    assert len(looked_at) == verify_steps(tmp_path)
    assert faults(tmp_path) == []


def test_every_file_of_every_snapshot_is_looked_at(published: list[Snapshot], tmp_path: Path) -> None:
    for snapshot in published:
        for path in snapshot.folder.iterdir():
            content = path.read_bytes()
            overwrite(path, content[:-1] + bytes([content[-1] ^ 1]))
            assert {fault.where for fault in faults(tmp_path)} - {"CURRENT"} == {snapshot.id}, path.name
            overwrite(path, content)
    assert faults(tmp_path) == []


def test_a_rolled_back_snapshot_is_looked_at_too(published: list[Snapshot], tmp_path: Path) -> None:
    rollback(tmp_path, published[0].id, "counted twice")
    overwrite(published[1].folder / "units.parquet", b"")
    assert [fault.where for fault in faults(tmp_path)] == [published[1].id]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "CURRENT is missing"),
        (b"?", "CURRENT is damaged"),
        (b'{"sequence": 2, "id": "x", "manifest_sha256": ""}\n', "CURRENT names no snapshot"),
    ],
)
def test_a_current_that_points_to_nothing_is_a_fault(
    published: list[Snapshot], tmp_path: Path, content: bytes | None, what: str
) -> None:
    if content is None:
        (tmp_path / "CURRENT").unlink()
    else:
        (tmp_path / "CURRENT").write_bytes(content)
    assert [fault.what.startswith(what) for fault in faults(tmp_path)] == [True]


def test_a_current_with_another_manifest_hash_is_a_fault(published: list[Snapshot], tmp_path: Path) -> None:
    pointer = json.loads((tmp_path / "CURRENT").read_bytes()) | {"manifest_sha256": "0" * 64}
    (tmp_path / "CURRENT").write_text(json.dumps(pointer) + "\n")
    assert [fault.where for fault in faults(tmp_path)] == ["CURRENT"]


def test_a_current_restored_from_an_old_copy_is_a_fault(published: list[Snapshot], tmp_path: Path, week: Week) -> None:
    copy = (tmp_path / "CURRENT").read_bytes()
    third = publish(week(2), tmp_path)
    (tmp_path / "CURRENT").write_bytes(copy)
    assert [(fault.where, third.id in fault.what) for fault in faults(tmp_path)] == [("CURRENT", True)]
    assert rollback(tmp_path, third.id, "CURRENT was an old copy") == third
    assert faults(tmp_path) == []


def test_a_changed_cut_or_torn_log_is_a_fault_that_names_its_line(published: list[Snapshot], tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    content = log.read_bytes()
    log.write_bytes(content.replace(b"steward", b"officer", 1))
    assert faults(tmp_path)[0] == Fault(
        "log.jsonl", "line 1: its text was changed after it was written. Compare it with a copy."
    )
    log.write_bytes(content[:-2])
    assert [fault.what.partition(".")[0] for fault in faults(tmp_path)] == [
        "the last line is cut short",
        f"it lacks the publication of {published[1].id}",
    ]
    log.unlink()
    assert faults(tmp_path)[0].what.startswith(f"it lacks the publication of {published[1].id} and 1 more")


def test_the_next_writer_mends_a_torn_log(published: list[Snapshot], tmp_path: Path, week: Week) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-2])
    publish(week(2), tmp_path)
    assert faults(tmp_path) == []


def test_a_folder_that_somebody_removed_is_a_fault_until_the_next_writer_notes_it(
    published: list[Snapshot], tmp_path: Path, week: Week
) -> None:
    first = published[0].folder
    first.rename(tmp_path / "elsewhere")
    assert [(fault.where, "its folder is gone" in fault.what) for fault in faults(tmp_path)] == [(first.name, True)]
    publish(week(2), tmp_path)
    assert faults(tmp_path) == []
    noted = Journal.read(tmp_path).last("deleted", id=first.name)
    assert noted is not None
    assert (noted.because, noted.is_rebuilt) == ("its folder was found gone", True)
