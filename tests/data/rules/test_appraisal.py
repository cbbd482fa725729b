"""V34 and V35 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


EVENTS, SCORES = "appraisal_events", "appraisal_scores"
MARK = (SCORES, 0, "coursework_mark")
LED = {"rule_code": "LED", "points": 2.0, "cap": 20.0}


def _events(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"event_id": f"E{number}"} | more for number in range(count)]


CASES: list[tuple[str, str, Changes, Cells]] = [
    ("a row that is not there", "V34", {EVENTS: [{"evidence_key": "U1|A03|2"}]}, {(EVENTS, 0, "evidence_key")}),
    ("a table that is not there", "V34", {EVENTS: [{"evidence_table": "letters"}]}, {(EVENTS, 0, "evidence_table")}),
    ("a row of a table with one key", "V34", {EVENTS: [{"evidence_table": "visits", "evidence_key": "V1"}]}, set()),
    ("a mark that is no sum", "V34", {SCORES: [{"coursework_mark": 80.0}]}, {MARK}),
    ("deductions up to the cap", "V34", {EVENTS: _events(15), SCORES: [{"coursework_mark": 70.0}]}, set()),
    ("deductions beyond the cap", "V34", {EVENTS: _events(15), SCORES: [{"coursework_mark": 65.0}]}, {MARK}),
    (
        "bonuses up to the cap and the full mark",
        "V34",
        {"appraisal_rules": [LED], EVENTS: _events(15, rule_code="LED"), SCORES: [{"coursework_mark": 100.0}]},
        set(),
    ),
    ("an event of another term", "V34", {SCORES: [{"period_id": "2014Q1", "coursework_mark": 80.0}]}, set()),
    ("an event of the month", "V34", {SCORES: [{"period_id": "2014-04"}]}, set()),
    ("an event of the half year", "V34", {SCORES: [{"period_id": "2014H1"}]}, set()),
    ("an event of the year", "V34", {SCORES: [{"period_id": "2014"}]}, set()),
    ("a term nobody knows", "V34", {SCORES: [{"period_id": "spring", "coursework_mark": 1.0}]}, set()),
    ("a month nobody knows", "V34", {SCORES: [{"period_id": "2014-13", "coursework_mark": 1.0}]}, set()),
    (
        "an appeal that was upheld",
        "V34",
        {EVENTS: [{"appealed": "upheld"}], SCORES: [{"coursework_mark": 80.0}]},
        set(),
    ),
    ("a withdrawn event", "V34", {EVENTS: [{"is_void": True}], SCORES: [{"coursework_mark": 80.0}]}, set()),
    (
        "half the points for a supporting unit",
        "V34",
        {
            "appraisal_rules": [LED],
            EVENTS: [{"unit_id": "U2", "rule_code": "LED", "evidence_table": "matters", "evidence_key": "M1"}],
            SCORES: [{"unit_id": "U2", "coursework_mark": 81.0}],
        },
        set(),
    ),
    (
        "an end before the beginning",
        "V35",
        {"inspections": [{"actual_from": date(2014, 4, 3), "actual_to": date(2014, 4, 2)}]},
        {("inspections", 0, "actual_to")},
    ),
    ("merged into nothing", "V35", {"inspections": [{"plan_status": "merged"}]}, {("inspections", 0, "merged_into")}),
    (
        "merged and yet planned",
        "V35",
        {"inspections": [{"merged_into": "X2"}, {"inspection_id": "X2"}]},
        {("inspections", 0, "merged_into")},
    ),
    (
        "merged into one that is held",
        "V35",
        {
            "inspections": [
                {"plan_status": "merged", "merged_into": "X2"},
                {"inspection_id": "X2", "plan_status": "held"},
            ]
        },
        set(),
    ),
    (
        "merged into one that is merged",
        "V35",
        {
            "inspections": [
                {"plan_status": "merged", "merged_into": "X2"},
                {"inspection_id": "X2", "plan_status": "merged", "merged_into": "X3"},
                {"inspection_id": "X3"},
            ]
        },
        {("inspections", 0, "merged_into")},
    ),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
