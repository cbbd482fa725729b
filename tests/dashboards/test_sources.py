"""A serving process keeps showing whole weeks while the data folder changes or breaks under it."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboards.sources import Sources
from data.exceptions import SnapshotError
from data.publishing import Prepared, publish, rollback
from data.schemas import TABLES, polars_schema
from data.snapshots import Snapshot

FIRST = date(2014, 3, 16)


def week(number: int) -> Prepared:
    campaign = {
        "campaign_id": ["county"], "name_zh": ["活动"], "name_en": ["Campaign"], "launched_on": [date(2014, 3, 10)],
        "planned_end_on": [None], "timezone": ["Asia/Shanghai"], "week_start": ["mon"], "report_weekday": [5],
        "report_hour": [18],
    }  # fmt: skip
    frame = pl.DataFrame(campaign, schema=polars_schema("campaign"))
    return Prepared.of({"campaign": frame}, FIRST + timedelta(weeks=number))


@pytest.fixture
def published(tmp_path: Path) -> list[Snapshot]:
    """Three published weeks."""
    return [publish(week(number), tmp_path) for number in range(3)]


def damage(snapshot: Snapshot, table: str = "visits") -> None:
    path = snapshot.folder / f"{table}.parquet"
    path.chmod(0o640)
    path.write_bytes(b"")


def test_a_damaged_table_of_the_served_week_shows_the_last_good_one_and_says_so(
    published: list[Snapshot], tmp_path: Path
) -> None:
    damage(published[2])
    sources = Sources(tmp_path)
    source, said = sources.asked(None)
    assert (source.snapshot_id, said) == (published[1].id, [])
    served = sources.served()
    assert served.id == published[1].id
    assert "visits.parquet" in served.notes[0]
    assert sources.newest_on == published[1].known_on
    assert [one.id for one in sources.snapshots()] == [published[0].id, published[1].id]


def test_the_files_of_the_served_week_are_read_once_for_all_sessions(
    published: list[Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    original = Path.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    sources = Sources(tmp_path)
    for _ in range(3):
        source, _ = sources.asked(None)
        for table in TABLES:
            source.table(table)
    assert {read.count(f"{table}.parquet") for table in TABLES} == {1}


def test_a_new_week_is_seen_and_a_roll_back_too(published: list[Snapshot], tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    assert sources.newest().snapshot_id == published[2].id
    fourth = publish(week(3), tmp_path)
    assert sources.newest().snapshot_id == fourth.id
    rollback(tmp_path, published[1].id, "counted twice")
    assert sources.newest().snapshot_id == published[1].id
    assert [one.id for one in sources.snapshots()] == [published[0].id, published[1].id]
    before = sources.before(sources.newest())
    assert before is not None
    assert before.snapshot_id == published[0].id


def test_a_damaged_week_before_leaves_the_newest_on_screen_with_nothing_to_compare(
    published: list[Snapshot], tmp_path: Path
) -> None:
    damage(published[1])
    sources = Sources(tmp_path)
    newest, said = sources.asked(None)
    assert (newest.snapshot_id, said) == (published[2].id, [])
    assert sources.before(newest) is None


def test_what_is_in_memory_stays_when_nothing_on_the_disk_can_be_read_any_more(
    published: list[Snapshot], tmp_path: Path
) -> None:
    sources = Sources(tmp_path)
    held = sources.newest()
    for snapshot in published:
        damage(snapshot)
    (tmp_path / "CURRENT").write_bytes(b"?")
    source, said = sources.asked(None)
    assert (source, said) == (held, [])
    assert "No intact snapshot" in sources.served().notes[0]
    assert source.table("campaign").height == 1
    with pytest.raises(SnapshotError, match="No intact snapshot"):
        Sources(tmp_path).newest()


@pytest.mark.parametrize(("day", "old", "is_stale"), [(-1, 0, False), (0, 0, False), (8, 8, False), (9, 9, True)])
def test_a_served_week_is_out_of_date_from_its_ninth_day(
    published: list[Snapshot], tmp_path: Path, day: int, old: int, is_stale: bool
) -> None:
    newest = published[2].known_on
    served = Sources(tmp_path, clock=lambda: newest + timedelta(days=day)).served()
    assert (served.known_on, served.days_old, served.is_stale) == (newest, old, is_stale)


def test_the_invented_county_never_grows_old(demo_data: Path) -> None:
    served = Sources(demo_data, clock=lambda: date(2034, 1, 1)).served()
    assert served.days_old > 7000
    assert not served.is_stale
