"""The office's calculation of a coursework mark, as plain loops over the tables' rows."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from oracles.appraisal import TERM

Row = dict[str, Any]
Raw = dict[str, list[Row]]


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def days_of(period_id: str) -> tuple[date, date] | None:
    match = TERM.fullmatch(period_id)
    if match is None:
        return None
    year, half, quarter, month = (int(part) if part else 0 for part in match.groups())
    first = half * 6 - 5 if half else quarter * 3 - 2 if quarter else month or 1
    after = first + (6 if half else 3 if quarter else 1 if month else 12)
    last = date(year + (after > 12), after - 12 if after > 12 else after, 1) - timedelta(days=1)
    return date(year, first, 1), last


def value(raw: Raw, event: Row, scheme: str) -> tuple[Row, Fraction] | None:
    """The rule of the scheme on the event's day, and what it gives the unit."""
    in_force = [
        rule
        for rule in raw["appraisal_rules"]
        if rule["rule_code"] == event["rule_code"]
        and rule["effective_from"] <= event["occurred_on"] <= (rule["effective_to"] or date.max)
    ]
    newest = max(in_force, key=lambda rule: (rule["effective_from"], rule["scheme_id"]), default=None)
    if newest is None or newest["scheme_id"] != scheme:
        return None
    own = {row["body_id"] for row in raw.get("bodies", ()) if row["unit_id"] == event["unit_id"]}
    supports = event["evidence_table"] == "matters" and any(
        row["matter_id"] == event["evidence_key"]
        and row["body_id"] in own
        and row["role"] == "support"
        and not row["is_void"]
        for row in raw.get("matter_bodies", ())
    )
    return newest, exact(newest["points"]) * (exact(newest["role_factor_support"]) if supports else 1)


def expected_mark(raw: Raw, score: Row, until: date, overruled: dict[str, str] | None = None) -> Fraction | None:
    """The mark of one row of scores by events up to a day; None for a unit without a task."""
    days = days_of(score["period_id"])
    assert days is not None
    first, last = days[0], min(days[1], until)
    kept: dict[tuple[str, str], tuple[Row, Row, Fraction]] = {}
    for event in sorted(raw["appraisal_events"], key=lambda event: str(event["event_id"])):
        state = (overruled or {}).get(event["event_id"], event["appealed"])
        if event["unit_id"] != score["unit_id"] or event["is_void"] or state == "upheld" or event["occurred_on"] > last:
            continue
        given_points = value(raw, event, score["scheme_id"])
        if given_points is None:
            continue
        rule, gives = given_points
        place = event["evidence_table"], event["evidence_key"]
        if place not in kept or (abs(gives), gives) > (abs(kept[place][2]), kept[place][2]):
            kept[place] = event, rule, gives
    sums: dict[str, Fraction] = {}
    caps: dict[str, float | None] = {}
    for event, rule, gives in kept.values():
        if event["occurred_on"] >= first:
            sums[rule["rule_code"]] = sums.get(rule["rule_code"], Fraction(0)) + gives
            caps[rule["rule_code"]] = rule["cap"]
    if not sums and not score["rankable"]:
        return None
    total = exact(score["base"])
    for code, points_of_rule in sums.items():
        cap = caps[code]
        limit = points_of_rule if cap is None else exact(cap)
        total += max(points_of_rule, limit) if cap is not None and cap < 0 else min(points_of_rule, limit)
    return max(Fraction(0), min(Fraction(100), total))
