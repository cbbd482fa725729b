"""What was asked of units and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from oracles.base import DAY, EVER, Oracle, Question, Row, Tallies, answers


@answers("completion_rate")
def completion_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, "completion")


@answers("on_time_rate")
def on_time_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, "on time")


@answers("on_time_rate_original")
def on_time_rate_original(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, "on time at first")


@answers("action_delay", kind="median")
def action_delay(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    _due(oracle, question, tallies, "completion")


def _due(oracle: Oracle, question: Question, tallies: Tallies, what: str) -> None:
    for row in asked_at(oracle, EVER if what == "on time at first" else question.events_until):
        due_on = row.due_on_original if what == "on time at first" else row.due_on
        if not row.is_required or due_on is None or due_on > question.events_until:
            continue
        place = oracle.standing.get((row.unit_id, due_on))
        if place is None or not question.covers(place):
            continue
        done = row.done_on is not None and row.done_on <= question.events_until
        tally = tallies[question.key({**place, **row.names, "state": "done" if done else row.open_state})]
        tally.denominator += 1
        tally.missing += not row.records
        tally.immature |= oracle.is_immature(place, due_on)
        tally.numbers.append(((row.done_on if done and row.done_on else question.events_until) - due_on).days)
        if row.done_on is not None and done:
            tally.numerator += what == "completion" or row.done_on <= due_on + row.version["grace_days"] * DAY


@answers("stage_completion_rate")
def stage_completion_rate(oracle: Oracle, question: Question, tallies: Tallies) -> None:
    until = question.events_until
    last = min(oracle.monday(question.last_week) + 6 * DAY, until)
    windows = [
        row["stage"]
        for row in oracle.county.get("stages", ())
        if row["window_from"] <= last and row["window_to"] >= oracle.monday(question.first_week)
    ]
    for row in asked_at(oracle, until):
        if not row.is_required or row.version["stage"] not in windows:
            continue
        if row.due_on is not None and row.due_on < oracle.launched_on:
            continue
        day = until if row.due_on is None else min(until, row.due_on)
        place = oracle.standing.get((row.unit_id, day))
        if place is None or not question.covers({**place, "week": question.first_week}):
            continue
        state = state_of(row, until)
        tally = tallies[question.key({**place, **row.names, "week": None, "state": state})]
        tally.denominator += 1
        tally.numerator += state == "done"
        tally.missing += not row.records and row.due_on is not None and row.due_on <= until
        tally.immature |= oracle.is_immature(place, day)


def state_of(row: Asked, until: date) -> str:
    """What is known of it on a day."""
    if not row.is_asked:
        return "not_applicable"
    if row.done_on is not None and row.done_on <= until:
        return "done"
    if row.due_on is not None and row.due_on <= until:
        return row.open_state
    if row.open_state in ("contradictory", "withheld"):
        return row.open_state
    begun = [
        each["started_on"] or each["done_on"] or each["reported_at"].date()
        for each in row.records
        if each["status"] in ("done", "in_progress")
    ]
    return "in_progress" if any(day <= until for day in begun) else "not_due"


@dataclass(frozen=True)
class Asked:
    """One due row, or an action of the catalogue without one: what is asked, by which records it was met."""

    unit_id: str
    code: str
    instance_no: int
    due_on: date | None
    due_on_original: date | None
    version: Row
    is_asked: bool
    records: list[Row]
    done: list[Row]
    open_state: str
    held_from: date
    held_until: date

    @property
    def done_on(self) -> date | None:
        """The day of the last record that was wanted."""
        wanted = self.version["min_count"]
        day: date | None = self.done[wanted - 1]["done_on"] if len(self.done) >= wanted else None
        return day

    @property
    def is_required(self) -> bool:
        """Whether it is prescribed and asked of the unit."""
        return self.is_asked and self.version["mandatory"]

    @property
    def names(self) -> dict[str, str]:
        """The further dimensions it has."""
        return {"stage": self.version["stage"], "action": self.code}


def asked_at(oracle: Oracle, until: date) -> list[Asked]:
    """What is asked as the due days stood on a day: an extension granted later has not moved them."""
    return [row for row in asked(oracle) if row.held_from <= until <= row.held_until]


@cache
def asked(oracle: Oracle) -> list[Asked]:
    """Every unit, action and due row, before and after its extension; without one the first instance, undated."""
    due: dict[tuple[str, str], list[Row]] = {}
    recorded: dict[tuple[str, str], list[Row]] = {}
    for row in oracle.county.get("action_due", ()):
        due.setdefault((row["unit_id"], row["action_code"]), []).append(row)
    for row in oracle.county.get("action_records", ()):
        recorded.setdefault((row["unit_id"], row["action_code"]), []).append(row)
    codes = sorted({row["action_code"] for row in oracle.county.get("action_catalogue", ())})
    nothing = {"instance_no": 1, "due_on": None, "due_on_original": None, "waived": False}
    found = []
    for unit in oracle.county["units"]:
        for code in codes:
            action = unit["unit_id"], code
            rows = due.get(action, [nothing])
            for row, day, held_from, held_until in terms(rows):
                version = version_of(oracle, code, day or oracle.known_on)
                if version is None or (day is not None and day > (unit["left_on"] or day)):
                    continue
                fits = {"*", unit["unit_type"]} & set(version["applies_to"])
                lasts = version["effective_to"] is None or version["effective_to"] >= oracle.known_on
                wanted = version["min_count"]
                first = (row["instance_no"] - 1) * wanted + 1
                is_last = row["instance_no"] == max(each["instance_no"] for each in rows)
                last = 10**9 if is_last else row["instance_no"] * wanted
                listed = [each for each in recorded.get(action, []) if first <= each["instance_no"] <= last]
                own = [each for each in listed if not each["is_void"]]
                done = [each for each in own if each["status"] == "done"]
                found.append(
                    Asked(
                        unit_id=unit["unit_id"],
                        code=code,
                        instance_no=row["instance_no"],
                        due_on=day,
                        due_on_original=row["due_on_original"] or day,
                        version=version,
                        is_asked=not row["waived"] and (action in due or bool(fits and lasts)),
                        records=own,
                        done=sorted(done, key=lambda each: (each["done_on"], each["instance_no"])),
                        open_state=open_state(own, bool(listed)),
                        held_from=held_from,
                        held_until=held_until,
                    )
                )
    return found


def terms(rows: list[Row]) -> list[tuple[Row, date | None, date, date]]:
    """Each due row with its due day and the days on which that was the due day."""
    found: list[tuple[Row, date | None, date, date]] = []
    for row in rows:
        granted = row.get("extension_granted_on")
        found.append((row, row["due_on"], granted or date.min, EVER))
        if granted is not None:
            found.append((row, row["due_on_original"] or row["due_on"], date.min, granted - DAY))
    return found


def open_state(standing: list[Row], was_recorded: bool) -> str:
    """What is known of an action that is not done."""
    statuses = {row["status"] for row in standing}
    if "waived" in statuses:
        return "contradictory"
    if "not_done_confirmed" in statuses:
        return "not_done"
    if standing:
        return "in_progress"
    return "withheld" if was_recorded else "not_reported"


def version_of(oracle: Oracle, code: str, day: date) -> Row | None:
    """The catalogue entry in force, the first one for days before it."""
    versions = [row for row in oracle.county.get("action_catalogue", ()) if row["action_code"] == code]
    versions.sort(key=lambda row: row["effective_from"])
    begun = [row for row in versions if row["effective_from"] <= day]
    return begun[-1] if begun else next(iter(versions), None)
