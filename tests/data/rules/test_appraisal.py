"""V34, V35 and V38 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

from data.rules import RULES

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


EVENTS, SCORES = "appraisal_events", "appraisal_scores"
MARK = (SCORES, 0, "coursework_mark")
LED = {"rule_code": "LED", "points": 2.0, "cap": 20.0}


RECORDS = {"action_records": [{"instance_no": number} for number in range(15)]}


def _events(count: int, **more: Any) -> list[dict[str, Any]]:
    """Events, each with a row of evidence of its own."""
    return [{"event_id": f"E{number}", "evidence_key": f"U1|A03|{number}"} | more for number in range(count)]


def _on_one_row(*codes: str) -> list[dict[str, Any]]:
    return [{"event_id": f"E{number}", "rule_code": code} for number, code in enumerate(codes)]


CASES: list[tuple[str, str, Changes, Cells]] = [
    ("a row that is not there", "V34", {EVENTS: [{"evidence_key": "U1|A03|2"}]}, {(EVENTS, 0, "evidence_key")}),
    ("a table that is not there", "V34", {EVENTS: [{"evidence_table": "letters"}]}, {(EVENTS, 0, "evidence_table")}),
    ("a row of a table with one key", "V34", {EVENTS: [{"evidence_table": "visits", "evidence_key": "V1"}]}, set()),
    ("a mark that is no sum", "V34", {SCORES: [{"coursework_mark": 80.0}]}, {MARK}),
    ("deductions up to the cap", "V34", RECORDS | {EVENTS: _events(15), SCORES: [{"coursework_mark": 70.0}]}, set()),
    ("deductions beyond the cap", "V34", RECORDS | {EVENTS: _events(15), SCORES: [{"coursework_mark": 65.0}]}, {MARK}),
    (
        "bonuses up to the cap and the full mark",
        "V34",
        RECORDS
        | {"appraisal_rules": [LED], EVENTS: _events(15, rule_code="LED"), SCORES: [{"coursework_mark": 100.0}]},
        set(),
    ),
    ("one event under one rule", "V34", {EVENTS: _on_one_row("LATE", "LATE"), SCORES: [{}]}, set()),
    (
        "one event under two rules",
        "V34",
        {EVENTS: _on_one_row("LATE", "LATE"), SCORES: [{"coursework_mark": 78.0}]},
        {MARK},
    ),
    (
        "one event under its largest rule",
        "V34",
        {"appraisal_rules": [{}, LED], EVENTS: _on_one_row("LATE", "LED"), SCORES: [{"coursework_mark": 82.0}]},
        set(),
    ),
    (
        "a rule not in force on the day",
        "V34",
        {"appraisal_rules": [{"effective_from": date(2014, 4, 3)}], SCORES: [{"coursework_mark": 80.0}]},
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


FORMER: Changes = {"appraisal_rules": [{}, LED]}
FROZEN: list[tuple[str, Changes, Cells]] = [
    ("nothing has changed", FORMER, set()),
    ("other points", {"appraisal_rules": [{"points": -2.0}, LED]}, {("appraisal_rules", 0, "rule_code")}),
    ("another cap", {"appraisal_rules": [{}, LED | {"cap": 10.0}]}, {("appraisal_rules", 1, "rule_code")}),
    ("no cap", {"appraisal_rules": [{"cap": None}, LED]}, {("appraisal_rules", 0, "rule_code")}),
    ("another share", {"appraisal_rules": [{"role_factor_support": 1.0}, LED]}, {("appraisal_rules", 0, "rule_code")}),
    ("a rule that is gone", {"appraisal_rules": [{}]}, {("appraisal_rules", None, "rule_code")}),
    (
        "a rule that is new within the term",
        {"appraisal_rules": [{}, LED, {"rule_code": "NEW", "effective_from": date(2014, 6, 30)}]},
        {("appraisal_rules", 2, "rule_code")},
    ),
    (
        "a rule that ends within the term",
        {"appraisal_rules": [{"effective_to": date(2014, 6, 29)}, LED]},
        {("appraisal_rules", 0, "rule_code")},
    ),
    ("a rule that ends with the term", {"appraisal_rules": [{"effective_to": date(2014, 6, 30)}, LED]}, set()),
    (
        "a rule for the next term",
        {"appraisal_rules": [{}, LED, {"rule_code": "NEW", "effective_from": date(2014, 7, 1)}]},
        set(),
    ),
    ("another name", {"appraisal_rules": [{"name_en": "Told late"}, LED]}, set()),
    ("another scheme", {"appraisal_rules": [{}, LED, {"scheme_id": "S2", "points": -9.0}]}, set()),
    ("another base", FORMER | {SCORES: [{"base": 81.0}]}, {(SCORES, 0, "base")}),
    ("another weight", FORMER | {SCORES: [{"coursework_weight": 0.4}]}, {(SCORES, 0, "coursework_weight")}),
    ("the next term with another base", FORMER | {SCORES: [{}, {"period_id": "2014Q3", "base": 70.0}]}, set()),
]


@pytest.mark.parametrize(("changes", "cells"), [case[1:] for case in FROZEN], ids=[case[0] for case in FROZEN])
def test_the_rules_of_a_term_that_has_begun_are_frozen(changes: Changes, cells: Cells, week) -> None:
    v38 = next(rule for rule in RULES if rule.code == "V38")
    found = v38(week(changes), date(2014, 4, 20), week(FORMER))
    assert set(found.select("table", "row", "column").iter_rows()) == cells


def test_a_first_week_freezes_nothing(week) -> None:
    assert next(rule for rule in RULES if rule.code == "V38")(week(FORMER), date(2014, 4, 13)).is_empty()
