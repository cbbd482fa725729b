"""The ten supervision groups, their 103 units, and who supervises whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from data.demo.names import DEPARTMENTS, ENTERPRISES, SUBDISTRICTS, TOWNSHIPS

GROUP_SIZES: Final = {"T1": 5, "T2": 4, "T3": 4, "T4": 4, "C1": 13, "C2": 13, "C3": 13, "C4": 13, "C5": 13, "C6": 21}
GROUPS: Final = tuple(GROUP_SIZES)
PRAISED_FOR_CHECKS: Final = ("T1", "T4", "C2", "C4")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit and the group that supervises it during the whole campaign."""

    unit_id: str
    group_id: str
    unit_type: str
    peer_class: str
    name_zh: str
    name_en: str


@cache
def units() -> tuple[Unit, ...]:
    """All 103 units, group by group in display order."""
    small = [("subdistrict", "township", *name) for name in SUBDISTRICTS]
    small += [("township", "township", *name) for name in TOWNSHIPS]
    large = [("county_department", "department", *name) for name in DEPARTMENTS]
    large += [("non_public_enterprise", "enterprise", *name) for name in ENTERPRISES]
    rest = iter(small + large)
    owners = [group for group, size in GROUP_SIZES.items() for _ in range(size)]
    return tuple(Unit(f"U{number:03d}", owner, *next(rest)) for number, owner in enumerate(owners, start=1))


@cache
def units_of(group_id: str) -> tuple[Unit, ...]:
    """The units of one group."""
    return tuple(unit for unit in units() if unit.group_id == group_id)
