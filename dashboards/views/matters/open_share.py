"""How long matters stay open: the share still open by days since they were registered, and how the others ended."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, days_axis, share_axis
from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, grid
from dashboards.register import OPEN, matters
from queries.statistics import competing_ends, share_open

FEW = 10
"""With fewer matters the band says more than the line."""
GAP = 0.06
"""So far apart, as a share, the labels at the ends of the lines stand at least."""
LOWEST = 0.03
"""A label that stood lower would be cut by the axis."""


class OpenShare(PlaneChart):
    """The share still open with its 95 % band, and the shares closed and cancelled, which add up to one."""

    view = "open_share"
    height = 300

    def answer(self) -> dict[str, Any]:
        """The matters that can be followed; the share open by day; the share ended by day and kind of end."""
        found = matters(self.store).filter(pl.col("open_days") >= pl.col("watched_from"))
        asked = {"days": "open_days", "ended": "end", "entered": "watched_from"}
        if found.is_empty():
            return {"found": found}
        return {
            "found": found,
            "open": share_open(found, **asked),
            "ends": competing_ends(found, **asked),
            "entered": found.filter(pl.col("watched_from") > 0).height,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Steps from everything open downwards."""
        found, title = answer["found"], self.say("still.title")
        if found.is_empty():
            return self.nothing(title, self.say("stuck.none"))
        still = found.filter(OPEN).height
        legend = self.say("still.legend", n=count(found.height), open=count(still))
        if answer["entered"]:
            legend += f" · {self.say('still.entered', n=answer['entered'], entered=count(answer['entered']))}"
        return {"html": self.head(title, self._finding(answer), legend), "figure": self._figure(answer)}

    def _finding(self, answer: dict[str, Any]) -> str:
        curve, found = answer["open"], answer["found"]
        longest = int(found["open_days"].max())
        if curve.is_empty():
            return self.say("still.none", n=longest, days=count(longest))
        half = curve.filter(pl.col("share_open") <= 0.5)
        if half.is_empty():
            said = self.say("still.more", share=percent(curve["share_open"][-1], 0), n=longest, days=count(longest))
        else:
            days = int(half["days"][0])
            said = self.say("still.half", n=days, days=measure(days, "days"))
        few = self.say("still.few", n=found.height, matters=count(found.height)) if found.height < FEW else ""
        left = found.filter(OPEN)
        oldest = int(left["open_days"].max()) if left.height else 0
        old = self.say("still.oldest", n=oldest, days=count(oldest)) if left.height else ""
        return self.sentences(said, self._shares(answer), old, few)

    def _shares(self, answer: dict[str, Any]) -> str:
        """What became of all at the last day that was seen."""
        last = {kind: rows["share_ended"][-1] for (kind,), rows in answer["ends"].group_by("end", maintain_order=True)}
        shares = {kind: percent(last.get(kind, 0.0), 0) for kind in ("closed", "cancelled")}
        return self.say("still.shares", open=percent(answer["open"]["share_open"][-1], 0), **shares)

    def _figure(self, answer: dict[str, Any]) -> dict[str, Any]:
        colours, curve = self.look.colours, answer["open"]
        longest = max(int(answer["found"]["open_days"].max()), 1)
        axis = days_axis(longest)
        wide = Axis(axis.start, axis.end + longest * 0.36, axis.ticks, axis.labels)
        ends = [*curve["days"].to_list(), longest][1:]
        bands = [
            ((row["days"], row["low"], end, row["high"]), colours["accent"], self._words(row))
            for row, end in zip(curve.to_dicts(), ends, strict=True)
            if row["low"] is not None and end > row["days"]
        ]
        lines = [self._line([0, *curve["days"]], [1.0, *curve["share_open"]], longest, colours["accent"], "open")]
        for kind, tone in (("closed", colours["good"]), ("cancelled", colours["muted"])):
            own = answer["ends"].filter(pl.col("end") == kind)
            if own.height:
                drawn = self._line([0, *own["days"]], [0.0, *own["share_ended"]], longest, tone, kind)
                lines.append(drawn)
        return self.figure(wide, share_axis(0, 1), lines=_apart(lines), bands=bands)

    def _line(self, x: list[Any], y: list[Any], longest: int, tone: str, kind: str) -> Line:
        dash = {"open": "solid", "closed": "dashed", "cancelled": "dotted"}[kind]
        return Line([*x, longest], [*y, y[-1]], tone, dash, label=self.say(f"still.{kind}"), steps=True)

    def _words(self, row: dict[str, Any]) -> str:
        columns = {"share": "share_open", "low": "low", "high": "high"}
        shares = {name: percent(row[column], 0) for name, column in columns.items()}
        return self.say("still.words", days=count(row["days"]), n=row["at_risk"], **shares)

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per day on which something ended."""
        heads = ("days", "at_risk", "closed", "cancelled", "share")
        titles = [*(self.say(f"still.head.{head}") for head in heads), self.say("twin.low95"), self.say("twin.high95")]
        ended = answer["ends"].group_by("days", "end").agg(pl.col("ended").sum())
        ways = {(row["days"], row["end"]): row["ended"] for row in ended.to_dicts()}
        lines: list[list[Cell]] = [
            [
                *((count(row[name]), row[name]) for name in ("days", "at_risk")),
                *((count(n), n) for n in (ways.get((row["days"], kind), 0) for kind in ("closed", "cancelled"))),
                *((percent(row[name]), row[name]) for name in ("share_open", "low", "high")),
            ]
            for row in answer["open"].to_dicts()
        ]
        n = answer["found"].height
        none: list[Cell] = [(count(0), 0), (count(n), n), (count(0), 0), (count(0), 0), (percent(1.0), 1.0)]
        return grid(titles, lines or [[*none, *[(count(None), None)] * 2]])


def _apart(lines: list[Line]) -> list[Line]:
    """The same lines with their labels on lines of no length, moved so far that none covers another."""
    labels, floor = [], LOWEST - GAP
    for line in sorted(lines, key=lambda one: one.y[-1]):
        floor = max(line.y[-1], floor + GAP)
        labels.append(Line([line.x[-1]], [floor], line.tone, label=line.label))
    return [*(replace(line, label="") for line in lines), *labels]
