"""How long problems stay open: the share still open by days since they were found."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, days_axis, share_axis
from dashboards.formats import count, esc, measure, percent
from dashboards.markup import Cell, grid
from queries import problems
from queries.statistics import log_rank, restricted_mean, share_open

HORIZON = 60
"""Days over which the mean is taken, where any problem was watched for so long."""
PROOF = 0.01
"""How unlikely a difference between groups must be by chance before one of them is drawn."""
FEWEST = 8
"""Problems a group needs before it is drawn apart."""


class OpenAges(PlaneChart):
    """The share still open with its 95 % band, of all or of two groups beside one another."""

    view = "ages"
    indicator = "rectification_age"
    height = 320

    def answer(self) -> dict[str, Any]:
        """The problems with a limit; the curves of all and of the groups drawn apart; the test between groups."""
        found = self.store.answers.listing(problems).filter(pl.col("term") != "long_term")
        found = found.with_columns(ended=pl.col("closed_on").is_not_null())
        if found.is_empty():
            return {"found": found}
        until = min(HORIZON, int(found["open_days"].max()))
        asked = {"days": "open_days", "ended": "ended"}
        means = restricted_mean(found, until, by="group_id", **asked)
        tested = log_rank(found, "group_id", **asked).row(0, named=True)
        apart = self._apart(means, tested)
        return {
            "found": found,
            "until": until,
            "all": share_open(found, **asked),
            "mean": restricted_mean(found, until, **asked).row(0, named=True),
            "tested": tested,
            "means": means,
            "apart": {group: share_open(found.filter(pl.col("group_id") == group), **asked) for group in apart},
        }

    def _apart(self, means: pl.DataFrame, tested: dict[str, Any]) -> list[str]:
        """Both groups of a pair; else the slowest one, and only where the groups differ beyond chance."""
        if self.store.groups and means.height <= 2:
            return means["group_id"].to_list() if means.height == 2 else []
        if tested["p_value"] is None or tested["p_value"] >= PROOF:
            return []
        known = means.filter(pl.col("restricted_mean").is_not_null(), pl.col("n") >= FEWEST)
        return known.sort("restricted_mean", descending=True)["group_id"].head(1).to_list()

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Steps from everything open downwards."""
        found, title = answer["found"], self.say("ages.title")
        if found.is_empty():
            return self.nothing(title, self.say("mended.none"))
        still_open = found.filter(~pl.col("ended")).height
        legend = self.say("ages.legend", n=count(found.height), open=count(still_open))
        return {"html": self.head(title, self._finding(answer), legend), "figure": self._figure(answer)}

    def _finding(self, answer: dict[str, Any]) -> str:
        curve, mean = answer["all"], answer["mean"]
        if curve.is_empty():
            longest = int(answer["found"]["open_days"].max())
            return self.say("ages.none", n=longest, open=count(answer["found"].height), days=count(longest))
        half = curve.filter(pl.col("share_open") <= 0.5)
        said = []
        if half.is_empty():
            last = curve["share_open"][-1] if curve.height else 1.0
            said.append(self.say("ages.more", share=percent(last, 0)))
        else:
            days = int(half["days"][0])
            said.append(self.say("ages.half", n=days, days=count(days)))
        if mean["restricted_mean"] is not None:
            values = {name: measure(round(mean[name], 1), "days") for name in ("restricted_mean", "low", "high")}
            said.append(self.say("ages.mean", until=answer["until"], **values))
        said.append(self._between(answer))
        return self.sentences(*said)

    def _between(self, answer: dict[str, Any]) -> str:
        chance, groups = answer["tested"]["p_value"], answer["means"].height
        if groups < 2:
            return self.say("headline.few")
        if chance is None:
            return ""
        key = "ages.differ" if chance < PROOF else "ages.alike"
        return self.say(key, chance=f"{max(chance, 0.001):.3f}", level=percent(PROOF, 0))

    def _figure(self, answer: dict[str, Any]) -> dict[str, Any]:
        colours, series = self.look.colours, self.look.series
        longest = max(int(answer["found"]["open_days"].max()), 1)
        axis = days_axis(longest)
        lines, points, bands = [], [], []
        named = {"": answer["all"]} | answer["apart"]
        pair = len(answer["apart"]) == 2
        for place, (group, curve) in enumerate(named.items()):
            if pair and not group:
                continue
            tone = colours["accent"] if not group else series[place]
            label = group or self.say("ages.all")
            n = answer["found"].height if not group else answer["found"].filter(pl.col("group_id") == group).height
            lines.append(self._line(curve, longest, tone, f"{label}\nn {count(n)}"))
            if pair or not group:
                bands += [(box, tone, words) for box, words in self._band(curve, longest, label)]
            points += [self._point(row, tone, label) for row in _marked(curve)]
        wide = Axis(axis.start, axis.end + longest * 0.16, axis.ticks, axis.labels)
        return self.figure(wide, share_axis(0, 1), lines=lines, points=points, bands=bands)

    def _line(self, curve: pl.DataFrame, longest: int, tone: str, label: str) -> Line:
        x = [0, *curve["days"].to_list(), longest]
        y = [1.0, *curve["share_open"].to_list()]
        return Line(x, [*y, y[-1]], tone, label=label, steps=True)

    def _band(
        self, curve: pl.DataFrame, longest: int, label: str
    ) -> list[tuple[tuple[float, float, float, float], str]]:
        ends = [*curve["days"].to_list()[1:], longest]
        return (
            [
                ((row["days"], row["low"], end, row["high"]), self._words(row, label))
                for row, end in zip(curve.iter_rows(named=True), ends, strict=True)
                if row["low"] is not None and end > row["days"]
            ]
            if curve.height
            else []
        )

    def _words(self, row: dict[str, Any], label: str) -> str:
        low, high = percent(row["low"], 0), percent(row["high"], 0)
        return f"{esc(label)} · " + self.say(
            "ages.words",
            days=count(row["days"]),
            share=percent(row["share_open"], 0),
            low=low,
            high=high,
            n=row["at_risk"],
        )

    def _point(self, row: dict[str, Any], tone: str, label: str) -> Point:
        return Point(row["days"], row["share_open"], self._words(row, label), tone)

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per day on which something was closed."""
        heads = [self.say(f"ages.head.{head}") for head in ("of", "days", "at_risk", "ended", "share")]
        heads += [self.say("twin.low95"), self.say("twin.high95")]
        lines: list[list[Cell]] = [
            [
                group or self.say("ages.all"),
                *((count(row[name]), row[name]) for name in ("days", "at_risk", "ended")),
                *((percent(row[name]), row[name]) for name in ("share_open", "low", "high")),
            ]
            for group, curve in ({"": answer["all"]} | answer["apart"]).items()
            for row in curve.iter_rows(named=True)
        ]
        return grid(heads, lines or [[self.say("ages.all"), (count(0), 0), *[(count(None), None)] * 5]])


def _marked(curve: pl.DataFrame) -> list[dict[str, Any]]:
    """The day on which half were closed: the only one that gets a point."""
    return curve.filter(pl.col("share_open") <= 0.5).head(1).to_dicts()
