"""How far the groups are apart in a share."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import Any

from oracles.base import ANSWERS, RESULTS, Oracle, Question, Tallies, Tally, answers

Z = Fraction(309, 100)


@answers("group_balance", kind="balance")
def group_balance(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    by_group: Tallies = defaultdict(Tally)
    count, _ = ANSWERS[question.of or "on_time_rate"]
    count(oracle, replace(question, by=("group", *question.by)), by_group)
    for (group, *rest), part in by_group.items():
        if group is None:
            continue
        tally = tallies[tuple(rest)]
        tally.parts[group] = part
        tally.numerator += part.numerator
        tally.denominator += part.denominator
        tally.missing += part.missing
        tally.immature |= part.immature


def balance(tally: Tally) -> dict[str, Any]:
    """Range, deviation and the number of groups below and above what chance gives."""
    groups = [part for part in tally.parts.values() if part.denominator]
    rates = [part.numerator / part.denominator for part in groups]
    result: dict[str, Any] = {"value": None, "sd_pp": None, "count_groups": len(rates)}
    if len(rates) > 1:
        mean = sum(rates) / len(rates)
        deviation = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
        result["value"] = 100 * float(max(rates) - min(rates))
        result["sd_pp"] = math.floor(1e11 * deviation + 0.5) / 1e9
    outside = [side(part, tally.numerator / tally.denominator) for part in groups]
    return result | {"count_below": outside.count("below"), "count_above": outside.count("above")}


def side(part: Tally, pooled: Fraction) -> str | None:
    """Whether a group lies outside its limits; never for fewer than ten things."""
    rate = part.numerator / part.denominator
    reach = Z**2 * pooled * (1 - pooled) / part.denominator
    if part.denominator < 10 or (rate - pooled) ** 2 <= reach:
        return None
    return "below" if rate < pooled else "above"


RESULTS["balance"] = balance
