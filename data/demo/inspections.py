"""Rows of inspections, joint_conferences and joint_conference_items: five bodies on the same roads."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from data.demo.bodies import INSPECTING
from data.demo.calendar import add_workdays, next_workday, previous_workday
from data.demo.chance import below, between, shuffled
from data.demo.groups import units
from data.demo.matters import matters
from data.demo.rows import Row, fact, known_from, stamp

THEMES: Final = ("work_style", "livelihood", "safety", "finance", "archives", "environment")
KINDS: Final = {
    "B-PARTY": "supervision",
    "B-GOV": "work_inspection",
    "B-CONGRESS": "law_inspection",
    "B-CONSULT": "democratic",
    "B-CAMPAIGN": "campaign",
}
APRIL: Final = 40
CLUSTERS: Final = ((0, 1), (0, 1), (0, 1), (0, 1, 2))
"""Units visited by several bodies within a week: their inspections overlap (9 in all)."""
MERGED: Final = 4
REFUSED: Final = {"X056": "held", "X067": "cancelled"}
"""What the conference rejects, and what became of it: the first takes place all the same."""
POSTPONED: Final = {"X054": None, "X070": date(2014, 8, 5)}
"""What the conference puts off, and to which day: the first takes place as it was planned."""
CONFERENCES: Final = tuple(
    next_workday(date(2014, month, day)) for month, day in ((3, 26), (4, 28), (5, 28), (6, 27), (7, 29), (8, 28))
)


class Inspection(NamedTuple):
    """One inspection of one unit by one body; `merged_into` names the one that took its place."""

    inspection_id: str
    body_id: str
    unit_id: str
    first: date
    last: date
    merged_into: str | None

    @property
    def decision(self) -> str:
        """What the joint conference decides of it."""
        if self.inspection_id in REFUSED:
            return "reject"
        return "merge" if self.merged_into else "postpone" if self.inspection_id in POSTPONED else "approve"

    @property
    def planned_at(self) -> datetime:
        """When the plan was entered: before the joint conference that dealt with it."""
        conference = max((day for day in CONFERENCES if day <= self.first), default=CONFERENCES[0])
        return stamp(add_workdays(conference, -2), "plan", self.inspection_id)


@cache
def all_inspections() -> tuple[Inspection, ...]:
    """The 40 of April, then about a dozen a month on units that do not clash."""
    order = shuffled((unit.unit_id for unit in units()), "inspected")
    found: list[Inspection] = []

    def add(body: str, unit_id: str, first: date, days: int, merged_into: str | None = None) -> str:
        first = next_workday(first)
        last = min(add_workdays(first, days - 1), previous_workday(date(first.year, first.month, 30)))
        inspection_id = f"X{len(found) + 1:03d}"
        found.append(Inspection(inspection_id, body, unit_id, first, last, merged_into))
        return inspection_id

    for place, cluster in enumerate(CLUSTERS):
        for turn in cluster:
            body = INSPECTING[(place + turn) % len(INSPECTING)]
            add(body, order[place], date(2014, 4, 2 + 6 * place + 2 * turn), 1 + (place + turn) % 2)
    overlapping = len(found)
    for place in range(APRIL - overlapping - MERGED):
        body = INSPECTING[place % len(INSPECTING)]
        add(body, order[len(CLUSTERS) + place], date(2014, 4, 1 + between(0, 24, "April", place)), between(1, 3, place))
    for place in range(MERGED):
        host = found[overlapping + place]
        body = INSPECTING[(INSPECTING.index(host.body_id) + 2) % len(INSPECTING)]
        add(body, host.unit_id, host.first + timedelta(days=1), 1, host.inspection_id)
    for month in range(5, 10):
        for place in range(12):
            day = date(2014, month, 12 + between(0, 12, "inspection", month, place))
            add(INSPECTING[place % 5], order[(12 * month + place) % len(order)], day, between(1, 2, month, place))
    return tuple(found)


def inspections() -> list[Row]:
    """The plan of each inspection, then what became of it."""
    rows: list[Row] = []
    for place, item in enumerate(all_inspections()):
        planned: Row = {
            "inspection_id": item.inspection_id,
            "body_id": item.body_id,
            "inspection_kind": KINDS[item.body_id],
            "theme_code": THEMES[below(len(THEMES), "theme", item.merged_into or item.inspection_id)],
            "unit_id": item.unit_id,
            "planned_from": item.first,
            "planned_to": item.last,
            "actual_from": None,
            "actual_to": None,
            "plan_status": "planned",
            "merged_into": None,
            "role": "lead" if place % 4 else "support",
            "days": float(len(_days(item))),
        }
        rows.append(fact(planned, item.planned_at, "office"))
        decided = stamp(add_workdays(item.planned_at.date(), 2), "decided", item.inspection_id)
        if item.merged_into:
            state: Row = {"plan_status": "merged", "merged_into": item.merged_into, "days": 0.0}
            rows.append(fact(planned | state, decided, "office", revision=2))
            continue
        if REFUSED.get(item.inspection_id) == "cancelled":
            rows.append(fact(planned | {"plan_status": "cancelled"}, decided, "office", revision=2))
            continue
        first, last = item.first, item.last
        if moved_to := POSTPONED.get(item.inspection_id):
            first, last = moved_to, add_workdays(moved_to, len(_days(item)) - 1)
            planned |= {"planned_from": first, "planned_to": last}
            rows.append(fact(planned, decided, "office", revision=2))
        is_decided = item.decision == "approve" or moved_to is not None
        if item.decision == "approve":
            rows.append(fact(planned | {"plan_status": "approved"}, decided, "office", revision=2))
        held: Row = {"plan_status": "held", "actual_from": first, "actual_to": last}
        heard = stamp(add_workdays(last, 1), "held", item.inspection_id)
        rows.append(fact(planned | held, heard, "office", revision=3 if is_decided else 2))
    return rows


def joint_conferences() -> list[Row]:
    """About one conference a month."""
    rows: list[Row] = []
    for number, day in enumerate(CONFERENCES, start=1):
        row: Row = {"conference_id": f"J{number:02d}", "held_on": day, "kind": "special" if number == 4 else "regular"}
        rows.append(known_from(row, day))
    return rows


def joint_conference_items() -> list[Row]:
    """What each conference decided on the inspections before it, and on one matter."""
    rows: list[Row] = []
    for number, day in enumerate(CONFERENCES, start=1):
        before = [item for item in all_inspections() if item.planned_at.date() == add_workdays(day, -2)]
        items: list[tuple[str, str | None, str | None]] = [(item.decision, item.inspection_id, None) for item in before]
        known = [matter for matter in matters() if matter.heard_at(matter.events[0]).date() < day]
        items += [("assign", None, known[-1].matter_id)]
        for item_no, (decision, inspection_id, matter_id) in enumerate(items, start=1):
            row: Row = {
                "conference_id": f"J{number:02d}",
                "item_no": item_no,
                "decision": decision,
                "inspection_id": inspection_id,
                "matter_id": matter_id,
            }
            rows.append(known_from(row, day))
    return rows


def _days(item: Inspection) -> list[date]:
    span = (item.last - item.first).days + 1
    days = (item.first + timedelta(days=offset) for offset in range(span))
    return [day for day in days if next_workday(day) == day]
