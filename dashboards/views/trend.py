"""Coverage over the weeks; what is not all reported yet is hatched, so that no chart ends in a false fall."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import holoviews as hv
import polars as pl

from dashboards.formats import count, percent
from dashboards.store import one
from dashboards.theme import Look
from dashboards.views.base import TWO_TONES, FigureView, card, click


def _hatched(colour: str) -> Callable[[Any, Any], None]:
    """A HoloViews hook that hatches the drawn rectangles."""

    def hatch(plot: Any, _element: Any) -> None:
        plot.handles["glyph"].update(hatch_pattern="/", hatch_color=colour, hatch_weight=1, hatch_scale=9)

    return hatch


class Trend(FigureView):
    """Share of units visited by week, immature weeks hatched."""

    view = "trend"
    height = 260
    hover: ClassVar[Mapping[str, str]] = {"points": "hover"}

    def answer(self) -> dict[str, Any]:
        """One row per full week with its maturity; the row for the whole period."""
        weeks = self.store.ask("weekly_coverage", "week").filter(pl.col("denominator") > 0)
        return {"weeks": weeks, "units": one(self.store.ask("visits_per_unit")).get("denominator")}

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Hatching behind, then the area's line and its points."""
        colours = look.colours
        hatch = hv.Rectangles({"x0": [0.0], "y0": [0.0], "x1": [1.0], "y1": [1.0]}, ["x0", "y0", "x1", "y1"]).opts(
            fill_color=None, line_color=None, hooks=[_hatched(colours["band"])]
        )
        row = {"week": [1.0, 2.0], "value": [0.5, 0.5], **TWO_TONES}
        return {
            "hatch": hatch,
            "line": hv.Curve(row, "week", "value").opts(color=colours["accent"], line_width=2),
            "points": hv.Points(row, ["week", "value"], ["colour"]).opts(
                fill_color="colour", line_color=colours["accent"], line_width=1.5, size=7
            ),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The line, its finding in words, the hatched weeks."""
        weeks: pl.DataFrame = answer["weeks"]
        link = f"<button {click({'why': 'weekly_coverage'})}>{self.say('why')}</button>"
        if weeks.is_empty():
            return {"html": card(self.say("trend.title"), self.say("trend.none"), "", link), "empty": True}
        mature = weeks.filter(pl.col("maturity") == "mature")
        finding = self.say("trend.none")
        if not mature.is_empty():
            last, best = mature.row(-1, named=True), mature.sort("value", descending=True).row(0, named=True)
            finding = self.say(
                "trend.say",
                value=percent(last["value"]),
                week=last["week"],
                best=percent(best["value"]),
                best_week=best["week"],
            )
        html = card(self.say("trend.title"), finding, self.say("trend.legend", n=count(answer["units"])), link)
        return {"html": html, "figure": self._columns(weeks)}

    def _columns(self, weeks: pl.DataFrame) -> dict[str, Any]:
        first, last = weeks["week"].min(), weeks["week"].max()
        open_weeks = weeks.filter(pl.col("maturity") == "immature")["week"].to_list()
        step = 1 if last - first < 10 else 2 if last - first < 20 else 4
        ticks = [week for week in range(first, last + 1) if (week - first) % step == 0]
        x, y = weeks["week"].to_list(), weeks["value"].to_list()
        colours = self.look.colours
        return {
            "columns": {
                "hatch": {
                    "left": [week - 0.5 for week in open_weeks],
                    "right": [week + 0.5 for week in open_weeks],
                    "bottom": [0.0 for _ in open_weeks],
                    "top": [1.05 for _ in open_weeks],
                },
                "line": {"week": x, "value": y},
                "points": {
                    "week": x,
                    "value": y,
                    "fill_color": [colours["accent" if state == "mature" else "card"] for state in weeks["maturity"]],
                    "words": [
                        f"{self.say('week.long', week=row['week'])}: {percent(row['value'])} · "
                        + self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
                        + f" · {self.say(row['maturity'])}"
                        for row in weeks.iter_rows(named=True)
                    ],
                },
            },
            "x": {"start": first - 0.5, "end": last + 0.5},
            "y": {"start": 0, "end": 1.05},
            "x_ticks": {"at": ticks, "labels": [self.say("week", week=week) for week in ticks]},
            "y_ticks": {"at": [0, 0.25, 0.5, 0.75, 1], "labels": ["0%", "25%", "50%", "75%", "100%"]},
        }
