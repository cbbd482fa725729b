"""The Appraisal page on one unit: bars add up to the mark, every point opens its row, appeals, rules."""

import json
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from shown import html, patch

from dashboards import marking
from dashboards.pages import Appraisal
from dashboards.store import Store
from dashboards.text import say
from dashboards.views.appraisal import (
    AppealList,
    EvidenceRow,
    MarksByClass,
    MarksVerdict,
    MarkWaterfall,
    PointList,
    RankByWeight,
    RulesInForce,
)
from data.appraisal import shipped
from data.snapshots import Snapshot
from queries import Selection, Source
from queries.coursework import appeals, points, term_marks

PLACES = ("U011", "U013", "U024", "U076", "U103", "U050")


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
