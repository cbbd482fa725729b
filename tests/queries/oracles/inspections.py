"""Inspections by several bodies on the same roads."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from oracles.base import DAY, Oracle, Question, Row, Tallies, answers


@answers("inspection_overlap")
def inspection_overlap(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _overlap(oracle, question, tallies, within=7, same_theme=False)


@answers("inspection_overlap_theme")
def inspection_overlap_theme(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _overlap(oracle, question, tallies, within=30, same_theme=True)


@answers("inspections_merged_share")
def inspections_merged_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for row in planned(oracle):
        place = oracle.standing.get((row["unit_id"], window(row)[0]))
        if window(row)[0] <= question.events_until and place is not None and question.covers(place):
            tally = tallies[question.key({**place, "body": row["body_id"]})]
            tally.denominator += 1
            tally.numerator += row["plan_status"] == "merged"
            tally.immature |= oracle.is_immature(place, window(row)[0])


@answers("inspection_burden")
def inspection_burden(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    days: dict[tuple[str, int], Fraction] = {}
    for row in separate(oracle):
        first = window(row)[0]
        if (row["unit_id"], first) in oracle.standing:
            key = row["unit_id"], oracle.week(first)
            days[key] = days.get(key, Fraction(0)) + Fraction(row["days"])
    for place, last, is_there in oracle.places(question):
        if last == oracle.monday(place["week"]) + 6 * DAY and is_there:
            tally = tallies[question.key(place)]
            tally.denominator += Fraction(1, 4)
            tally.numerator += days.get((place["unit"], place["week"]), Fraction(0))
            tally.immature |= oracle.is_immature(place, last)


def _overlap(oracle: Oracle, question: Question, tallies: Tallies, within: int, same_theme: bool) -> None:
    begun = [row for row in separate(oracle) if window(row)[0] <= question.events_until]
    for row in begun:
        place = oracle.standing.get((row["unit_id"], window(row)[0]))
        if place is None or not question.covers(place):
            continue
        others = [
            other
            for other in begun
            if other["unit_id"] == row["unit_id"]
            and other["body_id"] != row["body_id"]
            and (not same_theme or other["theme_code"] == row["theme_code"])
            and days_apart(row, other) <= within
        ]
        tally = tallies[question.key({**place, "body": row["body_id"]})]
        tally.denominator += 1
        tally.numerator += bool(others)
        tally.immature |= oracle.is_immature(place, window(row)[0])


def planned(oracle: Oracle) -> list[Row]:
    """Inspections of the calendar, merged ones among them."""
    return [
        row
        for row in oracle.county.get("inspections", ())
        if not row["is_void"] and row["plan_status"] in ("planned", "approved", "merged", "held")
    ]


def separate(oracle: Oracle) -> list[Row]:
    """Inspections that take place, or will."""
    return [row for row in planned(oracle) if row["plan_status"] != "merged"]


def window(row: Row) -> tuple[date, date]:
    """First and last day, the actual ones where they are known; it never ends before it begins."""
    first: date = row["actual_from"] or row["planned_from"]
    last: date = row["actual_to"] or row["planned_to"]
    return first, max(first, last)


def days_apart(row: Row, other: Row) -> int:
    """Days between two windows, 0 when they touch."""
    (first, last), (other_first, other_last) = window(row), window(other)
    if last < other_first:
        return (other_first - last).days
    if other_last < first:
        return (first - other_last).days
    return 0
