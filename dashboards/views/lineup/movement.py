"""Who moved since the snapshot before: the level now, and the way there, gains as easy to see as losses."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import change, count, day, esc, names, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared

STILL = 0.0005
"""Less than this is shown as no change."""


class GroupMovement(RowChart):
    """One row per group: then hollow, now full, the biggest gain first; what is only news of old events is told."""

    view = "movement"
    indicator = "on_time_rate"

    def answer(self) -> dict[str, Any]:
        """One row per group known then and now, with its change in two parts, level rank and gain rank."""
        share = compared(self.store).name
        moves = self.store.answers.moves(share)
        if moves is None:
            return {"share": share, "groups": None}
        moved = pl.col("now") - pl.col("before")
        frame = moves.filter(pl.col("group_id").is_not_null()).with_columns(moved=moved).drop_nulls("moved")
        frame = frame.with_columns(
            level=pl.col("now").rank("min", descending=True), gain=pl.col("moved").round(9).rank("min", descending=True)
        )
        return {"share": share, "groups": frame.sort("moved", "now", descending=True, maintain_order=True)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """From the biggest gain to the biggest loss."""
        frame, share = answer["groups"], self.say(f"share.{answer['share']}")
        previous = self.store.previous
        if previous is None or frame is None:
            return self.nothing(self.say("movement.title.none", share=share), self.say("change.none"))
        since = day(previous.known_on, self.look.language, year=False)
        title = self.say("movement.title", share=share, day=since)
        if frame.is_empty():
            return self.nothing(title, self.say("movement.none", day=since))
        values = [*frame["now"].to_list(), *frame["before"].to_list()]
        several = frame.height > 1
        rows = [self._row(row, several) for row in frame.iter_rows(named=True)]
        legend = self.say("movement.legend", day=since)
        html = self.head(title, self._finding(frame, since), legend, why=answer["share"])
        return {"html": html, "figure": self.figure(rows, share_axis(min(values), max(values)))}

    def _finding(self, frame: pl.DataFrame, since: str) -> str:
        said = []
        for key, row, sign in (
            ("movement.gain", frame.row(0, named=True), 1),
            ("movement.loss", frame.row(-1, named=True), -1),
        ):
            if row["moved"] * sign >= STILL:
                alike = frame.filter((pl.col("moved") - row["moved"]).abs() < 1e-9)["group_id"].to_list()
                listed = names(map(esc, alike), self.look.language)
                said.append(self.say(key, groups=listed, moved=self._points(row["moved"])))
                if len(alike) == 1 and abs(row["moved_by_news_of_old"] or 0.0) >= STILL:
                    said.append(
                        self.say(
                            "movement.news",
                            old=self._points(row["moved_by_news_of_old"]),
                            new=self._points(row["moved_by_new_events"]),
                        )
                    )
        return self.sentences(*said) or self.say("movement.still", day=since)

    def _points(self, moved: float | None) -> str:
        return change(moved, 0.0, "share", self.say("points"))

    def _row(self, row: dict[str, Any], several: bool) -> Row:
        ranks = self.say("movement.ranks", level=row["level"], gain=row["gain"]) if several else ""
        places = f" · {row['level']} | {row['gain']}" if several else ""
        words = self.say(
            "movement.words",
            before=percent(row["before"]),
            then_n=count(row["denominator_before"]),
            now=percent(row["now"]),
            n=row["denominator_now"],
            old=self._points(row["moved_by_news_of_old"]),
            new=self._points(row["moved_by_new_events"]),
        )
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator_now'])}",
            words=f"{row['group_id']}: {words}{ranks and f' · {ranks}'}",
            value=row["now"],
            other=row["before"],
            right=self._points(row["moved"]) + places,
            tone="good" if row["moved"] >= STILL else "warn" if row["moved"] <= -STILL else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "was", "n_before", "now", "n", "moved", "old_news", "new_events", "level", "gain")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (percent(row["before"]), row["before"]),
                (count(row["denominator_before"]), row["denominator_before"]),
                (percent(row["now"]), row["now"]),
                (count(row["denominator_now"]), row["denominator_now"]),
                *(
                    (self._points(row[name]), row[name])
                    for name in ("moved", "moved_by_news_of_old", "moved_by_new_events")
                ),
                (count(row["level"]), row["level"]),
                (count(row["gain"]), row["gain"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)
