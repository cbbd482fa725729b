"""What is recorded of one unit: its actions, visits, problems, content left out, and who inspected it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

import polars as pl

from dashboards.formats import count, day
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.view import View


class Record(View):
    """The rows behind an indicator that are of the unit, as a table."""

    shape = "card"
    tools = ("csv",)
    counted: ClassVar[str]
    """The indicator whose rows they are."""
    columns: ClassVar[Sequence[str]]
    """The messages of the heads, in order."""

    def answer(self) -> pl.DataFrame:
        """The unit's rows; none while no unit is chosen."""
        frame = self.store.answers.rows(self.counted)
        return frame.filter(pl.col("unit_id") == self.store.unit)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """One sentence and the table, or the sentence that there is nothing."""
        title = self.say(f"unitpage.{self.view}")
        if answer.is_empty():
            said = self.say(f"unitpage.{self.view}.none") if self.store.unit else self.say("unitpage.choose")
            return self.nothing(title, said)
        rows = self.ordered(answer).to_dicts()
        html = self.head(title, self.said(rows))
        return {
            "html": html + grid([self.say(f"unitpage.column.{head}") for head in self.columns], map(self.cells, rows))
        }

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows in the order they are read in."""
        return frame

    def said(self, rows: list[dict[str, Any]]) -> str:
        """What is seen, in one sentence."""
        raise NotImplementedError

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """One line of the table."""
        raise NotImplementedError

    def on(self, value: Any) -> Cell:
        """A day or instant, shown as a day and sorted by time."""
        at = value.date() if isinstance(value, datetime) else value
        return Html(f'<span data-at="{at or ""}">{day(at, self.look.language)}</span>')

    def called(self, row: dict[str, Any], prefix: str) -> str:
        """A name in the view's language."""
        return str(row[f"{prefix}_{self.look.language}"])

    def code(self, family: str, value: Any) -> str:
        """A code in words."""
        return (known(self.look.language, f"{family}.{value}") or str(value)) if value else "\u2013"


class Actions(Record):
    """The unit's prescribed actions that are due, each with its state in words, the latest due first."""

    view = "actions"
    counted = "completion_rate"
    shape = "card wide"
    columns = ("action", "due", "done", "told", "state")

    def answer(self) -> pl.DataFrame:
        """The rows behind I01 of this unit, with whether each was on time."""
        keys = ["unit_id", "action_code", "instance_no"]
        punctual = self.store.answers.rows("on_time_rate").select(*keys, on_time=pl.col("numerator") > 0)
        return super().answer().join(punctual, on=keys, how="left", maintain_order="left")

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The latest due first."""
        return frame.sort("due_on", "action_code", "instance_no", descending=True)

    def said(self, rows: list[dict[str, Any]]) -> str:
        """How many are done, and how many of them late."""
        done = [row for row in rows if row["numerator"]]
        late = sum(not row["on_time"] for row in done)
        return self.say("unitpage.actions.say", done=len(done), due=len(rows), late=late)

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """Action, its three days, its state."""
        state = _state(row)
        shown = Html(f'<span class="state-{state}">{self.say(f"state.{state}")}</span>')
        days = [self.on(row[name]) for name in ("due_on", "done_on", "reported_at")]
        return [self.called(row, "action_name"), *days, shown]


class Visited(Record):
    """The visits on site to the unit, the latest first."""

    view = "visited"
    counted = "visits_per_unit"
    columns = ("on", "purpose", "interviews", "told")

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The latest first."""
        return frame.sort("visited_on", descending=True)

    def said(self, rows: list[dict[str, Any]]) -> str:
        """How many, and when the last was."""
        last = day(rows[0]["visited_on"], self.look.language)
        return self.say("unitpage.visited.say", n=len(rows), day=last)

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """Day, purpose, interviews, day of the report."""
        interviews = row["interview_count"]
        return [
            self.on(row["visited_on"]),
            self.code("purpose", row["purpose"]),
            (count(interviews), interviews),
            self.on(row["reported_at"]),
        ]


class Found(Record):
    """The unit's problems with what became of each, the oldest first."""

    view = "found"
    counted = "rectification_rate"
    columns = ("problem", "category", "on", "due", "closed", "step")

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The oldest first."""
        return frame.sort("found_on", "problem_id")

    def said(self, rows: list[dict[str, Any]]) -> str:
        """How many are struck off."""
        return self.say("unitpage.found.say", n=len(rows), closed=sum(bool(row["numerator"]) for row in rows))

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """Problem, category, its days, the last step."""
        named = row["title_zh"] if self.look.language == "zh" else row["problem_id"]
        return [
            str(named or row["problem_id"]),
            self.code("category", row["category"]),
            *(self.on(row[name]) for name in ("found_on", "due_on", "closed_on")),
            self.code("step", row["last_step"]),
        ]


class LeftOut(Record):
    """The parts of the unit's actions that a check did not find or that nobody has checked."""

    view = "left-out"
    counted = "content_coverage"
    columns = ("action", "part", "done", "check")

    def answer(self) -> pl.DataFrame:
        """The rows behind I04 of this unit that are not covered."""
        return super().answer().filter(pl.col("numerator") == 0)

    def said(self, rows: list[dict[str, Any]]) -> str:
        """How many."""
        return self.say("unitpage.left-out.say", n=len(rows))

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """Action, part, day done, what the check found."""
        return [
            self.called(row, "action_name"),
            self.called(row, "item_name"),
            self.on(row["done_on"]),
            self.code("found", row["check_state"]),
        ]


class Inspected(Record):
    """Inspections of the unit by all bodies, with those that overlap."""

    view = "inspected"
    counted = "inspection_overlap"
    columns = ("body", "kind", "from", "to", "overlap")

    def ordered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The latest first."""
        return frame.sort("inspection_from", descending=True)

    def said(self, rows: list[dict[str, Any]]) -> str:
        """How many, and how many overlap with another body's."""
        overlapping = sum(bool(row["numerator"]) for row in rows)
        return self.say("unitpage.inspected.say", n=len(rows), overlapping=overlapping)

    def cells(self, row: dict[str, Any]) -> list[Cell]:
        """Body, kind, days, the other body."""
        other = row[f"other_body_name_{self.look.language}"]
        return [
            self.called(row, "body_name"),
            self.code("inspection", row["inspection_kind"]),
            self.on(row["inspection_from"]),
            self.on(row["inspection_to"]),
            other or "\u2013",
        ]


def _state(row: dict[str, Any]) -> str:
    if row["numerator"]:
        return "on_time" if row["on_time"] else "late"
    return {"not_reported": "not_reported", "not_done": "overdue"}.get(row["state"], "open")
