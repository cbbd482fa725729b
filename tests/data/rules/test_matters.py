"""V27 to V29 on hand-made rows."""

from datetime import date
from typing import Any

import pytest

Changes = dict[str, list[dict[str, Any]]]
Cells = set[tuple[str, int | None, str]]


CLOSED = {"status": "closed", "closed_on": date(2014, 4, 8)}
EVENTS = "matter_events"


def _way(*steps: tuple[str, Any], column: str = "to_level", first: int = 12) -> list[dict[str, Any]]:
    """Events on successive days of March, each with a value in one column."""
    return [
        {"event_no": number, "event_type": kind, "happened_on": date(2014, 3, first + number), column: value}
        for number, (kind, value) in enumerate(steps, start=1)
    ]


def _asked(*kinds: str, first: int = 12) -> list[dict[str, Any]]:
    return _way(*((kind, None) for kind in kinds), first=first)


def _slips(*colours: str) -> list[dict[str, Any]]:
    return _way(*(("slip_issued", colour) for colour in colours), column="slip_colour")


def _levels(*levels: int, **more: Any) -> list[dict[str, Any]]:
    return [{"level": level} | more for level in levels]


CASES: list[tuple[str, str, Changes, Cells]] = [
    ("closed with a day", "V27", {"matters": [CLOSED]}, set()),
    ("closed without a day", "V27", {"matters": [{"status": "closed"}]}, {("matters", 0, "closed_on")}),
    (
        "a day without being closed",
        "V27",
        {"matters": [{"closed_on": date(2014, 4, 8)}]},
        {("matters", 0, "closed_on")},
    ),
    (
        "registered before the decision",
        "V27",
        {"matters": [{"decided_on": date(2014, 3, 13)}]},
        {("matters", 0, "registered_on")},
    ),
    (
        "assigned before the registration",
        "V27",
        {EVENTS: _way(("assigned", 0), first=10)},
        {("matters", 0, "registered_on")},
    ),
    (
        "closed before it was assigned",
        "V27",
        {"matters": [CLOSED | {"closed_on": date(2014, 3, 12)}], EVENTS: _way(("assigned", 0))},
        {("matters", 0, "closed_on")},
    ),
    ("due before the original day", "V27", {"matters": [{"due_on": date(2014, 4, 10)}]}, {("matters", 0, "due_on")}),
    (
        "down one level at a time",
        "V27",
        {EVENTS: _way(("assigned", 0), ("forwarded", 1), ("forwarded", 1), ("forwarded", 2))},
        set(),
    ),
    ("past a level", "V27", {EVENTS: _way(("assigned", 0), ("forwarded", 2))}, {(EVENTS, 1, "to_level")}),
    ("forwarded upwards", "V27", {EVENTS: _way(("forwarded", 2), ("forwarded", 1))}, {(EVENTS, 1, "to_level")}),
    ("returned upwards", "V27", {EVENTS: _way(("forwarded", 2), ("returned", 1), ("forwarded", 2))}, set()),
    ("signed for upwards", "V27", {EVENTS: _way(("forwarded", 2), ("signed_for", 1))}, {(EVENTS, 1, "to_level")}),
    ("extended unasked", "V27", {EVENTS: _asked("registered", "extension_granted")}, {(EVENTS, 1, "event_type")}),
    ("asked and extended", "V27", {EVENTS: _asked("extension_asked", "extension_granted")}, set()),
    (
        "asked once and extended twice",
        "V27",
        {EVENTS: _asked("extension_asked", "extension_granted", "urged", "extension_granted")},
        {(EVENTS, 3, "event_type")},
    ),
    ("asked in time", "V27b", {EVENTS: _asked("extension_asked")}, set()),
    (
        "asked after the due day",
        "V27b",
        {"matters": [{"due_on_original": date(2014, 3, 12)}], EVENTS: _asked("extension_asked")},
        {(EVENTS, 0, "happened_on")},
    ),
    (
        "asked for more before the extended day",
        "V27b",
        {
            "matters": [{"due_on_original": date(2014, 3, 13)}],
            EVENTS: _asked("extension_asked", "extension_granted", "extension_asked"),
        },
        set(),
    ),
    ("red after amber", "V28", {EVENTS: _slips("amber", "red")}, set()),
    ("red before amber", "V28", {EVENTS: _slips("red", "amber")}, {(EVENTS, 0, "slip_colour")}),
    ("red after blue", "V28", {EVENTS: _slips("blue", "red")}, {(EVENTS, 1, "slip_colour")}),
    ("red at once for an urgent matter", "V28", {"matters": [{"urgency": "urgent"}], EVENTS: _slips("red")}, set()),
    ("all levels in any order", "V29", {"matter_elements": _levels(2, 0, 1)}, set()),
    ("no decision", "V29", {"matter_elements": _levels(1)}, {("matter_elements", 0, "level")}),
    ("a level is left out", "V29", {"matter_elements": _levels(0, 1, 3)}, {("matter_elements", 2, "level")}),
    (
        "the decision itself is altered",
        "V29",
        {"matter_elements": _levels(0, state="altered")},
        {("matter_elements", 0, "state")},
    ),
    ("altered on the way", "V29", {"matter_elements": [*_levels(0), *_levels(1, state="altered")]}, set()),
]


@pytest.mark.parametrize(
    ("code", "changes", "cells"), [case[1:] for case in CASES], ids=[f"{case[1]} {case[0]}" for case in CASES]
)
def test_the_rule_refuses_these_cells_and_no_others(code: str, changes: Changes, cells: Cells, broken) -> None:
    assert broken(code, changes) == cells
