"""The problems themselves: the open ones, the oldest first, or those of a step or category that is picked."""

from typing import Any

import polars as pl

from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, click, grid
from dashboards.text import known
from dashboards.theme import STATES, Mark
from dashboards.view import View
from queries import problems

SHOWN = 120
OPEN = pl.col("closed_on").is_null()
CLOSED = pl.col("first_closed_on").is_not_null()
PICKED = {
    "found": pl.lit(True),
    "claimed": CLOSED | pl.col("claimed_on").is_not_null(),
    "closed": CLOSED,
    "returned": CLOSED & (pl.col("reopened_on").is_not_null() | pl.col("recurred_on").is_not_null()),
}
"""The steps that can be picked, as the bars of the flow count them; without one the open problems are listed."""
MARKS = {
    "held": STATES["on_time"],
    "returned": STATES["contradictory"],
    "waiting": Mark("\u25d5", "warn"),
    "refused": STATES["withheld"],
    "reopened": STATES["not_done"],
    "under_way": STATES["in_progress"],
    "unanswered": STATES["not_reported"],
}


class ProblemList(View):
    """One row per problem: what, where, how old, due when, and how it stands."""

    view = "problem_list"
    shape = "card wide"
    indicator = "claimed_unverified_share"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The problems of the picked step and category, the oldest first."""
        found = self.store.answers.listing(problems)
        found = found.filter(PICKED.get(self.store.picks.get("state", ""), OPEN))
        category = self._category()
        return found.filter(pl.col("category") == category) if category else found

    def _category(self) -> str:
        picked = self.store.picks.get("category", "")
        return picked if known(self.look.language, f"category.{picked}") else ""

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table; what narrows it stands above it and can be taken back."""
        step = self.store.picks.get("state", "")
        title = self.say(f"listed.{step}" if step in PICKED else "listed.open")
        if answer.is_empty():
            shown = self.nothing(title, self.say("listed.none"))
            return shown | {"html": shown["html"] + self._narrowed()}
        overdue = answer.filter(self._overdue()).height
        finding = self.say("listed.say", n=answer.height, all=count(answer.height), overdue=count(overdue))
        legend = self.say("listed.shown", n=count(min(SHOWN, answer.height)), all=count(answer.height))
        heads = ("title", "state", "unit", "group", "category", "term", "found", "age", "due", "days")
        table = grid(
            [self.say(f"listed.head.{head}") for head in heads],
            [self._line(row) for row in answer.head(SHOWN).iter_rows(named=True)],
        )
        return {"html": self.head(title, finding, legend) + self._narrowed() + table}

    def _overdue(self) -> pl.Expr:
        return OPEN & (pl.col("due_on") < self.store.events_until)

    def _narrowed(self) -> str:
        """What narrows the list, each as a button that takes it back."""
        step, category = self.store.picks.get("state", ""), self._category()
        chosen = [({"state": step}, self.say(f"flow.{step}"))] if step in PICKED else []
        chosen += (
            [({"category": category}, known(self.look.language, f"category.{category}") or category)]
            if category
            else []
        )
        buttons = "".join(
            f'<button class="chip" aria-pressed="true" {click({"pick": pick})}>{esc(name)} \u2715</button>'
            for pick, name in chosen
        )
        return (
            f'<div class="chips" role="group" aria-label="{self.say("listed.only")}">{buttons}</div>' if chosen else ""
        )

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language, until = self.look.language, self.store.events_until
        late = (until - row["due_on"]).days if row["due_on"] and row["closed_on"] is None else None
        tag = f' <span class="tag">{self.say("categories.mosts")}</span>' if row["three_mosts"] else ""
        state = _state(row)
        mark = MARKS[state]
        return [
            Html(f"{esc(row['title_zh'])}{tag}"),
            Html(f'<span class="{mark.tone}">{mark.glyph}</span> {self.say(f"listed.state.{state}")}'),
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            known(language, f"category.{row['category']}") or row["category"],
            known(language, f"term.{row['term']}") or row["term"],
            (day(row["found_on"], language), row["found_on"]),
            (count(row["open_days"]), row["open_days"]),
            (day(row["due_on"], language) if row["due_on"] else NONE, row["due_on"]),
            (count(late) if late is not None and late > 0 else NONE, late),
        ]


def _state(row: dict[str, Any]) -> str:
    """How a problem stands; one that is closed stands closed, unless it was found again."""
    if row["closed_on"] is not None:
        return "returned" if row["recurred_on"] else "held"
    if row["is_claimed"]:
        return "waiting"
    states = {"withheld": "refused", "not_done": "reopened", "not_reported": "unanswered"}
    return states.get(row["state"], "under_way")
