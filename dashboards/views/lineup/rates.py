"""Groups in order, each with its interval: who is behind, and is it more than chance."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, day, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared, proven_on, said_below, standing
from dashboards.store import one


class GroupRates(RowChart):
    """The share compared by group: a point, its 95 % and 99.8 % intervals, n, and the pooled rate as a line."""

    view = "lineup"
    indicator = "on_time_rate"

    def answer(self) -> dict[str, Any]:
        """One row per group with interval bounds and flag; the pooled row."""
        share = compared(self.store).name
        return {"share": share, "groups": standing(self.store.answers, share), "all": one(self.store.ask(share))}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups from best to worst, flagged ones in red with a word, never by colour alone."""
        frame, share = answer["groups"], answer["share"]
        title = self.say("lineup.title", share=self.say(f"share.{share}"))
        if frame.is_empty():
            return self.nothing(title)
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        pooled = answer["all"]["value"]
        axis = share_axis(min(*frame["low_998"].to_list(), pooled), 1.0)
        legend = self.say("lineup.legend", what=self.say(f"share.{share}.n"), pooled=percent(pooled))
        return {
            "html": self.head(title, self._finding(frame), legend, why=share),
            "figure": self.figure(rows, axis, [pooled]),
        }

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame.height == 1:
            return self.say("headline.few")
        if frame["flag"].null_count() == frame.height:
            return self.say("lineup.few")
        until = day(proven_on(self.store.answers), self.look.language, year=False)
        found = said_below(frame) | {"above": frame.filter(pl.col("flag") == "above")}
        said = [self.of_groups(f"lineup.{key}", rows["group_id"], day=until) for key, rows in found.items()]
        if not any(said):
            return self.say("lineup.together")
        rest = frame.height - sum(rows.height for rows in found.values())
        return self.sentences(*said, self.say("lineup.rest") if rest > 1 else "")

    def _row(self, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        interval = f"{percent(row['low_95'])} – {percent(row['high_95'])}"
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=f"{row['group_id']}: {percent(row['value'])} · {part} · 95 %: {interval}",
            value=row["value"],
            right=percent(row["value"]) + self.mark(row),
            wide=(row["low_998"], row["high_998"]),
            narrow=(row["low_95"], row["high_95"]),
            tone="bad" if row["proven"] else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "rate", "met", "n", "low95", "high95", "low998", "high998", "flag")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (percent(row["value"]), row["value"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[bound]), row[bound]) for bound in ("low_95", "high_95", "low_998", "high_998")),
                self.mark(row).strip(),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)
