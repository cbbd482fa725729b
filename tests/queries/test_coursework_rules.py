"""The fixtures of the domain, one event one rule, caps, appeals, and what a further event or another weight may do."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import given
import polars as pl
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from queries import Selection, Source
from queries.appraisal import ranked
from queries.coursework import appeals, points, term_marks

Row = dict[str, Any]

RULES = [
    {"rule_code": "LATE_REPORT", "points": -1, "cap": -10},
    {"rule_code": "MISSED_REPORT", "points": -10, "cap": -40},
    {"rule_code": "PRAISE", "points": 1, "cap": 5},
    {"rule_code": "CLOSED_LEAD", "points": 2, "cap": 20},
]
GROUPS = {"T1": {"U1": "township", "U2": "township"}}


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


@pytest.mark.parametrize(("gives", "mark", "cut"), [(30.0, 100.0, -10.0), (-90.0, 0.0, 10.0), (20.0, 100.0, 0.0)])
def test_a_mark_stops_at_0_and_100_and_says_what_that_cut(gives: float, mark: float, cut: float) -> None:
    told = {
        "appraisal_rules": [{"scheme_id": "s", "rule_code": "BIG", "points": gives, "cap": None}],
        "appraisal_events": [event(1, "U1", "BIG")],
        "appraisal_scores": [{"unit_id": "U1", "period_id": "2014Q2", "scheme_id": "s"}],
    }
    source = given.source(given.tables(GROUPS, told), date(2014, 6, 30))
    found = term_marks(source, Selection())
    assert found.select("coursework_mark", "cut_points").row(0) == (mark, cut)
    assert points(source, Selection())["counted"].to_list() == [gives]


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
