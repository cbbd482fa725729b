"""Rows of visits and interview_sessions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from data.demo.calendar import LAST_HEARD, LAUNCH, MEETING_CUT, add_workdays, next_workday
from data.demo.chance import below, between, chance
from data.demo.groups import GROUPS, units_of
from data.demo.instances import AFTER_MEETING, instances
from data.demo.itinerary import Stop, stops
from data.demo.reporting import reported_at
from data.demo.rhythm import RHYTHMS, talks_per_visit
from data.demo.rows import Row, fact

PURPOSES: Final = ("guide", "urge", "serve", "check")
OTHER_MODES: Final = ("phone", "documents", "summoned")
DUPLICATES: Final = ("V-C6-0201", "V-C5-0140", "V-T2-0061")
"""Visits that were entered a second time under a wrong day; the second entry was struck out later."""


def visits() -> list[Row]:
    """Visits on the spot, and the contacts without one that do not count as visits."""
    rows: list[Row] = []
    for group_id in GROUPS:
        route = [stop for stop in stops() if stop.group_id == group_id]
        unseen = _unseen(route, RHYTHMS[group_id].unseen)
        for number, stop in enumerate(route, start=1):
            rows += _visit(stop, number, stop in unseen)
        rows += _contacts(route)
    return rows


def interview_sessions() -> list[Row]:
    """Talks held by a group outside a visit, about one session a fortnight."""
    rows: list[Row] = []
    for group_id in GROUPS:
        members = units_of(group_id)
        for number in range(1, 14):
            held = add_workdays(LAUNCH, 5 + 10 * (number - 1) + below(4, "session", group_id, number))
            row: Row = {
                "session_id": f"I-{group_id}-{number:02d}",
                "group_id": group_id,
                "unit_id": members[(3 * number) % len(members)].unit_id,
                "held_on": held,
                "interview_count": between(1, 3 if group_id in ("C1", "C3", "T3") else 6, "talks", group_id, number),
                "topic": ("four_winds", "progress", "four_winds", "other")[number % 4],
            }
            rows.append(fact(row, reported_at(group_id, held, "session", number), group_id))
    return rows


def _unseen(route: list[Stop], count: int) -> frozenset[Stop]:
    known_period = [stop for stop in route if stop.day <= MEETING_CUT]
    return frozenset(known_period[len(known_period) - count :])


def _visit(stop: Stop, number: int, is_unseen: bool) -> list[Row]:
    visit_id = f"V-{stop.group_id}-{number:04d}"
    talks = _talks(stop.group_id, stop.week, number)
    is_deep = talks_per_visit(stop.group_id, stop.week) >= 2
    row: Row = {
        "visit_id": visit_id,
        "group_id": stop.group_id,
        "unit_id": stop.unit_id,
        "visited_on": stop.day,
        "mode": "on_site",
        "announced": chance("announced", visit_id) < 0.7,
        "purpose": PURPOSES[below(4, "purpose", visit_id)],
        "duration_h": between(2, 8, "duration", visit_id) / 2,
        "interview_count": talks,
        "documents_checked": chance("documents", visit_id) < (0.7 if is_deep else 0.25),
        "meeting_attended": chance("meeting", visit_id) < (0.35 if is_deep else 0.1),
        "problems_raised": below(3 if is_deep else 2, "raised", visit_id),
        "targeted_action": _next_action(stop) if chance("targeted", visit_id) < (0.6 if is_deep else 0.2) else None,
    }
    moment = _reported(stop, visit_id, is_unseen)
    rows = [fact(row, moment, stop.group_id)]
    if visit_id in DUPLICATES:
        twin = row | {"visit_id": f"{visit_id}B", "visited_on": add_workdays(stop.day, -1)}
        rows.append(fact(twin, moment, stop.group_id))
        struck = datetime.combine(add_workdays(moment.date(), 4), moment.time())
        rows.append(fact(twin, struck, stop.group_id, revision=2, is_void=True))
    return rows


def _reported(stop: Stop, visit_id: str, is_unseen: bool) -> datetime:
    not_before = AFTER_MEETING if is_unseen else None
    not_after = LAST_HEARD if stop.day <= MEETING_CUT and not is_unseen else None
    return reported_at(stop.group_id, stop.day, visit_id, not_before=not_before, not_after=not_after)


def _talks(group_id: str, week: int, number: int) -> int:
    mean = talks_per_visit(group_id, week)
    if mean < 1:
        return int(number * mean + 1e-9) - int((number - 1) * mean + 1e-9)
    pair = (number - 1) // 2
    swing = 0 if pair == sum(RHYTHMS[group_id].opening) // 2 else below(2, "talks", group_id, pair)
    return int(mean) + (swing if number % 2 else -swing)


@cache
def _schedule() -> dict[str, list[tuple[date, str]]]:
    due: dict[str, list[tuple[date, str]]] = {}
    for item in instances():
        if item.due_on:
            due.setdefault(item.unit.unit_id, []).append((item.due_on, item.action.code))
    return {unit_id: sorted(found) for unit_id, found in due.items()}


def _next_action(stop: Stop) -> str | None:
    return next((code for due_on, code in _schedule()[stop.unit_id] if due_on >= stop.day), None)


def _contacts(route: list[Stop]) -> list[Row]:
    rows: list[Row] = []
    for number, stop in enumerate(route[4::6], start=1):
        day = next_workday(stop.day + timedelta(days=between(4, 9, "contact", stop)))
        if day > date(2014, 9, 26):
            continue
        contact_id = f"K-{stop.group_id}-{number:03d}"
        mode = OTHER_MODES[below(3, "mode", contact_id)]
        row: Row = {
            "visit_id": contact_id,
            "group_id": stop.group_id,
            "unit_id": stop.unit_id,
            "visited_on": day,
            "mode": mode,
            "announced": None,
            "purpose": PURPOSES[below(4, "purpose", contact_id)],
            "duration_h": None,
            "interview_count": 1 if mode == "summoned" else 0,
            "documents_checked": mode == "documents",
            "meeting_attended": False,
            "problems_raised": 0,
            "targeted_action": None,
        }
        rows.append(fact(row, reported_at(stop.group_id, day, contact_id), stop.group_id))
    return rows
