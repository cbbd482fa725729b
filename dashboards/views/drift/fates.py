"""What each level made of the elements: kept, altered, dropped, not restated."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.dossier import level_name
from dashboards.formats import count, percent
from dashboards.markup import Cell, click, grid, key
from dashboards.text import known
from dashboards.theme import ELEMENTS


class ElementFates(StackChart):
    """A bar per level from zero, in elements; its buttons choose what the list below holds."""

    view = "fates"
    indicator = "element_altered_share"
    height = 240
    usual_rows = 4

    def answer(self) -> pl.DataFrame:
        """One row per level below the decision and state, with its count."""
        told = self.store.answers.rows("retention_rate").filter(pl.col("level") > 0)
        return told.group_by("level", state="element_state").len().sort("level")

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A bar per level."""
        title = self.say("fates.title")
        if answer.is_empty():
            return self.nothing(title, self.say("drift.none"))
        tones = self._tones()
        counts = {(row["level"], row["state"]): row["len"] for row in answer.to_dicts()}
        levels = answer["level"].unique().sort().to_list()
        totals = {level: sum(n for (at, _), n in counts.items() if at == level) for level in levels}
        pieces = [
            Piece(
                str(level),
                float(counts.get((level, state), 0)),
                count(counts.get((level, state), 0)),
                f"{level_name(self.store, level)} · {self._word(state)}: {count(counts.get((level, state), 0))} · "
                f"{percent(counts.get((level, state), 0) / totals[level], 0)}",
                *tones[state],
            )
            for level in levels
            for state in ELEMENTS
        ]
        marks = [(tones[state][0], f"{ELEMENTS[state].glyph} {self._word(state)}") for state in ELEMENTS]
        head = self.head(
            title, self._finding(counts, totals), key(marks, self.say("fates.legend", n=sum(totals.values())))
        )
        figure = self.figure(
            pieces,
            [(str(level), level_name(self.store, level)) for level in levels],
            days_axis(max(totals.values())),
            [f"n {count(totals[level])}" for level in levels],
        )
        return {"html": head + self._buttons(answer), "figure": figure}

    def _tones(self) -> dict[str, tuple[str, str]]:
        """The colour of a state's bar and of the number in it."""
        colours, sequence = self.look.colours, self.look.sequence
        return {
            "kept": (colours["good-soft"], colours["ink"]),
            "altered": (sequence[2], colours["ink"]),
            "dropped": (colours["bad-soft"], colours["ink"]),
            "not_restated": (colours["idle"], colours["ink"]),
        }

    def _word(self, state: str) -> str:
        return known(self.look.language, f"element.{state}") or state

    def _finding(self, counts: dict[tuple[int, str], int], totals: dict[int, int]) -> str:
        last = max(totals)
        values = {state: count(counts.get((last, state), 0)) for state in ELEMENTS}
        return self.say("fates.say", n=totals[last], level=level_name(self.store, last), **values)

    def _buttons(self, answer: pl.DataFrame) -> str:
        picked = self.store.picks.get("aspect", "")
        there = set(answer["state"].to_list())
        buttons = "".join(
            self._button(state, state == picked) for state in ELEMENTS if state in there or state == picked
        )
        return f'<div class="toggles" role="group" aria-label="{self.say("fates.pick")}">{buttons}</div>'

    def _button(self, state: str, pressed: bool) -> str:
        told = f'aria-pressed="{str(pressed).lower()}" {click({"pick": {"aspect": state}})}'
        return f'<button class="toggle" {told}>{ELEMENTS[state].glyph} {self._word(state)}</button>'

    def picked(self, name: str) -> None:
        """A level is no group: nothing is selected."""

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per level and state."""
        heads = [self.say(f"fates.head.{head}") for head in ("level", "state", "n")]
        lines: list[list[Cell]] = [
            [level_name(self.store, row["level"]), self._word(row["state"]), (count(row["len"]), row["len"])]
            for row in answer.to_dicts()
        ]
        return grid(heads, lines)
