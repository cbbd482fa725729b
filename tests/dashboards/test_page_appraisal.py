"""The Appraisal page: bars add up to the mark, classes are never mixed, no exam is no total, a weight moves ranks."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from shown import html, patch, sheet

from dashboards import marking
from dashboards.pages import Appraisal
from dashboards.store import Store
from dashboards.text import say
from dashboards.views.appraisal import (
    MarksByClass,
    MarksVerdict,
    MarkTable,
    MarkWaterfall,
    PointList,
    RankByWeight,
    TermButtons,
    WeightSlider,
)
from data.appraisal import shipped
from queries import Selection
from queries.appraisal import ranks

MEETING = date(2014, 4, 13)
PLACES = ("U011", "U013", "U024", "U076", "U103", "U050")


def listed(store: Store, weight: float | None = None) -> dict[str, dict[str, Any]]:
    return {row["unit_id"]: row for row in ranks(store.source, Selection(), weight).to_dicts()}


# the sentence and the terms


def test_the_sentence_counts_the_marked_the_ranked_and_those_without_a_task(store: Store) -> None:
    said = html(MarksVerdict(store))
    assert "2nd quarter of 2014 (1 Apr 2014 to 30 Jun 2014): 98 of 103 units have a coursework mark" in said
    assert "98 also have an exam mark and are ranked with their class. 5 had no task and are not ranked." in said
    assert f"frozen for the term as {shipped().frozen('2014Q2').sha256[:12]}" in said
    marks = [row["coursework_mark"] for row in listed(store).values() if row["state"] == "done"]
    middle = sorted(marks)[(len(marks) - 1) // 2]
    assert f"from {min(marks)} to {max(marks)}, half of them {middle} or less" in said


def test_a_running_term_says_that_nobody_is_ranked_and_scales_nothing(store: Store) -> None:
    store.picks = {"term": "2014Q3"}
    said = html(MarksVerdict(store))
    assert "No exam mark is in yet: coursework stands alone and is not scaled up, and nobody is ranked." in said
    assert "The term is still running: marks may change." in said
    frame = marking.shown(store)
    assert frame["combined_mark"].null_count() == frame["rank"].null_count() == frame.height == 103
    assert frame["coursework_mark"].null_count() == 5
    assert say("en", "weight.none") in patch(WeightSlider(store))["fields"]["effect"]
    assert patch(RankByWeight(store))["empty"]


def test_at_the_meeting_the_closed_term_is_shown_with_one_appeal(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=MEETING)
    said = html(MarksVerdict(store))
    assert "1st quarter of 2014" in said
    assert "One appeal is pending." in said


def test_before_any_term_has_ended_the_running_one_is_shown(store_of: Callable[..., Store]) -> None:
    store = store_of(known_on=date(2014, 3, 16))
    assert marking.term(store)["period_id"] == "2014Q1"
    assert not marking.term(store)["is_closed"]


def test_terms_are_offered_in_their_order_and_a_pick_changes_the_page(store: Store) -> None:
    assert re.findall(r'"toggle".*?>(\w+ quarter of 2014) <small>(\w+)<', html(TermButtons(store))) == [
        ("1st quarter of 2014", "over"),
        ("2nd quarter of 2014", "over"),
        ("3rd quarter of 2014", "running"),
    ]
    store.hear({"pick": {"term": "2014Q1"}})
    assert "1st quarter of 2014 (1 Jan 2014 to 31 Mar 2014)" in html(MarksVerdict(store))
    assert "term=2014Q1" in store.query


@pytest.mark.parametrize("term", ["2031Q1", "spring", "x"])
def test_a_term_nobody_knows_shows_the_usual_one(store: Store, term: str) -> None:
    store.picks = {"term": term}
    assert marking.term(store)["period_id"] == "2014Q2"


@pytest.mark.parametrize(
    ("period_id", "en", "zh"),
    [
        ("2014", "2014", "2014年度"),
        ("2014H2", "2nd half of 2014", "2014年下半年"),
        ("2014Q4", "4th quarter of 2014", "2014年第四季度"),
        ("2014-04", "Month 4 of 2014", "2014年4月"),
        ("2014-12", "Month 12 of 2014", "2014年12月"),
    ],
)
def test_a_term_is_said_as_people_say_it(store_of: Callable[..., Store], period_id: str, en: str, zh: str) -> None:
    assert marking.term_name(store_of("en"), period_id) == en
    assert marking.term_name(store_of("zh"), period_id) == zh


# marks and ranks


def test_every_marked_unit_is_one_dot_in_the_lane_of_its_class(store_of: Callable[..., Store], chosen: Any) -> None:
    store = store_of(**chosen)
    view = MarksByClass(store)
    shown = patch(view)
    frame = marking.shown(store).filter(pl.col("coursework_mark").is_not_null())
    if frame.is_empty():
        assert shown["empty"]
        return
    figure = shown["figure"]
    assert len(figure["columns"]["points"]["x"]) == frame.height
    floors = sorted(figure["y_ticks"]["at"])
    kinds = [label.split("  ")[0] for label in figure["y_ticks"]["labels"]]
    by_lane = dict(zip(figure["y_ticks"]["at"], kinds, strict=True))
    by_id = {row["unit_id"]: row for row in frame.to_dicts()}
    for point in view._points:
        lane = by_lane[max(floor for floor in floors if floor <= point.y)]
        assert lane == marking.class_name(store, by_id[point.name]["peer_class"])
        assert abs(point.x - by_id[point.name]["coursework_mark"]) < (figure["x"]["end"] - figure["x"]["start"]) * 0.04


def test_a_tap_on_a_dot_picks_its_unit_and_the_link_keeps_it(store: Store) -> None:
    view = MarksByClass(store)
    columns = patch(view)["figure"]["columns"]["points"]
    view.heard({"tap": [columns["x"][3], columns["y"][3]]})
    picked = store.picks["place"]
    assert f"place={picked}" in store.query
    assert marking.unit_row(store)["unit_id"] == picked
    name = marking.unit_row(store)["unit_name_en"]
    assert name in html(MarkWaterfall(store))
    assert name in html(PointList(store))


def test_ranks_are_those_of_the_query_at_every_weight(store: Store) -> None:
    for weight in (None, 0.0, 0.45, 1.0):
        store.picks = {} if weight is None else {"weight": f"{weight:g}"}
        expected = listed(store, weight)
        for row in marking.everybody(store).to_dicts():
            wanted = expected[row["unit_id"]]
            assert [row[name] for name in ("combined_mark", "rank", "count_ranked")] == [
                wanted[name] for name in ("combined_mark", "rank", "count_ranked")
            ]


def test_the_table_has_a_row_per_unit_and_says_who_is_not_ranked(store: Store) -> None:
    said = html(MarkTable(store))
    assert said.count("<tr>") - 1 == 103
    assert said.count("not ranked: no task") == 5
    frame = marking.shown(store)
    best = frame.filter(pl.col("rank") == 1).row(0, named=True)
    assert f'data-key="1">1 of {best["count_ranked"]}<' in said
    assert frame["peer_class"].unique(maintain_order=True).to_list() == ["township", "department", "enterprise"]


def test_a_selection_narrows_the_rows_and_leaves_the_ranks(store_of: Callable[..., Store]) -> None:
    part, whole = marking.shown(store_of(groups=["C1"])), marking.shown(store_of())
    own = whole.filter(pl.col("group_id") == "C1")
    assert part.select("unit_id", "rank", "count_ranked").rows() == own.select("unit_id", "rank", "count_ranked").rows()


# the weight


def test_the_slider_stays_as_it_is_while_its_effect_changes(store: Store) -> None:
    view = WeightSlider(store)
    before = patch(view)
    view.heard({"do": "weigh", "value": "0.6"})
    after = patch(view)
    assert store.picks == {"weight": "0.6"}
    assert "weight=0.6" in store.query
    assert after["html"] == before["html"]
    assert after["fields"]["weight"] == "0.6"
    now, then = listed(store, 0.6), listed(store, 0.3)
    moved = sum(now[unit]["rank"] != then[unit]["rank"] for unit in now if now[unit]["rank"])
    assert f"At 0.60 {moved} of 98 ranked units have another rank than at 0.30." in after["fields"]["effect"]
    assert moved > 20


def test_the_usual_weight_leaves_the_link(store: Store) -> None:
    view = WeightSlider(store)
    for value in ("0.6", "0.6", "0.3"):
        view.heard({"do": "weigh", "value": value})
        assert store.picks == ({"weight": "0.6"} if value == "0.6" else {})
    view.heard({"do": "weigh", "value": "0.6"})
    view.heard({"do": "weigh", "value": ""})
    assert store.picks == {}


@pytest.mark.parametrize("value", ["7", "-1", "nan", "inf", "heavy", None, {"a": 1}, "1e9"])
def test_what_is_no_weight_is_the_usual_one(store: Store, value: Any) -> None:
    WeightSlider(store).heard({"do": "weigh", "value": value})
    assert store.picks == {}
    store.picks = {"weight": str(value)[:8]}
    assert marking.weight(store) == 0.3


def test_a_move_of_the_weight_changes_only_what_rests_on_it(store: Store) -> None:
    page = Appraisal(store)
    surface = page.main()
    before = sheet(surface)["views"]
    WeightSlider(store).heard({"do": "weigh", "value": "0.8"})
    after = sheet(surface)["views"]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"weight", "rank_by_weight", "mark_list", "marks_by_class"}
    assert after["weight"]["html"] == before["weight"]["html"]


# stability


def test_the_share_of_weights_in_the_finding_is_that_of_the_stretches(store: Store) -> None:
    low, high = marking.reasonable(store)
    assert (low, high) == (0.1, 0.5)
    between = marking.everybody(store).filter(pl.col("p_top_third").is_between(0.02, 0.98))
    assert between.height > 3
    for row in between.to_dicts():
        store.picks = {"place": row["unit_id"]}
        lines = marking.stretches(store).filter(pl.col("unit_id") == row["unit_id"])
        inside = 0.0
        for line in lines.to_dicts():
            length = min(line["weight_to"], high) - max(line["weight_from"], low)
            inside += max(length, 0.0) * (3 * line["rank"] <= line["count_ranked"])
        assert row["p_top_third"] == pytest.approx(inside / (high - low))
        assert f"under {row['p_top_third']:.0%} of reasonable weights" in html(RankByWeight(store))


def test_the_line_covers_every_weight_and_stands_at_the_rank(store: Store) -> None:
    store.picks = {"place": "U027", "weight": "0.65"}
    figure = patch(RankByWeight(store))["figure"]
    line = figure["columns"]["lines"]
    assert (line["xs"][1][0], line["xs"][1][-1]) == (0.0, 1.0)
    assert figure["columns"]["points"]["x"] == [0.65]
    assert figure["columns"]["points"]["y"] == [listed(store, 0.65)["U027"]["rank"]]
    assert figure["y"]["start"] > figure["y"]["end"]
