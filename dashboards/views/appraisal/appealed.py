"""Appeals: what each is against, what became of it, and the mark with and without the point."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.marking import appeals_of, gained, mark, term
from dashboards.markup import Cell, Html, click, grid
from dashboards.theme import Mark
from dashboards.view import View

STATES = {"pending": Mark("\u25d4", "warn"), "upheld": Mark("\u2713", "good"), "rejected": Mark("\u2715", "muted")}
"""In the order in which they are listed: what is still to be decided first."""


class AppealList(View):
    """One row per appeal; both marks are added up anew from the events."""

    view = "appeals"
    shape = "card wide"
    indicator = "coursework_mark"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The appeals of the term, those not decided first."""
        order = pl.col("appealed").replace_strict({state: at for at, state in enumerate(STATES)}, default=len(STATES))
        return appeals_of(self.store).sort(order, "occurred_on", "event_id")

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table."""
        title = self.say("appeals.title")
        if answer.is_empty():
            return self.nothing(title, self.say("appeals.none") if term(self.store) else "")
        counts = {state: count(answer.filter(pl.col("appealed") == state).height) for state in STATES}
        finding = self.say("appeals.say", n=answer.height, all=count(answer.height), **counts)
        heads = ("unit", "group", "rule", "day", "points", "state", "with", "without", "stands")
        table = grid(
            [self.say(f"appeals.head.{head}") for head in heads], [self._line(row) for row in answer.to_dicts()]
        )
        return {"html": self.head(title, finding, self.say("appeals.legend")) + table}

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        appealed = row["appealed"]
        state, words = STATES[appealed], self.say(f"appeals.{appealed}")
        opens = esc(self.say("points.open"))
        rule = esc(row[f"rule_name_{self.look.language}"])
        told = click({"pick": {"place": row["unit_id"], "event": row["event_id"]}})
        return [
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            Html(f'<button {told} title="{opens}">{rule}</button>'),
            (day(row["occurred_on"], self.look.language, year=False), row["occurred_on"]),
            (gained(row["points"]), row["points"]),
            Html(f'<span class="tone-{state.tone}">{state.glyph}</span> {words}'),
            *((mark(row[name]), row[name]) for name in ("mark_counted", "mark_struck", "coursework_mark")),
        ]
