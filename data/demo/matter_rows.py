"""Rows of matters, matter_bodies, matter_events, matter_elements, matter_results and matter_due_rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from data.demo.bodies import body_of
from data.demo.calendar import add_workdays
from data.demo.chance import between, chance
from data.demo.groups import units
from data.demo.matters import CANCELLED, SOURCES, TITLES, Event, Matter, matters
from data.demo.rows import Row, fact, stamp

SOURCE_KINDS: Final = tuple(dict.fromkeys((*SOURCES,)))
STATUS: Final = {
    "registered": ("registered", 0.0),
    "assigned": ("assigned", 0.1),
    "started": ("in_progress", 0.3),
    "feedback": ("in_progress", 0.6),
    "extension_granted": ("", 0.0),
    "claimed_done": ("claimed_done", 0.95),
    "closed": ("closed", 1.0),
}
"""Events that change the row of a matter: its status and progress from then on."""
ELEMENTS: Final = (
    ("goal", 120.0, "户", "at_least"),
    ("scope", 12.0, "村", "at_least"),
    ("standard", 95.0, "%", "at_least"),
    ("deadline", 40.0, "天", "at_most"),
)
DRIFT: Final = (0.0, 0.04, 0.30, 0.08)
"""Share of elements still kept that are lost at each level: mostly at the level of the unit."""


def matter_rows() -> list[Row]:
    """The state of each matter after each event that changed it."""
    return [row for matter in matters() for row in _states(matter)]


def matter_bodies() -> list[Row]:
    """The lead body and one or two supporting ones, known from the registration."""
    rows: list[Row] = []
    for matter in matters():
        heard = matter.heard_at(matter.events[0])
        others = [
            units()[(matter.number * 11 + 40 * place) % len(units())] for place in range(1, 2 + matter.number % 2)
        ]
        for role, unit in [("lead", matter.lead), *(("support", unit) for unit in others if unit != matter.lead)]:
            row: Row = {"matter_id": matter.matter_id, "body_id": body_of(unit), "role": role}
            rows.append(fact(row, heard, "office"))
    return rows


def matter_events() -> list[Row]:
    """Every event, numbered in the order of days."""
    rows: list[Row] = []
    for matter in matters():
        for event_no, (event, heard) in enumerate(_heard(matter), start=1):
            row: Row = {
                "matter_id": matter.matter_id,
                "event_no": event_no,
                "event_type": event.kind,
                "happened_on": event.day,
                "from_body_id": event.from_body,
                "to_body_id": event.to_body,
                "to_level": event.to_level,
                "allowed_days": event.allowed_days,
                "allowed_kind": "calendar" if event.allowed_days else None,
                "slip_colour": event.slip_colour,
                "stall_reason": event.stall_reason,
            }
            rows.append(fact(row, heard, "office"))
    return rows


def matter_elements() -> list[Row]:
    """What each level made of the four elements of a decision."""
    rows: list[Row] = []
    for matter in matters():
        first: dict[int, tuple[Event, datetime]] = {}
        for event, heard in _heard(matter):
            if event.to_level is not None:
                first.setdefault(event.to_level, (event, heard))
        for element_no, (kind, value, unit_of_measure, _) in enumerate(ELEMENTS, start=1):
            state, restated = "kept", value
            for level, (event, heard) in sorted(first.items()):
                key = (matter.number, element_no, level)
                if state == "kept" and chance("drift", *key) < DRIFT[level]:
                    state = ("altered", "altered", "dropped")[between(0, 2, "drift kind", *key)]
                    restated = round(value * (1.5 if kind == "deadline" else 0.7), 1)
                row: Row = {
                    "matter_id": matter.matter_id,
                    "element_no": element_no,
                    "level": level,
                    "element_kind": kind,
                    "decided_value": value,
                    "unit_of_measure": unit_of_measure,
                    "restated_value": None if state == "dropped" else restated,
                    "state": state,
                    "recorded_on": event.day,
                }
                rows.append(fact(row, heard, "office"))
    return rows


def matter_results() -> list[Row]:
    """What was reached, for the matters that were closed."""
    rows: list[Row] = []
    for matter in matters():
        for event, heard in _heard(matter):
            if event.kind != "closed":
                continue
            for element_no, (_, value, _, direction) in enumerate(ELEMENTS, start=1):
                short = between(0, 3, "result", matter.number, element_no) * 0.06
                reached = value * (1 - short) if direction == "at_least" else (event.day - matter.decided_on).days
                row: Row = {
                    "matter_id": matter.matter_id,
                    "element_no": element_no,
                    "achieved_value": round(float(reached), 1),
                    "achieved_on": matter.day_of("verified"),
                    "verified": True,
                    "direction": direction,
                }
                rows.append(fact(row, heard, "office"))
    return rows


def _heard(matter: Matter) -> list[tuple[Event, datetime]]:
    heard: list[tuple[Event, datetime]] = []
    last = datetime(2014, 3, 1)
    for event in matter.events:
        last = max(matter.heard_at(event), last + timedelta(minutes=1))
        heard.append((event, last))
    return heard


def _states(matter: Matter) -> list[Row]:
    rows: list[Row] = []
    status, progress, due_on, extensions = "registered", 0.0, matter.due_on_original, 0
    for event, heard in _heard(matter):
        if event.kind not in STATUS:
            continue
        if event.kind == "extension_granted":
            due_on, extensions = matter.extended_to or due_on, 1
        else:
            status, progress = STATUS[event.kind]
        closed_on = event.day if status == "closed" else None
        row = _state(matter, status, progress, due_on, extensions, closed_on, event.day)
        rows.append(fact(row, heard, "office", revision=len(rows) + 1))
    if matter.number == CANCELLED:
        last = rows[-1]
        heard = stamp(add_workdays(matter.events[-1].day, 8), "cancelled", matter.number)
        state: Row = {"status": "cancelled"}
        rows.append(fact(last | state, heard, "office", revision=len(rows) + 1))
    return rows


def _state(
    matter: Matter, status: str, progress: float, due_on: date, extensions: int, closed_on: date | None, day: date
) -> Row:
    span = max(1, (due_on - matter.decided_on).days)
    planned = min(1.0, (day - matter.decided_on).days / span)
    return {
        "matter_id": matter.matter_id,
        "matter_no": f"督办〔2014〕{matter.number}号",
        "title_zh": TITLES[matter.number - 1],
        "source": SOURCES[matter.number % len(SOURCES)],
        "matter_class": ("central_task", "livelihood", "livelihood", "other")[matter.number % 4],
        "three_mosts": matter.number % 4 in (1, 2),
        "urgency": matter.urgency,
        "decided_on": matter.decided_on,
        "registered_on": matter.day_of("registered"),
        "due_on_original": matter.due_on_original,
        "due_on": due_on,
        "extensions_n": extensions,
        "lead_body_id": body_of(matter.lead),
        "status": status,
        "closed_on": closed_on,
        "planned_progress": round(planned, 2),
        "actual_progress": progress,
    }
