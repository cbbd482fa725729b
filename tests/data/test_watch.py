"""The inbox watched by nobody: what is published, what waits, and what is left to the steward."""

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from sending import write_inbox

from data import watch
from data.history import history, verify_all
from data.journal import Journal
from data.prepared import Prepared
from data.publishing import publish
from data.schemas import TABLES, empty, polars_schema
from data.snapshots import Snapshot
from data.watch import Outcome, watch_once

SUNDAY = date(2014, 3, 16)
NEXT = SUNDAY + timedelta(days=7)
MONDAY, TUESDAY = (datetime(2014, 3, day, 8, tzinfo=UTC) for day in (24, 25))

ROWS = {
    "campaign": [("mine", "活动", "Campaign", date(2014, 3, 10), None, "Asia/Shanghai", "mon", 5, 18)],
    "supervision_groups": [
        ("T1", "township", 1, "第一组", "Group 1", False, 3, None, None, 1),
        ("T2", "township", 2, "第二组", "Group 2", False, 3, None, None, 2),
    ],
    "units": [
        (f"u{n}", f"{n}乡", f"Town {n}", "township", "township", 1, date(2014, 3, 10), None) for n in range(8)
    ],
    "unit_assignments": [(f"u{n}", "T1" if n < 4 else "T2", date(2014, 3, 10), None) for n in range(8)],
    "visits": [
        ("v1", "T1", "u1", date(2014, 3, 13), "on_site", None, "guide", 2.5, 3, True, False, 0, None,
         datetime(2014, 3, 14, 9), 1, False, None),
    ],
}  # fmt: skip


def state(*more_visits: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    rows = ROWS | {"visits": [*ROWS["visits"], *more_visits]}
    return {table: pl.DataFrame(found, schema=polars_schema(table), orient="row") for table, found in rows.items()}


def visit(key: str, group: str, unit: str, interviews: int = 2) -> tuple[object, ...]:
    return (
        key, group, unit, date(2014, 3, 20), "on_site", None, "guide", 1.0, interviews, True, False, 0, None,
        datetime(2014, 3, 21, 9), 1, False, None,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the first week of a county of two groups."""
    publish(Prepared.of(state(), SUNDAY), tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """What both groups send of the second week."""
    send(tmp_path / "inbox", "T1", "T2")
    return tmp_path / "inbox"


def send(inbox: Path, *senders: str, interviews: int = 2) -> None:
    visits = [visit("v2", "T1", "u2", interviews), visit("v3", "T2", "u5")]
    write_inbox(inbox, full(state(*visits)), senders, ["visits"])
    age(inbox)


def full(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {table: tables.get(table, empty(table)) for table in TABLES}


def age(inbox: Path, moment: datetime = datetime(2014, 3, 22, tzinfo=UTC)) -> None:
    for path in [inbox, *inbox.rglob("*")]:
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def events(data: Path) -> list[tuple[str, str]]:
    return [(entry.event, entry.by) for entry in Journal.read(data).entries]


def test_a_complete_and_clean_week_is_published_as_of_its_sunday(inbox: Path, data: Path) -> None:
    outcome = watch_once(inbox, data, MONDAY)
    newest = Snapshot.newest(data)
    assert outcome == Outcome("published", newest.id)
    assert newest.known_on == NEXT
    assert newest.frame("visits")["visit_id"].to_list() == ["v1", "v2", "v3"]
    assert events(data)[-2:] == [("intent", "watch"), ("published", "watch")]
    assert Journal.read(data).entries[-1].at == "2014-03-24T08:00:00+00:00"


def test_a_second_look_finds_nothing_to_do(inbox: Path, data: Path) -> None:
    watch_once(inbox, data, MONDAY)
    log = (data / "log.jsonl").read_bytes()
    assert watch_once(inbox, data, TUESDAY).did == "idle"
    a_week_later = watch_once(inbox, data, MONDAY + timedelta(days=9))
    assert a_week_later == Outcome("idle", f"nothing was sent since {Snapshot.newest(data).id}")
    assert (data / "log.jsonl").read_bytes() == log


@pytest.mark.parametrize("day", [16, 17, 19, 22, 23])
def test_a_week_that_is_not_over_is_left_alone(inbox: Path, data: Path, day: int) -> None:
    outcome = watch_once(inbox, data, datetime(2014, 3, day, 23, 59, tzinfo=UTC))
    assert outcome.did == "idle"
    assert Snapshot.newest(data).known_on == SUNDAY


def test_a_missing_group_is_waited_for_and_not_for_ever(inbox: Path, data: Path) -> None:
    shutil.rmtree(inbox / "T2")
    waited = watch_once(inbox, data, MONDAY)
    assert waited == Outcome("waiting", "the week known on 2014-03-23 waits for T2 to the end of 2014-03-24")
    assert watch_once(inbox, data, TUESDAY, wait_days=2).did == "waiting"
    published = watch_once(inbox, data, TUESDAY)
    assert published.did == "published"
    assert published.words.endswith("; nothing came of T2")
    assert watch_once(inbox, data, TUESDAY).did == "idle"


def test_a_missing_group_need_not_be_waited_for(inbox: Path, data: Path) -> None:
    shutil.rmtree(inbox / "T2")
    assert watch_once(inbox, data, MONDAY, wait_days=0).did == "published"


def test_warnings_are_never_published_however_often_it_looks(inbox: Path, data: Path) -> None:
    send(inbox, "T1", interviews=31)
    before = Snapshot.newest(data).id
    for day in range(4):
        outcome = watch_once(inbox, data, MONDAY + timedelta(days=day))
        assert outcome.did == "held back"
        assert outcome.words.endswith("has warnings that nobody has signed off: V22 in 1 row")
    assert Snapshot.newest(data).id == before
    assert events(data).count(("held back", "watch")) == 1
    assert Journal.read(data).entries[-1].because == outcome.words
    assert Journal.read(data).faults == ()


def test_a_refused_week_is_held_back_and_published_once_it_is_mended(inbox: Path, data: Path) -> None:
    path = inbox / "T1" / "visits.csv"
    good = path.read_text()
    path.write_text(good.replace("u2", "u9"))
    age(inbox)
    outcome = watch_once(inbox, data, MONDAY)
    assert outcome == Outcome("held back", "the week known on 2014-03-23 is refused: 1 fault under V02")
    path.write_text(good)
    age(inbox)
    assert watch_once(inbox, data, MONDAY).did == "published"


def test_a_file_that_is_still_being_written_is_waited_for(inbox: Path, data: Path) -> None:
    age(inbox, MONDAY - timedelta(seconds=30))
    assert watch_once(inbox, data, MONDAY).did == "waiting"
    assert watch_once(inbox, data, MONDAY + timedelta(seconds=31)).did == "published"


def test_a_file_that_comes_while_others_are_read_is_waited_for(
    inbox: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = watch.look

    def meanwhile(*given: Path) -> object:
        found = original(*given)  # type: ignore[arg-type]
        (inbox / "T1" / "problems.csv").write_text("late")
        return found

    monkeypatch.setattr(watch, "look", meanwhile)
    assert watch_once(inbox, data, MONDAY) == Outcome("waiting", "the inbox has changed while it was read")
    assert Snapshot.newest(data).known_on == SUNDAY


def test_an_inbox_that_is_empty_or_holds_only_an_upload_under_way_is_nothing(data: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert watch_once(tmp_path / "inbox", data, MONDAY).did == "idle"
    (tmp_path / "inbox" / ".upload-1").write_bytes(b"PK")
    assert watch_once(tmp_path / "inbox", data, MONDAY).did == "idle"


def test_an_inbox_that_is_not_there_is_an_error(data: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        watch_once(tmp_path / "nowhere", data, MONDAY)


def test_a_given_day_is_taken(inbox: Path, data: Path) -> None:
    watch_once(inbox, data, datetime(2014, 9, 1, tzinfo=UTC), known_on=date(2014, 3, 30))
    assert Snapshot.newest(data).known_on == date(2014, 3, 30)


def test_the_first_week_may_come_as_whole_tables(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for table, frame in state().items():
        frame.write_csv(inbox / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    age(inbox)
    assert watch_once(inbox, tmp_path / "data", MONDAY).did == "published"
    assert Snapshot.newest(tmp_path / "data").known_on == NEXT


def test_workbooks_before_the_first_week_are_held_back(tmp_path: Path) -> None:
    send(tmp_path / "inbox", "T1")
    outcome = watch_once(tmp_path / "inbox", tmp_path / "data", MONDAY)
    assert outcome.did == "held back"
    assert "refused" in outcome.words
    assert Snapshot.list(tmp_path / "data") == []
    publish(Prepared.of(state(), SUNDAY), tmp_path / "data")
    assert events(tmp_path / "data") == [("held back", "watch"), ("intent", "steward"), ("published", "steward")]


def test_a_log_with_a_week_held_back_verifies(inbox: Path, data: Path) -> None:
    send(inbox, "T1", interviews=31)
    watch_once(inbox, data, MONDAY)
    assert [fault for _, faults in verify_all(data) for fault in faults] == []
    assert [held.is_served for held in history(data)] == [True]


def test_an_invented_county_goes_on_week_by_week_whatever_the_clock_says(inbox: Path, tmp_path: Path) -> None:
    frames = state()
    frames["campaign"] = frames["campaign"].with_columns(campaign_id=pl.lit("demo"))
    publish(Prepared.of(frames, SUNDAY), tmp_path / "demo")
    assert watch_once(inbox, tmp_path / "demo", datetime(2030, 1, 1, tzinfo=UTC)).did == "published"
    assert Snapshot.newest(tmp_path / "demo").known_on == NEXT
