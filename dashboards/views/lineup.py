"""Groups in order, each with its interval: who is behind, and is it more than chance."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import holoviews as hv
import polars as pl

from dashboards.formats import count, esc, names, percent
from dashboards.store import one
from dashboards.theme import Look
from dashboards.views.base import TWO_TONES, FigureView, card, click
from queries.statistics import control_limits, wilson

FEWEST_ROWS = 6
LEFT = ["low", "y0", "high", "y1"]


class LineUp(FigureView):
    """Completion by group: a point, its 95 % and 99.8 % intervals, n, and the pooled rate as a line."""

    view = "lineup"
    _groups: Sequence[str] = ()
    height = 330
    right_axis = True
    hover: ClassVar[Mapping[str, str]] = {"points": "hover"}

    def answer(self) -> dict[str, Any]:
        """One row per group with interval bounds and flag; the pooled row."""
        frame = self.store.ask("completion_rate", "group")
        for level, suffix in ((0.95, "95"), (0.998, "998")):
            frame = wilson(frame, level=level).rename({"low": f"low_{suffix}", "high": f"high_{suffix}"})
        frame = control_limits(frame)
        return {"groups": frame, "all": one(self.store.ask("completion_rate"))}

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Pooled line, wide band, narrow interval, point; the values stand on the right axis."""
        row = {
            "low": [0.0, 0.1],
            "high": [0.9, 1.0],
            "y0": [0.0, 1.0],
            "y1": [0.0, 1.0],
            "value": [0.4, 0.5],
            **TWO_TONES,
        }
        band = hv.Segments(row, LEFT, ["colour"]).opts(color="colour", line_width=9, line_cap="round")
        narrow = hv.Segments(row, LEFT, ["colour"]).opts(color="colour", line_width=3, line_cap="round")
        points = hv.Points(row, ["value", "y0"], ["colour"]).opts(color="colour", size=10)
        pooled = hv.Segments({"low": [0.5], "y0": [0.0], "high": [0.5], "y1": [1.0]}, LEFT).opts(
            color=look.colours["whisker"], line_dash="dashed", line_width=1
        )
        return {"pooled": pooled, "band": band, "narrow": narrow, "points": points}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups from best to worst, flagged ones in red with a word, never by colour alone."""
        frame = answer["groups"].filter(pl.col("denominator") > 0).sort("value", "denominator", descending=[True, True])
        self._groups = frame["group_id"].to_list()
        html = card(
            self.say("lineup.title"),
            self._finding(frame),
            "" if frame.is_empty() else self.say("lineup.legend"),
            f"<button {click({'why': 'completion_rate'})}>{self.say('why')}</button>",
        )
        if frame.is_empty():
            return {"html": html, "empty": True}
        return {"html": html, "figure": self._columns(frame, answer["all"]["value"])}

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame.is_empty():
            return self.say("empty.data")
        if frame.height == 1:
            return self.say("headline.few")
        if frame["flag"].null_count() == frame.height:
            return self.say("lineup.few")
        flagged = pl.col("flag") == "below"
        kinds = {
            "lineup.behind": flagged & (pl.col("maturity") == "mature"),
            "lineup.early": flagged & (pl.col("maturity") == "immature"),
            "lineup.above": pl.col("flag") == "above",
        }
        found = {key: sorted(frame.filter(kind)["group_id"].to_list()) for key, kind in kinds.items()}
        said = [self._name(key, groups) for key, groups in found.items() if groups]
        if not said:
            return self.say("lineup.together")
        rest = frame.height - sum(len(groups) for groups in found.values())
        return ("" if self.look.language == "zh" else " ").join(said + [self.say("lineup.rest")] * (rest > 1))

    def _name(self, key: str, groups: list[str]) -> str:
        return self.say(key, groups=names(map(esc, groups), self.look.language), n=len(groups))

    def _columns(self, frame: pl.DataFrame, pooled: float) -> dict[str, Any]:
        colours, n = self.look.colours, frame.height
        y = [float(row) for row in range(n)]
        below = (frame["flag"] == "below").fill_null(False).to_list()
        proven = [flag and state == "mature" for flag, state in zip(below, frame["maturity"], strict=True)]
        start, ticks = _scale(min(*frame["low_998"].to_list(), pooled))
        interval = {"y0": y, "y1": y}
        return {
            "columns": {
                "pooled": {"low": [pooled], "y0": [-0.6], "high": [pooled], "y1": [n - 0.4]},
                "band": {
                    "low": frame["low_998"].to_list(),
                    "high": frame["high_998"].to_list(),
                    "color": [colours["bad-soft" if flag else "band"] for flag in proven],
                    **interval,
                },
                "narrow": {
                    "low": frame["low_95"].to_list(),
                    "high": frame["high_95"].to_list(),
                    "color": [colours["bad" if flag else "whisker"] for flag in proven],
                    **interval,
                },
                "points": {
                    "value": frame["value"].to_list(),
                    "y0": y,
                    "color": [colours["bad" if flag else "ink"] for flag in proven],
                    "words": [self._words(row) for row in frame.iter_rows(named=True)],
                },
            },
            "x": {"start": start - (1 - start) * 0.02, "end": 1 + (1 - start) * 0.02},
            "y": {"start": max(n, FEWEST_ROWS) - 0.4, "end": -0.6},
            "x_ticks": {"at": ticks, "labels": [percent(tick, 0) for tick in ticks]},
            "right_ticks": {
                "at": y,
                "labels": [
                    percent(value) + self._mark(flag, sure)
                    for value, flag, sure in zip(frame["value"], below, proven, strict=True)
                ],
            },
            "y_ticks": {
                "at": y,
                "labels": [f"{row['group_id']}  n {count(row['denominator'])}" for row in frame.iter_rows(named=True)],
            },
        }

    def _mark(self, below: bool, proven: bool) -> str:
        return f" \u25bc {self.say('below')}" if proven else f" ? {self.say('early')}" if below else ""

    def _words(self, row: dict[str, Any]) -> str:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        interval = f"{percent(row['low_95'])} – {percent(row['high_95'])}"
        return f"{row['group_id']}: {percent(row['value'])} · {part} · 95 %: {interval}"

    def tapped(self, x: float, y: float) -> None:
        """A tap on a row selects that group, another tap selects all again."""
        if 0 <= round(y) < len(self._groups):
            self.store.hear({"group": self._groups[round(y)]})


def _scale(lowest: float) -> tuple[float, list[float]]:
    """Where the axis of shares begins, at a round number below the lowest value, and its round ticks up to 100 %."""
    step = next(step for step, reach in ((0.05, 0.24), (0.1, 0.48), (0.2, 1.0)) if 1 - lowest <= reach)
    steps = math.ceil((1 - lowest) / step - 1e-9)
    ticks = [round(1 - step * number, 2) for number in reversed(range(steps + 1))]
    return max(ticks[0], 0.0), [tick for tick in ticks if tick >= 0]
