"""What was decided, what each level made of it, and what was reached: element by element."""

from typing import Any

import polars as pl

from dashboards.dossier import amount, level_name, matter_of, mine
from dashboards.formats import NONE, day, esc, names, percent
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.theme import ELEMENTS
from dashboards.view import View


class MatterElements(View):
    """One row per element; its levels beside one another with the state in a glyph, a word and the value."""

    view = "matter_elements"
    shape = "card wide"
    indicator = "retention_rate"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The matter's elements by level, and of each what was reached and by how much it falls short."""
        answers = self.store.answers
        told = mine(self.store, answers.rows("retention_rate")).sort("element_no", "level")
        keys = ["matter_id", "element_no"]
        reached = mine(self.store, answers.rows("deadline_drift")).select(*keys, "achieved_on")
        short = mine(self.store, answers.rows("result_shortfall"))
        found = reached.join(short.select(*keys, "achieved_value", "shortfall"), on=keys, how="left")
        return {
            "told": told.to_dicts(),
            "levels": told.filter(pl.col("level") > 0)["level"].unique().sort().to_list(),
            "reached": {row["element_no"]: row for row in found.to_dicts()},
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table."""
        title = self.say("elements.title")
        if not answer["told"]:
            chosen = matter_of(self.store)
            return self.nothing(title, self.say("elements.none" if chosen else "matter.choose"))
        elements: dict[int, dict[int, dict[str, Any]]] = {}
        for row in answer["told"]:
            elements.setdefault(row["element_no"], {})[row["level"]] = row
        levels = [level_name(self.store, level) for level in answer["levels"]]
        heads = [self.say(f"elements.head.{head}") for head in ("kind", "decided")]
        heads += [self.say("elements.head.level", level=level) for level in levels]
        heads += [self.say(f"elements.head.{head}") for head in ("reached", "on", "short")]
        lines = [self._line(answer, no, by_level) for no, by_level in sorted(elements.items())]
        words = {state: known(self.look.language, f"element.{state}") for state in ELEMENTS}
        legend = " · ".join(f"{mark.glyph} {words[state]}" for state, mark in ELEMENTS.items())
        head = self.head(title, self._finding(elements), f"{legend} · {self.say('elements.legend')}")
        return {"html": head + grid(heads, lines)}

    def _finding(self, elements: dict[int, dict[int, dict[str, Any]]]) -> str:
        """How many came down as decided, and which did not."""
        handed = {no: by_level for no, by_level in elements.items() if max(by_level) > 0}
        if not handed:
            return self.say("elements.undelivered", n=len(elements))
        lost = [
            self._kind(by_level[max(by_level)])
            for by_level in handed.values()
            if by_level[max(by_level)]["element_state"] != "kept"
        ]
        if not lost:
            return self.say("elements.all", n=len(handed))
        kept = len(handed) - len(lost)
        return self.say("elements.some", n=len(handed), kept=kept, lost=names(lost, self.look.language))

    def _kind(self, row: dict[str, Any]) -> str:
        return esc(known(self.look.language, f"category.{row['category']}") or row["category"])

    def _line(self, answer: dict[str, Any], no: int, by_level: dict[int, dict[str, Any]]) -> list[Cell]:
        first = by_level[min(by_level)]
        unit = first["unit_of_measure"]
        reached = answer["reached"].get(no, {})
        short = reached.get("shortfall")
        on = reached.get("achieved_on")
        return [
            Html(self._kind(first)),
            self._value(first["decided_value"], unit),
            *(self._cell(by_level.get(level), unit) for level in answer["levels"]),
            self._value(reached.get("achieved_value"), unit),
            Html(f'<span data-at="{on or ""}">{day(on, self.look.language)}</span>'),
            (percent(None if short is None else float(short), 0), None if short is None else float(short)),
        ]

    def _value(self, value: float | None, unit: str | None) -> Cell:
        return (NONE if value is None else f"{amount(value)} {unit or ''}".strip(), value)

    def _cell(self, row: dict[str, Any] | None, unit: str | None) -> Cell:
        if row is None:
            return NONE
        mark = ELEMENTS[row["element_state"]]
        word = known(self.look.language, f"element.{row['element_state']}")
        given = row["restated_value"]
        value = "" if given is None else esc(f" {amount(given)} {unit or ''}")
        return Html(f'<span class="tone-{mark.tone}">{mark.glyph} {word}</span>{value}')
