"""The store: one change is one step for every view, and nothing that does not exist is ever selected."""

import gc
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shown import sheet

from dashboards.formats import names
from dashboards.pages import Overview
from dashboards.store import Store, one
from queries.exceptions import SelectionError

NEWEST, MEETING = date(2014, 9, 28), date(2014, 4, 13)


class Recorder:
    """A view that writes down what the store asks of it."""

    def __init__(self, store: Store, book: list[tuple[str, str]], name: str = "view") -> None:
        self.store, self.book, self.name = store, book, name
        store.attach(self)

    def refresh(self) -> str:
        self.book.append(("refresh", self.store.stamp))
        return self.store.stamp

    def show(self, patch: str) -> None:
        self.book.append(("show", patch))


@pytest.fixture
def watched(store: Store) -> tuple[Store, list[tuple[str, str]], list[Recorder]]:
    """A store, what its three views were asked, and the views (which would be gone otherwise)."""
    book: list[tuple[str, str]] = []
    return store, book, [Recorder(store, book, name) for name in "abc"]


CHANGES: dict[str, Callable[[Store], object]] = {
    "a group": lambda store: store.param.update(groups=["T1"]),
    "a group and a type": lambda store: store.select(groups=["C1"], unit_types=["county_department"]),
    "a period": lambda store: store.param.update(period=(2, 5)),
    "events until": lambda store: store.param.update(events_until=date(2014, 9, 21)),
    "another snapshot": lambda store: store.param.update(known_on=MEETING),
    "another snapshot and all else": lambda store: store.select(
        known_on=MEETING, events_until=date(2014, 4, 6), groups=["T2"], period=(1, 3)
    ),
    "a link": lambda store: store.follow("group=C2&known_on=2014-05-04&from=2&to=3"),
    "a bad link": lambda store: store.follow("group=C2,C99&known_on=never"),
    "a click on a group": lambda store: store.hear({"group": "T3"}),
    "the drawer": lambda store: store.hear({"why": "completion_rate"}),
    "a unit": lambda store: store.param.update(unit=store.every_unit()["unit_id"][0]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_works_out_all_views_and_then_shows_them_once(
    watched: tuple[Store, list[tuple[str, str]], list[Recorder]], change: Callable[[Store], object]
) -> None:
    store, book, _views = watched
    change(store)
    assert [what for what, _ in book] == ["refresh"] * 3 + ["show"] * 3
    assert {stamp for _, stamp in book} == {store.stamp}


def test_choosing_the_same_again_does_nothing(watched: tuple[Store, list[tuple[str, str]], list[Recorder]]) -> None:
    store, book, _views = watched
    store.groups = []
    store.known_on = store.known_on
    assert book == []


def test_another_snapshot_takes_its_choices_along(store: Store) -> None:
    store.select(groups=["T1"], period=(3, 20))
    store.known_on = MEETING
    assert store.source.known_on == store.events_until == MEETING
    assert store.period == (3, 5)
    assert store.groups == ["T1"]
    assert max(store.param.events_until.objects) == MEETING


def test_events_until_follows_the_snapshot_while_it_is_its_newest_day(store: Store) -> None:
    store.known_on = MEETING
    assert store.events_until == MEETING
    store.known_on = NEWEST
    assert store.events_until == NEWEST


def test_an_earlier_events_until_stays_as_long_as_it_fits(store: Store) -> None:
    store.events_until = date(2014, 4, 6)
    store.known_on = MEETING
    assert store.events_until == date(2014, 4, 6)
    store.known_on = date(2014, 3, 30)
    assert store.events_until == date(2014, 3, 30)


def test_all_weeks_stay_all_weeks_over_snapshots(store: Store) -> None:
    store.known_on = MEETING
    assert store.period == (1, 5)
    store.known_on = NEWEST
    assert store.period == store.param.period.bounds
    assert store.selection.period is None


WRONG = {
    "an unknown group": ({"groups": ["T11"]}, "T1"),
    "an unknown type": ({"unit_types": ["townships"]}, "township"),
    "weeks that are not there": ({"period": (1, 99)}, "99"),
    "weeks the wrong way round": ({"period": (9, 3)}, "9"),
    "events after the snapshot": ({"events_until": date(2014, 12, 1)}, "2014-12-01"),
    "events before the launch": ({"events_until": date(2014, 1, 1)}, "2014-01-01"),
    "an unknown group at another snapshot": ({"known_on": MEETING, "groups": ["T11"]}, "T1"),
    "late weeks at an early snapshot": ({"known_on": MEETING, "period": (20, 21)}, "20"),
}


@pytest.mark.parametrize(("values", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_selection_is_refused_and_leaves_everything_as_it_was(
    store_of: Callable[..., Store], values: dict[str, Any], named: str
) -> None:
    store = store_of(groups=["C1"], period=(2, 8), events_until=date(2014, 9, 14))
    before = store.stamp, store.query, list(store.param.known_on.objects), list(store.param.events_until.objects)
    book: list[tuple[str, str]] = []
    view = Recorder(store, book)
    with pytest.raises(SelectionError, match=named):
        store.select(**values)
    after = store.stamp, store.query, list(store.param.known_on.objects), list(store.param.events_until.objects)
    assert after == before
    assert [what for what, _ in view.book if what == "show"] == []


WIDGETS = {
    "late weeks, then early events": ({"period": (20, 29)}, {"events_until": MEETING}),
    "early events, then late weeks": ({"events_until": MEETING}, {"period": (20, 29)}),
    "late weeks, then an early snapshot": ({"period": (20, 29)}, {"known_on": MEETING}),
    "early events, then all weeks again": ({"events_until": MEETING, "period": (2, 4)}, {"period": (1, 29)}),
    "a day before the launch's Sunday": ({"known_on": date(2014, 3, 16)}, {"events_until": date(2014, 3, 16)}),
}


@pytest.mark.parametrize(("first", "then"), WIDGETS.values(), ids=WIDGETS)
def test_whatever_order_the_filters_are_moved_in_every_view_can_show_it(
    store: Store, first: dict[str, Any], then: dict[str, Any]
) -> None:
    page = Overview(store)
    store.param.update(**first)
    store.param.update(**then)
    said = sheet(page.main())
    assert said["selection"] == store.stamp
    assert set(said["views"]) == {view.view for view in page.views}


def test_a_store_that_cannot_be_made_says_why(store_of: Callable[..., Store]) -> None:
    with pytest.raises(SelectionError, match="T1"):
        store_of(groups=["T11"])


def test_a_unit_is_asked_for_whatever_the_filters_say(store: Store) -> None:
    unit = store.every_unit().row(0, named=True)["unit_id"]
    store.select(groups=["C6"])
    store.unit = unit
    assert store.selection.groups == ()
    assert "group=C6" in store.query
    assert f"unit={unit}" in store.query


def test_dismissing_takes_the_notices_away_and_nothing_else(store: Store) -> None:
    store.follow("group=C1,T77")
    store.hear({"do": "dismiss"})
    assert store.notices == []
    assert store.groups == ["C1"]


def test_messages_nobody_sends_do_nothing(store: Store) -> None:
    before = store.stamp
    for message in (
        {},
        {"group": "T77"},
        {"group": ["T1"]},
        {"do": "rm"},
        {"why": None},
        {"tap": [1, 2]},
        {"query": 5},
    ):
        store.hear(message)
    assert store.stamp == before


def test_the_snapshot_before_is_asked_at_an_equal_lag(store: Store) -> None:
    store.events_until = date(2014, 9, 21)
    before = one(store.ask_before("completion_rate"))
    earlier = Store(store.sources, known_on=date(2014, 9, 21), events_until=date(2014, 9, 14))
    assert before == one(earlier.ask("completion_rate"))


def test_views_die_with_their_page(store: Store) -> None:
    page = Overview(store)
    surface = page.main()
    shown = [weakref.ref(view) for view in page.views]
    del page
    gc.collect()
    assert None not in [view() for view in shown], "a surface on show keeps its views"
    del surface
    gc.collect()
    assert [view() for view in shown if view() is not None] == []
    store.groups = ["T1"]


def test_a_store_dies_with_its_viewer(demo_data: Path) -> None:
    page = Overview(data=demo_data)
    gone = weakref.ref(page.store)
    del page
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(("language", "said"), [("en", "C1, C2 and T3"), ("zh", "C1、C2、T3")])
def test_codes_are_listed_as_people_do(language: str, said: str) -> None:
    assert names(["C1", "C2", "T3"], language) == said
    assert names(["C1"], language) == "C1"
