"""Records that say an action need not be done, though the office did not waive it."""

from random import Random
from typing import Any


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    for row in rows["action_records"]:
        if row["status"] != "done" and chance.random() < 0.2:
            row["status"] = "waived"
