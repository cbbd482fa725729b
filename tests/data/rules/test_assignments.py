"""V11, V12, V20 and V23 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


SECOND = {"unit_id": "U2", "group_id": "C1"}
MOVED = [
    {"valid_to": date(2014, 3, 31)},
    {"group_id": "C1", "valid_from": date(2014, 4, 1)},
    SECOND,
]
SEED_GROUPS = [
    {"group_id": f"{kind[0]}{number}", "group_kind": kind[1], "group_no": number}
    for kind, count in ((("T", "township"), 4), (("C", "county_department"), 6))
    for number in range(1, count + 1)
]


def _members(sizes: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"unit_id": f"{group}-{number}", "group_id": group} for group, size in sizes.items() for number in range(size)
    ]


SIZES = {"T1": 5, "T2": 4, "T3": 4, "T4": 4, "C1": 13, "C2": 13, "C3": 13, "C4": 13, "C5": 13, "C6": 21}

CASES: list[tuple[str, str, Changes, Cells]] = [
    (
        "a unit without a group",
        "V11",
        {"unit_assignments": [SECOND]},
        {("units", 0, "unit_id"), ("supervision_groups", 0, "group_id")},
    ),
    (
        "two groups at once",
        "V11",
        {"unit_assignments": [{}, {"group_id": "C1", "valid_from": date(2014, 4, 1)}, SECOND]},
        {("unit_assignments", 1, "valid_from")},
    ),
    ("from one group to the next day's", "V11", {"unit_assignments": [*MOVED, {"unit_id": "U3"}]}, set()),
    (
        "a day without a group",
        "V11",
        {"unit_assignments": [MOVED[0], {"group_id": "T1", "valid_from": date(2014, 4, 2)}, SECOND]},
        {("unit_assignments", 1, "valid_from")},
    ),
    (
        "a stay that ends before it begins",
        "V11",
        {"unit_assignments": [{}, SECOND | {"valid_to": date(2014, 3, 1)}]},
        {("unit_assignments", 1, "valid_from"), ("units", 1, "unit_id"), ("supervision_groups", 1, "group_id")},
    ),
    (
        "no group on the unit's first days",
        "V11",
        {"unit_assignments": [{"valid_from": date(2014, 3, 12)}, SECOND]},
        {("units", 0, "unit_id")},
    ),
    (
        "no group any more",
        "V11",
        {"unit_assignments": [{"valid_to": date(2014, 4, 1)}, SECOND, {"unit_id": "U3"}]},
        {("units", 0, "unit_id")},
    ),
    (
        "no group after the unit has left",
        "V11",
        {
            "units": [{"left_on": date(2014, 4, 1)}],
            "unit_assignments": [{"valid_to": date(2014, 4, 1)}, SECOND, {"unit_id": "U3"}],
        },
        set(),
    ),
    ("groups of a campaign of another size", "V12", {}, set()),
    (
        "groups of the sizes that were said",
        "V12",
        {"supervision_groups": SEED_GROUPS, "unit_assignments": _members(SIZES)},
        set(),
    ),
    (
        "too small and too large",
        "V12",
        {"supervision_groups": SEED_GROUPS, "unit_assignments": _members(SIZES | {"T2": 6, "C1": 12})},
        {("supervision_groups", 1, "group_id"), ("supervision_groups", 4, "group_id")},
    ),
    ("a visit of another group", "V20", {"visits": [{"group_id": "C1"}]}, {("visits", 0, "group_id")}),
    ("a withdrawn visit of another group", "V20", {"visits": [{"group_id": "C1", "is_void": True}]}, set()),
    ("a visit of the group before the move", "V20", {"unit_assignments": MOVED}, set()),
    (
        "a visit of the former group after the move",
        "V20",
        {"unit_assignments": MOVED, "visits": [{"visited_on": date(2014, 4, 1)}]},
        {("visits", 0, "group_id")},
    ),
    (
        "a visit after the last stay",
        "V20",
        {"unit_assignments": [MOVED[0], SECOND], "visits": [{"visited_on": date(2014, 4, 2)}]},
        {("visits", 0, "group_id")},
    ),
    ("a visit before the first stay", "V20", {"visits": [{"visited_on": date(2014, 3, 9)}]}, set()),
    (
        "a visit before the first stay",
        "V23",
        {"visits": [{"visited_on": date(2014, 3, 9)}]},
        {("visits", 0, "visited_on")},
    ),
    ("a visit on the first day", "V23", {"visits": [{"visited_on": date(2014, 3, 10)}]}, set()),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
