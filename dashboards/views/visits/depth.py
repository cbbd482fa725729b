"""Depth: how many of the four strands each visit had, and how many talks."""

from typing import Any, Final

import polars as pl

from dashboards.charts import Piece, StackChart, share_axis
from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, grid, key
from dashboards.standing import proven_below
from dashboards.store import one

MOST: Final = 4


class Depth(StackChart):
    """Visits by number of strands (talks, files, meeting, problems raised), a bar per group."""

    view = "depth"
    indicator = "deep_visit_share"
    height = 330

    def answer(self) -> dict[str, Any]:
        """Per group and number of strands the visits; interviews per visit and deep share; the groups below chance."""
        counted = self.store.answers.rows(self.indicator).filter(pl.col("denominator") > 0)
        return {
            "strands": dict(
                ((group, strands), n)
                for group, strands, n in counted.group_by("group_id", "count_strands").len().iter_rows()
            ),
            "deep": self.store.ask(self.indicator, "group").filter(pl.col("denominator") > 0),
            "talks": self.store.ask("visit_depth", "group"),
            "all": one(self.store.ask(self.indicator)),
            "all_talks": one(self.store.ask("visit_depth")),
            "below": proven_below(self.store.answers, self.indicator),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups in their usual order; to the right interviews per visit."""
        title, deep = self.say("depth.title"), answer["deep"]
        if deep.is_empty():
            return self.nothing(title, self.say("depth.none"))
        totals = dict(deep.select("group_id", "denominator").iter_rows())
        talks = dict(answer["talks"].select("group_id", "value").iter_rows())
        tones = self._tones()
        pieces = [
            Piece(
                row=group,
                size=(n := answer["strands"].get((group, strands), 0)) / total,
                text=percent(n / total, 0),
                words=f"{group} · {self.say('depth.strands', n=strands)}: "
                f"{self.say('of', part=count(n), whole=count(total))}",
                tone=tones[strands][0],
                ink=tones[strands][1],
            )
            for group, total in totals.items()
            for strands in range(MOST + 1)
        ]
        named = [(tones[strands][0], self.say("depth.strands", n=strands)) for strands in range(MOST + 1)]
        legend = key(named) + self.say("depth.legend")
        rows = [(group, f"{group}  n {count(total)}") for group, total in totals.items()]
        right = [measure(talks.get(group), "interviews") for group in totals]
        return {
            "html": self.head(title, self._finding(answer), legend),
            "figure": self.figure(pieces, rows, share_axis(0, 1), right),
        }

    def _tones(self) -> list[tuple[str, str]]:
        """The colour of a visit without any strand, then of one to four, and that of the text on each."""
        steps, colours = self.look.sequence, self.look.colours
        light, dark = colours["on-accent"], colours["ink"]
        return [(colours["late"], light), (steps[0], dark), (steps[2], dark), (steps[4], light), (steps[5], light)]

    def _finding(self, answer: dict[str, Any]) -> str:
        total, talks = answer["all"], answer["all_talks"]
        said = [
            self.say(
                "depth.say",
                deep=percent(total["value"]),
                n=total["denominator"],
                of=count(total["denominator"]),
                talks=measure(talks.get("value"), "interviews"),
            )
        ]
        return self.sentences(*said, self.of_groups("depth.below", answer["below"]))

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = [self.say("twin.group"), *(self.say("depth.strands", n=n) for n in range(MOST + 1))]
        heads += [self.say(f"depth.{head}") for head in ("visits", "deep", "talks")]
        talks = dict(answer["talks"].select("group_id", "value").iter_rows())
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((count(n), n) for n in (answer["strands"].get((row["group_id"], at), 0) for at in range(MOST + 1))),
                (count(row["denominator"]), row["denominator"]),
                (percent(row["value"]), row["value"]),
                (measure(talks.get(row["group_id"]), "interviews"), talks.get(row["group_id"])),
            ]
            for row in answer["deep"].iter_rows(named=True)
        ]
        return grid(heads, lines)
