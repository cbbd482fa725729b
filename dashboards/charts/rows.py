"""One row per member: a point with its intervals, or two points with what lies between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import holoviews as hv

from dashboards.charts.figure import TWO_TONES, FigureView
from dashboards.charts.scales import Axis
from dashboards.theme import Look

ENDS = ["low", "y0", "high", "y1"]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A row: `value` a full point, `other` a hollow one joined to it, `wide` and `narrow` intervals around it.

    `name` is what a tap selects, `label` stands to the left, `right` to the right, `words` under the pointer; `tone` is
    a colour role of the theme.
    """

    name: str
    label: str
    words: str
    value: float | None
    right: str = ""
    wide: Interval | None = None
    narrow: Interval | None = None
    other: float | None = None
    tone: str = "ink"


class RowChart(FigureView):
    """Rows over one axis, from top to bottom in the order given, with reference lines and brackets."""

    kind = "rows"
    height = 330
    right_axis = True
    hovered: ClassVar[tuple[str, ...]] = ("points", "others")
    _names: Sequence[str] = ()

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Reference lines, brackets, wide band, join, narrow interval, hollow point, point."""
        row = {
            "low": [0.0, 0.1],
            "high": [0.9, 1.0],
            "y0": [0.0, 1.0],
            "y1": [0.0, 1.0],
            "value": [0.4, 0.5],
        } | TWO_TONES
        plain = {"low": [0.5], "y0": [0.0], "high": [0.5], "y1": [1.0]}
        whisker = look.colours["whisker"]

        def bars(width: float) -> hv.Segments:
            return hv.Segments(row, ENDS, ["colour"]).opts(color="colour", line_width=width, line_cap="round")

        return {
            "reference": hv.Segments(plain, ENDS).opts(color=whisker, line_dash="dashed", line_width=1),
            "brackets": hv.Segments(plain, ENDS).opts(color=whisker, line_width=2),
            "wide": bars(9),
            "joins": hv.Segments(plain, ENDS).opts(color=look.colours["band"], line_width=3),
            "narrow": bars(3),
            "others": hv.Points(row, ["value", "y0"], ["colour"]).opts(
                fill_color=look.colours["card"], line_color="colour", line_width=2, size=9
            ),
            "points": hv.Points(row, ["value", "y0"], ["colour"]).opts(color="colour", size=10),
        }

    def figure(
        self,
        rows: Sequence[Row],
        axis: Axis,
        references: Sequence[float] = (),
        brackets: Sequence[tuple[float, int, int]] = (),
    ) -> dict[str, Any]:
        """The patch of the rows; a bracket is where it stands on the axis, its first row and its last."""
        self._names = [row.name for row in rows]
        colours, n = self.look.colours, len(rows)
        soft = {"bad": colours["bad-soft"], "good": colours["good-soft"]}

        def bars(kept: list[tuple[int, Interval | None, str]]) -> dict[str, list[Any]]:
            shown = [(at, ends, tone) for at, ends, tone in kept if ends is not None]
            at = [float(place) for place, _, _ in shown]
            low, high = [ends[0] for _, ends, _ in shown], [ends[1] for _, ends, _ in shown]
            return {"low": low, "high": high, "y0": at, "y1": at, "color": [tone for _, _, tone in shown]}

        def points(kept: list[tuple[int, float | None, Row]], colour: str) -> dict[str, list[Any]]:
            shown = [(at, value, row) for at, value, row in kept if value is not None]
            return {
                "value": [value for _, value, _ in shown],
                "y0": [float(at) for at, _, _ in shown],
                colour: [colours[row.tone] for _, _, row in shown],
                "words": [row.words for _, _, row in shown],
            }

        narrow = {"ink": colours["whisker"]}
        joined = [
            (at, (row.value, row.other))
            for at, row in enumerate(rows)
            if row.value is not None and row.other is not None
        ]
        return {
            "columns": {
                "reference": _lines([(at, -0.6, n - 0.4) for at in references]),
                "brackets": _lines([(at, first - 0.3, last + 0.3) for at, first, last in brackets]),
                "wide": bars([(at, row.wide, soft.get(row.tone, colours["band"])) for at, row in enumerate(rows)]),
                "narrow": bars(
                    [(at, row.narrow, narrow.get(row.tone, colours[row.tone])) for at, row in enumerate(rows)]
                ),
                "joins": {
                    "low": [ends[0] for _, ends in joined],
                    "high": [ends[1] for _, ends in joined],
                    "y0": [float(at) for at, _ in joined],
                    "y1": [float(at) for at, _ in joined],
                },
                "others": points([(at, row.other, row) for at, row in enumerate(rows)], "line_color"),
                "points": points([(at, row.value, row) for at, row in enumerate(rows)], "color"),
            },
            "height": self.fitted(n),
            "x": {"start": axis.start, "end": axis.end},
            "y": {"start": n - 0.4, "end": -0.6},
            "x_ticks": {"at": list(axis.ticks), "labels": list(axis.labels)},
            "y_ticks": {"at": list(range(n)), "labels": [row.label for row in rows]},
            "right_ticks": {"at": list(range(n)), "labels": [row.right for row in rows]},
        }

    def tapped(self, x: float, y: float) -> None:
        """A tap on a row picks its member."""
        if 0 <= round(y) < len(self._names):
            self.picked(self._names[round(y)])

    def picked(self, name: str) -> None:
        """By default a row is a group: it is selected, and picked once more all are again."""
        self.store.hear({"group": name})


def _lines(lines: list[tuple[float, float, float]]) -> dict[str, list[float]]:
    """Vertical lines: where on the axis, from which row to which."""
    return {
        "low": [at for at, _, _ in lines],
        "high": [at for at, _, _ in lines],
        "y0": [first for _, first, _ in lines],
        "y1": [last for _, _, last in lines],
    }
