"""What the actions done contain, and how well they were done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from oracles.actions import version_of
from oracles.base import EVER, Oracle, Question, Row, Tallies, answers, standing_records


@answers("content_coverage")
def content_coverage(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _content(oracle, question, tallies, "strict")


@answers("content_coverage_lenient")
def content_coverage_lenient(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _content(oracle, question, tallies, "lenient")


@answers("content_checked_share")
def content_checked_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _content(oracle, question, tallies, "checked")


def _content(oracle: Oracle, question: Question, tallies: Tallies, how: str) -> None:
    for record, place, _ in _done(oracle, question):
        for item in oracle.county.get("action_content_items", ()):
            day = record["done_on"]
            in_force = item["effective_from"] <= day <= (item["effective_to"] or EVER)
            if item["action_code"] != record["action_code"] or not item["required"] or not in_force:
                continue
            found, state = "not_checked", "not_reported"
            for check in oracle.county.get("action_content_checks", ()):
                if _key(check) != _key(record) or check["item_no"] != item["item_no"]:
                    continue
                if check["is_void"]:
                    state = "withheld"
                elif (check["checked_on"] or day) <= question.events_until:
                    found = check["state"]
            if found == "not_applicable":
                continue
            state = {"present": "done", "absent": "not_done"}.get(found, state)
            is_checked = found != "not_checked"
            tally = tallies[question.key({**place, "state": state})]
            tally.denominator += how != "lenient" or is_checked
            tally.numerator += is_checked if how == "checked" else found == "present"
            tally.missing += not is_checked
            tally.immature |= oracle.is_immature(place, day)


@answers("quality_score")
def quality_score(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _quality(oracle, question, tallies, "score")


@answers("quality_pass_share")
def quality_pass_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _quality(oracle, question, tallies, "pass")


@answers("review_share")
def review_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _quality(oracle, question, tallies, "review")


def _quality(oracle: Oracle, question: Question, tallies: Tallies, what: str) -> None:
    for record, place, version in _done(oracle, question):
        own = [row for row in oracle.county.get("action_reviews", ()) if _key(row) == _key(record)]
        own = [row for row in own if row["reviewer_side"] == "group"]
        last = _last(own, question.events_until)
        if not version["reviewed_by_group"] and (what == "review" or last is None):
            continue
        score = None if last is None else last["score"]
        state = "withheld" if any(row["is_void"] for row in own) else "not_reported"
        if last is not None:
            state = "done" if what == "review" or score is not None else "not_reported"
        tally = tallies[question.key({**place, "state": state})]
        tally.immature |= oracle.is_immature(place, record["done_on"])
        if what == "review":
            tally.denominator += 1
            tally.numerator += last is not None
            tally.missing += last is None
        elif score is None:
            tally.missing += 1
        else:
            weight = Fraction(str(version["weight"])) if what == "score" else 1
            tally.denominator += weight
            tally.numerator += weight * Fraction(str(score)) if what == "score" else score >= 80


@answers("quality_returned_share")
def quality_returned_share(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for last, sides in _reviewed(oracle, question, "group"):
        place = _place(oracle, question, last["unit_id"], last["action_code"], last["reviewed_on"])
        if place is not None:
            returned = [row for row in sides["group"] if row["reviewed_on"] <= question.events_until]
            counted = [row["returned_n"] for row in standing_records(oracle.county) if _key(row) == _key(last)]
            tally = tallies[question.key(place)]
            tally.denominator += 1
            tally.numerator += any(row["verdict"] == "returned" for row in returned) or sum(counted) > 0
            tally.immature |= oracle.is_immature(place, last["reviewed_on"])


@answers("quality_score_gap")
def quality_score_gap(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    for last, sides in _reviewed(oracle, question, "office_spot_check"):
        place = _place(oracle, question, last["unit_id"], last["action_code"], last["reviewed_on"])
        if place is not None:
            own = _last(sides["group"], question.events_until)
            tally = tallies[question.key(place)]
            tally.immature |= oracle.is_immature(place, last["reviewed_on"])
            if own is None or own["score"] is None or last["score"] is None:
                tally.missing += 1
            else:
                tally.denominator += 1
                tally.numerator += Fraction(str(own["score"])) - Fraction(str(last["score"]))


def _reviewed(oracle: Oracle, question: Question, side: str) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """The last review of a side of each action, and all that stand of both sides."""
    by_action: dict[Any, dict[str, list[Row]]] = {}
    for row in oracle.county.get("action_reviews", ()):
        if not row["is_void"]:
            sides = by_action.setdefault(_key(row), {"group": [], "office_spot_check": []})
            sides[row["reviewer_side"]].append(row)
    for sides in by_action.values():
        last = _last(sides[side], question.events_until)
        if last is not None:
            yield last, sides


def _last(reviews: list[Row], until: date) -> Row | None:
    standing = [row for row in reviews if not row["is_void"] and row["reviewed_on"] <= until]
    return max(standing, key=lambda row: (row["reviewed_on"], row["review_id"]), default=None)


def _done(oracle: Oracle, question: Question) -> Iterator[tuple[Row, dict[str, Any], Row]]:
    """The records of actions done in the period, where, and the catalogue's version of the day."""
    for record in standing_records(oracle.county):
        if record["status"] == "done":
            day = record["done_on"]
            place = _place(oracle, question, record["unit_id"], record["action_code"], day)
            version = version_of(oracle, record["action_code"], day)
            if place is not None and version is not None:
                yield record, place, version


def _place(oracle: Oracle, question: Question, unit_id: str, code: str, day: date) -> dict[str, Any] | None:
    place = oracle.standing.get((unit_id, day)) if day <= question.events_until else None
    version = version_of(oracle, code, day)
    if place is None or version is None or not question.covers(place):
        return None
    return {**place, "stage": version["stage"], "action": code}


def _key(row: Row) -> tuple[Any, ...]:
    return row["unit_id"], row["action_code"], row["instance_no"]
