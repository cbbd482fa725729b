"""A grid of coloured cells with their numbers: rows down, columns across."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import holoviews as hv

from dashboards.charts.figure import TWO_TONES, FigureView
from dashboards.theme import Look

MOST_NUMBERED = 16
"""With more columns than this only the outlined cells keep their text."""


@dataclass(frozen=True)
class HeatCell:
    """A cell: `share` from 0 to 1 gives its colour, unless it is outlined as `silent` or as an `open` question.

    A cell with a `tone` (a colour role of the theme) has that colour, and keeps its text on every chart.
    """

    row: str
    column: str
    text: str
    words: str
    share: float = 0.0
    outlined: Literal["", "silent", "open"] = ""
    tone: str = ""


class HeatChart(FigureView):
    """Cells by row and column; what is outlined is said in words too."""

    kind = "heat"
    height = 330
    hovered: ClassVar[tuple[str, ...]] = ("cells", "silent", "open")
    _rows: Sequence[str] = ()
    _columns: Sequence[str] = ()

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Filled cells, cells outlined in red and in grey, numbers."""
        corners = ["x0", "y0", "x1", "y1"]
        cell = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0]}
        text = {"x": [0.5, 1.5], "y": [0.5, 0.5], "text": ["", " "]} | TWO_TONES
        outlined = {"fill_color": look.colours["card"], "line_dash": "dashed", "line_width": 1}
        return {
            "cells": hv.Rectangles(cell | TWO_TONES, corners, ["colour"]).opts(color="colour", line_color=None),
            "silent": hv.Rectangles(cell, corners).opts(line_color=look.colours["bad"], **outlined),
            "open": hv.Rectangles(cell, corners).opts(line_color=look.colours["muted"], **outlined),
            "numbers": hv.Labels(text, ["x", "y"], ["text", "colour"]).opts(text_color="colour", text_font_size="11px"),
        }

    def figure(
        self,
        cells: Sequence[HeatCell],
        rows: Sequence[tuple[str, str]],
        columns: Sequence[tuple[str, str]],
        named: Sequence[str] | None = None,
    ) -> dict[str, Any]:
        """The patch of the cells; rows and columns are names with their labels, `named` the columns with a label."""
        self._rows, self._columns = [name for name, _ in rows], [name for name, _ in columns]
        down = {name: at for at, name in enumerate(self._rows)}
        across = {name: at for at, name in enumerate(self._columns)}
        colours = self.look.colours
        inks = {"silent": colours["bad"], "open": colours["muted"]}

        def corners(kept: list[HeatCell]) -> dict[str, list[Any]]:
            return {
                "left": [across[cell.column] - 0.46 for cell in kept],
                "right": [across[cell.column] + 0.46 for cell in kept],
                "top": [down[cell.row] - 0.43 for cell in kept],
                "bottom": [down[cell.row] + 0.43 for cell in kept],
                "words": [cell.words for cell in kept],
            }

        filled = [cell for cell in cells if not cell.outlined]
        few = len(columns) <= MOST_NUMBERED
        numbered = [cell for cell in cells if cell.text and (few or cell.outlined or cell.tone)]

        def ink(cell: HeatCell) -> str:
            return inks.get(cell.outlined) or (colours["on-accent"] if cell.tone else self.look.ink_on(cell.share))

        ticks = [(across[name], label) for name, label in columns if named is None or name in named]
        return {
            "columns": {
                "cells": {
                    **corners(filled),
                    "color": [colours[cell.tone] if cell.tone else self.look.step(cell.share) for cell in filled],
                },
                "silent": corners([cell for cell in cells if cell.outlined == "silent"]),
                "open": corners([cell for cell in cells if cell.outlined == "open"]),
                "numbers": {
                    "x": [across[cell.column] for cell in numbered],
                    "y": [down[cell.row] for cell in numbered],
                    "text": [cell.text for cell in numbered],
                    "text_color": [ink(cell) for cell in numbered],
                },
            },
            "height": self.fitted(len(rows)),
            "x": {"start": -0.5, "end": len(columns) - 0.5},
            "y": {"start": len(rows) - 0.5, "end": -0.5},
            "x_ticks": {"at": [at for at, _ in ticks], "labels": [label for _, label in ticks]},
            "y_ticks": {"at": list(range(len(rows))), "labels": [label for _, label in rows]},
        }

    def tapped(self, x: float, y: float) -> None:
        """A tap on a cell picks its row and column."""
        if 0 <= round(y) < len(self._rows) and 0 <= round(x) < len(self._columns):
            self.picked(self._rows[round(y)], self._columns[round(x)])

    def picked(self, row: str, column: str) -> None:
        """What a picked cell selects; by default nothing."""
