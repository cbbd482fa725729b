"""The actions behind the matrix: what is late, not done or not reported, and what is picked."""

from typing import Any, Final

import polars as pl

from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, click, grid
from dashboards.theme import STATES
from dashboards.view import View
from queries import outcomes
from queries.outcomes import FAULTS, OUTCOMES

SHOWN: Final = 60


class Witnesses(View):
    """One row per action that is not as it should be, or, of what is picked in the matrix, per cell."""

    view = "witnesses"
    shape = "card wide"
    indicator = "on_time_rate"
    tools = ("csv",)
    shortened = True

    def answer(self) -> pl.DataFrame:
        """The outcomes picked, the worst first: the picked cell, or the faults of the picked action or state."""
        frame = self.store.answers.listing(outcomes)
        picks = self.store.picks
        wanted = []
        if "action" in picks:
            wanted.append(pl.col("action_no") == picks["action"])
        if "place" in picks:
            wanted.append(pl.col("unit_id") == picks["place"])
        elif picks.get("state") in OUTCOMES:
            wanted.append(pl.col("outcome") == picks["state"])
        else:
            wanted.append(pl.col("is_due") & pl.col("outcome").is_in(FAULTS))
        ranks = {outcome: rank for rank, outcome in enumerate(FAULTS)}
        worst = pl.col("outcome").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64)
        return frame.filter(wanted).sort(
            [worst, pl.col("days_late"), "due_on", "unit_id", "action_code"],
            descending=[False, True, False, False, False],
            nulls_last=True,
            maintain_order=True,
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table of the first rows; what is picked stands above it and can be let go there."""
        title, picked = self.say("witness.title"), self._picked(answer)
        if answer.is_empty():
            return {"html": self.head(title, self.say("witness.none"), picked), "empty": True}
        finding = self.say("witness.say", n=answer.height, of=count(answer.height))
        more = ""
        if answer.height > SHOWN:
            more = f'<p class="legend" data-more>{self.say("witness.more", shown=SHOWN, of=count(answer.height))}</p>'
        return {
            "html": self.head(title, finding, picked or self.say("witness.legend"))
            + more
            + self._table(answer.head(SHOWN))
        }

    def twin(self, answer: pl.DataFrame) -> str:
        """All rows, for the file."""
        return self._table(answer)

    def _picked(self, answer: pl.DataFrame) -> str:
        """What is picked, each as a button that lets it go."""
        picks, language = self.store.picks, self.look.language
        shown = []
        if "place" in picks:
            units = self.store.every_unit().filter(pl.col("unit_id") == picks["place"])
            shown.append(("place", next(iter(units[f"name_{language}"]), picks["place"])))
        elif picks.get("state") in OUTCOMES:
            shown.append(("state", self.say(f"outcome.{picks['state']}")))
        if "action" in picks:
            named = dict(answer.select("action_no", f"action_name_{language}").iter_rows())
            code = picks["action"].split(".")[0]
            actions = self.store.answers.names("actions", language)
            shown.append(("action", named.get(picks["action"]) or actions.get(code, code)))
        return "".join(
            f'<button class="toggle" {click({"pick": {kind: picks[kind]}})} aria-pressed="true">'
            f"{esc(name)} \u00d7</button>"
            for kind, name in shown
        )

    def _table(self, frame: pl.DataFrame) -> str:
        heads = ("unit", "group", "action", "due", "done", "days", "state", "data")
        return grid(
            [self.say(f"witness.{head}") for head in heads], [self._row(row) for row in frame.iter_rows(named=True)]
        )

    def _row(self, row: dict[str, Any]) -> list[Cell]:
        language, mark = self.look.language, STATES[row["outcome"]]
        late = row["days_late"]
        open_still = row["is_due"] and row["done_on"] is None
        state = f'<span class="tone-{mark.tone}">{mark.glyph}</span> {self.say("outcome." + row["outcome"])}'
        return [
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            row[f"action_name_{language}"],
            (day(row["due_on"], language), row["due_on"] or ""),
            (day(row["done_on"], language), row["done_on"] or ""),
            (NONE if late is None else self.say("witness.at_least", days=late) if open_still else count(late), late),
            Html(state),
            self.say("immature" if row["is_immature"] else "mature"),
        ]
