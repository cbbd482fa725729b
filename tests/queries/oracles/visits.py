"""Visits on site."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from oracles.base import DAY, Oracle, Question, Row, Tallies, answers


@answers("visits_per_unit")
def visits_per_unit(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    weeks = 1 if "week" in question.by else question.last_week - question.first_week + 1
    for place, last, is_there in oracle.places(question):
        tally = tallies[question.key(place)]
        tally.denominator += Fraction(int(is_there), weeks)
        tally.immature |= oracle.is_immature(place, last)
    for visit in on_site(oracle, question.events_until):
        where = oracle.standing[visit["unit_id"], visit["visited_on"]]
        if question.covers(where):
            tallies[question.key(where)].numerator += 1


@answers("weekly_coverage")
def weekly_coverage(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    visited = {(each["unit_id"], oracle.week(each["visited_on"])) for each in on_site(oracle, question.events_until)}
    for place, last, is_there in oracle.places(question):
        if last == oracle.monday(place["week"]) + 6 * DAY and is_there:
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.numerator += (place["unit"], place["week"]) in visited
            tally.immature |= oracle.is_immature(place, last)


def on_site(oracle: Oracle, until: date) -> list[Row]:
    """Visits on site, on a day the unit was with a group."""
    return [
        row
        for row in oracle.county.get("visits", ())
        if row["mode"] == "on_site"
        and not row["is_void"]
        and row["visited_on"] <= until
        and (row["unit_id"], row["visited_on"]) in oracle.standing
    ]
