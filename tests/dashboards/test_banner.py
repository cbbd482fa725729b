"""What readers are told of a newer week, of old data and of damage; and that figures stay those of one snapshot."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from shown import html, patch, sheet

from dashboards import answers
from dashboards.pages import Overview
from dashboards.readers import Readers
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.theme import Look
from data.publishing import Prepared, publish, rollback
from data.snapshots import Snapshot

TODAY = date(2014, 4, 14)


def campaign(frames: dict[str, Any]) -> dict[str, Any]:
    """The same county as one that is not invented."""
    return frames | {"campaign": frames["campaign"].with_columns(campaign_id=frames["campaign"]["name_en"])}


@pytest.fixture(scope="module")
def weeks(demo_data: Path) -> list[Prepared]:
    """Four weeks of a county that does not call itself invented."""
    found = Snapshot.list(demo_data)[3:7]
    return [Prepared.of(campaign(dict(each.tables())), each.known_on) for each in found]


@pytest.fixture
def folder(weeks: list[Prepared], tmp_path: Path) -> Path:
    """A data folder with the first two of them."""
    for week in weeks[:2]:
        publish(week, tmp_path)
    return tmp_path


def page(folder: Path, language: Any = "en", today: date = TODAY) -> Overview:
    return Overview(Store(Sources(folder, clock=lambda: today), Look(language)))


def damage(snapshot: Snapshot) -> None:
    path = snapshot.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(b"")


def test_a_fresh_and_whole_snapshot_needs_no_banner(folder: Path) -> None:
    shown = page(folder, today=date(2014, 4, 14))
    assert patch(shown.views[0]) == {"html": "", "empty": True}
    assert "bad" not in html(shown.stamp)
    assert "newest" in html(shown.stamp)


@pytest.mark.parametrize(("language", "words"), [("en", "Week 6 is ready"), ("zh", "第6周数据已就绪")])
def test_a_newer_week_is_offered_and_not_taken(folder: Path, weeks: list[Prepared], language: str, words: str) -> None:
    shown = page(folder, language)
    surface, before = shown.main(), shown.store.source.snapshot_id
    figures = sheet(surface)["views"]
    newer = publish(weeks[2], folder)
    shown.store.renew()
    told = sheet(surface)["views"]
    assert words in told["banner"]["html"]
    pinned = f"known_on={weeks[1].manifest.known_on}"
    assert pinned in told["units"]["html"], "links keep the week"
    linked = re.compile(rf"(&amp;|\?){pinned}")
    same = {name: json.loads(linked.sub("", json.dumps(shown))) for name, shown in told.items()}
    assert [name for name in figures if same[name] != figures[name]] == ["banner"]
    assert {before} == {shown.store.source.snapshot_id, sheet(surface)["selection"].rpartition("snapshot=")[2]}
    shown.store.groups = ["T1"]
    assert shown.store.source.snapshot_id == before
    shown.store.hear({"do": "switch"})
    assert shown.store.source.snapshot_id == newer.id
    assert shown.store.groups == ["T1"]
    assert sheet(surface)["views"]["banner"] == {"html": "", "empty": True}


def test_every_view_of_a_page_asks_the_pinned_snapshot_while_weeks_are_published(
    folder: Path, weeks: list[Prepared], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(folder)
    surface, asked = shown.main(), set()
    original = answers._of_cube

    def noted(name: str, source: Any, *asked_for: Any) -> Any:
        asked.add(source.snapshot_id)
        return original(name, source, *asked_for)

    monkeypatch.setattr(answers, "_of_cube", noted)
    allowed = {shown.store.source.snapshot_id, Snapshot.list(folder)[0].id}
    for number, group in ((2, "T1"), (3, "C1")):
        publish(weeks[number], folder)
        shown.store.groups = [group]
        shown.store.follow(shown.store.query)
        assert f"snapshot={shown.store.source.snapshot_id}" in surface.patch
    assert asked == allowed


def test_an_address_without_a_day_stays_at_the_pinned_week_within_a_session(
    folder: Path, weeks: list[Prepared]
) -> None:
    shown = page(folder)
    before = shown.store.source.snapshot_id
    publish(weeks[2], folder)
    shown.store.follow("group=T1")
    assert shown.store.source.snapshot_id == before
    assert f"known_on={weeks[1].manifest.known_on}" in shown.store.query


def test_who_comes_for_an_older_week_is_told_that_it_is_not_the_newest(folder: Path) -> None:
    shown = page(folder, today=date(2014, 4, 14))
    shown.store.follow("known_on=2014-04-06")
    assert "You see week 4 as it was known on 6 Apr 2014" in html(shown.views[0])
    shown.store.hear({"do": "switch"})
    assert shown.store.query == ""
    assert html(shown.views[0]) == ""


def test_a_week_taken_back_is_told_to_those_who_look_at_it(folder: Path) -> None:
    shown = page(folder)
    rollback(folder, Snapshot.list(folder)[0].id, "counted twice")
    assert "was taken back" in html(shown.views[0])
    assert "Switch to week 4" in html(shown.views[0])


def test_a_week_published_anew_under_the_same_day_is_told(folder: Path, weeks: list[Prepared]) -> None:
    shown = page(folder, today=date(2014, 4, 14))
    before = shown.store.source
    rollback(folder, Snapshot.list(folder)[0].id, "counted twice")
    frames = {table: before.table(table) for table in ("campaign", "units", "supervision_groups", "unit_assignments")}
    anew = publish(Prepared.of(frames, before.known_on), folder)
    assert "published anew" in html(shown.views[0])
    assert "newest" not in html(shown.stamp)
    shown.store.switch()
    assert shown.store.source.snapshot_id == anew.id
    assert html(shown.views[0]) == ""


def test_a_stale_week_turns_the_stamp_red_and_says_so_in_words(folder: Path) -> None:
    shown = page(folder, today=date(2014, 4, 22))
    assert 'class="pill bad"' in html(shown.stamp)
    assert "Out of date: 9 days old" in html(shown.stamp)
    assert "9 days old" in html(shown.views[0])
    chinese = page(folder, "zh", today=date(2014, 4, 22))
    assert "已过期" in html(chinese.stamp)
    assert "bad" not in html(page(folder, today=date(2014, 4, 21)).stamp)


def test_a_damaged_newest_week_is_told_in_red_beside_the_figures_of_the_last_good_one(folder: Path) -> None:
    damage(Snapshot.list(folder)[-1])
    shown = page(folder)
    views = sheet(shown.main())["views"]
    assert 'role="alert"' in views["banner"]["html"]
    assert "week 4" in views["banner"]["html"]
    assert "visits.parquet" in views["banner"]["html"]
    assert not any(view.get("empty") for name, view in views.items() if name in ("lineup", "visits", "trend", "lag"))


def test_a_look_that_finds_nothing_new_reads_no_file_and_tells_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Callable[[], None]] = []
    document = Document(told)
    readers = Readers(Sources(folder, clock=lambda: TODAY))
    store = Store(readers.sources)
    readers.join(document, store)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    readers.look()
    assert told == []


def test_a_look_tells_every_open_page_once_of_a_new_week(folder: Path, weeks: list[Prepared]) -> None:
    told: list[Callable[[], None]] = []
    document = Document(told)
    readers = Readers(Sources(folder, clock=lambda: TODAY))
    store = Store(readers.sources)
    readers.join(document, store)
    publish(weeks[2], folder)
    readers.look()
    readers.look()
    assert told == [store.renew]


def test_midnight_makes_a_week_stale_without_any_publication(folder: Path) -> None:
    told: list[Callable[[], None]] = []
    today = [date(2014, 4, 21)]
    document = Document(told)
    readers = Readers(Sources(folder, clock=lambda: today[0]))
    store = Store(readers.sources)
    readers.join(document, store)
    today[0] += timedelta(days=1)
    readers.look()
    assert told == [store.renew]


class Document(SimpleNamespace):
    """Stands in for a Bokeh document with an open session."""

    def __init__(self, told: list[Callable[[], None]]) -> None:
        super().__init__(session_context=object(), add_next_tick_callback=told.append)

    __hash__ = object.__hash__


def test_the_switch_is_a_button_that_tells_the_store(folder: Path, weeks: list[Prepared]) -> None:
    shown = page(folder)
    publish(weeks[2], folder)
    button = html(shown.views[0]).partition("data-do=")[2].split('"')[1].replace("&quot;", '"')
    assert json.loads(button) == {"do": "switch"}
