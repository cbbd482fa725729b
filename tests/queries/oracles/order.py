"""Whether what had to come first came first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from oracles.actions import Asked, asked_at
from oracles.base import EVER, Oracle, Question, Row, Tallies, answers


@answers("order_conformance")
def order_conformance(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for pair in _pairs_of(oracle, question):
        if question.covers(pair.place):
            tally = tallies[question.key({**pair.place, **pair.names})]
            tally.denominator += pair.verdict != "unclear"
            tally.numerator += pair.verdict in ("in_order", "unprovable")
            tally.missing += pair.is_missing
            tally.immature |= oracle.is_immature(pair.place, pair.done_on)


@answers("order_conforming_units")
def order_conforming_units(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for unit in oracle.county["units"]:
        own = [pair for pair in _pairs_of(oracle, question) if pair.place["unit"] == unit["unit_id"]]
        violated = sorted((pair for pair in own if pair.verdict == "violated"), key=lambda pair: pair.done_on)
        judged = sorted((pair for pair in own if pair.verdict != "unclear"), key=lambda pair: pair.done_on)
        unclear = sorted(own, key=lambda pair: pair.done_on)
        if not own:
            continue
        place = (violated[:1] or judged[-1:] or unclear[-1:])[0].place
        if question.covers(place):
            tally = tallies[question.key(place)]
            tally.denominator += bool(judged)
            tally.numerator += bool(judged) and not violated
            tally.missing += any(pair.is_missing for pair in own)
            tally.immature |= any(oracle.is_immature(pair.place, pair.done_on) for pair in own)


@dataclass(frozen=True)
class Pair:
    """Two actions of a unit of which the later one is done."""

    place: dict[str, Any]
    names: dict[str, str]
    done_on: date
    verdict: str
    is_missing: bool


def _pairs_of(oracle: Oracle, question: Question) -> list[Pair]:
    """The pairs whose later action is done in the period."""
    return [
        pair
        for pair in _pairs(oracle)
        if pair.done_on <= question.events_until and question.first_week <= pair.place["week"] <= question.last_week
    ]


@cache
def _pairs(oracle: Oracle) -> list[Pair]:
    first: dict[tuple[str, str], Asked] = {}
    for row in sorted(asked_at(oracle, EVER), key=lambda row: (not row.is_asked, row.instance_no)):
        first.setdefault((row.unit_id, row.code), row)
    found = []
    for rule in oracle.county.get("action_precedence", ()):
        for unit in oracle.county["units"]:
            before = first.get((unit["unit_id"], rule["before_code"]))
            after = first.get((unit["unit_id"], rule["after_code"]))
            if before is None or after is None or not before.is_required or after.done_on is None:
                continue
            place = oracle.standing.get((after.unit_id, after.done_on))
            if place is None:
                continue
            verdict = _verdict(rule, before, after, oracle.is_immature(place, after.done_on))
            is_missing = verdict == "unclear" or not before.records
            found.append(Pair(place, after.names, after.done_on, verdict, is_missing))
    return found


def _verdict(rule: Row, before: Asked, after: Asked, is_recent: bool) -> str:
    assert after.done_on is not None
    if before.done_on is None:
        return "unclear" if is_recent and before.open_state != "not_done" else "violated"
    day: date | None = after.done_on
    if rule["rule"] == "finish_before_start":
        wanted = after.done[: after.version["min_count"]]
        day = min((each["started_on"] for each in wanted if each["started_on"] is not None), default=None)
    gap = max(rule["min_gap_days"], 0 if rule["same_day_ok"] else 1)
    if ((day or after.done_on) - before.done_on).days < gap:
        return "violated"
    if day is None:
        return "unclear"
    return "unprovable" if day == before.done_on else "in_order"
