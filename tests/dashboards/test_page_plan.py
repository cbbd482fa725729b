"""The plan page: items, plans and optional actions are those of the queries; nothing optional is ever a fault."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.sources import Served
from dashboards.store import Store
from dashboards.text import say
from dashboards.theme import LANGUAGES, STATES, Look, tinted
from dashboards.views.plan import Carriers, OptionalActions, PlanAspects, PlanItems, PlansAdopted, PlanVerdict, Qingming
from data.schemas import TABLES
from data.snapshots import Snapshot
from queries import Source, rows, run

MEETING = date(2014, 4, 13)
OF_PLANS = (PlanAspects, PlansAdopted, PlanItems)
StoreOf = Callable[..., Store]


def words(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def numbers(store: Store, name: str, *by: str) -> pl.DataFrame:
    return run(name, store.source, store.selection, by=by)


@pytest.fixture(scope="module")
def without_plan(demo_data: Path) -> Any:
    """The newest snapshot with the plan of T3 withdrawn, and nothing before it."""
    whole = Source.open(Snapshot.newest(demo_data))
    frames = {name: whole.table(name) for name in TABLES}
    gone = pl.when(pl.col("group_id") == "T3").then(True).otherwise(pl.col("is_void"))
    frames["group_plans"] = frames["group_plans"].with_columns(is_void=gone)
    source = Source.from_frames(frames, whole.known_on)
    return SimpleNamespace(
        newest=lambda: source,
        newest_on=source.known_on,
        at=lambda known_on: source,
        before=lambda source: None,
        synthetic=lambda source: True,
        snapshots=lambda: [SimpleNamespace(known_on=source.known_on, id="frames")],
        served=lambda: Served("frames", source.known_on, 0, False),
    )


def test_the_sentence_counts_the_items_of_all_plans(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    found = numbers(store, "plan_progress").row(0, named=True)
    said = words(html(PlanVerdict(store)))
    assert f"{found['numerator']} of the {found['denominator']} items" in said
    assert f"{found['n_missing']} are past their day with nothing reported." in said
    assert "T2 adopted the first plan, on 12 Mar." in said
    units = numbers(store, "units_with_optional_share").row(0, named=True)
    assert f"{units['numerator']} of {units['denominator']} units did an optional action" in said


def test_c5_has_three_aspects_and_109_items(store_of: StoreOf) -> None:
    store = store_of(groups=["C5"], known_on=MEETING)
    view = PlanAspects(store)
    answer = view.answer()
    assert answer["aspects"]["denominator"].to_list() == [38, 41, 30]
    bars = patch(view)["figure"]["columns"]["bars"]
    assert max(bars["right"]) == 109
    assert "109 items" in html(view)
    assert html(PlanItems(store)).count("<tr>") - 1 == 109


@pytest.mark.parametrize("selection", [{}, {"known_on": MEETING}, {"period": (3, 9)}, {"groups": ["C1", "T2"]}])
def test_each_bar_is_as_long_as_its_plan_and_as_strong_as_what_is_done(
    store_of: StoreOf, selection: dict[str, Any]
) -> None:
    store = store_of(**selection)
    figure = patch(PlanAspects(store))["figure"]
    bars, labels = figure["columns"]["bars"], figure["y_ticks"]["labels"]
    expected = {row["group_id"]: row for row in numbers(store, "plan_progress", "group").iter_rows(named=True)}
    strong = set(store.look.series)
    for place, group in enumerate(labels):
        mine = [at for at, top in enumerate(bars["top"]) if top == pytest.approx(place - 0.36)]
        done = sum(bars["right"][at] - bars["left"][at] for at in mine if bars["color"][at] in strong)
        assert max((bars["right"][at] for at in mine), default=0) == expected[group]["denominator"]
        assert done == expected[group]["numerator"]
    by_aspect = numbers(store, "plan_progress", "group", "aspect")
    twin = PlanAspects(store).twin(PlanAspects(store).answer())
    assert twin.count("<tr>") - 1 == by_aspect.height


def test_a_group_without_a_plan_has_no_plan_and_no_zero(without_plan: Any) -> None:
    store = Store(without_plan)
    figure = patch(PlanAspects(store))["figure"]
    place = figure["y_ticks"]["labels"].index("T3")
    assert figure["right_ticks"]["labels"][place] == "no plan"
    assert place == len(figure["y_ticks"]["labels"]) - 1
    assert "T3 has no plan." in html(PlanVerdict(store))
    last = re.findall(r"<tr>.*?</tr>", html(PlansAdopted(store)))[-1]
    assert "T3" in last
    assert "no plan" in last
    assert not re.search(r"\b0\b|0\.0%", words(last))
    only = Store(without_plan, groups=["T3"])
    assert all(patch(kind(only))["empty"] for kind in OF_PLANS)
    assert say("en", "plan.none") in html(PlanVerdict(only))


def test_plans_stand_in_the_order_they_were_adopted_and_share_a_place(store: Store) -> None:
    lines = [words(line) for line in re.findall(r"<tr>(.*?)</tr>", html(PlansAdopted(store)))[1:]]
    assert lines[0].startswith("1T2")
    places = [int(line.split("T")[0].split("C")[0]) for line in lines]
    assert places == [1, 2, 2, 4, 4, 4, 7, 8, 8, 10]


@pytest.mark.parametrize("kind", OF_PLANS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_of_unit_types_leaves_no_plan_and_says_why(store_of: StoreOf, kind: Any, language: str) -> None:
    store = store_of(language, unit_types=["township"])
    shown = patch(kind(store))
    assert shown["empty"]
    assert say(language, "plan.of_group") in shown["html"]  # type: ignore[arg-type]
    assert say(language, "plan.of_group") in html(PlanVerdict(store))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", OF_PLANS)
def test_before_the_first_plan_there_is_none(store_of: StoreOf, kind: Any) -> None:
    shown = patch(kind(store_of(known_on=date(2014, 3, 16), events_until=date(2014, 3, 11))))
    assert shown["empty"]
    assert say("en", "plan.none") in shown["html"]


@pytest.mark.parametrize(("kind", "value"), [("aspect", "timetable"), ("state", "not_reported"), ("state", "done")])
def test_a_button_lists_exactly_the_items_it_counts(store_of: StoreOf, kind: str, value: str) -> None:
    store = store_of(groups=["C5", "C1"])
    view = PlanItems(store)
    view.heard({"pick": {kind: value}})
    listed = rows("plan_progress", store.source, store.selection).filter(pl.col(kind) == value)
    shown = html(view)
    assert f"{listed.height} of 127 items." in shown
    assert shown.count("<tr>") - 1 == min(listed.height, 120)
    assert shown.count('aria-pressed="true"') == 1
    view.heard({"pick": {kind: value}})
    assert html(view).count('aria-pressed="true"') == 0


def test_the_counts_on_the_buttons_are_those_of_the_indicator(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    shown = words(html(PlanItems(store)))
    for row in numbers(store, "plan_progress", "aspect").iter_rows(named=True):
        assert f"{row['aspect']} {row['numerator']}/{row['denominator']}" in shown
    for row in numbers(store, "plan_progress", "state").iter_rows(named=True):
        assert f"{say('en', 'items.state.' + row['state'])} {row['denominator']}" in shown


def test_items_past_their_day_unheard_come_first_and_every_state_has_its_own_mark(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    lines = re.findall(r"<tr>(.*?)</tr>", html(PlanItems(store)))[1:]
    unheard = numbers(store, "plan_progress").row(0, named=True)["n_missing"]
    first = [say("en", "items.state.not_reported") in line for line in lines]
    assert first == [True] * unheard + [False] * (len(lines) - unheard)
    assert len(lines) == 120
    assert say("en", "items.more", shown=120).strip() in html(PlanItems(store))
    states = ("on_time", "late", "in_progress", "not_done", "not_reported", "not_due")
    assert len({STATES[state].glyph for state in states}) == len(states)


def test_an_item_done_after_its_day_is_not_shown_as_in_time(store_of: StoreOf) -> None:
    store = store_of(groups=["T2"])
    items = rows("plan_progress", store.source, store.selection).filter(pl.col("state") == "done")
    late = items.filter(pl.col("done_on") > pl.col("due_on")).height
    shown = html(PlanItems(store))
    assert 0 < late < items.height
    assert shown.count(say("en", "items.state.late")) == late
    assert shown.count(say("en", "items.state.on_time")) == items.height - late


def test_a_pick_of_another_page_narrows_nothing(store_of: StoreOf) -> None:
    store = store_of(groups=["T2"])
    expected = html(PlanItems(store))
    store.picks = {"state": "late", "aspect": "no_such"}
    assert html(PlanItems(store)) == expected


def test_optional_actions_are_those_of_the_queries(store_of: StoreOf, chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    units = numbers(store, "units_with_optional_share", "group").filter(pl.col("denominator") > 0)
    shown = patch(OptionalActions(store))
    if units.is_empty():
        assert shown["empty"]
        return
    assert shown["figure"]["columns"]["points"]["value"] == units["value"].to_list()
    each = dict(numbers(store, "optional_actions", "group").select("group_id", "value").iter_rows())
    ends = shown["figure"]["right_ticks"]["labels"]
    assert [end.rsplit("· ")[1] for end in ends] == [f"{each[group]:.2f} per unit" for group in units["group_id"]]
    total = numbers(store, "optional_actions").row(0, named=True)["numerator"]
    assert f"{total} optional action" in shown["html"]


def test_what_is_optional_is_never_red_and_never_ranked(store: Store) -> None:
    figure = patch(OptionalActions(store))["figure"]
    assert set(figure["columns"]["points"]["color"]) == {store.look.colours["accent"]}
    groups = [label.split(" ")[0] for label in figure["y_ticks"]["labels"]]
    assert groups == list(store.source.extent.groups)
    for kind in (OptionalActions, Qingming):
        assert "fault" in html(kind(store))


def test_all_ten_groups_used_qingming_seventeen_times(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    shown = patch(Qingming(store))
    assert "17 units used these days, in 10 of 10 groups: Qingming tradition education." in shown["html"]
    texts = shown["figure"]["columns"]["numbers"]["text"]
    assert sum(map(int, texts)) == 17
    assert len(set(shown["figure"]["columns"]["numbers"]["y"])) == 10


def test_without_the_week_of_qingming_nothing_is_shown(store_of: StoreOf) -> None:
    assert patch(Qingming(store_of(period=(7, 9))))["empty"]


def test_a_tap_on_qingming_selects_the_group(store: Store) -> None:
    view = Qingming(store)
    patch(view)
    view.heard({"tap": [0.0, 1.0]})
    assert store.groups == ["T2"]


@pytest.mark.parametrize("selection", [{}, {"known_on": MEETING}, {"groups": ["C6"]}, {"unit_types": ["township"]}])
def test_the_carriers_listed_are_those_counted(store_of: StoreOf, selection: dict[str, Any]) -> None:
    store = store_of(**selection)
    found = numbers(store, "optional_carriers").row(0, named=True)
    answer = Carriers(store).answer()
    assert (answer["carriers"].height, answer["unnamed"]) == (found["numerator"], found["n_missing"])
    assert html(Carriers(store)).count("<tr>") - 1 == found["numerator"]
    listed = rows("optional_carriers", store.source, store.selection).drop_nulls("carrier")
    units = dict(listed.select("carrier", "count_units").iter_rows())
    assert dict(answer["carriers"].select("carrier", "units").iter_rows()) == units


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_still_to_come_is_pale_and_readable(theme: Any) -> None:
    look = Look("en", theme)
    for colour in look.series:
        pale = tinted(colour, look)
        assert _contrast(pale, look.colours["ink"]) > 4.5
        assert _contrast(colour, look.colours["on-accent"]) > 4.5 or colour == look.series[5]


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
