"""How many inspections of each body overlap with another's, by both definitions."""

from typing import Any

import polars as pl

from dashboards.bodies import PARTNER, Body, badges, in_order
from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, grid
from dashboards.store import one
from queries.inspections import inspections
from queries.statistics import wilson

THEME = "inspection_overlap_theme"


class OverlapBodies(RowChart):
    """One row per body, offices first and partners after them; two definitions, nobody ranked."""

    view = "overlapped"
    shape = "card wide"
    indicator = "inspection_overlap"
    height = 330
    usual_rows = 6

    def answer(self) -> dict[str, Any]:
        """One row per body with both shares and intervals, in the order in which they stand; the rows for all."""
        frame, theme = self._of_bodies(self.indicator), self._of_bodies(THEME)
        for level, suffix in ((0.95, "95"), (0.998, "998")):
            frame = wilson(frame, level=level).rename({"low": f"low_{suffix}", "high": f"high_{suffix}"})
        frame = frame.join(theme.select("body_id", theme="value", met_theme="numerator"), on="body_id", how="left")
        bodies = in_order(self.store.answers.listing(inspections).to_dicts(), self.look)
        rows = {row["body_id"]: row for row in frame.iter_rows(named=True)}
        return {
            "bodies": [(body, rows[body.body_id]) for body in bodies if body.body_id in rows],
            "near": one(self.store.ask(self.indicator)),
            "theme": one(self.store.ask(THEME)),
        }

    def _of_bodies(self, name: str) -> pl.DataFrame:
        """The indicator by body, from the rows behind it, which are held for every selection."""
        sums = pl.col("numerator", "denominator").cast(pl.Int64).sum()
        frame = self.store.answers.rows(name).group_by("body_id", maintain_order=True).agg(sums)
        return frame.with_columns(value=pl.col("numerator") / pl.col("denominator"))

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A full point for near dates, a hollow one for the same theme."""
        title, near, theme = self.say("overlapped.title"), answer["near"], answer["theme"]
        if not answer["bodies"]:
            return self.nothing(title, self.say("overlapped.none"))
        finding = self.say(
            "overlapped.say",
            n=near["denominator"],
            near=count(near["numerator"]),
            share=percent(near["value"], 0),
            theme=count(theme["numerator"]),
            theme_share=percent(theme["value"], 0),
        )
        legend = badges([body for body, _ in answer["bodies"]], self.look)
        legend += f"<br>{self.say('overlapped.legend', partner=PARTNER)}"
        html = self.head(title, self.sentences(finding, self.say("overlapped.few")), legend)
        rows = [self._row(body, row) for body, row in answer["bodies"]]
        return {"html": html, "figure": self.figure(rows, share_axis(0, 1))}

    def _row(self, body: Body, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        theme = self.say("overlapped.words.theme", share=percent(row["theme"], 0))
        interval = f"95 %: {percent(row['low_95'], 0)} – {percent(row['high_95'], 0)}"
        return Row(
            name=body.body_id,
            label=f"{body.letter}  n {count(row['denominator'])}",
            words=" · ".join([f"{esc(body.name)}: {percent(row['value'], 0)}", part, interval, theme]),
            value=row["value"],
            other=row["theme"],
            right=percent(row["value"], 0),
            wide=(row["low_998"], row["high_998"]),
            narrow=(row["low_95"], row["high_95"]),
        )

    def picked(self, name: str) -> None:
        """A body is no part of the selection."""

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per body."""
        heads = [self.say("inspected.head.body"), self.say("overlapped.head.share"), self.say("twin.met")]
        heads += [self.say("twin.n"), self.say("twin.low95"), self.say("twin.high95")]
        heads += [self.say("overlapped.head.theme")]
        lines: list[list[Cell]] = [
            [
                f"{PARTNER} {body.name}" if body.is_partner else body.name,
                (percent(row["value"]), row["value"]),
                *((count(row[name]), row[name]) for name in ("numerator", "denominator")),
                *((percent(row[name]), row[name]) for name in ("low_95", "high_95", "theme")),
            ]
            for body, row in answer["bodies"]
        ]
        return grid(heads, lines)
