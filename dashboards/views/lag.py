"""How long news takes to reach the office, by unit type: late is not idle."""

from collections.abc import Mapping
from typing import Any, ClassVar

import holoviews as hv
import polars as pl

from dashboards.formats import count, measure, percent
from dashboards.store import one
from dashboards.text import known
from dashboards.theme import Look
from dashboards.views.base import TWO_TONES, FigureView, card, click

LEAST_LABELLED = 0.07
FEWEST_ROWS = 3


class ReportingLag(FigureView):
    """Days from event to report in four bins, as shares, one bar per unit type."""

    view = "lag"
    height = 260
    hover: ClassVar[Mapping[str, str]] = {"bars": "hover"}

    def answer(self) -> dict[str, Any]:
        """One row per unit type and bin with its share; the row for all."""
        return {"bins": self.store.latency_bins(), "all": one(self.store.ask("event_to_report_latency"))}

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Stacked bars and the numbers in them."""
        row = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0], **TWO_TONES}
        text = {"x": [0.5, 1.5], "y": [0.5, 0.5], "text": ["", " "], **TWO_TONES}
        return {
            "bars": hv.Rectangles(row, ["x0", "y0", "x1", "y1"], ["colour"]).opts(
                color="colour", line_color=look.colours["card"], line_width=1.5
            ),
            "numbers": hv.Labels(text, ["x", "y"], ["text", "colour"]).opts(text_color="colour", text_font_size="11px"),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Bars, the key to their colours, one sentence."""
        bins: pl.DataFrame = answer["bins"].drop_nulls("share")
        link = f"<button {click({'why': 'event_to_report_latency'})}>{self.say('why')}</button>"
        if bins.is_empty() or not answer["all"].get("denominator"):
            return {"html": card(self.say("lag.title"), self.say("lag.none"), "", link), "empty": True}
        totals = bins.group_by("bin_no").agg(pl.col("facts").sum())
        late = totals.filter(pl.col("bin_no") == 3)["facts"].sum() / totals["facts"].sum()
        finding = self.say(
            "lag.say", n=answer["all"]["value"], days=measure(answer["all"]["value"], "days"), share=percent(late)
        )
        return {"html": card(self.say("lag.title"), finding, self._key(), link), "figure": self._columns(bins)}

    def _tones(self) -> list[str]:
        steps, colours = self.look.sequence, self.look.colours
        return [steps[5], steps[3], steps[1], colours["late"]]

    def _key(self) -> str:
        marks = "".join(
            f'<span class="key"><i style="background:{tone}"></i>{self.say(f"lag.bin.{at}")}</span>'
            for at, tone in enumerate(self._tones())
        )
        return marks + f'<span class="key">{self.say("lag.legend")}</span>'

    def _columns(self, bins: pl.DataFrame) -> dict[str, Any]:
        kinds = bins["unit_type"].unique(maintain_order=True).to_list()
        totals = dict(bins.group_by("unit_type").agg(pl.col("facts").sum()).iter_rows())
        row = {kind: at for at, kind in enumerate(kinds)}
        ends = bins.with_columns(end=pl.col("share").cum_sum().over("unit_type")).with_columns(
            start=pl.col("end") - pl.col("share")
        )
        shown = ends.filter(pl.col("share") >= LEAST_LABELLED)
        tones, colours = self._tones(), self.look.colours
        on_dark = [colours["on-accent"], colours["on-accent"], colours["ink"], colours["on-accent"]]
        return {
            "columns": {
                "bars": {
                    "left": ends["start"].to_list(),
                    "right": ends["end"].to_list(),
                    "top": [row[kind] - 0.36 for kind in ends["unit_type"]],
                    "bottom": [row[kind] + 0.36 for kind in ends["unit_type"]],
                    "color": [tones[at] for at in ends["bin_no"]],
                    "words": [
                        f"{self._kind(one['unit_type'])} · {self.say('lag.bin.' + str(one['bin_no']))}: "
                        f"{percent(one['share'])} ({count(one['facts'])})"
                        for one in ends.iter_rows(named=True)
                    ],
                },
                "numbers": {
                    "x": [(one["start"] + one["end"]) / 2 for one in shown.iter_rows(named=True)],
                    "y": [float(row[kind]) for kind in shown["unit_type"]],
                    "text": [percent(share, 0) for share in shown["share"]],
                    "text_color": [on_dark[at] for at in shown["bin_no"]],
                },
            },
            "x": {"start": 0, "end": 1},
            "y": {"start": max(len(kinds), FEWEST_ROWS) - 0.5, "end": -0.5},
            "x_ticks": {"at": [0, 0.25, 0.5, 0.75, 1], "labels": ["0%", "25%", "50%", "75%", "100%"]},
            "y_ticks": {
                "at": list(range(len(kinds))),
                "labels": [f"{self._kind(kind)}\nn {count(totals[kind])}" for kind in kinds],
            },
        }

    def _kind(self, code: str) -> str:
        return known(self.look.language, f"type.{code}") or code
