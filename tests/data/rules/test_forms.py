"""V01 to V05 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

from data.rules import RULES

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


CASES: list[tuple[str, str, Changes, Cells]] = [
    ("a key stands twice", "V01", {"stages": [{}, {}]}, {("stages", 1, "stage")}),
    (
        "a key of three columns stands twice",
        "V01",
        {"action_records": [{}, {"instance_no": 2}, {}]},
        {("action_records", 2, "unit_id")},
    ),
    (
        "two groups of a kind have one number",
        "V01",
        {"supervision_groups": [{}, {"group_id": "T2"}]},
        {("supervision_groups", 1, "group_kind")},
    ),
    (
        "a group is in a unit twice on a day",
        "V01",
        {"visits": [{}, {"visit_id": "V2"}]},
        {("visits", 1, "group_id")},
    ),
    ("one of the two visits is withdrawn", "V01", {"visits": [{}, {"visit_id": "V2", "is_void": True}]}, set()),
    ("the same day in another way", "V01", {"visits": [{}, {"visit_id": "V2", "mode": "phone"}]}, set()),
    ("an unknown unit", "V02", {"visits": [{"unit_id": "U9"}]}, {("visits", 0, "unit_id")}),
    ("no reference at all", "V02", {"visits": [{"targeted_action": None}]}, set()),
    ("an unknown earlier problem", "V02", {"problems": [{"recurs_of": "P0"}]}, {("problems", 0, "recurs_of")}),
    (
        "a unit that reports under a group's kind",
        "V02",
        {"report_schedule": [{"reporter_id": "U1"}]},
        {("report_schedule", 0, "reporter_id")},
    ),
    (
        "a unit that reports as a unit",
        "V02",
        {"report_schedule": [{"reporter_kind": "unit", "reporter_id": "U1"}]},
        set(),
    ),
    ("an unknown code", "V03", {"visits": [{"mode": "letter"}]}, {("visits", 0, "mode")}),
    (
        "an unknown code in a list",
        "V03",
        {"action_catalogue": [{"applies_to": ["township", "village"]}]},
        {("action_catalogue", 0, "applies_to")},
    ),
    (
        "a list of nothing",
        "V03",
        {"action_catalogue": [{"applies_to": []}]},
        {("action_catalogue", 0, "applies_to")},
    ),
    (
        "several known codes",
        "V03",
        {"action_catalogue": [{"applies_to": ["township", "subdistrict"]}]},
        set(),
    ),
    ("a negative count", "V03", {"visits": [{"interview_count": -1}]}, {("visits", 0, "interview_count")}),
    ("a share above 1", "V03", {"matters": [{"actual_progress": 1.2}]}, {("matters", 0, "actual_progress")}),
    ("a text of 201 characters", "V03", {"problems": [{"title_zh": "会" * 201}]}, {("problems", 0, "title_zh")}),
    ("a text of 200 characters", "V03", {"problems": [{"title_zh": "会" * 200}]}, set()),
    ("an empty cell in a range", "V03", {"matters": [{"actual_progress": None}]}, set()),
    ("a name is missing", "V04", {"units": [{}, {"unit_id": "U2", "name_zh": None}]}, {("units", 1, "name_zh")}),
    ("what may be empty", "V04", {"units": [{"left_on": None}]}, set()),
    ("no report time", "V04", {"visits": [{"reported_at": None}]}, {("visits", 0, "reported_at")}),
    ("no campaign", "V05", {"campaign": []}, {("campaign", None, "campaign_id")}),
    ("two campaigns", "V05", {"campaign": [{}, {"campaign_id": "b"}]}, {("campaign", 1, "campaign_id")}),
    ("no launch", "V05", {"campaign": [{"launched_on": None}]}, {("campaign", 0, "launched_on")}),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells


@pytest.mark.parametrize("group", ["../../evil", "t1", "T1.old", "T1234567890123456", "督1", "T1\n"])
def test_the_code_of_a_group_can_only_name_a_file(week, group: str) -> None:
    tables = week({"supervision_groups": [{"group_id": group}]})
    found = next(rule for rule in RULES if rule.code == "V03")(tables, date(2014, 4, 13))
    assert found.select("table", "column", "value").rows() == [("supervision_groups", "group_id", group)]
