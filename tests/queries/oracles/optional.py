"""Optional actions, which nobody has to do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from oracles.actions import version_of
from oracles.base import DAY, Oracle, Question, Row, Tallies, answers, standing_records


@answers("optional_actions")
def optional_actions(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    weeks = 1 if "week" in question.by else question.last_week - question.first_week + 1
    oracle.mark_weeks(question, tallies)
    for place, _, is_there in oracle.places(question):
        tallies[question.key(place)].denominator += Fraction(int(is_there), weeks)
    for _, place in done(oracle, question):
        if question.covers(place):
            tallies[question.key(place)].numerator += 1


@answers("units_with_optional_share")
def units_with_optional_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    last = min(oracle.monday(question.last_week) + 6 * DAY, question.events_until)
    active = {
        record["unit_id"]
        for record, place in done(oracle, question)
        if question.first_week <= place["week"] <= question.last_week
    }
    for unit in oracle.county["units"]:
        place = oracle.standing.get((unit["unit_id"], last))
        if place is not None and question.covers(place):
            tally = tallies[question.key({**place, "week": None})]
            tally.denominator += 1
            tally.numerator += unit["unit_id"] in active
            tally.immature |= oracle.is_immature(place, last)


@answers("optional_carriers", kind="total")
def optional_carriers(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    oracle.mark_weeks(question, tallies)
    for record, place in done(oracle, question):
        if not question.covers(place):
            continue
        tally = tallies[question.key(place)]
        carrier = (record["carrier_zh"] or "").strip(" ")
        if not carrier:
            tally.missing += 1
        elif carrier not in tally.seen:
            tally.seen.add(carrier)
            tally.numerator += 1
            tally.denominator += 1


def done(oracle: Oracle, question: Question) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Records of optional actions done by then, with where the unit stood on that day."""
    for record in standing_records(oracle.county):
        if record["status"] != "done" or record["done_on"] > question.events_until:
            continue
        place = oracle.standing.get((record["unit_id"], record["done_on"]))
        version = version_of(oracle, record["action_code"], record["done_on"])
        if place is not None and version is not None and not version["mandatory"]:
            yield record, place
