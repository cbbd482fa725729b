"""Decisions that a later snapshot words, aims or dates otherwise: what, who, when, and when it was known."""

from typing import Any

import polars as pl

from dashboards.dossier import readings_changed, term_name, term_said
from dashboards.formats import NONE, count, day
from dashboards.markup import Cell, Html, grid
from dashboards.view import View
from queries.restatements import DECIDED

SHOWN = 120


class Rewritten(View):
    """One row per change of a wording, a target or a deadline, the latest known first."""

    view = "rewritten"
    shape = "card wide"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The changed readings of the decisions themselves."""
        found = readings_changed(self.store).filter(pl.col("term").is_in(DECIDED))
        return found.sort("known_on", "matter_id", descending=[True, False])

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table with both readings, both clocks and who asked."""
        title = self.say("rewritten.title")
        if answer.is_empty():
            return self.nothing(title, self.say("rewritten.none"))
        heads = ("matter", "term", "before", "now", "by", "granted", "on", "known", "days")
        lines = map(self._line, answer.head(SHOWN).to_dicts())
        legend = self.say("rewritten.legend", n=count(min(SHOWN, answer.height)), all=count(answer.height))
        return {
            "html": self.head(title, self._finding(answer), legend)
            + grid([self.say(f"rewritten.head.{head}") for head in heads], lines)
        }

    def _finding(self, answer: pl.DataFrame) -> str:
        moved = answer.filter(pl.col("term").is_in(["due", "due_original"])).height
        waited = answer.select((pl.col("known_on") - pl.col("happened_on")).dt.total_days()).to_series().drop_nulls()
        values = {"deadlines": count(moved), "rest": count(answer.height - moved)}
        said = self.say("rewritten.say", n=answer.height, **values)
        longest = int(waited.max()) if waited.len() else None
        return self.sentences(said, "" if longest is None else self.say("rewritten.waited", n=longest))

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language, happened = self.look.language, row["happened_on"]
        waited = (row["known_on"] - happened).days if happened else None
        unknown = self.say("rewritten.nobody") if row["term"] == "due" else NONE
        return [
            self.matter_name(row),
            term_name(self.store, row),
            term_said(self.store, row, "said_before"),
            term_said(self.store, row, "said"),
            row[f"asked_by_{language}"] or unknown,
            row[f"granted_by_{language}"] or unknown,
            self._on(happened),
            self._on(row["known_on"]),
            (count(waited), waited),
        ]

    def _on(self, value: Any) -> Html:
        return Html(f'<span data-at="{value or ""}">{day(value, self.look.language)}</span>')
