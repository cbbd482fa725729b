"""Matters handed to and fro by bodies of every level, some of them units: no allowance, reopened, cancelled, void."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import given

MOVES = ("registered", "assigned", "forwarded", "forwarded", "forwarded", "returned", "escalated", "reopened")
ACTS = ("started", "feedback", "claimed_done", "signed_for", "urged", "extension_granted", "closed")
STATES = ("kept", "kept", "altered", "dropped", "not_restated")


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    bodies = [{"body_id": f"MB{level}", "level": level} for level in range(4)]
    units = [row["unit_id"] for row in rows["units"]]
    bodies += [{"body_id": f"MU{unit}", "level": 2, "unit_id": unit} for unit in units if chance.random() < 0.8]
    rows.setdefault("bodies", []).extend(bodies)
    rows.setdefault("work_calendar", []).extend(_calendar(chance))
    rows["matter_due_rules"] = [
        {"source": source, "urgency": urgency, "allowed_days": chance.randint(0, 9)}
        | {"allowed_kind": chance.choice(("working", "calendar"))}
        for source in ("document", "media")
        for urgency in ("ordinary", "urgent")
        if chance.random() < 0.7
    ]
    for table in ("matters", "matter_events", "matter_elements", "matter_results"):
        rows.setdefault(table, [])
    for no in range(chance.randint(0, 7)):
        _matter(chance, rows, f"m{no}", [*(body["body_id"] for body in bodies), "gone"])


def _matter(chance: Random, rows: dict[str, list[dict[str, Any]]], matter_id: str, bodies: list[str]) -> None:
    decided_on = given.LAUNCHED_ON + timedelta(days=chance.randint(-12, 60))
    registered_on = decided_on + timedelta(days=chance.choice((0, 1, 3)))
    original = registered_on + timedelta(days=chance.randint(-1, 40))
    status = chance.choice(("registered", "in_progress", "closed", "closed", "cancelled"))
    rows["matters"].append(
        {"matter_id": matter_id, "source": chance.choice(("document", "media")), "status": status}
        | {"urgency": chance.choice(("ordinary", "urgent")), "lead_body_id": chance.choice(bodies)}
        | {"matter_class": chance.choice(("central_task", "livelihood"))}
        | {"decided_on": decided_on, "registered_on": registered_on, "due_on_original": original}
        | {"due_on": original + timedelta(days=chance.choice((0, 0, 5, 20)))}
        | {"closed_on": _later(chance, registered_on) if status == "closed" and chance.random() < 0.8 else None}
        | {"reported_at": _heard(chance, registered_on), "is_void": chance.random() < 0.1}
        | {"planned_progress": chance.choice((None, 0.0, 0.5)), "actual_progress": chance.choice((None, 0.0, 0.4))}
    )
    happened_on = registered_on
    for event_no in range(1, chance.randint(0, 9) + 1):
        moves = event_no == 1 or chance.random() < 0.5
        event = {"matter_id": matter_id, "event_no": event_no, "happened_on": happened_on}
        if moves:
            event |= {"event_type": chance.choice(MOVES), "to_body_id": chance.choice((*bodies[:5], None))}
            event |= {"to_level": chance.choice((None, 0, 1, 2, 3)), "allowed_days": chance.choice((None, 0, 2, 6))}
            event |= {"allowed_kind": chance.choice((None, "working", "calendar"))}
        else:
            event |= {"event_type": chance.choice(ACTS), "from_body_id": chance.choice((*bodies[:5], None))}
        heard = {"reported_at": _heard(chance, happened_on), "is_void": chance.random() < 0.1}
        rows["matter_events"].append(event | heard)
        happened_on += timedelta(days=chance.choice((0, 0, 1, 4, 9, -1)))
    for element_no in range(1, chance.randint(0, 3) + 1):
        _element(chance, rows, {"matter_id": matter_id, "element_no": element_no}, registered_on)


def _element(chance: Random, rows: dict[str, list[dict[str, Any]]], key: dict[str, Any], registered_on: date) -> None:
    decided = chance.choice((None, 0.0, -3.0, 0.3, 7.0, 120.0))
    kind = chance.choice(("goal", "deadline"))
    for level in range(chance.randint(0, 3) + 1):
        recorded_on = registered_on + timedelta(days=level * chance.randint(0, 9))
        rows["matter_elements"].append(
            key
            | {"level": level, "element_kind": kind, "decided_value": decided, "recorded_on": recorded_on}
            | {"state": chance.choice(STATES) if level else "kept", "is_void": chance.random() < 0.1}
            | {"reported_at": _heard(chance, recorded_on)}
        )
    if chance.random() < 0.7:
        achieved_on = _later(chance, registered_on)
        rows["matter_results"].append(
            key
            | {"achieved_value": chance.choice((None, 0.0, 1.0, 0.2, 5.0, 119.5, 130.0))}
            | {"achieved_on": achieved_on if chance.random() < 0.8 else None, "verified": chance.random() < 0.8}
            | {"direction": chance.choice(("at_least", "at_most")), "is_void": chance.random() < 0.1}
            | {"reported_at": _heard(chance, achieved_on)}
        )


def _calendar(chance: Random) -> list[dict[str, Any]]:
    first, last = chance.choice(((-30, 120), (-30, 120), (-4, 40), (0, 0)))
    days = [given.LAUNCHED_ON + timedelta(days=n) for n in range(first, last)]
    return [{"day": day, "is_workday": day.weekday() < 5 or chance.random() < 0.2} for day in days]


def _later(chance: Random, day: date) -> date:
    return day + timedelta(days=chance.randint(0, 45))


def _heard(chance: Random, day: date) -> datetime:
    return datetime.combine(day + timedelta(days=chance.choice((0, 0, 1, 6))), time(9))
