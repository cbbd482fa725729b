"""How the groups' units keep to the due days after the meeting of mid-April."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from data.demo.chance import chance, shuffled
from data.demo.groups import units_of

MAY, JUNE, JULY = date(2014, 5, 31), date(2014, 6, 30), date(2014, 7, 31)


@dataclass(frozen=True, slots=True)
class Pace:
    """Shares of units that are some days late and that let an action lie for weeks."""

    until: date
    late: float
    slow: float


ORDINARY: Final = (Pace(date.max, 0.04, 0.02),)
PACES: Final = {
    "C1": (Pace(MAY, 0.38, 0.24), Pace(JUNE, 0.30, 0.12), Pace(JULY, 0.22, 0.06), Pace(date.max, 0.15, 0.08)),
    "T3": (Pace(MAY, 0.50, 0.25), Pace(JUNE, 0.50, 0.0), Pace(date.max, 0.0, 0.0)),
    "C3": (Pace(MAY, 0.06, 0.0), Pace(JULY, 0.12, 0.0), Pace(date.max, 0.25, 0.50)),
}


@cache
def speeds(group_id: str, code: str, due: date) -> dict[str, str]:
    """Each unit of a group and whether it is 'slow', 'late' or 'on_time' with an action."""
    pace = next(pace for pace in PACES.get(group_id, ORDINARY) if due <= pace.until)
    members = shuffled((unit.unit_id for unit in units_of(group_id)), "pace", code)
    slow = int(pace.slow * len(members) + chance("slow", group_id, code))
    late = slow + round(pace.late * len(members))
    return {
        unit_id: "slow" if place < slow else "late" if place < late else "on_time"
        for place, unit_id in enumerate(members)
    }
