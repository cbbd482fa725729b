"""The elements that did not come down as decided: where they left the decision, and what is asked for instead."""

from typing import Any

import polars as pl

from dashboards.dossier import amount, level_name
from dashboards.formats import NONE, count, percent
from dashboards.markup import Cell, Html, click, grid
from dashboards.text import known
from dashboards.theme import ELEMENTS
from dashboards.view import View
from queries.departures import KEPT, departures

SHOWN = 120


class Departed(View):
    """One row per element, those that moved furthest first; a picked state narrows it."""

    view = "departed"
    shape = "card wide"
    indicator = "drift"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The elements in the picked state at the lowest level, else all not as decided; and how many in all."""
        found, state = self.store.answers.listing(departures), self._state()
        chosen = found.filter(pl.col("state") == state if state else pl.col("state") != KEPT)
        far = pl.when(pl.col("state") == "dropped").then(pl.lit(float("inf"))).otherwise((pl.col("ratio") - 1).abs())
        return {
            "all": found.height,
            "rows": chosen.sort(far, "matter_id", "element_no", descending=[True, False, False], nulls_last=True),
        }

    def _state(self) -> str:
        picked = self.store.picks.get("aspect", "")
        return picked if picked in ELEMENTS else ""

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table; what narrows it stands above it and can be taken back."""
        rows, title = answer["rows"], self.say("departed.title")
        if rows.is_empty():
            shown = self.nothing(title, self.say("departed.none" if answer["all"] else "drift.none"))
            return shown | {"html": shown["html"] + self._narrowed()}
        matters = rows["matter_id"].n_unique()
        finding = self.say("departed.say", n=rows.height, all=count(answer["all"]), matters=count(matters))
        legend = self.say("departed.shown", n=count(min(SHOWN, rows.height)), all=count(rows.height))
        heads = ("matter", "element", "decided", "restated", "ratio", "state", "left", "body", "group")
        table = grid(
            [self.say(f"departed.head.{head}") for head in heads], map(self._line, rows.head(SHOWN).to_dicts())
        )
        return {"html": self.head(title, finding, legend) + self._narrowed() + table}

    def _narrowed(self) -> str:
        state = self._state()
        if not state:
            return ""
        word = known(self.look.language, f"element.{state}")
        button = f'<button class="chip" aria-pressed="true" {click({"pick": {"aspect": state}})}>{word} \u2715</button>'
        return f'<div class="chips" role="group" aria-label="{self.say("listed.only")}">{button}</div>'

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        lowest = level_name(self.store, row["level"])
        mark, word = ELEMENTS[row["state"]], known(language, f"element.{row['state']}")
        return [
            self.matter_name(row),
            known(language, f"category.{row['category']}") or row["category"],
            self._value(row, "decided_value"),
            self._value(row, "restated_value"),
            (percent(row["ratio"], 0) if (row["ratio"] or 0) >= 0 else f"{row['ratio']:.0%}", row["ratio"]),
            Html(f'<span class="tone-{mark.tone}">{mark.glyph} {word}</span> \u00b7 {lowest}'),
            level_name(self.store, row["left_at"]),
            self.body_name(row, NONE),
            self.group_name(row["group_id"]),
        ]

    def _value(self, row: dict[str, Any], name: str) -> Cell:
        shown = NONE if row[name] is None else f"{amount(row[name])} {row['unit_of_measure'] or ''}".strip()
        return (shown, row[name])
