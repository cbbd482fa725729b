"""What may not be lost between a look and a publication, and what was accepted or taken in before."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from sending import write_inbox
from town import NEXT, SUNDAY, full, send, state, visit

from data.exceptions import UnsignedError
from data.gate import Examined
from data.journal import Journal
from data.manifest import Manifest, RuleWarning
from data.prepared import Prepared
from data.publishing import PublishingError, publish, rollback
from data.refresh import look
from data.snapshots import Snapshot

TODAY = date(2014, 5, 1)
WEEK = timedelta(days=7)


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


def damage(snapshot: Snapshot) -> None:
    path = snapshot.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def looked(inbox: Path, data: Path, known_on: date = NEXT) -> Examined:
    return look(inbox, known_on, data, today=TODAY)


def test_a_week_that_was_looked_at_before_another_was_published_is_not_published_over_it(
    inbox: Path, data: Path
) -> None:
    slow, quick = looked(inbox, data, NEXT + WEEK), looked(inbox, data)
    published = publish(quick.prepare({}), data)
    with pytest.raises(PublishingError, match="refresh again"):
        publish(slow.prepare({}), data)
    assert Snapshot.newest(data).id == published.id


def test_a_first_week_is_not_published_over_one_that_came_meanwhile(tmp_path: Path) -> None:
    week, data = tmp_path / "week", tmp_path / "data"
    week.mkdir()
    for table, frame in state().items():
        frame.write_csv(week / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    found = looked(week, data)
    publish(Prepared.of(state(), SUNDAY), data)
    with pytest.raises(PublishingError, match="compared with nothing"):
        publish(found.prepare({}), data)


def test_a_damaged_snapshot_is_left_out_only_for_a_reason_that_the_log_has(inbox: Path, data: Path) -> None:
    first = Snapshot.newest(data)
    second = publish(looked(inbox, data).prepare({}), data)
    damage(second)
    found = looked(inbox, data, NEXT + WEEK)
    assert found.former is not None
    assert (found.former.id, found.left_out) == (first.id, (second.id,))
    assert found.notes
    with pytest.raises(PublishingError, match=rf"leaving out {second.id}.*--build-on {first.id}"):
        found.prepare({}, "  ")
    third = publish(found.prepare({}, "no copy of it is left"), data)
    assert third.manifest.parent == first.id
    assert Journal.read(data).entries[-1].because == "no copy of it is left"


def test_the_files_of_a_week_that_is_left_out_count_as_sent(inbox: Path, data: Path) -> None:
    damage(publish(looked(inbox, data).prepare({}), data))
    again = looked(inbox, data, NEXT)
    assert again.resent == ()
    assert again.changes["kind"].to_list() == ["new", "new"]


def test_a_damaged_pointer_alone_leaves_nothing_out(inbox: Path, data: Path) -> None:
    newest = publish(looked(inbox, data).prepare({}), data)
    (data / "CURRENT").write_text("?")
    send(inbox, "T1", interviews=4)
    found = looked(inbox, data, NEXT + WEEK)
    assert found.former is not None
    assert (found.former.id, found.left_out) == (newest.id, ())
    assert found.notes
    assert publish(found.prepare({}), data).manifest.parent == newest.id


def test_files_of_earlier_weeks_are_nothing_new(inbox: Path, data: Path) -> None:
    publish(looked(inbox, data).prepare({}), data)
    send(inbox, "T1", interviews=5)
    found = looked(inbox, data, NEXT + WEEK)
    assert found.resent == ("T2",)
    assert found.silent["group_id"].to_list() == ["T2"]
    third = publish(found.prepare({}), data)
    assert [source.name for source in third.manifest.sources] == ["T1/visits.csv"]
    send(inbox, "T1", interviews=2)
    found = looked(inbox, data, NEXT + 2 * WEEK)
    assert found.resent == ("T1", "T2")
    assert found.silent["group_id"].to_list() == ["T1", "T2"]
    assert found.changes.is_empty()


def test_what_was_rolled_back_may_be_sent_again(inbox: Path, data: Path) -> None:
    first = Snapshot.newest(data)
    publish(looked(inbox, data).prepare({}), data)
    rollback(data, first.id, "a visit was counted twice")
    assert looked(inbox, data).resent == ()


def warned(data: Path, tmp_path: Path) -> tuple[Path, Snapshot]:
    """A county whose second week has one accepted warning: a visit with 31 interviews."""
    inbox = tmp_path / "inbox"
    send(inbox, "T1", interviews=31)
    return inbox, publish(looked(inbox, data).prepare({"V22": "a long day"}), data)


def test_a_warning_is_signed_once_as_long_as_its_cell_says_the_same(data: Path, tmp_path: Path) -> None:
    inbox, second = warned(data, tmp_path)
    assert second.manifest.warnings == (RuleWarning("V22", 1, "a long day"),)
    send(inbox, "T2")
    found = looked(inbox, data, NEXT + WEEK)
    assert found.unsigned({}) == {}
    third = publish(found.prepare({}), data)
    assert third.manifest.warnings == (RuleWarning("V22", 1, "a long day", before=1),)
    assert Manifest.from_json(third.manifest.to_json()) == third.manifest


def test_only_what_is_new_has_to_be_signed_and_stands_first(data: Path, tmp_path: Path) -> None:
    inbox, _ = warned(data, tmp_path)
    more = [visit("v2", "T1", "u2", 31), visit("v9", "T1", "u3", 40)]

    write_inbox(inbox, full(state(*more)), ["T1"], ["visits"])
    found = looked(inbox, data, NEXT + WEEK)
    (warning,) = found.warnings
    assert (warning.count, warning.new, warning.because) == (2, 1, "a long day")
    assert warning.cells["value"].to_list() == ["40", "31"]
    assert found.unsigned({}) == {"V22": 1}
    with pytest.raises(UnsignedError, match="V22 in 1 row"):
        found.prepare({})
    (signed,) = found.prepare({"V22": "another long day"}).manifest.warnings
    assert signed == RuleWarning("V22", 2, "another long day", before=1)


def test_another_value_has_to_be_signed_anew(data: Path, tmp_path: Path) -> None:
    inbox, _ = warned(data, tmp_path)
    send(inbox, "T1", interviews=32)
    assert looked(inbox, data, NEXT + WEEK).unsigned({}) == {"V22": 1}


def test_what_nobody_signed_is_not_carried_on(data: Path, tmp_path: Path) -> None:
    publish(Prepared.of(state(visit("v2", "T1", "u2", 31)), NEXT), data)
    send(tmp_path / "inbox", "T2")
    assert looked(tmp_path / "inbox", data, NEXT + WEEK).unsigned({}) == {"V22": 1}


@pytest.mark.parametrize("warnings", [(RuleWarning("V22", 0, "fewer then"),), (RuleWarning("V13", 1, "another"),)])
def test_a_sign_off_of_less_or_of_another_rule_is_not_carried_on(
    data: Path, tmp_path: Path, warnings: tuple[RuleWarning, ...]
) -> None:
    publish(Prepared.of(state(visit("v2", "T1", "u2", 31)), NEXT, warnings=warnings), data)
    send(tmp_path / "inbox", "T2")
    assert looked(tmp_path / "inbox", data, NEXT + WEEK).unsigned({}) == {"V22": 1}


def test_a_day_to_come_is_refused_but_in_an_invented_county(inbox: Path, data: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"2014-03-23 is not over: today is 2014-03-22"):
        look(inbox, NEXT, data, today=NEXT - timedelta(days=1))
    assert not look(inbox, NEXT, data, today=NEXT).is_refused
    frames = state()
    frames["campaign"] = frames["campaign"].with_columns(campaign_id=pl.lit("demo"))
    publish(Prepared.of(frames, SUNDAY), tmp_path / "demo")
    assert not look(inbox, NEXT, tmp_path / "demo", today=SUNDAY).is_refused


def test_a_day_that_is_no_sunday_is_told(inbox: Path, data: Path) -> None:
    assert looked(inbox, data).is_sunday
    assert not looked(inbox, data, NEXT + timedelta(days=1)).is_sunday


@pytest.mark.parametrize(("reason", "words"), [("王书记同意", "named a person"), ("x" * 301, "at most 300")])
def test_a_reason_is_short_and_about_no_person(data: Path, tmp_path: Path, reason: str, words: str) -> None:
    first = Snapshot.newest(data)
    send(tmp_path / "inbox", "T1", interviews=31)
    found = looked(tmp_path / "inbox", data)
    with pytest.raises(PublishingError, match=words):
        found.prepare({"V22": reason})
    with pytest.raises(PublishingError, match=words):
        replace(found, left_out=("some",)).prepare({"V22": "agreed"}, reason)
    publish(found.prepare({"V22": "agreed"}), data)
    with pytest.raises(PublishingError, match=words):
        rollback(data, first.id, reason)


def test_a_row_of_another_group_is_one_fault(data: Path, tmp_path: Path) -> None:

    write_inbox(tmp_path / "inbox", full(state(visit("v2", "T1", "u2"))), ["T1"], ["visits"])
    path = tmp_path / "inbox" / "T1" / "visits.csv"
    path.write_text(path.read_text().replace("v2,T1,u2", "v2,T1,u5"))
    assert looked(tmp_path / "inbox", data).failures["rule"].to_list() == ["owner"]
