"""The Visits page says what the queries say: who was visited, how often, how deep, and when nobody came."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards.store import Store
from dashboards.views.visits import Burst, DeepOrBurst, Depth, Duties, Exposure, Silences, UnitWeeks, VisitGroups
from dashboards.views.visits.groups import FIGURES
from queries import rows, run

MEETING = {"known_on": date(2014, 4, 13)}


@pytest.fixture
def meeting(store_of: Callable[..., Store]) -> Store:
    return store_of(**MEETING)


@pytest.fixture
def later_known(store_of: Callable[..., Store]) -> Store:
    """What had happened by the meeting, as it was known two weeks on."""
    return store_of(known_on=date(2014, 4, 27), events_until=date(2014, 4, 13))


def test_the_answer_names_visits_per_unit_silence_and_only_what_is_proven(meeting: Store, later_known: Store) -> None:
    early = html(DeepOrBurst(meeting))
    assert "Each unit was visited 2.56 times on average." in early
    assert "264 visits on site to 103 units" in early
    assert "C3 (1 week)" in early
    later = html(DeepOrBurst(later_known))
    assert "279 visits" in later
    assert "C3 (2 weeks)" in later
    assert "The longest silence is 34 days, at Medicine Testing Institute." in later


def test_the_longest_proven_silence_is_never_longer_than_the_longest(
    store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    store = store_of(**chosen)
    answer = DeepOrBurst(store).answer()
    known = run("longest_gap", store.source, store.selection).row(0, named=True)
    assert (answer["longest"].get("proven") or 0) <= (known["longest"] or 0)


def test_the_cells_of_the_unit_map_are_the_unit_weeks(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    counted = rows("weekly_coverage", store.source, store.selection)
    laid = "".join(re.findall(r'data-cells="([^"]*)"', html(UnitWeeks(store)))).replace(" ", "")
    assert len(laid) == counted.height
    assert laid.count("v") == counted["numerator"].sum()
    assert laid.count("q") == counted.filter((pl.col("numerator") == 0) & pl.col("is_immature")).height


def test_units_of_a_group_stand_together_the_longest_silence_first(meeting: Store) -> None:
    said = html(UnitWeeks(meeting))
    assert said.count("<table") == 10
    for block in said.split("<table")[1:]:
        gaps = [int(gap) for gap in re.findall(r"</th><td>(\d+)</td>", block)]
        assert gaps == sorted(gaps, reverse=True)
    assert [len(re.findall("data-cells", block)) for block in said.split("<table")[1:]] == [5, 4, 4, 4, *[13] * 5, 21]


def test_many_weeks_stand_in_one_table(store: Store) -> None:
    said = html(UnitWeeks(store))
    assert said.count("<table") == 1
    assert said.count("data-cells") == 103


def test_c3_s_units_visited_a_week_fall_to_none(later_known: Store) -> None:
    frame = run("weekly_coverage", later_known.source, later_known.selection, by=["group", "week"])
    assert frame.filter(pl.col("group_id") == "C3")["numerator"].to_list() == [6, 5, 3, 0, 0]
    said = html(UnitWeeks(later_known))
    block = said[said.index('data-group="C3"') : said.index('data-group="C4"')]
    weeks = list(zip(*re.findall(r'data-cells="([^"]*)"', block), strict=True))
    assert [week.count("v") for week in weeks] == [6, 5, 3, 0, 0]


def test_the_longest_silences_are_the_longest_gaps_with_their_days(later_known: Store) -> None:
    view = Silences(later_known)
    figure = patch(view)["figure"]
    gaps = rows("longest_gap", later_known.source, later_known.selection)
    longest = gaps["days_without_visit"].sort(descending=True).head(15).to_list()
    assert [int(label.split()[0]) for label in figure["right_ticks"]["labels"]] == longest
    assert longest[0] == 34
    spans = zip(figure["columns"]["points"]["value"], figure["columns"]["others"]["value"], strict=True)
    assert [last - first for last, first in spans] == longest
    assert "Medicine Testing Institute was not visited for 34 days, from 10 Mar to 13 Apr." in html(view)
    view.heard({"tap": [3.0, 0.0]})
    assert later_known.groups == ["C3"]


def test_a_silence_that_may_still_be_filled_is_said_to_be_open(meeting: Store) -> None:
    view = Silences(meeting)
    assert "no visit is known for 34 days" in html(view)
    assert "reports are not all in" in html(view)
    labels = patch(view)["figure"]["right_ticks"]["labels"]
    proven = view.answer()["proven"].head(15).to_list()
    assert ["?" in label for label in labels] == [not one for one in proven]


def test_units_nobody_has_visited_are_counted(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=date(2014, 3, 16))
    never = rows("longest_gap", store.source, store.selection).filter(pl.col("count_visits") == 0).height
    assert f"{never} units have no known visit at all." in html(Silences(store))


def test_the_same_visits_in_a_burst_stand_elsewhere_than_spread_ones(store: Store) -> None:
    """The two fixtures are cases of closing_visit_share; here C1's growing and C3's fading visits are told apart."""
    answer = Burst(store).answer()
    shares = dict(answer["groups"].select("group_id", "value").iter_rows())
    expected = run("closing_visit_share", store.source, store.selection, by=["group"])
    assert shares == dict(expected.select("group_id", "value").iter_rows())
    covered = run("weekly_coverage", store.source, store.selection, by=["group"])
    assert dict(answer["groups"].select("group_id", "covered").iter_rows()) == dict(
        covered.select("group_id", "value").iter_rows()
    )
    assert answer["even"] == pytest.approx(14 / 203)
    points = patch(Burst(store))["figure"]["columns"]["points"]
    assert (points["x"], points["y"]) == (answer["groups"]["covered"].to_list(), answer["groups"]["value"].to_list())
    texts = " ".join(patch(Burst(store))["figure"]["columns"]["texts"]["text"]).split()
    assert sorted(texts) == sorted(shares)


def test_a_period_too_short_to_tell_a_burst_says_so(store_of: Callable[..., Store]) -> None:
    said = html(Burst(store_of(period=(5, 7))))
    assert "too short to tell a burst" in said


def test_a_fading_group_is_named_only_when_its_last_weeks_are_reported(later_known: Store, meeting: Store) -> None:
    assert "C3 made far fewer in the last two weeks" not in html(Burst(meeting))
    answer = Burst(later_known).answer()["groups"]
    c3 = answer.filter(pl.col("group_id") == "C3").row(0, named=True)
    assert (c3["numerator"], c3["denominator"], c3["value"]) == (0, 14, 0.0)
    named = answer.filter("faded", "mature")["group_id"].to_list()
    assert ("made far fewer" in html(Burst(later_known))) == bool(named)


def test_depth_adds_up_and_c3_is_shallow(meeting: Store) -> None:
    answer = Depth(meeting).answer()
    deep = run("deep_visit_share", meeting.source, meeting.selection).row(0, named=True)
    assert sum(answer["strands"].values()) == deep["denominator"]
    assert sum(n for (_, strands), n in answer["strands"].items() if strands >= 2) == deep["numerator"]
    labels = patch(Depth(meeting))["figure"]["right_ticks"]["labels"]
    talks = run("visit_depth", meeting.source, meeting.selection, by=["group"])
    assert labels == [f"{value:.2f}" for value in talks["value"]]
    assert labels[6] == "0.43"
    assert "C3 goes deep less often than chance allows." in html(Depth(meeting))


def test_duties_fill_every_bar(meeting: Store) -> None:
    answer = Duties(meeting).answer()
    targeted = run("targeted_visit_share", meeting.source, meeting.selection).row(0, named=True)
    assert sum(answer["purposes"].values()) == targeted["denominator"] == 264
    bars = patch(Duties(meeting))["figure"]["columns"]["bars"]
    assert max(bars["right"]) == pytest.approx(1)
    assert sum(right - left for left, right in zip(bars["left"], bars["right"], strict=True)) == pytest.approx(10)


def test_many_visits_do_not_look_best_because_there_are_many_units(meeting: Store) -> None:
    view = Exposure(meeting)
    answer = view.answer()["groups"]
    expected = run("visits_per_unit", meeting.source, meeting.selection, by=["group"]).sort(
        "value", "denominator", descending=True, maintain_order=True
    )
    assert answer["value"].to_list() == expected["value"].to_list()
    assert "C6 made the most visits (62) for its 21 units; per unit it stands 5 of 10." in html(view)
    members = run("visits_per_member", meeting.source, meeting.selection, by=["group"])
    assert dict(answer.select("group_id", "per_member").iter_rows()) == dict(
        members.select("group_id", "value").iter_rows()
    )
    assert (answer["low_998"] <= answer["low_95"]).all()
    assert answer.filter("proven").is_empty()


def test_a_group_is_said_to_come_seldom_once_it_is_proven(store: Store) -> None:
    assert "C1 and C3 visit each unit less often than chance allows." in html(Exposure(store))


def test_the_table_of_groups_holds_every_figure(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    frame = VisitGroups(store).answer()
    for name in FIGURES:
        expected = dict(run(name, store.source, store.selection, by=["group"]).select("group_id", "value").iter_rows())
        assert dict(frame.select("group_id", name).iter_rows()) == {
            group: expected.get(group) for group in frame["group_id"]
        }, name
