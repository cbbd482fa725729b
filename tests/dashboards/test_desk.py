"""The steward's desk: looks, publishes and rolls back one thing at a time, and never over anything unsigned."""

import shutil
import threading
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import SEVENTH, SIXTH, WARNED, county, desk_of, fill, looked, spoil

from dashboards.audience import Audience
from dashboards.desk import Desk, moved
from dashboards.sources import Sources
from data.journal import Journal
from data.snapshots import Snapshot
from queries import Source, moves

REASONS = dict.fromkeys(WARNED, "agreed with the office")


@pytest.fixture(scope="module")
def inbox(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(demo_data, tmp_path_factory.mktemp("inbox"))


@pytest.fixture(scope="module")
def two_weeks(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county(demo_data, tmp_path_factory.mktemp("county") / "data")


@pytest.fixture
def data(two_weeks: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_weeks, tmp_path / "data"))


def served(data: Path) -> str:
    return Snapshot.newest(data).id


def test_a_look_tells_what_the_rules_found_and_publishes_nothing(inbox: Path, data: Path) -> None:
    before = served(data)
    work = looked(inbox, data).work
    assert work.found is not None
    assert [each.rule.code for each in work.found.warnings] == list(WARNED)
    assert work.found.silent["group_id"].to_list() == ["C3"]
    assert (work.doing, work.fault, work.known_on) == ("", "", SEVENTH)
    assert served(data) == before


def test_the_moves_at_the_desk_are_those_between_the_two_snapshots(inbox: Path, data: Path) -> None:
    desk = looked(inbox, data)
    former = Source.open(Snapshot.newest(data))
    desk.publish(REASONS)
    desk.wait()
    expected = moves(former, Source.open(Snapshot.newest(data)))
    assert desk.work.moved is not None
    assert desk.work.moved.equals(expected)
    found = desk.work.found
    assert found is not None
    alone = moved(found)
    assert alone is not None
    assert alone.equals(expected)


def test_a_signed_week_is_published_with_its_reasons_and_everybody_is_told(inbox: Path, data: Path) -> None:
    told: list[datetime] = []
    desk = desk_of(inbox, data, told)
    desk.look(SEVENTH)
    desk.wait()
    desk.publish({"V16": "  the flood,\n agreed ", "V37": "looked at"})
    desk.wait()
    newest = Snapshot.newest(data)
    assert desk.work.published == newest.id
    assert newest.known_on == SEVENTH
    assert {each.rule: each.because for each in newest.manifest.warnings} == {
        "V16": "the flood, agreed",
        "V37": "looked at",
    }
    assert len(told) == 1
    assert Journal.read(data).entries[-1].by == "steward"


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        ({}, "Warnings without a sign-off: V16 in 6 rows, V37 in 1 row"),
        ({"V16": "agreed"}, "V37 in 1 row"),
        ({"V16": "agreed", "V37": "  "}, "V37 in 1 row"),
        ({"V16": "agreed", "V37": "王书记 has said so"}, "named a person"),
        ({"V16": "call 13912345678", "V37": "agreed"}, "named a person"),
    ],
)
def test_nothing_is_published_over_a_warning_without_a_proper_reason(
    inbox: Path, data: Path, reasons: Mapping[str, str], words: str
) -> None:
    before = served(data)
    desk = looked(inbox, data)
    desk.publish(reasons)
    desk.wait()
    assert desk.work.failed == "publish"
    assert words in desk.work.fault
    assert served(data) == before


def test_a_refused_week_is_never_published(demo_data: Path, data: Path, tmp_path: Path) -> None:
    before = served(data)
    desk = looked(spoil(fill(demo_data, tmp_path / "inbox")), data)
    assert desk.work.found is not None
    assert desk.work.found.is_refused
    assert desk.work.moved is None
    desk.publish(REASONS)
    desk.wait()
    assert "Refused" in desk.work.fault
    assert served(data) == before


def test_a_week_looked_at_before_another_was_published_is_not_published_over_it(inbox: Path, data: Path) -> None:
    first, second = looked(inbox, data), looked(inbox, data)
    first.publish(REASONS)
    first.wait()
    second.publish(REASONS)
    second.wait()
    assert "refresh again" in second.work.fault or "is not later" in second.work.fault
    assert served(data) == first.work.published


def test_a_week_that_is_not_later_is_told(inbox: Path, data: Path) -> None:
    work = looked(inbox, data, SIXTH).work
    assert (work.failed, work.found) == ("look", None)
    assert "is not later than the newest snapshot" in work.fault


def test_a_roll_back_wants_a_reason_and_is_logged_with_it(data: Path) -> None:
    first, second = Snapshot.list(data)
    desk = desk_of(None, data)
    desk.roll_back(first.id, "  ")
    desk.wait()
    assert "say why" in desk.work.fault
    desk.roll_back("2014-04-13-0001-0000000000000000", "typed by hand")
    desk.wait()
    assert "No snapshot" in desk.work.fault
    assert served(data) == second.id
    desk.roll_back(first.id, "counted twice")
    desk.wait()
    assert (desk.work.failed, desk.work.fault) == ("", "")
    assert served(data) == first.id
    assert Journal.read(data).entries[-1].because == "counted twice"


def test_only_one_thing_is_done_at_a_time(inbox: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going, calls = threading.Event(), []

    def slow(*given: Any, **more: Any) -> Any:
        calls.append(given)
        going.wait(10)
        raise OSError("the disk is gone")

    monkeypatch.setattr("dashboards.desk.look", slow)
    desk = desk_of(inbox, data)
    desk.look(SEVENTH)
    desk.look(SEVENTH)
    desk.roll_back(Snapshot.list(data)[0].id, "meanwhile")
    assert desk.work.doing == "look"
    going.set()
    desk.wait()
    assert len(calls) == 1
    assert (desk.work.doing, desk.work.failed, desk.work.fault) == ("", "look", "the disk is gone")
    assert served(data) == Snapshot.list(data)[1].id


def test_a_panic_leaves_the_desk_usable(inbox: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panics(*_: Any, **__: Any) -> Any:
        raise Panic("boom")

    with monkeypatch.context() as patched:
        patched.setattr("dashboards.desk.look", panics)
        desk = looked(inbox, data)
    assert desk.work.fault.startswith("Panic")
    desk.look(SEVENTH)
    desk.wait()
    assert desk.work.found is not None


def test_every_step_is_shown_to_the_pages_of_the_desk(inbox: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, seen = desk_of(inbox, data), list[tuple[str, int, str]]()

    def note(_: Audience) -> None:
        seen.append((desk.work.doing, desk.work.done, desk.work.what))

    monkeypatch.setattr(Audience, "tell", note)
    desk.look(SEVENTH)
    desk.wait()
    assert seen[0] == ("look", 0, "")
    assert [what for doing, _, what in seen[1:-1] if doing == "look"] == sorted(path.name for path in inbox.iterdir())
    assert [done for _, done, _ in seen[1:-1]] == list(range(1, 11))
    assert seen[-1][0] == ""


def test_the_inbox_lists_senders_and_strangers(demo_data: Path, data: Path, tmp_path: Path) -> None:
    inbox = spoil(fill(demo_data, tmp_path / "inbox"))
    (inbox / ".upload-x").write_bytes(b"half")
    files = desk_of(inbox, data).files()
    assert files is not None
    listed = {file.name: file.sender for file in files}
    assert listed.pop("T9.xlsx") == ""
    assert listed.pop("C3.xlsx") == "C3"
    assert ".upload-x" not in listed
    assert listed == {name: name for name in ("C1", "C2", "C4", "C5", "C6", "T1", "T2", "T3", "T4", "office")}
    assert desk_of(tmp_path / "nowhere", data).files() is None
    assert desk_of(None, data).files() is None


def test_without_an_inbox_nothing_is_looked_at(data: Path) -> None:
    desk = desk_of(None, data)
    desk.look(SEVENTH)
    desk.wait()
    assert desk.work.found is None


def test_the_day_proposed_is_the_next_sunday_of_an_invented_county(data: Path) -> None:
    assert desk_of(None, data).proposed() == SEVENTH


def test_the_day_proposed_is_the_last_sunday_that_is_over(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sources, "synthetic", lambda self, source: False)

    def proposed(today: date) -> date:
        return Desk(None, Sources(data, clock=lambda: today), lambda: None).proposed()

    assert proposed(SIXTH + timedelta(days=3)) == SEVENTH
    assert proposed(SEVENTH + timedelta(days=1)) == SEVENTH
    assert proposed(SEVENTH + timedelta(days=15)) == SEVENTH + timedelta(days=14)
