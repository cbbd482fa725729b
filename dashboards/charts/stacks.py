"""Stacked bars, one per row: what a whole is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import holoviews as hv

from dashboards.charts.figure import TWO_TONES, FigureView
from dashboards.charts.scales import Axis
from dashboards.theme import Look

LEAST_LABELLED = 0.06
"""A piece shorter than this part of the axis has no number in it; it is told under the pointer and in the table."""


@dataclass(frozen=True)
class Piece:
    """A piece of a row's bar, laid after the row's piece before it; `tone` is a colour, `ink` that of its text."""

    row: str
    size: float
    text: str
    words: str
    tone: str
    ink: str


class StackChart(FigureView):
    """Bars from zero, their pieces in the order given."""

    kind = "stacks"
    height = 300
    right_axis = True
    hovered: ClassVar[tuple[str, ...]] = ("bars",)
    _rows: Sequence[str] = ()

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """The pieces and the numbers in them."""
        row = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0]} | TWO_TONES
        text = {"x": [0.5, 1.5], "y": [0.5, 0.5], "text": ["", " "]} | TWO_TONES
        return {
            "bars": hv.Rectangles(row, ["x0", "y0", "x1", "y1"], ["colour"]).opts(
                color="colour", line_color=look.colours["card"], line_width=1.5
            ),
            "numbers": hv.Labels(text, ["x", "y"], ["text", "colour"]).opts(text_color="colour", text_font_size="11px"),
        }

    def figure(
        self, pieces: Sequence[Piece], rows: Sequence[tuple[str, str]], axis: Axis, right: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The patch of the pieces; rows are names with their labels, `right` what stands at the end of each."""
        self._rows = [name for name, _ in rows]
        place = {name: at for at, name in enumerate(self._rows)}
        ends = dict.fromkeys(self._rows, 0.0)
        starts = []
        for piece in pieces:
            starts.append(ends[piece.row])
            ends[piece.row] += piece.size
        laid = [(start, piece) for start, piece in zip(starts, pieces, strict=True) if piece.size > 0]
        least = LEAST_LABELLED * (axis.end - axis.start)
        numbered = [(start, piece) for start, piece in laid if piece.text and piece.size >= least]
        return {
            "columns": {
                "bars": {
                    "left": [start for start, _ in laid],
                    "right": [start + piece.size for start, piece in laid],
                    "top": [place[piece.row] - 0.36 for _, piece in laid],
                    "bottom": [place[piece.row] + 0.36 for _, piece in laid],
                    "color": [piece.tone for _, piece in laid],
                    "words": [piece.words for _, piece in laid],
                },
                "numbers": {
                    "x": [start + piece.size / 2 for start, piece in numbered],
                    "y": [float(place[piece.row]) for _, piece in numbered],
                    "text": [piece.text for _, piece in numbered],
                    "text_color": [piece.ink for _, piece in numbered],
                },
            },
            "height": self.fitted(len(rows)),
            "x": {"start": 0, "end": axis.end},
            "y": {"start": len(rows) - 0.5, "end": -0.5},
            "x_ticks": {"at": list(axis.ticks), "labels": list(axis.labels)},
            "y_ticks": {"at": list(range(len(rows))), "labels": [label for _, label in rows]},
            "right_ticks": {"at": list(range(len(right))), "labels": list(right)},
        }

    def tapped(self, x: float, y: float) -> None:
        """A tap on a bar picks its row."""
        if 0 <= round(y) < len(self._rows):
            self.picked(self._rows[round(y)])

    def picked(self, name: str) -> None:
        """By default a row is a group: it is selected, and picked once more all are again."""
        self.store.hear({"group": name})
