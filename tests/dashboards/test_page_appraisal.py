"""The Appraisal page: bars add up to the mark, classes are never mixed, no exam is no total, a weight moves ranks."""

import json
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
    AppealList,
    EvidenceRow,
    MarksByClass,
    MarksVerdict,
    MarkTable,
    MarkWaterfall,
    PointList,
    RankByWeight,
    RulesInForce,
    TermButtons,
    WeightSlider,
)
from data.appraisal import shipped
from data.snapshots import Snapshot
from queries import Selection, Source
from queries.appraisal import ranks
from queries.coursework import appeals, points, term_marks

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


# one unit's mark


@pytest.mark.parametrize("term", ["2014Q1", "2014Q2", "2014Q3"])
def test_the_bars_add_up_to_the_mark_of_every_unit(store: Store, term: str) -> None:
    marks = term_marks(store.source, Selection()).filter(pl.col("period_id") == term)
    for row in marks.filter(pl.col("count_events") > 0).to_dicts():
        store.picks = {"term": term, "place": row["unit_id"]}
        view = MarkWaterfall(store)
        answer = view.answer()
        figure = view.patch(answer)["figure"]
        steps = [
            float(label.split(" ")[0].replace("−", "-").replace("±", "")) for label in figure["right_ticks"]["labels"]
        ]
        assert row["base"] + sum(steps) == pytest.approx(row["coursework_mark"], abs=1e-9), row["unit_id"]
        bars = figure["columns"]["bars"]
        idle = store.look.colours["idle"]
        lengths = sum(
            (right - left) * (1 if tone == store.look.colours["good"] else -1)
            for left, right, tone in zip(bars["left"], bars["right"], bars["color"], strict=True)
            if tone != idle
        )
        assert row["base"] + lengths + (row["cut_points"] or 0) == pytest.approx(row["coursework_mark"], abs=1e-9)
        reached = [float(label.split("→ ")[1]) for label in figure["right_ticks"]["labels"]]
        assert reached[-1] == row["coursework_mark"]


def test_what_does_not_count_is_said_with_its_reason(store: Store) -> None:
    found = points(store.source, Selection()).filter(pl.col("period_id") == "2014Q2")
    for state, words in (
        ("capped", "beyond its rule's cap|beyond their rule's cap"),
        ("superseded", "one event counts under one rule, the largest"),
        ("upheld", "taken back on appeal"),
    ):
        units = found.filter(pl.col("state") == state)["unit_id"].unique().to_list()
        assert units, state
        store.picks = {"place": units[0]}
        assert re.search(words, html(MarkWaterfall(store))), state
        assert say("en", f"points.state.{state}") in html(PointList(store))


def test_a_unit_without_a_task_says_so(store: Store) -> None:
    store.picks = {"place": "U083"}
    assert say("en", "falls.idle") in html(MarkWaterfall(store))
    assert say("en", "reach.idle") in html(RankByWeight(store))
    assert patch(EvidenceRow(store))["empty"]


def test_a_unit_nobody_knows_picks_nothing(store: Store) -> None:
    usual = marking.place(store)
    store.picks = {"place": "U999"}
    assert marking.place(store) == usual


def test_the_list_holds_every_event_and_each_opens_its_row(store: Store) -> None:
    for place in PLACES:
        store.picks = {"place": place}
        own = marking.points_of(store)
        said = html(PointList(store)) if own.height else ""
        assert said.count('class="open"') == own.height
        for event in own.to_dicts():
            store.picks = {"place": place, "event": event["event_id"]}
            answer = EvidenceRow(store).answer()
            assert answer["event"]["event_id"] == event["event_id"]
            assert answer["row"], event
            told = html(EvidenceRow(store))
            assert event["rule_name_en"] in told
            assert not re.search(r"\b[A-Z]\d{2,4}\|", told)


def test_without_a_pick_the_heaviest_event_is_open_and_marked_in_the_list(store: Store) -> None:
    opened = marking.event_of(store)
    own = marking.points_of(store)
    assert abs(opened["counted"]) == own["counted"].abs().max()
    assert html(PointList(store)).count('class="open"') == own.height
    assert len(re.findall(r'class="open"[^>]*aria-pressed="true"', html(PointList(store)))) == 1


def test_evidence_about_a_matter_leads_to_its_page(store: Store) -> None:
    found = points(store.source, Selection()).filter(
        pl.col("period_id") == "2014Q2", pl.col("evidence_table").is_in(["matters", "matter_events"])
    )
    event = found.row(0, named=True)
    store.picks = {"place": event["unit_id"], "event": event["event_id"]}
    assert f'href="matter?matter={event["evidence_key"].split("|")[0]}' in html(EvidenceRow(store))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_of_the_evidence_is_said_in_words(store_of: Callable[..., Store], language: str) -> None:
    store = store_of(language)
    found = points(store.source, Selection()).unique("evidence_table", maintain_order=True)
    for event in found.to_dicts():
        store.picks = {"term": event["period_id"], "place": event["unit_id"], "event": event["event_id"]}
        shown = re.sub(r"<[^>]+>", " ", html(EvidenceRow(store)))
        assert not re.search(r"\b[a-z]+_[a-z_]+\b|\bA\d\d\b|\bU\d{3}\b", shown), shown


# appeals and rules


def test_appeals_are_those_of_the_query_and_pending_ones_come_first(store: Store) -> None:
    frame = appeals(store.source, Selection()).filter(pl.col("period_id") == "2014Q2")
    said = html(AppealList(store))
    counts = {state: frame.filter(pl.col("appealed") == state).height for state in ("pending", "upheld", "rejected")}
    assert "{pending} pending, {upheld} upheld, {rejected} rejected".format(**counts) in said
    assert said.count("<tr>") - 1 == frame.height == sum(counts.values())
    states = AppealList(store).answer()["appealed"].to_list()
    assert states == sorted(states, key=["pending", "upheld", "rejected"].index)
    for row in frame.to_dicts():
        with_it, without = row["mark_counted"], row["mark_struck"]
        assert row["coursework_mark"] == (without if row["appealed"] == "upheld" else with_it)


def test_an_appeal_opens_its_unit_and_its_evidence(store: Store) -> None:
    row = AppealList(store).answer().row(0, named=True)
    store.hear({"pick": {"place": row["unit_id"], "event": row["event_id"]}})
    assert marking.unit_row(store)["unit_id"] == row["unit_id"]
    assert EvidenceRow(store).answer()["event"]["event_id"] == row["event_id"]


def test_the_rules_stand_with_their_hash_and_the_text_it_is_of(store: Store) -> None:
    said = html(RulesInForce(store))
    frozen = shipped().frozen("2014Q2")
    assert f"Frozen as {frozen.sha256[:12]} (SHA-256)" in said
    assert f"<code>{frozen.sha256}</code>" in said
    assert frozen.canonical in said
    assert "They are those of the rule file coursework-2014, version 1." in said
    for row in shipped().rows:
        assert row["name_en"] in said
        assert row["name_zh"] in said


def test_other_rules_than_the_files_are_said_to_be_other(demo_data: Any, store_over: Callable[..., Store]) -> None:
    snapshot = Snapshot.newest(demo_data)
    frames = {name: snapshot.frame(name) for name in snapshot.tables()}
    rules = frames["appraisal_rules"].with_columns(pl.col("points") * 2)
    store = store_over(Source.from_frames({**frames, "appraisal_rules": rules}, snapshot.known_on))
    assert "They are not those of the rule file" in html(RulesInForce(store))
    own = frames["appraisal_rules"].with_columns(scheme_id=pl.lit("own"))
    scores = frames["appraisal_scores"].with_columns(scheme_id=pl.lit("own"))
    own_frames = {**frames, "appraisal_rules": own, "appraisal_scores": scores}
    store = store_over(Source.from_frames(own_frames, snapshot.known_on))
    assert "Scheme own is the office's own." in html(RulesInForce(store))


# the whole page


def test_without_marks_every_view_says_so(store_without: Callable[..., Store]) -> None:
    for language in ("en", "zh"):
        page = Appraisal(store_without("appraisal_scores", language))
        for view in page.own_views():
            shown = view.shown()
            assert "figure" not in shown
            assert re.sub(r"<[^>]+>", " ", shown["html"]).strip()


def test_without_events_every_mark_is_the_base(store_without: Callable[..., Store]) -> None:
    store = store_without("appraisal_events")
    assert "98 of 103 units have a coursework mark, each of them 80.0." in html(MarksVerdict(store))
    assert say("en", "falls.base", base="80.0") in html(MarkWaterfall(store))


def test_one_class_is_said_to_be_the_only_one(store_of: Callable[..., Store]) -> None:
    store = store_of(unit_types=["non_public_enterprise"])
    assert say("en", "dots.one") in html(MarksByClass(store))


def test_the_page_stays_small_with_every_pick(store: Store) -> None:
    store.picks = {"place": "U013", "weight": "0.7", "term": "2014Q2"}
    assert sum(len(json.dumps(view.shown())) for view in Appraisal(store).own_views()) < 150_000
