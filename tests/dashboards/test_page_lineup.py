"""The line-up: every number is that of the query, nobody is named by luck or by reports still to come."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.charts import share_axis
from dashboards.pages import LineUp
from dashboards.standing import compared
from dashboards.store import Store
from dashboards.text import say
from dashboards.views.frame import Why
from dashboards.views.lineup import (
    GroupFunnel,
    GroupLoad,
    GroupMovement,
    GroupRanks,
    GroupRates,
    LineUpVerdict,
    ShareButtons,
    ShrunkRates,
    Standings,
)
from queries import Selection, indicator, run
from queries.judging import JUDGED, judged
from queries.statistics import balance, exposure_rate, funnel, wilson

MEETING = date(2014, 4, 13)
VIEWS = (LineUpVerdict, GroupRates, GroupFunnel, GroupRanks, ShrunkRates, GroupMovement, Standings)
StoreOf = Callable[..., Store]


def by_group(store: Store, share: str, **more: Any) -> pl.DataFrame:
    frame = run(share, store.source, store.selection, by=["group"], **more)
    return frame.filter(pl.col("denominator") > 0)


def pick(store: Store, share: str) -> Store:
    """Press the button of a share; the default one is pressed already."""
    if compared(store).name != share:
        store.hear({"pick": {"indicator": share}})
    return store


def words(markup: str) -> str:
    return re.sub(r"<[^>]+>", " ", markup)


def headline(store: Store) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html(LineUpVerdict(store)))
    assert found
    return found[1]


@pytest.mark.parametrize("share", JUDGED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_picked_decides_what_every_view_compares(store_of: StoreOf, share: str, language: str) -> None:
    store = pick(store_of(language), share)
    called = say(language, f"share.{share}")  # type: ignore[arg-type]
    assert compared(store).name == share
    for kind in VIEWS:
        assert called in html(kind(store)), kind
    assert f'aria-pressed="true">{called}<' in html(ShareButtons(store))
    assert html(ShareButtons(store)).count('aria-pressed="true"') == 1


@pytest.mark.parametrize("share", ["no_such_thing", "visits_per_unit", "recurrence_rate", "group_balance"])
def test_a_pick_that_cannot_be_judged_by_group_falls_back(store_of: StoreOf, share: str) -> None:
    store = store_of()
    expected = {kind: patch(kind(store)) for kind in VIEWS}
    store.picks = {"indicator": share}
    assert compared(store).name == "on_time_rate"
    assert {kind: patch(kind(store)) for kind in VIEWS} == expected


def test_a_button_picks_and_the_link_keeps_it(store: Store) -> None:
    ShareButtons(store).heard({"pick": {"indicator": "weekly_coverage"}})
    assert "indicator=weekly_coverage" in store.query
    other = Store(store.sources)
    other.follow(store.query)
    assert compared(other).name == "weekly_coverage"


def test_at_the_meeting_only_the_truly_weak_groups_are_behind_where_all_reports_are_in(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    assert headline(store).endswith("; C1 and T3 are behind.")
    assert "up to 31 Mar:" in headline(store)
    until = store.answers.settled
    assert until is not None
    frame = run("on_time_rate", store.source, until.selection, by=["group"])
    assert f"{balance(frame)['range_pp'][0]:.1f} pp" in headline(store)


def test_the_button_beside_the_verdict_leads_to_the_day_it_speaks_of(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    said = headline(store)
    message = re.search(r"&quot;query&quot;: &quot;(.*?)&quot;", html(LineUpVerdict(store)))
    assert message
    LineUpVerdict(store).heard({"query": message[1].replace("&amp;", "&")})
    assert (store.known_on, store.events_until) == (MEETING, date(2014, 3, 31))
    assert headline(store) == said.replace(" up to 31 Mar", "")


def test_nobody_is_called_behind_by_reports_still_to_come(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    assert set(by_group(store, "on_time_rate")["maturity"]) == {"immature"}
    for kind in (GroupRates, GroupFunnel):
        figure = patch(kind(store))["figure"]
        tones = figure["columns"]["points"].get("color") or figure["columns"]["points"]["line_color"]
        assert store.look.colours["bad"] not in tones
    assert 'class="behind"' not in html(Standings(store))


@pytest.mark.parametrize("share", JUDGED)
@pytest.mark.parametrize("known_on", [MEETING, None])
def test_behind_are_those_below_the_exact_limits_whose_reports_are_in(
    store_of: StoreOf, share: str, known_on: date | None
) -> None:
    store = pick(store_of(**({"known_on": known_on} if known_on else {})), share)
    frame = funnel(by_group(store, compared(store).name))
    flagged = frame.filter(pl.col("flag") == "below")
    behind = flagged.filter(pl.col("maturity") == "mature")["group_id"].to_list()
    table = html(Standings(store))
    assert table.count('class="behind"') == len(behind)
    if frame.is_empty():
        return
    figure = patch(GroupRates(store))["figure"]
    marked = [label.endswith("below") for label in figure["right_ticks"]["labels"]]
    named = [label.split(" ")[0] for label in figure["y_ticks"]["labels"]]
    assert {group for group, mark in zip(named, marked, strict=True) if mark} == set(behind)
    texts = patch(GroupFunnel(store))["figure"]["columns"]["texts"]["text"]
    assert _named(texts, "below") == len(behind)
    assert _named(texts, "not all in") == flagged.height - len(behind)


def _named(texts: list[str], mark: str) -> int:
    """How many groups stand before a mark; those of one place share a text."""
    return sum(text.count(",") + 1 for text in texts if mark in text)


def test_the_numbers_of_the_verdict_are_those_of_the_balance(store: Store) -> None:
    found = run("group_balance", store.source, store.selection, of="on_time_rate").row(0, named=True)
    drawn = balance(by_group(store, "on_time_rate")).row(0, named=True)
    assert drawn["range_pp"] == pytest.approx(found["value"])
    assert f"{found['value']:.1f} pp apart, more than chance allows" in headline(store)
    assert f"{drawn['range_look_high']:.1f} pp" in html(LineUpVerdict(store))


def test_the_drawer_of_the_balance_is_that_of_the_share_picked(store_of: StoreOf) -> None:
    store = pick(store_of(), "weekly_coverage")
    store.why = "group_balance"
    found = run("group_balance", store.source, store.selection, of="weekly_coverage").row(0, named=True)
    shown = html(Why(store))
    assert f"<dd>{found['value']:.1f}</dd>" in shown
    assert f'data-denominator="{found["denominator"]}"' in shown


def test_intervals_points_and_limits_are_those_of_the_queries(store_of: StoreOf, chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    frame = wilson(by_group(store, "on_time_rate")).sort("value", "denominator", descending=True)
    shown = patch(GroupRates(store))
    if frame.is_empty():
        assert shown["empty"]
        return
    columns = shown["figure"]["columns"]
    assert columns["points"]["value"] == frame["value"].to_list()
    assert columns["narrow"]["low"] == frame["low"].to_list()
    assert columns["reference"]["low"] == [run("on_time_rate", store.source, store.selection)["value"][0]]
    if frame.height > 1:
        points = patch(GroupFunnel(store))["figure"]["columns"]["points"]
        pairs = zip(points["x"], points["y"], strict=True)
        assert sorted(pairs) == sorted(frame.select("denominator", "value").iter_rows())


def test_ranks_and_shrunk_shares_are_those_of_the_command_line(store: Store) -> None:
    frame, share = by_group(store, "on_time_rate"), indicator("on_time_rate")
    ranks = {row["group_id"]: row for row in judged(frame, share, "ranks").iter_rows(named=True)}
    figure = patch(GroupRanks(store))["figure"]
    named = [label.split(" ")[0] for label in figure["y_ticks"]["labels"]]
    wide = zip(figure["columns"]["wide"]["low"], figure["columns"]["wide"]["high"], strict=True)
    assert list(wide) == [(ranks[group]["rank_low"], ranks[group]["rank_high"]) for group in named]
    shrunk = dict(judged(frame, share, "shrinkage").select("group_id", "shrunk").iter_rows())
    assert patch(ShrunkRates(store))["figure"]["columns"]["points"]["value"] == [shrunk[group] for group in named]
    others = patch(ShrunkRates(store))["figure"]["columns"]["others"]["value"]
    assert others == [dict(frame.select("group_id", "value").iter_rows())[group] for group in named]


def test_a_bracket_spans_the_rows_that_tie_and_no_other(store: Store) -> None:
    figure = patch(GroupRanks(store))["figure"]
    frame = judged(by_group(store, "on_time_rate"), indicator("on_time_rate"), "ranks")
    sizes = [size for size in frame.group_by("tie_bracket").len().sort("tie_bracket")["len"] if size > 1]
    brackets = figure["columns"]["brackets"]
    spans = [round(last - first + 0.4) for first, last in zip(brackets["y0"], brackets["y1"], strict=True)]
    assert spans == sizes


@pytest.mark.parametrize("groups", [["T1", "C1"], ["T1", "T2", "T3", "T4", "C1"]])
def test_among_few_groups_nobody_is_among_the_last_three(store_of: StoreOf, groups: list[str]) -> None:
    view = GroupRanks(store_of(groups=groups))
    assert "last three" not in html(view)
    assert "last three" not in view.twin(view.answer())


def test_where_chance_explains_the_spread_no_group_is_placed_and_none_is_behind(store_of: StoreOf) -> None:
    store = store_of(groups=["T1", "T2"])
    assert run("group_balance", store.source, store.selection)["value"][0] < 1
    assert "no more than chance gives; no single group" in headline(store)
    assert say("en", "ranks.alike", n=2) in html(GroupRanks(store))
    assert "every estimate is the common" in html(ShrunkRates(store))


def test_too_few_to_judge_is_said_and_nobody_named(store_of: StoreOf) -> None:
    store = pick(store_of(known_on=MEETING), "report_timeliness")
    assert set(by_group(store, "report_timeliness")["denominator"]) == {5}
    assert "none can be named" in headline(store)
    for kind in (GroupRates, GroupFunnel):
        assert say("en", "lineup.few") in html(kind(store))
    assert html(Standings(store)).count(say("en", "funnel.flag.none")) == 10


def test_a_share_that_counts_nothing_yet_is_said_to(store_of: StoreOf) -> None:
    store = pick(store_of(known_on=MEETING), "rectification_rate")
    assert headline(store) == "Problems struck off: nothing to compare in this selection."
    assert [kind for kind in VIEWS[1:] if not patch(kind(store)).get("empty")] == []


def test_one_group_is_shown_with_its_interval_and_not_compared(store_of: StoreOf) -> None:
    store = store_of(groups=["T2"])
    assert headline(store) == "On-time rate: T2 has 95.0% (114 of 120); one group alone cannot be compared."
    assert patch(GroupRates(store))["figure"]["columns"]["wide"]["low"]
    for kind in (GroupFunnel, GroupRanks, ShrunkRates):
        assert patch(kind(store))["empty"]
    assert "level rank" not in str(patch(GroupMovement(store))["figure"])
    line = re.findall(r"<tr>.*?</tr>", html(Standings(store)))[1]
    assert line.count("–") == 3
    LineUpVerdict(store).heard({"group": "T2"})
    assert store.groups == []


def test_movement_joins_each_group_with_itself_and_tells_news_of_old_from_new(store_of: StoreOf) -> None:
    store = store_of(known_on=MEETING)
    previous = store.previous
    assert previous is not None
    now = dict(by_group(store, "on_time_rate").select("group_id", "value").iter_rows())
    was = dict(run("on_time_rate", previous, Selection(), by=["group"]).select("group_id", "value").iter_rows())
    figure = patch(GroupMovement(store))["figure"]
    named = [label.split(" ")[0] for label in figure["y_ticks"]["labels"]]
    assert figure["columns"]["points"]["value"] == [now[group] for group in named]
    assert figure["columns"]["others"]["value"] == [was[group] for group in named]
    gains = [now[group] - was[group] for group in named]
    assert gains == sorted(gains, reverse=True)
    assert "Largest gain: C2 +4.3 pp. (News of old events +14.4 pp, new events −10.1 pp.)" in html(GroupMovement(store))


def test_of_the_first_snapshot_no_movement_is_told(store_of: StoreOf) -> None:
    shown = patch(GroupMovement(store_of(known_on=date(2014, 3, 16))))
    assert shown["empty"]
    assert say("en", "change.none") in shown["html"]


def test_several_groups_with_the_same_gain_are_all_named(store_of: StoreOf) -> None:
    store = pick(store_of(known_on=MEETING), "report_timeliness")
    assert "Largest gain: C1 and C3 +5.0 pp." in html(GroupMovement(store))


@pytest.mark.parametrize("period", [None, (2, 5)])
def test_load_is_counted_in_unit_weeks(store_of: StoreOf, period: tuple[int, int] | None) -> None:
    store = store_of(known_on=MEETING, **({"period": period} if period else {}))
    weeks = 5 if period is None else 4
    visits = run("visits_per_unit", store.source, store.selection, by=["group"])
    visits = exposure_rate(visits.with_columns(unit_weeks=pl.col("denominator") * weeks), exposure="unit_weeks")
    figure = patch(GroupLoad(store))["figure"]
    named = [label.split(" ")[0] for label in figure["y_ticks"]["labels"]]
    for column, layer in (("rate", "points"), ("low", "narrow")):
        expected = dict(visits.select("group_id", column).iter_rows())
        found = figure["columns"][layer]["value" if layer == "points" else "low"]
        assert found == pytest.approx([expected[group] for group in named])


def test_a_small_group_is_not_called_idle_by_its_raw_count(store_of: StoreOf) -> None:
    shown = html(GroupLoad(store_of(known_on=MEETING)))
    assert "C6 made the most visits (62, 21 units), T3 the fewest (6, 4 units)" in shown
    assert "T1 is highest (1.00), C1 lowest (0.22)" in shown


def test_the_last_table_says_what_the_charts_say(store_of: StoreOf, chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    shown = html(Standings(store))
    frame = by_group(store, "on_time_rate")
    for row in frame.iter_rows(named=True):
        assert f'data-key="{row["value"]}"' in shown
        assert f'data-group="{row["group_id"]}"' in shown


def test_a_group_without_the_thing_counted_has_dashes_and_no_zero(store_of: StoreOf) -> None:
    store = pick(store_of(known_on=date(2014, 3, 16)), "content_coverage")
    lines = re.findall(r"<tr>(.*?)</tr>", html(Standings(store)))[1:]
    assert len(lines) == 10
    without = [line for line in lines if say("en", "standings.nothing") in line]
    assert [re.findall(r'data-group="(.*?)"', line)[0] for line in without] == ["T4", "C2"]
    assert lines[-2:] == without
    assert all("%" not in words(line) for line in without)


@pytest.mark.parametrize("share", JUDGED)
@pytest.mark.parametrize("known_on", [MEETING, date(2014, 6, 1), date(2014, 9, 28)])
def test_names_in_the_funnel_stand_within_it_and_not_on_one_another(
    store_of: StoreOf, known_on: date, share: str
) -> None:
    figure = patch(GroupFunnel(pick(store_of(known_on=known_on), share))).get("figure")
    if figure is None:
        return
    start, end, wide = figure["y"]["start"], figure["y"]["end"], figure["x"]["end"]
    texts = figure["columns"]["texts"]
    named = zip(texts["x"], texts["y"], texts["text"], strict=True)
    places = [(x, y) for x, y, text in named if text.startswith(" ")]
    for nth, (x, y) in enumerate(places):
        assert start < y < end - 0.015 * (end - start)
        for left, up in places[nth + 1 :]:
            assert abs(x - left) > 0.1 * wide or abs(y - up) > 0.03 * (end - start)


def test_an_axis_of_shares_has_a_reach_even_where_all_are_alike() -> None:
    for share in (0.0, 0.5, 0.95, 1.0):
        axis = share_axis(share, share)
        assert axis.start < share < axis.end or share in axis.ticks
        assert len(axis.ticks) == 2
        assert 0 <= axis.ticks[0] < axis.ticks[1] <= 1


def test_the_page_shows_every_view_once(store: Store) -> None:
    names = [view.view for view in LineUp(store).views]
    assert len(set(names)) == len(names)
