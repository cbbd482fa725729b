"""Groups in order, each with its interval: who is behind, and is it more than chance."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, esc, names, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared, standing
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
        kinds = {
            "lineup.behind": pl.col("proven"),
            "lineup.early": pl.col("below") & ~pl.col("proven"),
            "lineup.above": pl.col("flag") == "above",
        }
        found = {key: sorted(frame.filter(kind)["group_id"].to_list()) for key, kind in kinds.items()}
        said = [self._named(key, groups) for key, groups in found.items() if groups]
        if not said:
            return self.say("lineup.together")
        rest = frame.height - sum(len(groups) for groups in found.values())
        return ("" if self.look.language == "zh" else " ").join(said + [self.say("lineup.rest")] * (rest > 1))

    def _named(self, key: str, groups: list[str]) -> str:
        return self.say(key, groups=names(map(esc, groups), self.look.language), n=len(groups))

    def _row(self, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        interval = f"{percent(row['low_95'])} – {percent(row['high_95'])}"
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=f"{row['group_id']}: {percent(row['value'])} · {part} · 95 %: {interval}",
            value=row["value"],
            right=percent(row["value"]) + self._mark(row),
            wide=(row["low_998"], row["high_998"]),
            narrow=(row["low_95"], row["high_95"]),
            tone="bad" if row["proven"] else "ink",
        )

    def _mark(self, row: dict[str, Any]) -> str:
        return f" \u25bc {self.say('below')}" if row["proven"] else f" ? {self.say('early')}" if row["below"] else ""

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
                self._mark(row).strip(),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)
