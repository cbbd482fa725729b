"""What was done on a visit, some of it not recorded, and groups of known and unknown size."""

from random import Random
from typing import Any


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    for group in rows["supervision_groups"]:
        group["members_n"] = chance.choice((None, 1, 2, 5))
    for visit in rows["visits"]:
        visit |= {
            "interview_count": chance.choice((0, 0, 1, 3, None)),
            "documents_checked": chance.choice((True, False, False, None)),
            "meeting_attended": chance.choice((True, False, False, False)),
            "problems_raised": chance.choice((0, 0, 0, 2, None)),
            "targeted_action": chance.choice((None, "A01", "A02")),
        }
