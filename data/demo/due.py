"""Which unit owes which action by when, with the few extensions and waivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from data.demo.catalogue import Action, actions
from data.demo.groups import Unit, units, units_of


@dataclass(frozen=True, slots=True)
class Extension:
    """A later due day that was asked for in time and granted."""

    granted_on: date
    due_on: date


EXTENDED: Final = (
    ("C4", 0, "A20", Extension(date(2014, 4, 28), date(2014, 5, 9))),
    ("C5", 1, "A20", Extension(date(2014, 4, 28), date(2014, 5, 9))),
    ("C6", 4, "A20", Extension(date(2014, 4, 29), date(2014, 5, 12))),
    ("C6", 5, "A35", Extension(date(2014, 7, 22), date(2014, 8, 1))),
    ("T2", 1, "A35", Extension(date(2014, 7, 23), date(2014, 8, 1))),
    ("C1", 4, "A45", Extension(date(2014, 8, 27), date(2014, 9, 12))),
    ("C3", 6, "A45", Extension(date(2014, 8, 28), date(2014, 9, 12))),
)
WAIVED: Final = (
    ("C6", 19, "A37", "not_applicable"),
    ("C6", 20, "A37", "not_applicable"),
    ("C5", 7, "A23", "merged"),
    ("C4", 3, "A23", "merged"),
    ("T1", 0, "A42", "merged"),
    ("T1", 1, "A42", "merged"),
)


@cache
def extensions() -> dict[tuple[str, str], Extension]:
    """The granted extension of a (unit, action)."""
    return {(units_of(group)[index].unit_id, code): granted for group, index, code, granted in EXTENDED}


@cache
def waivers() -> dict[tuple[str, str], str]:
    """The reason why a (unit, action) need not be done."""
    return {(units_of(group)[index].unit_id, code): reason for group, index, code, reason in WAIVED}


def owed() -> list[tuple[Unit, Action]]:
    """Every prescribed action of every unit that is asked for it, waived ones too, in catalogue order."""
    return [
        (unit, action)
        for action in actions()
        if action.is_prescribed
        for unit in units()
        if action.asks(unit.unit_type)
    ]


def final_due(unit: Unit, action: Action) -> date | None:
    """The due day with its extension; none for an action that waits for another one to be done."""
    extension = extensions().get((unit.unit_id, action.code))
    return extension.due_on if extension else action.due_on
