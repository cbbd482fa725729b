"""The newest weeks, provisional: what is known of them so far, and what may still come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl

from dashboards.charts import Axis, PlaneChart, Point, days_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from queries import Selection, Source
from queries.held import held_rows
from queries.kept import hold
from queries.statistics import nowcast, reporting_triangle

SHOWN = 10
"""Weeks on the chart: the newest of the selection."""


class NewestWeeks(PlaneChart):
    """Visits known by week, with the estimate of all that took place where earlier weeks allow one."""

    view = "newest"
    indicator = "visits_per_unit"
    height = 300

    def answer(self) -> pl.DataFrame:
        """One row per whole week with its nowcast, settled where its reports are in, the newest last."""
        first, last = self.store.weeks
        launched, until = self.store.source.launched_on, self.store.events_until
        whole = pl.col("event_week").is_between(first, last)
        open_weeks = self.store.ask(self.indicator, "week").filter(pl.col("maturity") == "immature")["week"]
        known = pl.when(pl.col("event_week").is_in(open_weeks.implode())).then("basis").otherwise(pl.lit("settled"))
        weeks = self.store.answers.listing(_nowcast).filter(whole).with_columns(basis=known)
        ends = pl.lit(launched) + pl.duration(days=pl.col("event_week") * 7 - 1)
        return weeks.filter(ends.cast(pl.Date) <= until).tail(SHOWN)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Bars of what is known; hollow points and strokes for the estimates; open weeks hatched."""
        title = self.say("newest.title")
        if answer.is_empty() or not answer["known"].sum():
            return self.nothing(title, self.say("newest.none"))
        html = self.head(title, self._finding(answer), self.say("newest.legend", n=count(answer["known"].sum())))
        return {"html": html, "figure": self._figure(answer)}

    def _finding(self, weeks: pl.DataFrame) -> str:
        open_weeks = weeks.filter(pl.col("basis") != "settled")
        if open_weeks.is_empty():
            return self.say("newest.settled")
        row = open_weeks.row(-1, named=True)
        known, week = count(row["known"]), row["event_week"]
        if row["expected_total"] is not None:
            return self.say(
                "newest.say",
                **{"n": row["known"], "known": known, "week": week, "expected": count(row["expected_total"])},
                **{"low": count(row["low"]), "high": count(row["high"]), "share": percent(row["share_expected"], 0)},
            )
        if row["share_expected"] is not None:
            return self.say(
                "newest.share", n=row["known"], known=known, week=week, share=percent(row["share_expected"], 0)
            )
        return self.say("newest.early", n=row["known"], known=known, week=week)

    def _figure(self, weeks: pl.DataFrame) -> dict[str, Any]:
        colours = self.look.colours
        accent, late = colours["accent"], colours["late"]
        bands, bars, points, hatched = [], [], [], []
        most = max(row[name] or 0 for row in weeks.iter_rows(named=True) for name in ("high", "known"))
        for row in weeks.iter_rows(named=True):
            week, words = row["event_week"], self._words(row)
            bands.append(((week - 0.36, 0.0, week + 0.36, float(row["known"])), accent, words))
            points.append(Point(week, row["known"], words, accent, name=str(week)))
            if row["basis"] == "settled":
                continue
            hatched.append((week - 0.5, week + 0.5))
            if row["basis"] == "nowcast" and row["high"] > row["known"]:
                bars.append(((week, row["low"], week, row["high"]), late))
                points.append(Point(week, row["expected_total"], words, late, hollow=True, name=str(week)))
        listed = weeks["event_week"].to_list()
        return self.figure(
            Axis(listed[0] - 0.6, listed[-1] + 0.6, tuple(map(float, listed)), self._labels(weeks)),
            days_axis(most),
            bands=bands,
            bars=bars,
            points=points,
            hatched=hatched,
        )

    def _labels(self, weeks: pl.DataFrame) -> tuple[str, ...]:
        return tuple(
            f"{self.say('week', week=row['event_week'])}\n{count(row['known'])}" for row in weeks.iter_rows(named=True)
        )

    def _words(self, row: dict[str, Any]) -> str:
        said = f"{self.say('week.long', week=row['event_week'])}: {self.say('newest.known', n=row['known'])}"
        return f"{said} · {self._basis(row)}"

    def _basis(self, row: dict[str, Any]) -> str:
        if row["basis"] == "settled":
            return self.say("newest.basis.settled")
        if row["basis"] == "nowcast":
            low, high = count(row["low"]), count(row["high"])
            return self.say("newest.basis.nowcast", expected=count(row["expected_total"]), low=low, high=high)
        if row["share_expected"] is None:
            return self.say("newest.basis.early")
        return self.say("newest.basis.share", share=percent(row["share_expected"], 0))

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per week."""
        heads = [self.say("twin.week"), *(self.say(f"newest.{name}") for name in ("so_far", "expected", "from", "to"))]
        lines: list[list[Cell]] = [
            [
                (count(row["event_week"]), row["event_week"]),
                (count(row["known"]), row["known"]),
                *((count(row[name]), row[name]) for name in ("expected_total", "low", "high")),
                (percent(row["share_expected"], 0), row["share_expected"]),
                self._basis(row),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid([*heads, self.say("newest.usual"), self.say("newest.basis")], lines)

    def picked(self, name: str) -> None:
        """A week's point selects the week, and picked once more all again."""
        self.store.hear({"week": int(name)})


def _nowcast(source: Source, selection: Selection) -> pl.DataFrame:
    """The nowcast of the visits of all weeks, whatever the period: habits of reporting are learnt there."""
    whole = replace(selection, period=None)
    until = selection.events_until or source.known_on

    def estimated() -> pl.DataFrame:
        facts = held_rows("event_to_report_latency", source, whole).filter(pl.col("fact_kind") == "visit")
        triangle = reporting_triangle(facts, source.known_on, source.launched_on)
        days = (until - source.launched_on + timedelta(days=1)).days
        return nowcast(triangle.filter(pl.col("event_week") <= days // 7))

    return hold(source, ("nowcast of visits", until, whole.groups, whole.unit_types), estimated)
