"""A reader always gets a whole snapshot: the served one, or the last good one with a note."""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.exceptions import SnapshotError
from data.prepared import Prepared
from data.publishing import publish
from data.schemas import TABLES
from data.snapshots import Snapshot

Week = Callable[[int], Prepared]


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read, in order."""
    seen: list[Path] = []
    original = Path.read_bytes

    def read(path: Path) -> bytes:
        seen.append(path)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    return seen


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_table_of_the_served_snapshot_gives_the_last_good_one(
    published: list[Snapshot], tmp_path: Path, table: str
) -> None:
    path = published[1].folder / f"{table}.parquet"
    content = path.read_bytes()
    overwrite(path, content[:-1] + bytes([content[-1] ^ 1]))
    newest = Snapshot.newest(tmp_path)
    assert newest == replace(published[0], notes=newest.notes)
    assert newest.notes[0].startswith(
        f"Shown is {published[0].id}, the newest intact snapshot. Snapshot {published[1].id}, {table}.parquet: "
    )
    assert newest.frame("units").equals(published[0].frame("units"))


def test_several_damaged_snapshots_give_the_nearest_good_one_and_the_first_reason(tmp_path: Path, week: Week) -> None:
    snapshots = [publish(week(number), tmp_path) for number in range(4)]
    (snapshots[3].folder / "units.parquet").unlink()
    overwrite(snapshots[2].folder / "visits.parquet", b"")
    overwrite(snapshots[1].folder / "manifest.json", b"")
    newest = Snapshot.newest(tmp_path)
    assert newest.id == snapshots[0].id
    assert f"{snapshots[3].id}, units.parquet: the file is missing" in newest.notes[0]


def test_without_a_good_one_left_the_error_names_the_served_one(published: list[Snapshot], tmp_path: Path) -> None:
    for snapshot in published:
        overwrite(snapshot.folder / "units.parquet", b"")
    with pytest.raises(SnapshotError, match=rf"{published[1].id}, units\.parquet.* No intact snapshot"):
        Snapshot.newest(tmp_path)


def test_a_forged_manifest_is_never_shown_though_it_fits_its_folder(published: list[Snapshot], tmp_path: Path) -> None:
    forged = replace(published[1].manifest, synthetic=True).numbered(2)
    folder = published[1].folder.rename(published[1].folder.with_name(forged.id))
    overwrite(folder / "manifest.json", forged.to_json())
    (tmp_path / "CURRENT").write_text((tmp_path / "CURRENT").read_text().replace(published[1].id, forged.id))
    assert Snapshot.newest(tmp_path).id == published[0].id


def test_the_week_of_a_damaged_snapshot_can_be_taken_in_again(
    published: list[Snapshot], tmp_path: Path, week: Week
) -> None:
    overwrite(published[1].folder / "units.parquet", b"")
    again = publish(week(1), tmp_path)
    assert (again.sequence, again.manifest.parent) == (3, published[0].id)
    assert Snapshot.newest(tmp_path) == again
    assert Snapshot.list(tmp_path) == [published[0], again]


def test_a_snapshot_of_another_schema_version_can_be_built_on_but_not_shown(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.snapshots.VERSION", 99)
    with pytest.raises(SnapshotError, match="this program reads 99"):
        Snapshot.newest(tmp_path)
    assert publish(week(2), tmp_path).manifest.parent == published[1].id


def test_every_file_is_read_once_between_the_check_and_the_figures(
    published: list[Snapshot], tmp_path: Path, reads: list[Path]
) -> None:
    newest = Snapshot.newest(tmp_path).intact()
    for table in TABLES:
        newest.frame(table)
        newest.frame(table)
    newest.intact()
    tables = [path for path in reads if path.suffix == ".parquet"]
    assert sorted(tables) == sorted(newest.folder / f"{table}.parquet" for table in TABLES)


def test_what_happens_to_the_disk_after_the_check_changes_no_figure(published: list[Snapshot], tmp_path: Path) -> None:
    newest = Snapshot.newest(tmp_path)
    for path in newest.folder.iterdir():
        overwrite(path, b"")
    assert newest.frame("units").height == 6
    with pytest.raises(SnapshotError, match="seen 0"):
        published[1].frame("units")


def test_a_large_table_is_hashed_again_over_the_bytes_that_are_parsed(
    published: list[Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.snapshots.SMALL", 10)
    newest = Snapshot.newest(tmp_path)
    content = (newest.folder / "units.parquet").read_bytes()
    overwrite(newest.folder / "units.parquet", content[:-1] + bytes([content[-1] ^ 1]))
    assert hashlib.sha256(content).hexdigest() == newest.manifest.tables["units"].sha256
    with pytest.raises(SnapshotError, match=r"units\.parquet: expected sha256"):
        newest.frame("units")


def test_a_checked_snapshot_goes_to_another_process_without_its_bytes(
    published: list[Snapshot], tmp_path: Path
) -> None:
    newest = Snapshot.newest(tmp_path)
    there = pickle.loads(pickle.dumps(newest))
    overwrite(newest.folder / "units.parquet", b"")
    with pytest.raises(SnapshotError, match="seen 0"):
        there.frame("units")


def test_a_reader_that_a_publication_overtakes_gets_the_new_one_without_a_note(
    published: list[Snapshot], tmp_path: Path, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at CURRENT and the look at the folder, the folder is deleted because it is too old."""
    original = Snapshot.open.__func__  # type: ignore[attr-defined]
    overtaken: list[Snapshot] = []

    def opened(cls: type[Snapshot], folder: Path) -> Snapshot:
        if folder == published[1].folder and not overtaken:
            overtaken.append(published[1])
            overtaken.append(publish(week(2), tmp_path, keep=1))
        return original(cls, folder)  # type: ignore[no-any-return]

    monkeypatch.setattr(Snapshot, "open", classmethod(opened))
    newest = Snapshot.newest(tmp_path)
    assert not published[1].folder.exists()
    assert newest == overtaken[1]
    assert newest.notes == ()
