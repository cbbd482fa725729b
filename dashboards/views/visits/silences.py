"""The longest silences: which unit was not visited, from when to when."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from dashboards.charts import Axis, Row, RowChart, week_ticks
from dashboards.formats import count, day, esc
from dashboards.markup import Cell, grid
from queries.selection import Window

SHOWN: Final = 15
LONGEST_NAME: Final = 20


class Silences(RowChart):
    """The fifteen longest stretches without a visit, each on the calendar; hollow its first day, full its last."""

    view = "silences"
    shape = "card wide"
    indicator = "longest_gap"
    height = 430
    usual_rows = 15
    _groups: Mapping[str, str] = MappingProxyType({})

    def answer(self) -> pl.DataFrame:
        """The longest gap of every unit and stay, the longest first; whether it is fully reported."""
        mature = dict(self.store.answers.maturity.select("group_id", "mature_until").iter_rows())
        until = pl.col("group_id").replace_strict(mature, default=None, return_dtype=pl.Date)
        frame = self.store.answers.rows(self.indicator).with_columns(proven=pl.col("gap_to") <= until)
        return frame.sort("days_without_visit", "unit_id", "stay_from", descending=[True, False, False])

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Rows on a calendar of the selection's weeks."""
        title = self.say("silences.title")
        if answer.is_empty():
            return self.nothing(title)
        window = Window.of(self.store.selection.resolve(self.store.source), self.store.source.extent)
        first, last = self.store.weeks
        axis = Axis(
            -0.04 * (span := max((window.to_on - window.from_on).days, 1)),
            span * 1.04,
            tuple(float(7 * (week - first)) for week in week_ticks(first, last, 4)),
            tuple(
                day(window.from_on + timedelta(days=7 * (week - first)), self.look.language, year=False)
                for week in week_ticks(first, last, 4)
            ),
        )
        self._groups = dict(answer.select("unit_id", "group_id").iter_rows())
        rows = [self._row(row, window) for row in answer.head(SHOWN).iter_rows(named=True)]
        html = self.head(title, self._finding(answer), self.say("silences.legend", n=answer.height))
        return {"html": html, "figure": self.figure(rows, axis)}

    def _finding(self, answer: pl.DataFrame) -> str:
        worst, language = answer.row(0, named=True), self.look.language
        said = self.say(
            "silences.say" if worst["proven"] else "silences.open",
            unit=esc(worst[f"unit_name_{language}"]),
            n=worst["days_without_visit"],
            first=day(worst["gap_from"], language, year=False),
            last=day(worst["gap_to"], language, year=False),
        )
        never = answer.filter(pl.col("count_visits") == 0).height
        tail = self.say("silences.never", n=never) if never else self.say("silences.each")
        return self.sentences(said, tail)

    def _row(self, row: dict[str, Any], window: Window) -> Row:
        language = self.look.language
        name = row[f"unit_name_{language}"]
        early = "" if row["proven"] else f" ? {self.say('early')}"
        days = self.say("silences.days", n=row["days_without_visit"])
        first, last = (day(row[name], language) for name in ("gap_from", "gap_to"))
        return Row(
            name=row["unit_id"],
            label=f"{row['group_id']}  {name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + '…'}",
            words=f"{name} · {row['group_id']} · {first} – {last} · {days}{early}",
            value=float((row["gap_to"] - window.from_on).days),
            other=float((row["gap_from"] - window.from_on).days),
            right=f"{row['days_without_visit']}{'' if row['proven'] else ' ?'}",
            tone="ink" if row["proven"] else "muted",
        )

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per unit and stay with a group."""
        heads = ("unit", "group", "from", "to", "gap", "visits", "data")
        language = self.look.language
        lines: list[list[Cell]] = [
            [
                self.unit_name(row, "unit_name"),
                self.group_name(row["group_id"]),
                *((day(row[name], language), row[name]) for name in ("gap_from", "gap_to")),
                *((count(row[name]), row[name]) for name in ("days_without_visit", "count_visits")),
                self.say("mature" if row["proven"] else "immature"),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid([self.say(f"silences.{head}") for head in heads], lines)

    def picked(self, name: str) -> None:
        """A unit's row selects its group."""
        self.store.hear({"group": self._groups.get(name)})
