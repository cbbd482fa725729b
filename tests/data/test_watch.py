"""The inbox watched by nobody: what is published, what waits, and what is left to the steward."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from town import NEXT, SUNDAY, age, send, state

from data import watch
from data.history import history, verify_all
from data.journal import Journal
from data.prepared import Prepared
from data.publishing import publish, rollback
from data.snapshots import Snapshot
from data.watch import Outcome, watch_once

MONDAY, TUESDAY = (datetime(2014, 3, day, 8, tzinfo=UTC) for day in (24, 25))


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

    def meanwhile(*given: Any, **more: Any) -> object:
        found = original(*given, **more)
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


def test_a_week_is_not_published_again_that_was_rolled_back(inbox: Path, data: Path) -> None:
    first = Snapshot.newest(data)
    watch_once(inbox, data, MONDAY)
    rollback(data, first.id, "a visit was counted twice")
    outcome = watch_once(inbox, data, TUESDAY)
    assert outcome.did == "held back"
    assert outcome.words.endswith("which was rolled back: a visit was counted twice")
    assert watch_once(inbox, data, TUESDAY + timedelta(days=7)).did == "held back"
    assert Snapshot.newest(data).id == first.id
    send(inbox, "T1", interviews=4)
    assert watch_once(inbox, data, TUESDAY).did == "published"


def test_a_part_of_what_was_rolled_back_is_not_published_either(inbox: Path, data: Path) -> None:
    first = Snapshot.newest(data)
    watch_once(inbox, data, MONDAY)
    rollback(data, first.id, "a visit was counted twice")
    shutil.rmtree(inbox / "T2")
    outcome = watch_once(inbox, data, TUESDAY)
    assert outcome == Outcome(
        "held back", f"nothing was sent since {first.id} was rolled back to: a visit was counted twice"
    )


def test_a_workbook_saved_anew_with_what_was_rolled_back_is_the_same_week(inbox: Path, data: Path) -> None:
    first = Snapshot.newest(data)
    watch_once(inbox, data, MONDAY)
    rollback(data, first.id, "a visit was counted twice")
    path = inbox / "T1" / "visits.csv"
    path.write_text(path.read_text() + "\n")
    age(inbox)
    assert "which was rolled back" in watch_once(inbox, data, TUESDAY).words


def test_nothing_is_published_on_a_snapshot_that_is_damaged(inbox: Path, data: Path) -> None:
    watch_once(inbox, data, MONDAY)
    newest = Snapshot.newest(data)
    path = newest.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    send(inbox, "T1", interviews=4)
    outcome = watch_once(inbox, data, MONDAY + timedelta(days=7))
    assert outcome.did == "held back"
    assert newest.id in outcome.words
    assert len(history(data)) == 2


def test_last_week_s_workbooks_left_in_the_inbox_are_waited_for(inbox: Path, data: Path) -> None:
    watch_once(inbox, data, MONDAY)
    send(inbox, "T1", interviews=4)
    waited = watch_once(inbox, data, MONDAY + timedelta(days=7))
    assert waited == Outcome("waiting", "the week known on 2014-03-30 waits for T2 to the end of 2014-03-31")
    assert watch_once(inbox, data, TUESDAY + timedelta(days=7)).words.endswith("; nothing came of T2")


def test_a_file_that_grows_under_an_old_date_is_waited_for(inbox: Path, data: Path) -> None:
    def grows() -> None:
        with (inbox / "T1" / "visits.csv").open("a") as file:
            file.write("\n")
        age(inbox)

    assert watch_once(inbox, data, MONDAY, pause=grows).did == "waiting"
    assert watch_once(inbox, data, MONDAY).did == "published"


def test_a_file_dated_in_the_future_is_not_waited_for_until_then(inbox: Path, data: Path) -> None:
    age(inbox, MONDAY + timedelta(days=300))
    assert watch_once(inbox, data, MONDAY).did == "published"


def test_a_stray_table_does_not_make_whole_tables_of_a_week_of_workbooks(inbox: Path, data: Path) -> None:
    (inbox / "units.csv").write_text("unit_id")
    age(inbox)
    outcome = watch_once(inbox, data, MONDAY)
    assert outcome == Outcome("held back", "the week known on 2014-03-23 is refused: 1 fault under file")
