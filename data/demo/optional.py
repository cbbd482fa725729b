"""The optional actions that took place: Qingming, innovative carriers, work combined with production."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from data.demo.calendar import LAST_HEARD, LAUNCH, add_workdays
from data.demo.catalogue import action
from data.demo.chance import between
from data.demo.groups import Unit, units_of
from data.demo.instances import Instance
from data.demo.reporting import reported_at

CARRIERS: Final = tuple(
    [
        "流动课堂",
        "民情日记",
        "结对帮扶",
        "便民服务窗",
        "田间座谈",
        "一线办公日",
        "党员示范岗",
        "夜校学习班",
        "服务承诺栏",
        "案例讨论会",
    ]
)
QINGMING: Final = {"T1": 2, "T2": 1, "T3": 1, "T4": 2, "C1": 1, "C2": 2, "C3": 1, "C4": 2, "C5": 2, "C6": 3}
"""Units of each group that held a Qingming activity between 1 and 4 April."""
INNOVATIVE: Final = {"T1": 6, "T2": 5, "T3": 2, "T4": 5, "C1": 6, "C2": 12, "C3": 4, "C4": 11, "C5": 10, "C6": 12}
"""Innovative carriers of each group's units over the whole campaign."""


@cache
def optional_instances() -> tuple[Instance, ...]:
    """Every optional action, in the order of its kind."""
    found = []
    for group_id, count in QINGMING.items():
        last = 1 if group_id in ("C2", "T4") else 4
        found += [
            _optional(unit, "B01", 1, date(2014, 4, between(1, last, "Qingming", unit.unit_id)))
            for unit in units_of(group_id)[:count]
        ]
    for group_id, count in INNOVATIVE.items():
        members = units_of(group_id)
        previous: dict[str, Instance] = {}
        for place in range(count):
            unit = members[place % len(members)]
            day = add_workdays(LAUNCH, 12 + place * 110 // count + between(0, 12, "carrier", group_id, place))
            earlier = previous.get(unit.unit_id)
            number = earlier.instance_no + 1 if earlier else 1
            previous[unit.unit_id] = _optional(unit, "B02", number, day, earlier)
            found.append(previous[unit.unit_id])
    for place, unit in enumerate(unit for unit in units_of("C6") if unit.unit_type == "non_public_enterprise"):
        found.append(_optional(unit, "B03", 1, add_workdays(LAUNCH, 30 + 11 * place)))
    return tuple(found)


def _optional(unit: Unit, code: str, number: int, day: date, earlier: Instance | None = None) -> Instance:
    not_after = LAST_HEARD if code == "B01" else None
    heard = reported_at(unit.group_id, day, unit.unit_id, code, number, not_after=not_after)
    if earlier:
        heard = max(heard, earlier.reported_at + timedelta(minutes=1))
    return Instance(unit, action(code), number, None, day, heard)
