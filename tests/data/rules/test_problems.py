"""V26 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


EVENTS = "rectification_events"


def _life(*steps: str) -> list[dict[str, Any]]:
    """Events on successive days; a closing is signed by the group."""
    return [
        {
            "event_no": number,
            "event_type": step,
            "happened_on": date(2014, 3, 25 + number),
            "verified_by": "group" if step == "verified_closed" else None,
        }
        for number, step in enumerate(steps, start=1)
    ]


CLOSED = ("listed", "claimed_done", "verified_closed")
EARLIER = {"problem_id": "P0", "found_on": date(2014, 3, 12)}

CASES: list[tuple[str, str, Changes, Cells]] = [
    ("listed, claimed, closed", "V26", {EVENTS: _life(*CLOSED)}, set()),
    ("the first step is not the list", "V26", {EVENTS: _life("measure_set", "listed")}, {(EVENTS, 0, "event_type")}),
    (
        "closed without a claim",
        "V26",
        {EVENTS: _life("listed", "measure_set", "verified_closed")},
        {(EVENTS, 2, "event_type")},
    ),
    (
        "closed again without a new claim",
        "V26",
        {EVENTS: _life(*CLOSED, "reopened", "verified_closed")},
        {(EVENTS, 4, "event_type")},
    ),
    ("closed, reopened, closed", "V26", {EVENTS: _life(*CLOSED, "reopened", *CLOSED[1:])}, set()),
    ("reopened while open", "V26", {EVENTS: _life("listed", "reopened")}, {(EVENTS, 1, "event_type")}),
    (
        "closed by nobody",
        "V26",
        {EVENTS: [*_life(*CLOSED[:2]), _life(*CLOSED)[2] | {"verified_by": None}]},
        {(EVENTS, 2, "verified_by")},
    ),
    (
        "a step before the one before it",
        "V26",
        {EVENTS: [_life("listed")[0], _life("listed", "claimed_done")[1] | {"happened_on": date(2014, 3, 20)}]},
        {(EVENTS, 1, "happened_on")},
    ),
    ("rows in any order", "V26", {EVENTS: list(reversed(_life(*CLOSED)))}, set()),
    (
        "two problems side by side",
        "V26",
        {EVENTS: [*_life(*CLOSED), *(step | {"problem_id": "P2"} for step in _life(*CLOSED))]},
        set(),
    ),
    ("recurs of an earlier one", "V26", {"problems": [{"recurs_of": "P0"}, EARLIER]}, set()),
    ("recurs of a later one", "V26", {"problems": [{}, EARLIER | {"recurs_of": "P1"}]}, {("problems", 1, "recurs_of")}),
    (
        "recurs in another unit",
        "V26",
        {"problems": [{"recurs_of": "P0"}, EARLIER | {"unit_id": "U2"}]},
        {("problems", 0, "recurs_of")},
    ),
    (
        "recurs where it was transferred",
        "V26",
        {"problems": [{"recurs_of": "P0"}, EARLIER | {"unit_id": "U2"}], EVENTS: _life("listed", "transferred")},
        set(),
    ),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
