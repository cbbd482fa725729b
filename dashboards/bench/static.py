"""The chart of figures as a small static picture: SVG text without script, address or font of its own."""

from unicodedata import east_asian_width

import polars as pl

from dashboards.bench.marks import Marks
from dashboards.formats import esc
from dashboards.theme import FONT, Look

WIDTH, ROW, TOP, AXIS = 860, 22, 8, 26
MOST = 40
"""Rows drawn at most: a picture is looked at whole."""
LOOK = Look()
COLOURS = LOOK.colours


def svg(marks: Marks) -> str:
    """The picture of the marks, the first `MOST` rows of them."""
    kept = marks.head(MOST)
    return {"rows": _rows, "weeks": _weeks, "grid": _grid}[marks.kind](kept)


def _rows(marks: Marks) -> str:
    left, right = _width(marks.frame["label"].to_list(), 60) + 14, 64
    length, height = WIDTH - left - right, TOP + ROW * marks.frame.height
    parts, scale = _ticks(marks, left, length, height), marks.scale
    zero = left + scale.at(0.0, length)
    for row in marks.frame.iter_rows(named=True):
        y = TOP + ROW * (row["place"] + 0.5)
        parts.append(_text(left - 10, y + 4, row["label"], "end", COLOURS["ink"]))
        if row["value"] is None:
            parts.append(_text(left + length + 8, y + 4, "–"))
            continue
        x, hollow = left + scale.at(row["value"], length), row["maturity"] == "immature"
        fill = COLOURS["card"] if hollow else COLOURS["accent"]
        if marks.has_interval:
            low, high = (left + scale.at(row[end], length) for end in ("low", "high"))
            parts.append(_line(low, y, high, y, COLOURS["band"], 6))
            parts.append(
                f'<circle data-value="{row["value"]!r}" cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{fill}" '
                f'stroke="{COLOURS["accent"]}" stroke-width="2"/>'
            )
        else:
            parts.append(_box(min(zero, x), y - 7, abs(x - zero), 14, fill, row["value"], outlined=hollow))
        parts.append(_text(left + length + 8, y + 4, marks.shown(row["value"])))
    return _whole(parts, height + AXIS)


def _weeks(marks: Marks) -> str:
    left, length, height, scale = 60, WIDTH - 80, 260, marks.scale
    frame = marks.frame.filter(pl.col("value").is_not_null())
    first, last = (marks.frame["week"].to_list() or [1])[0], (marks.frame["week"].to_list() or [1])[-1]
    reach = max(last - first, 1)

    def x(week: int) -> float:
        return left + 10 + (week - first) / reach * (length - 20)

    def y(value: float) -> float:
        return TOP + height - scale.at(value, height)

    parts = []
    for tick, label in zip(scale.ticks, scale.labels, strict=True):
        parts += [
            _line(left, y(tick), left + length, y(tick), COLOURS["grid"], 1),
            _text(left - 8, y(tick) + 4, label, "end"),
        ]
    for row in marks.frame.iter_rows(named=True):
        if (row["week"] - first) % max(1, round(reach / 12)) == 0:
            parts.append(_text(x(row["week"]), TOP + height + 18, row["label"], "middle"))
    rows = frame.to_dicts()
    if marks.has_interval:
        parts += [
            _line(x(row["week"]), y(row["low"]), x(row["week"]), y(row["high"]), COLOURS["band"], 5) for row in rows
        ]
    for former, row in marks.joined:
        dash = ' stroke-dasharray="4 4"' if "immature" in (former["maturity"], row["maturity"]) else ""
        ends = (x(former["week"]), y(former["value"]), x(row["week"]), y(row["value"]))
        parts.append(_line(*ends, COLOURS["accent"], 2, dash))
    for row in rows:
        fill = COLOURS["card"] if row["maturity"] == "immature" else COLOURS["accent"]
        parts.append(
            f'<circle data-value="{row["value"]!r}" cx="{x(row["week"]):.1f}" cy="{y(row["value"]):.1f}" r="4" '
            f'fill="{fill}" stroke="{COLOURS["accent"]}" stroke-width="2"/>'
        )
    return _whole(parts, TOP + height + AXIS)


def _grid(marks: Marks) -> str:
    left, scale = _width(marks.down, 60) + 14, marks.scale
    wide = min(90.0, (WIDTH - left - 8) / max(len(marks.across), 1))
    few, height = wide >= 44, TOP + ROW * len(marks.down)
    parts = [
        _text(left - 10, TOP + ROW * (at + 0.5) + 4, label, "end", COLOURS["ink"])
        for at, label in enumerate(marks.down)
    ]
    every = max(1, round(_width(marks.across, 0) / wide + 0.5))
    parts += [
        _text(left + wide * (at + 0.5), height + 18, label, "middle")
        for at, label in enumerate(marks.across)
        if at % every == 0
    ]
    for row in marks.frame.iter_rows(named=True):
        x, y = left + wide * row["across"], TOP + ROW * row["down"]
        if row["value"] is None:
            parts.append(_text(x + wide / 2, y + ROW / 2 + 4, "–", "middle"))
            continue
        share = scale.at(row["value"], 1.0)
        hollow = row["maturity"] == "immature"
        parts.append(_box(x + 1, y + 1, wide - 2, ROW - 2, LOOK.step(share), row["value"], outlined=hollow))
        if few:
            ink = LOOK.ink_on(share)
            parts.append(_text(x + wide / 2, y + ROW / 2 + 4, marks.shown(row["value"]), "middle", ink))
    return _whole(parts, height + AXIS)


def _ticks(marks: Marks, left: float, length: float, height: float) -> list[str]:
    parts = []
    for tick, label in zip(marks.scale.ticks, marks.scale.labels, strict=True):
        x = left + marks.scale.at(tick, length)
        parts += [_line(x, TOP, x, height, COLOURS["grid"], 1), _text(x, height + 18, label, "middle")]
    return parts


def _whole(parts: list[str], height: float) -> str:
    size = f'width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}"'
    ground = f'<rect width="100%" height="100%" fill="{COLOURS["card"]}"/>'
    font = f'font-family="{esc(FONT)}" font-size="12"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>{ground}{"".join(parts)}</svg>'


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = COLOURS["muted"]) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{esc(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: int, more: str = "") -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{more}/>'


def _box(x: float, y: float, width: float, height: float, fill: str, value: float, *, outlined: bool) -> str:
    line = f' stroke="{COLOURS["accent"]}" stroke-dasharray="3 3"' if outlined else ""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}"'
    return f'<rect data-value="{value!r}" {size} fill="{fill}"{line}/>'


def _width(labels: "list[str] | tuple[str, ...]", least: float) -> float:
    """About how many pixels the widest of some labels takes."""
    widths = (sum(12.5 if east_asian_width(sign) in "WF" else 6.8 for sign in label) for label in labels)
    return min(max([least, *widths]), 420.0)
