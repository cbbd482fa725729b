"""Steps altered: the pairs of actions done in the wrong order, named in words."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, day, esc, names
from dashboards.markup import Cell, card, grid
from dashboards.view import View

SHOWN: Final = 40


class OrderBroken(View):
    """One row per pair whose later action was done before the one that has to come first."""

    view = "order"
    shape = "card wide"
    indicator = "order_conformance"
    tools = ("csv", "png")
    shortened = True

    def answer(self) -> dict[str, Any]:
        """The violations, the largest lead first; how many pairs were judged, and how many are unclear."""
        frame = self.store.answers.rows(self.indicator).with_columns(
            ahead=pl.when(pl.col("rule") == "finish_before_start").then("started_on").otherwise("done_on")
        )
        broken = frame.filter(pl.col("order_verdict") == "violated").with_columns(
            days=(pl.col("before_done_on") - pl.col("ahead")).dt.total_days()
        )
        return {
            "rows": broken.sort(["days", "done_on", "unit_id"], descending=[True, False, False], nulls_last=False),
            "judged": frame["denominator"].sum(),
            "unclear": frame.filter(pl.col("order_verdict") == "unclear").height,
            "unprovable": frame.filter(pl.col("order_verdict") == "unprovable").height,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The table, or a sentence that the order was kept."""
        title, frame = self.say("order.title"), answer["rows"]
        if not answer["judged"] and not answer["unclear"]:
            return self.nothing(title)
        legend = self.say(
            "order.legend",
            judged=count(answer["judged"]),
            unprovable=count(answer["unprovable"]),
            unclear=count(answer["unclear"]),
        )
        if frame.is_empty():
            return {"html": card(title, self.say("order.kept"), legend)}
        more = ""
        if frame.height > SHOWN:
            more = f'<p class="legend" data-more>{self.say("witness.more", shown=SHOWN, of=count(frame.height))}</p>'
        return {"html": self.head(title, self._finding(frame), legend) + more + self._table(frame.head(SHOWN))}

    def twin(self, answer: dict[str, Any]) -> str:
        """All rows, for the file."""
        return self._table(answer["rows"])

    def _finding(self, frame: pl.DataFrame) -> str:
        language = self.look.language
        pair = [f"before_name_{language}", f"action_name_{language}"]
        commonest = frame.group_by(pair).len().sort("len", *pair, descending=[True, False, False]).row(0)
        groups = frame.group_by("group_id").len().sort("len", "group_id", descending=[True, False])
        named = [f"{esc(group)} {n}" for group, n in groups.head(4).iter_rows() if group]
        return self.say(
            "order.say",
            n=frame.height,
            units=frame["unit_id"].n_unique(),
            groups=names(named, language),
            times=commonest[2],
            before=esc(commonest[0]),
            after=esc(commonest[1]),
        )

    def _table(self, frame: pl.DataFrame) -> str:
        heads = ("unit", "group", "ahead", "ahead_on", "before", "before_on", "days")
        lines = [self._row(row) for row in frame.iter_rows(named=True)]
        return grid([self.say(f"order.{head}") for head in heads], lines)

    def _row(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        begun = self.say("order.begun") if row["rule"] == "finish_before_start" else ""
        before = day(row["before_done_on"], language) if row["before_done_on"] else self.say("order.undone")
        return [
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            row[f"action_name_{language}"],
            (day(row["ahead"], language) + begun, row["ahead"]),
            row[f"before_name_{language}"],
            (before, row["before_done_on"]),
            (count(row["days"]), row["days"]),
        ]
