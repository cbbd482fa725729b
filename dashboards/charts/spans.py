"""Stretches of days, one row per holder: what was allowed, what went beyond it, and what happened meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import holoviews as hv

from dashboards.charts.figure import EDGES, TWO_TONES, FigureView
from dashboards.charts.scales import Axis
from dashboards.theme import Look

PER_ROW = 52
"""Pixels of a row: its name above its bar."""
PER_LINE = 17
"""Pixels of the words at the top of a line, each on a line of its own."""
NEAR = 0.022
"""Marks of a row nearer to one another than this part of the axis are one mark."""


@dataclass(frozen=True)
class Stretch:
    """A part of a row's bar, from a day to a day on the axis; `tone` is a colour, `lane` its place of `lanes`."""

    row: int
    start: float
    end: float
    words: str
    tone: str
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class Happening:
    """A mark on a row: a glyph in a circle of its colour; the graver of two near ones is drawn."""

    row: int
    at: float
    glyph: str
    words: str
    tone: str
    weight: int = 0


@dataclass(frozen=True)
class Upright:
    """A line over all rows with its words at the top; a dashed one is a limit."""

    at: float
    words: str
    tone: str
    dashed: bool = True


@dataclass(frozen=True)
class Track:
    """A row: `label` to the left, `name` above its bar, `right` at its end."""

    label: str
    name: str
    right: str


class SpanChart(FigureView):
    """Rows of stretches over one axis of days, with marks on them and lines across them."""

    kind = "spans"
    right_axis = True
    hovered: ClassVar[tuple[str, ...]] = ("bars", "rings")

    @classmethod
    def layers(cls, look: Look) -> Mapping[str, hv.Element]:
        """Lines, bars, names, circles, glyphs, words at either side of the lines."""
        box = {"x0": [0.0, 1.0], "y0": [0.0, 0.0], "x1": [1.0, 2.0], "y1": [1.0, 1.0]} | TWO_TONES
        text = {"x": [0.5, 1.5], "y": [0.5, 0.5], "text": ["", " "]} | TWO_TONES

        def texts(align: str, size: str = "12px") -> hv.Labels:
            options = {"text_color": "colour", "text_font_size": size, "text_align": align, "text_baseline": "middle"}
            return hv.Labels(text, ["x", "y"], ["text", "colour"]).opts(xoffset=0, **options)

        def lines(dash: str) -> hv.Segments:
            return hv.Segments(box, ["x0", "y0", "x1", "y1"], ["colour"]).opts(
                color="colour", line_width=1.5, line_dash=dash
            )

        return {
            "limits": lines("dashed"),
            "today": lines("solid"),
            "bars": hv.Rectangles(box, ["x0", "y0", "x1", "y1"], ["colour"]).opts(color="colour", line_color=None),
            "names": texts("left", "11px"),
            "rings": hv.Points(text, ["x", "y"], ["colour"]).opts(
                fill_color=look.colours["card"], line_color="colour", line_width=1.5, size=17
            ),
            "glyphs": texts("center"),
            "after": texts("left"),
            "before": texts("right"),
        }

    def figure(
        self,
        tracks: Sequence[Track],
        axis: Axis,
        stretches: Sequence[Stretch],
        happenings: Sequence[Happening] = (),
        uprights: Sequence[Upright] = (),
    ) -> dict[str, Any]:
        """The patch; rows are counted from the top, the words of the lines stand above them."""
        n, wide = len(tracks), axis.end - axis.start
        marks = _apart(happenings, wide * NEAR)
        line = PER_LINE / PER_ROW
        top = -0.62 - line * len(uprights)
        ordered = sorted(uprights, key=lambda one: one.at)
        heights = {one: -0.62 - line * (len(ordered) - place - 0.5) for place, one in enumerate(ordered)}
        gap = wide * 0.008
        muted = self.look.colours["muted"]
        return {
            "columns": {
                "limits": _uprights([one for one in ordered if one.dashed], heights, n),
                "today": _uprights([one for one in ordered if not one.dashed], heights, n),
                "bars": {
                    "left": [one.start for one in stretches],
                    "right": [one.end for one in stretches],
                    "top": [one.row - 0.1 + 0.4 * one.lane / one.lanes for one in stretches],
                    "bottom": [one.row - 0.1 + 0.4 * (one.lane + 1) / one.lanes for one in stretches],
                    "color": [one.tone for one in stretches],
                    "words": [one.words for one in stretches],
                },
                "names": _texts([(axis.start, at - 0.32, track.name, muted) for at, track in enumerate(tracks)]),
                "rings": {
                    "x": [one.at for one in marks],
                    "y": [one.row + 0.1 for one in marks],
                    "line_color": [one.tone for one in marks],
                    "words": [one.words for one in marks],
                },
                "glyphs": _texts([(one.at, one.row + 0.1, one.glyph, one.tone) for one in marks]),
                "after": _texts(
                    [(one.at + gap, heights[one], one.words, one.tone) for one in ordered if not _late(one, axis)]
                ),
                "before": _texts(
                    [(one.at - gap, heights[one], one.words, one.tone) for one in ordered if _late(one, axis)]
                ),
            },
            "height": round(EDGES + PER_ROW * n + PER_LINE * len(uprights)),
            "x": {"start": axis.start, "end": axis.end},
            "y": {"start": n - 0.4, "end": top},
            "x_ticks": {"at": list(axis.ticks), "labels": list(axis.labels)},
            "y_ticks": {"at": [at + 0.1 for at in range(n)], "labels": [track.label for track in tracks]},
            "right_ticks": {"at": [at + 0.1 for at in range(n)], "labels": [track.right for track in tracks]},
        }


def _late(line: Upright, axis: Axis) -> bool:
    """Whether a line stands so far to the right that its words go to its left."""
    return line.at > (axis.start + axis.end) / 2


def _apart(marks: Sequence[Happening], near: float) -> list[Happening]:
    """The marks, those too near to one another on a row as one that says all their words."""
    kept: list[Happening] = []
    for mark in sorted(marks, key=lambda one: (one.row, one.at)):
        last = kept[-1] if kept else None
        if last is None or last.row != mark.row or mark.at - last.at >= near:
            kept.append(mark)
            continue
        graver = mark if mark.weight > last.weight else last
        words = f"{last.words}<br>{mark.words}"
        kept[-1] = Happening(mark.row, last.at, graver.glyph, words, graver.tone, graver.weight)
    return kept


def _uprights(lines: Sequence[Upright], heights: Mapping[Upright, float], n: int) -> dict[str, list[Any]]:
    return {
        "x0": [one.at for one in lines],
        "y0": [heights[one] for one in lines],
        "x1": [one.at for one in lines],
        "y1": [n - 0.4 for _ in lines],
        "color": [one.tone for one in lines],
    }


def _texts(texts: Sequence[tuple[float, float, str, str]]) -> dict[str, list[Any]]:
    return {
        "x": [x for x, _, _, _ in texts],
        "y": [y for _, y, _, _ in texts],
        "text": [text for _, _, text, _ in texts],
        "text_color": [tone for _, _, _, tone in texts],
    }
