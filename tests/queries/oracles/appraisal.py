"""Points given and taken, and the marks made of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

from oracles.base import EVER, Oracle, Question, Row, Tallies, answers

BASE = 80
TERM = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?")


@answers("coursework_mark")
def coursework_mark(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    oracle.mark_weeks(question, tallies)
    first = oracle.monday(question.first_week)
    last = min(oracle.monday(question.last_week) + timedelta(days=6), question.events_until)
    for unit in oracle.county["units"]:
        place = oracle.standing.get((unit["unit_id"], last))
        if place is None or not question.covers(place):
            continue
        tally = tallies[question.key(place)]
        points = _points(oracle, unit["unit_id"], first, last)
        ranked = any(
            row["unit_id"] == unit["unit_id"] and row["rankable"] and begins <= last and ends >= first
            for row, begins, ends in terms(oracle)
        )
        if not points and not ranked:
            tally.missing += 1
            continue
        total = BASE + sum(_capped(rule, [each for own, each in points if own is rule]) for rule in _rules(points))
        tally.numerator += max(Fraction(0), min(Fraction(100), total))
        tally.denominator += 1


@answers("combined_mark")
def combined_mark(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for row, _, ends in terms(oracle):
        place = oracle.standing.get((row["unit_id"], ends)) if ends <= question.events_until else None
        if place is None or not question.covers(place):
            continue
        state = "done" if row["exam_mark"] is not None else "not_reported"
        tally = tallies[question.key({**place, "state": state if row["rankable"] else "not_applicable"})]
        tally.immature |= oracle.is_immature(place, ends)
        if not row["rankable"] or row["exam_mark"] is None:
            tally.missing += 1
            continue
        weight = _exact(row["coursework_weight"])
        tally.numerator += weight * _exact(row["coursework_mark"]) + (1 - weight) * _exact(row["exam_mark"])
        tally.denominator += 1


def terms(oracle: Oracle) -> list[tuple[Row, date, date]]:
    """The rows of marks with the first and last day of their terms, where these are written as they should be."""
    found = []
    for row in oracle.county.get("appraisal_scores", ()):
        match = TERM.fullmatch(row["period_id"])
        if match is None or row["is_void"]:
            continue
        year, half, quarter, month = (int(part) if part else 0 for part in match.groups())
        first = (half - 1) * 6 + 1 if half else (quarter - 1) * 3 + 1 if quarter else month or 1
        after = first + (6 if half else 3 if quarter else 1 if month else 12)
        following = date(year, after, 1) if after <= 12 else date(year + 1, after - 12, 1)
        found.append((row, date(year, first, 1), following - timedelta(days=1)))
    return found


def _points(oracle: Oracle, unit_id: str, first: date, last: date) -> list[tuple[Row, Fraction]]:
    """What each event gave the unit under its rule; of several events on one evidence only the largest."""
    largest: dict[tuple[str, str], tuple[Row, Row, Fraction]] = {}
    for event in oracle.county.get("appraisal_events", ()):
        rule = _rule(oracle, event)
        if event["unit_id"] != unit_id or event["occurred_on"] > last or rule is None:
            continue
        if event["is_void"] or event["appealed"] == "upheld":
            continue
        points = _exact(rule["points"])
        if _supports(oracle, event):
            points *= _exact(rule["role_factor_support"])
        evidence = event["evidence_table"], event["evidence_key"]
        held = largest.get(evidence)
        if held is None or _weight(event, points) < _weight(held[0], held[2]):
            largest[evidence] = event, rule, points
    return [(rule, points) for event, rule, points in largest.values() if event["occurred_on"] >= first]


def _weight(event: Row, points: Fraction) -> tuple[Fraction, Fraction, str]:
    """The smallest is the largest event."""
    return -abs(points), -points, event["event_id"]


def _rule(oracle: Oracle, event: Row) -> Row | None:
    """The rule in force on the event's day, the newest where there are several."""
    in_force = [
        rule
        for rule in oracle.county.get("appraisal_rules", ())
        if rule["rule_code"] == event["rule_code"]
        and rule["effective_from"] <= event["occurred_on"] <= (rule["effective_to"] or EVER)
    ]
    return max(in_force, key=lambda rule: (rule["effective_from"], rule["scheme_id"]), default=None)


def _supports(oracle: Oracle, event: Row) -> bool:
    """Whether a body of the unit only supports the matter that is the evidence."""
    own = [row["body_id"] for row in oracle.county.get("bodies", ()) if row["unit_id"] == event["unit_id"]]
    return event["evidence_table"] == "matters" and any(
        row["matter_id"] == event["evidence_key"]
        and row["body_id"] in own
        and row["role"] == "support"
        and not row["is_void"]
        for row in oracle.county.get("matter_bodies", ())
    )


def _rules(points: list[tuple[Row, Fraction]]) -> list[Row]:
    found: list[Row] = []
    for rule, _ in points:
        if not any(rule is each for each in found):
            found.append(rule)
    return found


def _capped(rule: Row, points: list[Fraction]) -> Fraction:
    total = sum(points, Fraction(0))
    if rule["cap"] is None:
        return total
    cap = _exact(rule["cap"])
    return max(total, cap) if cap < 0 else min(total, cap)


def _exact(number: float) -> Fraction:
    """The number as it is written."""
    return Fraction(str(number))
