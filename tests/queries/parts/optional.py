"""Carriers of optional actions: the same ones in several units, with blanks around them, empty or not given."""

from random import Random
from typing import Any

CARRIERS = (None, "", " ", "夜校", " 夜校 ", "示范岗", "结对")


def add(chance: Random, rows: dict[str, list[dict[str, Any]]]) -> None:
    for record in rows["action_records"]:
        record["carrier_zh"] = chance.choice(CARRIERS)
