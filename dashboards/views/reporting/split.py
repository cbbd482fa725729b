"""Work late or told late: what became of every due action, by group."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, share_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid, key
from queries import work_and_news

PARTS = ("told", "told_late", "untimed", "late", "not_done", "in_progress", "not_reported", "unclear")
ALWAYS = ("told", "told_late", "late", "not_done", "not_reported")
"""Parts that stand in the key even when nothing is of them."""


class WorkOrNews(StackChart):
    """Shares of the due actions: told on time, told late, late, known not done, without report."""

    view = "worknews"
    indicator = "told_on_time_share"
    height = 350

    def answer(self) -> pl.DataFrame:
        """One row per group to which anything was due, those told on time most often first."""
        found = self.store.answers.listing(work_and_news)
        return found.sort(pl.col("told") / pl.col("due"), descending=True, maintain_order=True)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A bar per group, its parts in the order from good to unknown."""
        title = self.say("worknews.title")
        if answer.is_empty():
            return self.nothing(title, self.say("headline.none"))
        total = answer.select(PARTS).sum().row(0, named=True)
        due, tones = answer["due"].sum(), self._tones()
        shown = [part for part in PARTS if part in ALWAYS or total[part]]
        on_time = total["told"] + total["told_late"]
        finding = self.say(
            "worknews.say",
            late=count(total["told_late"]),
            on_time=count(on_time),
            share=percent(total["told_late"] / on_time if on_time else None, 0),
            worked=count(total["late"]),
        )
        marks = [(tones[part][0], self.say(f"worknews.{part}")) for part in shown]
        legend = f"{key(marks)}<br>{self.say('worknews.legend', n=count(due))}"
        pieces = [self._piece(row, part, tones[part]) for row in answer.iter_rows(named=True) for part in shown]
        rows = [(row["group_id"], f"{row['group_id']}  n {count(row['due'])}") for row in answer.iter_rows(named=True)]
        mixed = answer["maturity"].n_unique() > 1
        if not mixed and answer["maturity"][0] == "immature":
            finding = self.sentences(finding, self.say("worknews.early"))
        early = [self.say("early") if mixed and state == "immature" else "" for state in answer["maturity"].to_list()]
        return {
            "html": self.head(title, finding, legend),
            "figure": self.figure(pieces, rows, share_axis(0, 1), early),
        }

    def _piece(self, row: dict[str, Any], part: str, tones: tuple[str, str]) -> Piece:
        share = row[part] / row["due"]
        counted = self.say("of", part=count(row[part]), whole=count(row["due"]))
        words = f"{row['group_id']} · {self.say(f'worknews.{part}')}: {counted} ({percent(share)})"
        return Piece(row["group_id"], share, percent(share, 0), words, *tones)

    def _tones(self) -> dict[str, tuple[str, str]]:
        """The colour of each part and that of the text on it."""
        steps, colours = self.look.sequence, self.look.colours
        light, dark = colours["on-accent"], colours["ink"]
        return {
            "told": (steps[5], light),
            "told_late": (steps[2], dark),
            "untimed": (steps[0], dark),
            "late": (colours["late"], light),
            "not_done": (colours["bad"], light if self.look.theme == "dark" else colours["card"]),
            "in_progress": (colours["bad-soft"], dark),
            "not_reported": (colours["idle"], dark),
            "unclear": (colours["band"], dark),
        }

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per group: the actions due and their parts, which add up to them."""
        heads = [self.say("twin.group"), self.say("worknews.due"), *(self.say(f"worknews.{part}") for part in PARTS)]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((count(row[name]), row[name]) for name in ("due", *PARTS)),
                self.say(row["maturity"]),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid([*heads, self.say("twin.maturity")], lines)
