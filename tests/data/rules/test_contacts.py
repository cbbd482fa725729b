"""V21, V22, V24 and V25 on hand-made rows."""

from datetime import datetime
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


FILED = "report_filings"

CASES: list[tuple[str, str, Changes, Cells]] = [
    ("talks by telephone", "V21", {"visits": [{"mode": "phone"}]}, {("visits", 0, "interview_count")}),
    ("talks over documents", "V21", {"visits": [{"mode": "documents"}]}, {("visits", 0, "interview_count")}),
    ("talks with a unit that was summoned", "V21", {"visits": [{"mode": "summoned"}]}, set()),
    ("a call without talks", "V21", {"visits": [{"mode": "phone", "interview_count": 0}]}, set()),
    ("31 talks", "V22", {"visits": [{"interview_count": 31}]}, {("visits", 0, "interview_count")}),
    ("30 talks in 12 hours", "V22", {"visits": [{"interview_count": 30, "duration_h": 12.0}]}, set()),
    ("12 and a half hours", "V22", {"visits": [{"duration_h": 12.5}]}, {("visits", 0, "duration_h")}),
    ("filed before the period", "V24", {FILED: [{"filed_at": datetime(2014, 3, 16, 23)}]}, {(FILED, 0, "filed_at")}),
    ("filed on its first day", "V24", {FILED: [{"filed_at": datetime(2014, 3, 17)}]}, set()),
    (
        "accepted before it was filed",
        "V24",
        {FILED: [{"accepted_at": datetime(2014, 3, 21, 15)}]},
        {(FILED, 0, "accepted_at")},
    ),
    (
        "accepted twice",
        "V24",
        {FILED: [{"accepted_at": datetime(2014, 3, 25)}, {"filing_id": "F2"}]},
        {(FILED, 0, "report_due_id")},
    ),
    ("returned, then accepted", "V24", {FILED: [{"returned": True}, {"filing_id": "F2"}]}, set()),
    ("not accepted yet", "V24", {FILED: [{"accepted_at": None}, {"filing_id": "F2"}]}, set()),
    ("filed before the last day", "V25", {FILED: [{"filed_at": datetime(2014, 3, 20, 18)}]}, {(FILED, 0, "filed_at")}),
    ("filed on the last day", "V25", {FILED: [{"filed_at": datetime(2014, 3, 21)}]}, set()),
    ("filed before the period, which V24 refuses", "V25", {FILED: [{"filed_at": datetime(2014, 3, 14)}]}, set()),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
