"""Due days that were moved, before or after the day first set."""

from datetime import timedelta
from random import Random
from typing import Any

import campaigns


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    for row in rows["action_due"]:
        if row["due_on"] is not None and chance.random() < 0.2:
            row["due_on_original"] = row["due_on"] - timedelta(days=chance.randint(0, 20))
            row["extension_granted_on"] = campaigns.day(chance)
