"""The nine actions due before the meeting of mid-April, planned to the unit and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from data.demo.calendar import add_workdays, workdays
from data.demo.catalogue import action
from data.demo.chance import below, shuffled
from data.demo.groups import GROUPS, Unit, units_of
from data.demo.opening_plans import PLANS, Plan

CODES: Final = ("A01", "A02", "A03", "A04", "A05", "A06", "A11", "A12", "A13")
LAST_DAY: Final = date(2014, 4, 11)


@dataclass(frozen=True, slots=True)
class Opening:
    """One unit's day for each opening action (none: not done by 13 April), and what the office hears late."""

    unit: Unit
    position: int
    done_on: Mapping[str, date | None]
    unseen: frozenset[str]
    is_held_back: bool


@cache
def order(group_id: str) -> tuple[Unit, ...]:
    """A group's units in the order of their mobilisation meetings, first to last."""
    return tuple(shuffled(units_of(group_id), "opening order"))


@cache
def openings() -> Mapping[str, Opening]:
    """The opening of each unit by its id."""
    return {opening.unit.unit_id: opening for group_id in GROUPS for opening in _group(group_id)}


def _group(group_id: str) -> list[Opening]:
    plan, units = PLANS[group_id], order(group_id)
    held = [index for index, day in enumerate(plan.meetings) if day == 21][-plan.held_back :] if plan.held_back else []
    return [
        Opening(
            unit,
            position,
            _papers(plan, unit.unit_id, _march(plan.meetings[index]), position)
            | _studies(plan, unit.unit_id, _march(plan.meetings[index]), position),
            _at(plan.unseen, position),
            index in held,
        )
        for index, unit in enumerate(units)
        for position in (len(units) - 1 - index,)
    ]


def _papers(plan: Plan, unit_id: str, meeting: date, position: int) -> dict[str, date | None]:
    late, altered = _at(plan.late, position), _at(plan.altered, position)
    if "A03" in altered:
        approved = _draw("A03", unit_id, add_workdays(meeting, 1), add_workdays(meeting, 3))
    elif "A03" in late:
        approved = _draw("A03", unit_id, _march(24), meeting)
    else:
        earliest = 19 if "A02" in late - altered else 17 if "A01" in late else 14
        approved = _draw("A03", unit_id, _march(earliest), min(meeting, _march(21)))
    if "A02" in altered:
        drafted = _draw("A02", unit_id, add_workdays(approved, 1), add_workdays(approved, 2))
    elif "A02" in late:
        drafted = _draw("A02", unit_id, _march(19), min(approved, _march(21)))
    else:
        drafted = _draw("A02", unit_id, _march(17 if "A01" in late else 11), min(approved, _march(18)))
    if "A01" in late:
        founded = _draw("A01", unit_id, _march(17), drafted)
    else:
        founded = _draw("A01", unit_id, _march(10), min(drafted, _march(14)))
    speech = _draw("A04", unit_id, add_workdays(meeting, -2), min(meeting, _march(24)))
    return {"A01": founded, "A02": drafted, "A03": approved, "A04": speech, "A05": meeting}


def _studies(plan: Plan, unit_id: str, meeting: date, position: int) -> dict[str, date | None]:
    late, unseen = _at(plan.late, position), _at(plan.unseen, position)
    days: dict[str, date | None] = {}
    for code in ("A06", "A11", "A12", "A13"):
        due = action(code).due_on or LAST_DAY
        first, last = max(meeting, add_workdays(due, -4)), due
        if code in late:
            first, last = due + timedelta(days=1), min(add_workdays(due, 5), LAST_DAY)
        elif code == "A12" and code in plan.unseen:
            first, last = (date(2014, 4, 3), due) if code in unseen else (first, date(2014, 4, 1))
        is_missing = position < plan.missing.get(code, 0)
        days[code] = None if is_missing else _draw(code, unit_id, first, last)
    return days


def _at(positions: Mapping[str, tuple[int, ...]], position: int) -> frozenset[str]:
    return frozenset(code for code, chosen in positions.items() if position in chosen)


def _draw(code: str, unit_id: str, first: date, last: date) -> date:
    options = workdays(first, last)
    return options[below(len(options), "opening", code, unit_id)]


def _march(day: int) -> date:
    return date(2014, 3, day)
