"""The items of the plans one by one, to be narrowed down by aspect and state."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.markup import Cell, Html, click, grid
from dashboards.text import known
from dashboards.theme import STATES
from dashboards.view import View

SHOWN = 120
PRESSING = ("not_reported", "in_progress", "not_due", "not_done", "done")
"""The order of the list: what is past its day without a word first, what is done last."""

ASPECTS = ("content", "timetable", "discipline", "other")


class PlanItems(View):
    """One row per item of a plan: group, item, aspect, due day, state; buttons choose an aspect and a state."""

    view = "items"
    shape = "card wide"
    indicator = "plan_progress"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The rows behind I19: one row per item."""
        return self.store.answers.rows("plan_progress")

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The buttons with their counts, and the first of the items chosen."""
        title = self.say("items.title")
        if self.store.selection.unit_types:
            return self.nothing(title, self.say("plan.of_group"))
        if answer.is_empty():
            return self.nothing(title, self.say("plan.none"))
        aspect, state = self._picked("aspect", ASPECTS), self._picked("state", PRESSING)
        chosen = answer.filter(
            *[pl.col("aspect") == aspect for _ in range(aspect is not None)],
            *[pl.col("state") == state for _ in range(state is not None)],
        )
        finding = self.say("items.say", n=chosen.height, whole=count(answer.height))
        if chosen.height > SHOWN:
            finding += self.say("items.more", shown=SHOWN)
        html = self.head(title, finding, self.say("items.legend")) + self._buttons(answer, aspect, state)
        return {"html": html + (self._table(chosen) if chosen.height else "")}

    def _picked(self, kind: str, known_ones: tuple[str, ...]) -> str | None:
        picked = self.store.picks.get(kind)
        return picked if picked in known_ones else None

    def _buttons(self, frame: pl.DataFrame, aspect: str | None, state: str | None) -> str:
        done = frame.group_by("aspect").agg(pl.len(), pl.col("numerator").sum())
        by_aspect = {name: f"{met}/{whole}" for name, whole, met in done.iter_rows()}
        by_state = {name: count(whole) for name, whole in frame.group_by("state").len().iter_rows()}
        rows = [
            ("aspect", [name for name in ASPECTS if name in by_aspect], by_aspect, aspect),
            ("state", [name for name in PRESSING if name in by_state], by_state, state),
        ]
        made = ""
        for kind, present, counts, picked in rows:
            buttons = "".join(self._button(kind, name, counts[name], name == picked) for name in present)
            label = self.say(f"items.by_{kind}")
            made += f'<div class="toggles" role="group" aria-label="{label}"><span>{label}</span>{buttons}</div>'
        return made

    def _button(self, kind: str, name: str, counted: str, pressed: bool) -> str:
        told = click({"pick": {kind: name}})
        words = self._aspect(name) if kind == "aspect" else self._state(name)
        state = f'aria-pressed="{str(pressed).lower()}"'
        return f'<button class="toggle" {told} {state}>{words} <small>{counted}</small></button>'

    def _table(self, frame: pl.DataFrame) -> str:
        order = {name: place for place, name in enumerate(PRESSING)}
        pressing = pl.col("state").replace_strict(order, default=len(order), return_dtype=pl.Int64)
        first = frame.sort(
            pressing, pl.col("due_on").fill_null(pl.date(9999, 1, 1)), "group_id", "plan_no", "plan_item_no"
        )
        heads = ("group", "item_no", "item", "aspect", "item_due", "item_done", "item_state")
        lines = [self._line(row) for row in first.head(SHOWN).iter_rows(named=True)]
        return grid([self.say(f"twin.{head}") for head in heads], lines)

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language, due, done = self.look.language, row["due_on"], row["done_on"]
        state = row["state"]
        if state == "done":
            state = "late" if due is not None and done > due else "on_time"
        return [
            self.group_name(row["group_id"]),
            (count(row["plan_item_no"]), row["plan_item_no"]),
            row["item_title"],
            self._aspect(row["aspect"]),
            (day(due, language), due.isoformat() if due else None),
            (day(done, language), done.isoformat() if done else None),
            self._state(state),
        ]

    def _state(self, mark: str) -> Html:
        """A glyph and words; of what is done the glyph tells whether it was in time."""
        glyph = STATES.get(mark, STATES["on_time"])
        words = self.say(f"items.state.{mark}")
        return Html(f'<span class="tone-{glyph.tone}" aria-hidden="true">{glyph.glyph}</span> {words}')

    def _aspect(self, aspect: str) -> str:
        return esc(known(self.look.language, f"aspect.{aspect}") or aspect)
