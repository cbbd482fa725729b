"""The weekly reports: who filed in time, who late and by how much, who not at all."""

from typing import Any

import polars as pl

from dashboards.charts import HeatCell, HeatChart, week_ticks
from dashboards.formats import count
from dashboards.markup import Cell, grid, key
from dashboards.theme import STATES
from queries import Selection, Source, rows
from queries.kept import hold

GLYPHS = {"not_filed": "not_reported", "withheld": "withheld", "not_due": "not_due"}
"""The states of a report, and the states of `theme.STATES` whose glyph they have; late ones show their days."""


class FiledReports(HeatChart):
    """Group × week: filed on time, late by so many days, not filed, not due yet."""

    view = "filed"
    shape = "card wide"
    indicator = "report_timeliness"
    height = 330

    def answer(self) -> dict[str, Any]:
        """One row per weekly report due; the other reports; the weeks of the selection."""
        frame = self.store.answers.listing(_of_groups)
        state = (
            pl.when(pl.col("numerator") == 1)
            .then(pl.lit("on_time"))
            .when(~pl.col("is_missing"))
            .then(pl.lit("late"))
            .when(pl.col("state") == "withheld")
            .then(pl.lit("withheld"))
            .otherwise(pl.lit("not_filed"))
        )
        frame = frame.with_columns(filed=state)
        weekly = pl.col("report_kind") == "weekly"
        return {"weekly": frame.filter(weekly), "other": frame.filter(~weekly)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups in their usual order, the weeks of the due days across."""
        weekly: pl.DataFrame = answer["weekly"]
        title = self.say("filed.title")
        if weekly.is_empty():
            return self.nothing(title, self.say("filed.none"))
        present = set(weekly["reporter_id"].to_list())
        groups = [group for group in self.store.source.extent.groups if group in present]
        first, last = self.store.weeks
        weeks = range(first, last + 1)
        told = {(row["reporter_id"], row["week"]): row for row in weekly.iter_rows(named=True)}
        cells = [self._cell(group, week, told.get((group, week)), len(weeks)) for group in groups for week in weeks]
        figure = self.figure(
            cells,
            [(group, self._label(group, weekly)) for group in groups],
            [(str(week), self.say("week", week=week)) for week in weeks],
            [str(week) for week in week_ticks(first, last, 8)],
        )
        return {"html": self.head(title, self._finding(answer), self._legend()), "figure": figure}

    def _label(self, group: str, weekly: pl.DataFrame) -> str:
        own = weekly.filter(pl.col("reporter_id") == group)
        return f"{group}  {count(own['numerator'].sum())}/{count(own.height)}"

    def _finding(self, answer: dict[str, Any]) -> str:
        weekly, other = answer["weekly"], answer["other"]
        kinds = dict(weekly["filed"].value_counts().iter_rows())
        missing = kinds.get("not_filed", 0) + kinds.get("withheld", 0)
        said = [
            self.say(
                "filed.say",
                n=weekly.height,
                on_time=count(kinds.get("on_time", 0)),
                due=count(weekly.height),
                late=count(kinds.get("late", 0)),
                missing=count(missing),
            )
        ]
        met = weekly.group_by("reporter_id").agg(pl.col("numerator").sum(), n=pl.len())
        never = sorted(met.filter(pl.col("numerator") == 0, pl.col("n") > 1)["reporter_id"].to_list())
        if never:
            said.append(self.of_groups("filed.never", never))
        if not other.is_empty():
            said.append(
                self.say("filed.other", n=other.height, met=count(other["numerator"].sum()), due=count(other.height))
            )
        return self.sentences(*said)

    def _legend(self) -> str:
        colours, steps = self.look.colours, self.look.sequence
        glyphs = " · ".join(f"{STATES[code].glyph} {self.say(f'filed.{name}')}" for name, code in GLYPHS.items())
        tones = [(steps[0], self.say("filed.on_time")), (colours["late"], self.say("filed.late.days"))]
        return f"{key(tones)}<br>{glyphs} · {self.say('filed.beside')}"

    def _cell(self, group: str, week: int, row: dict[str, Any] | None, weeks: int) -> HeatCell:
        place = f"{group} · {self.say('week.long', week=week)}"
        if row is None:
            state = "not_due" if week == self.store.weeks[1] else "none_due"
            glyph = STATES["not_due" if state == "not_due" else "not_applicable"].glyph
            words = f"{place} · {self.say('filed.' + state)}"
            return HeatCell(group, str(week), glyph, words, outlined="open")
        state, days = row["filed"], row["lag_days"]
        words = f"{place} · {self._state(row)}"
        if state == "on_time":
            return HeatCell(group, str(week), STATES["on_time"].glyph, words)
        if state == "late":
            return HeatCell(group, str(week), f"+{count(days)}" if weeks <= 20 else count(days), words, tone="late")
        return HeatCell(group, str(week), STATES[GLYPHS[state]].glyph, words, outlined="silent")

    def _state(self, row: dict[str, Any]) -> str:
        days = row["lag_days"]
        if row["filed"] == "late":
            return self.say("filed.late.by", n=days, days=count(days))
        if row["filed"] == "on_time":
            return self.say("filed.on_time")
        return self.say(f"filed.{row['filed']}") + " · " + self.say("filed.since", n=days, days=count(days))

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per report that was due, the other reports below the weekly ones."""
        heads = [self.say(f"twin.{head}") for head in ("group", "week")]
        heads += [self.say(f"filed.{head}") for head in ("kind", "due_at", "filed_at", "state", "days")]
        frame = pl.concat([answer["weekly"], answer["other"]])
        lines: list[list[Cell]] = [
            [
                self.group_name(row["reporter_id"]),
                (count(row["week"]), row["week"]),
                self.say(f"report.{row['report_kind']}"),
                f"{row['due_at']:%Y-%m-%d %H:%M}",
                f"{row['filed_at']:%Y-%m-%d %H:%M}" if row["filed_at"] else "",
                self.say(f"filed.{row['filed']}"),
                (count(row["lag_days"]), row["lag_days"]),
            ]
            for row in frame.iter_rows(named=True)
        ]
        return grid(heads, lines)

    def picked(self, row: str, column: str) -> None:
        """A cell selects its group and its week, and picked once more all again."""
        self.store.hear({"group": row, "week": int(column)})


def _of_groups(source: Source, selection: Selection) -> pl.DataFrame:
    """The groups' reports due in the selection; read once for each day where no unit type is chosen."""
    chosen = selection.resolve(source)
    if chosen.unit_types:
        due = rows("report_timeliness", source, chosen)
    else:
        everything = Selection(events_until=chosen.events_until)
        whole = hold(source, ("reports", chosen.events_until), lambda: rows("report_timeliness", source, everything))
        due = whole.filter(
            pl.col("week").is_between(*(chosen.period or (1, 1))),
            pl.col("group_id").is_in(chosen.groups or source.extent.groups),
        )
    return due.filter(pl.col("reporter_kind") == "group")
