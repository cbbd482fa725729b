"""Who was visited when: units visited per group and week, with the weeks of silence drawn."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import holoviews as hv
import polars as pl

from dashboards.formats import count, esc, names
from dashboards.theme import Look
from dashboards.views.base import TWO_TONES, FigureView, card, click

MOST_LABELLED = 16
FEWEST_ROWS = 6


class VisitMap(FigureView):
    """Week × group heat map of the units visited at least once."""

    view = "visits"
    _groups: Sequence[str] = ()
    height = 330
    hover: ClassVar[Mapping[str, str]] = dict.fromkeys(("cells", "silent", "open"), "visits.hover")

    def answer(self) -> pl.DataFrame:
        """One row per group and full week: units visited, units."""
        return self.store.ask("weekly_coverage", "group", "week").filter(pl.col("denominator") > 0)

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Cells coloured by share, cells of silence outlined, numbers."""
        corners = ["x0", "y0", "x1", "y1"]
        cell = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0]}
        text = {"x": [0.5, 1.5], "y": [0.5, 0.5], "text": ["", " "], **TWO_TONES}
        outlined = {"fill_color": look.colours["card"], "line_dash": "dashed", "line_width": 1}
        return {
            "cells": hv.Rectangles(cell | TWO_TONES, corners, ["colour"]).opts(color="colour", line_color=None),
            "silent": hv.Rectangles(cell, corners).opts(line_color=look.colours["bad"], **outlined),
            "open": hv.Rectangles(cell, corners).opts(line_color=look.colours["muted"], **outlined),
            "numbers": hv.Labels(text, ["x", "y"], ["text", "colour"]).opts(text_color="colour", text_font_size="11px"),
        }

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Groups as rows in their usual order, weeks as columns."""
        silent = _silent(answer, "mature")["group_id"].unique(maintain_order=True).to_list()
        finding = self.say("visits.every" if _silent(answer, "immature").is_empty() else "visits.open")
        if silent:
            finding = self.say("visits.none", groups=names(map(esc, silent), self.look.language))
        link = f"<button {click({'why': 'weekly_coverage'})}>{self.say('why')}</button>"
        if answer.is_empty():
            return {"html": card(self.say("visits.title"), self.say("empty.data"), "", link), "empty": True}
        html = card(self.say("visits.title"), finding, self.say("visits.legend"), link)
        return {"html": html, "figure": self._columns(answer)}

    def _columns(self, frame: pl.DataFrame) -> dict[str, Any]:
        self._states = {state: self.say(state) for state in ("mature", "immature")}
        self._groups = frame["group_id"].unique(maintain_order=True).to_list()
        first, last = frame["week"].min(), frame["week"].max()
        weeks = last - first + 1
        step = 1 if weeks <= 10 else 2 if weeks <= 20 else 4
        ticks = [week for week in range(first, last + 1) if (week - first) % step == 0]
        sizes = dict(frame.group_by("group_id").agg(pl.col("denominator").max()).iter_rows())
        return {
            "columns": {
                "cells": {**self._corners(frame), "color": [self.look.step(share) for share in frame["value"]]},
                "silent": self._corners(_silent(frame, "mature")),
                "open": self._corners(_silent(frame, "immature")),
                "numbers": self._numbers(frame, weeks),
            },
            "x": {"start": first - 0.5, "end": last + 0.5},
            "y": {"start": max(len(self._groups), FEWEST_ROWS) - 0.5, "end": -0.5},
            "x_ticks": {"at": ticks, "labels": [self.say("week", week=week) for week in ticks]},
            "y_ticks": {
                "at": list(range(len(self._groups))),
                "labels": [f"{group}  /{count(sizes[group])}" for group in self._groups],
            },
        }

    def _corners(self, frame: pl.DataFrame) -> dict[str, list[Any]]:
        row = {group: at for at, group in enumerate(self._groups)}
        y = [row[group] for group in frame["group_id"]]
        x = frame["week"].to_list()
        return {
            "left": [week - 0.46 for week in x],
            "right": [week + 0.46 for week in x],
            "top": [at - 0.43 for at in y],
            "bottom": [at + 0.43 for at in y],
            "group": frame["group_id"].to_list(),
            "week": x,
            "part": frame["numerator"].to_list(),
            "whole": frame["denominator"].to_list(),
            "state": [self._states[state] for state in frame["maturity"]],
        }

    def _numbers(self, frame: pl.DataFrame, weeks: int) -> dict[str, list[Any]]:
        row = {group: at for at, group in enumerate(self._groups)}
        shown = frame if weeks <= MOST_LABELLED else frame.filter(pl.col("numerator") == 0)
        colours = self.look.colours
        zero = self.say("visits.zero") if weeks <= 8 else "0"
        return {
            "x": shown["week"].to_list(),
            "y": [row[group] for group in shown["group_id"]],
            "text": [
                count(number) if number else zero if state == "mature" else "?"
                for number, state in zip(shown["numerator"], shown["maturity"], strict=True)
            ],
            "text_color": [
                self.look.ink_on(share) if number else colours["bad" if state == "mature" else "muted"]
                for number, share, state in zip(shown["numerator"], shown["value"], shown["maturity"], strict=True)
            ],
        }

    def tapped(self, x: float, y: float) -> None:
        """A tap on a row selects that group, another tap selects all again."""
        if 0 <= round(y) < len(self._groups):
            self.store.hear({"group": self._groups[round(y)]})


def _silent(frame: pl.DataFrame, maturity: str) -> pl.DataFrame:
    """The weeks without a visit: proven silence where reports are in, an open question where they are not."""
    return frame.filter((pl.col("numerator") == 0) & (pl.col("maturity") == maturity))
