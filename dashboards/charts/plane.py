"""Lines, bands and points over two axes: weeks, survival, growth, funnels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import holoviews as hv

from dashboards.charts.figure import TWO_TONES, FigureView
from dashboards.charts.scales import Axis
from dashboards.theme import Look

CORNERS = ["x0", "y0", "x1", "y1"]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """A line through `x` and `y`; `label` stands at its end, `steps` keeps each value until the next."""

    x: Sequence[float]
    y: Sequence[float]
    tone: str
    dash: str = "solid"
    label: str = ""
    width: float = 2
    steps: bool = False


@dataclass(frozen=True)
class Point:
    """A point; `label` stands beside it, at the height `label_y` where points are close, `name` is what a tap picks.

    Hollow ones are not filled.
    """

    x: float
    y: float
    words: str
    tone: str
    label: str = ""
    hollow: bool = False
    name: str = ""
    label_y: float | None = None


Hook = Callable[[Any, Any], None]


def _hatched(colour: str) -> Hook:
    """A HoloViews hook that hatches the drawn rectangles."""

    def hatch(plot: Any, _element: Any) -> None:
        plot.handles["glyph"].update(hatch_pattern="/", hatch_color=colour, hatch_weight=1, hatch_scale=9)

    return hatch


def _each_its_own(plot: Any, _element: Any) -> None:
    """A HoloViews hook that gives every line its own colour, dash and width."""
    plot.handles["glyph"].update(line_color="color", line_dash="dash", line_width="width")
    plot.handles["source"].data.update({"color": ["#888888"] * 2, "dash": ["solid"] * 2, "width": [1.0] * 2})


class PlaneChart(FigureView):
    """Lines with bands and points; weeks whose data are not in yet are hatched."""

    kind = "plane"
    height = 300
    hovered: ClassVar[tuple[str, ...]] = ("points", "bands")
    _points: Sequence[Point] = ()
    _reach: tuple[float, float] = (1.0, 1.0)

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """Hatching, bands, bars from low to high, lines, points, texts."""
        box = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0]}
        row = {"x": [1.0, 2.0], "y": [0.5, 0.6], "text": ["", " "]} | TWO_TONES
        paths = [{"x": [0.0, 1.0], "y": [0.0, 1.0]}] * 2
        hatched = {"fill_color": None, "line_color": None, "hooks": [_hatched(look.colours["band"])]}
        return {
            "hatch": hv.Rectangles(box, CORNERS).opts(**hatched),
            "bands": hv.Rectangles(box | TWO_TONES, CORNERS, ["colour"]).opts(
                color="colour", line_color=None, fill_alpha=0.25
            ),
            "bars": hv.Segments(box | TWO_TONES, CORNERS, ["colour"]).opts(color="colour", line_width=2),
            "lines": hv.Path(paths, ["x", "y"]).opts(hooks=[_each_its_own]),
            "points": hv.Points(row, ["x", "y"], ["colour"]).opts(
                fill_color="colour", line_color="colour", line_width=1.5, size=8
            ),
            "texts": hv.Labels(row, ["x", "y"], ["text", "colour"]).opts(
                text_color="colour", text_font_size="12px", text_align="left", text_baseline="middle", xoffset=0
            ),
        }

    def figure(
        self,
        x: Axis,
        y: Axis,
        *,
        lines: Sequence[Line] = (),
        points: Sequence[Point] = (),
        bands: Sequence[tuple[Rectangle, str, str]] = (),
        bars: Sequence[tuple[Rectangle, str]] = (),
        hatched: Sequence[tuple[float, float]] = (),
    ) -> dict[str, Any]:
        """The patch. A rectangle is left, bottom, right, top; a band has its colour and what is said under the pointer.

        Bars are strokes from one corner of their rectangle to the other; hatched stretches run over the whole height.
        """
        self._points, self._reach = points, (x.end - x.start, y.end - y.start)
        drawn = [_stepped(line) if line.steps else line for line in lines]
        texts = [(line.x[-1], line.y[-1], line.label, line.tone) for line in drawn if line.label and line.x]
        texts += [
            (point.x, point.y if point.label_y is None else point.label_y, point.label, point.tone)
            for point in points
            if point.label
        ]
        gap = self._reach[0] * 0.012
        card = self.look.colours["card"]
        return {
            "columns": {
                "hatch": _boxes([(left, y.start, right, y.end) for left, right in hatched]),
                "bands": {
                    **_boxes([box for box, _, _ in bands]),
                    "color": [tone for _, tone, _ in bands],
                    "words": [words for _, _, words in bands],
                },
                "bars": {
                    "x0": [box[0] for box, _ in bars],
                    "y0": [box[1] for box, _ in bars],
                    "x1": [box[2] for box, _ in bars],
                    "y1": [box[3] for box, _ in bars],
                    "color": [tone for _, tone in bars],
                },
                "lines": {
                    "xs": [list(line.x) for line in drawn],
                    "ys": [list(line.y) for line in drawn],
                    "color": [line.tone for line in drawn],
                    "dash": [line.dash for line in drawn],
                    "width": [line.width for line in drawn],
                },
                "points": {
                    "x": [point.x for point in points],
                    "y": [point.y for point in points],
                    "fill_color": [card if point.hollow else point.tone for point in points],
                    "line_color": [point.tone for point in points],
                    "words": [point.words for point in points],
                },
                "texts": {
                    "x": [at + gap for at, _, _, _ in texts],
                    "y": [at for _, at, _, _ in texts],
                    "text": [text for _, _, text, _ in texts],
                    "text_color": [tone for _, _, _, tone in texts],
                },
            },
            "x": {"start": x.start, "end": x.end},
            "y": {"start": y.start, "end": y.end},
            "x_ticks": {"at": list(x.ticks), "labels": list(x.labels)},
            "y_ticks": {"at": list(y.ticks), "labels": list(y.labels)},
        }

    def tapped(self, x: float, y: float) -> None:
        """A tap picks the nearest point with a name, if it is near at all."""
        wide, tall = self._reach
        named = [(((p.x - x) / wide) ** 2 + ((p.y - y) / tall) ** 2, p.name) for p in self._points if p.name]
        if named and min(named)[0] < 0.002:
            self.picked(min(named)[1])

    def picked(self, name: str) -> None:
        """By default a point is a group: it is selected, and picked once more all are again."""
        self.store.hear({"group": name})


def _boxes(boxes: Sequence[Rectangle]) -> dict[str, list[float]]:
    return {
        "left": [left for left, _, _, _ in boxes],
        "bottom": [bottom for _, bottom, _, _ in boxes],
        "right": [right for _, _, right, _ in boxes],
        "top": [top for _, _, _, top in boxes],
    }


def _stepped(line: Line) -> Line:
    """The same line as steps: each value holds until the next."""
    x, y = list(line.x), list(line.y)
    across = [at for place, at in enumerate(x) for at in ([at] if place == 0 else [at, at])]
    up = [value for place, value in enumerate(y) for value in ([value] if place == len(y) - 1 else [value, value])]
    return Line(across, up, line.tone, line.dash, line.label, line.width)
