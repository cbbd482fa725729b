"""What a group of a given size may show by chance alone, and who lies outside."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, days_axis, share_axis
from dashboards.formats import count, day, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared, proven_on, said_below, standing
from queries.statistics import funnel_curve

CURVE = 60
BEYOND = 1.3
"""How far the axis runs past the largest group, so that names and limits can be read."""

NEAR = 0.13
"""The width of a label, as a part of the axis."""

LABEL = 0.055
"""The height of a label, as a part of the axis."""


class GroupFunnel(PlaneChart):
    """Groups by how much they rest on and their share, within limits that narrow as n grows."""

    view = "funnel"
    indicator = "on_time_rate"
    height = 330

    def answer(self) -> dict[str, Any]:
        """One row per group with its limits and flag."""
        share = compared(self.store).name
        return {"share": share, "groups": standing(self.store.answers, share)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The curves, the common line, the groups by name."""
        frame, share = answer["groups"], answer["share"]
        called = self.say(f"share.{share}")
        title = self.say("funnel.title", share=called)
        if frame.height < 2:
            return self.nothing(title, self.say("headline.few") if frame.height else "")
        legend = self.say("funnel.legend", what=self.say(f"share.{share}.n"))
        if frame["dispersion"][0] > 1:
            legend += " · " + self.say("funnel.widened", phi=f"{frame['dispersion'][0]:.1f}")
        return {
            "html": self.head(title, self._finding(frame), legend, why=share),
            "figure": self._figure(frame),
        }

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame["flag"].null_count() == frame.height:
            return self.say("lineup.few")
        until = day(proven_on(self.store.answers), self.look.language, year=False)
        flags = {"look": "look_below", "above": "above"}
        found = said_below(frame) | {key: frame.filter(pl.col("flag") == flag) for key, flag in flags.items()}
        said = [self.of_groups(f"funnel.{key}", rows["group_id"], day=until) for key, rows in found.items()]
        return self.sentences(*said) or self.say("funnel.within", n=frame.height)

    def _figure(self, frame: pl.DataFrame) -> dict[str, Any]:
        colours = self.look.colours
        least, most = int(frame["denominator"].min()), int(frame["denominator"].max())
        centre, end = frame["centre"][0], round(most * 1.1) + 1
        curve = funnel_curve(centre, end, frame["dispersion"][0], n_min=max(1, least // 2), most=CURVE)
        n = curve["n"].to_list()
        lines = [Line([0, end], [centre, centre], colours["whisker"], "dashed", percent(centre), width=1)]
        muted = colours["muted"]
        named = {"alarm_low": "99.8 %", "look_high": "95 %"}
        for name, dash in (("alarm", "solid"), ("look", "dotted")):
            for limit in (f"{name}_low", f"{name}_high"):
                lines.append(Line(n, curve[limit].to_list(), muted, dash, named.get(limit, ""), width=1.2))
        at = curve.filter(pl.col("n") >= least).head(1)
        axis = share_axis(min(frame["value"].min(), at["alarm_low"][0]), max(frame["value"].max(), at["alarm_high"][0]))
        across = days_axis(most)
        across = Axis(0, most * BEYOND, across.ticks, across.labels)
        return self.figure(across, _roomy(axis), lines=lines, points=self._named(frame, axis))

    def _named(self, frame: pl.DataFrame, axis: Axis) -> list[Point]:
        """Groups that stand side by side and alike share a label; labels of one neighbourhood stand apart."""
        wide, tall = frame["denominator"].max() * BEYOND, axis.end - axis.start
        runs = _side_by_side(frame, NEAR * wide)
        spots = [(float(rows[-1]["denominator"]), float(rows[-1]["value"])) for rows in runs]
        points = []
        for rows, place in zip(runs, _heights(spots, NEAR * wide, LABEL * tall, axis.end + 0.02 * tall), strict=True):
            called = [row["group_id"] for row in rows]
            label = ", ".join(called[:3]) + (f" +{len(called) - 3}" if len(called) > 3 else "")
            points += [self._point(row, "", place) for row in rows[:-1]]
            points.append(self._point(rows[-1], label + self.mark(rows[-1]), place))
        return points

    def _point(self, row: dict[str, Any], label: str, place: float) -> Point:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        limits = f"{percent(row['alarm_low'])} – {percent(row['alarm_high'])}"
        return Point(
            x=row["denominator"],
            y=row["value"],
            words=f"{row['group_id']}: {percent(row['value'])} · {part} · 99.8 %: {limits}{self.mark(row)}",
            tone=self.look.colours["bad" if row["proven"] else "warn" if row["below"] else "accent"],
            label=label and f" {label}",
            label_y=place,
            hollow=row["maturity"] == "immature",
            name=row["group_id"],
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "rate", "met", "n", "limit998low", "limit95low", "limit95high", "limit998high", "flag")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (percent(row["value"]), row["value"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[limit]), row[limit]) for limit in ("alarm_low", "look_low", "look_high", "alarm_high")),
                self.say(f"funnel.flag.{row['flag'] or 'none'}") + ("" if not row["below"] or row["proven"] else " ?"),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)


def _side_by_side(frame: pl.DataFrame, apart: float) -> list[list[dict[str, Any]]]:
    """The groups in runs of one share and one flag, each less than `apart` from the one before it."""
    runs: list[list[dict[str, Any]]] = []
    for _, alike in frame.sort("value", "denominator").group_by("value", "below", "proven", maintain_order=True):
        last = None
        for row in alike.iter_rows(named=True):
            if last is None or row["denominator"] - last >= apart:
                runs.append([])
            runs[-1].append(row)
            last = row["denominator"]
    return sorted(runs, key=lambda rows: rows[-1]["value"])


def _heights(spots: list[tuple[float, float]], near: float, apart: float, top: float) -> list[float]:
    """The heights of labels at these spots, which go upwards: in the same order, apart where they are near, below top.

    Labels give way upwards first; what would leave the top pushes those below it down.
    """
    heights = [y for _, y in spots]

    def neighbours(at: int, others: range) -> list[float]:
        return [heights[other] for other in others if abs(spots[other][0] - spots[at][0]) < near]

    for at in range(len(spots)):
        heights[at] = max([heights[at], *(height + apart for height in neighbours(at, range(at)))])
    for at in reversed(range(len(spots))):
        above = neighbours(at, range(at + 1, len(spots)))
        heights[at] = min([heights[at], top, *(height - apart for height in above)])
    return heights


def _roomy(axis: Axis) -> Axis:
    """Room above and below for the outermost points and their names."""
    reach = axis.end - axis.start
    return Axis(axis.start - 0.03 * reach, axis.end + 0.05 * reach, axis.ticks, axis.labels)
