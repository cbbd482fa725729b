"""V06 to V08, V13 and V32 on hand-made rows."""

from datetime import date, datetime
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


EARLY = datetime(2014, 3, 20, 9)

CASES: list[tuple[str, str, Changes, Cells]] = [
    (
        "reported after the known-on day",
        "V06",
        {"visits": [{"reported_at": datetime(2014, 4, 14)}]},
        {("visits", 0, "reported_at")},
    ),
    ("reported late on the known-on day", "V06", {"visits": [{"reported_at": datetime(2014, 4, 13, 23, 59)}]}, set()),
    ("reported before it happened", "V06", {"visits": [{"reported_at": EARLY}]}, {("visits", 0, "visited_on")}),
    ("reported on its own day", "V06", {"visits": [{"reported_at": datetime(2014, 3, 25, 8)}]}, set()),
    (
        "begins in days to come",
        "V06",
        {"action_records": [{"status": "in_progress", "started_on": date(2014, 4, 20), "done_on": None}]},
        {("action_records", 0, "started_on")},
    ),
    (
        "is planned for days to come",
        "V06",
        {"action_records": [{"status": "planned", "started_on": date(2014, 4, 20), "done_on": None}]},
        set(),
    ),
    (
        "accepted after the known-on day",
        "V06",
        {"report_filings": [{"accepted_at": datetime(2014, 4, 14, 9)}]},
        {("report_filings", 0, "accepted_at")},
    ),
    (
        "a withdrawn fact of days to come",
        "V06",
        {"visits": [{"visited_on": date(2014, 4, 12), "is_void": True}]},
        {("visits", 0, "visited_on")},
    ),
    (
        "done before the launch",
        "V07",
        {"action_records": [{"started_on": None, "done_on": date(2014, 3, 9)}]},
        {("action_records", 0, "done_on")},
    ),
    ("done on the day of the launch", "V07", {"action_records": [{"done_on": date(2014, 3, 10)}]}, set()),
    ("a plan before the launch", "V07", {"group_plans": [{"adopted_on": date(2014, 3, 5)}]}, set()),
    (
        "done before it began",
        "V08",
        {"action_records": [{"started_on": date(2014, 3, 21)}]},
        {("action_records", 0, "done_on")},
    ),
    ("done on the day it began", "V08", {"action_records": [{"started_on": date(2014, 3, 20)}]}, set()),
    (
        "done on a holiday",
        "V13",
        {"action_records": [{"done_on": date(2014, 4, 5)}]},
        {("action_records", 0, "done_on")},
    ),
    (
        "done on a Sunday that is worked",
        "V13",
        {
            "action_records": [{"done_on": date(2014, 4, 6)}],
            "work_calendar": [{"day": date(2014, 4, 6), "is_workday": True}],
        },
        set(),
    ),
    ("done on a day the calendar has not", "V13", {"action_records": [{"done_on": date(2014, 3, 22)}]}, set()),
    (
        "reported on the 31st day",
        "V32",
        {"visits": [{"visited_on": date(2014, 3, 11)}]},
        {("visits", 0, "visited_on")},
    ),
    ("reported on the 30th day", "V32", {"visits": [{"visited_on": date(2014, 3, 12)}]}, set()),
    ("corrected on the 31st day", "V32", {"visits": [{"visited_on": date(2014, 3, 11), "revision": 2}]}, set()),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
