import hashlib
import pickle
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from data.exceptions import SnapshotError, UnknownTableError
from data.manifest import Manifest
from data.snapshots import Snapshot


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


def forged(snapshot: Snapshot, frame: pl.DataFrame) -> Snapshot:
    """The snapshot with another units table, and a manifest that vouches for its bytes."""
    path = snapshot.folder / "units.parquet"
    path.chmod(0o640)
    frame.write_parquet(path)
    content = path.read_bytes()
    file = snapshot.manifest.tables["units"]
    file = replace(file, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    return Snapshot(snapshot.folder, replace(snapshot.manifest, tables=snapshot.manifest.tables | {"units": file}))


def test_a_table_comes_back_sorted_by_its_key(published: list[Snapshot]) -> None:
    frame = published[1].frame("units")
    assert frame["unit_id"].to_list() == [f"u{number:03d}" for number in range(6)]


def test_a_reader_cannot_change_what_the_next_reader_gets(published: list[Snapshot]) -> None:
    published[0].frame("units").insert_column(0, pl.lit(1).alias("added"))
    assert "added" not in published[0].frame("units").columns


def test_a_snapshot_survives_the_way_to_another_process(published: list[Snapshot]) -> None:
    published[0].frame("units")
    there = pickle.loads(pickle.dumps(published[0]))
    assert there == published[0]
    assert there.frame("units").equals(published[0].frame("units"))


def test_an_unknown_table_gets_a_suggestion(published: list[Snapshot]) -> None:
    with pytest.raises(UnknownTableError, match="Did you mean 'visits'"):
        published[0].frame("visit")


def test_every_flipped_byte_of_a_table_is_noticed(published: list[Snapshot]) -> None:
    path = published[0].folder / "units.parquet"
    content = path.read_bytes()
    for position in range(0, len(content), 7):
        damaged = bytearray(content)
        damaged[position] ^= 1 << position % 8
        overwrite(path, bytes(damaged))
        with pytest.raises(SnapshotError, match=r"units\.parquet: expected sha256 \w+…, seen \w+…"):
            Snapshot.open(published[0].folder).frame("units")


def test_every_flipped_byte_of_a_manifest_is_noticed(published: list[Snapshot], tmp_path: Path) -> None:
    path = published[1].folder / "manifest.json"
    content = path.read_bytes()
    for position in range(0, len(content), 41):
        damaged = bytearray(content)
        damaged[position] ^= 1 << position % 8
        overwrite(path, bytes(damaged))
        with pytest.raises(SnapshotError, match=published[1].id):
            Snapshot.open(published[1].folder)
        assert Snapshot.newest(tmp_path).id == published[0].id


@pytest.mark.parametrize("length", [0, 1, 100, -1])
def test_a_truncated_table_is_refused_with_both_sizes(published: list[Snapshot], length: int) -> None:
    path = published[0].folder / "units.parquet"
    content = path.read_bytes()
    overwrite(path, content[:length])
    with pytest.raises(SnapshotError, match=rf"expected {len(content)} bytes, seen {len(content[:length])}"):
        published[0].frame("units")


def test_a_missing_table_is_refused_by_name(published: list[Snapshot]) -> None:
    (published[0].folder / "units.parquet").unlink()
    with pytest.raises(SnapshotError, match=rf"{published[0].id}, units\.parquet: the file is missing"):
        published[0].frame("units")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (pl.col("unit_id").alias("unit_code"), "unit_code"),
        (pl.col("sub_batch").cast(pl.Int64), "expected columns sub_batch Int32; seen sub_batch Int64"),
        (pl.col("joined_on").cast(pl.Datetime("us")), "joined_on Date"),
        (pl.lit(1.5).alias("surplus"), "surplus Float64"),
    ],
)
def test_another_schema_is_refused_even_with_matching_hashes(
    published: list[Snapshot], change: pl.Expr, named: str
) -> None:
    frame = published[0].frame("units")
    with pytest.raises(SnapshotError, match=named):
        forged(published[0], frame.with_columns(change)).frame("units")
    with pytest.raises(SnapshotError, match="in another order"):
        forged(published[0], frame.select(reversed(frame.columns))).frame("units")


def test_a_dropped_column_or_row_is_refused(published: list[Snapshot]) -> None:
    frame = published[0].frame("units")
    with pytest.raises(SnapshotError, match="left_on Date"):
        forged(published[0], frame.drop("left_on")).frame("units")
    with pytest.raises(SnapshotError, match="expected 5 rows, seen 4"):
        forged(published[0], frame.head(4)).frame("units")


def test_bytes_that_are_no_parquet_are_refused_even_with_matching_hashes(published: list[Snapshot]) -> None:
    path = published[0].folder / "units.parquet"
    content = b"PAR1" + bytes(path.stat().st_size - 8) + b"PAR1"
    overwrite(path, content)
    file = replace(published[0].manifest.tables["units"], sha256=hashlib.sha256(content).hexdigest())
    tables = published[0].manifest.tables | {"units": file}
    with pytest.raises(SnapshotError, match="not readable as Parquet"):
        Snapshot(published[0].folder, replace(published[0].manifest, tables=tables)).frame("units")


def test_a_snapshot_of_another_schema_version_is_refused(published: list[Snapshot]) -> None:
    with pytest.raises(SnapshotError, match="schema version 99, this program reads"):
        Snapshot(published[0].folder, replace(published[0].manifest, schema_version=99)).frame("units")


def test_verifying_reads_every_file_and_finds_strangers(published: list[Snapshot]) -> None:
    published[0].verify()
    published[0].folder.chmod(0o750)
    (published[0].folder / "notes.txt").write_text("x")
    with pytest.raises(SnapshotError, match=r"notes\.txt: this file is not part of the snapshot"):
        published[0].verify()


def test_a_manifest_of_another_snapshot_is_refused(published: list[Snapshot]) -> None:
    overwrite(published[0].folder / "manifest.json", published[1].manifest.to_json())
    with pytest.raises(SnapshotError, match=rf"its content belongs to {published[1].id}"):
        Snapshot.open(published[0].folder)


def test_a_forged_manifest_that_fits_its_folder_is_refused_through_current(
    published: list[Snapshot], tmp_path: Path
) -> None:
    other = replace(published[1].manifest, synthetic=True).numbered(2)
    folder = published[1].folder.rename(published[1].folder.with_name(other.id))
    overwrite(folder / "manifest.json", other.to_json())
    pointer = (tmp_path / "CURRENT").read_text().replace(published[1].id, other.id)
    (tmp_path / "CURRENT").write_text(pointer)
    assert Manifest.from_json((folder / "manifest.json").read_bytes()) == other
    newest = Snapshot.newest(tmp_path)
    assert "CURRENT expects sha256" in newest.notes[0]


def test_the_newest_is_the_one_that_current_names(published: list[Snapshot], tmp_path: Path) -> None:
    assert Snapshot.newest(tmp_path) == published[1]
    assert Snapshot.newest(tmp_path).notes == ()


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b'{"sequence": 2}\n', b'{"sequence": 2, "id": "../x", "manifest_sha256": ""}\n']
)
def test_a_damaged_current_falls_back_with_a_note(
    published: list[Snapshot], tmp_path: Path, content: bytes | None
) -> None:
    if content is None:
        (tmp_path / "CURRENT").unlink()
    else:
        (tmp_path / "CURRENT").write_bytes(content)
    newest = Snapshot.newest(tmp_path)
    assert newest.id == published[1].id
    assert newest.notes[0].startswith(f"Shown is {published[1].id}, the newest intact snapshot. CURRENT")


def test_without_any_snapshot_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="campaign refresh"):
        Snapshot.newest(tmp_path / "nowhere")
    with pytest.raises(SnapshotError, match="there is none yet"):
        Snapshot.at(tmp_path, date(2014, 4, 1))
    assert Snapshot.list(tmp_path) == []


def test_a_date_gives_the_snapshot_that_was_known_then(published: list[Snapshot], tmp_path: Path) -> None:
    first, second = published
    day = timedelta(days=1)
    assert Snapshot.at(tmp_path, first.known_on) == first
    assert Snapshot.at(tmp_path, second.known_on - day) == first
    assert Snapshot.at(tmp_path, second.known_on + 30 * day) == second
    with pytest.raises(SnapshotError, match=r"No snapshot was known on 2014-03-15: the first is of 2014-03-16"):
        Snapshot.at(tmp_path, first.known_on - day)


def test_a_damaged_week_is_never_answered_by_an_older_one(published: list[Snapshot], tmp_path: Path) -> None:
    overwrite(published[1].folder / "manifest.json", b"{}")
    with pytest.raises(SnapshotError, match=published[1].id):
        Snapshot.at(tmp_path, published[1].known_on)
    assert Snapshot.list(tmp_path) == [published[0]]
    assert published[1].id in str(Snapshot.faults(tmp_path)[0])


def test_snapshots_are_listed_oldest_first(published: list[Snapshot], tmp_path: Path) -> None:
    assert Snapshot.list(tmp_path) == published
    assert [snapshot.sequence for snapshot in published] == [1, 2]
