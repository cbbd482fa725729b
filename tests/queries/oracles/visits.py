"""Visits on site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from oracles.base import DAY, Oracle, Question, Row, Tallies, Tally, answers


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


@answers("visits_per_member")
def visits_per_member(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    members = {row["group_id"]: row["members_n"] for row in oracle.county["supervision_groups"]}
    oracle.mark_weeks(question, tallies)
    for place, _, _ in oracle.places(question):
        tally = tallies[question.key(place)]
        if place["group"] not in tally.seen:
            tally.seen.add(place["group"])
            tally.denominator += members[place["group"]] or 0
            tally.missing += members[place["group"]] is None
    for visit in on_site(oracle, question.events_until):
        where = oracle.standing[visit["unit_id"], visit["visited_on"]]
        if question.covers(where) and members[where["group"]] is not None:
            tallies[question.key(where)].numerator += 1


@answers("longest_gap", kind="median")
def longest_gap(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    last = min(oracle.monday(question.last_week) + 6 * DAY, question.events_until)
    visits = {(row["unit_id"], row["visited_on"]) for row in on_site(oracle, last)}
    for unit in oracle.county["units"]:
        for stay in stays(oracle, unit["unit_id"], oracle.monday(question.first_week), last):
            place = {**oracle.standing[unit["unit_id"], stay[0]], "week": None}
            if not question.covers(place | {"week": question.first_week}):
                continue
            since, longest = stay[0], 0
            for day in stay:
                if (unit["unit_id"], day) in visits or day == stay[-1]:
                    longest = max(longest, (day - since).days)
                    since = day
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.numbers.append(longest)
            tally.immature |= oracle.is_immature(place, stay[-1])


def stays(oracle: Oracle, unit_id: str, first: date, last: date) -> list[list[date]]:
    """The days of each unbroken stay of a unit with one group, cut to a period."""
    found: list[list[date]] = []
    before = None
    for n in range((last - first).days + 1):
        place = oracle.standing.get((unit_id, first + n * DAY))
        group = place["group"] if place else None
        if group is not None:
            if group != before:
                found.append([])
            found[-1].append(first + n * DAY)
        before = group
    return found


@answers("visit_persistence")
def visit_persistence(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    weeks = [
        week
        for week in range(question.first_week, question.last_week + 1)
        if oracle.monday(week) + 6 * DAY <= question.events_until
    ]
    if len(weeks) < 4:
        return
    visited = {(row["unit_id"], oracle.week(row["visited_on"])) for row in on_site(oracle, question.events_until)}
    ends = [*weeks[:2], *weeks[-2:]]
    for unit in oracle.county["units"]:
        at_ends = [oracle.standing.get((unit["unit_id"], oracle.monday(week) + 6 * DAY)) for week in ends]
        places = [place for place in at_ends if place is not None]
        if len(places) < 4 or len({place["group"] for place in places}) > 1 or not question.covers(places[0]):
            continue
        tally = tallies[question.key({**places[0], "week": None})]
        tally.denominator += sum((unit["unit_id"], week) in visited for week in ends[:2])
        tally.numerator += sum((unit["unit_id"], week) in visited for week in ends[2:])
        tally.immature |= any(oracle.is_immature(place, oracle.monday(place["week"]) + 6 * DAY) for place in places)


@answers("visit_depth")
def visit_depth(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for visit, tally in marked(oracle, question, tallies):
        if visit["interview_count"] is None:
            tally.missing += 1
        else:
            tally.denominator += 1
            tally.numerator += visit["interview_count"]


@answers("deep_visit_share")
def deep_visit_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for visit, tally in marked(oracle, question, tallies):
        strands = [
            visit[name] for name in ("interview_count", "documents_checked", "meeting_attended", "problems_raised")
        ]
        if None in strands:
            tally.missing += 1
        else:
            tally.denominator += 1
            tally.numerator += sum(bool(strand) for strand in strands) >= 2


@answers("targeted_visit_share")
def targeted_visit_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for visit, tally in marked(oracle, question, tallies):
        tally.denominator += 1
        tally.numerator += visit["targeted_action"] is not None


@answers("closing_visit_share")
def closing_visit_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    first, last = oracle.monday(question.first_week), oracle.monday(question.last_week) + 6 * DAY
    last = min(last, question.events_until)
    if (last - first).days < 27:
        oracle.mark_weeks(question, tallies)
        return
    for visit, tally in marked(oracle, question, tallies):
        tally.denominator += 1
        tally.numerator += (last - visit["visited_on"]).days < 14


def marked(oracle: Oracle, question: Question, tallies: Tallies) -> Iterator[tuple[Row, Tally]]:
    """The visits asked about, each with its row of the answer, whose weeks tell its maturity."""
    oracle.mark_weeks(question, tallies)
    for visit in on_site(oracle, question.events_until):
        where = oracle.standing[visit["unit_id"], visit["visited_on"]]
        if question.covers(where):
            yield visit, tallies[question.key(where)]


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
