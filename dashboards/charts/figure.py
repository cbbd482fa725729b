"""A view with a figure. HoloViews draws its kind once; afterwards only columns, ranges and ticks change."""

from collections.abc import Mapping
from typing import Any, ClassVar

import holoviews as hv

from dashboards.drawing import drawn
from dashboards.theme import Look
from dashboards.view import View

TWO_TONES = {"colour": ["#888888", "#999999"]}
"""Example colours for `FigureView.layers`: with two different ones HoloViews maps the column, not its value."""

EDGES = 58
"""The pixels above and below the rows of a chart, its axis among them."""

HOVER = "@words"
"""What stands under the pointer: the column `words` of the layer."""


class FigureView(View):
    """A view with a figure of some kind; all views of a kind share its drawing."""

    tools: ClassVar[tuple[str, ...]] = ("table", "csv", "png")
    height: ClassVar[int] = 320
    kind: ClassVar[str]
    hovered: ClassVar[tuple[str, ...]] = ()
    """The layers that say something under the pointer."""
    right_axis: ClassVar[bool] = False
    usual_rows: ClassVar[int] = 10
    """How many rows its height is meant for; a chart of rows with fewer is lower."""

    def fitted(self, rows: int) -> int:
        """The height for that many rows, each as high as with the usual number of them."""
        return min(self.height, round(EDGES + (self.height - EDGES) * max(rows, 1) / self.usual_rows))

    @classmethod
    def layers(cls, look: Look) -> Mapping[str, hv.Element]:
        """The HoloViews elements by name, back to front, drawn from two rows of example data."""
        raise NotImplementedError

    def heard(self, message: dict[str, Any]) -> None:
        """A tap on the figure, or a click beside it."""
        if "tap" in message:
            self.tapped(*message["tap"])
        else:
            super().heard(message)

    def tapped(self, x: float, y: float) -> None:
        """A tap at the figure's own coordinates; by default nothing happens."""

    @classmethod
    def item(cls, look: Look) -> dict[str, Any]:
        """The figure as a Bokeh JSON item without data, drawn at most once per process, kind and theme."""
        return drawn(cls.kind, look, cls.layers, dict.fromkeys(cls.hovered, HOVER), right_axis=cls.right_axis)

    def part(self) -> Mapping[str, Any]:
        """The shape, the drawing in the viewer's theme, and its height in pixels."""
        return {**super().part(), "height": self.height, "figure": self.item(self.look)}
