"""The decisions themselves: what was decided of which inspection or matter, and what became of it."""

from typing import Any

import polars as pl

from dashboards.formats import NONE, count, day, esc, stretch
from dashboards.markup import Cell, Html, click, grid
from dashboards.view import View
from queries.conferences import decisions

SHOWN = 60
ORDER = ("broken", "unknown", "pending", "replaced", "kept")
"""What was not kept stands first."""
TONES = {"broken": "bad", "unknown": "warn", "pending": "muted", "replaced": "muted", "kept": "accent"}


class DecisionList(View):
    """One row per decision: session, what was decided, of what, what is known, whether it was kept."""

    view = "decision_list"
    shape = "card wide"
    tools = ("csv", "png")
    shortened = True

    def answer(self) -> dict[str, Any]:
        """The decisions of the picked session, or all; those that were not kept first."""
        found = self.store.answers.listing(decisions)
        sessions = dict(found.select("conference_id", "held_on").unique().rows())
        picked = self.store.picks.get("session", "")
        chosen = found.filter(pl.col("conference_id") == picked) if picked in sessions else found
        rank = pl.col("outcome").replace_strict({name: at for at, name in enumerate(ORDER)})
        return {"found": chosen.sort(rank, maintain_order=True), "session": sessions.get(picked), "picked": picked}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table; the session that narrows it stands above it and can be taken back."""
        found, title = answer["found"], self.say("settled.title")
        if found.is_empty():
            return self.nothing(title, self.say("settled.none"))
        open_ones = found.filter(pl.col("outcome") != "kept").height
        finding = self.say("settled.say", n=open_ones) if open_ones else self.say("settled.all")
        more = ' <span data-more="1"></span>' if found.height > SHOWN else ""
        legend = self.say("settled.shown", n=count(min(SHOWN, found.height)), all=count(found.height)) + more
        return {"html": self.head(title, finding, legend) + self._narrowed(answer) + self._table(found.head(SHOWN))}

    def _narrowed(self, answer: dict[str, Any]) -> str:
        if answer["session"] is None:
            return ""
        button = (
            f'<button class="chip" aria-pressed="true" {click({"pick": {"session": answer["picked"]}})}>'
            f"{day(answer['session'], self.look.language)} \u2715</button>"
        )
        return f'<div class="chips" role="group" aria-label="{self.say("settled.only")}">{button}</div>'

    def twin(self, answer: dict[str, Any]) -> str:
        """All the decisions."""
        return self._table(answer["found"])

    def _table(self, frame: pl.DataFrame) -> str:
        heads = [self.say("settled.head.outcome"), self.say("decided.head.session"), self.say("settled.head.decision")]
        heads += [self.say("settled.head.about"), *(self.say(f"inspected.head.{name}") for name in ("unit", "group"))]
        heads += [self.say("settled.head.fact")]
        return grid(heads, [self._line(row) for row in frame.iter_rows(named=True)])

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        outcome = row["outcome"]
        unit = self.unit_name(row, "unit_name") if row["unit_name_zh"] else NONE
        return [
            Html(f'<span class="tone-{TONES[outcome]}">{self.say(f"decided.{outcome}")}</span>'),
            (day(row["held_on"], language, year=False), row["held_on"]),
            self.say(f"decision.{row['decision']}"),
            self._about(row),
            unit,
            self.group_name(row["group_id"]),
            self._fact(row),
        ]

    def _about(self, row: dict[str, Any]) -> Cell:
        if row["matter_id"] and row["matter_title_zh"]:
            return self.matter_name({"matter_id": row["matter_id"], "title_zh": row["matter_title_zh"]})
        name = row[f"body_name_{self.look.language}"] or row["inspection_id"] or row["matter_id"]
        return Html(esc(name) if name else NONE)

    def _fact(self, row: dict[str, Any]) -> str:
        language = self.look.language
        if row["matter_id"]:
            if row["handed_on"]:
                return self.say("settled.fact.handed", day=day(row["handed_on"], language, year=False))
            return self.say("settled.fact.before" if row["handed_before"] else "settled.fact.waiting")
        if row["plan_status"] is None:
            return NONE
        told = [self.say("settled.fact.planned", days=stretch(row["planned_from"], row["planned_to"], language))]
        if row["plan_status"] in ("merged", "cancelled"):
            told.append(self.say(f"settled.fact.{row['plan_status']}"))
        elif row["actual_from"]:
            told.append(self.say("settled.fact.begun", day=day(row["actual_from"], language, year=False)))
        return " · ".join(told)
