"""V09, V10 and V14 to V16 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


A05 = {"action_code": "A05", "started_on": date(2014, 3, 24), "done_on": date(2014, 3, 25)}
UNDONE = {"started_on": None, "done_on": None}
CODES = [{"action_code": code} for code in ("A03", "A04", "A05", "A06")]


def _pairs(*pairs: str) -> list[dict[str, Any]]:
    return [dict(zip(("before_code", "after_code"), pair.split(">"), strict=True)) for pair in pairs]


CASES: list[tuple[str, str, Changes, Cells]] = [
    ("done without a day", "V09", {"action_records": [{"done_on": None}]}, {("action_records", 0, "done_on")}),
    ("waived with a day", "V09", {"action_records": [{"status": "waived"}]}, {("action_records", 0, "done_on")}),
    ("waived without a day", "V09", {"action_records": [{"status": "waived", "done_on": None}]}, set()),
    ("in progress with a day, which V10 refuses", "V09", {"action_records": [{"status": "in_progress"}]}, set()),
    (
        "a plan item done without a day",
        "V09",
        {"group_plan_items": [{"status": "done"}]},
        {("group_plan_items", 0, "done_on")},
    ),
    ("a withdrawn one", "V09", {"action_records": [{"done_on": None, "is_void": True}]}, set()),
    (
        "in progress with a day",
        "V10",
        {"action_records": [{"status": "in_progress"}]},
        {("action_records", 0, "done_on")},
    ),
    ("planned without a day", "V10", {"action_records": [{"status": "planned"} | UNDONE]}, set()),
    (
        "a plan item under way with a day",
        "V10",
        {"group_plan_items": [{"status": "doing", "done_on": date(2014, 4, 1)}]},
        {("group_plan_items", 0, "done_on")},
    ),
    (
        "the second time without the first",
        "V14",
        {"action_records": [{"instance_no": 2}]},
        {("action_records", 0, "instance_no")},
    ),
    (
        "the fourth time after the second",
        "V14",
        {"action_due": [{}, {"instance_no": 4}, {"instance_no": 2}]},
        {("action_due", 1, "instance_no")},
    ),
    ("three times in any order", "V14", {"action_due": [{"instance_no": 3}, {}, {"instance_no": 2}]}, set()),
    (
        "an action that waits for itself",
        "V15",
        {"action_precedence": _pairs("A03>A03")},
        {("action_precedence", 0, "after_code")},
    ),
    (
        "a circle with a way in and a way out",
        "V15",
        {"action_precedence": _pairs("A03>A04", "A04>A05", "A05>A04", "A05>A06")},
        {("action_precedence", 1, "after_code"), ("action_precedence", 2, "after_code")},
    ),
    ("two ways to one end", "V15", {"action_precedence": _pairs("A03>A04", "A03>A05", "A04>A06", "A05>A06")}, set()),
    ("done in order", "V16", {"action_records": [{}, A05]}, set()),
    (
        "done before the one it waits for",
        "V16",
        {"action_records": [{"done_on": date(2014, 3, 26)}, A05]},
        {("action_records", 1, "done_on")},
    ),
    ("both on one day", "V16", {"action_records": [{"done_on": date(2014, 3, 25)}, A05]}, set()),
    (
        "both on one day where that is not allowed",
        "V16",
        {"action_precedence": [{"same_day_ok": False}], "action_records": [{"done_on": date(2014, 3, 25)}, A05]},
        {("action_records", 1, "done_on")},
    ),
    (
        "two days too early",
        "V16",
        {"action_precedence": [{"min_gap_days": 7}], "action_records": [{}, A05]},
        {("action_records", 1, "done_on")},
    ),
    (
        "begun before the other was done",
        "V16",
        {
            "action_precedence": [{"rule": "finish_before_start"}],
            "action_records": [{"done_on": date(2014, 3, 25)}, A05],
        },
        {("action_records", 1, "done_on")},
    ),
    (
        "the other one is known to be under way",
        "V16",
        {"action_records": [{"status": "in_progress", "done_on": None}, A05]},
        {("action_records", 1, "done_on")},
    ),
    ("nothing is known of the other one", "V16", {"action_records": [A05]}, set()),
    ("the other one need not be done", "V16", {"action_records": [{"status": "waived"} | UNDONE, A05]}, set()),
    ("the other unit's", "V16", {"action_records": [{"unit_id": "U2", "done_on": date(2014, 3, 28)}, A05]}, set()),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
