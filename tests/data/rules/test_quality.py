"""V17 to V19, V36 and V37 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


GROUP = ("supervision_groups", 0, "group_id")
ITEMS = [{"item_no": number} for number in range(1, 6)]


def _reviews(*scores: float, **more: Any) -> list[dict[str, Any]]:
    return [
        {"review_id": f"R{number}", "instance_no": number, "score": score} | more
        for number, score in enumerate(scores, start=1)
    ]


def _spot(score: float) -> dict[str, Any]:
    return {"review_id": "S1", "reviewer_side": "office_spot_check", "score": score, "reviewed_on": date(2014, 3, 28)}


CASES: list[tuple[str, str, Changes, Cells]] = [
    (
        "a part of no action",
        "V17",
        {"action_content_checks": [{"item_no": 9}]},
        {("action_content_checks", 0, "item_no")},
    ),
    (
        "a part that was not asked yet",
        "V17",
        {"action_content_items": [{"effective_from": date(2014, 3, 21)}]},
        {("action_content_checks", 0, "item_no")},
    ),
    ("a part asked until that day", "V17", {"action_content_items": [{"effective_to": date(2014, 3, 20)}]}, set()),
    (
        "a part not asked any more",
        "V17",
        {"action_content_items": [{"effective_to": date(2014, 3, 19)}]},
        {("action_content_checks", 0, "item_no")},
    ),
    (
        "checked later, done while it was asked",
        "V17",
        {
            "action_content_items": [{"effective_to": date(2014, 3, 31)}],
            "action_content_checks": [{"checked_on": date(2014, 4, 8)}],
        },
        set(),
    ),
    ("present in nothing", "V18", {"action_records": []}, {("action_content_checks", 0, "state")}),
    (
        "present in what is only planned",
        "V18",
        {"action_records": [{"status": "planned", "started_on": None, "done_on": None}]},
        {("action_content_checks", 0, "state")},
    ),
    (
        "present in what is withdrawn",
        "V18",
        {"action_records": [{"is_void": True}]},
        {("action_content_checks", 0, "state")},
    ),
    (
        "present in what has begun",
        "V18",
        {"action_records": [{"status": "in_progress", "done_on": None}]},
        set(),
    ),
    ("absent in nothing", "V18", {"action_records": [], "action_content_checks": [{"state": "absent"}]}, set()),
    ("a mark above 100", "V19", {"action_reviews": [{"score": 100.5}]}, {("action_reviews", 0, "score")}),
    ("a mark of 0, of 100 and of nothing", "V19", {"action_reviews": [*_reviews(0, 100), {"score": None}]}, set()),
    (
        "returned and yet approved",
        "V19",
        {"action_reviews": [{"verdict": "returned"}]},
        {("action_reviews", 0, "verdict")},
    ),
    (
        "returned, redone and approved",
        "V19",
        {
            "action_reviews": [
                {"verdict": "returned", "reviewed_on": date(2014, 3, 18)},
                {"review_id": "R2"},
            ]
        },
        set(),
    ),
    (
        "returned and recorded so",
        "V19",
        {"action_reviews": [{"verdict": "returned"}], "action_records": [{"review_status": "returned"}]},
        set(),
    ),
    (
        "two of five parts not looked for",
        "V36",
        {"action_content_checks": [*ITEMS[:3], *({"item_no": n, "state": "not_checked"} for n in (4, 5))]},
        {GROUP},
    ),
    (
        "one of five parts not looked for",
        "V36",
        {"action_content_checks": [*ITEMS[:4], {"item_no": 5, "state": "not_checked"}]},
        set(),
    ),
    ("three equal marks", "V37", {"action_reviews": _reviews(88, 88, 88)}, {GROUP}),
    ("two equal marks", "V37", {"action_reviews": _reviews(88, 88)}, set()),
    ("three marks that differ", "V37", {"action_reviews": _reviews(88, 88, 89)}, set()),
    ("11 points above the spot check", "V37", {"action_reviews": [{}, _spot(74)]}, {GROUP}),
    ("10 points above the spot check", "V37", {"action_reviews": [{}, _spot(75)]}, set()),
    (
        "a spot check of another action",
        "V37",
        {"action_reviews": [{}, _spot(40) | {"action_code": "A05"}]},
        set(),
    ),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
