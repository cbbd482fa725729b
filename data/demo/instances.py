"""Every action of every unit: when it was done, and when the office heard of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from data.demo.calendar import LAST_HEARD, MEETING_CUT, add_workdays, next_workday
from data.demo.catalogue import Action
from data.demo.chance import between
from data.demo.due import final_due, owed, waivers
from data.demo.groups import Unit, units_of
from data.demo.opening import CODES, openings
from data.demo.pace import speeds
from data.demo.reporting import reported_at

WEAK: Final = ("C1", "T3")
REPEATS: Final = {"A17": 5, "A22": 3}
BOLD: Final = (("C1", 3, "A35"), ("C1", 9, "A35"), ("C1", 7, "A23"), ("C3", 2, "A41"), ("T3", 0, "A33"))
"""Units that did an action without waiting for the one before it: (group, place, action)."""
JULY_END: Final = date(2014, 7, 31)
AFTER_MEETING: Final = MEETING_CUT + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instance:
    """One action of one unit; `due_on` is none for optional and repeated ones."""

    unit: Unit
    action: Action
    instance_no: int
    due_on: date | None
    done_on: date
    reported_at: datetime

    @property
    def key(self) -> tuple[str, str, int]:
        """Unit, action code and number."""
        return (self.unit.unit_id, self.action.code, self.instance_no)


@cache
def instances() -> tuple[Instance, ...]:
    """The prescribed actions of all units, in catalogue order; waived ones are left out."""
    done: dict[tuple[str, str], Instance] = {}
    repeats: list[Instance] = []
    for unit, due_action in owed():
        if (unit.unit_id, due_action.code) in waivers():
            continue
        first = _opening(unit, due_action) if due_action.code in CODES else _later(unit, due_action, done)
        done[unit.unit_id, due_action.code] = first
        repeats.extend(_repeats(first, REPEATS.get(due_action.code, 1)))
    return (*done.values(), *repeats)


@cache
def first_instances(group_id: str, code: str) -> tuple[Instance, ...]:
    """The first instance of an action in each unit of a group."""
    return numbered_instances(group_id, code, 1)


def numbered_instances(group_id: str, code: str, number: int) -> tuple[Instance, ...]:
    """The so-many-th instance of an action in each unit of a group."""
    return _by_group().get((group_id, code, number), ())


@cache
def _by_group() -> dict[tuple[str, str, int], tuple[Instance, ...]]:
    found: dict[tuple[str, str, int], list[Instance]] = {}
    for instance in instances():
        found.setdefault((instance.unit.group_id, instance.action.code, instance.instance_no), []).append(instance)
    return {place: tuple(items) for place, items in found.items()}


def _opening(unit: Unit, due_action: Action) -> Instance:
    opening, code = openings()[unit.unit_id], due_action.code
    not_before = AFTER_MEETING if code in opening.unseen else None
    not_after = None if not_before or not opening.done_on[code] else LAST_HEARD
    if code == "A05" and opening.is_held_back:
        not_before = date(2014, 3, 24)
    done_on = opening.done_on[code] or add_workdays(MEETING_CUT, _made_up_after(unit, code))
    heard = reported_at(
        unit.group_id,
        done_on,
        unit.unit_id,
        code,
        prompt=code == "A05",
        not_before=not_before,
        not_after=not_after,
    )
    return Instance(unit, due_action, 1, due_action.due_on, done_on, heard)


def _made_up_after(unit: Unit, code: str) -> int:
    first, last = (4, 38) if unit.group_id in WEAK else (1, 7)
    return between(first, last, "made up", unit.unit_id, code)


def _later(unit: Unit, due_action: Action, done: dict[tuple[str, str], Instance]) -> Instance:
    key = (unit.unit_id, due_action.code)
    before = [done[unit.unit_id, code].done_on for code in due_action.after if (unit.unit_id, code) in done]
    due = final_due(unit, due_action) or next_workday(max(before) + timedelta(days=7))
    speed = speeds(unit.group_id, due_action.code, due_action.due_on or JULY_END)[unit.unit_id]
    if speed == "on_time":
        wished = add_workdays(due, -between(0, 5, "early", *key))
    else:
        wished = add_workdays(due, between(1, 6, "late", *key) if speed == "late" else between(12, 32, "slow", *key))
    earliest = max(AFTER_MEETING, next_workday(due_action.effective_from))
    if before and wished < max(before):
        wished = add_workdays(max(before), between(0, 3, "waited", *key))
    if key in _bold():
        wished = add_workdays(max(before), -between(1, 4, "bold", *key))
    done_on = max(wished, earliest)
    return Instance(unit, due_action, 1, due, done_on, reported_at(unit.group_id, done_on, *key))


@cache
def _bold() -> frozenset[tuple[str, str]]:
    return frozenset((units_of(group)[place].unit_id, code) for group, place, code in BOLD)


def _repeats(first: Instance, count: int) -> list[Instance]:
    repeats, last = [], first
    for number in range(2, count + 1):
        key = (first.unit.unit_id, first.action.code, number)
        done_on = add_workdays(last.done_on, between(17, 24, "repeat", *key))
        heard = max(reported_at(first.unit.group_id, done_on, *key), last.reported_at + timedelta(minutes=1))
        last = Instance(first.unit, first.action, number, None, done_on, heard)
        repeats.append(last)
    return repeats
