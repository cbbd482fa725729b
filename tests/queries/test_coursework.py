"""Marks added up event by event, against plain loops over the raw tables; appeals; what a further event may do."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import campaigns
import given
import polars as pl
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from oracles.appraisal import TERM

from data.appraisal import shipped
from data.schemas import TABLES, columns
from data.snapshots import Snapshot
from queries import Selection, Source, open_source, rows
from queries.adding import STATES
from queries.appraisal import ranked, ranks
from queries.coursework import (
    appeals,
    evidence,
    evidences,
    points,
    reasonable_weights,
    rules_of,
    term_marks,
    term_named,
    terms,
)
from queries.exceptions import SelectionError
from queries.statistics.weights import weight_stability

MEETING = date(2014, 4, 13)
Row = dict[str, Any]
Raw = dict[str, list[Row]]

RULES = [
    {"rule_code": "LATE_REPORT", "points": -1, "cap": -10},
    {"rule_code": "MISSED_REPORT", "points": -10, "cap": -40},
    {"rule_code": "PRAISE", "points": 1, "cap": 5},
    {"rule_code": "CLOSED_LEAD", "points": 2, "cap": 20},
]
GROUPS = {"T1": {"U1": "township", "U2": "township"}}


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Source:
    return open_source(demo_data)


@cache
def tables_of(folder: Path, known_on: date | None = None) -> Raw:
    snapshot = Snapshot.newest(folder) if known_on is None else Snapshot.at(folder, known_on)
    return {table: snapshot.frame(table).to_dicts() for table in TABLES}


# the office's calculation, as plain loops over the tables


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def days_of(period_id: str) -> tuple[date, date] | None:
    match = TERM.fullmatch(period_id)
    if match is None:
        return None
    year, half, quarter, month = (int(part) if part else 0 for part in match.groups())
    first = half * 6 - 5 if half else quarter * 3 - 2 if quarter else month or 1
    after = first + (6 if half else 3 if quarter else 1 if month else 12)
    last = date(year + (after > 12), after - 12 if after > 12 else after, 1) - timedelta(days=1)
    return date(year, first, 1), last


def value(raw: Raw, event: Row, scheme: str) -> tuple[Row, Fraction] | None:
    """The rule of the scheme on the event's day, and what it gives the unit."""
    in_force = [
        rule
        for rule in raw["appraisal_rules"]
        if rule["rule_code"] == event["rule_code"]
        and rule["effective_from"] <= event["occurred_on"] <= (rule["effective_to"] or date.max)
    ]
    newest = max(in_force, key=lambda rule: (rule["effective_from"], rule["scheme_id"]), default=None)
    if newest is None or newest["scheme_id"] != scheme:
        return None
    own = {row["body_id"] for row in raw.get("bodies", ()) if row["unit_id"] == event["unit_id"]}
    supports = event["evidence_table"] == "matters" and any(
        row["matter_id"] == event["evidence_key"]
        and row["body_id"] in own
        and row["role"] == "support"
        and not row["is_void"]
        for row in raw.get("matter_bodies", ())
    )
    return newest, exact(newest["points"]) * (exact(newest["role_factor_support"]) if supports else 1)


def expected_mark(raw: Raw, score: Row, until: date, overruled: dict[str, str] | None = None) -> Fraction | None:
    """The mark of one row of scores by events up to a day; None for a unit without a task."""
    days = days_of(score["period_id"])
    assert days is not None
    first, last = days[0], min(days[1], until)
    kept: dict[tuple[str, str], tuple[Row, Row, Fraction]] = {}
    for event in sorted(raw["appraisal_events"], key=lambda event: str(event["event_id"])):
        state = (overruled or {}).get(event["event_id"], event["appealed"])
        if event["unit_id"] != score["unit_id"] or event["is_void"] or state == "upheld" or event["occurred_on"] > last:
            continue
        given_points = value(raw, event, score["scheme_id"])
        if given_points is None:
            continue
        rule, gives = given_points
        place = event["evidence_table"], event["evidence_key"]
        if place not in kept or (abs(gives), gives) > (abs(kept[place][2]), kept[place][2]):
            kept[place] = event, rule, gives
    sums: dict[str, Fraction] = {}
    caps: dict[str, float | None] = {}
    for event, rule, gives in kept.values():
        if event["occurred_on"] >= first:
            sums[rule["rule_code"]] = sums.get(rule["rule_code"], Fraction(0)) + gives
            caps[rule["rule_code"]] = rule["cap"]
    if not sums and not score["rankable"]:
        return None
    total = exact(score["base"])
    for code, points_of_rule in sums.items():
        cap = caps[code]
        limit = points_of_rule if cap is None else exact(cap)
        total += max(points_of_rule, limit) if cap is not None and cap < 0 else min(points_of_rule, limit)
    return max(Fraction(0), min(Fraction(100), total))


def check(raw: Raw, source: Source, selection: Selection) -> int:
    """Every mark, every sum of contributions and every appeal against the loops; how many were marked."""
    until = selection.events_until or source.known_on
    scores = {
        (row["unit_id"], row["period_id"], row["scheme_id"]): row
        for row in raw["appraisal_scores"]
        if not row["is_void"]
    }
    marks = {tuple(row[name] for name in CASE): row for row in term_marks(source, selection).to_dicts()}
    counted: dict[tuple[str, ...], Fraction] = {}
    for event in points(source, selection).to_dicts():
        case = tuple(event[name] for name in CASE)
        counted[case] = counted.get(case, Fraction(0)) + exact(event["counted"])
        assert event["state"] in STATES
        assert abs(event["counted"]) <= abs(event["points"] or 0)
    for case, row in marks.items():
        mark = expected_mark(raw, scores[case], until)
        assert row["coursework_mark"] == (None if mark is None else float(mark)), case
        if mark is not None:
            whole = exact(row["base"]) + counted.get(case, Fraction(0))
            assert max(Fraction(0), min(Fraction(100), whole)) == mark, case
            parts = row["bonus_points"] + row["deduction_points"] + row["cut_points"]
            assert row["base"] + parts == pytest.approx(float(mark), abs=1e-9), case
    for appeal in appeals(source, selection).to_dicts():
        score = scores[tuple(appeal[name] for name in CASE)]
        for name, verdict in (("mark_counted", "rejected"), ("mark_struck", "upheld")):
            mark = expected_mark(raw, score | {"rankable": True}, until, {appeal["event_id"]: verdict})
            assert appeal[name] == float(mark or 0), appeal
        stands = appeal["mark_struck"] if appeal["appealed"] == "upheld" else appeal["mark_counted"]
        assert appeal["coursework_mark"] == stands
    return sum(row["coursework_mark"] is not None for row in marks.values())


CASE = ("unit_id", "period_id", "scheme_id")


@pytest.mark.parametrize("known_on", [None, MEETING, date(2014, 7, 13)])
@pytest.mark.parametrize("days_back", [0, 40])
def test_marks_of_the_county_are_those_of_plain_loops(demo_data: Path, known_on: date | None, days_back: int) -> None:
    source = open_source(demo_data, known_on)
    until = max(source.known_on - timedelta(days=days_back), source.launched_on)
    assert check(tables_of(demo_data, known_on), source, Selection(events_until=until)) >= 98


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 10_000))
def test_marks_of_random_campaigns_are_those_of_plain_loops(seed: int) -> None:
    raw = campaigns.county(Random(seed))
    known_on = given.LAUNCHED_ON + timedelta(days=70)
    source = given.source(raw, known_on)
    filled = {name: given.frame(name, raw.get(name, [])).to_dicts() for name in TABLES if name.startswith("appraisal_")}
    bodies = {name: given.frame(name, raw.get(name, [])).to_dicts() for name in ("bodies", "matter_bodies")}
    check(filled | bodies, source, Selection(events_until=known_on - timedelta(days=Random(seed).randint(0, 30))))


# against the indicators


def test_a_closed_terms_marks_are_those_the_office_entered_and_those_of_the_ranks(county: Source) -> None:
    marks = term_marks(county, Selection())
    assert marks.filter(pl.col("coursework_mark") != pl.col("published_mark")).is_empty()
    listed = ranks(county, Selection())
    same = ["unit_id", "coursework_mark", "exam_mark", "combined_mark", "rank", "count_ranked", "state"]
    for weight in (None, 0.0, 0.45, 1.0):
        own = ranked(term_named(marks, "2014Q2"), weight).sort("unit_id").select(same)
        theirs = ranks(county, Selection(), weight).sort("unit_id").select(same)
        public = theirs.filter(pl.col("state") != "not_applicable")
        assert own.filter(pl.col("state") != "not_applicable").equals(public), weight
    assert listed["period_id"].unique().to_list() == ["2014Q2"]


def test_the_running_terms_mark_is_the_indicators_for_its_weeks(demo_data: Path) -> None:
    source = open_source(demo_data, MEETING)
    own = term_named(term_marks(source, Selection()), "2014Q2")
    frames = {name: source.table(name) for name in TABLES}
    since = frames["appraisal_events"].filter(pl.col("occurred_on") >= date(2014, 4, 1))
    cut = Source.from_frames(frames | {"appraisal_events": since}, MEETING)
    theirs = rows("coursework_mark", cut, Selection()).select("unit_id", "coursework_mark").sort("unit_id")
    assert own.select("unit_id", "coursework_mark").sort("unit_id").equals(theirs)


def test_ranks_of_a_selection_are_among_all_peers(county: Source) -> None:
    whole = term_marks(county, Selection())
    part = term_marks(county, Selection(groups=("C1",)))
    own = whole.filter(pl.col("group_id") == "C1")
    assert part.sort("period_id", "unit_id").equals(own.sort("period_id", "unit_id"))


# the fixtures of the domain


def fixture(events: list[Row], **score: Any) -> Source:
    scores = [{"unit_id": unit, "period_id": "2014Q2"} | score for unit in ("U1", "U2")]
    county = {"appraisal_rules": [rule | {"scheme_id": "s"} for rule in RULES], "appraisal_events": events}
    placed = [row | {"scheme_id": "s"} for row in scores]
    return given.source(given.tables(GROUPS, county | {"appraisal_scores": placed}), date(2014, 6, 30))


def event(number: int, unit_id: str, rule_code: str, **more: Any) -> Row:
    day = date(2014, 4, 1) + timedelta(days=number)
    return {
        "event_id": f"E{number:02}",
        "unit_id": unit_id,
        "rule_code": rule_code,
        "occurred_on": day,
        "evidence_table": "bulletins",
        "evidence_key": f"{number}",
        **more,
    }


def domain_events() -> list[Row]:
    codes = ["LATE_REPORT"] * 3 + ["MISSED_REPORT"] + ["PRAISE"] * 2
    first = [event(number, "U1", code) for number, code in enumerate(codes)]
    return first + [event(20 + number, "U2", "CLOSED_LEAD") for number in range(15)]


def test_the_hand_computed_marks_of_the_domain() -> None:
    source = fixture(domain_events(), exam_mark=90.0, coursework_weight=0.3)
    found = ranked(term_marks(source, Selection())).sort("unit_id")
    assert found.select("unit_id", "coursework_mark", "combined_mark", "rank").rows() == [
        ("U1", 69.0, 83.7, 2),
        ("U2", 100.0, 93.0, 1),
    ]
    own = points(source, Selection())
    assert own.filter(pl.col("unit_id") == "U2")["state"].to_list() == ["counts"] * 10 + ["capped"] * 5
    assert own.filter(pl.col("unit_id") == "U1")["counted"].to_list() == [-1, -1, -1, -10, 1, 1]


def test_without_an_exam_mark_there_is_no_combined_mark_and_coursework_is_not_scaled() -> None:
    found = ranked(term_marks(fixture(domain_events(), exam_mark=None), Selection()), 0.5).sort("unit_id")
    assert found["coursework_mark"].to_list() == [69.0, 100.0]
    assert found.select("combined_mark", "rank", "state").unique().rows() == [(None, None, "not_reported")]


def test_a_unit_without_a_task_has_neither_mark_nor_rank() -> None:
    found = ranked(term_marks(fixture([], rankable=False, exam_mark=90.0), Selection()))
    assert found.select("coursework_mark", "combined_mark", "rank", "state").unique().rows() == [
        (None, None, None, "not_applicable")
    ]


def test_the_event_at_the_cap_counts_in_part() -> None:
    raw = [event(number, "U1", "PRAISE") for number in range(4)]
    own = {"scheme_id": "s", "rule_code": "PRAISE", "points": 2.0, "cap": 5.0}
    scores = [{"unit_id": "U1", "period_id": "2014Q2", "scheme_id": "s"}]
    told = {"appraisal_rules": [own], "appraisal_events": raw, "appraisal_scores": scores}
    source = given.source(given.tables(GROUPS, told), date(2014, 6, 30))
    found = points(source, Selection())
    assert found.select("counted", "state").rows() == [(2.0, "counts"), (2.0, "counts"), (1.0, "part"), (0.0, "capped")]


def test_one_event_counts_under_its_largest_rule_and_says_which_takes_its_place() -> None:
    shared = {"evidence_key": "9"}
    source = fixture([event(1, "U1", "LATE_REPORT", **shared), event(2, "U1", "MISSED_REPORT", **shared)])
    found = points(source, Selection()).select("event_id", "counted", "state", "replaced_by").rows()
    assert found == [("E01", 0.0, "superseded", "E02"), ("E02", -10.0, "counts", None)]


def test_an_event_under_no_rule_of_its_day_is_shown_and_does_not_count() -> None:
    found = points(fixture([event(1, "U1", "UNKNOWN")]), Selection())
    assert found.select("points", "counted", "state").rows() == [(None, 0.0, "no_rule")]


# appeals


def test_an_appeal_is_added_up_anew_with_what_takes_the_points_place() -> None:
    shared = {"evidence_key": "9"}
    raw = [event(1, "U1", "LATE_REPORT", **shared), event(2, "U1", "MISSED_REPORT", appealed="pending", **shared)]
    (found,) = appeals(fixture(raw), Selection()).to_dicts()
    assert (found["mark_counted"], found["mark_struck"], found["coursework_mark"]) == (70.0, 79.0, 70.0)


def test_an_appeal_within_a_cap_changes_nothing() -> None:
    raw = [event(number, "U1", "LATE_REPORT", appealed="pending" if number == 3 else "none") for number in range(12)]
    (found,) = appeals(fixture(raw), Selection()).to_dicts()
    assert (found["mark_counted"], found["mark_struck"]) == (70.0, 70.0)


@pytest.mark.parametrize(("state", "mark"), [("pending", 79.0), ("rejected", 79.0), ("upheld", 80.0), ("none", 79.0)])
def test_only_an_upheld_appeal_takes_the_point_back(state: str, mark: float) -> None:
    source = fixture([event(1, "U1", "LATE_REPORT", appealed=state)])
    assert term_marks(source, Selection()).filter(pl.col("unit_id") == "U1")["coursework_mark"].item() == mark
    assert appeals(source, Selection()).height == (state != "none")


# what a further event, or another weight, may do


def mark_of(events: Iterable[Row]) -> float:
    found = term_marks(fixture(list(events)), Selection())
    return float(found.filter(pl.col("unit_id") == "U1")["coursework_mark"].item())


some_events = st.lists(
    st.builds(
        lambda code, key, state: {"rule_code": code, "evidence_key": key, "appealed": state},
        st.sampled_from([rule["rule_code"] for rule in RULES]),
        st.integers(0, 6).map(str),
        st.sampled_from(["none", "none", "pending", "upheld", "rejected"]),
    ),
    max_size=25,
)


def numbered(drawn_events: list[Row]) -> list[Row]:
    return [event(number, "U1", **each) for number, each in enumerate(drawn_events)]


@settings(max_examples=60, deadline=None)
@drawn(some_events, st.sampled_from(RULES), st.integers(0, 60))
def test_a_further_event_moves_the_mark_the_way_of_its_points(drawn_events: list[Row], rule: Row, day: int) -> None:
    """An event on a row of evidence of its own: one that shares a row takes the place of another, see below."""
    before = numbered(drawn_events)
    further = event(day, "U1", rule["rule_code"], evidence_key="own") | {"event_id": "E99"}
    old, new = mark_of(before), mark_of([*before, further])
    assert new <= old if rule["points"] < 0 else new >= old


@settings(max_examples=40, deadline=None)
@drawn(some_events, st.integers(0, 24))
def test_an_appeal_that_is_upheld_never_lowers_a_mark_where_evidence_is_not_shared(
    drawn_events: list[Row], place: int
) -> None:
    raw = [each | {"evidence_key": str(number)} for number, each in enumerate(numbered(drawn_events))]
    deductions = [each for each in raw if each["rule_code"] in ("LATE_REPORT", "MISSED_REPORT")]
    if deductions:
        one = deductions[place % len(deductions)]
        without = [each | {"appealed": "upheld"} if each is one else each for each in raw]
        with_it = [each | {"appealed": "rejected"} if each is one else each for each in raw]
        assert mark_of(without) >= mark_of(with_it)


def test_a_larger_event_on_the_same_evidence_replaces_even_what_counted_more_under_the_caps() -> None:
    """One event one rule goes by the points of the rule, not by what is left under its cap."""
    full = [event(number, "U1", "MISSED_REPORT") for number in range(4)]
    small = event(10, "U1", "LATE_REPORT", evidence_key="shared")
    larger = event(11, "U1", "MISSED_REPORT", evidence_key="shared")
    assert mark_of([*full, small]) == 39.0
    assert mark_of([*full, small, larger]) == 40.0


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 100), st.integers(0, 100), st.integers(0, 20), st.integers(0, 20))
def test_the_combined_mark_goes_with_the_weight_towards_coursework(
    coursework: int, exam: int, one: int, other: int
) -> None:
    frame = pl.DataFrame(
        {
            **{"peer_class": ["x"], "scheme_id": ["s"], "period_id": ["p"], "rankable": [True]},
            **{"coursework_mark": [float(coursework)], "exam_mark": [float(exam)], "coursework_weight": [0.3]},
        }
    )
    low, high = sorted((one, other))
    less, more = (ranked(frame, weight / 20)["combined_mark"].item() for weight in (low, high))
    assert less <= more if coursework >= exam else less >= more


# terms, rules, evidence


def test_terms_are_the_latest_first_and_an_unknown_one_names_the_known(county: Source) -> None:
    marks = term_marks(county, Selection())
    assert terms(marks).select("period_id", "is_closed", "units").rows() == [
        ("2014Q3", False, 103),
        ("2014Q2", True, 103),
        ("2014Q1", True, 103),
    ]
    with pytest.raises(SelectionError, match="known are 2014Q1, 2014Q2, 2014Q3"):
        term_named(marks, "2014H9")
    with pytest.raises(SelectionError, match="none has begun yet"):
        term_named(marks.clear(), "2014Q1")


def test_the_rules_of_a_term_have_the_hash_of_the_file(county: Source) -> None:
    frozen, rules = rules_of(county, "2014Q2", "coursework-2014")
    assert frozen.sha256 == shipped().frozen("2014Q2").sha256
    assert rules.height == len(frozen.rules) == 11
    assert reasonable_weights("coursework-2014") == reasonable_weights("another") == (0.1, 0.5)


def test_every_point_of_the_county_opens_its_row(county: Source) -> None:
    wanted = points(county, Selection()).select("evidence_table", "evidence_key").unique().rows()
    assert evidences(county, wanted).keys() == set(wanted)
    table, key = wanted[0]
    row = evidence(county, table, key)
    keys = [column.name for column in columns(table) if column.key]
    assert "|".join(str(row[name]) for name in keys) == key
    assert evidence(county, table, "nothing") == {}
    assert evidence(county, "no_table", key) == {}


def test_stability_of_the_county_is_that_of_a_dense_try_of_weights(county: Source) -> None:
    marks = term_named(term_marks(county, Selection()), "2014Q2").filter("rankable")
    low, high = reasonable_weights("coursework-2014")
    told = weight_stability(marks, "coursework_mark", "exam_mark", low, high, "peer_class")
    tries = 400
    top = {unit: 0 for unit in told["unit_id"]}
    for nth in range(tries):
        placed = ranked(marks, round(low + (high - low) * (nth + 0.5) / tries, 4))
        for unit, rank, size in placed.select("unit_id", "rank", "count_ranked").rows():
            top[unit] += 3 * rank <= size
    shares = {unit: count / tries for unit, count in top.items()}
    assert told["p_top_third"].to_list() == pytest.approx([shares[unit] for unit in told["unit_id"]], abs=0.02)
    assert told.filter(pl.col("p_top_third").is_between(0.01, 0.99)).height > 5
