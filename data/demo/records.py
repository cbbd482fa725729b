"""Rows of action_due and action_records, with what was known before an action was done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from data.demo.calendar import add_workdays
from data.demo.chance import below, between, chance
from data.demo.due import extensions, owed, waivers
from data.demo.groups import units_of
from data.demo.instances import Instance, instances
from data.demo.opening import CODES, openings
from data.demo.opening_plans import PLANS
from data.demo.optional import CARRIERS, optional_instances
from data.demo.reporting import reported_at
from data.demo.rows import Row, fact, known_from

RETURNED: Final = {
    "A03": {"C1": (1, 4, 7), "C3": (5,), "T3": (2,), "C6": (9,)},
    "A34": {"C1": (0, 5, 8), "C3": (1, 7), "T3": (3,), "C5": (6,), "C6": (3, 12)},
}
"""Plans and materials that the group returned once before it approved them: places in the group."""
OPINIONS: Final = {"A19": (6, 30), "A21": (0, 120), "A31": (5, 60)}
STUDIES: Final = ("A11", "A12", "A13", "A14", "A15", "A16", "A17")


def returned() -> frozenset[tuple[str, str]]:
    """The (unit, action) whose first version was returned for redoing."""
    return frozenset(
        (units_of(group)[place].unit_id, code)
        for code, groups in RETURNED.items()
        for group, places in groups.items()
        for place in places
    )


def action_due() -> list[Row]:
    """Rows of action_due: an extension, or a due day that waits for another action, appears when it is known."""
    done = {instance.key[:2]: instance for instance in instances() if instance.instance_no == 1}
    rows: list[Row] = []
    for unit, action in owed():
        key = (unit.unit_id, action.code)
        row: Row = {
            "unit_id": unit.unit_id,
            "action_code": action.code,
            "instance_no": 1,
            "due_on": action.due_on,
            "due_on_original": action.due_on,
            "extension_granted_on": None,
            "waived": key in waivers(),
            "waive_reason": waivers().get(key),
        }
        rows.append(row)
        if key in extensions():
            extension = extensions()[key]
            later: Row = {"due_on": extension.due_on, "extension_granted_on": extension.granted_on}
            rows.append(known_from(row | later, extension.granted_on))
        if action.due_on is None and key in done:
            due_on = done[key].due_on
            heard = done[unit.unit_id, action.after[0]].reported_at
            rows.append(known_from(row | {"due_on": due_on, "due_on_original": due_on}, heard.date()))
    return rows


def action_records() -> list[Row]:
    """Rows of action_records, every revision of them."""
    confirmed, sent_back = _confirmed(), returned()
    rows = [
        row
        for instance in instances()
        for row in _revisions(instance, instance.key[:2] in confirmed, instance.key[:2] in sent_back)
    ]
    return rows + [row for instance in optional_instances() for row in _revisions(instance, False, False)]


def _confirmed() -> frozenset[tuple[str, str]]:
    """Second topics that the office itself found undone on the Friday before the meeting."""
    return frozenset(
        (opening.unit.unit_id, "A12")
        for opening in openings().values()
        if opening.position < PLANS[opening.unit.group_id].confirmed
    )


def _revisions(instance: Instance, is_confirmed: bool, is_returned: bool) -> list[Row]:
    final = _done(instance, is_returned)
    earlier: list[tuple[datetime, Row]] = []
    group = instance.unit.group_id
    undone: Row = {"done_on": None, "participants_n": None, "opinions_n": None, "study_hours": None}
    undone["review_status"] = "not_reviewed"
    undone["returned_n"] = 0
    if is_returned:
        day = add_workdays(instance.done_on, -3)
        state: Row = {"status": "in_progress", "review_status": "returned", "returned_n": 1, "started_on": day}
        earlier.append((reported_at(group, day, *instance.key, "returned", prompt=True), final | undone | state))
    overdue = instance.due_on is not None and instance.done_on > instance.due_on + timedelta(days=9)
    if is_confirmed:
        day = date(2014, 4, 11)
        state = {"status": "not_done_confirmed", "started_on": None}
        earlier.append((reported_at(group, day, *instance.key, "confirmed"), final | undone | state))
    elif instance.due_on and overdue and instance.action.code not in CODES and chance("asked", *instance.key) < 0.6:
        day = add_workdays(instance.due_on, 2)
        is_started = chance("started", *instance.key) < 0.5
        state = {
            "status": "in_progress" if is_started else "not_done_confirmed",
            "started_on": day if is_started else None,
        }
        earlier.append((reported_at(group, day, *instance.key, "overdue"), final | undone | state))
    versions = [(moment, row) for moment, row in sorted(earlier, key=lambda version: version[0])]
    versions = [(moment, row) for moment, row in versions if moment < instance.reported_at]
    versions.append((instance.reported_at, final))
    if chance("corrected", *instance.key) < 0.01 and instance.done_on > date(2014, 4, 27):
        corrected: Row = {"participants_n": between(20, 140, "corrected participants", *instance.key)}
        moment = instance.reported_at
        renewed = datetime.combine(add_workdays(moment.date(), 5), moment.time())
        versions.append((renewed, final | corrected))
    return [fact(row, moment, group, revision=number) for number, (moment, row) in enumerate(versions, start=1)]


def _done(instance: Instance, is_returned: bool) -> Row:
    code, key = instance.action.code, instance.key
    started = max(add_workdays(instance.done_on, -below(4, "started", *key)), date(2014, 3, 10))
    opinions = OPINIONS.get(code)
    return {
        "unit_id": key[0],
        "action_code": code,
        "instance_no": key[2],
        "status": "done",
        "started_on": started,
        "done_on": instance.done_on,
        "participants_n": between(12, 140, "participants", *key),
        "opinions_n": between(*opinions, "opinions", *key) if opinions else None,
        "study_hours": between(4, 24, "hours", *key) / 2 if code in STUDIES else None,
        "carrier_zh": CARRIERS[below(len(CARRIERS), "carrier", *key)] if code == "B02" else None,
        "review_status": "approved" if instance.action.reviewed_by_group else "not_reviewed",
        "returned_n": 1 if is_returned else 0,
    }
