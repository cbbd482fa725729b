"""The four duties: what the visits were for, and how many were aimed at a particular action."""

from typing import Any, Final

import polars as pl

from dashboards.charts import Piece, StackChart, share_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid, key
from dashboards.store import one
from dashboards.text import known

DUTIES: Final = ("guide", "urge", "serve", "check")


class Duties(StackChart):
    """Visits by purpose (guide, urge, serve, check), a bar per group; to the right the share with a target."""

    view = "duties"
    indicator = "targeted_visit_share"
    height = 330

    def answer(self) -> dict[str, Any]:
        """Per group and purpose the visits; the share aimed at an action, by group and for all."""
        rows = self.store.answers.rows(self.indicator)
        return {
            "purposes": dict(
                ((group, purpose), n) for group, purpose, n in rows.group_by("group_id", "purpose").len().iter_rows()
            ),
            "targeted": self.store.ask(self.indicator, "group").filter(pl.col("denominator") > 0),
            "all": one(self.store.ask(self.indicator)),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups in their usual order."""
        title, frame = self.say("duties.title"), answer["targeted"]
        if frame.is_empty():
            return self.nothing(title, self.say("depth.none"))
        tones = self.look.series
        pieces = [
            Piece(
                row=row["group_id"],
                size=(n := answer["purposes"].get((row["group_id"], duty), 0)) / row["denominator"],
                text=percent(n / row["denominator"], 0),
                words=f"{row['group_id']} · {known(self.look.language, f'purpose.{duty}')}: "
                f"{self.say('of', part=count(n), whole=count(row['denominator']))}",
                tone=tones[at],
                ink=self.look.colours["on-accent"],
            )
            for row in frame.iter_rows(named=True)
            for at, duty in enumerate(DUTIES)
        ]
        named = [(tones[at], known(self.look.language, f"purpose.{duty}") or duty) for at, duty in enumerate(DUTIES)]
        rows = [(row["group_id"], f"{row['group_id']}  n {count(row['denominator'])}") for row in frame.to_dicts()]
        right = [percent(value, 0) for value in frame["value"].to_list()]
        total = answer["all"]
        finding = self.say(
            "duties.say",
            rate=percent(total["value"]),
            part=count(total["numerator"]),
            of=count(total["denominator"]),
            n=total["denominator"],
        )
        return {
            "html": self.head(title, finding, key(named) + self.say("duties.legend")),
            "figure": self.figure(pieces, rows, share_axis(0, 1), right),
        }

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        language = self.look.language
        heads = [self.say("twin.group"), *(known(language, f"purpose.{duty}") or duty for duty in DUTIES)]
        heads += [self.say("depth.visits"), self.say("duties.targeted")]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((count(n), n) for n in (answer["purposes"].get((row["group_id"], duty), 0) for duty in DUTIES)),
                (count(row["denominator"]), row["denominator"]),
                (percent(row["value"]), row["value"]),
            ]
            for row in answer["targeted"].iter_rows(named=True)
        ]
        return grid(heads, lines)
