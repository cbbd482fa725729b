"""Every event behind one unit's mark: what it gives, whether it counts, and the row that it stands on."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.marking import event_of, gained, points_of, term, unit_row
from dashboards.markup import Cell, Html, click, grid
from dashboards.theme import STATES
from dashboards.view import View

MARKS = {
    "counts": STATES["on_time"],
    "part": STATES["late"],
    "capped": STATES["not_applicable"],
    "superseded": STATES["not_due"],
    "upheld": STATES["withheld"],
    "no_rule": STATES["not_reported"],
}


class PointList(View):
    """One row per event, the newest first; its rule is a button that shows the evidence beside."""

    view = "points"
    indicator = "coursework_mark"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The unit and its events."""
        unit = unit_row(self.store) if term(self.store) else {}
        points = points_of(self.store) if unit else pl.DataFrame()
        latest_first = points.sort("occurred_on", "event_id", descending=True) if unit else points
        return {"unit": unit, "points": latest_first, "opened": event_of(self.store).get("event_id") if unit else None}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table."""
        unit, points, title = answer["unit"], answer["points"], self.say("points.title")
        if not unit:
            return self.nothing(title)
        title = self.say("points.title.unit", unit=esc(unit[f"unit_name_{self.look.language}"]))
        if points.is_empty():
            return self.nothing(title, self.say("points.none"))
        counting = points.filter(pl.col("counted") != 0).height
        finding = self.say("points.say", n=points.height, events=count(points.height), counting=count(counting))
        heads = [self.say(f"points.head.{head}") for head in ("day", "rule", "points", "counted", "state")]
        table = grid(heads, [self._line(row, answer["opened"]) for row in points.to_dicts()])
        return {"html": self.head(title, finding, self.say("points.legend")) + table}

    def _line(self, row: dict[str, Any], opened: str | None) -> list[Cell]:
        on = row["occurred_on"]
        return [
            (day(on, self.look.language, year=False), on),
            self._rule(row, row["event_id"] == opened),
            ("\u2013" if row["points"] is None else gained(row["points"]), row["points"]),
            (gained(row["counted"]), row["counted"]),
            self._state(row),
        ]

    def _rule(self, row: dict[str, Any], is_open: bool) -> Html:
        name = esc(row[f"rule_name_{self.look.language}"] or row["rule_code"])
        pressed = str(is_open).lower()
        words = esc(self.say("points.open"))
        told = click({"pick": {"event": row["event_id"]}})
        button = f'<button class="open" {told} aria-pressed="{pressed}" title="{words}">{name}</button>'
        return Html(f"{button} {self._tag('points.support')}" if row["is_support"] else button)

    def _state(self, row: dict[str, Any]) -> Html:
        state, appealed = row["state"], row["appealed"]
        mark, words = MARKS[state], esc(self.say(f"points.state.{state}"))
        said = f'<span class="tone-{mark.tone}">{mark.glyph}</span> {words}'
        if appealed in ("pending", "rejected"):
            said += " " + self._tag(f"appeals.{appealed}")
        return Html(said)

    def _tag(self, key: str) -> str:
        return f'<span class="tag">{esc(self.say(key))}</span>'
