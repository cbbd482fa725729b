"""Rows of action_content_checks: which required parts of a done action were found."""

from __future__ import annotations

from typing import Final

from data.demo.chance import chance, shuffled
from data.demo.content_items import ITEMS
from data.demo.groups import GROUPS, PRAISED_FOR_CHECKS
from data.demo.instances import REPEATS, numbered_instances
from data.demo.rows import Row, fact

CHECKED_STRICTLY: Final = ("A03", "A04", "A06")
WEAK_PLANS: Final = 0.70
PRESENT: Final = {"C1": 0.90, "T3": 0.93}


def action_content_checks() -> list[Row]:
    """One row for each content item of each done action, reported together with the action."""
    rows: list[Row] = []
    for group_id in GROUPS:
        for code in ITEMS:
            for number in range(1, REPEATS.get(code, 1) + 1):
                rows += _checks(group_id, code, number)
    return rows


def _checks(group_id: str, code: str, number: int) -> list[Row]:
    done = numbered_instances(group_id, code, number)
    again = (number,) if number > 1 else ()
    places = [(instance, item_no) for instance in done for item_no in range(1, len(ITEMS[code]) + 1)]
    keyed = {(instance.unit.unit_id, item_no): instance for instance, item_no in places}
    missing = len(places) - round(_present(group_id, code) * len(places))
    lacking = set(shuffled(keyed, "lacking", code, *again)[:missing])
    rows: list[Row] = []
    for (unit_id, item_no), instance in keyed.items():
        is_checked = (unit_id, item_no) not in lacking or chance("unchecked", code, unit_id, item_no, *again) > 0.3
        state = "present" if (unit_id, item_no) not in lacking else "absent" if is_checked else "not_checked"
        row: Row = {
            "unit_id": unit_id,
            "action_code": code,
            "instance_no": instance.instance_no,
            "item_no": item_no,
            "state": state,
            "checked_on": instance.done_on if is_checked else None,
        }
        rows.append(fact(row, instance.reported_at, group_id))
    return rows


def _present(group_id: str, code: str) -> float:
    if group_id in PRAISED_FOR_CHECKS and code in CHECKED_STRICTLY:
        return 1.0
    if group_id == "C1" and code == "A03":
        return WEAK_PLANS
    return PRESENT.get(group_id, 0.97)
