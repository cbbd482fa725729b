"""Rows of action_reviews: the groups' own marks and the office's spot checks of the same work."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from data.demo.calendar import add_workdays
from data.demo.chance import between, chance
from data.demo.groups import GROUPS
from data.demo.instances import Instance, first_instances
from data.demo.records import returned
from data.demo.reporting import reported_at
from data.demo.rows import Row, fact, stamp

REVIEWED: Final = ("A03", "A04", "A34", "A35")
OWN_MARK: Final = {
    "T1": 90, "T2": 88, "T3": 81, "T4": 89, "C1": 84, "C2": 90, "C3": 85, "C4": 91, "C5": 88, "C6": 86,
}  # fmt: skip
STRICTER: Final = {"T1": 1, "T2": -1, "T3": 3, "T4": 0, "C1": 16, "C2": -1, "C3": 2, "C4": 1, "C5": 0, "C6": 2}
"""How many points the spot check lies below the group's own mark, on average."""
SPOT_CHECK_SHARE: Final = 0.4


def action_reviews() -> list[Row]:
    """Every review; a returned one is replaced by its approval when the work was redone."""
    rows: list[Row] = []
    sent_back = returned()
    for group_id in GROUPS:
        for code in REVIEWED:
            done = first_instances(group_id, code)
            for place, instance in enumerate(done):
                rows += _reviews(instance, place, len(done), instance.key[:2] in sent_back)
    return rows


def _reviews(instance: Instance, place: int, count: int, is_returned: bool) -> list[Row]:
    group_id, key = instance.unit.group_id, instance.key
    swing = 2 * place - (count - 1)
    mark = OWN_MARK[group_id] + 6 * swing / max(1, count - 1)
    own: Row = {
        "review_id": f"G-{key[0]}-{key[1]}",
        "unit_id": key[0],
        "action_code": key[1],
        "instance_no": key[2],
        "reviewer_side": "group",
        "reviewed_on": instance.done_on,
        "score": round(mark, 1),
        "verdict": "approved",
    }
    versions = [(instance.reported_at, own)]
    if is_returned:
        day = add_workdays(instance.done_on, -3)
        heard = reported_at(group_id, day, *key, "returned", prompt=True)
        if heard < instance.reported_at:
            versions.insert(0, (heard, own | {"reviewed_on": day, "score": 55.0, "verdict": "returned"}))
    rows = [fact(row, moment, group_id, revision=number) for number, (moment, row) in enumerate(versions, start=1)]
    if chance("spot check", group_id, key[1], place // 2) < SPOT_CHECK_SHARE:
        day = add_workdays(instance.reported_at.date(), between(1, 6, "spot check", *key))
        mirrored = mark - STRICTER[group_id] + between(-1, 1, "spot mark", *key)
        check = own | {"review_id": f"S-{key[0]}-{key[1]}", "reviewer_side": "office_spot_check", "reviewed_on": day}
        moment = stamp(day, "spot", *key) + timedelta(minutes=30)
        rows.append(fact(check | {"score": round(mirrored, 1)}, moment, "office"))
    return rows
