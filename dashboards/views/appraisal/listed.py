"""Every unit with its marks, its rank among its peers, and how far that rank rests on the weight."""

from typing import Any

import polars as pl

from dashboards.formats import NONE, count, esc, percent
from dashboards.marking import class_name, mark, place, reasonable, shown, weight
from dashboards.markup import Cell, Html, click, grid
from dashboards.view import View

STABLE = 0.95
"""Of the reasonable weights, how many agree before a place in the top third, or out of it, is called sure."""


class MarkTable(View):
    """One row per unit, class by class; typing narrows it, a button shows what the mark rests on."""

    view = "mark_list"
    shape = "card wide"
    indicator = "combined_mark"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The units of the selection with marks, ranks and how these fare."""
        return shown(self.store)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A field to search in, and the table."""
        title = self.say("marklist.title")
        if answer.is_empty():
            return self.nothing(title)
        low, high = reasonable(self.store)
        picked = place(self.store)
        told = {"low": f"{low:.2f}", "high": f"{high:.2f}", "weight": f"{weight(self.store):.2f}"}
        legend = self.say("marklist.legend", n=count(answer.height), **told)
        heads = ("unit", "group", "class", "rank", "coursework", "exam", "combined", "third", "ranks", "pending")
        table = grid(
            [self.say(f"marklist.head.{head}") for head in heads],
            [self._line(row, picked) for row in answer.to_dicts()],
        )
        return {"html": self.head(title, self._finding(answer), legend) + self._search() + table}

    def _finding(self, answer: pl.DataFrame) -> str:
        tried = answer.filter(pl.col("p_top_third").is_not_null())
        if tried.is_empty():
            return self.say("marklist.unranked")
        share = pl.col("p_top_third")
        sure, out = tried.filter(share >= STABLE).height, tried.filter(share <= 1 - STABLE).height
        between = tried.height - sure - out
        told = {"sure": count(sure), "out": count(out), "between": count(between), "all": count(tried.height)}
        return self.say("marklist.say" if between else "marklist.settled", n=between, **told)

    def _search(self) -> str:
        words = esc(self.say("marklist.search"))
        field = f'<input type="search" name="sift" data-sift placeholder="{words}" aria-label="{words}">'
        return f'<p class="sift">{field}</p>'

    def _line(self, row: dict[str, Any], picked: str) -> list[Cell]:
        return [
            self._unit(row, row["unit_id"] == picked),
            self.group_name(row["group_id"]),
            class_name(self.store, row["peer_class"]),
            (self._rank(row), row["rank"]),
            (mark(row["coursework_mark"]), row["coursework_mark"]),
            (mark(row["exam_mark"]), row["exam_mark"]),
            (mark(row["combined_mark"]), row["combined_mark"]),
            (percent(row["p_top_third"], 0), row["p_top_third"]),
            (self._reach(row), row["rank_best"]),
            (count(row["count_pending"]) if row["count_pending"] else NONE, row["count_pending"] or None),
        ]

    def _unit(self, row: dict[str, Any], is_picked: bool) -> Html:
        """The name leads to the unit's page, the mark beside it opens its points here."""
        words = esc(self.say("marklist.open", unit=row[f"unit_name_{self.look.language}"]))
        pressed = str(is_picked).lower()
        told = click({"pick": {"place": row["unit_id"]}})
        pick = (
            f'<button class="pick" {told} aria-pressed="{pressed}" aria-label="{words}" title="{words}">\u03a3</button>'
        )
        return Html(f"{self.unit_name(row, 'unit_name')}{pick}")

    def _rank(self, row: dict[str, Any]) -> str:
        if row["rank"] is not None:
            return self.say("marklist.rank", rank=row["rank"], of=row["count_ranked"])
        return self.say("marklist.idle" if row["state"] == "not_applicable" else "marklist.unexamined")

    def _reach(self, row: dict[str, Any]) -> str:
        best, worst = row["rank_best"], row["rank_worst"]
        return NONE if best is None else count(best) if best == worst else f"{best}\u2013{worst}"
